"""A layer as a seamless tile: worked out in a thread, laid on top after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.document.canvas_edits import new_layers
from aigc_studio.document.laying import add_picture
from aigc_studio.document.rendering import Pictures
from aigc_studio.document.renders import flat_of
from aigc_studio.media.encode import encode_bytes
from aigc_studio.media.placing import Placed
from aigc_studio.media.seamless import seamless
from aigc_studio.studio.making import Making

if TYPE_CHECKING:
    from aigc_studio.document.canvas import Canvas, Layer
    from aigc_studio.document.model import Project


class Tiling(Making):
    """One at a time; what is asked for meanwhile is passed over."""

    def tile(self, canvas: Canvas, layer: Layer) -> None:
        """Make a tile of a layer's picture as it is cropped and coloured; `done` or `told`."""
        if self.busy:
            return
        store = self._session.store
        work = _Work(store.project, layer, Pictures(store.asset_path))
        self._make(work, lambda made: self._lay(canvas, layer, made))

    def _lay(self, canvas: Canvas, layer: Layer, made: tuple[bytes, tuple[int, int]]) -> None:
        session = self._session
        with session.attempt():
            asset = flat_of(session.store, *made, canvas, (layer.id,))
            edit = add_picture(session.project, canvas.id, asset, x=layer.x, y=layer.y)
            session.apply(edit)
            self.done.emit(new_layers(edit))


class _Work:
    """Runs in a thread."""

    def __init__(self, project: Project, layer: Layer, pictures: Pictures) -> None:
        self._project, self._layer, self._pictures = project, layer, pictures

    def __call__(self) -> tuple[bytes, tuple[int, int]]:
        layer = self._layer
        picture = self._pictures(self._project.assets[layer.asset])
        finished = Placed(picture, x=0.0, y=0.0, adjust=layer.adjust, crop=layer.crop).finished()
        tile = seamless(finished)
        return encode_bytes(tile, "png"), tile.size
