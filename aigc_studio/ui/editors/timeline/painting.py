"""How keys, the ways between them and the play head are drawn."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, assert_never, get_args

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from aigc_studio.document.timeline import eased
from aigc_studio.document.tracks import NumberKey, Sign
from aigc_studio.ui import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigc_studio.document.canvas import Key, Timeline
    from aigc_studio.document.timeline import Film
    from aigc_studio.ui.editors.timeline.rows import Row
    from aigc_studio.ui.editors.timeline.scale import Scale

_POINTS, _SAMPLES = 16, 240
_SIGNS: tuple[Sign, ...] = get_args(Sign)
_EDGE = 4  # pixels above and below a curve


def paint_key(painter: QPainter, easing: str, at: QPointF, *, chosen: bool) -> None:
    """A diamond, or a square for a key that stays; filled when it is selected."""
    colours, half = theme.colours(), theme.px(theme.TIMELINE_KEY) / 2
    painter.setPen(QPen(QColor(colours.accent if chosen else colours.text), 1.5))
    painter.setBrush(QColor(colours.accent if chosen else colours.panel))
    if easing == "hold":
        painter.drawRect(QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half))
        return
    far = half * 1.25
    ends = (QPointF(0, -far), QPointF(far, 0), QPointF(0, far), QPointF(-far, 0))
    painter.drawPolygon(QPolygonF([at + end for end in ends]))


def paint_ways(
    painter: QPainter, scale: Scale, keys: Sequence[Key], timeline: Timeline, middle: float
) -> None:
    """The easing curves between keys; of a loop also the way from the last to the first."""
    painter.setPen(QPen(QColor(theme.colours().edge), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for one, other in pairwise(keys):
        _paint_way(painter, scale, one, other.frame, middle)
    within = [key for key in keys if key.frame < timeline.frames]
    if timeline.loop and within:
        start, end = scale.x_of(0), scale.x_of(timeline.frames)
        painter.save()
        painter.setClipRect(QRectF(start, middle - 100, end - start, 200))
        last, round_to = within[-1], within[0].frame + timeline.frames
        _paint_way(painter, scale, last, round_to, middle)
        _paint_way(painter, scale, last, round_to, middle, by=-timeline.frames)
        painter.restore()


def _paint_way(
    painter: QPainter, scale: Scale, key: Key, until: int, middle: float, *, by: int = 0
) -> None:
    """How far the way is ahead of an even one, above the line; behind it, below."""
    start, end = scale.x_of(key.frame + by), scale.x_of(until + by)
    if key.easing in ("linear", "hold"):
        painter.drawLine(QPointF(start, middle), QPointF(end, middle))
        return
    high = theme.px(theme.TIMELINE_TRACK)
    parts = [number / _POINTS for number in range(_POINTS + 1)]
    painter.drawPolyline(
        [
            QPointF(start + (end - start) * part, middle - (eased(key.easing, part) - part) * high)
            for part in parts
        ]
    )


def curve_of(scale: Scale, film: Film, row: Row, keys: Sequence[Key]) -> QPolygonF:
    """How the number of a row goes, between the least and the largest that it is given."""
    values = [key.value for key in keys if isinstance(key, NumberKey)]
    if not values:
        return QPolygonF()
    low, span = min(values), max(values) - min(values)
    edge = theme.px(_EDGE)
    room, first, left, wide = row.height - edge * 2, scale.first, scale.left, scale.step
    last = min(scale.last, film.canvas.timeline.frames)
    step = max((last - first) / _SAMPLES, 0.1)
    places = [min(first + step * n, last) for n in range(math.ceil((last - first) / step) + 1)]
    heights = [(film.number(row.layer.id, row.track, place) or 0.0) - low for place in places]
    return QPolygonF(
        [
            QPointF(left + (place - first) * wide, row.top + edge + (1 - _part(high, span)) * room)
            for place, high in zip(places, heights, strict=True)
        ]
    )


def _part(high: float, span: float) -> float:
    return high / span if span else 0.5


def paint_curve(painter: QPainter, curve: QPolygonF) -> None:
    """A line in the colour of edges."""
    painter.setPen(QPen(QColor(theme.colours().edge), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(curve)


def paint_play_head(painter: QPainter, x: float, height: int, *, grip: bool = False) -> None:
    """A line; on the ruler with something to take hold of."""
    accent = QColor(theme.colours().accent)
    painter.setPen(QPen(accent, 2))
    painter.drawLine(QPointF(x, 0), QPointF(x, height))
    if grip:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        half = theme.px(5)
        ends = (
            QPointF(-half, 0), QPointF(half, 0), QPointF(half, half), QPointF(0, 2 * half),
            QPointF(-half, half),
        )  # fmt: skip
        painter.drawPolygon(QPolygonF([QPointF(x, 0) + end for end in ends]))


def sign_colour(sign: Sign) -> QColor:
    """The colour that goes with the form of a marker."""
    return QColor(theme.colours().plots[_SIGNS.index(sign)])


def paint_sign(painter: QPainter, sign: Sign, at: QPointF) -> None:
    """A marker: its form tells as much as its colour."""
    half = theme.px(theme.TIMELINE_KEY) / 2
    small = half * 0.8
    painter.setPen(QPen(sign_colour(sign), 1.5))
    painter.setBrush(sign_colour(sign))
    match sign:
        case "flag":
            _paint_polygon(
                painter, at, (0.0, half), (0.0, -half), (2 * half, -half / 2), (0.0, 0.0)
            )
        case "dot":
            painter.drawEllipse(at, small, small)
        case "square":
            painter.drawRect(
                QRectF(at.x() - half * 0.8, at.y() - half * 0.8, 1.6 * half, 1.6 * half)
            )
        case "triangle":
            _paint_polygon(painter, at, (-half, small), (half, small), (0.0, -half))
        case _:
            assert_never(sign)


def _paint_polygon(painter: QPainter, at: QPointF, *ends: tuple[float, float]) -> None:
    painter.drawPolygon(QPolygonF([at + QPointF(*end) for end in ends]))
