"""How quick a run is of late, and what time that leaves."""

from __future__ import annotations

import math
from dataclasses import dataclass

LATE = 10.0


@dataclass
class Pace:
    """Items a second over about the last 10 seconds of work.

    Both sums forget exponentially with the time worked; their quotient is an average from the
    first step on, and one slow step weighs by its length.
    """

    _items: float = 0.0
    _seconds: float = 0.0
    _looking: float = 0.0

    def stepped(self, items: int, seconds: float) -> None:
        """Take note of a step and of the seconds of work since the one before."""
        kept = math.exp(-seconds / LATE)
        self._items = self._items * kept + items
        self._seconds = self._seconds * kept + seconds

    def looked(self, share: float) -> None:
        """Take note of the part of the time, in [0, 1), that previews and figures take."""
        self._looking = share

    @property
    def items_per_second(self) -> float:
        """Speed of the work alone."""
        return self._items / max(self._seconds, 1e-9)

    def seconds_left(self, items: int) -> float:
        """Seconds that so many items take, with the looks between them."""
        return items / self.items_per_second / (1 - self._looking)
