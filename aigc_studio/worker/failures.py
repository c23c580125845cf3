"""Whatever a handler raised, in words for an artist."""

from __future__ import annotations

import traceback

from aigc_studio.base.errors import StudioError
from aigc_studio.jobs.messages import Failed

# torch is not imported to name its errors: a worker may fail before torch is there.
_OUT_OF_MEMORY_TYPES = frozenset({"MemoryError", "OutOfMemoryError"})
_OUT_OF_MEMORY_WORDS = ("can't allocate memory", "not enough memory", "out of memory")
MAX_DETAIL = 20_000


def as_failure(error: Exception) -> Failed:
    """The message that tells the parent of `error`; call it inside the `except` clause."""
    detail = "".join(traceback.format_exception(error))[-MAX_DETAIL:]
    if isinstance(error, StudioError):
        return Failed(happened=error.happened, kept=error.kept, todo=error.todo, kind=error.kind)
    if is_out_of_memory(error):
        return Failed(
            happened="There was not enough memory for this job.",
            kept="Everything saved before is safe.",
            todo="Choose a smaller batch or a smaller size, or close other programs.",
            kind="memory",
            detail=detail,
        )
    return Failed(
        happened=f"The job failed unexpectedly: {type(error).__name__}: {error}",
        kept="Everything saved before is safe.",
        todo="Try again; if it happens again, report it with the details.",
        kind="failed",
        detail=detail,
    )


def is_out_of_memory(error: Exception) -> bool:
    """Whether an exception means that main or graphics memory ran out."""
    names = {kind.__name__ for kind in type(error).__mro__}
    if names & _OUT_OF_MEMORY_TYPES:
        return True
    text = str(error).lower()
    return isinstance(error, RuntimeError) and any(words in text for words in _OUT_OF_MEMORY_WORDS)
