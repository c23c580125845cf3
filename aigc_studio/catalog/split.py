"""Which items of a collection are kept from training: fixed by content, the same everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HELD_OUT_PART = 10
FEWEST_TO_SPLIT = 10


def is_held_out(sha256: str) -> bool:
    """Whether an item belongs to the tenth that is kept from training; fixed by content."""
    return int(sha256[:8], 16) % HELD_OUT_PART == 0


def held_out(hashes: Sequence[str]) -> list[bool]:
    """For each item of a collection whether it is kept from training.

    Below ten items nothing is held out; otherwise at least one is, and one stays to train on.
    """
    if len(hashes) < FEWEST_TO_SPLIT:
        return [False] * len(hashes)
    out = [is_held_out(sha256) for sha256 in hashes]
    if all(out) or not any(out):
        chosen = min(hashes)
        first = hashes.index(chosen)
        return [index == first for index in range(len(hashes))]
    return out
