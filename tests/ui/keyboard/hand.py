"""Somebody without a mouse: keys go to the window that has the focus, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QWindow
    from pytestqt.qtbot import QtBot

    from aigc_studio.ui.main_window import MainWindow

MOST_TABS = 120


class Hand:
    """Presses keys, and goes by the names that a screen reader says."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot

    @property
    def focus(self) -> QWidget | None:
        """What the keys act on."""
        return QApplication.focusWidget()

    def at(self, name: str) -> bool:
        """Whether the focus is on what is called so."""
        return self.focus is not None and spoken(self.focus).startswith(name)

    def wait(self, true: Callable[[], object]) -> None:
        """Wait until something holds."""
        self.qtbot.waitUntil(lambda: bool(true()), timeout=20_000)

    def press(self, keys: str, times: int = 1) -> None:
        """Press keys, as "Ctrl+E", one or several times."""
        for _ in range(times):
            QTest.keySequence(self._front(), QKeySequence(keys))
            QApplication.processEvents()

    def type(self, words: str) -> None:
        """Write, letter by letter."""
        for letter in words:
            QTest.keyClick(self._front(), ord(letter))
        QApplication.processEvents()

    def tab_to(self, name: str, keys: str = "Tab") -> QWidget:
        """Press Tab until what has the focus is called so."""
        seen = []
        for _ in range(MOST_TABS):
            if self.focus is not None and self.at(name):
                return self.focus
            self.press(keys)
            seen.append(spoken(self.focus) if self.focus else "nothing")
        raise AssertionError(f"no way to {name!r} by {keys}, only to {list(dict.fromkeys(seen))}")

    def choose(self, name: str) -> None:
        """Choose an action of the menu that is open, by its arrows."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        for _ in menu.actions():
            self.press("Down")
            chosen = menu.activeAction()
            if chosen is not None and chosen.text().replace("&", "").startswith(name):
                self.press("Return")
                return
        raise AssertionError(f"no {name!r} in {[each.text() for each in menu.actions()]}")

    def _front(self) -> QWindow:
        # A popup gets the keys of its window.
        front = QApplication.activeModalWidget() or QApplication.activeWindow()
        if front is None or not front.isVisible():
            self.window.activateWindow()  # as a window manager does when a dialog is closed
            self.qtbot.waitUntil(self.window.isActiveWindow)
            front = self.window
        handle = front.windowHandle()
        assert handle is not None
        return handle


def spoken(widget: QWidget) -> str:
    """How a screen reader calls it; of a choice it says what is chosen, too."""
    found = QAccessible.queryAccessibleInterface(widget)
    name = widget.accessibleName() or found.text(QAccessible.Text.Name)
    return name.replace("&", "").strip()
