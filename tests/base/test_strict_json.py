from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aigc_studio.base.errors import StudioError
from aigc_studio.base.strict_json import MAX_DEPTH, MAX_DIGITS, dumps, loads

NUMBERS = st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False)
PLAIN = st.none() | st.booleans() | NUMBERS | st.text(st.characters(codec="utf-8"))
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text("abc"), inner), max_leaves=20
)


@given(VALUES)
@example({"a": ['"[{', "\\", '\\"[']})
def test_what_is_written_is_read_again(value: object) -> None:
    assert loads(dumps(value), "it") == value
    assert dumps(loads(dumps(value), "it")) == dumps(value)


@given(st.binary() | st.text('[]{}",:\\ 0123456789eE+-.NaInfity').map(str.encode))
def test_anything_else_is_a_studio_error(data: bytes) -> None:
    with contextlib.suppress(StudioError):
        loads(data, "it")


@pytest.mark.parametrize(
    "text",
    [
        "NaN",
        "Infinity",
        "[-Infinity]",
        "1e999",
        '{"a": [-1e999]}',
        "9" * 400 + ".5",
        "9" * 5000,
        "-" + "9" * 100_000,
        "9" * (MAX_DIGITS + 1),
    ],
)
def test_numbers_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(StudioError, match="it is not valid") as caught:
        loads(text.encode(), "it")
    assert caught.value.kind == "hostile"
    assert len(str(caught.value)) < 200


def test_large_and_small_numbers_are_read() -> None:
    assert loads(b"[1e308, 1e-999, 18446744073709551615]", "it") == [1e308, 0.0, 2**64 - 1]
    assert float(str(loads(b"9" * MAX_DIGITS, "it"))) < 1e301


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"a": 1, "a": 2}', '"a" stands there twice'),
        (b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), "nested deeper"),
        (b'{"a": ' * 100_000, "nested deeper"),
        (b"[1,]", "it is not valid"),
        (b"\xff\xfe\xfd", "it is not valid"),
        (b"", "it is not valid"),
    ],
)
def test_what_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(StudioError, match=reason):
        loads(data, "it")


def test_size_is_bounded_before_reading() -> None:
    assert loads(b"[1]", "it", max_bytes=3) == [1]
    with pytest.raises(StudioError, match="at most 3 are read"):
        loads(b"[12]", "it", max_bytes=3)


def test_the_deepest_that_is_read() -> None:
    data = b"[" * MAX_DEPTH + b"]" * MAX_DEPTH
    assert loads(data, "it") == json.loads(data)


def test_canonical() -> None:
    assert dumps({"b": 1, "a": "狐"}) == '{"a":"狐","b":1}'.encode()
    with pytest.raises(ValueError, match="not JSON compliant"):
        dumps(float("nan"))
