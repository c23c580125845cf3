"""Which device computes, in which precision, with how many threads and how much memory."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import torch

from aigc_studio.base.errors import StudioError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from aigc_studio.catalog.training import Precision


def resolve_device(wish: str) -> str:
    """The device for a wish: "auto" takes this process's GPU (`ml.parallel`), else the CPU.

    Raises:
        StudioError: the named device is not there; the message says what is.
    """
    if wish == "auto":
        return f"cuda:{torch.cuda.current_device()}" if torch.cuda.is_available() else "cpu"
    if wish == "cpu" or wish in available_devices():
        return wish
    raise StudioError(
        f'This machine has no device "{wish}".',
        kind="input",
        todo=f"Devices here: {', '.join(available_devices())}; auto takes the fastest.",
    )


def available_devices() -> list[str]:
    """Names of all devices that a job may be sent to, the CPU first."""
    gpus = [f"cuda:{index}" for index in range(torch.cuda.device_count())]
    return ["cpu", *gpus, *(["mps"] if torch.backends.mps.is_available() else [])]


def uses_bfloat16(precision: Precision, device: str) -> bool:
    """Whether training computes in bfloat16 there: asked for, or "auto" and it is faster.

    CPUs with AVX512-BF16 or AMX were 1.4 to 1.8 times as fast with it; emulated it is slower.
    """
    if precision != "auto":
        return precision == "bfloat16"
    if device.startswith("cuda"):
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    has = torch.cpu.get_capabilities() if device == "cpu" else {}
    return bool(has.get("avx512_bf16") or has.get("amx_bf16"))


def autocast(device: str, *, bfloat16: bool) -> AbstractContextManager[object]:
    """Mixed precision for a forward pass, or nothing."""
    if not bfloat16:
        return contextlib.nullcontext()
    return torch.autocast(device.split(":", maxsplit=1)[0], dtype=torch.bfloat16)


def use_cores(wish: int | None = None) -> int:
    """Set the number of compute threads; a run's bytes depend on it. Returns the number.

    Args:
        wish: the number of an earlier session; as many as this process may use when None. A
            machine that has fewer cores takes all it has.
    """
    whole = os.cpu_count() or 1
    torch.set_num_threads(min(wish, whole) if wish else _allowed(whole))
    return torch.get_num_threads()


def _allowed(whole: int) -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else whole
    said = os.environ.get("OMP_NUM_THREADS", "")  # where one says it to any program that computes
    return min(cores, max(1, int(said))) if said.isdecimal() else cores


class Peak(NamedTuple):
    """The most memory this process ever held at once, in bytes; `graphics` with CUDA only."""

    main: int
    graphics: int | None = None


def peak_memory(device: str) -> Peak:
    """What the work so far has needed at its peak; measured, hence call it after the work."""
    if device.startswith("cuda"):
        return Peak(_peak_of_process(), torch.cuda.max_memory_allocated(device))
    return Peak(_peak_of_process())


def _peak_of_process() -> int:
    if sys.platform == "win32":
        import psutil

        return int(psutil.Process().memory_info().peak_wset)
    # Linux counts the parent's memory, from before exec, into ru_maxrss; VmHWM is ours alone.
    with contextlib.suppress(OSError):
        status = Path("/proc/self/status").read_text()
        if found := re.search(r"^VmHWM:\s*(\d+) kB$", status, re.MULTILINE):
            return int(found[1]) * 1024
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
