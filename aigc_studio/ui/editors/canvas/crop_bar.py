"""The numbers of a crop, its shape, and what ends it; there only while something is cropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout

from aigc_studio.document.canvas import MAX_SIDE
from aigc_studio.media.placing import Crop
from aigc_studio.ui import theme
from aigc_studio.ui.translate import later, tr
from aigc_studio.ui.widgets.basics import button, column, label
from aigc_studio.ui.widgets.number_field import NumberField
from aigc_studio.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from aigc_studio.ui.editors.canvas.crop_tool import CropTool

_NUMBERS = {
    "left": later("X"),
    "top": later("Y"),
    "width": later("Width"),
    "height": later("Height"),
}
_RATIOS = {"free": later("Free"), "square": later("1 : 1"), "original": later("Original")}


class CropBar(QFrame):
    """Bound to the tool; hidden until it begins."""

    def __init__(self, tool: CropTool) -> None:
        super().__init__()
        self._tool = tool
        self.setProperty("kind", "popover")
        self.title = label("", "strong")
        self.ratio = Segmented({key: tr(words) for key, words in _RATIOS.items()}, tr("Shape"))
        self.ratio.chosen.connect(self._on_ratio)
        self.fields = {key: NumberField(tr(words), 0, MAX_SIDE) for key, words in _NUMBERS.items()}
        for field in self.fields.values():
            field.changed.connect(self._on_number)
        self.ok = button(tr("Crop"), tool.apply, kind="primary", icon="check")
        self.cancel = button(tr("Cancel"), tool.give_up)
        head, numbers = QHBoxLayout(), QHBoxLayout()
        for part in (self.title, self.ratio, self.cancel, self.ok):
            head.addWidget(part)
        for field in self.fields.values():
            numbers.addWidget(field)
        stack = column(gap=theme.SPACE[2], margin=theme.SPACE[2])
        for row in (head, numbers):
            row.setSpacing(theme.SPACE[2])
            stack.addLayout(row)
        self.setLayout(stack)
        QShortcut(QKeySequence("Esc"), self).activated.connect(tool.give_up)
        tool.changed.connect(self.refresh)
        tool.ended.connect(self.hide)
        self.hide()

    def begin(self) -> None:
        """Come, with any shape allowed."""
        self.title.setText(tr("Crop the layer") if self._tool.layer_id else tr("Crop the canvas"))
        self.ratio.choose("free")
        self.refresh()
        self.show()

    def refresh(self) -> None:
        """Show the rectangle as it is now."""
        for key, field in self.fields.items():
            field.show_value(getattr(self._tool.crop, key))

    def _on_ratio(self, key: str) -> None:
        width, height = self._tool.size
        ratios = {"free": None, "square": 1.0, "original": width / height}
        self._tool.set_ratio(ratios[key])

    def _on_number(self) -> None:
        values = {key: round(field.value) for key, field in self.fields.items()}
        ratio, before = self._tool.ratio, self._tool.crop
        if ratio is not None and values["height"] != before.height:
            values["width"] = round(values["height"] * ratio)
        elif ratio is not None and values["width"] != before.width:
            values["height"] = round(values["width"] / ratio)
        sides = {key: max(values[key], 1) for key in ("width", "height")}
        self._tool.set_crop(Crop(left=values["left"], top=values["top"], **sides))
        self.refresh()
