"""The line below the preview while a search goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.conftest import write_picture
from tests.studio.helpers import settled

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.dock.dock import Dock


def test_a_line_tells_how_far_it_is_and_stops_it(
    dock: Dock, studio: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    line = dock.closer
    assert not line.isVisible()
    studio.explorer.find(write_picture(tmp_path / "slow.png"))
    qtbot.waitUntil(lambda: studio.closer.part > 0.1, timeout=20_000)
    assert line.isVisible()
    assert line.words.text() == f"Looking closer... {round(100 * studio.closer.part)} %"
    line.stop.click()
    assert not line.isVisible()
    settled(studio, qtbot)
    assert not studio.closer.is_looking


def test_a_pad_that_is_locked_says_why_it_stays(dock: Dock, studio: Studio, qtbot: QtBot) -> None:
    studio.lock.hold_strongest(1)
    assert "locked" not in dock.pad.hint.text()
    studio.lock.hold_strongest(2)
    assert "locked" in dock.pad.hint.text()
    studio.lock.let_go()
    first, second = studio.directions.of("pca")[:2]
    studio.directions.hold(first, True)
    assert "locked" not in dock.pad.hint.text()
    studio.directions.hold(second, True)
    assert "locked" in dock.pad.hint.text()
    studio.lock.let_go()
    assert "locked" not in dock.pad.hint.text()
