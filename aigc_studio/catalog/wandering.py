"""Smooth walks of chance through a latent space, endless or closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.base.seeds import derive

if TYPE_CHECKING:
    from aigc_studio.catalog.whitening import Doubles

# Of an endless walk, in turns a second: no two of them ever come round together.
_ENDLESS = tuple(0.035 * ((1 + 5**0.5) / 2) ** number for number in range(4))
_CLOSED = (1, 2, 3)  # turns in one round


class Wandering:
    """A walk that starts at a point and stays as typical as that point is.

    Waves of a few frequencies add up to a Gaussian process that is as probable everywhere in a
    standard normal space, and that is known to pass through the start (Rahimi and Recht, "Random
    features for large-scale kernel machines", 2007; conditioning: Rasmussen and Williams,
    "Gaussian processes for machine learning", 2.19). Where it is at a time depends on the start,
    the seed and that time alone.

    Args:
        start: in standard deviations from the mean, (Z,).
        reach: how much of the start is left behind, in (0, 1]; 1 goes anywhere.
        round_in: seconds after which it is where it began; 0 never.
    """

    def __init__(
        self, start: Doubles, seed: int, *, reach: float = 0.6, round_in: float = 0.0
    ) -> None:
        self._start, self._reach = start, min(max(reach, 1e-3), 1.0)
        turns = [number / round_in for number in _CLOSED] if round_in else _ENDLESS
        self._speeds = 2 * np.pi * np.asarray(turns, np.float64)
        dice = np.random.default_rng(derive(seed, "wandering"))
        share = 1 / np.sqrt(len(turns))
        evens, odds = dice.standard_normal((2, len(turns), start.size))
        first = (1 - self._stays) / self._reach * start
        self._evens: Doubles = share * (evens + share * (first - share * evens.sum(axis=0)))
        self._odds: Doubles = share * odds

    @property
    def _stays(self) -> float:
        return float(np.sqrt(1 - self._reach**2))

    def at(self, seconds: float) -> Doubles:
        """Where it is so long after the start, (Z,); at 0 the start itself."""
        if seconds == 0:
            return self._start
        turned = self._speeds * seconds
        away = np.cos(turned) @ self._evens + np.sin(turned) @ self._odds
        place: Doubles = self._stays * self._start + self._reach * away
        return place
