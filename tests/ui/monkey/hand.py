"""The monkey's hand: mouse and keys as the window system would send them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QMenu,
    QScrollArea,
    QWidget,
)

from tests.ui.monkey.watch import clock

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QWindow

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.application import Face
    from aigc_studio.ui.main_window import MainWindow
    from tests.ui.monkey.watch import Watch

Keys = Qt.KeyboardModifier
LEFT, NONE = Qt.MouseButton.LeftButton, Keys.NoModifier
W = TypeVar("W", bound=QWidget)
NESTED_MS = 40
TEXTS = (
    "fox", "", " ", "\u72d0\u72f8", "\U0001f98a\U0001f43e", "a'b\"c`d", "<b>&amp;</b>", "{n} %s %1",
    "x" * 300, "-1", "0", "1e999", "99999999999", "3,5", "../..", "tag, tag, \u6807\u7b7e",
    "\u200f\u0301",
)  # fmt: skip


class Hand:
    """Acts on what can be seen; everything that is random comes from `dice`."""

    def __init__(self, face: Face, dice: Random, watch: Watch, files: Sequence[str]) -> None:
        """`files` are pictures that can be dropped."""
        self.face, self.dice, self.watch, self.files = face, dice, watch, files

    @property
    def window(self) -> MainWindow:
        """The window that is shown now."""
        return self.face.window

    @property
    def studio(self) -> Studio:
        """What is behind the window."""
        return self.face.studio

    @property
    def place(self) -> QWidget | None:
        """The page that is shown."""
        return self.window.pages.currentWidget()

    # What there is to touch

    def front(self) -> QWidget:
        """The window that takes events: a popup, a dialog, or the main window."""
        active: QWidget | None = QApplication.activePopupWidget()
        if active is None:
            active = QApplication.activeModalWidget()
        if active is None:
            active = QApplication.activeWindow()
        if active is not None and active.isVisible():
            return active
        self.window.activateWindow()  # as a window manager does when a dialog is closed
        QApplication.processEvents()
        return self.window

    def seen(self, kind: type[W], where: QWidget | None = None) -> list[W]:
        """Widgets of a kind that can be seen and used."""
        found = (where or self.front()).findChildren(kind)
        return [w for w in found if w.isVisible() and w.isEnabled() and w.width() > 0]

    def any_of(self, kind: type[W], where: QWidget | None = None) -> W | None:
        """One of them."""
        found = self.seen(kind, where)
        return self.dice.choice(found) if found else None

    def point(self, widget: QWidget) -> QPoint:
        """Anywhere in a widget."""
        return QPoint(
            self.dice.randrange(max(widget.width(), 1)),
            self.dice.randrange(max(widget.height(), 1)),
        )

    def keys(self) -> Keys:
        """Mostly none."""
        return self.dice.choice((NONE, NONE, NONE, Keys.ShiftModifier, Keys.ControlModifier))

    def text(self) -> str:
        """Something to type."""
        return self.dice.choice(TEXTS)

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
        """Click there."""
        found = self._spot(widget, at)
        if found is None or widget is None:
            return
        self.watch.note(f"click {_words(widget)} at {at}{' twice' if twice else ''}")
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
        self.watch.note(f"drag {_words(widget)} along {[(p.x(), p.y()) for p in ways]} {then}")
        window, end = path[0][0], path[-1][1]
        held = [True]

        def let_go() -> None:
            if held[0]:
                held[0] = False
                QTest.mouseMove(window, end)
                QTest.mouseRelease(window, LEFT, keys, end)

        self._timed(lambda: QTest.mousePress(window, LEFT, keys, path[0][1]), let_go)
        for number, (_, at) in enumerate(path):
            if not held[0]:
                break
            self._timed(partial(QTest.mouseMove, window, at), let_go)
            if then and number == len(path) // 2:
                self._timed(lambda: QTest.keySequence(window, then))
        self._timed(let_go)

    def wheel(self, widget: QWidget, at: QPoint, turn: int, keys: Keys = NONE) -> None:
        """Turn the wheel."""
        self.watch.note(f"wheel {_words(widget)} by {turn}")
        event = QWheelEvent(
            QPointF(at), QPointF(widget.mapToGlobal(at)), QPoint(), QPoint(0, turn),
            Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        self._timed(lambda: QApplication.sendEvent(widget, event))

    def drop(self, widget: QWidget, mime: QMimeData, at: QPoint) -> None:
        """Drop something that comes from another program."""
        self.watch.note(f"drop {mime.formats()} on {_words(widget)}")
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
            self.watch.note(f"key {key.name} {keys} in {_words(QApplication.focusWidget())}")
            self._timed(lambda: QTest.keyClick(window, key, keys))

    def type(self, text: str) -> None:
        """Write into what has the focus, as an input method does."""
        self.front()
        field = QApplication.focusWidget()
        if field is not None:
            self.watch.note(f"type {text!r} in {_words(field)}")
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
        timer = QTimer()
        timer.setInterval(NESTED_MS)
        timer.timeout.connect(nested or self._leave_menu)
        timer.start()
        began = clock()
        deed()
        self.watch.took(clock() - began)
        timer.stop()

    def _leave_menu(self) -> None:
        popup = QApplication.activePopupWidget()
        if isinstance(popup, QMenu) and self.dice.random() < 0.5:
            spot = popup.actionGeometry(self.dice.choice(popup.actions() or [QAction()])).center()
            QTest.mouseClick(popup, LEFT, NONE, spot)
        elif popup is not None:
            QTest.keyClick(popup, Qt.Key.Key_Escape)

    def _handle(self, widget: QWidget) -> QWindow | None:
        return widget.window().windowHandle()

    def _spot(self, widget: QWidget | None, at: QPoint | None) -> tuple[QWindow, QPoint] | None:
        if widget is None or not widget.isVisible():
            return None
        show(widget)
        window = self._handle(widget)
        spot = widget.mapTo(widget.window(), at or widget.rect().center())
        inside = widget.window().rect().contains(spot)
        return (window, spot) if window is not None and inside else None


def show(widget: QWidget) -> None:
    """Scroll to a widget, as somebody would who looks for it."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea) and not isinstance(widget, QAbstractSlider):
            around.ensureWidgetVisible(widget)
        around = None if isinstance(around, QAbstractItemView) else around.parentWidget()


def _words(widget: QWidget | None) -> str:
    if widget is None:
        return "nothing"
    text = getattr(widget, "text", None)
    said = widget.accessibleName() or (str(text()) if callable(text) else "")
    return f"{type(widget).__name__} {said[:40]!r}"
