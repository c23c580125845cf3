"""The worker process: takes requests from its parent one by one, and outlives their failures."""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import functools
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aigc_studio.base import log as logs
from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import disk_errors
from aigc_studio.jobs.messages import RUN_STAMP, Answer, Failed, Request
from aigc_studio.jobs.runs import ORPHAN_WAIT, RunFolder
from aigc_studio.jobs.specs import Train
from aigc_studio.jobs.wire import Reader, Writer
from aigc_studio.worker.failures import as_failure
from aigc_studio.worker.inbox import Inbox, read_in_thread
from aigc_studio.worker.reporter import Reporter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from io import FileIO

    from aigc_studio.jobs.messages import AnyAnswer
    from aigc_studio.jobs.specs import AnySpec
    from aigc_studio.jobs.wire import Payload
    from aigc_studio.worker.control import Control
    from aigc_studio.worker.inbox import Job

    Handler = Callable[[AnySpec, bytes, Reporter, Control], None]
    Send = Callable[[int, AnyAnswer, Payload], bool]

log = logs.topic("worker")


@dataclass(frozen=True)
class Options:
    """How the parent started this worker.

    Attributes:
        once: end after the first job.
        nice: how far to step back behind other programs, 0 to 19.
        run: folder of a training run that is the one job, instead of requests from stdin.
        yield_flag: file that exists while the engine serves somebody.
        lock_wait: seconds to wait for an orphan to let go of the run.
    """

    once: bool
    nice: int
    run: Path | None
    yield_flag: Path | None
    lock_wait: float


def serve(handler: Handler, argv: Sequence[str] | None = None) -> int:
    """Be a worker until the parent closes our stdin; the process's exit code.

    Args:
        handler: does one job; every exception it lets out becomes the job's failure.
        argv: options, those of the process when None.
    """
    options = _options(argv)
    faulthandler.enable()
    logs.start()
    step_back(options.nice)
    incoming, outgoing = claim_pipes()
    inbox = Inbox(options.yield_flag)
    _take_signals(inbox)
    if options.run:
        inbox.put(_request_of(options.run))
    if _is_first_rank(options):
        read_in_thread(Reader(incoming), inbox)
        send = _sender(Writer(outgoing), inbox)
    else:
        send = _discard
    well = _serve_all(handler, inbox, send, options)
    # torchrun ends the other processes of a team only if one ends badly.
    return 0 if well or not _in_team() else 1


def claim_pipes() -> tuple[FileIO, FileIO]:
    """Keep stdin and stdout for the protocol alone; what others print goes to stderr.

    Descriptors are turned too, so that a C library's printf cannot spoil a frame, and a
    program started by a library cannot eat our requests.
    """
    sys.stdout.flush()
    incoming = open(os.dup(0), "rb", buffering=0)  # noqa: SIM115, PTH123 - lives as long as we do
    outgoing = open(os.dup(1), "wb", buffering=0)  # noqa: SIM115, PTH123
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    sys.stdout = sys.stderr
    return incoming, outgoing


def step_back(nice: int) -> None:
    """Leave the processor to programs that somebody is looking at."""
    if not nice:
        return
    if sys.platform == "win32":
        import psutil

        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        return
    os.nice(nice)
    # Linux first shares the processor between sessions, and a worker has one of its own.
    with contextlib.suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(nice), encoding="ascii")


def _options(argv: Sequence[str] | None) -> Options:
    parser = argparse.ArgumentParser(prog="python -m aigc_studio.worker")
    parser.add_argument("--once", action="store_true")
    parser.add_argument("--nice", type=int, default=0)
    parser.add_argument("--run", type=Path)
    parser.add_argument("--yield-flag", type=Path)
    parser.add_argument("--lock-wait", type=float, default=ORPHAN_WAIT)
    return Options(**vars(parser.parse_args(argv)))


def _take_signals(inbox: Inbox) -> None:
    # Ctrl+C in a terminal reaches the parent, which asks us to stop in its own words.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda number, frame: inbox.close())


def _request_of(run: Path) -> Request:
    return Request(stamp=RUN_STAMP, spec=RunFolder(run).spec())


def _is_first_rank(options: Options) -> bool:
    # torchrun starts one process per GPU; only the first talks to the parent and writes.
    return options.run is None or int(os.environ.get("RANK", "0")) == 0


def _in_team() -> bool:
    return int(os.environ.get("WORLD_SIZE", "1")) > 1


def _sender(writer: Writer, inbox: Inbox) -> Send:
    gone = False

    def send(stamp: int, message: AnyAnswer, payload: Payload) -> bool:
        nonlocal gone
        if not gone:
            try:
                writer.write(Answer(stamp=stamp, message=message), payload)
            except OSError:
                # A parent that no longer reads has gone: the same as the end of stdin.
                gone = True
                inbox.close()
        return not gone

    return send


def _discard(stamp: int, message: AnyAnswer, payload: Payload) -> bool:
    if isinstance(message, Failed):
        log.error("rank %s: %s", os.environ.get("RANK"), message.happened)
    return True


def _serve_all(handler: Handler, inbox: Inbox, send: Send, options: Options) -> bool:
    """Whether the last job went well."""
    well = True
    while job := inbox.next():
        well = _do(handler, job, Reporter(functools.partial(send, job.stamp)), options)
        job.done = True
        if options.once or options.run:
            break
    return well


def _do(handler: Handler, job: Job, reporter: Reporter, options: Options) -> bool:
    try:
        with _run_in_hand(job, reporter, options):
            return _do_inside(handler, job, reporter)
    except StudioError as error:
        reporter.failed(as_failure(error))
        return False


def _do_inside(handler: Handler, job: Job, reporter: Reporter) -> bool:
    # Failures are told while the run's lock is still held, since they go into its record.
    try:
        handler(job.spec, job.payload, reporter, job.control)
        if not reporter.ended:
            reporter.result()
    except Exception as error:
        log.debug("the job failed", exc_info=True)
        reporter.failed(as_failure(error))
        return False
    return True


@contextlib.contextmanager
def _run_in_hand(job: Job, reporter: Reporter, options: Options) -> Iterator[None]:
    """Hold the run's lock, record its events and watch its control file."""
    if not isinstance(job.spec, Train) or not _is_first_rank(options):
        yield
        return
    run = RunFolder(job.spec.folder)
    lock = run.lock()
    with disk_errors(run.path):
        lock.acquire(wait=options.lock_wait)
    with lock:
        reporter.record_in(run)
        job.control.watch(run.control_file)
        reporter.state("starting")
        yield
