"""300 pictures of 512 x 512 from a worker, against the same bytes through a bare pipe.

python -m tests.bench.bench_wire [--times N]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

from aigc_studio.jobs.child import Child
from aigc_studio.jobs.messages import MediaOut
from aigc_studio.jobs.runner import pixels
from aigc_studio.jobs.specs import Denoise, ModelRef
from tests.bench.table import Row, show

if TYPE_CHECKING:
    from io import FileIO

FAKE_WORKER = Path(__file__).parents[1] / "worker" / "fake_worker.py"
COUNT, SIDE = 300, 512
SIZE = SIDE * SIDE * 3
TIMES = 5
TARGET_SECONDS = 1.0
# Descriptors, not sys.stdout: what that is made of depends on PYTHONUNBUFFERED.
BARE = f"""
import os
frame = bytes({SIZE})
os.write(1, b"!")
os.read(0, 1)
for _ in range({COUNT}):
    left = memoryview(frame)
    while left:
        left = left[os.write(1, left):]
"""


def measure(times: int = TIMES) -> list[Row]:
    """Both ways in turns, so that a busy machine disturbs both alike; the best of each."""
    rounds = [(_wire_seconds(), _bare_seconds()) for _ in range(times)]
    wire, bare = (min(seconds) for seconds in zip(*rounds, strict=True))
    speed = COUNT * SIZE / 1e6 / wire
    note = f"{speed:.0f} MB/s, {wire / bare:.2f} x a bare pipe ({bare:.2f} s)"
    return [Row(f"{COUNT} pictures from a worker", wire, TARGET_SECONDS, "s", note=note)]


def _wire_seconds() -> float:
    """Ask a warm worker for the pictures and take them as arrays."""
    with Child([sys.executable, str(FAKE_WORKER)]) as child:
        child.send(_deed("nothing"))
        child.receive()
        began = time.perf_counter()
        child.send(_deed("frames", COUNT))
        for _ in range(COUNT):
            event = child.receive()
            assert event is not None
            assert isinstance(event.message, MediaOut)
            assert pixels(event.message, event.payload).shape[0] == SIDE
        return time.perf_counter() - began


def _deed(name: str, argument: object = "") -> Denoise:
    model = ModelRef(id="0" * 64, path=Path("/m"))
    return Denoise(model=model, inputs=(Path(f"{name}:{argument}"),))


def _bare_seconds() -> float:
    """The same number of bytes, as fast as a pipe can."""
    with subprocess.Popen(
        [sys.executable, "-c", BARE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    ) as process:
        start, pipe = cast("FileIO", process.stdin), cast("FileIO", process.stdout)
        assert pipe.read(1) == b"!"
        began = time.perf_counter()
        start.write(b"!")
        left, room = COUNT * SIZE, bytearray(SIZE)
        while left and (taken := pipe.readinto(room)):
            left -= taken
        assert not left, "the bare pipe ended early"
        return time.perf_counter() - began


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=TIMES)
    show(measure(parser.parse_args().times))
