"""Layers become one plain picture: drawn and packed in a thread, put in their place after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.document.canvas_edits import new_layers
from aigc_studio.document.laying import flatten_layers
from aigc_studio.document.rendering import Pictures, part_of
from aigc_studio.document.renders import flat_of, flat_png
from aigc_studio.studio.making import Making

if TYPE_CHECKING:
    from aigc_studio.document.canvas import Canvas


class Flattening(Making):
    """One at a time; what is asked for meanwhile is passed over."""

    def flatten(self, canvas: Canvas, layer_ids: tuple[str, ...]) -> None:
        """Make one picture of layers; `done` or `told` follows."""
        if self.busy:
            return
        store = self._session.store
        project, pictures = store.project, Pictures(store.asset_path)
        self._make(
            lambda: flat_png(project, canvas, layer_ids, pictures),
            lambda made: self._lay(canvas, layer_ids, made),
        )

    def _lay(
        self, canvas: Canvas, layer_ids: tuple[str, ...], made: tuple[bytes, tuple[int, int]]
    ) -> None:
        session = self._session
        with session.attempt(), session.gesture("Flatten layers"):
            now = session.project.canvases.get(canvas.id)
            if now is None or part_of(now, layer_ids) != part_of(canvas, layer_ids):
                raise StudioError(
                    "The layers were changed while one picture was made of them.",
                    kept="They are as you changed them.",
                    todo="Flatten them again.",
                    kind="busy",
                )
            asset = flat_of(session.store, *made, canvas, layer_ids)
            edit = flatten_layers(session.project, canvas.id, layer_ids, asset)
            session.apply(edit)
            self.done.emit(new_layers(edit))
