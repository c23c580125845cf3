"""A slider over numbers that jumps where it is clicked and goes back when double-clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider

from aigc_studio.ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QWheelEvent

_STEPS = 100  # of one
_FINE, _COARSE = 0.05, 0.5
_HANDLE = 16


class Slider(QSlider):
    """Two decimals; arrows go 0.05, page keys 0.5.

    Signals:
        moved(float): a person moved it.
        held(bool): a drag began or ended.
    """

    moved = Signal(float)
    held = Signal(bool)

    def __init__(self, name: str, low: float, high: float, rest: float) -> None:
        """`rest` is where a double click brings it back to."""
        super().__init__(Qt.Orientation.Horizontal)
        self._rest = rest
        self.setRange(round(low * _STEPS), round(high * _STEPS))
        self.setSingleStep(round(_FINE * _STEPS))
        self.setPageStep(round(_COARSE * _STEPS))
        self.setAccessibleName(name)
        self.setMinimumHeight(theme.px(theme.TARGET))
        self.show_number(rest)
        self.valueChanged.connect(lambda value: self.moved.emit(value / _STEPS))
        self.sliderPressed.connect(lambda: self.held.emit(True))
        self.sliderReleased.connect(lambda: self.held.emit(False))

    @property
    def number(self) -> float:
        """Where it stands."""
        return self.value() / _STEPS

    def show_number(self, number: float) -> None:
        """Show a number that came from elsewhere; nothing is emitted."""
        before = self.blockSignals(True)
        self.setValue(round(number * _STEPS))
        self.blockSignals(before)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The slider, and a mark where it rests."""
        painter = QPainter(self)
        room = self.width() - theme.px(_HANDLE)
        low, high = self.minimum(), self.maximum()
        x = theme.px(_HANDLE) / 2 + QStyle.sliderPositionFromValue(
            low, high, round(self._rest * _STEPS), room
        )
        middle = self.height() / 2
        painter.setPen(QPen(QColor(theme.colours().edge), 2))
        painter.drawLine(QPointF(x, middle - 6), QPointF(x, middle + 6))
        painter.end()
        super().paintEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Jump there, and be dragged on from there."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        whole, part = QStyle.ComplexControl.CC_Slider, QStyle.SubControl.SC_SliderHandle
        handle = self.style().subControlRect(whole, option, part, self)
        at = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and not handle.contains(at):
            room = max(self.width() - handle.width(), 1)
            start = at.x() - handle.width() // 2
            value = QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), start, room)
            self.setValue(value)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Back to the middle."""
        self.setValue(round(self._rest * _STEPS))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only what has the focus turns; else the page is scrolled."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
