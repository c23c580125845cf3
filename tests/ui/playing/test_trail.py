"""The trail is walked, starred, dragged and kept, with the pointer and with keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtTest import QTest

from aigc_studio.studio.presets import keep_preset
from aigc_studio.ui.dock.dragging import PLACE_MIME, dragged_result
from aigc_studio.ui.dock.presets import PresetsPopover
from tests.studio.helpers import settled
from tests.ui.playing.test_canvas import canvas_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.dock.dock import Dock
    from aigc_studio.ui.editors.canvas.editor import CanvasEditor

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def played(dock: Dock, editor: CanvasEditor, studio: Studio, qtbot: QtBot) -> CanvasEditor:
    """Three results: at 0, 1 and 2 across."""
    for x in (1.0, 2.0):
        studio.instrument.move_to(x, 0.0)
        settled(studio, qtbot)
    assert [entry.number for entry in studio.instrument.trail] == [1, 2, 3]
    return editor


def mime_of(number: int) -> QMimeData:
    """What a tile brings when it is dragged."""
    mime = QMimeData()
    mime.setData(PLACE_MIME, str(number).encode())
    return mime


def test_a_star_is_clicked_and_taken_back(played: CanvasEditor, studio: Studio) -> None:
    tile = played.trail.tiles[2]
    QTest.mouseClick(tile, LEFT, pos=tile.star_box.center().toPoint())
    assert tile.starred
    assert studio.instrument.position[0] == pytest.approx(2.0)  # it was no click on the picture
    (preset,) = studio.session.project.presets.values()
    assert preset.name == studio.instrument.trail[1].name
    QTest.mouseClick(tile, LEFT, pos=tile.star_box.center().toPoint())
    assert not tile.starred
    assert not studio.session.project.presets


def test_the_keyboard_walks_stars_and_goes(
    played: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    trail = played.trail
    trail.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(trail, Qt.Key.Key_End)
    QTest.keyClick(trail, Qt.Key.Key_Left)
    assert [number for number, tile in trail.tiles.items() if tile.pointed] == [2]
    QTest.keyClick(trail, Qt.Key.Key_S)
    assert [entry.starred for entry in studio.instrument.trail] == [False, True, False]
    QTest.keyClick(trail, Qt.Key.Key_Minus)
    assert not studio.instrument.trail[1].starred
    QTest.keyClick(trail, Qt.Key.Key_Return)
    assert studio.instrument.position[0] == pytest.approx(1.0)
    settled(studio, qtbot)


def test_what_is_seen_is_liked_by_key(played: CanvasEditor, dock: Dock, studio: Studio) -> None:
    studio.commands.run("play.like")
    assert studio.instrument.trail[2].starred
    studio.commands.run("play.dislike")
    assert not studio.instrument.trail[2].starred


def test_a_tile_is_placed_without_changing_what_plays(
    played: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    entry = dragged_result(studio, mime_of(2))
    assert entry is not None
    assert entry.code[0] == pytest.approx(1.0)
    assert studio.living.place(3, 4, entry)
    (layer,) = canvas_of(studio).layers
    assert layer.living is not None
    assert (layer.x, layer.y, layer.living.numbers[0]) == (3, 4, 1.0)
    assert dragged_result(studio, mime_of(99)) is None
    settled(studio, qtbot)


def test_a_pull_on_a_tile_is_no_click(played: CanvasEditor, studio: Studio, qtbot: QtBot) -> None:
    tile = played.trail.tiles[2]
    tile.pulled.disconnect()
    middle = tile.rect().center()
    with qtbot.waitSignal(tile.pulled):
        QTest.mousePress(tile, LEFT, pos=middle)
        QTest.mouseMove(tile, (QPointF(middle) + QPointF(40, 0)).toPoint())
    QTest.mouseRelease(tile, LEFT, pos=middle)
    assert studio.instrument.position[0] == pytest.approx(2.0)


def test_presets_are_renamed_applied_and_removed(
    played: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    assert keep_preset(studio.session, studio.instrument.trail[1])
    assert keep_preset(studio.session, studio.instrument.trail[1])  # the same point only once
    popover = PresetsPopover(studio)
    qtbot.addWidget(popover)
    popover.show()
    item = popover.list.item(0)
    assert popover.list.count() == 1
    item.setText("Red fox")
    (preset,) = studio.session.project.presets.values()
    assert preset.name == "Red fox"
    popover.list.itemClicked.emit(popover.list.item(0))
    assert studio.instrument.position[0] == pytest.approx(1.0)
    popover.list.setCurrentRow(0)
    QTest.keyClick(popover.list, Qt.Key.Key_Delete)
    assert not studio.session.project.presets
    assert not popover.remove.isEnabled()
    settled(studio, qtbot)
