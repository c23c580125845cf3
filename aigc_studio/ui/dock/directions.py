"""Directions: one slider for each of the strongest directions of a space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QWidget

from aigc_studio.document.tracks import axis_track
from aigc_studio.ui.dock.slider import Slider
from aigc_studio.ui.editors.timeline.key_button import KeyButton
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import button, column, discard, label

if TYPE_CHECKING:
    from aigc_studio.studio.studio import Studio

MOST = 12
_REACH = 4.0


class DirectionsPage(QWidget):
    """Sliders, the strongest direction first.

    Signals:
        held(bool): a drag began or ended.
    """

    held = Signal(bool)

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self._instrument, self._choice = studio.instrument, studio.choice
        self.sliders: list[Slider] = []
        self.numbers: list[QLabel] = []
        self._inside = column()
        inside = QWidget()
        inside.setLayout(self._inside)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self.words = label("", "caption", wrap=True)
        stack = column()
        stack.addWidget(self.words)
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
                discard(widget)
        steering = self._choice.steering
        count = min(len(steering.axes), MOST) if steering else 0
        self.sliders, self.numbers = [], []
        for axis in range(count):
            self._add(axis)
        self._inside.addStretch(1)
        self.words.setText(self._told(count))
        self._on_moved()

    def _told(self, count: int) -> str:
        steering = self._choice.steering
        if steering is None or not count:
            return ""
        return tr(
            "The {count} strongest of {all} directions. A double click puts one in the middle.",
            count=count,
            all=len(steering.axes),
        )

    def _add(self, axis: int) -> None:
        name = tr("Direction {number}", number=axis + 1)
        slider = Slider(name, -_REACH, _REACH, 0.0)
        slider.setToolTip(self._technical(axis))
        slider.moved.connect(lambda amount: self._instrument.set_amounts({axis: amount}))
        slider.held.connect(self.held)
        words, number = label(name, "caption"), label("", "caption")
        words.setBuddy(slider)
        head = QHBoxLayout()
        head.addWidget(words, 1)
        head.addWidget(number)
        head.addWidget(KeyButton(self._studio, axis_track(axis)))
        stack = column(gap=0)
        stack.addLayout(head)
        stack.addWidget(slider)
        row = QWidget()
        row.setLayout(stack)
        self._inside.addWidget(row)
        self.sliders.append(slider)
        self.numbers.append(number)

    def _technical(self, axis: int) -> str:
        steering = self._choice.steering
        assert steering is not None
        strength = steering.spread**2
        share = 100 * float(strength[axis] / strength.sum())
        return tr(
            "Principal component {number}: {share} % of what the named directions vary. "
            "In standard deviations from the middle.",
            number=axis + 1,
            share=f"{share:.0f}",
        )

    def _on_moved(self) -> None:
        amounts = self._instrument.amounts
        for slider, number, amount in zip(self.sliders, self.numbers, amounts, strict=False):
            if not slider.isSliderDown():
                slider.show_number(amount)
            number.setText(f"{amount:+.2f}")

    def _reset(self) -> None:
        self._instrument.set_amounts(dict.fromkeys(range(len(self.sliders)), 0.0))
