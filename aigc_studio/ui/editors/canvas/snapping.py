"""A moved layer catches the canvas's edges and middle when it comes near them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF

REACH = 6  # pixels of the screen


@dataclass(frozen=True)
class Caught:
    """How much further it goes to lie on a line.

    Attributes:
        right, down: pixels of the canvas.
        upright, across: the lines it lies on then, by their x and by their y.
    """

    right: float = 0.0
    down: float = 0.0
    upright: tuple[float, ...] = ()
    across: tuple[float, ...] = ()


def caught(box: QRectF, width: int, height: int, reach: float) -> Caught:
    """What a layer with this box catches; `reach` is in pixels of the canvas."""
    right, upright = _nearest((box.left(), box.center().x(), box.right()), width, reach)
    down, across = _nearest((box.top(), box.center().y(), box.bottom()), height, reach)
    return Caught(right, down, upright, across)


def _nearest(
    places: tuple[float, ...], length: int, reach: float
) -> tuple[float, tuple[float, ...]]:
    ways = [(line - place, line) for line in (0.0, length / 2, length) for place in places]
    way, line = min(ways, key=lambda each: abs(each[0]))
    return (way, (line,)) if abs(way) <= reach else (0.0, ())
