"""What an import reads in a thread of its own: files, or the pictures of another look."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from aigc_studio.document.importing import Credits
from aigc_studio.document.sources import files_of, pictures_of
from aigc_studio.jobs.runner import run_job
from aigc_studio.jobs.specs import ExtractFrames
from aigc_studio.media.captions import read_captions
from aigc_studio.media.clean import Finding
from aigc_studio.media.image import Image

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aigc_studio.document.deriving import Derivation
    from aigc_studio.document.sources import Picture
    from aigc_studio.document.store import Store

READ_AHEAD = 24
SYNC_EVERY = 16
CAPTIONS = (".csv", ".jsonl")
_JSONL = "captions.jsonl"


@dataclass(frozen=True)
class Read:
    """What the thread read: a picture or a finding, and how many are done of how many."""

    found: Picture | Finding | None
    done: int
    total: int


@dataclass(frozen=True)
class Outlet:
    """Where what is read for one import goes; payloads are stored, the document is left alone.

    Attributes:
        pictures: in order; it waits when `READ_AHEAD` of them lie there.
        credit: put before the first picture.
        cancelled: set when nothing more is wanted.
    """

    store: Store
    pictures: queue.Queue[Read] = field(default_factory=lambda: queue.Queue(READ_AHEAD))
    credit: queue.Queue[Credits] = field(default_factory=lambda: queue.Queue(1))
    cancelled: threading.Event = field(default_factory=threading.Event)

    def put(self, found: Picture | Finding | None, done: int, total: int) -> bool:
        """Store a picture and hand it on; answers whether more is wanted."""
        read = Read(self._stored(found), done, total)
        while not self.cancelled.is_set():
            with contextlib.suppress(queue.Full):
                self.pictures.put(read, timeout=0.1)
                return True
        return False

    def done(self, number: int, total: int) -> bool:
        """So many are done; answers whether more is wanted."""
        if number % SYNC_EVERY == 0 or number == total:
            self.store.sync_payloads()
        return self.put(None, number, total)

    def _stored(self, found: Picture | Finding | None) -> Picture | Finding | None:
        if found is None or isinstance(found, Finding) or self.cancelled.is_set():
            return found
        stored = self.store.add_payload(found.data, found.extension)
        return replace(found, data=b"", stored=stored)


Source = Callable[[Outlet], None]


def read_files(paths: tuple[Path, ...], out: Outlet) -> None:
    """Read files, folders and zips; ends early when it is cancelled."""
    listed = [path for path in paths if path.suffix.lower() in CAPTIONS]
    files = [path for path in files_of(paths) if path not in listed]
    listed += [path for path in files if path.name.lower() in ("captions.csv", _JSONL)]
    captions = {name: entry for path in listed for name, entry in read_captions(path).items()}
    out.credit.put(Credits(captions))
    meant = [path for path in files if path not in listed]

    def frames(video: Path) -> Iterator[Image]:
        # A damaged film can take a decoder down, which costs the child and not the window.
        outcome = run_job(ExtractFrames(video=video.absolute()), cancel=out.cancelled)
        return iter([Image(pixels) for _, pixels in outcome.media])

    for number, path in enumerate(meant, start=1):
        for found in pictures_of(path, out.store.folder, frames):
            if not out.put(found, number - 1, len(meant)):
                return
        if not out.done(number, len(meant)):
            return


def read_derived(wanted: Derivation, out: Outlet) -> None:
    """Draw pictures in another look; ends early when it is cancelled."""
    out.credit.put(wanted.credit)
    total = len(wanted.sources)
    for number, found in enumerate(wanted.pictures(), start=1):
        if not (out.put(found, number - 1, total) and out.done(number, total)):
            return
