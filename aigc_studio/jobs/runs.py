"""The folder of one training run: what was asked, what happened, where it can go on."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import time
from typing import TYPE_CHECKING

from pydantic import Field, ValidationError

from aigc_studio.base import strict_json
from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import disk_errors, write_atomic
from aigc_studio.base.frozen import Frozen
from aigc_studio.base.locks import Lock, is_held
from aigc_studio.jobs.messages import Action, AnyAnswer, Progress, State, StateChanged
from aigc_studio.jobs.portable import portable, resolved
from aigc_studio.jobs.specs import Train

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ORPHAN_WAIT = 30.0
MAX_SPEC = 64 << 20
MAX_LINE = 1 << 20
TAIL = 64 << 10
_ALIVE: frozenset[State] = frozenset({"starting", "running", "paused", "stopping"})
_RUN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


class Logged(Frozen):
    """One line of `events.jsonl`: when (seconds since 1970), the run's state then, and what."""

    at: float
    state: State
    message: AnyAnswer = Field(discriminator="type")


class RunFolder:
    """`runs/<id>/` of a project; any process reads it, the holder of its lock writes.

    Attributes:
        path: the folder.
        id: its name.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.id = path.name

    @classmethod
    def create(cls, spec: Train) -> RunFolder:
        """Make `spec.folder` and put `spec.json` there, before any worker starts.

        Raises:
            StudioError: the run exists already, its id is unusable, a path leaves the
                project, or the disk refuses.
        """
        run = cls(spec.folder)
        if not _RUN_ID.fullmatch(spec.run) or spec.run != run.id:
            raise StudioError(f'"{spec.run}" cannot be the id of a run.', kind="input")
        content = run._as_bytes(spec)
        with disk_errors(run.path):
            run.path.parent.mkdir(exist_ok=True)
            try:
                run.path.mkdir()
            except FileExistsError:
                raise StudioError(f"The run {run.id} exists already.", kind="input") from None
            run.previews.mkdir()
            run.checkpoints_folder.mkdir()
            write_atomic(run.path / "spec.json", content)
        return run

    @property
    def previews(self) -> Path:
        """Folder of the previews, `<step>.png`."""
        return self.path / "previews"

    @property
    def checkpoints_folder(self) -> Path:
        """Folder of the checkpoints, named by their step."""
        return self.path / "checkpoints"

    @property
    def control_file(self) -> Path:
        """Where `request` writes and the worker looks."""
        return self.path / "control"

    def lock(self, purpose: str = "training worker") -> Lock:
        """The lock that a worker holds while it trains; `acquire(wait=ORPHAN_WAIT)`."""
        return Lock(self.path / "lock", purpose)

    def spec(self) -> Train:
        """What was asked, with the paths of the project where it lies now.

        Raises:
            StudioError: there is no such run, or its spec was tampered with.
        """
        file = self.path / "spec.json"
        what = f"The spec of the run {self.id}"
        try:
            data = file.read_bytes() if file.stat().st_size <= MAX_SPEC else b""
        except OSError:
            raise StudioError(f"There is no run {self.id}.", kind="missing") from None
        strict_json.loads(data, what, max_bytes=MAX_SPEC)
        try:
            stored = Train.model_validate_json(data)
        except ValidationError as error:
            raise StudioError(f"{what} is not valid: {error}.", kind="hostile") from error
        if stored.run != self.id:
            raise StudioError(f"{what} belongs to the run {stored.run}.", kind="hostile")
        return resolved(stored, self.path)

    def write_spec(self, spec: Train) -> None:
        """Replace `spec.json`, for instance once minutes have become steps.

        Raises:
            StudioError: a path leaves the project, or the disk refuses.
        """
        content = self._as_bytes(spec)
        with disk_errors(self.path):
            write_atomic(self.path / "spec.json", content)

    def state(self) -> State:
        """The run's state, derived from its lock and its last event."""
        last = self._last(lambda event: True)
        if self._is_locked():
            return last.state if last and last.state in _ALIVE else "starting"
        if last is None:
            return "queued"
        return "crashed" if last.state in _ALIVE else last.state

    def events(self) -> Iterator[Logged]:
        """Every event in order; lines torn by a crash are passed over."""
        try:
            file = (self.path / "events.jsonl").open("rb")
        except OSError:
            return
        with file:
            while line := file.readline(MAX_LINE):
                if event := _parsed(line):
                    yield event

    def last_progress(self) -> Progress | None:
        """How far the run got, or None when it never began."""
        last = self._last(lambda event: isinstance(event.message, Progress))
        return last.message if last and isinstance(last.message, Progress) else None

    def checkpoints(self) -> list[Path]:
        """Whole checkpoints, oldest step first."""
        with contextlib.suppress(OSError):
            found = (p for p in self.checkpoints_folder.iterdir() if not p.name.startswith("."))
            return sorted(found, key=_step_of)
        return []

    def request(self, action: Action) -> None:
        """Wish something of the worker, from any process; it looks several times a second.

        Raises:
            StudioError: the disk refuses.
        """
        with disk_errors(self.control_file):
            write_atomic(self.control_file, action.encode(), durable=False)

    def forget_requests(self) -> None:
        """Drop what was wished of an earlier session, before a new one starts."""
        self.control_file.unlink(missing_ok=True)

    def event_log(self) -> EventLog:
        """An appender to `events.jsonl`; for the holder of the lock."""
        return EventLog(self.path / "events.jsonl")

    def keep_preview(self, step: int, png: bytes) -> str:
        """Keep a preview; answers its path relative to this folder.

        Raises:
            StudioError: the disk refuses.
        """
        target = self.previews / f"{step:08d}.png"
        with disk_errors(target):
            self.previews.mkdir(exist_ok=True)
            write_atomic(target, png, durable=False)
        return target.relative_to(self.path).as_posix()

    def _as_bytes(self, spec: Train) -> bytes:
        return portable(spec, self.path).model_dump_json(indent=1).encode()

    def _is_locked(self) -> bool:
        try:
            return is_held(self.path / "lock")
        except OSError:
            return False  # on a read-only disk nobody can be training

    def _last(self, wanted: Callable[[Logged], bool]) -> Logged | None:
        # The end of the file nearly always answers; only a strange one is read whole.
        return _last_in(self._tail(), wanted) or _last_in(self.events(), wanted)

    def _tail(self) -> Iterator[Logged]:
        with contextlib.suppress(OSError), (self.path / "events.jsonl").open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL))
            for line in file.read().splitlines():
                if event := _parsed(line):
                    yield event


