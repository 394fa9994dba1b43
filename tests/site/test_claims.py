"""Every claim holds, and the claims and the lessons agree."""

from pathlib import Path

import pytest
from helpers import parsed
from mkdocs.exceptions import PluginError

from website import pages
from website.blocks import claims as block
from website.figures.claims import CLAIMS, Claim
from website.proof import claims, kept


@pytest.mark.parametrize("name", CLAIMS)
def test_claim_holds(name: str, tally: dict[str, int]) -> None:
    """The claim's run gives a number within its bounds, and the claim says how it was run."""
    claim = CLAIMS[name]
    assert claim.low <= kept.result(claim.run) <= claim.high
    assert claim.how.endswith(".")
    assert claim.sentence.endswith(".")
    tally["claims"] += 1


def test_claims_are_linked_both_ways(site: Path) -> None:
    """A lesson's mark leads to the claim's row, and the row leads back to the sentence."""
    evidence = parsed(site / "evidence" / "index.html")
    for name, page in claims.marks().items():
        lesson = site / "lessons" / page.removesuffix(".md") / "index.html"
        mark = parsed(lesson).select_one(f"#claim-{name}")
        row = evidence.select_one(f"tr:has(#{name})")
        assert mark is not None
        assert mark["href"] == f"../../evidence/#{name}"
        assert row is not None
        back = row.select_one("a")
        assert back is not None
        assert str(back["href"]).endswith(f"{lesson.parent.name}/#claim-{name}")


@pytest.fixture
def own_lesson(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a lesson in a project of its own, with one claim."""
    monkeypatch.setattr(pages, "DOCS", tmp_path)
    monkeypatch.setattr(kept, "KEPT", tmp_path / "kept")
    for name in list(CLAIMS):
        monkeypatch.delitem(CLAIMS, name)
    monkeypatch.setitem(CLAIMS, "two", Claim(two, "One and one are two.", 2, 2, ""))
    (tmp_path / "lessons").mkdir()
    lesson = tmp_path / "lessons" / "1-sums.md"
    lesson.write_text("# Sums\n\nOne and one are two. {claim: two}\n", encoding="utf-8")
    return lesson


def two() -> float:
    """Add them."""
    return 2.0


def test_a_claim_that_holds_is_shown(own_lesson: Path) -> None:
    """The page lists the claim with its number, its bounds and the way back."""
    assert claims.marks() == {"two": own_lesson.name}
    assert "| Add them. | **2**  | exactly 2 |" in block.put_in(block.FENCE)


def test_lessons_come_in_order(own_lesson: Path) -> None:
    """Lesson 10 stands after lesson 9, with its whole number."""
    lesson = own_lesson.rename(own_lesson.with_name("10-sums.md"))
    assert "\n## 10. Sums\n" in block.put_in(block.FENCE)
    CLAIMS["both"] = CLAIMS["two"]._replace(sentence="Both.")
    own_lesson.with_name("9-more.md").write_text("# More\n\nBoth. {claim: both}\n", "utf-8")
    assert list(claims.marks().values()) == ["9-more.md", lesson.name]


def test_a_claim_that_does_not_hold_stops_the_build(
    own_lesson: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A number outside of its bounds is named, with the bounds."""
    assert own_lesson.exists()
    monkeypatch.setitem(CLAIMS, "two", Claim(two, "One and one are three.", 3, 3, ""))
    with pytest.raises(PluginError, match=r"claim two does not hold: 2\.0 is not between 3 and"):
        block.put_in(block.FENCE)


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
