"""The questions are the same in every form, a plan adds up, and what a class loads is counted."""

import ast
import contextlib
import io
import json
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
import prose
import pytest
from bs4 import BeautifulSoup, Tag
from helpers import parsed
from mkdocs.exceptions import PluginError
from nbformat import NotebookNode

from website import addresses, marks, teaching
from website.pages import DOCS
from website.questions import read
from website.teaching import check, gift, loads, notebook, plans, sheets, words
from website.teaching.sheets import Lesson

ROOT = "https://example.org/sub/"
TEACH = DOCS / "teach.md"
PAGES = [DOCS / f"{name}.md" for name in ("teach", "worksheet", "key", "my-answers", "class")]

KEY = "- [{}] **98 %** Nearly all.\n    - [{}] **2 %**"

# All that a question may hold, and all that could go wrong on the way into another form.
HARD = r"""
??? question "Which set is `{1: 2}`, and is 3 ~ 4 # or \n = 5?"

    - [ ] **`a = {b}`** Not *this*: [lesson 2](2-mean-squared-error.md#arrows) {claim: a} `x ~ y`.
    - [x] **“A” `<b>` & \\{c}** So it is. 50 % = half.
    - [ ] **C: no** A colon: and a hash #1.

??? question "How much is it?"

    Look at this first.

    ```pycon
    >>> 2 * 1.335
    2.67
    ```

    - [ ] **8** Now divide.
    - [x] **2.67** 8 ÷ 3.
    - [ ] **−2,000.3** You took it away.
    - [ ] **2.7** Too early.

??? question "What share?"

    ```source
    nnbasics.losses.mse
    ```

    ```mermaid
    flowchart TD
      accTitle: A
      accDescr: B comes first.
      A --> B
    ```

    ```table
    table: mean_squared_error.arrows
    ```

    - [x] **98 %** Nearly all.
    - [ ] **2 %** The others.

!!! question predict "What will it print?"

    ```pycon
    >>> for n in range(2):
    ...     n + 40
    40
    41
    ```

    - [ ] **Nothing.** It does.
    - [x] **Two numbers.** One for each turn.

!!! question predict "And then?"

    ```figure
    figure: mean_squared_error.squares
    alt: Three squares.
    ```

    - [x] **More.** It goes on.
    - [ ] **Less.** It does not.

    This opens when somebody has chosen.

??? question "In which order?"

    ```order
    ```

    <span class="if-script">Move them.</span>

    - [x] **Forward, loss, backward, update.** As in the lesson.
    - [ ] **Loss, forward, backward, update.** There is nothing to compare yet.
"""
EVERY = sheets.lessons()
SAMPLE = sheets.lessons({DOCS / "lessons/2-mean-squared-error.md": [*read.questions(HARD)]})
both = pytest.mark.parametrize("lessons", [EVERY, SAMPLE], ids=["the site", "hard ones"])


class Form(NamedTuple):
    """A question as a form has it, in plain words: for each option its words, reason and place."""

    key: str
    name: str
    text: str
    options: list[tuple[str, str, bool]]


def expected(lessons: list[Lesson], typed: Callable[[read.Option], str]) -> list[Form]:
    """Return the questions as a form should have them; `typed` says how it has a number."""
    return [
        Form(
            asked.question.key,
            asked.name,
            words.plain(asked.question.text),
            [
                (
                    typed(option) if asked.question.is_typed else words.plain(option.label),
                    words.plain(option.reason),
                    option.is_right,
                )
                for option in asked.question.options
            ],
        )
        for lesson in lessons
        for asked in lesson.asked
    ]


def as_written(option: read.Option) -> str:
    """Return a number as the lesson writes it."""
    return words.plain(option.label)


def as_value(option: read.Option) -> str:
    """Return a number as a computer reads it."""
    return option.value


def said(part: Tag | None) -> str:
    """Return the words of an element."""
    assert part is not None
    return " ".join(part.get_text().split())


# ---- Each form is read back ----


