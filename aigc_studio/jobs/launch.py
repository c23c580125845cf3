"""How a training worker is started, on one processor or on several GPUs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.base.paths import user_data
from aigc_studio.jobs.child import worker_command

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TRAINING_NICE = 10


def busy_flag() -> Path:
    """The file that exists while the engine of this user serves somebody."""
    return user_data() / "engine-busy"


def training_command(
    run: Path, *, gpus: int, yield_flag: Path, worker: Sequence[str] | None = None
) -> list[str]:
    """The command line of a worker for one training run.

    Several GPUs take one process each, started by torchrun, see `ml.parallel`; only the first
    talks to us, holds the run's lock and writes. (Tried with processes on the CPU, not yet on
    several GPUs.)

    Args:
        run: folder of the run.
        gpus: number of GPUs.
        yield_flag: see `busy_flag`.
        worker: another worker command (tests).

    Raises:
        StudioError: kind "missing", this machine has fewer CUDA GPUs.
    """
    options = ["--run", str(run), "--nice", str(TRAINING_NICE), "--yield-flag", str(yield_flag)]
    if gpus == 1:
        return [*(worker or worker_command()), *options]
    require_gpus(gpus)
    torchrun = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", str(gpus)]
    # Behind "--", else torchrun takes `--run` for an option of its own cut short.
    return [sys.executable, *torchrun, "-m", "--", "aigc_studio.worker", *options]


def require_gpus(wanted: int) -> None:
    """Check that so many CUDA GPUs are there.

    Raises:
        StudioError: kind "missing", there are fewer.
    """
    found = cuda_gpus()
    if found < wanted:
        have = {0: "no NVIDIA GPU", 1: "one NVIDIA GPU"}.get(found, f"{found} NVIDIA GPUs")
        raise StudioError(
            f"Training on {wanted} GPUs was asked for, and this machine has {have}.",
            kept="Nothing was started.",
            todo="Ask for fewer GPUs.",
            kind="missing",
        )


def cuda_gpus() -> int:
    """How many CUDA GPUs a worker would see; asks the driver, since torch is not loaded here."""
    visible = os.environ.get("CUDA_VISIBLE_DEVICES")
    listed = _listed_gpus()
    if visible is None:
        return listed
    shown = [entry for entry in visible.split(",") if entry.strip() not in ("", "-1")]
    return min(listed, len(shown))


def _listed_gpus() -> int:
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return 0
    try:
        answer = subprocess.run(
            [tool, "-L"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    return sum(line.startswith("GPU ") for line in answer.stdout.splitlines())
