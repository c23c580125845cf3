"""A tempo from taps."""

from __future__ import annotations

from statistics import median

_FORGET = 2.0  # seconds without a tap begin anew
_MOST = 12
_SLOWEST, _FASTEST = 20.0, 400.0


class Tapping:
    """Beats a minute from the middle one of the last times between taps."""

    def __init__(self) -> None:
        self._times: list[float] = []

    def tap(self, at: float) -> float | None:
        """One tap, at so many seconds of any clock; the tempo from the second tap on."""
        if self._times and not 0 < at - self._times[-1] < _FORGET:
            self._times.clear()
        self._times = [*self._times, at][-_MOST:]
        if len(self._times) < 2:
            return None
        gaps = [
            later - earlier for earlier, later in zip(self._times, self._times[1:], strict=False)
        ]
        bpm = round(60 / median(gaps), 1)
        return min(max(bpm, _SLOWEST), _FASTEST)
