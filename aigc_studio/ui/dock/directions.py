"""Directions: one slider for each of the strongest directions of a space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QSlider, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import button, column, label

if TYPE_CHECKING:
    from aigc_studio.studio.studio import Studio

MOST = 12
_STEPS, _REACH = 100, 4.0


class DirectionsPage(QWidget):
    """Sliders, the strongest direction first.

    Signals:
        held(bool): a drag began or ended.
    """

    held = Signal(bool)

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._instrument, self._choice = studio.instrument, studio.choice
        self.sliders: list[QSlider] = []
        self._inside = column()
        inside = QWidget()
        inside.setLayout(self._inside)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        stack = column()
        stack.addWidget(area, 1)
        stack.addWidget(button(tr("All to the middle"), self._reset, kind="quiet"))
        self.setLayout(stack)
        studio.choice.changed.connect(self._on_model)
        studio.instrument.moved.connect(self._on_moved)
        self._on_model()

    def _on_model(self) -> None:
        while self._inside.count():
            item = self._inside.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                widget.setParent(None)
                widget.deleteLater()
        steering = self._choice.steering
        count = min(len(steering.axes), MOST) if steering else 0
        self.sliders = [self._made(axis) for axis in range(count)]
        self._inside.addStretch(1)
        self._on_moved()

    def _made(self, axis: int) -> QSlider:
        name = tr("Direction {number}", number=axis + 1)
        made = QSlider(Qt.Orientation.Horizontal)
        made.setRange(round(-_REACH * _STEPS), round(_REACH * _STEPS))
        made.setAccessibleName(name)
        made.setPageStep(_STEPS // 2)
        made.setMinimumHeight(theme.px(theme.TARGET))
        made.valueChanged.connect(
            lambda value: self._instrument.set_amounts({axis: value / _STEPS})
        )
        made.sliderPressed.connect(lambda: self.held.emit(True))
        made.sliderReleased.connect(lambda: self.held.emit(False))
        row = QWidget()
        stack = column(gap=0)
        stack.addWidget(label(name, "caption"))
        stack.addWidget(made)
        row.setLayout(stack)
        self._inside.addWidget(row)
        return made

    def _on_moved(self) -> None:
        for slider, amount in zip(self.sliders, self._instrument.amounts, strict=False):
            if not slider.isSliderDown():
                slider.blockSignals(True)
                slider.setValue(round(amount * _STEPS))
                slider.blockSignals(False)

    def _reset(self) -> None:
        self._instrument.set_amounts(dict.fromkeys(range(len(self.sliders)), 0.0))
