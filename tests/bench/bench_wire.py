"""300 pictures of 512 x 512 from a worker, against the same bytes copied through a bare pipe.

Run: python tests/bench/bench_wire.py
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from aigc_studio.jobs.child import Child
from aigc_studio.jobs.messages import MediaOut
from aigc_studio.jobs.runner import pixels
from aigc_studio.jobs.specs import Denoise, ModelRef

FAKE_WORKER = Path(__file__).parents[1] / "worker" / "fake_worker.py"
COUNT = 300
SIZE = 512 * 512 * 3
BARE = f"""
import sys
sys.stdin.buffer.readline()
frame = bytes({SIZE})
out = open(1, "wb", buffering=0)
for _ in range({COUNT}):
    out.write(frame)
"""


def wire_seconds() -> float:
    """Ask a warm worker for the pictures and take them as arrays."""
    model = ModelRef(id="0" * 64, path=Path("/m"))
    with Child([sys.executable, str(FAKE_WORKER)]) as child:
        child.send(Denoise(model=model, inputs=(Path("nothing:"),)))
        child.receive()
        began = time.perf_counter()
        child.send(Denoise(model=model, inputs=(Path(f"frames:{COUNT}"),)))
        taken = 0
        while taken < COUNT:
            event = child.receive()
            assert event is not None
            assert isinstance(event.message, MediaOut)
            taken += pixels(event.message, event.payload).shape[0] == 512
        return time.perf_counter() - began


def bare_seconds() -> float:
    """The same number of bytes, as fast as a pipe can."""
    with subprocess.Popen(
        [sys.executable, "-c", BARE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        time.sleep(0.3)
        began = time.perf_counter()
        process.stdin.write(b"\n")
        left, room = COUNT * SIZE, bytearray(SIZE)
        while left:
            left -= process.stdout.readinto(room)  # type: ignore[attr-defined]
        return time.perf_counter() - began


if __name__ == "__main__":
    # Taken in turns, so that a busy machine disturbs both alike.
    rounds = [(wire_seconds(), bare_seconds()) for _ in range(5)]
    wire, bare = (min(times) for times in zip(*rounds, strict=True))
    megabytes = COUNT * SIZE / 1e6
    print(f"wire {wire:.3f} s ({megabytes / wire:.0f} MB/s), bare pipe {bare:.3f} s")
    print(f"ratio {wire / bare:.2f}")