def of_key(html: str) -> list[Form]:
    """Read the key."""
    found = []
    for item in BeautifulSoup(html, "html.parser").select("li[data-key]"):
        options = []
        for option in item.select(".key-options > li"):
            is_right = option.get_attribute_list("class") == ["key-right"]
            assert said(option.select_one("b")).startswith("✓" if is_right else "✗")
            options.append(
                (
                    said(option.select_one(":scope > strong")),
                    said(option.select_one(":scope > span")),
                    is_right,
                )
            )
        name, text = item.select(":scope > p > b, :scope > p > strong")
        found.append(Form(str(item["data-key"]), said(name), said(text), options))
    return found


def of_worksheet(html: str) -> list[tuple[str, str, str, list[str]]]:
    """Read the worksheet: it has no reasons, and of what is typed no options."""
    found = []
    for item in BeautifulSoup(html, "html.parser").select("li[data-key]"):
        name, text = item.select(":scope > p > b, :scope > p > strong")
        options = [said(option) for option in item.select(".sheet-options > li > span")]
        assert bool(options) != bool(item.select(".sheet-line"))
        found.append((str(item["data-key"]), said(name), said(text), options))
    return found


PLACEHOLDERS = {sign: chr(0xE000 + place) for place, sign in enumerate("\\:#={}~\n")}


def of_gift(text: str) -> list[Form]:
    """Read GIFT in the order in which Moodle does: escapes first, then what separates."""
    found = []
    for block in text.strip().split("\n\n"):
        if block.startswith("$CATEGORY: "):
            assert re.fullmatch(r"\$CATEGORY: Neural network basics/\d\. [^/]+", block)
            continue
        hidden = re.sub(
            r"\\(.)", lambda m: PLACEHOLDERS["\n" if m[1] == "n" else m[1]], block, flags=re.S
        )
        head = re.fullmatch(r"::(\S+) \((\w+)\)::\[html\](.*?)\{(#?)(.*)\}", hidden, re.S)
        assert head, block
        name, key, asked, is_typed, answers = head.groups()
        assert not set("{}=~#") & set(asked), "something is not escaped"
        options: dict[str, tuple[str, str, bool]] = {}
        for one in re.split(r"\n\t(?==|~)", answers.rstrip("\n"))[1:]:
            label, hash_, reason = one[1:].partition("#")
            assert hash_
            assert not set("{}=~#") & set(reason), "something is not escaped"
            if is_typed and one[0] == "~":
                assert (label, shown(reason)) == ("", gift.OTHER)
                continue
            is_right = one[0] == "=" and not label.startswith("%0%")
            label = label.removeprefix("%0%").partition(":")[0] if is_typed else label
            # A number that is rounded stands behind the number, with the same reason.
            options.setdefault(shown(reason), (shown(label), shown(reason), is_right))
        first = BeautifulSoup(shown_html(asked), "html.parser").select_one("p")
        found.append(Form(key, name, said(first), [*options.values()]))
    return found


def shown_html(text: str) -> str:
    """Return what Moodle takes for the HTML."""
    for sign, place in PLACEHOLDERS.items():
        text = text.replace(place, sign)
    return text


def shown(text: str) -> str:
    """Return the words that Moodle shows."""
    return " ".join(BeautifulSoup(shown_html(text), "html.parser").get_text().split())


def of_notebook(made: NotebookNode) -> list[Form]:
    """Read the notebook: what is asked from its text, the options from what its check knows."""
    cells = made.cells
    (letters,) = re.findall(r'(?m)^ANSWERS = "(.+?)"', cells[1].source)
    answers: dict[str, Any] = notebook.unpacked(letters)
    found = []
    for asks, line in pairwise(cells):
        if line.cell_type != "code" or not line.source.startswith("answer_"):
            continue
        name, text = re.findall(r"^\*\*([\d.]+)\*\* (.*)", asks.source)[0]
        (key,) = re.findall(r'check\("(\w+)"', line.source)
        asked = answers[key]
        options = [
            (label, reason, place == asked["right"])
            for place, (label, reason) in enumerate(asked["options"])
        ]
        if not asked["typed"]:
            listed = re.findall(r"(?m)^- [A-I]: (.*)$", asks.source)
            assert [words.plain(one) for one in listed] == [label for label, _, _ in options]
        found.append(Form(key, name, words.plain(text), options))
    return found


