"""The rarer settings of a training, folded away until somebody wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from aigc_studio.ui import icons, theme
from aigc_studio.ui.train.variations import Variations
from aigc_studio.ui.translate import later, tr
from aigc_studio.ui.widgets.basics import button, column, label
from aigc_studio.ui.widgets.number_field import NumberField

if TYPE_CHECKING:
    from aigc_studio.studio.studio import Studio

_DEVICES = (
    ("auto", later("The fastest there is")),
    ("cpu", later("Processor")),
    ("cuda", later("NVIDIA graphics card")),
    ("mps", later("Apple graphics")),
)
GENTLE_RATE = "3e-4"


class Rarer(QWidget):
    """Variation of the pictures, seed and device.

    Signals:
        changed(): something is asked for otherwise.
    """

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.variations = Variations(studio)
        self.variations.hide()
        self.fold = button(tr("More settings"), self._unfold, kind="quiet", icon="chevron-right")
        self.flip = QCheckBox(tr("Mirror left and right"))
        percent = " %"
        self.shift = NumberField(tr("Shift"), 0, 50, unit=percent)
        self.rotate = NumberField(tr("Turn"), 0, 180, unit="\u00b0")
        self.scale = NumberField(tr("Change of size"), 0, 50, unit=percent)
        self.colour = NumberField(tr("Change of colour"), 0, 100, unit=percent)
        self.seed_field = NumberField(tr("Seed"), 0, 2**31 - 1)
        self.gentle = QCheckBox(tr("Learn more gently"))
        self.device = QComboBox()
        self.device.setAccessibleName(tr("Compute on"))
        for key, words in _DEVICES:
            self.device.addItem(tr(words), key)
        self.parts = QWidget()
        inner = column(gap=theme.SPACE[1])
        inner.addWidget(label(tr("Vary the pictures while training"), "strong"))
        inner.addWidget(label(tr("Helps with few pictures; each is seen many ways."), "caption"))
        inner.addWidget(self.flip)
        for field in (self.shift, self.rotate, self.scale, self.colour):
            inner.addWidget(field)
        inner.addWidget(self.variations)
        inner.addSpacing(theme.SPACE[1])
        inner.addWidget(self.gentle)
        inner.addWidget(self.seed_field)
        inner.addWidget(label(tr("Compute on"), "secondary"))
        inner.addWidget(self.device)
        self.parts.setLayout(inner)
        self.parts.hide()
        stack = column(gap=theme.SPACE[1])
        stack.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        stack.addWidget(self.parts)
        self.setLayout(stack)
        for box in (self.flip, self.gentle):
            box.toggled.connect(lambda _on: self.changed.emit())
        self.device.currentIndexChanged.connect(lambda _index: self.changed.emit())
        for field in (self.shift, self.rotate, self.scale, self.colour, self.seed_field):
            field.changed.connect(lambda _value: self.changed.emit())

    @property
    def seed(self) -> int:
        """Of the run."""
        return int(self.seed_field.value)

    @property
    def device_word(self) -> str:
        """What to compute on."""
        return str(self.device.currentData())

    def sets(self) -> dict[str, str]:
        """Single settings that differ from the preset."""
        found = {"flip": "0.5"} if self.flip.isChecked() else {}
        for name, field in (("shift", self.shift), ("scale", self.scale), ("colour", self.colour)):
            if field.value:
                found[name] = str(field.value / 100)
        if self.rotate.value:
            found["rotate"] = str(self.rotate.value)
        if self.gentle.isChecked():
            found["learning_rate"] = GENTLE_RATE
        return found

    def _unfold(self) -> None:
        shown = not self.parts.isVisible()
        self.parts.setVisible(shown)
        icons.dress(self.fold, "chevron-down" if shown else "chevron-right", "accent")
