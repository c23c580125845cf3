"""Every control has a name that is read out, and shows when the keys would act on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from aigc_studio.ui.parts import PLACES
from tests.studio.helpers import settled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.editors.canvas.editor import CanvasEditor
    from aigc_studio.ui.main_window import MainWindow

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
PAGES = [place.id for place in PLACES]
DIALOGS = ["settings", "shortcuts", "help", "about", "palette"]


@pytest.fixture
def playing(window: MainWindow, editor: CanvasEditor, studio: Studio, qtbot: QtBot) -> MainWindow:
    """A window in the midst of work: a living layer, a key, the timeline open."""
    assert studio.living.place()
    settled(studio, qtbot)
    assert studio.commands.run("timeline.key")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def controls(top: QWidget) -> Iterator[QWidget]:
    """What can be acted on in a window now; not what belongs to another control."""
    for widget in top.findChildren(QWidget):
        inner = isinstance(widget.parent(), QAbstractSpinBox | QComboBox | QAbstractScrollArea)
        if widget.isVisible() and not inner and not isinstance(widget, QScrollBar | QHeaderView):
            by_keys = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            if by_keys or isinstance(widget, CONTROLS):
                yield widget


def words(widget: QWidget) -> str:
    """How a screen reader calls it."""
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name).strip()


def about(widget: QWidget) -> str:
    chain = [type(widget).__name__]
    parent = widget.parentWidget()
    while parent is not None and len(chain) < 4:
        chain.append(type(parent).__name__)
        parent = parent.parentWidget()
    return f"{' in '.join(chain)} ({widget.toolTip() or words(widget)})"


def picture(top: QWidget, widget: QWidget) -> QImage:
    QApplication.processEvents()
    place = QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())
    return top.grab(place.adjusted(-6, -6, 6, 6)).toImage()


def shows_its_focus(top: QWidget, widget: QWidget) -> bool:
    """Whether it looks otherwise once a key has brought the focus there."""
    if focused := top.focusWidget():
        focused.clearFocus()
    before = picture(top, widget)
    QTest.keyClick(top.windowHandle(), Qt.Key.Key_Shift)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    return picture(top, widget) != before


def faults(top: QWidget) -> list[str]:
    """What is wrong with the controls of a window."""
    found = []
    for widget in list(controls(top)):
        if not words(widget):
            found.append(f"no name: {about(widget)}")
        by_keys = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        if by_keys and widget.isEnabled() and not shows_its_focus(top, widget):
            found.append(f"no focus to be seen: {about(widget)}")
    return found


def test_the_canvas(playing: MainWindow) -> None:
    assert faults(playing) == []


@pytest.mark.parametrize("place", PAGES)
def test_the_places(playing: MainWindow, place: str, qtbot: QtBot) -> None:
    playing.show_place(place)
    qtbot.wait(50)
    assert faults(playing) == []


@pytest.mark.parametrize("name", DIALOGS)
def test_the_dialogs(playing: MainWindow, name: str, qtbot: QtBot) -> None:
    dialog = getattr(playing.dialogs, name)()
    assert isinstance(dialog, QWidget)
    qtbot.waitUntil(dialog.isActiveWindow)
    found = faults(dialog)
    dialog.close()
    assert found == []
