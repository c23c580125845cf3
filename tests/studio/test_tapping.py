"""A tempo from taps."""

from __future__ import annotations

import pytest

from aigc_studio.studio.tapping import Tapping


def test_a_tempo_comes_with_the_second_tap_and_one_late_tap_does_no_harm() -> None:
    tapping = Tapping()
    assert tapping.tap(0.0) is None
    assert tapping.tap(0.5) == 120.0
    for at in (1.0, 1.5, 2.1, 2.5, 3.0):
        found = tapping.tap(at)
    assert found == pytest.approx(120.0)


def test_a_pause_begins_anew() -> None:
    tapping = Tapping()
    tapping.tap(0.0)
    tapping.tap(0.5)
    assert tapping.tap(9.0) is None
    assert tapping.tap(9.6) == 100.0


def test_the_tempo_stays_within_what_a_grid_can_have() -> None:
    tapping = Tapping()
    tapping.tap(0.0)
    assert tapping.tap(0.01) == 400.0
