"""How a process ended, in words an artist can act on."""

from __future__ import annotations

import signal

from aigc_studio.base.errors import StudioError

KEPT = "Nothing but this job was lost."


def in_words(code: int) -> StudioError:
    """The error, kind "crashed", for a worker's exit code (negative: a signal)."""
    name = _signal_name(code)
    if name == "SIGKILL":
        return StudioError(
            "The worker process was killed by the system (SIGKILL), most likely because "
            "memory ran out.",
            kept=KEPT,
            todo="Close other programs or choose a smaller batch or size, then start it again; "
            "a training run goes on from its last checkpoint.",
            kind="crashed",
        )
    how = f"crashed ({name})" if name else f"ended unexpectedly (exit code {code})"
    return StudioError(
        f"The worker process {how}.",
        kept=KEPT,
        todo="Start it again; a training run goes on from its last checkpoint.",
        kind="crashed",
    )


def _signal_name(code: int) -> str:
    # Shells and torchrun pass a signal on as 128 + its number.
    number = -code if code < 0 else code - 128
    try:
        return signal.Signals(number).name
    except ValueError:
        return ""
