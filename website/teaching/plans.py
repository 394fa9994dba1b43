"""A `plans` fence says what to do in a lesson, minute by minute. Its minutes add up.

It is YAML: to each plan its steps. A step is its minutes, what is done, and the part of the site
that is shown, named as in a `ways` fence, if any:

    45 minutes:
      - [5, "Ask ..."]
      - [6, "Drag a dot ...", lessons/2-mean-squared-error.md#move-the-guesses]

The build stops if the minutes of a plan are not those of its name, or if a part takes longer to
read than its step.
"""

import re
from typing import NamedTuple

import yaml

from website import pages
from website.blocks import lessons

FENCE = re.compile(r"^```plans\n(.*?)^```$", re.M | re.S)
NAME = re.compile(r"(\d+) minutes")


class Step(NamedTuple):
    """Some minutes of a lesson: what is done, and the part of the site that is shown, if any."""

    minutes: int
    words: str
    part: str = ""


def put_in(markdown: str) -> str:
    """Put the plans where a page asks for them."""
    return FENCE.sub(lambda fence: _plans(fence[0], fence[1]), markdown)


def plans(text: str) -> dict[str, list[Step]]:
    """Return the steps of each plan that a fence names."""
    return {name: [Step(*step) for step in steps] for name, steps in yaml.safe_load(text).items()}


def wrong(name: str, steps: list[Step]) -> str:
    """Return what is wrong with a plan, "" for nothing."""
    named = NAME.fullmatch(name)
    if not named:
        return f"a plan is called by its minutes, such as 45 minutes, not {name}"
    total = sum(step.minutes for step in steps)
    if total != int(named[1]):
        return f"the steps of {name} come to {total} minutes"
    for step in steps:
        takes = lessons.part(step.part).minutes.read if step.part else 0
        if takes > step.minutes:
            return f"{step.part} takes {takes} minutes to read, and its step {step.minutes}"
    return ""


def _plans(fence: str, text: str) -> str:
    """Return the plans as Markdown: a table for each, with the minute at which a step begins."""
    try:
        found = plans(text)
        problems = [wrong(name, steps) for name, steps in found.items()]
    except (OSError, LookupError, AttributeError, TypeError, yaml.YAMLError) as error:
        raise pages.mistake(fence, f"this block holds no plans: {error}") from error
    if problem := next(filter(None, problems), ""):
        raise pages.mistake(fence, problem)
    lines = []
    for name, steps in found.items():
        lines += [
            f"### {name}",
            "",
            '<div class="plans" markdown>',
            "",
            "| Begins | Takes | What you do | Show |",
            "|---|---|---|---|",
        ]
        begins = 0
        for step in steps:
            link = lessons.part(step.part).link if step.part else ""
            lines.append(f"| minute {begins} | {step.minutes} min | {step.words} | {link} |")
            begins += step.minutes
        lines += ["", "</div>", "", f"Together: {begins} min.", ""]
    return "\n".join(lines)
