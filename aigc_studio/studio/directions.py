"""The directions that the dock offers: the model's own, and those people learned and kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.directions import learned, missing
from aigc_studio.document.direction_edits import (
    add_direction,
    remove_direction,
    rename_direction,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aigc_studio.catalog.latent import Floats
    from aigc_studio.document.edits import Edit
    from aigc_studio.studio.instrument import Instrument
    from aigc_studio.studio.lock import Lock
    from aigc_studio.studio.session import Session

KEPT = "kept"
MOST = 12  # of the model's own, of each kind
_MOST_LESSONS = 100  # of each sort, the latest


@dataclass(frozen=True, eq=False)
class Heading:
    """One direction that can be gone along.

    Attributes:
        key: its own among all ("pca:0", "kept:" and an id).
        kind: "pca", "closed-form" or "kept".
        number: counts from 1 within its kind, strongest first.
        name: of a kept one, else "".
        vector: flat, any length.
        elsewhere: it was found in another model.
    """

    key: str
    kind: str
    number: int
    name: str
    vector: Floats
    elsewhere: bool = False

    @property
    def direction_id(self) -> str:
        """The id in the project of a kept one."""
        return self.key.partition(":")[2] if self.kind == KEPT else ""


class Directions(QObject):
    """Goes along directions, learns them from what is liked and disliked, and keeps them.

    Signals:
        changed: others are offered, or one has another name.
        lessons_changed: more or less is liked or disliked.
        told: a StudioError or str.
    """

    changed = Signal()
    lessons_changed = Signal()
    told = Signal(object)

    def __init__(
        self, session: Session, instrument: Instrument, lock: Lock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._instrument, self._lock = session, instrument, lock
        self._choice = instrument.choice
        self._choice.changed.connect(self._on_model)
        session.changed.connect(self._on_edit)
        instrument.trail.changed.connect(self.lessons_changed)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of the model's own directions, then "kept"."""
        return (*self._choice.directions, KEPT)

    def of(self, kind: str) -> list[Heading]:
        """The directions of one kind, strongest first; kept ones as they were added."""
        steering = self._choice.steering
        if steering is None:
            return []
        if kind == KEPT:
            return self._kept()
        axes = self._choice.directions.get(kind, np.zeros((0, steering.mean.size)))[:MOST]
        flat = np.asarray(axes, np.float32).reshape(-1, steering.mean.size)
        return [
            Heading(f"{kind}:{index}", kind, index + 1, "", vector)
            for index, vector in enumerate(flat)
        ]

    def amount(self, heading: Heading) -> float:
        """How far we are along it, in standard deviations from the middle."""
        steering, code = self._choice.steering, self._instrument.code
        return 0.0 if steering is None or code is None else steering.amount(code, heading.vector)

    def go(self, amounts: Mapping[Heading, float]) -> None:
        """Go along some of them to so many deviations, one after the other."""
        steering, code = self._choice.steering, self._instrument.code
        if steering is not None and code is not None:
            for heading, amount in amounts.items():
                code = steering.along(code, heading.vector, amount)
            self._instrument.explore(code)

    def is_held(self, heading: Heading) -> bool:
        """Whether it stays as it is while exploring."""
        strongest = heading.kind == "pca" and heading.number <= self._lock.strongest
        return strongest or heading.key in self._lock.directions

    def hold(self, heading: Heading, held: bool) -> None:
        """Keep it as it is while exploring, or no longer."""
        if held:
            self._lock.hold(heading.key, heading.vector)
            return
        if heading.kind == "pca" and heading.number <= self._lock.strongest:
            # The others of the strongest stay held, each by itself.
            others = self.of("pca")[: self._lock.strongest]
            self._lock.hold_strongest(0)
            for other in others:
                self._lock.hold(other.key, other.vector)
        self._lock.release(heading.key)

    def hold_again(self, names: Sequence[str]) -> None:
        """Hold what was held once (`Lock.names`), and nothing else.

        What the model does not have, or no longer, is left out.
        """
        self._lock.let_go()
        for name in names:
            kind, _, what = name.partition(":")
            if kind == "strongest" and what.isdecimal():
                self._lock.hold_strongest(int(what))
            elif kind == "layers" and what in ("coarse", "fine"):
                self._lock.hold_layers("coarse" if what == "coarse" else "fine")
            for heading in self.of(kind):
                if heading.key == name:
                    self.hold(heading, True)

    # Learning

    @property
    def lessons(self) -> tuple[list[Floats], list[Floats]]:
        """Points of the played model that are liked, and that are disliked; the latest last."""
        word, trail = self._choice.word, self._instrument.trail
        ours = [entry for entry in trail if entry.model == word]
        liked = [entry.code for entry in ours if entry.starred]
        disliked = [entry.code for entry in ours if entry.disliked]
        return liked[-_MOST_LESSONS:], disliked[-_MOST_LESSONS:]

    def learn(self, name: str = "") -> bool:
        """Keep the direction from what is disliked to what is liked; errors are told."""
        with self._session.attempt():
            self._keep(name or _words("Liked"), self._found())
            return True
        return False

    def keep(self, heading: Heading, name: str) -> bool:
        """Keep one of the model's own under a name; errors are told."""
        with self._session.attempt():
            self._keep(name, heading.vector)
            return True
        return False

    def rename(self, heading: Heading, name: str) -> bool:
        """Rename a kept one."""
        key = heading.direction_id
        return self._session.do(lambda project: rename_direction(project, key, name))

    def remove(self, heading: Heading) -> bool:
        """Remove a kept one; a film that goes along it stays as it is, which is told."""
        key = heading.direction_id
        done = self._session.do(lambda project: remove_direction(project, key))
        films = self._films(key) if done else []
        if films:
            told = _words('"{name}" is not offered any more. The film of "{canvas}" keeps it.')
            self.told.emit(told.format(name=heading.name, canvas='", "'.join(films)))
        return done

    def _films(self, direction_id: str) -> list[str]:
        """Names of the canvases whose films go along a direction."""
        canvases = self._session.project.canvases.values()
        return [
            canvas.name
            for canvas in canvases
            if any(each.id == direction_id for each in canvas.timeline.directions)
        ]

    def _found(self) -> Floats:
        steering, (liked, disliked) = self._choice.steering, self.lessons
        if steering is None or any(missing(len(liked), len(disliked))):
            raise StudioError(
                f"There is too little to learn from: {len(liked)} liked, {len(disliked)} disliked.",
                kept="Nothing was changed.",
                todo="Like two results with + and dislike two with -, then try again.",
                kind="input",
            )
        try:
            return learned(steering.whitening, np.stack(liked), np.stack(disliked))
        except ValueError as error:
            raise StudioError(
                "What is liked cannot be told from what is not.",
                kept="Nothing was changed.",
                todo="Like or dislike results that differ more.",
                kind="input",
            ) from error

    def _keep(self, name: str, vector: Floats) -> None:
        model, steering = self._choice.model, self._choice.steering
        if model is None or steering is None:
            return
        space, project = steering.space.name, self._session.project
        self._session.apply(add_direction(project, name, model.ref.id, space, vector))

    def _kept(self) -> list[Heading]:
        steering, model = self._choice.steering, self._choice.model
        if steering is None or model is None or not self._session.is_open:
            return []
        space, size = steering.space.name, int(steering.mean.size)
        fitting = [
            (each, vector)
            for each in self._session.project.directions.values()
            if (vector := each.within(space, size)) is not None
        ]
        return [
            Heading(
                f"{KEPT}:{each.id}",
                KEPT,
                number,
                each.name,
                vector,
                elsewhere=each.model != model.ref.id,
            )
            for number, (each, vector) in enumerate(fitting, start=1)
        ]

    @Slot()
    def _on_model(self) -> None:
        self.changed.emit()
        self.lessons_changed.emit()

    @Slot(object)
    def _on_edit(self, edit: Edit) -> None:
        ours = [change for change in edit.changes if change.table == "directions"]
        for change in ours:
            if change.after is None:
                self._lock.release(f"{KEPT}:{change.key}")
        if ours:
            self.changed.emit()


def _words(text: str) -> str:
    return QCoreApplication.translate("Studio", text)