def of_data(lessons: list[Lesson]) -> list[Form]:
    """Read what the pages of readers and of teachers load."""
    sent: Any = json.loads(json.dumps(teaching.data(lessons)))
    return [
        Form(
            one["key"],
            one["name"],
            one["text"],
            [
                (label, reason, n == one["right"])
                for n, (label, reason) in enumerate(one["options"])
            ],
        )
        for one in sent
    ]


@both
def test_the_key_has_it_all(lessons: list[Lesson]) -> None:
    """Text, options, the right one and each reason stand in the key."""
    assert of_key(sheets.key(lessons, ROOT)) == expected(lessons, as_written)


@both
def test_the_worksheet_gives_nothing_away(lessons: list[Lesson]) -> None:
    """Text and options stand on the worksheet, and neither a reason nor what a snippet prints."""
    html = sheets.worksheet(lessons, ROOT)
    typed = {a.question.key for lesson in lessons for a in lesson.asked if a.question.is_typed}
    assert of_worksheet(html) == [
        (
            one.key,
            one.name,
            one.text,
            [label for label, _, _ in one.options if one.key not in typed],
        )
        for one in expected(lessons, as_written)
    ]
    text = said(BeautifulSoup(html, "html.parser"))
    for one in expected(lessons, as_written):
        assert [reason for _, reason, _ in one.options if reason in text] == []


@both
def test_gift_has_it_all(lessons: list[Lesson]) -> None:
    """Text, options, the right one and each reason come back from GIFT."""
    assert of_gift(gift.gift(lessons, ROOT)) == expected(lessons, as_value)


@both
def test_the_notebook_has_it_all(lessons: list[Lesson]) -> None:
    """Text, options, the right one and each reason stand in the notebook, which is a valid one."""
    made = notebook.notebook(lessons, ROOT)
    nbformat.validate(made)
    assert of_notebook(made) == [
        one._replace(options=[(check_label(a), b, c) for a, b, c in one.options])
        for one in expected(lessons, as_value)
    ]


def check_label(label: str) -> str:
    """Return an option as the check of the notebook knows it: a number as its value."""
    return read.Option(label, "", False).value or label


@both
def test_the_pages_load_it_all(lessons: list[Lesson]) -> None:
    """What the pages of readers and teachers load has all of it, and room for it in a code."""
    assert of_data(lessons) == expected(lessons, as_written)
    assert max(len(one.options) for one in of_data(lessons)) <= len(sheets.LETTERS) == 9


def test_the_lessons_have_it_all(site: Path) -> None:
    """What a lesson shows without scripts is what the other forms say."""
    found = []
    for lesson in EVERY:
        page = parsed(site / addresses.leads("", lesson.file) / "index.html")
        for place, right in enumerate(page.select(".question > ul > li.right"), 1):
            box, items = right.find_parent(class_="question"), right.parent
            assert box
            assert items
            options = []
            for item in items.select(":scope > li"):
                label = item.select_one("strong")
                assert label
                reason = item.get_text().replace(label.get_text(), "", 1)
                options.append((said(label), " ".join(reason.split()), item is right))
            name = f"{lesson.title.partition('.')[0]}.{place}"
            text = said(box.select_one("summary, .admonition-title"))
            found.append(Form(str(right["data-key"]), name, text, options))
    assert found == expected(EVERY, as_written)


def test_the_site_carries_the_forms(site: Path) -> None:
    """The files and the pages of the site are these forms."""
    folder = site / "assets" / "questions"
    made: NotebookNode = nbformat.read(folder / "questions.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    assert of_notebook(made) == of_notebook(notebook.notebook(EVERY, ROOT))
    assert of_gift((folder / "questions.gift").read_text("utf-8")) == expected(EVERY, as_value)
    assert json.loads((folder / "all.json").read_text("utf-8")) == [
        json.loads(json.dumps(one)) for one in teaching.data(EVERY)
    ]
    key = (site / "key" / "index.html").read_text("utf-8")
    assert of_key(key) == expected(EVERY, as_written)
    sheet = (site / "worksheet" / "index.html").read_text("utf-8")
    assert of_worksheet(sheet) == of_worksheet(sheets.worksheet(EVERY, ROOT))


def change(old: str, new: str) -> list[Lesson]:
    """Return the hard questions with something changed."""
    assert old in HARD
    changed = [*read.questions(HARD.replace(old, new))]
    return sheets.lessons({DOCS / "lessons/2-mean-squared-error.md": changed})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("How much is it?", "How much is that?"),
        ("Now divide.", "Divide now."),
        ("**C: no**", "**C: yes**"),
        (KEY.format("x", " "), KEY.format(" ", "x")),
    ],
    ids=["the text", "a reason", "an option", "the key"],
)
def test_a_form_that_differs_is_noticed(old: str, new: str) -> None:
    """Were one form made from something else, these comparisons would fail."""
    other = change(old, new)
    assert of_key(sheets.key(other, ROOT)) != expected(SAMPLE, as_written)
    assert of_gift(gift.gift(other, ROOT)) != expected(SAMPLE, as_value)
    assert of_notebook(notebook.notebook(other, ROOT)) != of_notebook(
        notebook.notebook(SAMPLE, ROOT)
    )
    assert of_data(other) != expected(SAMPLE, as_written)


