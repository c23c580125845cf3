"""Pictures that come onto a canvas from elsewhere: pixels out of other programs, and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import disk_errors
from aigc_studio.document.canvas_edits import new_layers
from aigc_studio.document.layered import add_layered
from aigc_studio.document.laying import add_layer, add_picture
from aigc_studio.document.renders import pasted
from aigc_studio.media.decode import MAX_BYTES
from aigc_studio.media.encode import encode_bytes
from aigc_studio.media.image import Image
from aigc_studio.media.openraster import pictures_in, read_ora
from aigc_studio.studio.errand import Errand, LeftErrands
from aigc_studio.studio.pictures import to_pixels

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from PySide6.QtGui import QImage

    from aigc_studio.document.edits import Edit
    from aigc_studio.document.importing import ImportReport
    from aigc_studio.document.model import Asset, Project
    from aigc_studio.media.openraster import Ora
    from aigc_studio.studio.importer import Importer
    from aigc_studio.studio.session import Session

    Place = tuple[float, float] | None
    Encoded = tuple[bytes, tuple[int, int]]

MOST_LAYERS = 20
_STEP = 16.0  # pixels between pictures that come together


class Pasting(QObject):
    """Lays pictures on canvases; the slow part is done away from the window's thread.

    Signals:
        laid: ids of the new layers.
        told: a StudioError or str.
    """

    laid = Signal(tuple)
    told = Signal(object)

    def __init__(self, session: Session, importer: Importer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._importer = session, importer
        self._errand: Errand | None = None
        self._left = LeftErrands()
        self._files: list[tuple[str, str, Place]] = []
        importer.done.connect(self._on_imported)
        importer.ended.connect(self._on_import_ended)
        session.closed.connect(self.cancel)

    def paste(self, canvas_id: str, picture: QImage, at: Place = None) -> None:
        """Lay pixels on a canvas: their middle at a place, or in the middle."""
        self._leave()
        copy = picture.copy()

        def encode() -> tuple[bytes, tuple[int, int]]:
            image = Image(to_pixels(copy))
            return encode_bytes(image, "png"), image.size

        errand = self._errand = Errand(encode, self)
        errand.done.connect(lambda made: self._on_encoded(canvas_id, made, at))
        errand.failed.connect(self.told)
        errand.start()

    def bring(self, canvas_id: str, files: Sequence[Path], at: Place = None) -> None:
        """Bring files into the library, in a collection named like the canvas, and lay them."""
        canvas = self._session.project.canvases[canvas_id]
        for path in [each for each in files if each.suffix.lower() == ".ora"]:
            self.open_layers(canvas_id, path)
        files = [each for each in files if each.suffix.lower() != ".ora"]
        if not files:
            return
        self._files.append((canvas_id, canvas.name, at))
        self._importer.start(files, canvas.name)

    def open_layers(self, canvas_id: str, path: Path) -> None:
        """Lay the layers of an OpenRaster file on a canvas; groups and blend modes stay."""
        self._leave()

        def read() -> tuple[Ora, dict[int, Encoded]]:
            with disk_errors(path):
                if path.stat().st_size > MAX_BYTES:
                    raise StudioError(f"{path.name} is too large to be read.", kind="input")
                ora = read_ora(path.read_bytes(), path.name)
            images = pictures_in(ora.parts)
            return ora, {id(each): (encode_bytes(each, "png"), each.size) for each in images}

        errand = self._errand = Errand(read, self)
        errand.done.connect(lambda found: self._on_layers(canvas_id, *found))
        errand.failed.connect(self.told)
        errand.start()

    def _on_layers(self, canvas_id: str, ora: Ora, encoded: dict[int, Encoded]) -> None:
        session = self._session
        if not session.is_open or canvas_id not in session.project.canvases:
            return

        def asset_of(image: Image, name: str) -> Asset:
            return pasted(session.store, *encoded[id(image)], name)

        with session.attempt():
            edit = add_layered(session.project, canvas_id, ora, asset_of)
            session.apply(edit)
            self.laid.emit(new_layers(edit))

    def lay(self, canvas_id: str, assets: Iterable[str], at: Place = None) -> None:
        """Lay pictures of the library on top, as one step."""
        brought: list[str] = []
        with self._session.gesture("Add a layer"):
            for number, asset in enumerate(assets):
                x, y = _shifted(at, number)
                edit = add_layer(self._session.project, canvas_id, asset, x=x, y=y)
                self._session.apply(edit)
                brought += new_layers(edit)
        if brought:
            self.laid.emit(tuple(brought))

    @Slot()
    def cancel(self) -> None:
        """Lay nothing any more."""
        self._files.clear()
        self._leave()

    def close(self) -> None:
        """Give up for good, and wait until the thread is over."""
        self.cancel()
        self._left.join()

    def _leave(self) -> None:
        errand, self._errand = self._errand, None
        if errand:
            self._left.add(errand)

    def _on_encoded(self, canvas_id: str, made: tuple[bytes, tuple[int, int]], at: Place) -> None:
        session = self._session
        if not session.is_open or canvas_id not in session.project.canvases:
            return
        x, y = at or (None, None)

        def paste(project: Project) -> Edit:
            asset = pasted(session.store, *made, _words("Pasted picture"))
            return add_picture(project, canvas_id, asset, x=x, y=y)

        with session.attempt():
            edit = paste(session.project)
            session.apply(edit)
            self.laid.emit(new_layers(edit))

    @Slot(object)
    def _on_imported(self, report: ImportReport) -> None:
        name = report.collection.name if report.collection else ""
        wish = next((each for each in self._files if each[1] == name), None)
        if wish is None:
            return
        self._files.remove(wish)
        canvas_id, _, at = wish
        found = [asset.id for asset in (*report.added, *report.already_there)]
        if canvas_id in self._session.project.canvases:
            self.lay(canvas_id, found[:MOST_LAYERS], at)
        if len(found) > MOST_LAYERS:
            told = _words("{count} pictures came; the first {most} lie on the canvas.")
            self.told.emit(told.format(count=len(found), most=MOST_LAYERS))

    @Slot()
    def _on_import_ended(self) -> None:
        if not self._importer.running:
            self._files.clear()


def _shifted(at: Place, number: int) -> tuple[float | None, float | None]:
    return (None, None) if at is None else (at[0] + number * _STEP, at[1] + number * _STEP)


def _words(text: str) -> str:
    return QCoreApplication.translate("Studio", text)
