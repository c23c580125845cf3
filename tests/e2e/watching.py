"""Act on a run from beside it while the command line trains."""

from __future__ import annotations

import contextlib
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import psutil

from aigc_studio.base.locks import Holder, holder_of
from aigc_studio.jobs.runs import RunFolder, list_runs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PATIENCE = 60.0
A_MOMENT = 0.02


def until(true: Callable[[], object], what: str) -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"never: {what}"
        time.sleep(A_MOMENT)


def newest(project: Path) -> RunFolder:
    """The run that was started last."""
    until(lambda: list_runs(project / "runs"), "a run")
    return list_runs(project / "runs")[-1]


def stepping(run: RunFolder) -> None:
    """Wait until a run makes steps of its own."""

    def steps() -> bool:
        return run.state() == "running" and bool(run.checkpoints())

    until(steps, "a checkpoint of a running run")


def worker_of(run: RunFolder) -> psutil.Process:
    """The process that trains a run now; the tag of one that was killed may still lie there."""
    found: list[psutil.Process] = []

    def there() -> bool:
        holder = holder_of(run.path / "lock.holder")
        with contextlib.suppress(psutil.Error):
            if isinstance(holder, Holder):
                process = psutil.Process(holder.pid)
                found[:] = [process] if str(run.path) in process.cmdline() else []
        return bool(found)

    until(there, "a worker that holds the run")
    return found[0]


def gone(process: psutil.Process) -> bool:
    """Whether a process has ended; without taking its exit code from whoever started it."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


@contextlib.contextmanager
def meanwhile(project: Path, act: Callable[[RunFolder], None]) -> Iterator[None]:
    """Do something to the newest run in a thread beside; what it raises is raised at the end."""

    def acting() -> None:
        run = newest(project)
        try:
            act(run)
        except BaseException:
            run.request("stop")  # else a run left paused would never end
            raise

    with ThreadPoolExecutor(1) as pool:
        doing = pool.submit(acting)
        yield
        doing.result()
