"""A look at a collection as training would see it, away from the window's thread."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from aigc_studio.base.errors import StudioError
from aigc_studio.document.bundle import ASSETS
from aigc_studio.document.preparing import Outlook, outlook
from aigc_studio.media.decode import decode_image
from aigc_studio.media.image import Image
from aigc_studio.media.prepare import prepare
from aigc_studio.studio.errand import Errand, LeftErrands
from aigc_studio.studio.pictures import to_qimage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from PySide6.QtGui import QImage

    from aigc_studio.document.model import Asset, Collection
    from aigc_studio.media.preparation import Preparation
    from aigc_studio.studio.session import Session

REST_MS = 250
PAIRS = 6
_BEFORE = 256


@dataclass(frozen=True)
class Pair:
    """A picture before and after the preparation."""

    asset: str
    before: QImage
    after: QImage


@dataclass(frozen=True)
class Studied:
    """What came of a look: the outlook, and some pictures before and after."""

    collection: str
    outlook: Outlook
    pairs: tuple[Pair, ...]


class Study(QObject):
    """Looks at one collection at a time; what is asked last wins.

    Signals:
        progressed: pictures done, pictures in all.
        done: a `Studied`.
        failed: a StudioError.
    """

    progressed = Signal(int, int)
    done = Signal(object)
    failed = Signal(object)
    _step = Signal(int, int, object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted = ""
        self._errand: Errand | None = None
        self._left = LeftErrands()
        self._given_up = threading.Event()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._begin)
        self._step.connect(self._on_step, Qt.ConnectionType.QueuedConnection)
        session.closed.connect(self.cancel)

    def look_at(self, collection_id: str) -> None:
        """Look at a collection after a short rest; an earlier look is given up."""
        self._stop()
        self._wanted = collection_id
        self._rest.start()

    @Slot()
    def cancel(self) -> None:
        """Give up what is being looked at."""
        self._rest.stop()
        self._stop()

    def close(self) -> None:
        """Give up for good, and wait until the thread is over."""
        self.cancel()
        self._left.join()

    def _begin(self) -> None:
        if not self._session.is_open:
            return
        project = self._session.project
        collection = project.collections.get(self._wanted)
        if collection is None:
            return
        assets = [project.assets[item] for item in collection.items]
        folder = self._session.store.folder / ASSETS
        given_up = self._given_up = threading.Event()

        def progress(done: int, total: int) -> None:
            if given_up.is_set():
                raise StudioError("Given up.")
            if done % 20 == 0 or done == total:
                self._step.emit(done, total, given_up)

        errand = self._errand = Errand(lambda: _studied(collection, assets, folder, progress), self)
        errand.done.connect(self.done)
        errand.failed.connect(self.failed)
        errand.start()

    def _stop(self) -> None:
        self._given_up.set()
        errand, self._errand = self._errand, None
        if errand:
            self._left.add(errand)

    @Slot(int, int, object)
    def _on_step(self, done: int, total: int, look: threading.Event) -> None:
        if look is self._given_up and not look.is_set():
            self.progressed.emit(done, total)


def _studied(
    collection: Collection, assets: Sequence[Asset], folder: Path, progress: _Progress
) -> Studied:
    seen = outlook(assets, folder, collection.preparation, progress)
    unfit = {note.asset for note in (*seen.left_out, *seen.duplicates)}
    fit = [asset for asset in assets if asset.id not in unfit]
    # Those that are changed most tell most.
    changed = {note.asset for note in seen.changed if note.verdict in ("cropped", "padded")}
    fit.sort(key=lambda asset: asset.id not in changed)
    chosen = fit[:: max(1, len(fit) // PAIRS)][:PAIRS]
    pairs = tuple(_pairs(chosen, folder, seen.preparation)) if seen.preparation else ()
    return Studied(collection.id, seen, pairs)


def _pairs(assets: Sequence[Asset], folder: Path, settled: Preparation) -> Iterator[Pair]:
    for asset in assets:
        image = decode_image(folder / asset.file_name)
        item = prepare(image, settled)
        after = Image.from_premultiplied(item) if settled.colour == "rgba" else Image(item)
        scale = min(1.0, _BEFORE / max(image.size))
        width, height = (max(1, round(side * scale)) for side in image.size)
        before = to_qimage(image.resized(width, height).pixels)
        yield Pair(asset.id, before, to_qimage(after.pixels))


if TYPE_CHECKING:
    from collections.abc import Callable

    _Progress = Callable[[int, int], None]
