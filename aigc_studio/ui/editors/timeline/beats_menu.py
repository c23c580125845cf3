"""The tempo: beats a minute, where they begin, bars, and the film's length in bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QWidget, QWidgetAction

from aigc_studio.ui import theme
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import button, column
from aigc_studio.ui.widgets.number_field import NumberField

if TYPE_CHECKING:
    from aigc_studio.document.tracks import Beats
    from aigc_studio.studio.studio import Studio

_MOST_BARS = 999


class BeatsForm(QWidget):
    """Binds to the grid of the canvas that is worked on."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio, desk = studio, studio.markers
        self.on = QCheckBox(tr("Show beats"))
        self.bpm = NumberField(tr("Beats a minute"), 20, 400, decimals=1)
        self.offset = NumberField(tr("First beat"), 0, 600, step=0.01, decimals=2, unit=" s")
        self.per_bar = NumberField(tr("Beats in a bar"), 1, 32)
        self.snap = QCheckBox(tr("Draw keys and play head to beats"))
        self.tap = button(tr("Tap the tempo"), desk.tap)
        self.bars = NumberField(tr("Bars"), 1, _MOST_BARS)
        self.fit = button(tr("Fit the length"), lambda: desk.fit_bars(round(self.bars.value)))
        self.on.clicked.connect(desk.toggle_beats)
        self.snap.clicked.connect(lambda on: desk.set_beats(snap=on))
        self.bpm.changed.connect(lambda value: desk.set_beats(bpm=value))
        self.offset.changed.connect(lambda value: desk.set_beats(offset=value))
        self.per_bar.changed.connect(lambda value: desk.set_beats(per_bar=round(value)))
        stack = column(gap=theme.SPACE[1], margin=theme.SPACE[2])
        for part in (self.on, self.bpm, self.tap, self.offset, self.per_bar, self.snap):
            stack.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(self.bars)
        row.addWidget(self.fit)
        stack.addLayout(row)
        self.setLayout(stack)
        studio.stage.canvas_changed.connect(self.refresh)
        self.refresh()
        self.bars.show_value(desk.bars)

    def refresh(self) -> None:
        """Show the grid as it is now."""
        beats: Beats | None = self._studio.markers.beats
        self.on.setChecked(beats is not None)
        for part in (self.offset, self.per_bar, self.snap, self.bars, self.fit):
            part.setEnabled(beats is not None)
        if beats is not None:
            self.bpm.show_value(beats.bpm)
            self.offset.show_value(beats.offset)
            self.per_bar.show_value(beats.per_bar)
            self.snap.setChecked(beats.snap)


def beats_menu(studio: Studio, parent: QWidget) -> QMenu:
    """The form as a popover for the moment."""
    made = QMenu(parent)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    holder = QWidgetAction(made)
    holder.setDefaultWidget(BeatsForm(studio))
    made.addAction(holder)
    return made
