"""Seeds: every stream of random numbers has a name, so that no two uses share one."""

from __future__ import annotations

import hashlib

MAX_SEED = 2**63 - 1


def derive(seed: int, *names: str | int) -> int:
    """A seed of its own for the named purpose, in [0, 2**63).

    SHA-256 of the seed and the names, so that neighbouring seeds give unrelated streams.
    """
    text = "\x1f".join(str(part) for part in (seed, *names))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) & MAX_SEED
