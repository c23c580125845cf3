"""The trail keeps the last results, and starred ones longer."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage

from aigc_studio.catalog.recipe import Recipe
from aigc_studio.studio.trail import LENGTH, Played, Trail

RECIPE = Recipe(operation="decode", model="0" * 64, family="image-vae")


def result_of(value: float, model: str = "m") -> Played:
    """A result that has not settled."""
    code = np.full(4, value, np.float32)
    pixels = np.zeros((1, 1, 3), np.uint8)
    return Played(0, "", model, code, 1.0, QImage(), pixels, RECIPE)


def fill(trail: Trail, count: int) -> list[Played]:
    """Let results settle."""
    entries: list[Played] = []
    for value in range(count):
        entries.append(trail.entry_of(result_of(value), "foxes"))
        trail.add(entries[-1])
    return entries


def test_results_are_numbered_and_named() -> None:
    trail = Trail()
    first, second = fill(trail, 2)
    assert (first.number, first.name) == (1, "foxes 001")
    assert (second.number, second.name) == (2, "foxes 002")
    assert list(trail) == [first, second]


def test_a_point_that_is_met_again_is_no_new_result() -> None:
    trail = Trail()
    entries = fill(trail, 3)
    again = trail.entry_of(result_of(1), "foxes")
    trail.add(again)
    assert again is entries[1]
    assert len(trail) == 3
    assert trail.entry_of(result_of(1, model="another"), "owls").number == 4


def test_the_oldest_makes_room_unless_it_is_starred() -> None:
    trail = Trail()
    entries = fill(trail, LENGTH)
    trail.star(entries[0])
    trail.add(trail.entry_of(result_of(-1), "foxes"))
    assert len(trail) == LENGTH
    assert trail[0].starred
    assert trail[1].number == 3


def test_when_all_are_starred_the_newest_still_comes_in() -> None:
    trail = Trail()
    for entry in fill(trail, LENGTH):
        trail.star(entry)
    newest = trail.entry_of(result_of(-1), "foxes")
    trail.add(newest)
    assert len(trail) == LENGTH
    assert newest in list(trail)


def test_a_star_is_taken_away_again() -> None:
    trail = Trail()
    (entry,) = fill(trail, 1)
    changes: list[None] = []
    trail.changed.connect(lambda: changes.append(None))
    trail.star(entry)
    assert trail[0].starred
    trail.star(entry, starred=False)
    assert not trail[0].starred
    assert len(changes) == 2


def test_what_is_forgotten_is_not_counted_again() -> None:
    trail = Trail()
    fill(trail, 3)
    trail.clear()
    assert len(trail) == 0
    assert trail.entry_of(result_of(0), "foxes").number == 4
