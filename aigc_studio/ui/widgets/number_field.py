"""A number that can be typed, stepped and dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QWidget

from aigc_studio.ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QWheelEvent

_PIXELS_A_STEP = 4


class _Spin(QDoubleSpinBox):
    """A spin box which the wheel changes only while it has the focus."""

    def __init__(self) -> None:
        super().__init__()
        # A style sheet does not reach the distance of its text from the edge.
        self.lineEdit().setTextMargins(theme.SPACE[1] - 1, 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class _Grip(QLabel):
    """The name of a number; dragging it sideways changes the number, Shift ten times as fast."""

    def __init__(self, words: str, spin: QDoubleSpinBox, field: NumberField) -> None:
        super().__init__(words)
        self._spin, self._field = spin, field
        self._from: QPoint | None = None
        self._value = 0.0
        self.setCursor(Qt.CursorShape.SizeHorCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from, self._value = event.globalPosition().toPoint(), self._spin.value()
        self._field.drag_began.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is None:
            return
        way = event.globalPosition().toPoint().x() - self._from.x()
        coarse = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        step = self._spin.singleStep() * coarse
        self._spin.setValue(self._value + round(way / _PIXELS_A_STEP) * step)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._from = None
        self._field.drag_ended.emit()


class NumberField(QWidget):
    """A name and a number beside each other.

    Signals:
        changed(float): a person changed the number.
        drag_began(), drag_ended(): around a drag on the name, which is one step of undo.
    """

    changed = Signal(float)
    drag_began = Signal()
    drag_ended = Signal()

    def __init__(
        self,
        words: str,
        low: float,
        high: float,
        value: float = 0.0,
        *,
        step: float = 1.0,
        decimals: int = 0,
        unit: str = "",
        kind: str = "secondary",
    ) -> None:
        """`words`, a label of this `kind`, name the number; `unit` stands behind it."""
        super().__init__()
        self.spin = _Spin()
        self.spin.setRange(low, high)
        self.spin.setDecimals(decimals)
        self.spin.setSingleStep(step)
        self.spin.setSuffix(unit)
        self.spin.setValue(value)
        self.spin.setKeyboardTracking(False)
        self.spin.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.spin.setAccessibleName(words)
        self.spin.setMinimumWidth(theme.px(80))
        self.spin.valueChanged.connect(self.changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE[1])
        grip = _Grip(words, self.spin, self)
        grip.setProperty("kind", kind)
        grip.setBuddy(self.spin)
        row.addWidget(grip)
        row.addStretch(1)
        row.addWidget(self.spin)

    def put_before(self, part: QWidget) -> None:
        """Let something stand right before the number."""
        row = self.layout()
        assert isinstance(row, QHBoxLayout)
        row.insertWidget(row.count() - 1, part)

    @property
    def value(self) -> float:
        """The number."""
        return self.spin.value()

    def show_value(self, value: float) -> None:
        """Show a number that came from elsewhere; nothing is emitted."""
        before = self.spin.blockSignals(True)
        self.spin.setValue(value)
        self.spin.blockSignals(before)
