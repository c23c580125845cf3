"""The recorder: keys written by hand, by themselves, or along a drag."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from aigc_studio.document.canvas import unpacked
from aigc_studio.document.posing import posed
from aigc_studio.document.timeline_edits import (
    add_key,
    add_keys,
    add_number,
    remove_keys,
    set_timeline,
)
from aigc_studio.document.tracks import (
    PLACE_TRACKS,
    POINT,
    Place,
    axis_of,
    bounds_of,
    direction_of,
    needs_life,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.catalog.latent import Floats
    from aigc_studio.document.canvas import KeptVector, Layer
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Project
    from aigc_studio.studio.instrument import Instrument
    from aigc_studio.studio.living import Living
    from aigc_studio.studio.play_head import PlayHead
    from aigc_studio.studio.session import Session
    from aigc_studio.studio.stage import Stage


class Recorder(QObject):
    """Writes what the instrument shows to the timeline of the layer that it changes.

    Numbers of layers are written too: what has keys of its own, or anything as long as keys are
    written by themselves, becomes a key at the play head when it is changed there.

    Signals:
        changed: it was armed, auto-key was switched, or neither any more.
    """

    changed = Signal()

    def __init__(
        self,
        session: Session,
        instrument: Instrument,
        stage: Stage,
        head: PlayHead,
        living: Living,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._instrument, self._stage = session, instrument, stage
        self._head, self._living = head, living
        self._auto_key = self._armed = False
        self._path: dict[int, Floats] | None = None
        self._began = 0.0
        instrument.moved.connect(self._on_moved)
        living.held.connect(self._on_held)
        living.writing.connect(self._on_writing)
        session.make_edits_by(self._posed)

    @property
    def auto_key(self) -> bool:
        """Whether every settled change writes a key at the play head."""
        return self._auto_key

    @property
    def armed(self) -> bool:
        """Whether the next drag on the pad is recorded."""
        return self._armed

    def set_auto_key(self, on: bool) -> None:
        """Write keys by themselves, or no longer."""
        self._auto_key = on
        self.changed.emit()

    def arm(self, on: bool) -> None:
        """Record the next drag on the pad, from the play head on."""
        self._armed = on
        self._path = None
        self.changed.emit()

    def add_key(self) -> bool:
        """Write where the dock is now as a key of its layer at the play head.

        Of several selected layers each gets a key of what it shows then.
        """
        layer, code = self._living.target, self._instrument.code
        if layer is not None and code is not None:
            return self._add(layer.id, code)
        done = False
        with self._session.gesture("Add a key"):
            for each in self._several:
                done = self._add(each.id, unpacked(self._head.point(each))) or done
        return done

    @property
    def can_key(self) -> bool:
        """Whether there is a living layer that a key would be for."""
        return self._living.target is not None or bool(self._several)

    @property
    def _several(self) -> list[Layer]:
        selected = self._stage.selected
        return [layer for layer in selected if layer.living and not layer.frozen]

    def _add(self, layer_id: str, code: Floats) -> bool:
        canvas, frame = self._stage.canvas, self._head.frame
        truncation = self._instrument.truncation if layer_id == self._target_id else 1.0
        return canvas is not None and self._session.do(
            lambda project: add_key(
                project, canvas.id, layer_id, frame, code, truncation=truncation
            )
        )

    @property
    def _target_id(self) -> str:
        return self._living.target.id if self._living.target else ""

    # Numbers

    def layers_for(self, track: str) -> list[Layer]:
        """The layers that a key of this track would be for."""
        if not needs_life(track):
            return self._stage.selected
        target = self._living.target
        return [target] if target and not target.frozen else []

    def is_keyed(self, track: str) -> bool:
        """Whether any of those layers has keys of the track."""
        film = self._head.film
        return film is not None and any(track in film.tracks(x.id) for x in self.layers_for(track))

    def key_is_here(self, track: str) -> bool:
        """Whether all of those layers have a key of the track at the play head."""
        film, frame, layers = self._head.film, self._head.frame, self.layers_for(track)
        places = film.places if film else frozenset()
        return bool(layers) and all(Place(each.id, frame, track) in places for each in layers)

    def toggle_number(self, track: str) -> bool:
        """Write the track's number at the play head as a key, or take that key away."""
        canvas, frame = self._stage.canvas, self._head.frame
        if canvas is None:
            return False
        here, done = self.key_is_here(track), False
        where = canvas.id
        with self._session.gesture("Remove a key" if here else "Add a key"):
            for layer in self.layers_for(track):
                if here:
                    edit = remove_keys(
                        self._session.project, where, {Place(layer.id, frame, track)}
                    )
                else:
                    value = self.number(layer, track)
                    project = self._session.project
                    edit = add_number(project, where, layer.id, track, frame, value)
                self._session.apply(edit)
                done = True
        return done

    def set_number(self, layer_id: str, track: str, value: float) -> bool:
        """Write a number as a key at the play head."""
        canvas, frame = self._stage.canvas, self._head.frame
        return canvas is not None and self._session.do(
            lambda project: add_number(project, canvas.id, layer_id, track, frame, value)
        )

    def number(self, layer: Layer, track: str) -> float:
        """What a track's number is here, keyed or not."""
        if track in PLACE_TRACKS:
            return float(getattr(self._head.seen_layer(layer), track))
        film = self._head.film
        keyed = film.number(layer.id, track, self._head.frame) if film else None
        if keyed is not None and layer.id != self._target_id:
            return keyed
        if track == "guidance" and layer.living is not None:
            return self._head.latent(layer).conditions.guidance
        low, high = bounds_of(track)
        return min(max(self._played(track), low), high)

    def _played(self, track: str) -> float:
        """Where the instrument stands."""
        if direction_of(track):
            return self._along(direction_of(track))
        axis, amounts = axis_of(track), self._instrument.amounts
        if axis is None:
            return self._instrument.truncation
        return amounts[axis] if axis < len(amounts) else 0.0

    def _along(self, direction_id: str) -> float:
        steering, code = self._instrument.choice.steering, self._instrument.code
        kept = self.direction(direction_id)
        if steering is None or code is None or kept is None:
            return 0.0
        vector = kept.within(steering.space.name, code.size)
        return 0.0 if vector is None else steering.amount(code, vector)

    def direction(self, direction_id: str) -> KeptVector | None:
        """A kept direction as the project has it, or else as the film does; None without it."""
        project, canvas = self._session.project, self._stage.canvas
        film = {each.id: each for each in canvas.timeline.directions} if canvas else {}
        return project.directions.get(direction_id) or film.get(direction_id)

    def _posed(self, project: Project, make: Callable[[Project], Edit]) -> Edit:
        canvas = self._stage.canvas
        if canvas is None:
            return make(project)
        return posed(project, canvas.id, self._head.frame, make, all_keyed=self._auto_key)

    def give_up_drag(self) -> None:
        """What was dragged goes back to where it began: nothing of it is recorded."""
        self._path = None

    @Slot()
    def _on_writing(self) -> None:
        layer, film = self._living.target, self._head.film
        if layer is None or film is None:
            return
        own = [track for track in film.tracks(layer.id) if needs_life(track)]
        if self._auto_key and not own:
            own = [POINT]
        chosen = self._stage.chosen_keys
        for track in own:
            here = Place(layer.id, self._head.frame, track)
            if not self._auto_key and here not in chosen:
                continue
            if track == POINT:
                self.add_key()
            elif track != "guidance":
                self.set_number(layer.id, track, self.number(layer, track))

    @Slot(bool)
    def _on_held(self, held: bool) -> None:
        if not held:
            self._end()
        elif self._armed:
            self._path, self._began = {}, time.monotonic()

    @Slot(object)
    def _on_moved(self, code: Floats) -> None:
        canvas = self._stage.canvas
        if self._path is None or canvas is None:
            return
        passed = time.monotonic() - self._began
        self._path[self._head.frame + round(passed * canvas.timeline.fps)] = code

    def _end(self) -> None:
        path, self._path = self._path, None
        layer, canvas = self._living.target, self._stage.canvas
        if not path or layer is None or canvas is None:
            return
        canvas_id, key, length = canvas.id, layer.id, max(path) + 1
        with self._session.gesture("Record a move"):
            self._session.apply(add_keys(self._session.project, canvas_id, key, path))
            if length > canvas.timeline.frames:
                # Beyond the end nobody would ever see it.
                longer = set_timeline(self._session.project, canvas_id, frames=length)
                self._session.apply(longer)
        self.arm(False)
