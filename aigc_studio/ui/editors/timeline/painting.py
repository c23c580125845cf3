"""How keys, the ways between them and the play head are drawn."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from aigc_studio.document.timeline import eased
from aigc_studio.document.tracks import NumberKey
from aigc_studio.ui import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigc_studio.document.canvas import Key, Timeline
    from aigc_studio.document.timeline import Film
    from aigc_studio.ui.editors.timeline.rows import Row
    from aigc_studio.ui.editors.timeline.scale import Scale

_POINTS, _SAMPLES = 16, 240
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


def paint_numbers(
    painter: QPainter, scale: Scale, film: Film, row: Row, keys: Sequence[Key]
) -> None:
    """How the number of a row goes, between the least and the largest that it is given."""
    values = [key.value for key in keys if isinstance(key, NumberKey)]
    if not values:
        return
    low, span = min(values), max(values) - min(values)
    room = row.height - theme.px(_EDGE) * 2

    def at(frame: float) -> QPointF:
        value = film.number(row.layer.id, row.track, frame) or 0.0
        part = (value - low) / span if span else 0.5
        return QPointF(scale.x_of(frame), row.top + theme.px(_EDGE) + (1 - part) * room)

    painter.setPen(QPen(QColor(theme.colours().edge), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    last = min(scale.last, film.canvas.timeline.frames)
    step = max((last - scale.first) / _SAMPLES, 0.1)
    count = math.ceil((last - scale.first) / step)
    painter.drawPolyline([at(min(scale.first + step * n, last)) for n in range(count + 1)])


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
