"""What is in hand: the size, hardness, opacity and colour of the brush, and what it goes onto."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QColorDialog, QFrame, QHBoxLayout, QPushButton

from aigc_studio.media.brush import LARGEST, SMALLEST
from aigc_studio.ui import theme
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import button, column
from aigc_studio.ui.widgets.number_field import NumberField
from aigc_studio.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.editors.canvas.brush_tool import BrushTool


class BrushBar(QFrame):
    """Bound to the brush; there only while it is in hand."""

    def __init__(self, studio: Studio, tool: BrushTool) -> None:
        super().__init__()
        self._studio, self._painting, self._tool = studio, studio.painting, tool
        self.setProperty("kind", "popover")
        self.ink = Segmented({"paint": tr("Brush"), "erase": tr("Eraser")}, tr("Tool"))
        self.ink.chosen.connect(self._on_ink)
        self.place = Segmented({"picture": tr("Picture"), "mask": tr("Mask")}, tr("Paint on"))
        self.place.chosen.connect(self._on_place)
        self.size_field = NumberField(tr("Size"), SMALLEST, LARGEST, unit=" px")
        self.hardness = NumberField(tr("Hardness"), 0, 100, unit=" %")
        self.opacity = NumberField(tr("Opacity"), 1, 100, unit=" %")
        self.size_field.changed.connect(lambda value: self._painting.change(size=value))
        self.hardness.changed.connect(lambda value: self._painting.change(hardness=value / 100))
        self.opacity.changed.connect(lambda value: self._painting.change(opacity=value / 100))
        self.colour: QPushButton = button(tr("Colour..."), self._ask_colour)
        head, numbers = QHBoxLayout(), QHBoxLayout()
        for part in (self.ink, self.place):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self.colour)
        for field in (self.size_field, self.hardness, self.opacity):
            numbers.addWidget(field)
        stack = column(gap=theme.SPACE[2], margin=theme.SPACE[2])
        for row in (head, numbers):
            row.setSpacing(theme.SPACE[2])
            stack.addLayout(row)
        self.setLayout(stack)
        self._painting.brush_changed.connect(self.refresh)
        studio.stage.selection_changed.connect(self.refresh)
        studio.stage.canvas_changed.connect(self.refresh)
        self.refresh()
        self.hide()

    def refresh(self) -> None:
        """Show the brush as it is now."""
        brush, painting = self._painting.brush, self._painting
        self.size_field.show_value(brush.size)
        self.hardness.show_value(brush.hardness * 100)
        self.opacity.show_value(brush.opacity * 100)
        members = self._studio.stage.members
        masked = bool(members) and members[-1].mask is not None
        if not masked:
            painting.on_mask = False
        self.place.setVisible(masked)
        self.place.choose("mask" if painting.on_mask else "picture")
        self.ink.choose("erase" if self._tool.erases else "paint")
        self.colour.setVisible(not painting.on_mask)
        swatch = QPixmap(theme.px(theme.ICON), theme.px(theme.ICON))
        swatch.fill(QColor(*brush.colour))
        self.colour.setIcon(QIcon(swatch))

    def _on_ink(self, key: str) -> None:
        self._studio.commands.run("canvas.eraser" if key == "erase" else "canvas.brush")

    def _on_place(self, key: str) -> None:
        self._painting.on_mask = key == "mask"
        self.refresh()

    def _ask_colour(self) -> None:
        dialog = QColorDialog(QColor(*self._painting.brush.colour), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(self.choose_colour)
        dialog.open()

    def choose_colour(self, colour: QColor) -> None:
        """Take a colour in hand."""
        self._painting.change(colour=(colour.red(), colour.green(), colour.blue()))
