"""The rows of the tracks: a layer, and below it what else of it has keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from aigc_studio.document.tracks import POINT
from aigc_studio.ui import theme

if TYPE_CHECKING:
    from collections.abc import Collection

    from aigc_studio.document.canvas import Canvas, Key, Layer


class Row(NamedTuple):
    """One row; `track` is "point" for that of a layer itself."""

    layer: Layer
    track: str
    top: int
    height: int
    folded: bool = False
    has_more: bool = False

    @property
    def middle(self) -> float:
        """Where its keys lie."""
        return self.top + self.height / 2


def rows_of(canvas: Canvas | None, folded: Collection[str]) -> list[Row]:
    """The rows of a canvas, the highest layer first.

    Args:
        folded: ids of layers whose own tracks are hidden.
    """
    made: list[Row] = []
    top = 0
    for layer in layers_of(canvas):
        tracks = tracks_of(canvas, layer)
        hidden = layer.id in folded
        for track in (POINT, *(() if hidden else tracks)):
            own = track == POINT
            high = theme.px(theme.TIMELINE_TRACK if own else theme.TIMELINE_NUMBER)
            made.append(Row(layer, track, top, high, hidden, own and bool(tracks)))
            top += high
    return made


def layers_of(canvas: Canvas | None) -> list[Layer]:
    """The living layers and all others that have keys, the highest first."""
    if canvas is None:
        return []
    keyed = {key.layer for key in canvas.timeline.numbers}
    return [each for each in reversed(canvas.layers) if each.living or each.id in keyed]


def tracks_of(canvas: Canvas | None, layer: Layer) -> tuple[str, ...]:
    """What of a layer beside its points has keys, in the order of their names."""
    keys = canvas.timeline.numbers if canvas else ()
    found = {key.track for key in keys if key.layer == layer.id}
    return tuple(sorted(found, key=_order))


def _order(track: str) -> tuple[int, str]:
    known = ("x", "y", "scale", "rotation", "opacity", "visible", "truncation", "guidance")
    return (known.index(track), "") if track in known else (len(known), f"{track:>12}")


def row_of(rows: list[Row], key: Key) -> Row | None:
    """The row where a key is seen; that of its layer when its own is hidden."""
    own = [row for row in rows if row.layer.id == key.layer]
    return next((row for row in own if row.track == key.track), own[0] if own else None)
