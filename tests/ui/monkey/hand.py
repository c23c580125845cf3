"""The monkey's hand: mouse and keys as the window system would send them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QWidget
from shiboken6 import isValid

from tests.ui.monkey.eyes import NONE, Eyes, Keys, show, words
from tests.ui.monkey.watch import clock

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QWindow

    from aigc_studio.ui.application import Face
    from tests.ui.monkey.watch import Watch

LEFT = Qt.MouseButton.LeftButton
NESTED_MS = 40
ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
KEYS_ON_THE_WAY = ("Ctrl+Z", "Ctrl+Z", "Ctrl+Shift+Z", "Del", "Esc", "Ctrl+1", "Ctrl+D", "R", "K")


class Hand(Eyes):
    """Acts on what can be seen; everything that is random comes from `dice`."""

    def __init__(self, face: Face, dice: Random, watch: Watch, files: Sequence[str]) -> None:
        super().__init__(face, dice, watch, files)
        self._nested: Callable[[], object] = self._leave_menu
        self._timer = QTimer()  # one for all: each connection leaves a little behind
        self._timer.setInterval(NESTED_MS)
        self._timer.timeout.connect(self._in_nested)

    # Mouse

    def click(
        self,
        widget: QWidget | None,
        at: QPoint | None = None,
        keys: Keys = NONE,
        *,
        button: Qt.MouseButton = LEFT,
        twice: bool = False,
    ) -> None:
        """Click there; `twice` does so once in a popup.

        A popup may be gone after the first click, and a window system sends the second one to
        what is there then. QTest would send it to the window that was.
        """
        found = self._spot(widget, at)
        if found is None or widget is None:
            return
        twice = twice and widget.window().windowType() != Qt.WindowType.Popup
        self.watch.note(f"click {words(widget)} at {at}{' twice' if twice else ''}")
        do = QTest.mouseDClick if twice else QTest.mouseClick
        self._timed(lambda: do(found[0], button, keys, found[1]))

    def drag(
        self, widget: QWidget, ways: Sequence[QPoint], keys: Keys = NONE, then: str = ""
    ) -> None:
        """Press at the first point, go along the others, let go; `then` keys pressed on the way."""
        spots = [self._spot(widget, at) for at in ways]
        path = [spot for spot in spots if spot is not None]
        if not path:
            return
        self.watch.note(f"drag {words(widget)} along {[(p.x(), p.y()) for p in ways]} {then}")
        window, end = path[0][0], path[-1][1]
        held = [True]

        def let_go() -> None:
            if held[0] and isValid(window):  # a slider in the settings may make windows anew
                held[0] = False
                QTest.mouseMove(window, end)
                QTest.mouseRelease(window, LEFT, keys, end)

        def end_nested() -> None:
            if held[0]:
                let_go()
            else:  # the press opened a menu, which stays open
                self._leave_menu()

        self._timed(lambda: QTest.mousePress(window, LEFT, keys, path[0][1]), end_nested)
        for number, (_, at) in enumerate(path):
            if not (held[0] and isValid(window)):
                break
            self._timed(partial(QTest.mouseMove, window, at), end_nested)
            if then and number == len(path) // 2:
                self._timed(lambda: QTest.keySequence(window, then))
        self._timed(let_go)

    def wheel(self, widget: QWidget, at: QPoint, turn: int, keys: Keys = NONE) -> None:
        """Turn the wheel."""
        self.watch.note(f"wheel {words(widget)} by {turn}")
        event = QWheelEvent(
            QPointF(at), QPointF(widget.mapToGlobal(at)), QPoint(), QPoint(0, turn),
            Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        self._timed(lambda: QApplication.sendEvent(widget, event))

    def drop(self, widget: QWidget, mime: QMimeData, at: QPoint) -> None:
        """Drop something that comes from another program."""
        self.watch.note(f"drop {mime.formats()} on {words(widget)}")
        copy, left = Qt.DropAction.CopyAction, LEFT
        self._timed(
            lambda: QApplication.sendEvent(widget, QDragEnterEvent(at, copy, mime, left, NONE))
        )
        drop = QDropEvent(QPointF(at), copy, mime, left, NONE)
        self._timed(lambda: QApplication.sendEvent(widget, drop))

    # Keys

    def press(self, key: Qt.Key, keys: Keys = NONE) -> None:
        """Press a key in whatever has the focus."""
        window = self._handle(self.front())
        if window is not None:
            self.watch.note(f"key {key.name} {keys} in {words(QApplication.focusWidget())}")
            self._timed(lambda: QTest.keyClick(window, key, keys))

    def type(self, text: str) -> None:
        """Write into what has the focus, as an input method does."""
        self.front()
        field = QApplication.focusWidget()
        if field is not None:
            self.watch.note(f"type {text!r} in {words(field)}")
            event = QInputMethodEvent()
            event.setCommitString(text)
            self._timed(lambda: QApplication.sendEvent(field, event))

    def run(self, command: str) -> bool:
        """Run a command, as a menu would."""
        self.watch.note(f"command {command}")
        done: list[bool] = []
        self._timed(lambda: done.append(self.studio.commands.run(command)))
        return done[0]

    def go(self, place: str) -> None:
        """Go to a place, if nothing lies before the window."""
        self.run(f"go.{place}")

    # How

    def _timed(
        self, deed: Callable[[], object], nested: Callable[[], object] | None = None
    ) -> None:
        """Do it; `nested` ends the event loop of its own that a menu or a drag of data runs."""
        self._nested = nested or self._leave_menu
        self._timer.start()
        began = clock()
        try:
            deed()
        except RuntimeError as error:
            if "QWindow) already deleted" not in str(error):
                raise  # else the press closed the window, and nobody hears of the release
        self.watch.took(clock() - began)
        self._timer.stop()

    def _in_nested(self) -> None:
        self._nested()

    def _leave_menu(self) -> None:
        popup, asked = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if isinstance(asked, QMessageBox):
            asked.reject()
        elif isinstance(popup, QMenu) and self.dice.random() < 0.5:
            spot = popup.actionGeometry(self.dice.choice(popup.actions() or [QAction()])).center()
            QTest.mouseClick(popup, LEFT, NONE, spot)
        elif popup is not None:
            QTest.keyClick(popup, Qt.Key.Key_Escape)

    def _handle(self, widget: QWidget) -> QWindow | None:
        found = widget.window().windowHandle()
        return found if found is not None and isValid(found) else None

    def _spot(self, widget: QWidget | None, at: QPoint | None) -> tuple[QWindow, QPoint] | None:
        if widget is None or not widget.isVisible():
            return None
        show(widget)
        window = self._handle(widget)
        spot = widget.mapTo(widget.window(), at or widget.rect().center())
        if window is None or not widget.window().rect().contains(spot):
            return None
        # In full screen on a screen smaller than its least size a window hangs over the edge.
        return (window, spot) if QRect(QPoint(), window.size()).contains(spot) else None
