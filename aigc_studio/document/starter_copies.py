"""The window's copies of the starter: each a full project, kept until its artist lets it go.

A copy lies in the user's own folder and not in the system's for temporary files: what was played
in it for hours must outlive a crash. Left without a crash, it was kept elsewhere or let go, and
the next sweep takes it away.
"""

from __future__ import annotations

import contextlib
import shutil
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import ASIDE, disk_errors, write_atomic
from aigc_studio.base.locks import Lock, is_held
from aigc_studio.base.log import topic
from aigc_studio.base.paths import user_data
from aigc_studio.document import bundle, starter
from aigc_studio.document.manifest import MANIFEST
from aigc_studio.document.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

log = topic("starter")
COPIES = "starters"
_ORIGIN, _LET_GO = "origin", "let-go"
_PATIENCE = 30.0


@dataclass(frozen=True)
class Left:
    """A copy that was neither kept nor let go: its window was killed, or the machine went off.

    Attributes:
        folder: the project.
        changed: when something was last written to it, seconds since 1970.
        unsaved: changes that lie in its journal.
    """

    folder: Path
    changed: float
    unsaved: int


def is_copy(project: Path) -> bool:
    """Whether a project is one of these copies."""
    return project.resolve().parent.parent == _copies().resolve()


def open_fresh(purpose: str) -> Store:
    """Make another copy and open it; two windows get two.

    Raises:
        StudioError: the starter was not installed, or the disk refuses.
    """
    with _door(_PATIENCE):  # a sweep elsewhere must not take it before it is open
        home = _copies() / time.strftime("%Y%m%d-%H%M%S")
        number = 1
        while home.exists():
            number += 1
            home = home.with_name(f"{home.name[:15]}-{number}")
        with disk_errors(home):
            home.mkdir()
        folder = starter.copy_to(home)
        with disk_errors(home):
            write_atomic(home / _ORIGIN, _revision(folder).encode())
        return Store.open(folder, purpose=purpose)


def is_touched(project: Path) -> bool:
    """Whether something was made in a copy: a change, saved or not, or a training run."""
    if _unsaved(project) or _entries(project / bundle.RUNS):
        return True
    try:
        origin = (project.parent / _ORIGIN).read_text(encoding="ascii")
        return _revision(project) != origin
    except FileNotFoundError:
        return False  # killed while it was made
    except StudioError as error:
        return error.kind != "missing"  # what cannot be read may be somebody's work


def let_go(project: Path) -> None:
    """Say that nobody wants a copy any more; `sweep` takes it away once nobody holds it.

    Raises:
        StudioError: it is in use, or the disk refuses.
    """
    lock = Lock(project / bundle.LOCK, "window")
    with disk_errors(project), lock:
        (project.parent / _LET_GO).touch()


def left() -> list[Left]:
    """What can be gone on with, newest first; sweeps the others."""
    sweep()
    projects = (home / starter.FOLDER for home in _homes())
    found = [Left(each, _changed(each), _unsaved(each)) for each in projects if _is_left(each)]
    return sorted(found, key=lambda each: -each.changed)


def sweep() -> None:
    """Take away the copies that nobody holds and nobody made anything in, or that were let go."""
    if not _copies().is_dir():
        return
    with contextlib.suppress(StudioError), _door():
        for home in _homes():
            project = home / starter.FOLDER
            unwanted = (home / _LET_GO).exists() or not is_touched(project)
            if unwanted and not _is_held(project):
                log.info("swept the copy %s", home.name)
                _remove(home)
        for rest in _copies().glob(f"{ASIDE}*"):
            shutil.rmtree(rest, ignore_errors=True)


def _remove(home: Path) -> None:
    # Renamed first: a sweep that is killed must not leave half a copy for somebody to go on with.
    with contextlib.suppress(OSError):
        doomed = home.with_name(f"{ASIDE}{home.name}")
        home.rename(doomed)
        shutil.rmtree(doomed)


def _is_left(project: Path) -> bool:
    let_go = (project.parent / _LET_GO).exists()
    return not let_go and is_touched(project) and not is_held(project / bundle.LOCK)


def _is_held(project: Path) -> bool:
    # A training that was told to end may still be writing its checkpoint.
    runs = (run / bundle.LOCK for run in _entries(project / bundle.RUNS))
    return any(is_held(lock) for lock in (project / bundle.LOCK, *runs))


def _revision(project: Path) -> str:
    return bundle.revision(bundle.read_bytes(project / MANIFEST, bundle.MAX_MANIFEST))


def _unsaved(project: Path) -> int:
    try:
        with (project / bundle.JOURNAL).open("rb") as journal:
            return sum(1 for _ in journal)
    except FileNotFoundError:
        return 0


def _changed(project: Path) -> float:
    files = (project / MANIFEST, project / bundle.JOURNAL, project / bundle.RUNS)
    return max((file.stat().st_mtime for file in files if file.exists()), default=0.0)


def _copies() -> Path:
    return user_data() / COPIES


def _homes() -> list[Path]:
    found = (path for path in _entries(_copies()) if path.is_dir())
    return [path for path in found if not path.name.startswith(ASIDE)]


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


@contextlib.contextmanager
def _door(wait: float = 0.0) -> Iterator[None]:
    """One process at a time makes or sweeps copies.

    Raises:
        StudioError: kind "busy".
    """
    folder = _copies()
    with disk_errors(folder):
        folder.mkdir(exist_ok=True)
        lock = Lock(folder / bundle.LOCK, "window")
        lock.acquire(wait=wait)
    with lock:
        yield
