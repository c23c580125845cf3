"""History: every step has a line and a picture; a click or Enter goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.playing.test_canvas import LEFT, canvas_of, layer

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from aigc_studio.document.canvas import Layer
    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.editors.canvas.editor import CanvasEditor

__all__ = ["layer"]


def test_a_click_goes_many_steps_at_once(
    layer: Layer, editor: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    history = editor.panel.history
    editor.panel.show_page("history")
    start = studio.session.position
    QTest.keyClick(editor.view, Qt.Key.Key_Right)
    editor.layers.opacity.setValue(40)
    studio.commands.run("canvas.remove")
    assert history.count() == start + 4  # and how it was opened
    assert history.currentRow() == history.count() - 1
    told: list[object] = []
    studio.session.changed.connect(told.append)
    QTest.mouseClick(
        history.viewport(), LEFT, pos=history.visualItemRect(history.item(start)).center()
    )
    assert canvas_of(studio).layers == (layer,)
    assert len(told) == 1
    assert studio.session.position == start
    assert "undone" in history.item(start + 1).toolTip()
    assert "now" in history.item(start).toolTip()
    QTest.keyClick(history, Qt.Key.Key_Down)
    QTest.keyClick(history, Qt.Key.Key_Return)
    assert canvas_of(studio).layers[0].x == layer.x + 1
    studio.stage.select((layer.id,))
    QTest.keyClick(editor.view, Qt.Key.Key_Left)
    assert history.count() == start + 3


def test_steps_have_pictures_once_nothing_moves(
    layer: Layer, editor: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    history = editor.panel.history

    def colour() -> int:
        item = history.item(studio.session.position)
        picture = item.icon().pixmap(history.iconSize()).toImage()
        return picture.pixelColor(picture.width() // 2, picture.height() // 2).red()

    shown = editor.view.items_of[layer.id].picture.pixelColor(0, 0).red()
    qtbot.waitUntil(lambda: abs(colour() - shown) < 5)
    studio.commands.run("canvas.remove")
    qtbot.waitUntil(lambda: abs(colour() - shown) > 20)
