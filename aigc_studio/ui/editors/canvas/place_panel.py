"""Where the selected layer lies, how large, how far turned, as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from aigc_studio.document.layer_edits import place_layer, rotate_layer, scale_layer
from aigc_studio.media.placing import LARGEST_SCALE, SMALLEST_SCALE
from aigc_studio.ui import theme
from aigc_studio.ui.editors.timeline.key_button import KeyButton
from aigc_studio.ui.one_step import OneStep
from aigc_studio.ui.translate import later, tr
from aigc_studio.ui.widgets.basics import label
from aigc_studio.ui.widgets.fold import Fold
from aigc_studio.ui.widgets.number_field import NumberField

if TYPE_CHECKING:
    from aigc_studio.document.canvas import Canvas, Layer
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Project
    from aigc_studio.studio.studio import Studio

_FARTHEST = 100_000
_WIDTH = 112
_STEPS = {
    "x": later("Move a layer"),
    "y": later("Move a layer"),
    "scale": later("Scale a layer"),
    "rotation": later("Rotate a layer"),
}


class PlacePanel(Fold):
    """One layer at a time; the place is that of its middle."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(tr("Place and size"), "directions")
        self._studio = studio
        low, high = SMALLEST_SCALE * 100, LARGEST_SCALE * 100
        self.fields = {
            "x": NumberField(tr("Across"), -_FARTHEST, _FARTHEST, decimals=1, unit=" px"),
            "y": NumberField(tr("Down"), -_FARTHEST, _FARTHEST, decimals=1, unit=" px"),
            "scale": NumberField(tr("Scale"), low, high, decimals=1, unit=" %"),
            "rotation": NumberField(tr("Turned"), -180, 180, decimals=1, unit="°"),
        }
        self.fields["rotation"].spin.setWrapping(True)
        for key, field in self.fields.items():
            field.spin.setFixedWidth(theme.px(_WIDTH))
            self._bind(key, field)
            field.put_before(KeyButton(studio, key))
            self.put(field)
        self.put(self._visible())
        studio.head.posed.connect(self.refresh)
        studio.stage.canvas_changed.connect(self.refresh)
        studio.stage.selection_changed.connect(self.refresh)
        self.refresh()

    def _visible(self) -> QWidget:
        """The eye stands in the list of layers; here is the key for it."""
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(tr("Visible"), "secondary"))
        row.addStretch(1)
        row.addWidget(KeyButton(self._studio, "visible"))
        row.addSpacing(theme.px(_WIDTH) + theme.SPACE[1])
        made = QWidget()
        made.setLayout(row)
        return made

    def _bind(self, key: str, field: NumberField) -> None:
        field.changed.connect(lambda _value: self._write(key))
        began, ended = field.drag_began, field.drag_ended
        OneStep(field, self._studio.session, _STEPS[key], began, ended)

    @property
    def _layer(self) -> Layer | None:
        chosen = self._studio.stage.selected
        return self._studio.head.seen_layer(chosen[0]) if len(chosen) == 1 else None

    def refresh(self) -> None:
        """Show what the layer has."""
        layer = self._layer
        self.inside.setEnabled(layer is not None)
        if layer is not None:
            for key in ("x", "y", "rotation"):
                self.fields[key].show_value(getattr(layer, key))
            self.fields["scale"].show_value(layer.scale * 100)

    def _write(self, key: str) -> None:
        layer, canvas = self._layer, self._studio.stage.canvas
        if layer is not None and canvas is not None:
            self._studio.session.do(lambda project: self._edit(key, project, canvas, layer))

    def _edit(self, key: str, project: Project, canvas: Canvas, layer: Layer) -> Edit:
        value = self.fields[key].value
        match key:
            case "scale":
                return scale_layer(project, canvas.id, layer.id, value / 100)
            case "rotation":
                return rotate_layer(project, canvas.id, layer.id, value)
        x, y = (value, layer.y) if key == "x" else (layer.x, value)
        return place_layer(project, canvas.id, layer.id, x, y)
