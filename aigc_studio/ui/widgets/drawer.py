"""A panel that slides over a page from one of its sides, where there is no room beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QObject,
    QPoint,
    QRect,
    Qt,
    QVariantAnimation,
    Signal,
)
from PySide6.QtGui import QColor, QLinearGradient, QPainter
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from shiboken6 import isValid

from aigc_studio.ui import theme
from aigc_studio.ui.keys import would_be_shortcut
from aigc_studio.ui.widgets.basics import rule

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

Edge = Literal["left", "right"]
_SHADOW = theme.SPACE[2]
_DARKEST = 96  # of 255, at the edge
_MOVES = (QEvent.Type.Resize, QEvent.Type.Move)


class Drawer(QWidget):
    """Lies over `over`; Esc closes it, and so does a click on what it lies over.

    One that was opened to stay waits for `close_again`, and takes no focus.

    Signals:
        toggled(bool): it was opened or closed.
    """

    toggled = Signal(bool)

    def __init__(
        self,
        host: QWidget,
        edge: Edge,
        *,
        over: QWidget | None = None,
        beside: QWidget | None = None,
    ) -> None:
        """A child of `host` above `over`, or above all of it; clicks on `beside` pass."""
        super().__init__(host)
        self._host, self._over, self._beside = host, over or host, beside
        self._edge = edge
        self._panel: QWidget | None = None
        self._came_from: QWidget | None = None
        self._open, self._stays, self._width, self._part = False, False, 0, 0.0
        self._row = QHBoxLayout(self)
        self._row.setSpacing(0)
        self._row.addWidget(rule(vertical=True))
        self._slide = QVariantAnimation(self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(self._move)
        self._slide.finished.connect(self._arrive)
        self._over.installEventFilter(self)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether it is open, or on its way."""
        return self._open

    @property
    def stays(self) -> bool:
        """Whether it is open, and stays so whatever is clicked."""
        return self._open and self._stays

    @property
    def room(self) -> int:
        """The width of its panel and of the line beside it."""
        return self._width + 1

    def hold(self, panel: QWidget, width: int) -> None:
        """Take a panel in; it is closed."""
        self._panel, self._width = panel, width
        self._row.insertWidget(0 if self._edge == "left" else 1, panel, 1)
        panel.show()

    def let_go(self) -> QWidget | None:
        """Give the panel back, to be put elsewhere."""
        self._shut()
        panel, self._panel = self._panel, None
        if panel:
            self._row.removeWidget(panel)
        return panel

    def open(self, *, stay: bool = False) -> None:
        """Slide in, and take the focus unless it is to stay."""
        if self._open or self._panel is None:
            return
        self._open, self._stays = True, stay
        self._came_from = None if stay else QApplication.focusWidget()
        self._listen(not stay)
        self._row.setContentsMargins(*self._margins())
        self._place()
        self.show()
        self.raise_()
        self._run(1.0)
        if not stay:
            self._panel.setFocus(Qt.FocusReason.OtherFocusReason)
        self.toggled.emit(True)

    def close_again(self) -> None:
        """Slide out, and give the focus back where it came from."""
        if not self._open:
            return
        self._open = False
        self._listen(False)
        focus, back = QApplication.focusWidget(), self._came_from
        if focus and self.isAncestorOf(focus) and back and isValid(back):
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._run(0.0)
        self.toggled.emit(False)

    def toggle(self, *, stay: bool = False) -> None:
        """Open it, or close it."""
        if self._open:
            self.close_again()
        else:
            self.open(stay=stay)

    def _shut(self) -> None:
        self.close_again()
        self._slide.stop()
        self._part = 0.0
        self.hide()

    def _run(self, to: float) -> None:
        duration = theme.look().motion(theme.MOTION)
        self._slide.stop()
        if duration and self._over.isVisible():
            self._slide.setDuration(duration)
            self._slide.setStartValue(self._part)
            self._slide.setEndValue(to)
            self._slide.start()
        else:
            self._move(to)
            self._arrive()

    def _move(self, part: float) -> None:
        self._part = part
        self._place()

    def _arrive(self) -> None:
        if not self._open:
            self.hide()

    @property
    def _shadow(self) -> int:
        return 0 if self._stays else _SHADOW  # what stays beside a page covers none of it

    def _margins(self) -> tuple[int, int, int, int]:
        left = self._edge == "left"
        return (0, 0, self._shadow, 0) if left else (self._shadow, 0, 0, 0)

    def _place(self) -> None:
        area = self._area()
        width = min(self.room + self._shadow, area.width())
        hidden = round(width * (1 - self._part))
        left = area.x() - hidden if self._edge == "left" else area.right() + 1 - width + hidden
        self.setGeometry(left, area.y(), width, area.height())

    def _area(self) -> QRect:
        """What it lies over; beside the rail that opens it."""
        corner = QPoint(0, 0)
        if self._over is not self._host:
            corner = self._over.mapTo(self._host, corner)
        area = QRect(corner, self._over.size())
        if self._beside and self._edge == "left":
            area.setLeft(area.left() + self._beside.width())
        return area

    def _listen(self, on: bool) -> None:
        app = QApplication.instance()
        if app and on:
            app.installEventFilter(self)
        elif app:
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the page; a click on it closes."""
        if watched is self._over and event.type() in _MOVES:
            self._place()
        elif self._open and not self._stays and event.type() == QEvent.Type.MouseButtonPress:
            self._on_press(watched)
        return False

    def _on_press(self, clicked: QObject) -> None:
        if isinstance(clicked, QWidget) and self._is_outside(clicked):
            self.close_again()

    def _is_outside(self, clicked: QWidget) -> bool:
        if self._beside and (clicked is self._beside or self._beside.isAncestorOf(clicked)):
            return False
        inside = clicked is self or self.isAncestorOf(clicked)
        return not inside and (clicked is self._over or self._over.isAncestorOf(clicked))

    def event(self, event: QEvent) -> bool:
        """Esc is meant for it, not for a shortcut of the page."""
        if not self._stays and would_be_shortcut(event, (Qt.Key.Key_Escape,)):
            event.accept()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape and not self._stays:
            self.close_again()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A soft shadow on the page."""
        dark, clear = QColor(0, 0, 0, _DARKEST), QColor(0, 0, 0, 0)
        wide = self._shadow
        at = self.width() - wide if self._edge == "left" else 0
        shadow = QLinearGradient(at, 0, at + wide, 0)
        shadow.setColorAt(0, dark if self._edge == "left" else clear)
        shadow.setColorAt(1, clear if self._edge == "left" else dark)
        painter = QPainter(self)
        painter.fillRect(at, 0, wide, self.height(), shadow)
        painter.end()