class EventLog:
    """Appends events to a run's `events.jsonl`, whatever state a crash left the file in."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._state: State = "starting"
        self._begun = False

    def append(self, message: AnyAnswer) -> None:
        """Add one event; a later reader sees it even if this process dies.

        Raises:
            StudioError: the disk refuses.
        """
        if isinstance(message, StateChanged):
            self._state = message.state
        line = Logged(at=time.time(), state=self._state, message=message).model_dump_json()
        with disk_errors(self._file), self._file.open("ab") as file:
            # A line torn by a crash ends here, so that it cannot spoil the next one.
            mend = b"" if self._begun or file.tell() == 0 else b"\n"
            file.write(mend + line.encode() + b"\n")
        self._begun = True


def new_run_id(name: str) -> str:
    """A short, readable, unique id such as "20261123-2045-foxes-3f2a"."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:24].strip("-") or "run"
    return f"{time.strftime('%Y%m%d-%H%M')}-{slug}-{secrets.token_hex(2)}"


def list_runs(runs_folder: Path) -> list[RunFolder]:
    """All runs below a project's `runs` folder, oldest first."""
    with contextlib.suppress(OSError):
        found = (p for p in runs_folder.iterdir() if (p / "spec.json").is_file())
        return [RunFolder(path) for path in sorted(found, key=_made_at)]
    return []


def _made_at(path: Path) -> tuple[str, int, str]:
    # The id begins with the minute; within one minute the folder's own file tells.
    return path.name[:13], (path / "spec.json").stat().st_mtime_ns, path.name


def _step_of(path: Path) -> tuple[int, str]:
    digits = re.search(r"\d+", path.name)
    return (int(digits[0]) if digits else -1, path.name)


def _parsed(line: bytes) -> Logged | None:
    try:
        return Logged.model_validate_json(line)
    except ValidationError:
        return None


def _last_in(events: Iterator[Logged], wanted: Callable[[Logged], bool]) -> Logged | None:
    found = None
    for event in events:
        if wanted(event):
            found = event
    return found
