"""Run jobs for a command: progress on stderr, and Ctrl+C that stops politely.

Tests put a worker of their own in place by `jobs.child.worker_command`.
"""

import contextlib
import signal
import socket
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from aigc_studio.base.errors import StudioError
from aigc_studio.cli.places import note
from aigc_studio.cli.progress import Shown
from aigc_studio.jobs.child import Child, Event
from aigc_studio.jobs.messages import Failed, MediaOut, Result
from aigc_studio.jobs.runner import JobOutcome, Pixels, pixels, resume_training, run_job
from aigc_studio.jobs.runs import RunFolder
from aigc_studio.jobs.specs import AnySpec


def do(spec: AnySpec, what: str, payload: bytes = b"") -> JobOutcome:
    """Do one job in a child process.

    Args:
        what: in a few words, for the progress bar.

    Raises:
        StudioError: it failed, or was stopped by Ctrl+C.
    """
    with Shown(what) as shown, Interrupts() as interrupts:
        outcome = run_job(spec, payload, on_event=interrupts.watching(shown.event))
    if interrupts.seen() and outcome.state != "finished":
        raise StudioError(
            "Stopped by Ctrl+C.", kept="The project is unchanged.", todo="Start it again."
        )
    return outcome


def train(run: RunFolder) -> tuple[JobOutcome, bool]:
    """Start or resume a training run.

    Returns:
        Its outcome, and whether Ctrl+C ended it early.

    Raises:
        StudioError: it failed; a crash says how to resume.
    """
    with Shown("training") as shown, Interrupts() as interrupts:
        outcome = resume_training(run, on_event=interrupts.watching(shown.event))
    return outcome, interrupts.seen() and outcome.state != "finished"


class WarmWorker:
    """One worker for several jobs, one after the other: torch is loaded once."""

    def __init__(self) -> None:
        self._child = Child()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._child.close(grace=1.0)

    def do(self, spec: AnySpec, what: str, payload: bytes = b"") -> JobOutcome:
        """Do one job; see `do`."""
        media: list[tuple[MediaOut, Pixels]] = []
        stamp = self._child.send(spec, payload)
        with Shown(what) as shown:
            while True:
                event = self._child.receive()
                if event is None or event.stamp != stamp:
                    continue
                shown.event(event)
                match event.message:
                    case Failed() as failed:
                        raise failed.error()
                    case MediaOut() as message:
                        media.append((message, pixels(message, event.payload)))
                    case Result(values=values):
                        return JobOutcome("finished", values, media)


class Interrupts:
    """Tells whether Ctrl+C was pressed while it was entered.

    The runner turns the first Ctrl+C into a polite stop, which looks like one that was asked
    for with `runs stop`; Python's wake-up descriptor sees the signal whoever handles it.
    """

    def __init__(self) -> None:
        self._seen = False
        self._reader, self._writer = socket.socketpair()
        self._before = -1
        self._in_main = threading.current_thread() is threading.main_thread()

    def __enter__(self) -> Self:
        for end in (self._reader, self._writer):
            end.setblocking(False)
        if self._in_main:
            self._before = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.seen()
        if self._in_main:
            signal.set_wakeup_fd(self._before)
        self._reader.close()
        self._writer.close()

    def seen(self) -> bool:
        """Whether there was one so far."""
        with contextlib.suppress(OSError):
            self._seen = self._seen or signal.SIGINT in self._reader.recv(4096)
        return self._seen

    def watching(self, on_event: Callable[[Event], None]) -> Callable[[Event], None]:
        """`on_event`, which also says once that the work is about to stop."""
        told = False

        def watch(event: Event) -> None:
            nonlocal told
            if not told and self.seen():
                told = True
                note("Stopping; Ctrl+C once more stops at once.")
            on_event(event)

        return watch
