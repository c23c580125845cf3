"""What a test must leave behind: no thread, no child process, no open file."""

from __future__ import annotations

import signal
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# An example may be slow because the machine is busy; the limit of the whole test stands.
settings.register_profile("studio", deadline=None)
settings.load_profile("studio")

# A shell lets what it starts in the background ignore Ctrl+C; tests of Ctrl+C are to run there too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

PATIENCE = 3.0
# Python's own helper for shared memory and spawned children lives as long as the test run.
_HELPERS = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")


@pytest.fixture(autouse=True)
def nothing_leaks() -> Iterator[None]:
    """Fail a test that leaves a thread, a child process or an open temporary file behind."""
    probes: dict[str, Callable[[], set[str]]] = {
        "threads": _threads,
        "child processes": _children,
        "open temporary files": _open_files,
    }
    before = {what: probe() for what, probe in probes.items()}
    yield
    leaks = {what: _left(probe, before[what]) for what, probe in probes.items()}
    told = [f"{what}: {', '.join(sorted(left))}" for what, left in leaks.items() if left]
    assert not told, f"left behind: {'; '.join(told)}"


def _left(probe: Callable[[], set[str]], before: set[str]) -> set[str]:
    """What is still there after a little patience; what is about to end is no leak."""
    deadline = time.monotonic() + PATIENCE
    while (left := probe() - before) and time.monotonic() < deadline:
        time.sleep(0.02)
    return left


def _threads() -> set[str]:
    return {f"{thread.name} ({thread.ident})" for thread in threading.enumerate()}


def _children() -> set[str]:
    found = set()
    for child in psutil.Process().children(recursive=True):
        try:
            words = " ".join(child.cmdline())
        except psutil.Error:
            continue  # it ended while we looked
        if not any(helper in words for helper in _HELPERS):
            found.add(f"{child.pid} {words[:120]}")
    return found


def _open_files() -> set[str]:
    places = (Path(tempfile.gettempdir()).resolve(),)
    opened = psutil.Process().open_files()
    return {
        f"{file.path} ({file.fd})" for file in opened if Path(file.path).is_relative_to(*places)
    }
