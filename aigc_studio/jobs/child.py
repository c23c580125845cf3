"""One worker process and the pipes to it: requests out, answers in, nothing left behind."""

from __future__ import annotations

import collections
import contextlib
import os
import queue
import signal
import subprocess
import sys
import sysconfig
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import psutil

from aigc_studio.base.errors import StudioError
from aigc_studio.base.log import topic
from aigc_studio.jobs.deaths import in_words
from aigc_studio.jobs.messages import Action, Answer, AnyAnswer, Command, Request
from aigc_studio.jobs.wire import Payload, Reader, Writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from io import FileIO
    from types import TracebackType

    from aigc_studio.jobs.specs import AnySpec

log = topic("jobs")
LOG_LINES = 200
LOG_LINE = 4096
# Answers that wait for whoever listens; a worker that runs ahead of a slow listener is held up.
WAITING = 32
TERMINATE_SECONDS = 3.0
HAND_OVER_SECONDS = 0.1


@dataclass(frozen=True)
class Event:
    """One answer of a worker: to which request, what, and the raw bytes that came with it."""

    stamp: int
    message: AnyAnswer
    payload: Payload = b""


def worker_command(*options: str) -> list[str]:
    """The command that starts a worker."""
    return [sys.executable, "-m", "aigc_studio.worker", *options]


