"""Questions that the reader answers: each option says why it is right, or what went wrong.

On a page a question is a box with a list, and without JavaScript it stays one:

    ??? question "Guesses of 10, 5 and 3 for 8, 7 and 3. What is the mean squared error?"

        - [x] **2.67{=mse(guesses, answers)}** 8 ÷ 3.
        - [ ] **8{=mistakes.forgot_the_mean(guesses, answers)}** Now divide by how many there are.

If all options are numbers, the reader types one; a wrong one on the list is a mistake that is
known. Else the options are buttons. `answer.js` makes them, and answers without Python and without
a request; it is loaded when a question is opened for the first time.
"""

import re
import shutil
from pathlib import Path

from website import addresses
from website.pages import mistake

HERE = Path(__file__).parent
BOX = re.compile(r'(?m)^\?\?\? question ".+"\n\n {4}- \[.*\n?(?: {4}.*(?:\n|$))*')
OPTION = re.compile(r"(?m)^ {4}- \[(.)\] (?:\*\*(.+?)\*\* *)?(.*)$")
NUMBER = re.compile(r"[−-]?[\d,]*\.?\d+(?: %)?")


def put_in(markdown: str) -> str:
    """Mark the right option of each question, and refuse one that is not complete."""
    return BOX.sub(lambda box: _marked(box[0]), markdown)


def _marked(box: str) -> str:
    options = OPTION.findall(box)
    labels = [_value(label) or label.casefold().rstrip(".!") for _, label, _ in options]
    problems = [
        (len(options) < 2, "it needs two options or more"),
        ([sign for sign, _, _ in options].count("x") != 1, "one option is right, marked [x]"),
        (not all(labels), "each option begins with its words or its number in bold"),
        (len({*labels}) < len(labels), "two of its options are equal"),
        (any(len(reason.split()) < 2 for _, _, reason in options), "each option has a reason"),
    ]
    for is_wrong, problem in problems:
        if is_wrong:
            raise mistake(box, f"a question that cannot be answered: {problem}")
    return OPTION.sub(_item, box)


def _item(found: re.Match[str]) -> str:
    kind = ".right" if found[1] == "x" else ".option"
    if value := _value(found[2]):  # where no translation changes it
        kind += f' data-value="{value}"'
    return f"    - **{found[2]}** {found[3]}\n      {{: {kind} }}"


def _value(label: str) -> str:
    """Return the value of an option that is a number, "" of words."""
    if not NUMBER.fullmatch(label):
        return ""
    return f"{float(label.replace(',', '').replace('−', '-').removesuffix(' %')):.15g}"


def add_script(html: str, page_url: str) -> str:
    """Put the script that notices an opened question into a page that has some."""
    if '<li class="right"' not in html:
        return html
    return addresses.behind_article(html, HERE / "start.js", page_url)


def style() -> str:
    """Return the looks of a question."""
    return (HERE / "answer.css").read_text(encoding="utf-8")


def publish(site: Path) -> None:
    """Write the script where the pages look for it."""
    folder = site / "assets" / "questions"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(HERE / "answer.js", folder / "answer.js")
