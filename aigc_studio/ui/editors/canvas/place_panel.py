"""Where the selected layers lie, how large, how far turned, as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from aigc_studio.document.layer_edits import place_layer, rotate_layer, scale_layer
from aigc_studio.document.stacking import layers_in, seen_layers
from aigc_studio.document.transforming import (
    Frame,
    Transform,
    factor_within,
    frame_of,
    transform_layers,
)
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
    """The place is that of the middle: of a layer, or of the frame round several.

    Several layers, or groups, have no one size and angle: what is shown of them is how they
    were scaled and turned since they were selected.
    """

    def __init__(self, studio: Studio) -> None:
        super().__init__(tr("Place and size"), "directions")
        self._studio = studio
        self._first: Layer | None = None  # of several, as it was when they were selected
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
        studio.stage.selection_changed.connect(self._on_selection)
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

    def _on_selection(self) -> None:
        self._first = next(iter(self._several), None)
        self.refresh()

    @property
    def _layer(self) -> Layer | None:
        """The one layer that is selected, and nothing else."""
        chosen = self._studio.stage.selected
        alone = len(chosen) == len(self._studio.stage.members) == 1
        return self._studio.head.seen_layer(chosen[0]) if alone else None

    @property
    def _several(self) -> tuple[Layer, ...]:
        """The layers that are selected or in selected groups; none where `_layer` is one."""
        seen = self._studio.head.seen
        return () if seen is None or self._layer else layers_in(seen, self._chosen)

    @property
    def _chosen(self) -> tuple[str, ...]:
        return self._studio.stage.selection

    def refresh(self) -> None:
        """Show what is selected."""
        layer, frame = self._layer, self._frame()
        self.inside.setEnabled(layer is not None or frame is not None)
        if layer is not None:
            for key in ("x", "y", "rotation"):
                self.fields[key].show_value(getattr(layer, key))
            self.fields["scale"].show_value(layer.scale * 100)
        elif frame is not None:
            factor, degrees = self._since()
            shown = {"x": frame.x, "y": frame.y, "scale": factor * 100, "rotation": degrees}
            for key, value in shown.items():
                self.fields[key].show_value(value)

    def _frame(self) -> Frame | None:
        """What lies round several: those that are seen, as the canvas draws it."""
        several, seen = self._several, self._studio.head.seen
        if not several or seen is None:
            return None
        visible = {layer.id for layer in seen_layers(seen)}
        shown = [layer for layer in several if layer.id in visible] or several
        project = self._studio.session.project
        return Frame.round(frame_of(project, layer) for layer in shown)

    def _since(self) -> tuple[float, float]:
        """How many times as large several are as when they were selected, and how far turned."""
        now = {layer.id: layer for layer in self._several}
        first = self._first
        if first is None or first.id not in now:
            self._first = first = self._several[0]
        here = now[first.id]
        return here.scale / first.scale, (here.rotation - first.rotation + 180) % 360 - 180

    def _write(self, key: str) -> None:
        canvas, layer, frame = self._studio.stage.canvas, self._layer, self._frame()
        session = self._studio.session
        if canvas is None:
            return
        if layer is not None:
            session.do(lambda project: self._edit(key, project, canvas, layer))
        elif frame is not None:
            way, chosen, label = self._way(key, frame), self._chosen, _STEPS[key]
            session.do(lambda project: transform_layers(project, canvas.id, chosen, way, label))
            self.refresh()  # it may not go as far as was typed

    def _edit(self, key: str, project: Project, canvas: Canvas, layer: Layer) -> Edit:
        value = self.fields[key].value
        match key:
            case "scale":
                return scale_layer(project, canvas.id, layer.id, value / 100)
            case "rotation":
                return rotate_layer(project, canvas.id, layer.id, value)
        x, y = (value, layer.y) if key == "x" else (layer.x, value)
        return place_layer(project, canvas.id, layer.id, x, y)

    def _way(self, key: str, frame: Frame) -> Transform:
        """What a number that was changed means for several."""
        value, (factor, degrees) = self.fields[key].value, self._since()
        match key:
            case "scale":
                seen = self._studio.head.seen
                assert seen is not None
                meant = factor_within(seen, self._chosen, value / 100 / factor)
                return Transform(frame.x, frame.y, factor=meant)
            case "rotation":
                return Transform(frame.x, frame.y, degrees=value - degrees)
            case "x":
                return Transform(right=value - frame.x)
        return Transform(down=value - frame.y)
