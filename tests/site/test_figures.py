"""The figures: drawn alike each time, fit for a phone, and their numbers say what they should.

The expected numbers were measured beforehand with other code than nnbasics. First weights and
splits differ between the two, so the bounds are as wide as the spread over seeds.
"""

import functools
import gzip
import importlib
import inspect
import itertools
import json
import os
import pkgutil
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from helpers import Array
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from nnbasics import load_digits
from website import figures, moving, page_weight
from website.blocks import figure, picture
from website.figures import cross_entropy, digits, epochs_and_batches, training_loop
from website.figures import mean_squared_error as squared
from website.look import COLOURS, STYLE
from website.pages import ROOT
from website.proof import kept

pytestmark = pytest.mark.slow  # everything is run again, and drawn

MODULES = [
    importlib.import_module(module.name)
    for module in pkgutil.walk_packages(figures.__path__, "website.figures.")
    if ".test_" not in module.name
]
FIGURES = [
    *moving.names(),
    *(
        f"{module.__name__.rpartition('.')[2]}.{name.removeprefix('draw_')}"
        for module in MODULES
        for name in vars(module)
        if name.startswith("draw_")
    ),
]
EVERY_FIGURE = pytest.mark.parametrize("name", FIGURES)


def forget() -> None:
    """Empty the caches of all runs."""
    for module in MODULES:
        for function in vars(module).values():
            if hasattr(function, "cache_clear"):
                function.cache_clear()


@functools.cache
def cleaned(name: str) -> str:
    """Return a figure as the page gets it."""
    parts = figures.parts(name)
    return picture.clean(figure.plot(parts.data, parts.draw).svg)


@pytest.fixture
def drawn(name: str) -> Iterator[Figure]:
    """Lay a figure out and give it as matplotlib has it."""
    parts = figures.parts(name)
    with mpl.rc_context(STYLE):
        layout = parts.draw(kept.result(parts.data))
        layout.draw_without_rendering()
        yield layout
        plt.close(layout)


def test_the_figures_are_found() -> None:
    """The scan finds figures, each with its two functions."""
    assert len(FIGURES) >= 15
    for name in FIGURES:
        parts = figures.parts(name)
        assert callable(parts.data)
        assert inspect.isfunction(parts.draw)


@EVERY_FIGURE
def test_data_are_plain_and_come_out_the_same_twice(name: str) -> None:
    """The numbers behind a figure can be written as JSON, and a run gives those that are kept."""
    data = figures.parts(name).data
    before = json.dumps(kept.result(data))  # by a build, in another process, or else right now
    forget()
    new = json.dumps(data(), allow_nan=False)
    if new != before:
        pairs = enumerate(zip(new, before, strict=False))
        place = next((n for n, (a, b) in pairs if a != b), min(len(new), len(before)))
        begin = max(0, place - 60)
        pytest.fail(
            f"Run again, {data.__module__}.{data.__name__}() gives\n"
            f"  ...{new[begin : place + 60]}...\n"
            f"and not, as is kept in {kept.KEPT},\n  ...{before[begin : place + 60]}...\n"
            "Either chance is in it that no seed holds, or another computer kept that: then\n"
            f"  rm -r {shlex.quote(str(kept.KEPT))}",
            pytrace=False,
        )


def test_numbers_do_not_depend_on_make() -> None:
    """Without the settings of make, a run gives the same numbers to the last digit."""
    code = (
        "import json; from website.figures import digits; print(json.dumps(digits.overfit_data()))"
    )
    environment = {name: value for name, value in os.environ.items() if "THREADS" not in name}
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
    )
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == kept.result(digits.overfit_data)


@pytest.fixture(scope="session")
def all_pages(site: Path) -> str:
    """Return the pages of the site, one after the other."""
    return "".join(page.read_text(encoding="utf-8") for page in sorted(site.rglob("*.html")))


@EVERY_FIGURE
def test_drawing_comes_out_the_same_twice(name: str, all_pages: str) -> None:
    """The same numbers give the same bytes as on the page that shows them, without a warning."""
    _, drawing = page_weight.without_indentation(cleaned(name)).split("<svg ", 1)
    assert all_pages.count(drawing) > 0, "no page shows this drawing"


@EVERY_FIGURE
def test_figure_fits_a_phone(name: str) -> None:
    """Shown as wide as a phone, no text is smaller than 11 px."""
    svg = cleaned(name)
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    assert box
    width, height = map(float, box.groups())
    assert width <= 5 * 72
    assert height <= 4.2 * 72
    sizes = re.findall(r'font-size="([\d.]+)"', svg)
    assert len(sizes) == svg.count("<text")
    assert min(map(float, sizes)) >= 11
    assert "scale(0." not in svg.replace("<image", "\n<image").partition("\n")[0]


