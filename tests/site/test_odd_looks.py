"""The table of odd looks: one source, each row with a run, the same words wherever it is shown."""

import json
import re
from pathlib import Path

import numpy as np
import prose
import pytest
from helpers import parsed

from nnbasics import load_penguins, mse, softmax_cross_entropy
from website import odd_looks, pages
from website.blocks.odd_looks import ORDER
from website.figures import sick_runs
from website.figures.claims import CLAIMS
from website.figures.experiments import new_network, split
from website.odd_looks import CAUSES, ODD_LOOKS, look_of
from website.proof import claims, evidence

SHOWN_IN = ("lessons/6-train-a-real-network", "lessons/7-recap", "labs/4-the-clinic")
all_causes = pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.name)


def words(text: str) -> str:
    """Return a text as it is read: without markup, in single spaces."""
    return " ".join(re.sub(r"\*\*|`|\{[^}\n]*\}", "", text).split())


@pytest.mark.parametrize("page", SHOWN_IN)
def test_each_page_shows_the_same_rows(site: Path, page: str) -> None:
    """Lesson, recap and clinic show the order and every row in it, each with an id and its run."""
    article = parsed(site / page / "index.html").article
    assert article is not None
    assert words(article.get_text()).count(ORDER) == 1
    table = article.select_one("table:has([id^=odd-])")
    assert table is not None
    rows = [row.select("td") for row in table.select("tbody tr")]
    assert [row[1]["id"] for row in rows] == [cause.anchor for cause in CAUSES]
    for row, cause in zip(rows, CAUSES, strict=True):
        look, _, *rest = (words(cell.get_text()) for cell in row)
        run = row[1].select_one("a.evidence")
        assert run is not None
        assert run["href"] == f"../../evidence/#{cause.claim}"
        shown = "".join(cell for cell in row[1].find_all(string=True) if run not in cell.parents)
        assert [words(shown), *rest] == [
            words(text) for text in (cause.cause, cause.test, cause.cure)
        ]
        is_first = cause in [causes[0] for causes in ODD_LOOKS.values()]
        assert look == (look_of(cause) if is_first else "")


def test_the_downloaded_clinic_holds_the_table(site: Path) -> None:
    """The notebook holds every row in words that Jupyter shows, and links to the site."""
    notebook = json.loads((site / "labs/4-the-clinic.ipynb").read_text(encoding="utf-8"))
    texts = ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "markdown"]
    [text] = [text for text in texts if "| You see |" in text]
    rows = re.findall(r"(?m)^\| (.*) \|$", text)[1:]
    assert len(rows) == len(CAUSES)
    for row, cause in zip(rows, CAUSES, strict=True):
        link = f"[run](http://127.0.0.1/sub/path/evidence/#{cause.claim})"
        assert row.endswith(f"| {cause.cause} {link} | {cause.test} | {cause.cure}")
    assert "{ #" not in text


@all_causes
def test_a_row_has_a_run(cause: odd_looks.Cause) -> None:
    """Each row names a claim that is run, and its claim is listed in Evidence."""
    assert cause.claim in CLAIMS
    assert cause.claim in claims.marks()


def test_a_row_can_be_linked_to() -> None:
    """No two rows have the same id."""
    assert len({cause.anchor for cause in CAUSES}) == len(CAUSES)


@pytest.mark.parametrize("look", ODD_LOOKS)
def test_scaling_comes_first(look: str) -> None:
    """Inputs that are not scaled stand before any rate, and rates before swapped predictions."""
    names = [cause.name for cause in ODD_LOOKS[look]]
    rates = [n for n, name in enumerate(names) if "rate" in name]
    if rates:
        assert names[0].endswith("not-scaled")
    if "swapped" in names:
        assert names.index("swapped") > max(rates)


@pytest.mark.parametrize("rate", [0.1, 0.01, 0.001, 0.0001])
def test_inputs_that_are_not_scaled_look_like_a_swap(rate: float) -> None:
    """Without scaling the loss grows at every usual rate, and falls at that of the swap's test."""
    flippers, _ = load_penguins()
    assert sick_runs.growth(mse, rate, flippers) > 1
    assert sick_runs.growth(mse, 0.000001, flippers) < 1
    assert sick_runs.growth(sick_runs.swapped_mse, 0.000001) > 1


def test_dead_hidden_numbers_and_zero_weights_are_told_apart() -> None:
    """Hidden numbers that died were above 0 before training; with weights of 0 none ever is."""
    examples = split(0).training
    dying, asleep = new_network(0, n_hidden=32), new_network(0, n_hidden=32)
    for parameter in asleep.parameters:
        parameter.value *= 0
    counts = [[sick_runs.alive(it, examples.inputs)] for it in (dying, asleep)]
    weights = [max(np.abs(one.value).max() for one in it.parameters) for it in (dying, asleep)]
    for network, count in zip((dying, asleep), counts, strict=True):
        sick_runs.fitted(network, examples, rate=2)
        count.append(sick_runs.alive(network, examples.inputs))
    assert counts[0][0] > 16
    assert counts[0][1] == counts[1][0] == counts[1][1] == 0
    assert weights[0] > 0 == weights[1]


@pytest.mark.parametrize("scores", [[-800, 0], [-400, 400], [1000, 1000], [800, 0]])
def test_a_softmax_of_ones_own_is_told_by_the_same_scores(scores: list[float]) -> None:
    """Where the plain formula breaks, `softmax_cross_entropy` of the same scores is finite."""
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        powers = np.exp(np.array(scores))
        assert not np.isfinite(-np.log(powers / powers.sum())).all()
    assert all(np.isfinite(softmax_cross_entropy(scores, label)) for label in (0, 1))


def test_columns_that_never_change_are_left_out() -> None:
    """The cure of the digits: a column without a spread gives nan, and the others do not."""
    inputs, _ = split(0).training
    spread = inputs.std(axis=0)
    with np.errstate(invalid="ignore"):
        scaled = (inputs - inputs.mean(axis=0)) / spread
    assert np.isnan(scaled[:, spread == 0]).all()
    assert (spread == 0).any()
    assert np.isfinite(scaled[:, spread > 0]).all()


def test_the_rows_are_easy_to_read() -> None:
    """Read aloud, the rows have a Flesch-Kincaid grade of 7 or lower."""
    texts = [f"{look}." for look in ODD_LOOKS]
    texts += [f"It may be {it.cause}. {it.test}. {it.cure}." for it in CAUSES]
    assert prose.grade("\n\n".join(texts)) <= 7


def test_a_row_without_a_run_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row that names no claim is reported where a lesson shows it."""
    monkeypatch.setattr(pages, "DOCS", tmp_path)
    monkeypatch.setattr(claims, "CAUSES", [CAUSES[0]._replace(claim="made-up")])
    (tmp_path / "lessons").mkdir()
    lesson = tmp_path / "lessons" / "1-x.md"
    lesson.write_text("# X\n\n```odd-looks\n```\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"1-x\.md:3: the claim made-up has no run"):
        claims.marks()


def test_a_wrong_number_in_a_row_stops_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """A number in a row that the run of its claim does not give is named."""
    wrong = [cause._replace(test="above 790 is too much") for cause in CAUSES]
    monkeypatch.setattr(evidence, "CAUSES", [it for it in wrong if it.name == "plain-formula"])
    monkeypatch.setattr(odd_looks, "ODD_LOOKS", {"A look": wrong})
    found = evidence.wrong_in_rows("with a wrong number")
    assert found.startswith("website/odd_looks.py: the row plain-formula says 790, and nothing in")
