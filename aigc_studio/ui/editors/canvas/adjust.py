"""Colours of the selected layers, and how they are enlarged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.document.layer_edits import edit_layers
from aigc_studio.media.placing import Adjust
from aigc_studio.ui.one_step import OneStep
from aigc_studio.ui.translate import later, tr
from aigc_studio.ui.widgets.basics import button
from aigc_studio.ui.widgets.fold import Fold
from aigc_studio.ui.widgets.number_field import NumberField
from aigc_studio.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from aigc_studio.document.canvas import Layer
    from aigc_studio.studio.studio import Studio

_COLOURS = {
    "brightness": later("Brightness"),
    "contrast": later("Contrast"),
    "saturation": later("Saturation"),
}
_LABEL = "Adjust colours"


class AdjustPanel(Fold):
    """Of several layers it shows the highest and changes all."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(tr("Adjust colours"), "sliders")
        self._studio = studio
        self.fields: dict[str, NumberField] = {}
        for key, words in _COLOURS.items():
            self.put(self._field(key, tr(words), 100))
        self.put(self._field("hue", tr("Hue"), 180))
        self.sampling = Segmented(
            {"smooth": tr("Smooth"), "pixels": tr("Hard pixels")}, tr("Enlarged")
        )
        self.sampling.chosen.connect(self._on_sampling)
        self.put(self.sampling)
        self.put(button(tr("As it was"), self._reset, kind="quiet"))
        studio.stage.canvas_changed.connect(self.refresh)
        studio.stage.selection_changed.connect(self.refresh)
        self.refresh()

    def _field(self, key: str, words: str, most: int) -> NumberField:
        made = self.fields[key] = NumberField(words, -most, most)
        made.changed.connect(self._on_colour)
        OneStep(made, self._studio.session, _LABEL, made.drag_began, made.drag_ended)
        return made

    @property
    def _layer(self) -> Layer | None:
        chosen = self._studio.stage.selected
        return chosen[-1] if chosen else None

    def refresh(self) -> None:
        """Show what the selected layer has."""
        layer = self._layer
        self.inside.setEnabled(layer is not None)
        if layer is None:
            return
        for key in _COLOURS:
            self.fields[key].show_value(round(getattr(layer.adjust, key) * 100))
        self.fields["hue"].show_value(layer.adjust.hue)
        self.sampling.choose(layer.sampling)

    def _on_colour(self) -> None:
        parts = {key: self.fields[key].value / 100 for key in _COLOURS}
        self._set(_LABEL, adjust=Adjust(**parts, hue=self.fields["hue"].value))

    def _on_sampling(self, key: str) -> None:
        self._set("Change the sampling", sampling=key)

    def _reset(self) -> None:
        self._set(_LABEL, adjust=Adjust())

    def _set(self, label: str, **fields: object) -> None:
        canvas, chosen = self._studio.stage.canvas, self._studio.stage.selected
        if canvas is not None and chosen:
            each = dict.fromkeys((layer.id for layer in chosen), fields)
            self._studio.session.do(lambda project: edit_layers(project, canvas.id, each, label))
