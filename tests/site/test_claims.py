"""Every claim holds, and the claims and the lessons agree."""

import ast
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers import parsed
from mkdocs.exceptions import PluginError

from website import pages
from website.blocks import claims as block
from website.figures.claims import CLAIMS, Claim
from website.proof import claims, evidence, kept

ALL = dict(CLAIMS)


@pytest.mark.parametrize("name", CLAIMS)
def test_claim_holds(name: str, tally: dict[str, int]) -> None:
    """Its run gives a number within its bounds, its change one outside, and it says how."""
    claim = CLAIMS[name]
    assert claim.low <= kept.result(claim.run) <= claim.high
    assert not claim.low <= kept.result(claim.run, **claim.change) <= claim.high
    assert re.match("[a-z0-9].*[^.]$", claim.broken_by)
    assert claim.how.endswith(".")
    assert claim.sentence.endswith(".")
    tally["claims"] += 1


def test_claims_are_linked_both_ways(site: Path) -> None:
    """A lesson's mark leads to the claim's row, and that leads back to the sentence or row."""
    evidence = parsed(site / "evidence" / "index.html")
    for name, place in claims.marks().items():
        page, _, anchor = place.partition("#")
        lesson = site / "lessons" / page.removesuffix(".md") / "index.html"
        mark = parsed(lesson).select_one(f"a#{anchor}, #{anchor} a.evidence")
        row = evidence.select_one(f"tr:has(#{name})")
        assert mark is not None
        assert mark["href"] == f"../../evidence/#{name}"
        assert row is not None
        back = row.select_one("a")
        assert back is not None
        assert str(back["href"]).endswith(f"{lesson.parent.name}/#{anchor}")


@pytest.fixture
def own_lesson(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a lesson in a project of its own, with one claim."""
    monkeypatch.setattr(pages, "DOCS", tmp_path)
    monkeypatch.setattr(kept, "KEPT", tmp_path / "kept")
    CLAIMS.clear()
    CLAIMS["two"] = Claim(two, "One and one are two.", 2, 2, "", "one left out", {"second": 0})
    (tmp_path / "lessons").mkdir()
    lesson = tmp_path / "lessons" / "1-sums.md"
    lesson.write_text("# Sums\n\nOne and one are two. {claim: two}\n", encoding="utf-8")
    yield lesson
    CLAIMS.clear()
    CLAIMS.update(ALL)


def two(*, second: float = 1) -> float:
    """Add them."""
    return 1.0 + second


def test_a_claim_that_holds_is_shown(own_lesson: Path) -> None:
    """The page lists the claim with its number, its bounds and the way back."""
    assert claims.marks() == {"two": f"{own_lesson.name}#claim-two"}
    row = "| Add them. | **2**  | exactly 2 | one left out: **1** |"
    assert row in block.put_in(block.FENCE)


def test_lessons_come_in_order(own_lesson: Path) -> None:
    """Lesson 10 stands after lesson 9, with its whole number."""
    lesson = own_lesson.rename(own_lesson.with_name("10-sums.md"))
    assert "\n## 10. Sums\n" in block.put_in(block.FENCE)
    CLAIMS["both"] = CLAIMS["two"]._replace(sentence="Both.")
    own_lesson.with_name("9-more.md").write_text("# More\n\nBoth. {claim: both}\n", "utf-8")
    assert list(claims.marks().values()) == ["9-more.md#claim-both", f"{lesson.name}#claim-two"]


HERE = r"tests/site/test_claims.py:\d+: the claim two "


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"low": 3, "high": 3}, r"does not hold: 2\.0 is not between 3 and 3"),
        ({"change": {"second": 1}}, r"is not broken by 'one left out', which gives 2\.0, between"),
        ({"change": {"second": math.nan}}, "is not broken by 'one left out', which gives no num"),
        ({"change": {}}, "names no change that breaks it: add @broken_by"),
        ({"broken_by": ""}, "names no change that breaks it: add @broken_by"),
    ],
    ids=["a bound", "a change that changes nothing", "no number", "no change", "no words"],
)
def test_a_claim_that_does_not_bite_stops_the_build(
    own_lesson: Path, wrong: dict[str, Any], message: str
) -> None:
    """A claim that does not hold, or that no change breaks, is named with file and line."""
    assert own_lesson.exists()
    CLAIMS["two"] = CLAIMS["two"]._replace(**wrong)
    with pytest.raises(PluginError, match=HERE + message):
        block.put_in(block.FENCE)


def test_a_wrong_formula_stops_the_build(own_lesson: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A claim about the package runs the package: with another logarithm it does not hold."""
    own_lesson.write_text("# Logs\n\nIt is above 1. {claim: above-one}\n", encoding="utf-8")
    CLAIMS["above-one"] = ALL["above-one"]
    del CLAIMS["two"]
    assert claims.rows()["above-one"].number == pytest.approx(math.log(10))
    monkeypatch.setattr(kept, "KEPT", kept.KEPT / "anew")
    with monkeypatch.context() as patched:
        patched.setattr("nnbasics.losses.np.log", np.log2)
        with pytest.raises(PluginError, match=r"claims\.py:\d+: the claim above-one does not hold"):
            claims.rows()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"sentence": "One and one are two, not 4."}, "4"),
        ({"broken_by": "3 left out"}, "3"),
        ({"sentence": "It is between 17 and more.", "low": 17}, "17"),
    ],
    ids=["in the sentence", "in the change", "quoted from a bound"],
)
def test_a_wrong_number_in_a_row_stops_the_build(
    own_lesson: Path, wrong: dict[str, Any], said: str
) -> None:
    """A number in a row that its own run does not give is named: its bounds do not prove it."""
    CLAIMS["two"] = CLAIMS["two"]._replace(**wrong)
    found = evidence.wrong_in_rows(f"{own_lesson} {wrong}")
    assert re.match(HERE + f"says {said}, and nothing in its section does", found)


def test_a_row_rests_on_no_text() -> None:
    """No run knows a text of the site: what is compared with a text was not read from one."""
    folder = pages.ROOT / "website/figures"
    sources = [path for path in folder.rglob("*.py") if not path.name.startswith("test_")]
    assert folder / "claims.py" in sources
    for source in sources:
        tree = ast.parse(source.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom | ast.Import):
                names = {getattr(node, "module", ""), *(one.name for one in node.names)}
                readers = {"website.pages", "website.marks", "pages", "marks"}
                assert not names & readers
                assert not any(str(name).startswith("website.proof") for name in names)
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not re.fullmatch(r"(?:\S*/)?(?:docs|README\.md)(?:/\S*)?", node.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Two. {claim: two}\nThree. {claim: three}\n", r"1-sums.md:2: the claim three has no run"),
        ("Two. {claim: two}\nTwo. {claim: two}\n", r"1-sums.md:2: the claim two is marked twice"),
        ("Two.\n", "no lesson marks two"),
    ],
    ids=["a mark without a claim", "two marks", "a claim without a mark"],
)
def test_marks_and_claims_must_agree(own_lesson: Path, text: str, message: str) -> None:
    """A difference between the lessons and the claims stops the build."""
    own_lesson.write_text(text, encoding="utf-8")
    with pytest.raises(PluginError, match=message):
        claims.marks()


def test_marks_are_not_shown_as_text(site: Path) -> None:
    """No page, no search index and no notebook shows a mark as it is written."""
    shown = [path for kind in ("html", "json", "ipynb") for path in site.rglob(f"*.{kind}")]
    texts = {path: path.read_text(encoding="utf-8") for path in shown}
    assert len(texts) > 20
    assert not [path for path, text in texts.items() if "{claim" in text or "{=" in text]
