"""One source of the mix: its picture, its weight, a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.dock.preview import Preview
from aigc_studio.ui.dock.slider import Slider
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import label, tool

if TYPE_CHECKING:
    from aigc_studio.studio.blend import Blend, Source

_SIDE = 44
_LETTERS = "ABCDEFGH"


class SourceRow(QWidget):
    """Bound to the source at one place of the mix.

    Signals:
        held(bool): a drag began or ended.

    Attributes:
        source: what it shows.
    """

    held = Signal(bool)

    def __init__(self, blend: Blend, place: int) -> None:
        super().__init__()
        self._blend = blend
        self.source: Source = blend.sources[place]
        letter = _LETTERS[place]
        name = tr("Source {letter}", letter=letter)
        self.preview = Preview(name)
        self.preview.setFixedSize(theme.px(_SIDE), theme.px(_SIDE))
        self.preview.show_dashed(False)
        self.slider = Slider(tr("Weight of {letter}", letter=letter), 0.0, 1.0, 1.0)
        room = self.slider.sizePolicy()
        room.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        room.setRetainSizeWhenHidden(True)
        self.slider.setSizePolicy(room)
        self.slider.moved.connect(lambda weight: blend.set_weight(self.source.number, weight))
        self.slider.held.connect(self.held)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE[1])
        row.addWidget(label(letter, "caption"))
        row.addWidget(self.preview)
        row.addWidget(self.slider, 1)
        words = tr("Take {letter} out", letter=letter)
        row.addWidget(tool("close", words, lambda: blend.remove(self.source.number)))

    def show_source(self, source: Source, *, weighed: bool) -> None:
        """Show its picture, and its weight where weights count."""
        self.source = source
        self.preview.show_picture(source.picture)
        self.slider.setVisible(weighed)
        if not self.slider.isSliderDown():
            self.slider.show_number(source.weight)
