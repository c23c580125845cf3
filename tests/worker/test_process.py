"""The real worker's edges: its entry point, and an orphan that nobody listens to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from aigc_studio.jobs import wire
from aigc_studio.jobs.child import Child
from aigc_studio.jobs.messages import Answer, Progress, Request
from aigc_studio.jobs.specs import Denoise, ModelRef
from aigc_studio.jobs.wire import Reader, Writer

FAKE_WORKER = [sys.executable, str(Path(__file__).parent / "fake_worker.py")]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}


def _deed(name: str) -> Denoise:
    return Denoise(model=ModelRef(id="0" * 64, path=Path("/m")), inputs=(Path(f"{name}:"),))


def test_the_real_worker_starts_without_torch_and_ends_with_its_parent() -> None:
    with Child([sys.executable, "-v", "-m", "aigc_studio.worker"]) as child:
        assert child.close(grace=60) == 0
    assert not any("import 'torch'" in line for line in child.log_lines())


def test_an_orphan_that_computes_for_nobody_ends() -> None:
    with subprocess.Popen(
        FAKE_WORKER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, env=ENVIRONMENT
    ) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        Writer(worker.stdin).write(Request(stamp=1, spec=_deed("orphan")))
        frame = Reader(worker.stdout).read()  # type: ignore[arg-type]
        assert frame is not None
        assert isinstance(frame.envelope, Answer)
        assert isinstance(frame.envelope.message, Progress)
        worker.stdin.close()
        assert worker.wait(60) == 1


def test_a_parent_that_talks_nonsense_ends_the_worker() -> None:
    done = subprocess.run(
        FAKE_WORKER,
        input=b"GET / HTTP/1.1\r\n\r\n",
        capture_output=True,
        check=False,
        timeout=60,
        env=ENVIRONMENT,
    )
    assert done.returncode == 0
    assert done.stdout == b""
    assert b"cannot be understood" in done.stderr


def test_a_reader_who_has_gone_is_the_end() -> None:
    frame = b"".join(map(bytes, wire.encode(Request(stamp=1, spec=_deed("until-wished")))))
    with subprocess.Popen(
        FAKE_WORKER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=ENVIRONMENT
    ) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdout.close()
        worker.stdin.write(frame)
        worker.stdin.flush()
        assert worker.wait(60) == 0
