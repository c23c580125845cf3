"""JSON from outside, read strictly: finite numbers, no duplicate keys, bounded size and depth."""

from __future__ import annotations

import json
import math
import re
from typing import NoReturn

from aigc_studio.base.errors import StudioError

MAX_BYTES = 256 << 20
MAX_DEPTH = 64
# A number of so many digits is still a finite float, whatever reads it later.
MAX_DIGITS = 300
_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_BRACKETS = re.compile(rb"[\[\]{}]")


def loads(data: bytes, what: str, *, max_bytes: int = MAX_BYTES) -> object:
    """Parse UTF-8 JSON.

    Args:
        data: the raw bytes.
        what: what is being read, for the message.
        max_bytes: larger input is refused unread.

    Raises:
        StudioError: kind "hostile", naming the reason.
    """
    if len(data) > max_bytes:
        raise _refused(what, f"it has {len(data)} bytes, at most {max_bytes} are read")
    _check_depth(data, what)
    try:
        parsed: object = json.loads(
            data,
            parse_constant=_no_constant,
            parse_float=_finite,
            parse_int=_short,
            object_pairs_hook=_unique,
        )
    except (ValueError, RecursionError) as error:
        raise _refused(what, str(error)) from error
    return parsed


def dumps(value: object) -> bytes:
    """Canonical JSON: sorted keys, no spaces, UTF-8, NaN refused. Equal values, equal bytes."""
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()


def _refused(what: str, reason: str) -> StudioError:
    return StudioError(
        f"{what} is not valid: {reason}.",
        kind="hostile",
        todo="Use a copy from a source you trust.",
    )


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number that may stand here")


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError(f"{digits[:20]} is too large a number")
    return number


def _short(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError(f"a number has {len(digits)} digits, at most {MAX_DIGITS} are read")
    return int(digits)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f'the key "{twice}" stands there twice')
    return table


def _check_depth(data: bytes, what: str) -> None:
    # json's own C scanner recurses; the depth is bounded before it ever sees the bytes.
    depth = 0
    for bracket in _BRACKETS.findall(_STRINGS.sub(b"", data)):
        depth += 1 if bracket in b"[{" else -1
        if depth > MAX_DEPTH:
            raise _refused(what, f"it is nested deeper than {MAX_DEPTH} levels")
