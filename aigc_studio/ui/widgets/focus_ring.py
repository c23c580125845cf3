"""The ring around what the keyboard would act on: 2 px of accent, 2 px away.

Lists and views fill their place to the edge: theirs lies inside, and comes by keys alone. A widget
with the property `ring` "own" shows its focus itself; "inside" makes a view of any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QGraphicsView,
    QSlider,
    QTabBar,
    QTextBrowser,
    QWidget,
)
from shiboken6 import isValid

from aigc_studio.ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_AROUND = theme.FOCUS_WIDTH + theme.FOCUS_GAP
_RINGED = (QAbstractButton, QComboBox, QSlider, QTabBar)
_VIEWS = (QAbstractItemView, QGraphicsView, QTextBrowser)
_INPUTS = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress)
_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class FocusRing(QWidget):
    """Follows the focus inside one window, and sees to its dialogs; text fields show theirs."""

    def __init__(self, window: QWidget) -> None:
        """Belongs to `window` and lies above all in it."""
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._watched: list[QWidget] = []
        self._handle: QObject | None = None
        self._keys = False
        self.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        self._listen()
        for widget in self._watched:
            if isValid(widget):  # it may have gone together with its page
                widget.removeEventFilter(self)
        self._watched = []
        if new is not None and self.window().isAncestorOf(new) and _is_ringed(new):
            around: QWidget | None = new
            while around is not None and around is not self.window():
                self._watched.append(around)
                around.installEventFilter(self)
                around = around.parentWidget()
        elif new is not None:
            _see_to(new.window())
        self._place()

    def follow_now(self) -> None:
        """Begin with what has the focus now."""
        self._follow(None, QApplication.focusWidget())

    def _listen(self) -> None:
        """Hear in the window itself whether keys or the mouse were used last."""
        handle = self.window().windowHandle()
        if handle is not None and isValid(handle) and handle is not self._handle:
            self._handle = handle
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move along when something in between moves."""
        if event.type() in _MOVES:
            self._place()
        elif watched is self._handle and event.type() in _INPUTS:
            self._keys = event.type() == QEvent.Type.KeyPress
            self._place()
        return False

    def _place(self) -> None:
        target = self._watched[0] if self._watched else None
        if target is None or not isValid(target) or not target.isVisible():
            self.hide()
            return
        inside = _is_view(target)
        if inside and not self._keys:
            self.hide()
            return
        away = 0 if inside else _AROUND
        shown = self._place_of(target)
        for around in self._watched[1:] if inside else ():
            shown &= self._place_of(around)  # it may be scrolled
        self.setGeometry(shown.adjusted(-away, -away, away, away))
        self.raise_()
        self.show()

    def _place_of(self, widget: QWidget) -> QRect:
        return QRect(widget.mapTo(self.window(), QPoint(0, 0)), widget.size())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.colours().accent), theme.FOCUS_WIDTH))
        half = theme.FOCUS_WIDTH / 2
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        radius = theme.RADIUS_CONTROL + theme.FOCUS_GAP
        painter.drawRoundedRect(box, radius, radius)
        painter.end()


def _is_view(widget: QWidget) -> bool:
    return isinstance(widget, _VIEWS) or widget.property("ring") == "inside"


def _is_ringed(widget: QWidget) -> bool:
    wanted = isinstance(widget, _RINGED) or _is_view(widget)
    return wanted and widget.property("ring") != "own"


def _see_to(window: QWidget) -> None:
    """A dialog gets a ring of its own when it has the focus for the first time."""
    if isinstance(window, QDialog) and window.findChild(FocusRing) is None:
        FocusRing(window).follow_now()
