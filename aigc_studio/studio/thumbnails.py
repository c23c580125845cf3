"""Thumbnails of assets: decoded in threads, the last asked for first, the latest kept."""

from __future__ import annotations

import contextlib
import os
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from aigc_studio.base.errors import StudioError
from aigc_studio.base.log import topic
from aigc_studio.media.decode import decode_image
from aigc_studio.studio.errand import step_back
from aigc_studio.studio.pictures import to_qimage

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.document.edits import Edit
    from aigc_studio.studio.session import Session

log = topic("thumbnails")
KEPT_BYTES = 96 << 20
# The window's thread and what computes beside it have the other cores.
THREADS = max(1, min(2, (os.cpu_count() or 1) - 1))
Key = tuple[str, int]


class Thumbnails(QObject):
    """Thumbnails by asset and side.

    Signals:
        ready: asset id, side in pixels, and the QImage (at most side x side); a null QImage
            when the picture cannot be shown.
    """

    ready = Signal(str, int, object)
    _made = Signal(str, int, object, int)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._kept: OrderedDict[Key, QImage] = OrderedDict()
        self._bytes = 0
        self._generation = 0
        self._wanted: OrderedDict[Key, Path] = OrderedDict()
        self._asked: set[Key] = set()
        self._changed = threading.Condition()
        self._closing = False
        self._threads: list[threading.Thread] = []
        self._made.connect(self._on_made, Qt.ConnectionType.QueuedConnection)
        session.closed.connect(self.forget)
        session.changed.connect(self._on_edit)

    def want(self, asset_id: str, side: int) -> QImage | None:
        """The thumbnail if it is at hand; else None, and `ready` tells later.

        What was wanted last is made first, since it is what somebody looks at.
        """
        key = (asset_id, side)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key in self._asked:
            self._hurry(key)
        else:
            self._ask(key)
        return None

    def know(self, asset_id: str, side: int, picture: QImage) -> None:
        """A picture that somebody has made already, so that it need not be read."""
        key = (asset_id, side)
        if key not in self._kept:
            self._keep(key, picture)

    def cancel(self, asset_id: str, side: int) -> None:
        """Something scrolled out of sight: it need not be made any more."""
        with self._changed:
            if self._wanted.pop((asset_id, side), None):
                self._asked.discard((asset_id, side))

    @Slot()
    def forget(self) -> None:
        """Drop everything kept and asked for."""
        with self._changed:
            self._generation += 1
            self._wanted.clear()
        self._asked.clear()
        self._kept.clear()
        self._bytes = 0

    def close(self) -> None:
        """End the threads."""
        with self._changed:
            self._closing = True
            self._wanted.clear()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def _ask(self, key: Key) -> None:
        if not self._session.is_open:
            return
        asset = self._session.project.assets.get(key[0])
        if asset is None:
            return
        path = self._session.store.folder / "assets" / asset.file_name
        with self._changed:
            self._asked.add(key)
            self._wanted[key] = path
            self._changed.notify()
        self._start()

    def _hurry(self, key: Key) -> None:
        with self._changed:
            if key in self._wanted:  # else it is being made
                self._wanted.move_to_end(key)

    def _start(self) -> None:
        if not self._threads and not self._closing:
            self._threads = [
                threading.Thread(target=self._work, name=f"thumbnails-{number}", daemon=True)
                for number in range(THREADS)
            ]
            for thread in self._threads:
                thread.start()

    def _work(self) -> None:
        step_back()
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closing or self._wanted)
                if self._closing:
                    return
                (asset_id, side), path = self._wanted.popitem()
                generation = self._generation
            picture = thumbnail(path, side)
            with contextlib.suppress(RuntimeError):  # the window is gone, and this with it
                self._made.emit(asset_id, side, picture, generation)

    @Slot(str, int, object, int)
    def _on_made(self, asset_id: str, side: int, picture: QImage, generation: int) -> None:
        if generation != self._generation:
            return
        key = (asset_id, side)
        self._asked.discard(key)
        # Undone while it was made: no edit would ever drop it again.
        if asset_id in self._session.project.assets:
            self._keep(key, picture)
        self.ready.emit(asset_id, side, picture)

    def _keep(self, key: Key, picture: QImage) -> None:
        if key in self._kept:
            self._bytes -= self._kept.pop(key).sizeInBytes()
        self._kept[key] = picture
        self._bytes += picture.sizeInBytes()
        while self._bytes > KEPT_BYTES and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= oldest.sizeInBytes()

    @Slot(object)
    def _on_edit(self, edit: Edit) -> None:
        gone = {c.key for c in edit.changes if c.table == "assets" and c.after is None}
        for key in [key for key in self._kept if key[0] in gone]:
            self._bytes -= self._kept.pop(key).sizeInBytes()


def thumbnail(path: Path, side: int) -> QImage:
    """The picture in a file within side x side pixels, never enlarged; null when it is none."""
    try:
        image = decode_image(path)
    except StudioError as error:
        log.debug("no thumbnail: %s", error)
        return QImage()
    scale = min(1.0, side / max(image.size))
    width, height = (max(1, round(length * scale)) for length in image.size)
    return to_qimage(image.resized(width, height).pixels)
