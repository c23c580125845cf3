"""Colours and crop of the selected layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from aigc_studio.document.layer_edits import edit_layers, set_adjust, set_crop
from aigc_studio.media.placing import Adjust, Crop
from aigc_studio.ui import theme
from aigc_studio.ui.translate import later, tr
from aigc_studio.ui.widgets.basics import button, column
from aigc_studio.ui.widgets.number_field import NumberField

if TYPE_CHECKING:
    from aigc_studio.document.canvas import Layer
    from aigc_studio.studio.studio import Studio

_COLOURS = {
    "brightness": later("Brightness"),
    "contrast": later("Contrast"),
    "saturation": later("Saturation"),
}
_SIDES = {
    "left": later("Crop left"),
    "top": later("Crop top"),
    "right": later("Crop right"),
    "bottom": later("Crop bottom"),
}
_MOST = 8192


class AdjustPanel(QWidget):
    """Folded until it is asked for."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self.fold = button(tr("Adjust and crop"), self._toggle, kind="quiet", icon="sliders")
        self.fold.setCheckable(True)
        self.fields: dict[str, NumberField] = {}
        inside = column(gap=theme.SPACE[0])
        for key, words in _COLOURS.items():
            inside.addWidget(self._field(key, tr(words), -100, 100, self._on_colour))
        inside.addWidget(self._field("hue", tr("Hue"), -180, 180, self._on_colour))
        for key, words in _SIDES.items():
            inside.addWidget(self._field(key, tr(words), 0, _MOST, self._on_crop))
        inside.addWidget(button(tr("As it was"), self._reset, kind="quiet"))
        self._inside = QWidget()
        self._inside.setLayout(inside)
        self._inside.hide()
        stack = column(margin=theme.SPACE[1])
        stack.addWidget(self.fold)
        stack.addWidget(self._inside)
        self.setLayout(stack)
        studio.stage.canvas_changed.connect(self.refresh)
        studio.stage.selection_changed.connect(self.refresh)
        self.refresh()

    def _field(self, key: str, words: str, low: int, high: int, then: object) -> NumberField:
        made = self.fields[key] = NumberField(words, low, high)
        made.changed.connect(then)
        label = "Adjust colours" if then == self._on_colour else "Crop a layer"
        made.drag_began.connect(lambda: self._studio.session.begin_gesture(label))
        made.drag_ended.connect(self._studio.session.end_gesture)
        return made

    @property
    def _layer(self) -> Layer | None:
        chosen = self._studio.stage.selected
        return chosen[0] if len(chosen) == 1 else None

    def refresh(self) -> None:
        """Show what the selected layer has."""
        layer = self._layer
        self._inside.setEnabled(layer is not None)
        if layer is None:
            return
        for key in _COLOURS:
            self.fields[key].show_value(round(getattr(layer.adjust, key) * 100))
        self.fields["hue"].show_value(layer.adjust.hue)
        width, height = self._size(layer)
        crop = layer.crop or Crop(left=0, top=0, width=width, height=height)
        self.fields["left"].show_value(crop.left)
        self.fields["top"].show_value(crop.top)
        self.fields["right"].show_value(width - crop.left - crop.width)
        self.fields["bottom"].show_value(height - crop.top - crop.height)

    def _size(self, layer: Layer) -> tuple[int, int]:
        asset = self._studio.session.project.assets[layer.asset]
        return max(asset.width, 1), max(asset.height, 1)

    def _on_colour(self) -> None:
        layer, canvas = self._layer, self._studio.stage.canvas
        if layer is None or canvas is None:
            return
        parts = {key: self.fields[key].value / 100 for key in _COLOURS}
        wanted = Adjust(**parts, hue=self.fields["hue"].value)
        self._studio.session.do(lambda project: set_adjust(project, canvas.id, layer.id, wanted))

    def _on_crop(self) -> None:
        layer, canvas = self._layer, self._studio.stage.canvas
        if layer is None or canvas is None:
            return
        width, height = self._size(layer)
        left, top, right, bottom = (round(self.fields[key].value) for key in _SIDES)
        left, top = min(left, width - 1), min(top, height - 1)
        wide, high = max(width - left - right, 1), max(height - top - bottom, 1)
        crop = Crop(left=left, top=top, width=wide, height=high)
        whole = (wide, high) == (width, height)
        self._studio.session.do(
            lambda project: set_crop(project, canvas.id, layer.id, None if whole else crop)
        )

    def _reset(self) -> None:
        layer, canvas = self._layer, self._studio.stage.canvas
        if layer is not None and canvas is not None:
            fields = {layer.id: {"adjust": Adjust(), "crop": None}}
            self._studio.session.do(
                lambda project: edit_layers(project, canvas.id, fields, "Adjust colours")
            )

    def _toggle(self) -> None:
        self._inside.setVisible(self.fold.isChecked())
