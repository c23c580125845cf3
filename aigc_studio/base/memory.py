"""How the C library keeps memory that is not used any more."""

from __future__ import annotations

import contextlib
import ctypes
import sys

# From glibc's malloc.h.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_ALONE = 256 << 10  # bytes from which a piece of memory is the system's own, and goes back alone
_SPARE = 4 << 20  # bytes that are kept at an end for the next who asks


def give_back_early() -> None:
    """Let the memory of pictures go back to the system as soon as they are gone.

    Left to itself glibc learns from the largest picture that came and went, up to 32 MB, that
    such pieces had better be kept; each thread then keeps its own, and a window that has worked
    for some hours seems to have grown by what nobody uses. Elsewhere this does nothing.
    """
    if not sys.platform.startswith("linux"):
        return
    with contextlib.suppress(AttributeError):  # another C library
        library = ctypes.CDLL(None)
        library.mallopt(_MMAP_THRESHOLD, _ALONE)
        library.mallopt(_TRIM_THRESHOLD, _SPARE)
