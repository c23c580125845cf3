"""Tracks in words, and their numbers in the units that people see."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from aigc_studio.document.tracks import axis_of, bounds_of, direction_of
from aigc_studio.ui.translate import later, tr

if TYPE_CHECKING:
    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.widgets.number_field import NumberField


class Unit(NamedTuple):
    """How a number is shown: `factor` of those shown make one of the document's."""

    factor: float = 1.0
    decimals: int = 2
    step: float = 0.05
    words: str = ""


_NAMES = {
    "point": later("Point"),
    "x": later("Across"),
    "y": later("Down"),
    "scale": later("Scale"),
    "rotation": later("Turned"),
    "opacity": later("Opacity"),
    "visible": later("Visible"),
    "truncation": later("Strangeness"),
    "guidance": later("Guidance"),
}
_UNITS = {
    "x": Unit(1, 1, 1, " px"),
    "y": Unit(1, 1, 1, " px"),
    "scale": Unit(100, 1, 1, " %"),
    "rotation": Unit(1, 1, 1, "°"),
    "opacity": Unit(100, 0, 1, " %"),
    "visible": Unit(1, 0, 1),
    "guidance": Unit(1, 1, 0.5),
}


def track_name(studio: Studio, track: str) -> str:
    """A track in words."""
    if key := direction_of(track):
        kept = studio.recorder.direction(key)
        return kept.name if kept else tr("Removed direction")
    axis = axis_of(track)
    if axis is not None:
        return tr("Direction {number}", number=axis + 1)
    return tr(_NAMES[track])


def unit_of(track: str) -> Unit:
    """How its numbers are shown."""
    return _UNITS.get(track, Unit())


def number_words(track: str, value: float) -> str:
    """A number of a track as people read it."""
    if track == "visible":
        return tr("yes") if value >= 1 else tr("no")
    unit = unit_of(track)
    return f"{value * unit.factor:.{unit.decimals}f}{unit.words}"


def suit(field: NumberField, track: str) -> None:
    """Let a field show numbers of a track."""
    unit = unit_of(track)
    low, high = bounds_of(track)
    before = field.spin.blockSignals(True)
    field.spin.setDecimals(unit.decimals)
    field.spin.setRange(low * unit.factor, high * unit.factor)
    field.spin.setSingleStep(unit.step)
    field.spin.setSuffix(unit.words)
    field.spin.blockSignals(before)
