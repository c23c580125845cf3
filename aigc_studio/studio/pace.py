"""How long something still takes, from how far it is."""

from __future__ import annotations

import time

_AT_LEAST = 1.0  # seconds before anything is said
_PART = 0.02


class Pace:
    """Begins when it is made."""

    def __init__(self, now: float | None = None) -> None:
        self._began = time.monotonic() if now is None else now

    def left(self, part: float, now: float | None = None) -> float | None:
        """Seconds until all of it is done, when a part (0 to 1) is; None while that is a guess."""
        passed = (time.monotonic() if now is None else now) - self._began
        if passed < _AT_LEAST or part < _PART:
            return None
        return passed * (1 - min(part, 1.0)) / part
