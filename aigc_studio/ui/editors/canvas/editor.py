"""The canvas document: layers at the left, the canvas, trail and timeline below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout

from aigc_studio.studio.commands import Command
from aigc_studio.ui import theme
from aigc_studio.ui.dock.trail import TrailStrip
from aigc_studio.ui.editors.canvas.adjust import AdjustPanel
from aigc_studio.ui.editors.canvas.commands import canvas_commands
from aigc_studio.ui.editors.canvas.export_dialog import shown
from aigc_studio.ui.editors.canvas.layers_panel import LayersPanel
from aigc_studio.ui.editors.canvas.view import CanvasView
from aigc_studio.ui.editors.timeline.commands import timeline_commands
from aigc_studio.ui.editors.timeline.panel import TimelinePanel
from aigc_studio.ui.keys import Keys, with_keys
from aigc_studio.ui.part import Part
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import column, frame, label, rule, tool
from aigc_studio.ui.widgets.side import Side

if TYPE_CHECKING:
    from aigc_studio.studio.studio import Studio

_CLOSER = 1.25


class CanvasEditor(Part):
    """One canvas; what it does acts on the stage."""

    def __init__(self, studio: Studio, canvas_id: str) -> None:
        super().__init__(studio)
        self._canvas_id = canvas_id
        studio.stage.work_on(canvas_id)
        studio.commands.add(*canvas_commands(studio), *timeline_commands(studio))
        studio.commands.add(*self._commands())
        self.view = CanvasView(studio, canvas_id)
        self.layers = LayersPanel(studio)
        self.adjust = AdjustPanel(studio)
        self.trail = TrailStrip(studio)
        self.timeline = TimelinePanel(studio)
        self.zoom = label("", "caption")
        self.view.zoomed.connect(lambda scale: self.zoom.setText(f"{scale * 100:.0f} %"))
        self.side = self._side()
        middle = column(gap=0)
        middle.addWidget(self._bar())
        middle.addWidget(self.view, 1)
        middle.addWidget(self.trail)
        middle.addWidget(self.timeline)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addWidget(rule(vertical=True))
        row.addLayout(middle, 1)
        Keys(studio.commands, "canvas", self)
        Keys(studio.commands, "dock", self)
        self.view.fit()

    def _commands(self) -> list[Command]:
        """What the page that is shown does; it is the last to add them, see `came`."""
        return [
            Command(
                "canvas.export",
                tr("Export..."),
                shown(self.studio, self.window()),
                ("Ctrl+E",),
                enabled=lambda: self.studio.stage.canvas is not None,
                icon="export",
            ),
            Command(
                "canvas.fit", tr("See all of it"), self._fit, ("0",), "canvas", icon="zoom-fit"
            ),
        ]

    def _fit(self) -> None:
        self.view.fit()

    def _side(self) -> Side:
        stack = column(gap=0)
        stack.addWidget(self.layers, 1)
        stack.addWidget(rule())
        stack.addWidget(self.adjust)
        width = theme.px(theme.SIDE_WIDTH)
        return Side(self, frame("panel", stack), "layers", tr("Layers"), widths=(width, width))

    def _bar(self) -> QFrame:
        commands = self.studio.commands
        row = QHBoxLayout()
        row.setContentsMargins(theme.SPACE[1], 0, theme.SPACE[1], 0)
        row.setSpacing(theme.SPACE[0])
        self.side_button = tool("sidebar", tr("Layers"), self.side.toggle)
        self.side.folded.connect(lambda rail: self.side_button.setVisible(not rail))
        row.addWidget(self.side_button)
        row.addStretch(1)
        row.addWidget(tool("minus", tr("Go back"), lambda: self.view.zoom(1 / _CLOSER)))
        row.addWidget(self.zoom)
        row.addWidget(tool("plus", tr("Come closer"), lambda: self.view.zoom(_CLOSER)))
        tip = with_keys(tr("See all of it"), commands, "canvas.fit")
        row.addWidget(tool("zoom-fit", tip, self._fit))
        tip = with_keys(tr("Export..."), commands, "canvas.export")
        row.addWidget(tool("export", tip, lambda: commands.run("canvas.export")))
        made = frame("bar", row)
        made.setFixedHeight(theme.px(theme.TOOLBAR))
        return made

    def came(self) -> None:
        """This canvas is worked on now."""
        self.studio.commands.add(*self._commands())
        self.studio.stage.work_on(self._canvas_id)
        self.view.setFocus()
