"""What people do to markers and to the grid of beats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.document.beats import bars_long
from aigc_studio.document.changes import made, replaced, revised, there
from aigc_studio.document.tracks import Beats, Marker

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aigc_studio.document.canvas import Canvas
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Project
    from aigc_studio.document.tracks import Sign


def add_marker(
    project: Project, canvas_id: str, frame: int, name: str, sign: Sign = "flag"
) -> Edit:
    """Put a marker at a frame; one that is there already is replaced."""
    canvas = there(project.canvases, canvas_id)
    fresh = made(Marker, frame=frame, name=name, sign=sign)
    return _changed(canvas, [*canvas.timeline.markers, fresh], "Add a marker")


def edit_marker(
    project: Project,
    canvas_id: str,
    frame: int,
    *,
    name: str | None = None,
    sign: Sign | None = None,
) -> Edit:
    """Rename a marker, or give it another form and colour."""
    canvas = there(project.canvases, canvas_id)
    given = {"name": name, "sign": sign}
    fields = {key: value for key, value in given.items() if value is not None}
    after = revised(_marker(canvas, frame), **fields)
    return _changed(canvas, [*canvas.timeline.markers, after], "Change a marker")


def move_marker(project: Project, canvas_id: str, frame: int, to: int) -> Edit:
    """Move a marker; one that it meets is replaced."""
    canvas = there(project.canvases, canvas_id)
    moved = revised(_marker(canvas, frame), frame=to)
    return _changed(canvas, [*_others(canvas, frame), moved], "Move a marker")


def remove_marker(project: Project, canvas_id: str, frame: int) -> Edit:
    """Remove a marker."""
    canvas = there(project.canvases, canvas_id)
    _marker(canvas, frame)
    return _changed(canvas, _others(canvas, frame), "Remove a marker")


def set_beats(project: Project, canvas_id: str, beats: Beats | None) -> Edit:
    """Show another grid of beats, or none; frames stay as they are."""
    canvas = there(project.canvases, canvas_id)
    after = revised(canvas, timeline=revised(canvas.timeline, beats=beats))
    return replaced("Change the beats", "canvases", canvas, after)


def edit_beats(project: Project, canvas_id: str, **fields: object) -> Edit:
    """Change fields of the grid; where there is none, one is begun."""
    beats = there(project.canvases, canvas_id).timeline.beats or Beats()
    return set_beats(project, canvas_id, revised(beats, **fields))


def fit_bars(project: Project, canvas_id: str, bars: int) -> Edit:
    """Make the film so many bars long.

    Raises:
        StudioError: kind "input", there is no grid.
    """
    canvas = there(project.canvases, canvas_id)
    frames = bars_long(canvas.timeline, bars)
    if not frames:
        raise StudioError(
            "There are no beats to count bars by.",
            kept="Nothing was changed.",
            todo="Switch the beats on first.",
            kind="input",
        )
    after = revised(canvas, timeline=revised(canvas.timeline, frames=frames))
    return replaced("Fit the length to bars", "canvases", canvas, after)


def _marker(canvas: Canvas, frame: int) -> Marker:
    for marker in canvas.timeline.markers:
        if marker.frame == frame:
            return marker
    raise StudioError(
        f"There is no marker at frame {frame}.", kept="Nothing was changed.", kind="missing"
    )


def _others(canvas: Canvas, frame: int) -> list[Marker]:
    return [marker for marker in canvas.timeline.markers if marker.frame != frame]


def _changed(canvas: Canvas, markers: Iterable[Marker], label: str) -> Edit:
    table = {marker.frame: marker for marker in markers}
    ordered = tuple(table[frame] for frame in sorted(table))
    after = revised(canvas, timeline=revised(canvas.timeline, markers=ordered))
    return replaced(label, "canvases", canvas, after)