@EVERY_FIGURE
def test_every_colour_is_the_pages(name: str) -> None:
    """Outside of heat maps, every colour follows light and dark, and none is in a style."""
    svg = re.sub(r"<image[^>]*>", "", cleaned(name))
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg))
    assert colours <= {"none", *COLOURS.values()}
    assert "style=" not in svg


@EVERY_FIGURE
def test_figure_is_light(name: str) -> None:
    """A figure adds little to a page: what travels is at most 2.6 kB, with heat maps 5 kB."""
    svg = cleaned(name)
    size = len(gzip.compress(svg.encode(), mtime=0))
    assert size <= (5000 if "<image" in svg else 2600)


@EVERY_FIGURE
def test_no_text_is_cut_off_or_covers_another(drawn: Figure) -> None:
    """All text lies within the figure, and no two texts overlap."""
    unseen = {text for axes in drawn.axes for text in unseen_texts(axes)}
    boxes = {
        text: Text.get_window_extent(text)  # without the line that an annotation draws
        for text in drawn.findobj(Text)
        if text.get_text() and text not in unseen
    }
    width, height = drawn.bbox.size
    for text, box in boxes.items():
        assert box.x0 > -1, text
        assert box.x1 < width + 1, text
        assert box.y0 > -1, text
        assert box.y1 < height + 1, text
    for (one, box), (other, another) in itertools.combinations(boxes.items(), 2):
        assert not box.padded(-1).overlaps(another.padded(-1)), (one, other)


def unseen_texts(axes: Axes) -> Iterator[Text]:
    """Yield the labels that matplotlib keeps but does not draw, such as ticks out of range."""
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
            if not (axes.axison and low <= tick.get_loc() <= high and tick.label1.get_visible()):
                yield tick.label1
            yield tick.label2


def test_squares() -> None:
    """Misses of 1, 2 and 10 cost 1, 4 and 100."""
    assert squared.squares_data()["squares"] == [1, 4, 100]


def test_line_with_an_outlier() -> None:
    """One wild point nearly doubles the slope for MSE and hardly moves it for MAE and Huber."""
    data = squared.line_outlier_data()
    slopes = {name: slope for name, (slope, _) in data["lines"].items()}
    assert slopes == pytest.approx({"MSE": 5.71, "MAE": 3.00, "Huber": 3.03}, abs=0.005)
    x, y = np.array(data["x"]), np.array(data["y"])
    assert data["lines"]["MSE"] == pytest.approx(np.polyfit(x, y, 1))
    # The best line for MAE goes through two of the points: none through any two does better.
    best = min(
        np.abs(y - y[i] - (y[j] - y[i]) / (x[j] - x[i]) * (x - x[i])).mean()
        for i, j in itertools.combinations(range(len(x)), 2)
    )
    slope, intercept = data["lines"]["MAE"]
    assert np.abs(y - slope * x - intercept).mean() == pytest.approx(best, rel=1e-6)
    # At Huber's best line its slope is 0: clipped misses add up to nothing, weighed by x or not.
    slope, intercept = data["lines"]["Huber"]
    clipped = np.clip(y - slope * x - intercept, -1, 1)
    assert [clipped.sum(), clipped @ x] == pytest.approx([0, 0], abs=1e-6)


def test_wobble_halves_for_four_times_the_batch() -> None:
    """The noise falls like one over the root of the batch size."""
    data = kept.result(epochs_and_batches.wobble_data)
    # Of 400 batches the root mean square is known to a few per cent.
    assert data["wobbles"] == pytest.approx([5.94, 2.94, 1.48, 0.72, 0.33], rel=0.06)
    # At 256 of 1280 the batch is no small part of the deck: sqrt(1024 / 1279) = 0.89.
    ratios = np.array(data["wobbles"]) / data["one over the root"]
    assert ratios == pytest.approx(np.sqrt((1280 - np.array(data["sizes"])) / 1279), abs=0.04)


def test_a_rate_that_suits_makes_up_for_the_batch_size() -> None:
    """At one rate the largest batch is worst; at a rate that suits, it is as good as the others."""
    rates = {8: 0.5, 32: 0.8, 128: 1.0}
    runs = [
        [epochs_and_batches.accuracies(rate, size) for size, rate in sizes.items()]
        for sizes in (dict.fromkeys(rates, 0.1), rates)
    ]
    same, suiting = 100 * np.mean(runs, axis=2)
    # Single seeds differ by 3 points: 300 test digits, three splits.
    assert same == pytest.approx([98.7, 97.9, 93.6], abs=3)
    assert suiting == pytest.approx([98.7, 99.1, 98.3], abs=3)
    assert np.ptp(suiting) < 1.5
    assert np.all(np.ptp(runs, axis=2) > 0)


