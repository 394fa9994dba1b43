"""What MkDocs calls while it builds the site."""

import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from website import (
    addresses,
    exercises,
    figures,
    labs,
    live,
    marks,
    moving,
    numpy_names,
    page_weight,
    pages,
    policy,
    progress,
    questions,
    rendered,
    restart,
    search,
    teaching,
    wheel,
)
from website.blocks import claims, install, lessons, mended, odd_looks, times
from website.exercises import reading
from website.labs import download, run, show
from website.proof import evidence, kept, numbers, shown, text
from website.teaching import loads

TEMPLATES = pages.CACHE / "templates"


_serving = False


def on_startup(command: str, **_: Any) -> None:
    """Notice `mkdocs serve`, which puts a script into each page that its policy would forbid."""
    global _serving
    _serving = command == "serve"
    rendered.forget()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Notice sources that changed, and link to them where their address is known."""
    restart.if_needed(config.site_dir)
    kept.refresh()  # before anything asks for the key of what is kept
    rendered.begin()
    addresses.begin(config)
    exercises.begin()
    run.prepare(config)
    if repository := config.extra["repository"]:
        config.copyright = f'{config.copyright} <a href="{repository}">Source code</a>.'
    return config


def on_pre_build(config: MkDocsConfig) -> None:
    """Refuse a wrong number in the README or in a row of Evidence: no page has it in its source.

    And keep the compiled templates of the reference, whose plugin is ready only now.
    """
    _keep_compiled(config.plugins["mkdocstrings"].get_handler("python").env)  # type: ignore[attr-defined]
    refuse(pages.ROOT / "README.md")
    if wrong := evidence.wrong_in_rows(kept.key()):
        raise PluginError(wrong)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the picture that is shown where someone shares a link."""
    files.append(
        File.generated(config, "assets/social.png", content=figures.find("social", "card")())
    )
    return files


def on_nav(nav: Navigation, **_: Any) -> Navigation:
    """Remember the order of the pages."""
    search.begin(nav.pages)
    return nav


def on_env(env: Environment, **_: Any) -> Environment:
    """Keep the theme's compiled templates."""
    return _keep_compiled(env)


def on_page_read_source(page: Page, **_: Any) -> str | None:
    """Read a page without the marks behind its numbers."""
    return None if labs.is_lab(page) else marks.read(Path(page.file.abs_src_path or ""))


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Remember the page, and work out how long it takes."""
    pages.begin(page)
    source = Path(page.file.abs_src_path or "")
    if not labs.is_lab(page):
        shown.refuse_unknown(source)
    refuse(source)
    if labs.is_lab(page) or pages.is_lesson():
        page.meta["minutes"] = times.minutes(text.Page.of(source))
    if labs.is_lab(page):
        page.meta["description"] = labs.description(page)
        return markdown
    rendered.only_if_changed(page)
    if not page.meta.get("description"):
        raise PluginError(f"docs/{page.file.src_uri}:1: the page needs a description: at its top")
    markdown = odd_looks.put_in(live.choose(markdown))
    if pages.is_lesson():
        markdown = numpy_names.link(claims.link_marks(questions.put_in(markdown)), source.name)
        return exercises.put_in(markdown, source)
    questions.refuse_all(markdown)
    if source == numpy_names.SOURCE:
        return numpy_names.anchor_rows(markdown)
    if source.name in reading.PAGES:
        return exercises.put_in(markdown, source)
    return teaching.put_in(claims.put_in(lessons.put_in(markdown)))


def _keep_compiled(env: Environment) -> Environment:
    """Keep compiled templates, so that a change of a word is shown sooner."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = FileSystemBytecodeCache(str(TEMPLATES))
    return env


def refuse(path: Path) -> None:
    """Stop the build if an output or a number of a text is wrong."""
    wrong = numbers.wrong_on(path)
    if wrong:
        raise PluginError(f"{wrong}\nmake update writes what the run gives; then look at git diff")


def on_page_context(context: dict[str, Any], page: Page, **_: Any) -> dict[str, Any]:
    """Make what a page says of itself fit for an attribute: the theme writes it as it is."""
    page.meta["description"] = escape(page.meta["description"])
    return context


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Show labs as pages, put tables into boxes that scroll, and buttons below snippets."""
    if labs.is_lab(page):
        html = show.render(html, page, config, files)
    else:
        shown.refuse_unrun(Path(page.file.abs_src_path or ""), html)
    html = mended.tables_and_code(html)
    if page.file.src_uri == "reference.md":
        return html
    return exercises.show_starts(live.add_buttons(html, labs.is_lab(page)), page.url)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Mend what the theme leaves out; load the reference's styles on the reference alone."""
    if labs.is_lab(page):
        download.save(page, config)
    if page.file.src_uri != "reference.md":
        output = re.sub(r'\s*<link rel="stylesheet" href="[^"]*_mkdocstrings\.css">', "", output)
    output = teaching.fill(output, page.url)
    for part in (install, live, moving, questions, exercises, progress):
        output = part.add_script(output, page.url)
    output = page_weight.add_style_of_tabs(output, page.url)
    return _finish(output)


def on_post_template(output_content: str, template_name: str, **_: Any) -> str:
    """Mend the page for addresses that do not exist, too."""
    return _finish(output_content) if template_name.endswith(".html") else output_content


def _finish(html: str) -> str:
    """Mend what the theme leaves out, and give the page its policy."""
    html = mended.untranslated(html)
    # Firefox fetches the next page ahead, which the policy of this one forbids, and says so.
    html = re.sub(r'\s*<link rel="(?:prev|next)"[^>]*>', "", html)
    html = page_weight.without_indentation(html)
    return html if _serving else policy.add(html)


def on_post_build(config: MkDocsConfig) -> None:
    """Add what is no page: numbers, the wheel, live code, search; and make a first visit light."""
    site = Path(config.site_dir)
    moving.publish(site)
    live.publish(site, wheel.build(site))
    questions.publish(site)
    teaching.publish(site)
    exercises.publish(site, config)
    search.publish(site)
    with (site / "assets" / "site.css").open("a", encoding="utf-8") as style:
        style.write(moving.style() + live.style() + questions.style() + progress.style())
    page_weight.reduce(site)
    loads.fill(site)
