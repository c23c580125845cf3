"""What is dropped on a canvas or pasted into it: the dock's picture, layers, pictures, files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from aigc_studio.document.canvas_edits import duplicate_layers, new_layers
from aigc_studio.document.laying import paste_layers
from aigc_studio.studio.carried import LAYERS_MIME, Carried, carried_in
from aigc_studio.ui.dock.dragging import PLACE_MIME, dragged_result
from aigc_studio.ui.widgets.flow_grid import MIME_IDS

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from aigc_studio.document.edits import Edit
    from aigc_studio.studio.studio import Studio

    Place = tuple[float, float] | None


class Incoming:
    """Knows what it is and lays it on one canvas."""

    def __init__(self, studio: Studio, canvas_id: str) -> None:
        self._studio, self._canvas_id = studio, canvas_id

    def welcomes(self, mime: QMimeData) -> bool:
        """Whether it can be dropped here."""
        own = mime.hasFormat(LAYERS_MIME)  # what is dragged out of the studio is not meant for it
        return not own and (mime.hasFormat(PLACE_MIME) or self.understands(mime))

    def understands(self, mime: QMimeData) -> bool:
        """Whether there is a picture in it."""
        known = mime.hasFormat(LAYERS_MIME) or mime.hasFormat(MIME_IDS)
        return known or mime.hasImage() or bool(_files(mime))

    def take(self, mime: QMimeData, at: Place = None) -> bool:
        """Lay it, its middle at a place of the canvas; answers whether there was anything."""
        studio, canvas_id = self._studio, self._canvas_id
        files = _files(mime)
        if mime.hasFormat(PLACE_MIME):
            x, y = at or (None, None)
            return studio.living.place(x, y, dragged_result(studio, mime))
        if mime.hasFormat(LAYERS_MIME) and self._layers(mime):
            return True
        if mime.hasFormat(MIME_IDS):
            ids = bytes(mime.data(MIME_IDS).data()).decode().split()
            there = studio.session.project.assets
            studio.pasting.lay(canvas_id, [each for each in ids if each in there], at)
        elif files:
            studio.pasting.bring(canvas_id, files, at)
        elif mime.hasImage():
            picture = mime.imageData()
            if isinstance(picture, QImage) and not picture.isNull():
                studio.pasting.paste(canvas_id, picture, at)
        else:
            return False
        return True

    def _layers(self, mime: QMimeData) -> bool:
        """Paste layers as layers; False when they are of another project."""
        session, found = self._studio.session, carried_in(mime)
        if found is None or found.project != session.project.id:
            return False
        with session.attempt():
            edit = self._pasted(found)
            session.apply(edit)
            self._studio.stage.select(new_layers(edit))
        return True

    def _pasted(self, found: Carried) -> Edit:
        store, canvas_id = self._studio.session.store, self._canvas_id
        canvas = store.project.canvases[canvas_id]
        ids = [group.id for group in found.groups] + [layer.id for layer in found.layers]
        if found.canvas == canvas_id and {each.id for each in canvas.members}.issuperset(ids):
            return duplicate_layers(store.project, canvas_id, ids)  # with their keys
        for asset in found.assets:
            store.asset_path(asset)  # raises where the picture itself is gone
        pictures = [(asset, found.recipes.get(asset.recipe or "")) for asset in found.assets]
        return paste_layers(store.project, canvas_id, found.layers, pictures, found.groups)


def _files(mime: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
