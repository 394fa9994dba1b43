"""The deck that is dealt: each card lies where the package dealt it."""

import itertools
import math
import re

import numpy as np
import pytest
from by_hand import (
    PHONE,
    OpenFigure,
    awake,
    check_that_nothing_around_moves,
    page_of,
    press,
    said,
    stop_the_clock,
)
from helpers import NewPage
from playwright.sync_api import Locator, expect

from nnbasics import batches
from website.figures.deck.numbers import compute

# The cards that lie in a tray: by rows, and in a row from left to right.
CARDS_IN_TRAY = """(figure, number) => {
  const middle = part => {
    const {x, y, width, height} = part.getBoundingClientRect();
    return [x + width / 2, y + height / 2];
  };
  const tray = figure.querySelectorAll(".tray")[number].getBoundingClientRect();
  return [...figure.querySelectorAll(".card")]
    .map((card, number) => [number, ...middle(card)])
    .filter(([, x, y]) => x > tray.left && x < tray.right && y > tray.top && y < tray.bottom)
    .sort(([, x, y], [, otherX, otherY]) => Math.abs(y - otherY) > 2 ? y - otherY : x - otherX)
    .map(([number]) => number);
}"""
# What a picture is made of: where its shapes begin and end, and how strong they are.
SHAPES = """(figure, selector) => [...figure.querySelectorAll(selector)].map(shape => {
  const picture = figure.querySelector("svg").getBoundingClientRect();
  const {left, right, top, bottom} = shape.getBoundingClientRect();
  return [left - picture.left, right - picture.left, top - picture.top, bottom - picture.top,
    20 * Number(getComputedStyle(shape).opacity)]; // a step of shade counts as a pixel
})"""


def slider(figure: Locator, name: str) -> Locator:
    """Return a slider."""
    return figure.locator(f"input[name={name}]")


def test_deck_is_shuffled_as_the_package_does() -> None:
    """Each epoch has every card once, in the order of the generator, whatever the batch size."""
    data = compute()
    rng = np.random.default_rng(0)
    assert data["orders"] == [rng.permutation(100).tolist() for _ in range(3)]
    for size, sizes in data["batches"].items():
        cards, rng = np.arange(100), np.random.default_rng(0)
        for order in data["orders"]:
            dealt = [batch.inputs for batch in batches(cards, cards, int(size), rng=rng)]
            assert np.concatenate(dealt).tolist() == order
            assert [len(batch) for batch in dealt] == sizes
        assert len(sizes) == math.ceil(100 / int(size))


def test_deck_has_room_for_each_batch() -> None:
    """Below the deck each batch has a tray of its own, as large as its cards need."""
    data = compute()
    card = data["card"]
    for size, found in data["trays"].items():
        for (x, y, width, height), length in zip(found, data["batches"][size], strict=True):
            columns = min(length, data["columns"][size])
            rows = math.ceil(length / columns)
            assert 0 < x < x + width < 360
            assert 70 < y < y + height < 72 * 2.85
            assert columns * card["across"] < width + card["gap"] < (columns + 1) * card["across"]
            assert rows * card["down"] < height + card["gap"] < (rows + 1) * card["down"]
        for (x, y, width, height), (other_x, other_y, *_) in itertools.combinations(found, 2):
            assert x + width < other_x or y + height < other_y


def test_deck_counts_the_updates_of_each_size(open_figure: OpenFigure) -> None:
    """With the arrow keys each size is reached, and its batches and updates are the package's."""
    deck = open_figure("deck")
    press(slider(deck, "size"), "Home")
    cards = np.arange(100)
    sizes: list[int] = []
    while not sizes or sizes[-1] < 100:
        sizes.append(int(said(deck, "size").inner_text()))
        lengths = [len(batch.inputs) for batch in batches(cards, cards, sizes[-1])]
        n = math.ceil(100 / sizes[-1])
        formula = f"ceil(100 / {sizes[-1]}) × 3 = {n} × 3 = {3 * n}"
        expect(said(deck, "formula")).to_have_text(formula)
        expect(deck.locator(".tray")).to_have_count(len(lengths))
        words = [int(number) for number in re.findall(r"\d+", said(deck, "sizes").inner_text())]
        if 1 < len(lengths) < 5:
            assert words == lengths
        else:
            full = [lengths.count(sizes[-1]), sizes[-1]]
            assert words == full + ([1, lengths[-1]] if lengths[-1] < sizes[-1] else [])
        expect(slider(deck, "dealt")).to_have_attribute("max", str(3 * n))
        expect(slider(deck, "size")).to_have_attribute(
            "aria-valuetext", re.compile(rf"^{sizes[-1]} cards?, {n} batch(es)?$")
        )
        deck.page.keyboard.press("ArrowRight")
    assert {1, 10, 32, 100} <= set(sizes)


