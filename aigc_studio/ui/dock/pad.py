"""The pad: the map, its two numbers, and what the map does not show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.dock.map import Map
from aigc_studio.ui.dock.neighbours import NeighbourStrip
from aigc_studio.ui.translate import counted, tr
from aigc_studio.ui.widgets.basics import column, label
from aigc_studio.ui.widgets.number_field import NumberField
from aigc_studio.ui.wording import told

if TYPE_CHECKING:
    from aigc_studio.studio.studio import Studio

HIDDEN_FROM = 0.5


class PadPage(QWidget):
    """A drag on the map or new numbers move; a hint counts the directions that it hides."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._instrument, self._atlas, self._lock = studio.instrument, studio.atlas, studio.lock
        self.map = Map(studio)
        self.across = NumberField(tr("Across"), -9, 9, step=0.1, decimals=2)
        self.up = NumberField(tr("Up"), -9, 9, step=0.1, decimals=2)
        for field in (self.across, self.up):
            field.changed.connect(self._on_number)
            field.drag_began.connect(lambda: self.map.held.emit(True))
            field.drag_ended.connect(lambda: self.map.held.emit(False))
            field.setToolTip(tr("In standard deviations from the middle"))
        self.hint = label("", "caption", wrap=True)
        two_lines = 2 * self.hint.fontMetrics().lineSpacing()
        self.hint.setMinimumHeight(two_lines)  # or the map would jump with its words
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.strip = NeighbourStrip(studio)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE[2])
        row.addWidget(self.across)
        row.addWidget(self.up)
        stack = column()
        stack.addWidget(self.map, 1)
        stack.addLayout(row)
        stack.addWidget(self.hint)
        stack.addWidget(self.strip)
        self.setLayout(stack)
        studio.instrument.moved.connect(self._on_moved)
        studio.atlas.note_changed.connect(self._on_moved)
        studio.lock.changed.connect(self._on_moved)
        self._on_moved()

    def _on_moved(self) -> None:
        x, y = self._atlas.position
        self.across.show_value(x)
        self.up.show_value(y)
        self.hint.setText(self._told())

    def _told(self) -> str:
        trouble = self._atlas.trouble
        if trouble is not None and trouble.kind != "missing":
            return told(trouble)
        if trouble is not None:
            return tr('The map by likeness needs the extra "map": pip install "aigc-studio[map]".')
        if self._atlas.mode == "likeness":
            return tr("Like lies beside like; between pictures their points are mixed.")
        if self._atlas.is_working:
            return tr("The map by likeness is being drawn...")
        if self._lock.holds_axes(0, 1):
            return tr("Both directions of the pad are locked, so it stays: let one go to move.")
        hidden = sum(abs(amount) > HIDDEN_FROM for amount in self._instrument.amounts[2:])
        if not hidden:
            return tr("It lies on the map.")
        return counted(
            hidden,
            "It also lies away from the map in {n} direction that is not shown.",
            "It also lies away from the map in {n} directions that are not shown.",
        )

    def _on_number(self) -> None:
        self._atlas.go(self.across.value, self.up.value)
