"""What MkDocs calls while it builds the site."""

import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from website import (
    labs,
    ledger,
    lighten,
    live,
    moving,
    pages,
    restart,
    results,
    snippets,
    tables,
    wheel,
)

TEMPLATES = pages.CACHE / "templates"
WORDS_A_MINUTE = 130  # reading, trying and thinking


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Notice sources that changed, and link to them where their address is known."""
    restart.if_needed(config.site_dir)
    results.refresh()  # before anything asks for the key of what is kept
    repository = config.extra["repository"]
    pages.publish_from(repository)
    labs.prepare(config)
    if repository:
        config.copyright = f'{config.copyright} <a href="{repository}">Source code</a>.'
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the picture that is shown where someone shares a link."""
    files.append(
        File.generated(config, "assets/social.png", content=results.find("social", "card")())
    )
    return files


def on_env(env: Environment, **_: Any) -> Environment:
    """Keep compiled templates, so that a change of a word is shown within two seconds."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = FileSystemBytecodeCache(str(TEMPLATES))
    return env


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Remember the page, and work out how long it takes to read."""
    pages.begin(page)
    if labs.is_lab(page):
        page.meta["description"] = labs.description(page)
        return markdown
    if not page.meta.get("description"):
        raise PluginError(f"docs/{page.file.src_uri}:1: the page needs a description: at its top")
    wrong = snippets.report(Path(page.file.abs_src_path or ""), markdown, results.key())
    if wrong:
        raise PluginError(f"docs/{page.file.src_uri}: a snippet prints something else:\n{wrong}")
    markdown = live.choose(markdown)
    page.meta["minutes"] = minutes(markdown)
    if pages.is_lesson():
        return ledger.link_marks(markdown)
    for block, make in (("lessons", lessons_list), ("ledger", ledger.page)):
        fence = f"```{block}\n```"
        if fence in markdown:
            markdown = markdown.replace(fence, make())
    return markdown


UNSEARCHED = re.compile(
    r"<(div|details) (?=class="
    r'"(?:language-|mkdocstrings-source|question|admonition you-will|admonition try|table))'
)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Show labs as pages; keep code, answers and lists of arguments out of the search index."""
    if labs.is_lab(page):
        html = labs.render(html, page, config, files)
    html = re.sub("<table>(.*?)</table>", rf"{tables.OPEN}\1{tables.CLOSE}", html, flags=re.S)
    html = UNSEARCHED.sub(r"<\1 data-search-exclude ", html)
    # Lines of code are spans of their own, for copying; their ids are of no use.
    html = re.sub(r'<span id="__span-[^"]+">', "<span>", html)
    if page.file.src_uri == "reference.md":
        return html.replace("<ul>", "<ul data-search-exclude>")
    return live.add_buttons(html)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Mend what the theme leaves out; load the reference's styles on the reference alone."""
    if labs.is_lab(page):
        labs.save(page, config)
    if page.file.src_uri != "reference.md":
        output = re.sub(r'\s*<link rel="stylesheet" href="[^"]*_mkdocstrings\.css">', "", output)
    return _name_search(live.add_script(output, page.url))


def on_post_template(output_content: str, template_name: str, **_: Any) -> str:
    """Mend the page for addresses that do not exist, too."""
    return _name_search(output_content) if template_name.endswith(".html") else output_content


def _name_search(html: str) -> str:
    """Give the search dialog its name, which the theme leaves out."""
    return html.replace('role="dialog"', 'role="dialog" aria-label="Search"')


def on_post_build(config: MkDocsConfig) -> None:
    """Add what is no page: numbers, the wheel, live code; and make a first visit light."""
    site = Path(config.site_dir)
    moving.publish(site)
    live.publish(site, wheel.build(site))
    with (site / "assets" / "site.css").open("a", encoding="utf-8") as style:
        style.write(live.style())
    lighten.lighten(site)


def minutes(markdown: str) -> int:
    """Return how many minutes a page takes, code included."""
    return max(1, round(len(re.findall(r"\w+", markdown)) / WORDS_A_MINUTE))


def lessons_list() -> str:
    """Return the lessons as a Markdown list: what each is about, and how long it takes."""
    items, total = [], 0
    for number, path in enumerate(pages.in_order((pages.DOCS / "lessons").glob("*.md")), 1):
        text = path.read_text(encoding="utf-8")
        _, front_matter, body = text.split("---\n", 2)
        title = re.search(r"^# (.+)$", body, re.M)
        description = re.search(r"^description: (.+)$", front_matter, re.M)
        if not title or not description:
            raise PluginError(
                f"docs/lessons/{path.name}:1: a lesson needs a description: and a title"
            )
        total += minutes(body)
        items.append(
            f"{number}. [{title[1]}](lessons/{path.name}) ({minutes(body)} minutes)<br>"
            f"{description[1]}"
        )
    return "\n".join(items) + f"\n\nTogether about {total} minutes, trying included.\n"