def test_cross_entropy_gets_away_from_sure_and_wrong() -> None:
    """From a sure and wrong start the squared error takes about 80 times as many updates."""
    data = kept.result(cross_entropy.sure_and_wrong_data)
    assert data["updates to 90 %"] == {  # exact: nothing is left to chance
        "unsure": {"cross-entropy": 9, "squared error": 32},
        "sure and wrong": {"cross-entropy": 19, "squared error": 1542},
    }
    assert data["probabilities"]["sure and wrong"]["squared error"][-1] < 0.001


def test_learning_rates() -> None:
    """Too small is slow, 0.1 and 0.5 learn, and 2 and 10 are stuck near a blind guess."""
    data = kept.result(training_loop.learning_rates_data)
    last = {rate: losses[-1] for rate, losses in data["losses"].items()}
    accuracies = {rate: 100 * accuracy for rate, accuracy in data["accuracies"].items()}
    # One seed: an untrained network's accuracy moves by 5 points, a trained one's by 2 or 3.
    assert accuracies["0.001"] == pytest.approx(21.7, abs=8)
    assert accuracies["0.01"] == pytest.approx(68.3, abs=8)
    assert accuracies["0.1"] == pytest.approx(95.7, abs=3)
    assert accuracies["0.5"] == pytest.approx(97.7, abs=3)
    assert max(accuracies["2"], accuracies["10"]) < 15
    assert last["0.5"] < last["0.1"] < 0.4 < 1 < last["0.01"] < last["0.001"]
    assert data["blind guess"] < min(last["2"], last["10"])
    assert max(last["2"], last["10"]) < 2.6


def test_overfit() -> None:
    """The training loss falls to the end; the validation loss turns around epoch 30 to 40."""
    data = kept.result(digits.overfit_data)
    training, validation = data["training loss"], data["validation loss"]
    assert training[-1] < 0.1 < 0.4 < training[29]
    assert training[-1] == pytest.approx(0.033, abs=0.02)
    assert validation[-1] == pytest.approx(1.00, abs=0.1)
    # Three other runs had 0.686, 0.749 and 0.735 at their best, in epochs 30, 38 and 28.
    assert data["best validation loss"] == pytest.approx(0.72, abs=0.06)
    assert all(20 <= best <= 50 for best in data["best epoch of each run"])
    assert validation[data["best epoch"] - 1] == min(validation) < validation[-1] - 0.15


def test_order() -> None:
    """A sorted deck halves the right answers, and after one epoch nearly all are called 9."""
    data = kept.result(epochs_and_batches.order_data)
    last = {
        name: sorted(100 * run[-1] for run in runs) for name, runs in data["accuracies"].items()
    }
    # Three other runs had 45.7, 51.3 and 66.0 with the sorted deck.
    assert last["sorted, never shuffled"] == pytest.approx([45.7, 51.3, 66.0], abs=8)
    assert np.mean(last["shuffled each epoch"]) == pytest.approx(95.4, abs=2)
    assert min(data["nines after one epoch"]) > 270


def test_first_loss_is_a_blind_guess() -> None:
    """With small last weights, the loss before training is ln(number of classes)."""
    data = cross_entropy.first_loss_data()
    assert data["classes"] == [2, 3, 5, 10]
    # What is left of the weights moves it by less than 0.005.
    assert data["losses"] == pytest.approx(np.log(data["classes"]), abs=0.005)
    assert data["losses"] == pytest.approx([0.6947, 1.0975, 1.6099, 2.3019], abs=0.005)


def test_weights_of_neighbouring_dots_become_alike() -> None:
    """Training makes patches out of chance, and leaves weights of dots without ink alone."""
    data = {name: np.array(units) for name, units in kept.result(digits.weights_data).items()}
    assert data["before"].shape == data["after"].shape == (8, 64)

    def likeness(units: Array) -> float:
        images = units.reshape(8, 8, 8)
        return float(np.corrcoef(images[:, :-1].ravel(), images[:, 1:].ravel())[0, 1])

    # 448 pairs at random: a correlation of 0, give or take 0.05.
    assert abs(likeness(data["before"])) < 0.15 < 0.2 < likeness(data["after"])
    moved = np.abs(data["after"] - data["before"])
    blank = ~load_digits()[0].any(axis=0)
    assert blank.sum() == 3
    assert np.all(moved[:, blank] == 0)
    assert moved[:, ~blank].max() > 0.5
