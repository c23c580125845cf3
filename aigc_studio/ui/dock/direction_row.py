"""One direction: its name, how far we are along it, whether it is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from aigc_studio.studio.directions import KEPT
from aigc_studio.ui import icons, theme
from aigc_studio.ui.dock.slider import Slider
from aigc_studio.ui.translate import titled, tr
from aigc_studio.ui.widgets.basics import column, label, tool

if TYPE_CHECKING:
    from aigc_studio.studio.directions import Directions, Heading

REACH = 4.0


def name_of(heading: Heading) -> str:
    """What a direction is called."""
    return heading.name or tr("Direction {number}", number=heading.number)


class DirectionRow(QWidget):
    """A slider in standard deviations; a kept direction's name can be typed over.

    Attributes:
        heading: the direction.
        slider, number: how far we are.
        lock: holds it while the rest is explored.
    """

    def __init__(self, directions: Directions, heading: Heading, tip: str) -> None:
        super().__init__()
        self._directions, self.heading = directions, heading
        name = name_of(heading)
        self.slider = Slider(name, -REACH, REACH, 0.0)
        self.slider.setToolTip(tip)
        self.slider.moved.connect(lambda amount: directions.go({heading: amount}))
        self.number = label("", "caption")
        self.lock = tool("unlock", titled(tr("Hold while exploring"), name), self._hold)
        self.lock.setCheckable(True)
        self._line = self._place(QHBoxLayout())

    def _place(self, line: QHBoxLayout) -> QHBoxLayout:
        line.setSpacing(theme.SPACE[0])
        line.addWidget(self.lock)
        line.addWidget(self._name(), 1)
        line.addWidget(self.number)
        if self.heading.kind == KEPT:
            words = titled(tr("Remove"), self.heading.name)
            line.addWidget(tool("trash", words, lambda: self._directions.remove(self.heading)))
        else:
            words = titled(tr("Keep under a name"), name_of(self.heading))
            line.addWidget(tool("star", words, self._keep))
        stack = column(gap=0)
        stack.addLayout(line)
        stack.addWidget(self.slider)
        self.setLayout(stack)
        return line

    def add(self, widget: QWidget) -> None:
        """One more control at the end of the line."""
        self._line.addWidget(widget)

    def _name(self) -> QWidget:
        if self.heading.kind != KEPT:
            words = label(name_of(self.heading), "caption")
            words.setBuddy(self.slider)
            return words
        made = QLineEdit(self.heading.name)
        made.setAccessibleName(tr("Name of the direction"))
        made.setMaxLength(200)
        if self.heading.elsewhere:
            made.setToolTip(tr("It was found in another model."))
        made.editingFinished.connect(lambda: self._rename(made))
        return made

    def show_state(self, amount: float, held: bool) -> None:
        """Show how far we are, and whether it is held."""
        if not self.slider.isSliderDown():
            self.slider.show_number(amount)
        self.number.setText(f"{amount:+.2f}")
        self.slider.setEnabled(not held)
        if self.lock.isChecked() != held or not self.lock.property("seen"):
            self.lock.setProperty("seen", True)
            self.lock.setChecked(held)
            icons.dress(self.lock, "lock" if held else "unlock", "accent" if held else "secondary")

    def _hold(self) -> None:
        self._directions.hold(self.heading, self.lock.isChecked())

    def _keep(self) -> None:
        self._directions.keep(self.heading, name_of(self.heading))

    def _rename(self, field: QLineEdit) -> None:
        name = field.text().strip()
        if name and name != self.heading.name:
            self._directions.rename(self.heading, name)
        else:
            field.setText(self.heading.name)
