"""Layers, or a whole canvas, as one picture for other programs: the clipboard, a drag."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QUrl, Signal

from aigc_studio.document.canvas_credits import canvas_provenance
from aigc_studio.document.handing import safe_name
from aigc_studio.document.rendering import Pictures, part_of, rendered
from aigc_studio.media.encode import encode_bytes, write_export
from aigc_studio.studio.carried import layers_mime
from aigc_studio.studio.errand import Errand, LeftErrands
from aigc_studio.studio.pictures import to_qimage

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QImage

    from aigc_studio.document.canvas import Canvas
    from aigc_studio.document.model import Project
    from aigc_studio.media.image import Image
    from aigc_studio.studio.session import Session


@dataclass(frozen=True)
class _Drawn:
    """A picture, and the bytes of its file."""

    image: QImage
    png: bytes


class PictureOut(QObject):
    """Draws in a thread, with where it comes from written into the file.

    Signals:
        copied: a QMimeData for the clipboard.
        written: the Path of the file that is being dragged.
        told: a StudioError.
    """

    copied = Signal(object)
    written = Signal(object)
    told = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._errand: Errand | None = None
        self._left = LeftErrands()
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def copy(self, canvas: Canvas, layer_ids: Collection[str]) -> None:
        """Draw layers, or with none the whole canvas, for the clipboard; `copied` follows."""
        mime = layers_mime(self._session.project, canvas, layer_ids)
        errand = Errand(self._drawing(canvas, layer_ids), self)
        errand.done.connect(lambda drawn: self._on_drawn(drawn, mime))
        self._start(errand)

    def drag(self, canvas: Canvas, layer_ids: Collection[str], name: str) -> QMimeData:
        """What is dragged out: a file that is whole by the time it is dropped.

        `written` follows, or `told`.
        """
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="aigc-drag-")
        path = Path(tempfile.mkdtemp(dir=self._folder.name)) / f"{safe_name(name)}.png"
        drawing = self._drawing(canvas, layer_ids)

        def write() -> Path:
            write_export(path, drawing().png)
            return path

        errand = Errand(write, self)
        errand.done.connect(self.written)
        self._start(errand)
        mime = layers_mime(self._session.project, canvas, layer_ids)
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        return mime

    def close(self) -> None:
        """Wait until the threads are over; files that were dragged out and not taken go."""
        self._leave()
        self._left.join()
        if self._folder:
            self._folder.cleanup()
            self._folder = None

    def _start(self, errand: Errand) -> None:
        self._leave()
        self._errand = errand
        errand.failed.connect(self.told)
        errand.start()

    def _leave(self) -> None:
        errand, self._errand = self._errand, None
        if errand:
            self._left.add(errand)

    def _drawing(self, canvas: Canvas, layer_ids: Collection[str]) -> _Drawing:
        store = self._session.store
        return _Drawing(store.project, canvas, tuple(layer_ids), Pictures(store.asset_path))

    def _on_drawn(self, drawn: _Drawn, mime: QMimeData) -> None:
        mime.setData("image/png", drawn.png)
        mime.setImageData(drawn.image)
        self.copied.emit(mime)


@dataclass(frozen=True)
class _Drawing:
    """Draws; runs in a thread."""

    project: Project
    canvas: Canvas
    layer_ids: tuple[str, ...]
    pictures: Pictures

    def __call__(self) -> _Drawn:
        canvas = self.canvas
        if self.layer_ids:
            canvas = part_of(canvas, self.layer_ids)
        image = rendered(self.project, canvas, self.pictures)
        if self.layer_ids:
            image = _trimmed(image)
        origin = canvas_provenance(self.project, canvas)
        return _Drawn(to_qimage(image.pixels), encode_bytes(image, "png", origin))


def _trimmed(image: Image) -> Image:
    """Without the clear margin."""
    rows, columns = (np.flatnonzero(image.alpha().any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return image
    left, top = int(columns[0]), int(rows[0])
    return image.cropped(left, top, int(columns[-1]) - left + 1, int(rows[-1]) - top + 1)
