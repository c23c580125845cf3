"""Edits of layers as they are seen at a frame: what has keys there is written as keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigc_studio.document.canvas import Canvas
from aigc_studio.document.canvas_edits import with_keys
from aigc_studio.document.changes import revised
from aigc_studio.document.timeline import Film
from aigc_studio.document.tracks import PLACE_TRACKS, NumberKey, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aigc_studio.document.canvas import Layer
    from aigc_studio.document.edits import Change, Edit
    from aigc_studio.document.model import Project

_ALIKE = 1e-6


def posed(
    project: Project,
    canvas_id: str,
    frame: int,
    make: Callable[[Project], Edit],
    *,
    all_keyed: bool = False,
) -> Edit:
    """The edit that `make` means for a canvas as it is seen at a frame.

    `make` sees layers where they lie there. A number of a layer that it changes becomes a key at
    that frame when it has keys, or when `all_keyed`; everything else is changed as ever.
    """
    canvas = project.canvases.get(canvas_id)
    film = Film(canvas) if canvas else None
    if film is None or not (film.moves_layers or all_keyed):
        return make(project)
    pose = _Pose(film, film.canvas_at(frame), frame, all_keyed)
    table = {**project.canvases, canvas_id: pose.seen}
    edit = make(project.model_copy(update={"canvases": table}))
    changes = (pose.meant(change) for change in edit.changes)
    kept = tuple(change for change in changes if change.before != change.after)
    return edit.model_copy(update={"changes": kept})


@dataclass(frozen=True)
class _Pose:
    film: Film
    seen: Canvas
    frame: int
    all_keyed: bool

    def meant(self, change: Change) -> Change:
        """The change of the canvas itself that one of the seen canvas means."""
        before, after = self.film.canvas, change.after
        if change.table != "canvases" or change.key != before.id:
            return change
        if isinstance(after, Canvas):
            film = Film(after)
            keys = [key for layer in after.layers for key in self._keys(layer, film)]
            layers = tuple(self._layer(layer) for layer in after.layers)
            timeline = with_keys(after.timeline, (*after.timeline.all_keys, *keys))
            after = revised(after, layers=layers, timeline=timeline)
        return change.model_copy(update={"before": before, "after": after})

    def _tracks(self, layer: Layer) -> Iterator[str]:
        """What of a layer is keyed, and whether it was changed or not must not be lost."""
        own = self.film.tracks(layer.id)
        there = self.seen.layer(layer.id) is not None
        return (track for track in PLACE_TRACKS if there and (track in own or self.all_keyed))

    def _keys(self, layer: Layer, film: Film) -> Iterator[NumberKey]:
        """What is to be keyed here; not what the edit's own keys, those of `film`, say."""
        easings = {key.place: key.easing for key in self.film.canvas.timeline.all_keys}
        seen = self.seen.layer(layer.id)
        for track in self._tracks(layer):
            value = float(getattr(layer, track))
            keyed = film.number(layer.id, track, self.frame)
            if keyed is not None and abs(value - keyed) < _ALIKE:
                continue
            if value != float(getattr(seen, track)):
                easing = easings.get(Place(layer.id, self.frame, track), "ease")
                yield NumberKey(
                    frame=self.frame, layer=layer.id, track=track, value=value, easing=easing
                )

    def _layer(self, layer: Layer) -> Layer:
        own = self.film.canvas.layer(layer.id)
        held = {track: getattr(own, track) for track in self._tracks(layer)}
        return revised(layer, **held) if held else layer