# ---- What the forms do with it ----


def test_plain_words() -> None:
    """Of Markdown the words stay, and of marks nothing."""
    first, *_ = expected(SAMPLE, as_written)
    assert first.text == r"Which set is {1: 2}, and is 3 ~ 4 # or \n = 5?"
    assert first.options[:2] == [
        ("a = {b}", "Not this: lesson 2 x ~ y.", False),
        (r"“A” <b> & \\{c}", "So it is. 50 % = half.", True),
    ]


def test_what_a_question_is_about() -> None:
    """A listing, a picture and a paragraph come along; what a prediction foretells does not."""
    _, listing, blocks, printing, picture, order = SAMPLE[0].asked
    assert [(one.kind, one.text) for one in words.about(listing.question)] == [
        ("text", "Look at this first."),
        ("code", "2 * 1.335"),
        ("printed", "2.67"),
    ]
    source, diagram, table = words.about(blocks.question)
    assert source.text.startswith("def mse(")
    assert diagram.text == "Picture: B comes first."
    head, *rows = table.text.split("\n")
    assert head.count("\t") == rows[0].count("\t") > 1
    (code,) = words.about(printing.question)
    assert code.text == "for n in range(2):\n    n + 40"
    html = words.about_html(picture.question, picture.lesson, ROOT, with_pictures=True)
    assert '<svg role="img" aria-label="Three squares."' in html
    assert r"Picture\: Three squares." in gift.gift(SAMPLE, ROOT)
    assert [*words.about(order.question)] == []
    for form in (sheets.worksheet(SAMPLE, ROOT), gift.gift(SAMPLE, ROOT)):
        assert "This opens" not in form


def test_links_lead_to_the_site() -> None:
    """A link in a reason leads on, from a page, from Moodle and from a notebook."""
    (address,) = {
        str(link["href"])
        for link in BeautifulSoup(sheets.key(SAMPLE, ROOT), "html.parser").select("a")
    }
    assert address == f"{ROOT}lessons/2-mean-squared-error/#arrows"
    assert f'href\\="{ROOT}'.replace(":", "\\:") in gift.gift(SAMPLE, ROOT)


def test_numbers_in_gift() -> None:
    """A number is right as it is, within half of its last digit, or rounded where that is clear."""
    text = gift.gift(SAMPLE, ROOT)
    assert "\t=2.67:0.005#" in text
    assert "\t=%0%8:0#" in text
    assert "\t=%0%-2000.3:0.05#" in text
    assert "\t=%0%2.7:0.0147#" in text  # and no rounding of 2.67: it is a mistake of its own here
    assert text.count("2.7:") == 1
    assert "number alone, without %" in text


def test_the_notebook_runs() -> None:
    """Every answer is told its reason, by Python alone, and a wrong kind of answer what to do."""
    made = notebook.notebook(SAMPLE, ROOT)
    names: dict[str, Any] = {}
    code = [cell.source for cell in made.cells if cell.cell_type == "code"]
    exec(code[0], names)
    for line, asked in zip(code[1:], SAMPLE[0].asked, strict=True):
        ast.parse(line)
        assert printed(line, names).startswith("Put a ")
        for letter, option in zip(sheets.LETTERS, asked.question.options, strict=False):
            answer = option.label if asked.question.is_typed else letter.lower()
            verdict = "Right." if option.is_right else "Not quite."
            told = printed(line.replace('""', json.dumps(answer)), names)
            assert told == f"{verdict} {words.plain(option.reason)}\n"
        if asked.question.is_typed:
            assert printed(line.replace('""', '"77"'), names).startswith("Not that.")


