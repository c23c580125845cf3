"""The first minute: three prompts beside the real controls, each until a person has done it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import SIGNAL, QPoint, QRect, Qt
from PySide6.QtTest import QTest

from aigc_studio.ui.prompts import Prompts
from tests.studio.helpers import settled

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.dock.dock import Dock
    from aigc_studio.ui.editors.canvas.editor import CanvasEditor
    from aigc_studio.ui.main_window import MainWindow


def prompted(window: MainWindow) -> str:
    """The prompt that is shown, "" for none."""
    (prompts,) = window.findChildren(Prompts)
    return prompts.bubble.prompt if prompts.bubble else ""


def covers(window: MainWindow, control: QWidget) -> bool:
    """Whether the prompt lies on the control that it speaks of."""
    (prompts,) = window.findChildren(Prompts)
    assert prompts.bubble is not None
    where = QRect(control.mapTo(window, QPoint(0, 0)), control.size())
    return prompts.bubble.geometry().intersects(where)


def test_drag_then_star(
    window: MainWindow, editor: CanvasEditor, dock: Dock, studio: Studio, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: prompted(window) == "drag")
    pad = dock.pad.map
    assert not covers(window, pad)
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    QTest.mouseMove(pad, QPoint(40, 40))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    assert prompted(window) == "star"
    assert not covers(window, editor.trail)
    settled(studio, qtbot)
    editor.trail.star(max(editor.trail.tiles))
    assert prompted(window) in ("", "loop")
    assert studio.settings.values.prompts_seen[:2] == ("drag", "star")


def test_no_prompt_speaks_of_what_cannot_be_done(
    window: MainWindow, editor: CanvasEditor, dock: Dock, studio: Studio
) -> None:
    studio.settings.change(prompts_seen=("drag", "star"))
    loop = editor.timeline.bar.buttons["timeline.loop"]
    loop.setEnabled(False)
    window.show_place("home")
    window.documents.open_first()
    assert not loop.isEnabled()
    assert prompted(window) != "loop"
    loop.setEnabled(True)
    assert prompted(window) == "loop"
    assert not covers(window, loop)


def test_a_prompt_moves_with_what_its_control_stands_in(
    window: MainWindow, editor: CanvasEditor, dock: Dock, studio: Studio, qtbot: QtBot
) -> None:
    studio.settings.change(prompts_seen=("drag", "star"))
    loop = editor.timeline.bar.buttons["timeline.loop"]
    loop.setEnabled(True)
    before = loop.mapTo(window, QPoint(0, 0)).y()
    window.status.setFixedHeight(window.status.height() + 60)
    qtbot.waitUntil(lambda: loop.mapTo(window, QPoint(0, 0)).y() == before - 60)
    assert prompted(window) == "loop"
    assert not covers(window, loop)


def test_a_control_that_is_shown_again_is_not_listened_to_once_more(
    window: MainWindow, editor: CanvasEditor
) -> None:
    heard = SIGNAL("destroyed(QObject*)")
    before = editor.trail.receivers(heard)
    for _ in range(3):
        editor.trail.hide()
        editor.trail.show()
    assert editor.trail.receivers(heard) == before
