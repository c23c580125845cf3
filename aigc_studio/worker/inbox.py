"""Work that waits for the worker, and the thread that reads it from the parent."""

from __future__ import annotations

import os
import queue
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from aigc_studio.base.errors import StudioError
from aigc_studio.base.log import topic
from aigc_studio.jobs.messages import Answer, Command, Request
from aigc_studio.jobs.specs import Train
from aigc_studio.worker.control import Control

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.jobs.messages import Action
    from aigc_studio.jobs.specs import AnySpec
    from aigc_studio.jobs.wire import Frame, Reader

log = topic("worker")
ORPHAN_SECONDS = 30.0


@dataclass
class Job:
    """One request, with the wishes that concern it."""

    stamp: int
    spec: AnySpec
    payload: bytes
    control: Control
    done: bool = False


class Inbox:
    """Jobs in the order they came; commands reach every job that is not done.

    The parent's engine sends one request at a time and replaces what it has not sent, so
    nothing is ever replaced here.
    """

    def __init__(self, yield_flag: Path | None = None) -> None:
        # Neither queue nor tuple needs a lock, so that a signal handler may close the inbox.
        self._waiting: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._live: tuple[Job, ...] = ()
        self._yield_flag = yield_flag
        self._closed = False

    def put(self, request: Request, payload: bytes = b"") -> None:
        """Add a request; one thread only."""
        job = Job(request.stamp, request.spec, payload, Control(yield_flag=self._yield_flag))
        self._live = (*(other for other in self._live if not other.done), job)
        self._waiting.put(job)

    def command(self, action: Action) -> None:
        """Pass a wish on to the jobs that are not done."""
        for job in self._live:
            job.control.put(action)

    def close(self) -> None:
        """End the job in hand politely and give out no more; any thread or signal handler.

        Nobody asked a training to stop for good: it is suspended, to go on where it was.
        """
        self._closed = True
        self.command("suspend")
        self._waiting.put(None)

    def next(self) -> Job | None:
        """Wait for the next job; None when the inbox was closed."""
        job = self._waiting.get()
        return None if self._closed else job

    def costs_only_time(self) -> bool:
        """Whether the jobs in hand write nothing that a sudden end could harm."""
        return not any(isinstance(job.spec, Train) for job in self._live if not job.done)


def read_in_thread(reader: Reader, inbox: Inbox) -> threading.Thread:
    """Fill the inbox from the parent until its stream ends; that means the end of the work."""
    thread = threading.Thread(target=_read, args=(reader, inbox), name="stdin", daemon=True)
    thread.start()
    return thread


def _read(reader: Reader, inbox: Inbox) -> None:
    try:
        while frame := reader.read():
            _sort(frame, inbox)
    except (StudioError, OSError) as error:
        log.error("the parent cannot be understood: %s", error)
    finally:
        inbox.close()
    # Nobody wants the result any more; a handler that never polls must not compute for hours.
    time.sleep(ORPHAN_SECONDS)
    if inbox.costs_only_time():
        os._exit(1)


def _sort(frame: Frame, inbox: Inbox) -> None:
    match frame.envelope:
        case Request() as request:
            inbox.put(request, bytes(frame.payload))
        case Command(action=action):
            inbox.command(action)
        case Answer():
            log.error("an answer came where requests belong")
        case _:
            assert_never(frame.envelope)
