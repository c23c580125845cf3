from __future__ import annotations

import math

import pytest
from pydantic import ValidationError

from aigc_studio.base.frozen import Frozen


class Sketch(Frozen):
    """A value of each delicate sort."""

    weight: float = 1.0
    code: bytes = b""


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf])
def test_only_finite_numbers(wrong: float) -> None:
    with pytest.raises(ValidationError):
        Sketch(weight=wrong)


def test_unknown_fields_are_refused() -> None:
    with pytest.raises(ValidationError):
        Sketch.model_validate({"weight": 1, "colour": 2})


def test_values_stay_as_they_are() -> None:
    sketch = Sketch()
    name = "weight"
    with pytest.raises(ValidationError):
        setattr(sketch, name, 2.0)
    assert hash(sketch) == hash(Sketch())


def test_bytes_travel_through_json() -> None:
    sketch = Sketch(code=bytes(range(256)))
    assert Sketch.model_validate_json(sketch.model_dump_json()) == sketch
