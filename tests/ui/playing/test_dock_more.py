"""The dock in the window: directions, lock, picking, walks, comparing, maps, play mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton

from aigc_studio.studio.directions import KEPT
from aigc_studio.ui.dock.lock_menu import lock_menu
from aigc_studio.ui.play_mode import PlayMode, ResultView, scaled_room
from tests.studio.helpers import settled

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.dock.dock import Dock
    from aigc_studio.ui.editors.canvas.editor import CanvasEditor
    from aigc_studio.ui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


def goes(studio: Studio, qtbot: QtBot, x: float, y: float) -> None:
    studio.instrument.move_to(x, y)
    settled(studio, qtbot)


def test_a_direction_is_learned_from_keys_renamed_and_removed(
    dock: Dock, studio: Studio, qtbot: QtBot
) -> None:
    dock.show_page("directions")
    lessons = dock.directions.lessons
    assert not lessons.learn.isEnabled()
    for x, key in ((1.0, Qt.Key.Key_Plus), (2.0, Qt.Key.Key_Plus), (-1.0, Qt.Key.Key_Minus)):
        goes(studio, qtbot, x, 0.0)
        QTest.keyClick(dock, key)
    assert "2 liked, 1 disliked" in lessons.words.text()
    goes(studio, qtbot, -2.0, 0.0)
    QTest.keyClick(dock, Qt.Key.Key_Minus)
    lessons.learn.click()
    (row,) = dock.directions.rows
    assert dock.directions.kinds is not None
    assert dock.directions.kinds.choice == KEPT
    (name,) = row.findChildren(QLineEdit)
    name.setText("brighter")
    name.editingFinished.emit()
    (row,) = dock.directions.rows
    assert row.heading.name == "brighter"
    row.slider.setValue(-150)
    assert studio.instrument.position[0] < 0
    remove = next(
        each for each in row.findChildren(QToolButton) if each.toolTip() == "Remove: brighter"
    )
    remove.click()
    assert dock.directions.rows == []
    studio.session.undo()
    assert [row.heading.name for row in dock.directions.rows] == ["brighter"]
    settled(studio, qtbot)


def test_a_locked_direction_cannot_be_dragged(dock: Dock, studio: Studio, qtbot: QtBot) -> None:
    goes(studio, qtbot, 0.5, 0.5)
    row = dock.directions.rows[0]
    row.lock.click()
    assert not row.slider.isEnabled()
    assert "1 thing" in dock.lock.accessibleName()
    pad = dock.pad.map
    QTest.mousePress(pad, LEFT, pos=QPoint(5, 5))
    QTest.mouseRelease(pad, LEFT, pos=QPoint(5, 5))
    assert studio.instrument.position[0] == pytest.approx(0.5, abs=1e-4)
    assert studio.instrument.position[1] > 2
    menu = lock_menu(studio, dock)
    free = menu.actions()[-1]
    assert free.isEnabled()
    free.trigger()
    menu.close()
    assert row.slider.isEnabled()
    settled(studio, qtbot)


def test_what_is_picked_of_nine_leads_on(dock: Dock, studio: Studio, qtbot: QtBot) -> None:
    dock.tools["play.nearby"].click()
    qtbot.waitUntil(lambda: len(dock.nearby.tiles) == 9)
    nearby = dock.nearby
    assert nearby.on.text() == "Nine others"
    nearby.tiles[2].click()
    nearby.tiles[6].click()
    nearby.tiles[6].click()
    assert [tile.isChecked() for tile in nearby.tiles].count(True) == 1
    assert nearby.on.text() == "Nine like these"
    first = nearby.tiles
    nearby.on.click()
    qtbot.waitUntil(lambda: nearby.tiles is not first and nearby.on.isEnabled())
    assert nearby.back.isEnabled()
    nearby.back.click()
    assert nearby.tiles[2].isChecked()
    nearby.done.click()
    assert dock.pages.currentWidget() is dock.pad
    settled(studio, qtbot)


def test_a_walk_is_started_and_stopped_by_key(dock: Dock, studio: Studio, qtbot: QtBot) -> None:
    dock.walk_fold.click()
    assert dock.walk.isVisible()
    studio.wander.set_speed(4)
    QTest.keyClick(dock, Qt.Key.Key_W)
    assert studio.wander.is_walking
    assert "Stop" in dock.walk.start.text()
    qtbot.waitUntil(lambda: studio.instrument.position != pytest.approx((0, 0), abs=0.05))
    dock.walk.start.click()
    assert not studio.wander.is_walking
    assert not dock.walk.loop.isEnabled()  # no layer
    settled(studio, qtbot)


def test_before_is_seen_while_the_key_is_held(dock: Dock, studio: Studio, qtbot: QtBot) -> None:
    before = dock.preview.image
    goes(studio, qtbot, 2.0, 0.0)
    now = dock.preview.image
    assert now != before
    QTest.keyPress(dock, Qt.Key.Key_Backslash)
    assert dock.preview.image == before
    QTest.keyRelease(dock, Qt.Key.Key_Backslash)
    assert dock.preview.image == now


def test_two_stand_side_by_side(dock: Dock, studio: Studio, qtbot: QtBot) -> None:
    first = dock.preview.image
    QTest.keyClick(dock, Qt.Key.Key_A)
    goes(studio, qtbot, 2.0, 0.0)
    assert dock.beside.isVisible()
    assert not dock.preview.isVisible()
    assert dock.beside.left.image == first
    assert dock.beside.right.image == dock.preview.image != first
    studio.commands.run("play.beside")
    assert dock.preview.isVisible()


def test_a_near_picture_is_gone_to_and_shown_in_the_library(
    window: MainWindow, dock: Dock, studio: Studio, qtbot: QtBot
) -> None:
    strip = dock.pad.strip
    qtbot.waitUntil(lambda: len(strip.tiles) == 5, timeout=20_000)
    asset, tile = list(strip.tiles.items())[3]
    tile.click()
    qtbot.waitUntil(lambda: next(iter(strip.tiles)) == asset)
    assert "copy" in strip.words.text()
    settled(studio, qtbot)
    strip._show_in_library(asset)
    library = window.pages.currentWidget()
    assert library is not None
    assert library.grid.selected() == [asset]  # type: ignore[attr-defined]


def test_the_map_by_likeness_is_gone_on(dock: Dock, studio: Studio, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(studio.chart.codes) == 5, timeout=20_000)
    dock.pad.map.modes.click()
    qtbot.waitUntil(lambda: studio.atlas.mode == "likeness", timeout=20_000)
    assert "Like" in dock.pad.hint.text()
    pad = dock.pad.map
    QTest.mousePress(pad, LEFT, pos=QPoint(30, 60))
    QTest.mouseRelease(pad, LEFT, pos=QPoint(30, 60))
    place = pad.place(QPoint(30, 60).toPointF())
    assert studio.atlas.position == pytest.approx(place)
    QTest.keyClick(pad, Qt.Key.Key_Right)
    assert studio.atlas.position[0] > place[0]
    settled(studio, qtbot)


def test_play_mode_plays_by_drag_and_keys_and_is_left(
    dock: Dock, editor: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    studio.commands.run("play.mode")
    (mode,) = (each for each in QApplication.topLevelWidgets() if isinstance(each, PlayMode))
    qtbot.waitUntil(mode.isVisible)
    QTest.mousePress(mode, LEFT, pos=QPoint(50, 50))
    QTest.mouseMove(mode, QPoint(150, 50))
    QTest.mouseRelease(mode, LEFT, pos=QPoint(150, 50))
    x, y = studio.instrument.position
    assert x > 0.3
    assert y == pytest.approx(0.0, abs=1e-4)
    QTest.keyClick(mode.map, Qt.Key.Key_Left)
    assert studio.instrument.position[0] < x
    settled(studio, qtbot)
    assert mode.image == dock.preview.image
    menu = mode.display_menu()
    assert menu.actions()
    menu.close()
    QTest.keyClick(mode.map, Qt.Key.Key_Escape)
    qtbot.waitUntil(
        lambda: not any(isinstance(each, PlayMode) for each in QApplication.topLevelWidgets())
    )


def test_the_result_alone_has_a_window(dock: Dock, studio: Studio, qtbot: QtBot) -> None:
    studio.commands.run("play.result")
    (view,) = (each for each in QApplication.topLevelWidgets() if type(each) is ResultView)
    assert not view.isFullScreen()  # there is one display
    goes(studio, qtbot, 1.0, 1.0)
    assert view.image == dock.preview.image
    room = scaled_room(view.image, view.rect(), 1.0)
    assert room.width() % view.image.width() == 0  # pixel art, by whole pixels
    QTest.keyClick(view, Qt.Key.Key_Escape)
    qtbot.waitUntil(
        lambda: not any(type(each) is ResultView for each in QApplication.topLevelWidgets())
    )