class Child:
    """A worker process; a context manager that leaves no process, thread or pipe behind.

    `send`, `command` and `close` may be called from any thread, `receive` from one.

    Args:
        command: the command line, that of a plain worker when None.
        nice: how far a plain worker steps back behind other programs.

    Raises:
        StudioError: kind "failed", the process cannot be started.
    """

    def __init__(self, command: Sequence[str] | None = None, *, nice: int = 0) -> None:
        self._process = _launch(command or worker_command("--nice", str(nice)))
        self._writer = Writer(cast("FileIO", self._process.stdin))
        self._arrived: queue.Queue[Event | None] = queue.Queue(WAITING)
        self._log: collections.deque[str] = collections.deque(maxlen=LOG_LINES)
        self._closing = threading.Event()
        self._close_lock = threading.Lock()
        self._stamp = 0
        self._threads = [
            threading.Thread(target=self._read_answers, name="worker-answers", daemon=True),
            threading.Thread(target=self._read_log, name="worker-log", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def log_lines(self) -> list[str]:
        """The last lines the worker and its libraries printed, at most 200."""
        return list(self._log)

    def send(self, spec: AnySpec, payload: Payload = b"") -> int:
        """Ask for one piece of work; answers carry the stamp that is returned.

        Raises:
            StudioError: kind "crashed" when the worker is gone, "input" when the request is
                too large.
        """
        self._stamp += 1
        try:
            self._writer.write(Request(stamp=self._stamp, spec=spec), payload)
        except (OSError, ValueError):
            raise self.crash() from None
        return self._stamp

    def command(self, action: Action) -> None:
        """Wish something concerning the work in hand; nothing happens if the worker is gone."""
        with contextlib.suppress(OSError, ValueError):
            self._writer.write(Command(action=action))

    def receive(self, timeout: float | None = None) -> Event | None:
        """The next answer, or None when none came within `timeout` seconds.

        Raises:
            StudioError: kind "crashed", the worker ended; the last log lines are its notes.
        """
        try:
            event = self._arrived.get(timeout=timeout)
        except queue.Empty:
            return None
        if event is None:
            self._arrived.put(None)
            raise self.crash()
        return event

    def events(self) -> Iterator[Event]:
        """Every answer until the worker ends, however it ends."""
        while (event := self._arrived.get()) is not None:
            yield event
        self._arrived.put(None)

    def crash(self) -> StudioError:
        """The end of the process in words; ends it first if it only closed its pipe."""
        if not self._exited_within(TERMINATE_SECONDS):
            self._signal(hard=True)
        code = self._process.wait()
        self._threads[1].join(1.0)
        error = in_words(code)
        error.add_note("\n".join(self.log_lines()[-20:]))
        return error

    def close(self, *, grace: float = 10.0) -> int:
        """End the worker: stdin closed means stop, then terminate, then kill.

        A training that was not asked to stop before is suspended.

        Args:
            grace: seconds for the worker to finish its step and save.

        Returns:
            The process's exit code, negative for a signal.
        """
        with self._close_lock:
            self._closing.set()
            began = time.monotonic()
            polite = self._writer.close(timeout=grace)
            left = grace - (time.monotonic() - began)
            if not (polite and self._exited_within(left)):
                self._end_by_force()
            code = self._process.wait()
            self._tidy()
            return code

    def __enter__(self) -> Child:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close(grace=1.0 if kind else 10.0)

    def _read_answers(self) -> None:
        reader = Reader(cast("FileIO", self._process.stdout))
        try:
            while frame := reader.read():
                if isinstance(frame.envelope, Answer):
                    answer = frame.envelope
                    self._handed_over(Event(answer.stamp, answer.message, frame.payload))
        except (StudioError, OSError, ValueError) as error:
            self._log.append(f"[jobs] {error}")
        finally:
            while not self._handed_over(None):
                # Closing, and nobody takes what arrived: whoever waits must still wake up.
                with contextlib.suppress(queue.Empty):
                    self._arrived.get_nowait()

    def _handed_over(self, event: Event | None) -> bool:
        while True:
            closing = self._closing.is_set()
            with contextlib.suppress(queue.Full):
                self._arrived.put(event, timeout=0.0 if closing else HAND_OVER_SECONDS)
                return True
            if closing:
                return False

    def _read_log(self) -> None:
        stream = cast("IO[bytes]", self._process.stderr)
        buffered = open(stream.fileno(), "rb", closefd=False)  # noqa: SIM115
        with contextlib.suppress(OSError, ValueError), buffered:
            while line := buffered.readline(LOG_LINE):
                text = line.decode("utf-8", "replace").rstrip()
                self._log.append(text)
                log.debug("worker %d: %s", self.pid, text)

    def _exited_within(self, seconds: float) -> bool:
        try:
            self._process.wait(max(0.0, seconds))
        except subprocess.TimeoutExpired:
            return False
        return True

    def _end_by_force(self) -> None:
        self._signal(hard=False)
        if not self._exited_within(TERMINATE_SECONDS):
            self._signal(hard=True)

    def _signal(self, *, hard: bool) -> None:
        if os.name == "nt":
            self._process.kill()
            return
        # The group, since libraries start processes of their own.
        others = _descendants(self.pid) if hard else []
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL if hard else signal.SIGTERM)
        # torchrun gives its processes groups of their own; killed, it cannot end them any more.
        for process in others:
            with contextlib.suppress(psutil.Error):
                process.kill()

    def _tidy(self) -> None:
        for thread in self._threads:
            thread.join(1.0)
            if thread.is_alive():
                # Somebody the worker started still holds our pipes open.
                self._signal(hard=True)
                thread.join(TERMINATE_SECONDS)
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()


def _launch(command: Sequence[str]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            env=_environment(),
            # Its own group: Ctrl+C in a terminal reaches the parent alone.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
    except OSError as error:
        raise StudioError(
            f"The worker process cannot be started: {error.strerror}.",
            kept="Nothing was lost.",
            todo="Close other programs and try again.",
        ) from error


def _descendants(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return []


def _environment() -> dict[str, str]:
    # Started in an artist's folder, a file named torch.py there must not be imported.
    variables = os.environ | {"PYTHONSAFEPATH": "1"}
    package_root = str(Path(__file__).resolve().parents[2])
    if package_root != sysconfig.get_path("purelib"):
        inherited = [part for part in [os.environ.get("PYTHONPATH")] if part]
        variables["PYTHONPATH"] = os.pathsep.join([package_root, *inherited])
    return variables
