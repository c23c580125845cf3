"""What the studio asks for by itself, and gives up when the worker cannot do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.jobs.specs import Encode
from aigc_studio.studio import chart

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio


@pytest.fixture
def asked(
    studio: Studio, project: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> list[int]:
    """How many files each request of the chart named; the first was asked for five pictures."""
    counts: list[int] = []

    def ask(spec: object, slot: str, payload: bytes = b"") -> int:
        if isinstance(spec, Encode):
            counts.append(len(spec.inputs))
        return len(counts)

    monkeypatch.setattr(studio.player, "ask", ask)
    studio.session.open(project, wait=True)
    qtbot.waitUntil(lambda: studio.choice.model is not None)
    studio.chart.fill(studio.session.project.assets)
    assert counts == [chart.AT_ONCE]
    return counts


def test_one_unreadable_file_does_not_hide_the_others(studio: Studio, asked: list[int]) -> None:
    for number in range(1, 6):
        studio.player.failed.emit(chart.SLOT, number, StudioError("No.", kind="input"))
    assert asked == [4, 1, 1, 1, 1, 1]


def test_a_map_that_kills_the_worker_is_given_up(studio: Studio, asked: list[int]) -> None:
    studio.player.failed.emit(chart.SLOT, 1, StudioError("It died.", kind="crashed"))
    assert asked == [4]
