"""Steering by picking: a small evolution strategy in standard deviations of a space.

Each generation is drawn round the middle of what was picked, and mostly along the ways in which
the picked differ from the middle before (Hansen, "The CMA evolution strategy: a tutorial", 2016:
rank-mu update, with as few picked as these kept as they are instead of a whole matrix).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.base.seeds import derive

if TYPE_CHECKING:
    from aigc_studio.catalog.whitening import Doubles

FIRST_REACH, SMALLEST_REACH, LARGEST_REACH = 0.5, 0.02, 1.5
_CALMER, _LEARNED = 0.75, 0.6


@dataclass(frozen=True, eq=False)
class Search:
    """Where a search stands; steps are in standard deviations from the space's mean.

    Attributes:
        middle: what the next generation is drawn round, (Z,).
        seed: of all that is random in it.
        reach: how far the next lie from the middle.
        generation: how many came before.
        ways: from the middle before to each of the picked, in units of that reach, (p, Z).
        drift: the last movement of the middle, (Z,).
    """

    middle: Doubles
    seed: int
    reach: float = FIRST_REACH
    generation: int = 0
    ways: Doubles | None = None
    drift: Doubles | None = None


def proposal(search: Search, index: int) -> Doubles:
    """Number `index` of the present generation, (Z,); it depends on nothing but these two."""
    dice = np.random.default_rng(derive(search.seed, "picking", search.generation, index))
    anywhere = dice.standard_normal(search.middle.size)
    if search.ways is None:
        first: Doubles = search.middle + search.reach * anywhere
        return first
    along = dice.standard_normal(len(search.ways)) / np.sqrt(len(search.ways))
    step = np.sqrt(1 - _LEARNED) * anywhere + np.sqrt(_LEARNED) * (along @ search.ways)
    found: Doubles = search.middle + search.reach * step
    return found


def narrowed(search: Search, picked: Doubles) -> Search:
    """The search after some of its generation were picked, (p, Z); none means others like these.

    The reach shrinks; it grows while the middle goes on in one direction, for then what is
    wanted lies farther away than a generation reaches.
    """
    if not len(picked):
        return replace(search, generation=search.generation + 1)
    middle = picked.mean(axis=0)
    drift = middle - search.middle
    return Search(
        middle=middle,
        seed=search.seed,
        reach=float(np.clip(search.reach * _change(search.drift, drift), *_REACHES)),
        generation=search.generation + 1,
        ways=(picked - search.middle) / search.reach,
        drift=drift,
    )


_REACHES = (SMALLEST_REACH, LARGEST_REACH)


def _change(before: Doubles | None, now: Doubles) -> float:
    lengths = float(np.linalg.norm(now)) * float(0 if before is None else np.linalg.norm(before))
    agreement = 0.0 if before is None or lengths < 1e-12 else float(before @ now) / lengths
    return _CALMER * float(np.exp(agreement))
