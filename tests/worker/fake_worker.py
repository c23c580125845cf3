"""A worker with a handler of its own; what it does is named by the spec, see `_deed`."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.base.errors import StudioError
from aigc_studio.jobs.specs import AnySpec, Denoise, Train
from aigc_studio.worker import inbox
from aigc_studio.worker.main import serve

if TYPE_CHECKING:
    from aigc_studio.worker.control import Control
    from aigc_studio.worker.reporter import Reporter

BLINK = 0.002


class OutOfMemoryError(RuntimeError):
    """Named like torch's."""


def handle(spec: AnySpec, payload: bytes, reporter: Reporter, control: Control) -> None:
    """Do what the first input's name says, or train."""
    if isinstance(spec, Train):
        _train(spec, reporter, control)
    elif isinstance(spec, Denoise):
        name, _, argument = spec.inputs[0].as_posix().partition(":")
        _deed(name, argument, payload, reporter, control)


def _deed(name: str, argument: str, payload: bytes, reporter: Reporter, control: Control) -> None:
    match name:
        case "echo":
            reporter.result({"payload": len(payload), "argument": argument})
        case "nothing":
            pass
        case "frames":
            frame = np.full((512, 512, 3), 7, np.uint8)
            for index in range(int(argument)):
                reporter.media(index, int(argument), frame, seed=index)
        case "stdin":
            reporter.result({"read": sys.stdin.read(), "descriptor": os.read(0, 10).decode()})
        case "nice":
            reporter.result({"nice": os.nice(0), "session": _session_priority()})
        case "prints":
            _print_everywhere()
        case _:
            _wait(name, argument, reporter, control)


def _wait(name: str, argument: str, reporter: Reporter, control: Control) -> None:
    match name:
        case "until":
            _wait_for(Path(argument))
            reporter.result({"argument": argument})
        case "until-wished":
            _until_wished(reporter, control)
        case "deaf":
            _be_deaf(reporter)
        case "deaf-to-all":
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            _be_deaf(reporter)
        case "orphan":
            inbox.ORPHAN_SECONDS = 0.1
            _be_deaf(reporter)
        case "die-once":
            if not Path(argument).exists():
                Path(argument).touch()
                os.kill(os.getpid(), signal.SIGKILL)
        case _:
            _fail(name)


def _session_priority() -> str:
    # Linux alone weighs whole sessions, and not every build of it does.
    file = Path("/proc/self/autogroup")
    return file.read_text("ascii").split()[-1] if file.exists() else ""


def _be_deaf(reporter: Reporter) -> None:
    reporter.progress(1, 2, seconds=0.0)
    time.sleep(600)


def _fail(name: str) -> None:
    match name:
        case "sigkill":
            sys.stderr.write("last words\n")
            os.kill(os.getpid(), signal.SIGKILL)
        case "sigsegv":
            ctypes.string_at(0)
        case "exit":
            os._exit(7)
        case "raise":
            raise RuntimeError("boom")
        case "memory":
            raise MemoryError
        case "torch-memory":
            raise OutOfMemoryError("CUDA: tried to allocate")
        case "cpu-memory":
            raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried 9 GB")
        case "studio-error":
            raise StudioError("A.", kept="B.", todo="C.", kind="input")
        case _:
            raise AssertionError(name)


def _print_everywhere() -> None:
    print("from python")  # noqa: T201 - that is what is tested
    os.write(1, b"from a C library\n")
    subprocess.run([sys.executable, "-c", "print('from a grandchild')"], check=True)


def _wait_for(file: Path) -> None:
    while not file.exists():
        time.sleep(BLINK)


def _until_wished(reporter: Reporter, control: Control) -> None:
    reporter.progress(0, 1, seconds=0.0)
    while not (wish := control.poll()):
        time.sleep(BLINK)
    reporter.result({"wish": wish})


def _train(spec: Train, reporter: Reporter, control: Control) -> None:
    assert spec.steps is not None
    saved = sorted(int(path.name) for path in (spec.folder / "checkpoints").iterdir())
    step = resumed = saved[-1] if saved else 0
    reporter.state("running")
    while step < spec.steps:
        match control.poll():
            case "stop" | "suspend" as ending:
                reporter.state("stopping")
                (spec.folder / "checkpoints" / f"{step:08d}").touch()
                reporter.state("stopped" if ending == "stop" else "suspended")
                break
            case "pause":
                reporter.state("paused")
                control.wait_while_paused()
                reporter.state("running")
                continue
            case "snapshot":
                reporter.snapshot(step, "0" * 64, "snapshots/now.safetensors")
        step += 1
        reporter.progress(step, spec.steps, seconds=0.1, losses={"loss": 1.0 / step})
        time.sleep(BLINK)
        if spec.name == "fails":
            raise RuntimeError("boom")
        if spec.name == "dies" and step == 3:
            os.kill(os.getpid(), signal.SIGKILL)
    reporter.result({"steps": step, "resumed_from": resumed})


if __name__ == "__main__":
    sys.exit(serve(handle))
