"""The ring around what the keyboard would act on: 2 px of accent, 2 px away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QSlider, QTabBar, QWidget
from shiboken6 import isValid

from aigc_studio.ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_AROUND = theme.FOCUS_WIDTH + theme.FOCUS_GAP
_RINGED = (QAbstractButton, QComboBox, QSlider, QTabBar)
_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class FocusRing(QWidget):
    """Follows the focus inside one window; text fields and lists show theirs themselves."""

    def __init__(self, window: QWidget) -> None:
        """Belongs to `window` and lies above all in it."""
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._watched: list[QWidget] = []
        self.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        for widget in self._watched:
            if isValid(widget):  # it may have gone together with its page
                widget.removeEventFilter(self)
        self._watched = []
        if isinstance(new, _RINGED) and self.window().isAncestorOf(new):
            around: QWidget | None = new
            while around is not None and around is not self.window():
                self._watched.append(around)
                around.installEventFilter(self)
                around = around.parentWidget()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move along when something in between moves."""
        if event.type() in _MOVES:
            self._place()
        return False

    def _place(self) -> None:
        target = self._watched[0] if self._watched else None
        if target is None or not isValid(target) or not target.isVisible():
            self.hide()
            return
        corner = target.mapTo(self.window(), QPoint(0, 0))
        around = QRect(corner, target.size()).adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
        self.setGeometry(around)
        self.raise_()
        self.show()

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
