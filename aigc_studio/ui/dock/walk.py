"""The walk of chance: start, speed, reach, and a loop of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from aigc_studio.studio.wander import FASTEST, LONGEST, SHORTEST, SLOWEST
from aigc_studio.ui import icons, theme
from aigc_studio.ui.dock.slider import Slider
from aigc_studio.ui.keys import with_keys
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import button, column, label
from aigc_studio.ui.widgets.number_field import NumberField

if TYPE_CHECKING:
    from aigc_studio.studio.studio import Studio


class WalkPage(QWidget):
    """Folded until it is asked for."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio, self._wander = studio, studio.wander
        self.start = button("", lambda: studio.commands.run("play.walk"), icon="play")
        self.speed = Slider(tr("Speed of the walk"), SLOWEST, FASTEST, 1.0)
        self.speed.moved.connect(self._wander.set_speed)
        self.reach = Slider(tr("Reach of the walk"), 0.05, 1.0, 0.6)
        self.reach.setToolTip(tr("How far it goes from where it starts"))
        self.reach.moved.connect(self._wander.set_reach)
        self.seconds = NumberField(
            tr("Loop"), SHORTEST, LONGEST, 4.0, step=0.5, decimals=1, unit=" s"
        )
        self.loop = button(tr("Make a loop"), self._loop, icon="loop")
        self.loop.setToolTip(
            tr("Write a closed walk to the timeline of the layer; its other keys go")
        )
        stack = column()
        stack.addWidget(self.start)
        stack.addLayout(self._sliders())
        stack.addLayout(self._foot())
        self.setLayout(stack)
        studio.wander.changed.connect(self.refresh)
        studio.living.target_changed.connect(self.refresh)
        studio.instrument.moved.connect(self._on_moved)
        self.refresh()

    def refresh(self) -> None:
        """Show whether it walks, and what can be done."""
        walking = self._wander.is_walking
        words = tr("Stop walking") if walking else tr("Walk from here")
        self.start.setText(words)
        self.start.setToolTip(with_keys(words, self._studio.commands, "play.walk"))
        icons.dress(self.start, "stop" if walking else "play")
        self.loop.setEnabled(self._studio.living.target is not None)
        self._on_moved()

    def _on_moved(self) -> None:
        able = self._studio.instrument.code is not None
        if self.start.isEnabled() != able:
            self.start.setEnabled(able)

    def _sliders(self) -> QGridLayout:
        made = QGridLayout()
        made.setHorizontalSpacing(theme.SPACE[1])
        made.setVerticalSpacing(0)
        for row, (words, slider) in enumerate(
            ((tr("Speed"), self.speed), (tr("Reach"), self.reach))
        ):
            made.addWidget(label(words, "caption"), row, 0)
            made.addWidget(slider, row, 1)
        return made

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE[1])
        row.addWidget(self.seconds, 1)
        row.addWidget(self.loop)
        return row

    def _loop(self) -> None:
        self._wander.loop(self.seconds.value)
