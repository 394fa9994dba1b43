"""What the search looks through: parts of pages, rows of tables, errors of the package."""

from helpers import path_of

from website import pages
from website.search import Part, errors, parts

PAGE = """
<h1 id="soup">Soup<a class="headerlink" href="#soup">&para;</a></h1>
<p>Salt it. <svg><text>drawn</text></svg></p><pre><code><span>&gt;&gt;&gt; </span>mse(a, b)
nan</code></pre>
<details class="question"><summary>Why?</summary><p>Taste.</p></details>
<h2 id="odd">Odd looks</h2>
<table><thead><tr><th>You see</th></tr></thead><tbody>
<tr id="stuck"><td>stuck at <code>2.30</code></td><td>scale</td></tr>
<tr><td id="grows">it grows</td><td>a tenth</td></tr>
<tr><td><strong id="nan">nan</strong> <a class="back" href="#">back</a></td><td>gaps</td></tr>
<tr><td></td><td id="dead">a bend</td><td>count</td></tr>
<tr><td>plain</td><td>row <b id="not-first">here</b></td></tr></tbody></table>
"""


def test_parts() -> None:
    """A part has all words up to the next one; a row that has an id is one; no drawing is."""
    assert parts(PAGE) == [
        Part("soup", "Soup", "Salt it. >>> mse(a, b) nan Why? Taste."),
        Part("odd", "Odd looks", "You see plain row here"),
        Part("stuck", "stuck at 2.30", "scale"),
        Part("grows", "it grows", "a tenth"),
        Part("nan", "nan", "gaps"),
        Part("dead", "nan: a bend", "count"),
    ]


def test_every_error_is_explained() -> None:
    """Each error of the package has a page that explains it."""
    lines = errors.MESSAGES.read_text(encoding="utf-8").splitlines()
    sources = [*pages.DOCS.rglob("*.md"), *pages.DOCS.rglob("*.py")]
    addresses = [path_of(source.relative_to(pages.DOCS).as_posix()) for source in sources]
    explained = [error for address in addresses for error in errors.explained_on(address)]
    told = [line.strip() for line in lines if line.startswith(" ")]
    assert len(told) > 100
    for message in told:
        assert any(
            message.startswith(expected) and any(mend in message for mend in mends.split("; "))
            for _, expected, mends in explained
        ), message
