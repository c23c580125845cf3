"""Mix: from one point to another, round the sphere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.dock.preview import Preview
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import button, column, label

if TYPE_CHECKING:
    from aigc_studio.studio.studio import Studio
    from aigc_studio.studio.trail import Played

_STEPS = 1000


class MixPage(QWidget):
    """Two sources and a slider between them.

    Signals:
        held(bool): a drag began or ended.
    """

    held = Signal(bool)

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._instrument = studio.instrument
        self.sources: dict[str, Played] = {}
        self._previews: dict[str, Preview] = {}
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE[2])
        for side, name in (("a", tr("Source A")), ("b", tr("Source B"))):
            row.addLayout(self._side(side, name))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _STEPS)
        self.slider.setAccessibleName(tr("From A to B"))
        self.slider.setEnabled(False)
        self.slider.valueChanged.connect(self._mix)
        self.slider.sliderPressed.connect(lambda: self.held.emit(True))
        self.slider.sliderReleased.connect(lambda: self.held.emit(False))
        self.hint = label("", "caption", wrap=True)
        stack = column(gap=theme.SPACE[2])
        stack.addLayout(row)
        stack.addWidget(self.slider)
        stack.addWidget(self.hint)
        stack.addStretch(1)
        self.setLayout(stack)
        studio.choice.changed.connect(self._forget)
        self._forget()

    def _side(self, side: str, name: str) -> QVBoxLayout:
        preview = Preview(name)
        preview.setFixedHeight(theme.px(theme.THUMBNAIL))
        self._previews[side] = preview
        made = column()
        made.addWidget(preview)
        made.addWidget(button(name, lambda: self.take(side)))
        return made

    def take(self, side: str) -> None:
        """The present result becomes a source."""
        played = self._instrument.result
        if played is None:
            return
        self.sources[side] = played
        self._previews[side].show_picture(played.picture)
        self._previews[side].show_dashed(False)
        self.slider.blockSignals(True)
        self.slider.setValue(_STEPS if side == "b" else 0)
        self.slider.blockSignals(False)
        self._refresh()

    def _refresh(self) -> None:
        ready = len(self.sources) == len(self._previews)
        self.slider.setEnabled(ready)
        self.hint.setText(
            tr("Drag from A to B.")
            if ready
            else tr("Go somewhere and press Source A, go elsewhere and press Source B.")
        )

    def _forget(self) -> None:
        self.sources.clear()
        for preview in self._previews.values():
            preview.show_picture(type(preview.image)())
            preview.show_dashed(True)
        self._refresh()

    def _mix(self, value: int) -> None:
        if len(self.sources) == len(self._previews):
            ends = self.sources["a"].code, self.sources["b"].code
            self._instrument.mix(*ends, value / _STEPS)
