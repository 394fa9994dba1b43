"""Exercises: the reader writes a few lines, and the page runs them and says what is wrong.

- `judge.py`: runs a program and its check, and says in words what is wrong
- `proof.py`: tells whether each check knows its solutions and its wrong tries
- `start.js`: in each page with exercises; `exercise.js`: what opens in a box; `words.js`: what it
  says and keeps; `exercise.css`: how it looks
- `notebook.py`: all of them as one notebook
- `reading.py`: reads `docs/exercises/*.md`, whose format is in CONTRIBUTING.md
- this file puts them onto the site

They stand at the very end of a lesson, behind its questions: those take seconds and close the
lesson, and who has no time or no Python for more has then read all of it. A page has only the
beginning of each task, to be light: the rest comes when it is opened. Without scripts all of it is
a plain text, and where Python for the browser is not in the build, it stands in the page.
"""

import hashlib
import json
import re
import shutil
import textwrap
from pathlib import Path
from typing import Any

from markdown import Markdown
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_relative_url

from website import addresses, live, pages
from website.blocks import mended
from website.exercises import notebook, reading
from website.exercises.reading import PAGES, Exercise
from website.pages import DOCS, PageError

HERE = Path(__file__).parent
SCRIPTS = ("exercise.js", "words.js", "exercise.css", "judge.py")
ADDRESS = "assets/exercises"

# Paragraphs of their own, in whose place something is put that Markdown would not leave alone.
INTRO_MARK, START_MARK = "exercise-intro-{}", "exercise-start-{}-{}"
INTRO_MARKED = re.compile(f"<p>{INTRO_MARK.format('(build|last|[0-9]+)')}</p>")
START_MARKED = re.compile(f"<p>{START_MARK.format('(build|last|[0-9]+)', '([0-9]+)')}</p>")
LINK = re.compile(r"\]\(([^)#:]+\.(?:md|py))((?:#[^)]*)?)\)")
START = Markup('<p class="start" data-exercise="{}" data-of="{}"></p>')
WHOLE_START = Markup("<pre><code>{}</code></pre>")
INTRO = """\
<p><span class="if-script">Write a few lines, and Python says here what they do.</span></p>\
<noscript><p>Without JavaScript, read <a href="{folder}{group}.txt">all of it as a text</a>, or \
take <a href="{notebook}" download>the notebook</a>.</p></noscript>"""
ABSENT = """\
<p>In this copy of the site no code runs in the page. <a href="{notebook}" download>A notebook</a> \
checks what you write.</p>"""

_all: list[Exercise] = []
_converted: dict[tuple[str, str], str] = {}  # `make serve` asks for the same at each change


def begin() -> None:
    """Read all exercises when a build begins."""
    _all[:] = reading.read_all()


def put_in(markdown: str, source: Path) -> str:
    """Put the exercises of a lesson, or all steps, at the end of a page."""
    ours = reading.of(_group(source), _all)
    if not ours:
        return markdown
    _, heading = PAGES.get(source.name, ("", "Exercises"))
    intro = INTRO_MARK.format(ours[0].group)
    return "\n\n".join([markdown.rstrip(), f"## {heading}", intro, *map(_box, ours)])


def _group(source: Path) -> str:
    """Return whose exercises stand on a page."""
    return PAGES[source.name][0] if source.name in PAGES else source.name.partition("-")[0]


def _box(exercise: Exercise) -> str:
    """Return an exercise as a box that the reader opens, with all that it is where no code runs."""
    first, _ = _cut(exercise.task)
    start = START_MARK.format(exercise.group, exercise.place)
    inside = [first if live.available() else exercise.task, start]
    if not live.available():
        hints = enumerate(exercise.hints, 1)
        inside += [_folded(f"Hint {number}", hint) for number, hint in hints]
        inside += [_folded("Solution", solution.text) for solution in exercise.solutions]
    return _folded(f"{_kind(exercise)}: {exercise.title}", "\n\n".join(inside), " exercise")


def _cut(task: str) -> tuple[str, str]:
    """Return the first paragraph of a task, and the rest."""
    first, _, rest = task.partition("\n\n")
    return first, rest


def _kind(exercise: Exercise) -> str:
    """Return which step it is, or how large."""
    return exercise.called.capitalize() if exercise.size == reading.STEP else exercise.size.title()


def _folded(title: str, text: str, kind: str = "") -> str:
    return f'??? question{kind} "{title}"\n\n{textwrap.indent(text, "    ")}'


