"""What the set-up says, and child processes whose chatter is condensed to one line."""

from __future__ import annotations

import queue
import re
import subprocess
import sys
import threading
import time
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

TAIL = 15
QUIET_SECONDS = 20.0  # without a terminal: a sign of life this often
_FOUND = re.compile(r"^Collecting ([\w.-]+)")
_DOWNLOADING = re.compile(r"^Downloading (?:\S*/)?([\w.]+)-\S+ (?:.* )?(\([\d.]+ [kMG]?B\))")
_INSTALLING = re.compile(r"^Installing collected packages: (.*)")


class SetupError(Exception):
    """The set-up cannot go on.

    Attributes:
        happened: what went wrong.
        details: the last lines of a log, or empty.
        todo: what to do about it.
    """

    def __init__(self, happened: str, todo: str, details: str = "") -> None:
        super().__init__(happened)
        self.happened = happened
        self.todo = todo
        self.details = details


def tell(error: SetupError) -> None:
    """Print an error: the details first, so that the words stand last."""
    if error.details:
        print(error.details, file=sys.stderr)
    print(f"\nFailed: {error.happened}\nTo do:  {error.todo}", file=sys.stderr)


def step(text: str) -> None:
    """Print the headline of a step."""
    print(f"- {text}", flush=True)


def note(text: str) -> None:
    """Print a remark below a step."""
    print(f"  {text}", flush=True)


def logged(command: Sequence[str], log: Path, env: Mapping[str, str] | None = None) -> int:
    """Run `command` with its output in `log` and its newest news on the terminal; its exit code."""
    with (
        log.open("a", encoding="utf-8") as out,
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            env=env,
        ) as child,
    ):
        assert child.stdout is not None
        out.write(f"\n$ {' '.join(command)}\n")
        status = Status()
        for line in _lines(child.stdout):
            if line is not None:
                out.write(line)
                out.flush()
            status.update(line)
        status.clear()
        return child.wait()


def _lines(stream: IO[str]) -> Iterator[str | None]:
    """The stream's lines as they come, and None in each second without one."""
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()

    def pump() -> None:
        for line in stream:
            waiting.put(line)
        waiting.put("")

    thread = threading.Thread(target=pump, daemon=True)
    thread.start()
    while True:
        try:
            line = waiting.get(timeout=1.0)
        except queue.Empty:
            yield None
            continue
        if not line:
            break
        yield line
    thread.join()


class Status:
    """The newest news of a child: one line rewritten on a terminal, rare lines elsewhere."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._printed = self._start
        self._news = "working"
        self._terminal = sys.stdout.isatty()

    def update(self, line: str | None) -> None:
        """Take note of a line of output, or of a second without one."""
        self._news = (news(line) if line else None) or self._news
        now = time.monotonic()
        text = f"{self._news} ... {now - self._start:.0f} s"
        if self._terminal:
            print(f"\r\033[K  {text[:76]}", end="", flush=True)
        elif now - self._printed > QUIET_SECONDS:
            self._printed = now
            note(text)

    def clear(self) -> None:
        """Wipe the line, the child has ended."""
        if self._terminal:
            print("\r\033[K", end="", flush=True)


def news(line: str) -> str | None:
    """What a line of pip's output tells a person, None when that is nothing."""
    line = line.strip()
    if found := _DOWNLOADING.match(line):
        return f"downloading {found[1]} {found[2]}"
    if found := _FOUND.match(line):
        return f"looking for {found[1]}"
    if found := _INSTALLING.match(line):
        return f"unpacking {found[1].count(',') + 1} packages"
    return None


def tail(log: Path) -> str:
    """The last lines of a log."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(f"  | {line}" for line in lines[-TAIL:])
