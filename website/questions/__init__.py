"""Questions that the reader answers: each option says why it is right, or what went wrong.

- `read`: what a question is, from the Markdown of a page
- `order`: the question whose answer is an order, and what each order gives when it is run
- `start.js`: in each page with questions; `answer.js`: makes them answerable; `order.js`: lets
  lines be moved; `answer.css`: how it looks
- this file puts them onto the site

On a page a question is a box with a list, and without JavaScript it stays one. If all options are
numbers, the reader types one; a wrong one on the list is a mistake that is known. Else the options
are buttons. A prediction stands open, and what follows it opens with the answer. `answer.js`
answers without Python and without a request; it is loaded when a question is opened or comes near.
"""

import re
import shutil
from pathlib import Path

from website import addresses
from website.pages import mistake
from website.questions import order, read
from website.questions.read import Question

HERE = Path(__file__).parent


def put_in(markdown: str) -> str:
    """Mark the right option of each question, and refuse one that is not complete."""
    for question in read.questions(markdown):
        refuse(question)
        markdown = markdown.replace(question.box, _marked(question), 1)
    return markdown


def refuse_all(markdown: str) -> None:
    """Stop the build if a page that is no lesson asks a question: there its options stay a list."""
    for question in read.questions(markdown):
        raise mistake(question.box, "a question that is answered stands in a lesson, nowhere else")


def refuse(question: Question) -> None:
    """Stop the build if a question cannot be answered, or one of its answers is not told why."""
    options = question.options
    labels = [option.value or option.label.casefold().rstrip(".!") for option in options]
    problems = [
        (len(options) < 2, "it needs two options or more"),
        (sum(option.is_right for option in options) != 1, "one option is right, marked [x]"),
        (not all(labels), "each option begins with its words or its number in bold"),
        (len({*labels}) < len(labels), "two of its options are equal"),
        (any(len(option.reason.split()) < 2 for option in options), "each option has a reason"),
        (
            bool(question.after) and not question.is_prediction,
            "something stands behind its options; only a prediction opens it",
        ),
        (
            question.is_prediction and not question.after and "```pycon" not in question.before,
            "a prediction has a snippet before its options, or behind them what opens",
        ),
    ]
    for is_wrong, problem in problems:
        if is_wrong:
            raise mistake(question.box, f"a question that cannot be answered: {problem}")


def _marked(question: Question) -> str:
    """Return a box whose items carry what the script needs, where no translation changes it."""
    before, gave = question.before, {}
    if order.is_asked(question):
        before, gave = order.to_move(question), order.gave(question)
    items = []
    for option in question.options:
        kind = f'.right data-key="{question.key}"' if option.is_right else ".option"
        if question.is_typed:
            kind += f' data-value="{option.value}"'
        if gave and option.is_right:
            kind += f' data-answers="{order.answers(question)}"'
        if option in gave:
            kind += f' data-gave="{gave[option]}"'
        items.append(f"- **{option.label}** {option.reason}\n  {{: {kind} }}")
    head = question.box.partition("\n")[0]
    body = "\n\n".join(filter(None, (before, "\n".join(items), question.after)))
    return f"{head}\n\n{re.sub('(?m)^(?=.)', '    ', body)}\n\n"


def add_script(html: str, page_url: str) -> str:
    """Put the script that notices an opened question into the head of a page that has some."""
    if '<li class="right"' not in html:
        return html
    script = addresses.inline(HERE / "start.js", page_url)
    return html.replace("</head>", f"{script}</head>", 1)


def style() -> str:
    """Return the looks of a question."""
    return (HERE / "answer.css").read_text(encoding="utf-8")


def publish(site: Path) -> None:
    """Write the scripts where the pages look for them."""
    folder = site / "assets" / "questions"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("answer.js", "order.js"):
        shutil.copyfile(HERE / name, folder / name)
