"""A moved or scaled layer catches edges and middles, of the canvas and of other layers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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


def caught(box: QRectF, lines: Lines, reach: float) -> Caught:
    """What a layer with this box catches; `reach` is in pixels of the canvas."""
    right, upright = _nearest((box.left(), box.center().x(), box.right()), lines.upright, reach)
    down, across = _nearest((box.top(), box.center().y(), box.bottom()), lines.across, reach)
    return Caught(right, down, upright, across)


@dataclass(frozen=True)
class Lines:
    """What can be caught: lines by their x and by their y; those named first win."""

    upright: tuple[float, ...]
    across: tuple[float, ...]

    @staticmethod
    def of(width: int, height: int, others: Iterable[QRectF] = ()) -> Lines:
        """The edges and the middle of a canvas, then those of other layers' boxes."""
        upright, across = [0.0, width / 2, float(width)], [0.0, height / 2, float(height)]
        for box in others:
            upright += (box.left(), box.center().x(), box.right())
            across += (box.top(), box.center().y(), box.bottom())
        return Lines(tuple(upright), tuple(across))


def grown(box: QRectF, lines: Lines, reach: float) -> tuple[float, Caught]:
    """How a box that is scaled about its middle must be scaled on to have an edge on a line.

    Returns:
        The factor, 1 where no line is near, and the line.
    """
    best: tuple[float, float, Caught] = (reach, 1.0, Caught())
    middle = box.center()
    for length, centre, found, way in (
        (box.width() / 2, middle.x(), lines.upright, "upright"),
        (box.height() / 2, middle.y(), lines.across, "across"),
    ):
        for line in found:
            wanted = abs(line - centre)
            if wanted > reach and abs(wanted - length) <= best[0] and length > 0:
                kept = Caught(**{way: (line,)})  # type: ignore[arg-type]
                best = (abs(wanted - length), wanted / length, kept)
    return best[1], best[2]


def _nearest(
    places: Sequence[float], lines: Sequence[float], reach: float
) -> tuple[float, tuple[float, ...]]:
    ways = [(line - place, line) for line in lines for place in places]
    way, line = min(ways, key=lambda each: abs(each[0]))
    return (way, (line,)) if abs(way) <= reach else (0.0, ())
