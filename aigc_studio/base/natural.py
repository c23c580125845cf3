"""The order people expect of names: "fox 2" before "fox 10"."""

from __future__ import annotations

import re

_DIGITS = re.compile("([0-9]+)")


def natural(name: str) -> tuple[object, ...]:
    """A key to sort names by: digits count as numbers, capitals as their small letters."""
    # `split` puts the digits at every second place, so that numbers meet only numbers.
    parts = _DIGITS.split(name.casefold())
    words, numbers = parts[::2], [part.lstrip("0") for part in parts[1::2]]
    # A number with more digits is larger; so the longest of names costs no long division.
    keys = [(len(digits), digits) for digits in numbers] + [(0, "")]
    return (*[part for pair in zip(words, keys, strict=True) for part in pair], name)