def show_starts(html: str, page_url: str) -> str:
    """Put the code to begin with into the boxes of a page."""
    root = f"{get_relative_url('.', page_url)}/"
    intro = INTRO if live.available() else ABSENT

    def introduced(found: re.Match[str]) -> str:
        folder, notebook_at = f"{root}{ADDRESS}/", f"{root}{notebook.NAME}"
        return intro.format(folder=folder, group=found[1], notebook=notebook_at)

    def started(found: re.Match[str]) -> str:
        one = next(one for one in _all if (one.group, one.place) == (found[1], int(found[2])))
        if not live.available():
            return WHOLE_START.format(one.start)
        return START.format(one.name, fingerprint(one))

    return START_MARKED.sub(started, INTRO_MARKED.sub(introduced, html))


def fingerprint(exercise: Exercise) -> str:
    """Return what stands for its task and its start: if it changes, the exercise is another one."""
    return hashlib.sha256(f"{exercise.task}\n{exercise.start}".encode()).hexdigest()[:6]


def add_script(html: str, page_url: str) -> str:
    """Put the script that notices an opened exercise into a page that has some."""
    if '<p class="start"' not in html:
        return html
    return addresses.behind_article(html, HERE / "start.js", page_url)


def publish(site: Path, config: MkDocsConfig) -> None:
    """Write what an opened exercise loads, what is read without scripts, and the notebook."""
    folder = site / ADDRESS
    shutil.rmtree(folder, ignore_errors=True)
    if not _all:
        return
    notebook.save(site / notebook.NAME, _all, config)
    if not live.available():
        return
    folder.mkdir(parents=True)
    pages.end()  # what comes now is no part of a page that explains its terms
    for name in SCRIPTS:
        shutil.copyfile(HERE / name, folder / name)
    for exercise in _all:
        text = json.dumps(_opened(exercise, config), ensure_ascii=False)
        (folder / f"{exercise.name}.json").write_text(text, encoding="utf-8")
    for group in dict.fromkeys(exercise.group for exercise in _all):
        text = "\n\n".join(map(_as_text, reading.of(group, _all)))
        (folder / f"{group}.txt").write_text(f"\ufeff{text}\n", encoding="utf-8")


def _opened(exercise: Exercise, config: MkDocsConfig) -> dict[str, Any]:
    """Return what an opened exercise needs to know."""
    return {
        "title": exercise.title,
        "task": html_of(_cut(exercise.task)[1], exercise, config),
        "start": exercise.start.rstrip("\n"),
        "hints": [html_of(hint, exercise, config) for hint in exercise.hints],
        "right": html_of(exercise.right, exercise, config),
        "solutions": [html_of(solution.text, exercise, config) for solution in exercise.solutions],
        "check": exercise.check,
        "files": exercise.files,
        "before": [
            {
                "name": one.called,
                "id": one.name,
                "of": fingerprint(one),
                "code": one.solutions[0].code,
            }
            for one in reading.before(exercise, _all)
        ],
    }


def html_of(text: str, exercise: Exercise, config: MkDocsConfig) -> str:
    """Return some Markdown as the exercise's page shows it."""
    extensions, settings = config.markdown_extensions, config.mdx_configs or {}
    linked = LINK.sub(lambda found: _address(found, exercise), text)
    kept = (linked, repr(settings))
    if kept not in _converted:
        markdown = Markdown(extensions=extensions, extension_configs=settings)
        html = mended.tables_and_code(markdown.convert(linked))
        _converted[kept] = mended.untranslated(html)
    return _converted[kept]


def _address(link: re.Match[str], exercise: Exercise) -> str:
    """Return a link to a source as one that leads from the exercise's page to that page."""
    source = (DOCS / exercise.page).parent.joinpath(link[1]).resolve()
    if not source.is_relative_to(DOCS) or not source.is_file():
        raise PageError(f"{exercise.path.name}: there is no page {link[1]}")
    root = get_relative_url(".", addresses.leads("", exercise.page))
    return f"]({root}/{addresses.leads(link[1] + link[2], exercise.page)})"


def _as_text(exercise: Exercise) -> str:
    """Return hints and solutions as a plain text."""
    title = f"{_kind(exercise)}: {exercise.title}"
    parts = [f"{title}\n{'=' * len(title)}", exercise.task, exercise.start.strip()]
    hints = enumerate(exercise.hints, 1)
    parts += [f"Hint {number}\n------\n\n{hint}" for number, hint in hints]
    parts += [f"Solution\n--------\n\n{solution.text}" for solution in exercise.solutions]
    return "\n\n".join(parts) + "\n"
