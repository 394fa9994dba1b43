"""What who teaches needs: the questions in other forms, plans, and a class without a server.

- `words`: the Markdown of a question in the words of each form
- `sheets`: a worksheet for print, and a key; `gift`: for Moodle; `notebook`, `check.py`: for Python
- `findings`: what each question finds out, from its wrong options and their reasons
- `plans`: lessons whose minutes add up; `loads`: what a class of tablets loads
- `codes.js`: answers as a short code, and many codes as counts; `mine.js`, `mine-*.html`: the page
  of one reader; `class.js`, `class-*.html`: that of the teacher; `keep.js`: what the browser keeps
- this file puts them onto the site

A page says where each goes with a fence `teaching`, its name in it. All but the plans is put into
the finished page: the search, which would find each question twice, sees none of it.
"""

import json
import re
import shutil
from pathlib import Path

from markupsafe import Markup
from mkdocs.utils import get_relative_url

from website import addresses, notebooks
from website.pages import mistake
from website.teaching import findings, gift, loads, notebook, plans, sheets, words

HERE = Path(__file__).parent
PARTS = ("worksheet", "key", "findings", "loads", "questions")
SCRIPTS = ("codes.js", "keep.js", "page.js", "mine.js", "class.js")
PLACED = re.compile(r"^```teaching\n([\w-]+)\n```$", re.M)
PLACE = '<div class="placed" data-place="{}"></div>'
FILLED = re.compile(PLACE.format(r"([\w-]+)"))


def put_in(markdown: str) -> str:
    """Put the plans where a page asks for them, and a place for each of the other parts."""
    return PLACED.sub(_place, plans.put_in(markdown))


def _place(fence: re.Match[str]) -> str:
    """Return a place for a part, and refuse a name that there is not."""
    if fence[1] not in PARTS and not (HERE / f"{fence[1]}.html").exists():
        raise mistake(fence[0], f"there is no such part: {fence[1]}")
    return PLACE.format(fence[1])


def fill(html: str, page_url: str) -> str:
    """Put the parts into a finished page, and the script that its forms need."""
    kinds = set(FILLED.findall(html))
    if not kinds:
        return html
    root, every = f"{get_relative_url('.', page_url)}/", sheets.lessons()
    html = FILLED.sub(lambda place: _part(place[1], every, root), html)
    sheet = f'<link rel="stylesheet" href="{root}assets/teaching.css">'
    html = html.replace("</head>", f"{sheet}</head>", 1)
    for tool in ("mine", "class"):
        if any(kind.startswith(f"{tool}-") for kind in kinds):
            script = f'<script type="module" src="{root}assets/questions/{tool}.js"></script>'
            html = html.replace("</head>", f"{script}</head>", 1)
    return html


def _part(kind: str, every: list[sheets.Lesson], root: str) -> str:
    """Return a part as HTML."""
    if kind == "loads":
        return loads.table()
    if kind == "questions":
        return _downloads(root)
    if kind == "worksheet":
        return sheets.worksheet(every, root)
    if kind == "key":
        return sheets.key(every, root)
    if kind == "findings":
        return findings.findings(every, root)
    return (HERE / f"{kind}.html").read_text(encoding="utf-8").replace("CODE", _room(every))


def _room(every: list[sheets.Lesson]) -> str:
    """Return lines as long as a code, so that nothing moves when the code comes."""
    count = sum(len(lesson.asked) for lesson in every)
    groups = [3, *[5] * (count // 5), *filter(None, [count % 5]), 3]
    return " ".join("_" * group for group in groups)


def _downloads(root: str) -> Markup:
    """Return links to the files, which name the site that they were downloaded from."""
    link = '<li><a href="{0}assets/questions/{1}" download data-built-for="{2}">{3}</a>: {4}</li>'
    files = [
        (
            "questions.gift",
            "Questions for Moodle",
            "to be imported, with a category for each lesson",
        ),
        (
            "questions.ipynb",
            "Questions as a notebook",
            "each with a check that says why an answer is right or wrong",
        ),
    ]
    items = (
        Markup(link).format(root, name, addresses.site(), words_, about)
        for name, words_, about in files
    )
    return Markup("<ul>{}</ul>").format(Markup("").join(items))


def publish(site: Path) -> None:
    """Write scripts and looks, which no lesson loads, and the questions in forms that are files."""
    folder = site / "assets" / "questions"
    folder.mkdir(parents=True, exist_ok=True)
    for name in SCRIPTS:
        shutil.copyfile(HERE / name, folder / name)
    shutil.copyfile(HERE / "teaching.css", site / "assets" / "teaching.css")
    every, address = sheets.lessons(), addresses.site()
    text = json.dumps(data(every), ensure_ascii=False, separators=(",", ":"))
    (folder / "all.json").write_text(text, encoding="utf-8")
    (folder / "questions.gift").write_text(gift.gift(every, address), encoding="utf-8")
    notebooks.write(notebook.notebook(every, address), folder / "questions.ipynb")


def data(every: list[sheets.Lesson]) -> list[dict[str, object]]:
    """Return what the pages of readers and of teachers know of each question, in plain words."""
    return [
        {
            "key": asked.question.key,
            "name": asked.name,
            "lesson": lesson.title,
            "page": addresses.leads("", lesson.file),
            "text": words.plain(asked.question.text),
            "options": [
                [words.plain(option.label), words.plain(option.reason)]
                for option in asked.question.options
            ],
            "right": [option.is_right for option in asked.question.options].index(True),
        }
        for lesson in every
        for asked in lesson.asked
    ]