def printed(code: str, names: dict[str, Any]) -> str:
    """Return what some code prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(code, names)
    return out.getvalue()


def test_a_number_means_the_same_as_in_the_page() -> None:
    """The notebook reads numbers as the page does."""
    values = [0, 8, 1.33, 2.67, 2.303, 2.3, -3, 1600]
    typed = {"2.67": 3, "2,67": 3, "2.7": 3, "2.6667": 3, "8.0": 1, "2.303": 4, "2.3": 5, "−3": 6,
             "1,600": 7, "2,303": 4, "3": None, "2.6": None, "x": None, "": None}  # fmt: skip
    assert {text: check.meant(text, values) for text in typed} == typed


# ---- Plans ----

(FENCE,) = plans.FENCE.finditer(TEACH.read_text(encoding="utf-8"))
PLANS = plans.plans(FENCE[1])


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_adds_up(name: str) -> None:
    """The minutes of the steps are those of the plan, and each part can be read in its step."""
    assert plans.wrong(name, PLANS[name]) == ""
    shown = plans.put_in(FENCE[0]).partition(f"### {name}\n")[2].partition("###")[0]
    rows = re.findall(r"(?m)^\| minute (\d+) \| (\d+) min \|", shown)
    assert len(rows) == len(PLANS[name]) > 5
    begins = 0
    for begin, takes in rows:
        assert int(begin) == begins
        begins += int(takes)
    assert f"Together: {begins} min." in shown
    assert name == f"{begins} minutes"


@pytest.mark.parametrize(
    ("plan", "problem"),
    [
        ("5 minutes:\n  - [4, Talk]", "come to 4 minutes"),
        ("Five minutes:\n  - [5, Talk]", "called by its minutes"),
        (
            "1 minutes:\n  - [1, Read, lessons/5-training-loop.md]",
            "minutes to read, and its step 1",
        ),
        ("1 minutes:\n  - [1, Read, lessons/9-more.md]", "holds no plans"),
        ("1 minutes:\n  - [1, Read, lessons/5-training-loop.md#gone]", "holds no plans"),
        ("- 5", "holds no plans"),
    ],
)
def test_a_wrong_plan_stops_the_build(plan: str, problem: str) -> None:
    """A sum that is wrong, a step that is too short, and a part that is gone are refused."""
    with pytest.raises(PluginError, match=problem):
        plans.put_in(f"```plans\n{plan}\n```\n")


def test_a_part_that_is_unknown_stops_the_build() -> None:
    """A name that is misspelt is refused."""
    with pytest.raises(PluginError, match="there is no such part"):
        teaching.put_in("```teaching\nworksheets\n```")


# ---- The pages ----


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_pages_are_easy_to_read(path: Path) -> None:
    """The text, and what is to be done in a plan, has a Flesch-Kincaid grade of 7 or lower."""
    text = marks.read(path).split("---\n", 2)[2]
    steps = [step.words for plan in PLANS.values() for step in plan]
    assert prose.grade("\n\n".join([text, *steps] if path == TEACH else [text])) <= 7


def test_what_a_class_loads(site: Path) -> None:
    """The table is filled in, each number is counted, and its columns add up."""
    table = parsed(site / "teach" / "index.html").select_one("table:has([data-loads])")
    assert table
    counts = loads.counted(site)
    assert counts["all"] == counts["lessons"] + counts["search"] + counts["python"] > 0
    for cell in table.select("[data-loads]"):
        name, tablets = str(cell["data-loads"]).split()
        assert cell.get_text() == loads.size(counts[name] * int(tablets))


def test_each_wrong_answer_finds_something_out(site: Path) -> None:
    """The page for teachers has a row for each wrong option, with its reason."""
    rows = parsed(site / "teach" / "index.html").select(".findings tbody tr")
    wrong = [
        (label, reason)
        for one in expected(EVERY, as_written)
        for label, reason, is_right in one.options
        if not is_right
    ]
    assert [tuple(said(cell) for cell in row.select("td")) for row in rows] == wrong