def test_deck_deals_the_cards_of_the_package(open_figure: OpenFigure) -> None:
    """In each tray lie the very cards of the package's batch, in its order, shuffled or not."""
    deck = open_figure("deck", "?deck=16_21_true#deck")
    cards, rng = np.arange(100), np.random.default_rng(0)
    epochs = [list(batches(cards, cards, 16, rng=rng)) for _ in range(3)]
    for number, epoch in zip((7, 14, 21), epochs, strict=True):
        slider(deck, "dealt").fill(str(number))
        for tray, batch in enumerate(epoch):
            assert deck.evaluate(CARDS_IN_TRAY, tray) == batch.inputs.tolist()
    press(deck.locator("[type=checkbox]"), "Space")
    for tray, batch in enumerate(batches(cards, cards, 16)):
        assert deck.evaluate(CARDS_IN_TRAY, tray) == batch.inputs.tolist()
    press(slider(deck, "dealt"), "ArrowLeft")
    assert [len(deck.evaluate(CARDS_IN_TRAY, tray)) for tray in (5, 6)] == [16, 0]
    expect(deck.locator("svg text").last).to_have_text("4 cards in the deck")
    expect(deck.locator("svg")).to_have_attribute("aria-label", re.compile("batch 6 of 7. 4 cards"))


def test_deck_is_dealt_at_a_press(open_figure: OpenFigure) -> None:
    """Deal goes on batch by batch, Pause stops it, and after the last epoch it starts anew."""
    deck = stop_the_clock(open_figure("deck"))
    page = deck.page
    button, dealt, over = deck.locator(".play"), said(deck, "dealt"), said(deck, "over")
    page.clock.run_for(5000)
    expect(dealt).to_have_text("2")
    button.click()
    expect(dealt).to_have_text("3")
    expect(button).to_have_accessible_name("Pause")
    page.clock.run_for(700)
    expect(dealt).to_have_text("4")
    expect(over).to_have_text("Epoch 1 done, each card dealt once")
    expect(over).to_have_role("status")
    button.click()
    page.clock.run_for(5000)
    expect(dealt).to_have_text("4")
    expect(button).to_have_accessible_name("Deal")
    button.press("Enter")
    expect(said(deck, "where")).to_have_text("Epoch 2 of 3, batch 1 of 4")
    expect(over).to_be_empty()
    page.clock.run_for(20_000)
    expect(dealt).to_have_text("12")
    expect(over).to_have_text("Epoch 3 done, each card dealt 3 times")
    expect(button).to_have_accessible_name("Deal")
    button.press("Space")
    expect(dealt).to_have_text("1")
    press(slider(deck, "size"), "ArrowLeft")  # another size stops it, and is another deal
    page.clock.run_for(5000)
    expect(dealt).to_have_text("0")


def test_deck_wakes_as_it_was_drawn(new_page: NewPage) -> None:
    """The still picture shows the same cards and trays as the figure when it wakes."""
    still = new_page(page_of("deck"), java_script_enabled=False).locator("#deck")
    moving = awake(new_page(page_of("deck")).locator("#deck"))
    shapes = moving.evaluate(SHAPES, ".tray, .card")
    drawn = still.evaluate(SHAPES, ".moves path")
    assert len(shapes) == len(drawn) == 104
    near = [np.abs(np.array(drawn) - shape).max(axis=1).min() for shape in shapes]
    assert max(near) < 1.5
    assert still.locator("svg text").text_content() == moving.locator("svg text").text_content()


@pytest.mark.parametrize(("motion", "seconds"), [("reduce", "0s"), ("no-preference", "0.5s")])
def test_cards_glide_unless_the_reader_wants_calm(
    motion: str, seconds: str, open_figure: OpenFigure
) -> None:
    """Cards glide into their trays; with reduced motion they are there at once."""
    deck = open_figure("deck", reduced_motion=motion)
    expect(deck.locator(".card").first).to_have_css("transition-duration", seconds)


def test_deck_by_finger(open_figure: OpenFigure) -> None:
    """On a phone a tap shuffles, deals and goes back."""
    deck = open_figure("deck", **PHONE)
    deck.locator("label", has_text="Shuffle").tap()
    slider(deck, "dealt").tap(position={"x": 2, "y": 20})
    expect(said(deck, "dealt")).to_have_text("0")
    deck.locator(".play").tap()
    expect(said(deck, "dealt")).to_have_text("1")
    assert deck.evaluate(CARDS_IN_TRAY, 0) == list(range(32))


def test_nothing_around_the_deck_moves(open_figure: OpenFigure) -> None:
    """While cards are dealt, nothing else on a phone's page shifts."""
    check_that_nothing_around_moves(open_figure("deck", **PHONE))
