"""The instrument: where in a latent space we are, and what that looks like."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from aigc_studio.catalog.latent import Cap
from aigc_studio.document.chosen import require_able
from aigc_studio.document.keeping import keep_result
from aigc_studio.jobs.specs import Decode, Sample
from aigc_studio.media.image import Image
from aigc_studio.studio.answers import played
from aigc_studio.studio.asking import Asking
from aigc_studio.studio.position import Position
from aigc_studio.studio.telling import Telling
from aigc_studio.studio.trail import Played, Trail

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QImage

    from aigc_studio.catalog.conditions import Conditions
    from aigc_studio.catalog.latent import Floats
    from aigc_studio.document.model import Asset
    from aigc_studio.studio.engine import Player
    from aigc_studio.studio.lock import Lock
    from aigc_studio.studio.model_choice import ModelChoice
    from aigc_studio.studio.session import Session

SLOT = "pad"
SETTLE_MS = 150


class Instrument(QObject):
    """The point of the chosen model's latent space where we are, and its picture.

    Pictures come as fast as the worker makes them while something is dragged; 150 ms after the
    last movement the result is settled: it has a recipe and stands in the trail. Pad
    coordinates are amounts along the two strongest axes, in standard deviations from the mean.

    Attributes:
        choice: which model is played; we begin at its most typical point.
        lock: what stays as it is while exploring.
        trail: what has settled.
        telling: what the model is told beside the point.

    Signals:
        moved: the point, float32 of the space's shape; after every change of it.
        picture: a QImage, of this or of a slightly earlier point of a drag.
        settled: a `Played` that stands in the trail now.
        truncation_changed: the new value.
        redirected: somebody goes elsewhere; what would move us there later is wanted no more.
        working: whether a picture is being waited for.
        told: a StudioError or str.
    """

    moved = Signal(object)
    picture = Signal(object)
    settled = Signal(object)
    truncation_changed = Signal(float)
    redirected = Signal()
    working = Signal(bool)
    told = Signal(object)

    def __init__(
        self,
        session: Session,
        player: Player,
        choice: ModelChoice,
        lock: Lock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._player, self.choice, self.lock = session, player, choice, lock
        self.trail = Trail(self)
        self.telling = Telling(choice, self)
        self.telling.wished.connect(self._show)
        self._at = Position()
        self._result: Played | None = None
        self._following = self._has_settled = False
        self._asking = Asking(player, SLOT, self)
        self._asking.came.connect(self._on_came)
        self._asking.failed.connect(self.told)
        self._asking.working.connect(self.working)
        self._asking.glimpsed.connect(self.picture)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(SETTLE_MS)
        self._rest.timeout.connect(self._on_rest)
        choice.changed.connect(self._on_model)
        session.closed.connect(self.trail.clear)

    @property
    def code(self) -> Floats | None:
        """The point we are at; None without a model."""
        return self._at.code

    @property
    def truncation(self) -> float:
        """How far from the mean: below 1 more typical, above 1 stranger."""
        return self._at.truncation

    @property
    def position(self) -> tuple[float, float]:
        """The true position on the pad."""
        return self._at.on_pad

    @property
    def amounts(self) -> list[float]:
        """How far we are along every axis, in standard deviations, strongest axis first."""
        return self._at.amounts

    @property
    def result(self) -> Played | None:
        """The picture of exactly this point; None while it is being made."""
        return self._result

    def play_at(
        self,
        word: str,
        code: Floats,
        truncation: float = 1.0,
        conditions: Conditions | None = None,
    ) -> bool:
        """Go to a point of a model, given as plain numbers; errors are told.

        Args:
            conditions: what the model is told there; None leaves it as it is.

        Returns:
            Whether we are there.
        """
        with self._session.attempt():
            self.choice.change_to(word)
            self._truncate(truncation)
            if conditions is not None:
                self.telling.keep(conditions)
            # What was asked elsewhere is on its way yet; it is no picture of this place.
            self._asking.forget()
            self._move(code)
            return True
        return False

    def move_to(self, x: float, y: float) -> None:
        """Go to a place on the pad; everything the pad does not show stays as it is."""
        self.set_amounts({0: x, 1: y})

    def set_amounts(self, amounts: Mapping[int, float]) -> None:
        """Go along some axes to so many standard deviations; all others stay as they are."""
        there = self._at.at(amounts)
        if there is not None:
            self.explore(there)

    def explore(self, code: Floats) -> None:
        """Go to a point as far as the lock lets us; what it holds stays as it is here."""
        if self.choice.model is not None:
            with self._session.attempt():
                self._move(self.lock.kept(self.code, code))

    def follow(
        self,
        code: Floats,
        picture: QImage | None = None,
        *,
        rests: bool = True,
        truncation: float | None = None,
    ) -> None:
        """Stand at a point that a film shows; it becomes a result once it `rests` there.

        Args:
            truncation: what the point is drawn with; None leaves it as it is.
        """
        if self.choice.model is None:
            return
        with self._session.attempt():
            if truncation is not None:
                self._truncate(truncation)
            self._at.stand(code)
            self._arrive(None)
            self._following = True
            if picture is not None:
                self.picture.emit(picture)
            if not rests:
                self._rest.stop()

    def mix(self, code_a: Floats, code_b: Floats, t: float) -> None:
        """Go to the point a part `t` of the way between two, as the space bends."""
        steering = self.choice.steering
        if steering is not None:
            self.explore(steering.between(code_a, code_b, t))

    def set_truncation(self, factor: float) -> None:
        """Pull the point towards the mean, or away from it; 1 is where it was found."""
        self._truncate(factor)
        if self._at.pull():
            self._show()

    def random(self, seed: int | None = None) -> None:
        """Draw a point from what the model takes for possible; one seed, always one result."""
        model = self.choice.model
        if model is None:
            return
        with self._session.attempt():
            require_able(model, Cap.SAMPLE, "make new pictures")
            seeds = (secrets.randbelow(1 << 31) if seed is None else seed,)
            device, truncation = self._player.device, self.truncation
            self._ask(
                Sample(
                    model=model.ref,
                    seeds=seeds,
                    truncation=truncation,
                    conditions=self.telling.heard,
                    device=device,
                )
            )

    def decoding(self, *codes: Floats) -> Decode | None:
        """What to ask for to see points of this space; None without a model."""
        model, steering = self.choice.model, self.choice.steering
        if model is None or steering is None:
            return None
        data = steering.as_code(model.ref.id, *codes).to_bytes()
        told, device = self.telling.heard, self._player.device
        return Decode(model=model.ref, code=data, conditions=told, device=device)

    def go_to(self, entry: Played) -> None:
        """Go back to a result of the trail, or to one of the variations; at once."""
        with self._session.attempt():
            self.choice.change_to(entry.model)
            self._truncate(entry.truncation)
            self.telling.keep(entry.conditions)
            self._at.stand(entry.code)
            self._arrive(entry)
            self.picture.emit(entry.picture)

    def keep(self, entry: Played, collection: str) -> Asset | None:
        """Add a result to the project and to a collection, as one step; errors are told."""
        with self._session.attempt():
            store = self._session.store
            model = self.choice.maker_of(entry.model)
            asset = keep_result(
                store, Image(entry.pixels), entry.recipe, model, entry.name, collection
            )
            self._session.history_changed.emit()
            return asset
        return None

    def _arrive(self, result: Played | None) -> None:
        """Be there without asking; what was asked before is not wanted any more."""
        self._asking.forget()
        self.redirected.emit()
        self._result, self._following, self._has_settled = result, False, False
        self._rest.start()
        self.moved.emit(self.code)

    def _truncate(self, factor: float) -> None:
        if self._at.truncate(factor):
            self.truncation_changed.emit(self.truncation)

    def _move(self, code: Floats) -> None:
        self._at.stand(code)
        self._show()

    @Slot()
    def _show(self) -> None:
        if self.code is not None and (spec := self.decoding(self.code)):
            self.moved.emit(self.code)
            self._ask(spec)

    def _ask(self, spec: Decode | Sample) -> None:
        model, steering, truncation = self.choice.model, self.choice.steering, self.truncation
        assert model is not None
        assert steering is not None
        self._asking.ask(spec, lambda events: played(spec, events, model, steering, truncation))
        self._result, self._following, self._has_settled = None, False, False
        self._rest.start()
        self.redirected.emit()

    @Slot()
    def _on_model(self) -> None:
        self._rest.stop()
        self._asking.forget()
        self._result, self._following, self._has_settled = None, False, False
        steering = self.choice.steering
        self._at.enter(steering)
        self._truncate(1.0)
        if steering is not None:
            self._move(steering.typical())

    @Slot(object, bool)
    def _on_came(self, results: list[Played], newest: bool) -> None:
        if newest and results:
            self._result, self._has_settled = results[0], False
            if self.code is None or (results[0].code != self.code).any():
                self._at.stand(results[0].code)
                self.moved.emit(results[0].code)
        for result in results:
            self.picture.emit(result.picture)
        self._settle()

    @Slot()
    def _on_rest(self) -> None:
        if self._following:
            self._show()
        else:
            self._settle()

    @Slot()
    def _settle(self) -> None:
        model = self.choice.model
        if self._rest.isActive() or model is None or self._result is None or self._has_settled:
            return
        self._has_settled = True
        if not self._result.number:  # else it was gone back to, and stands in the trail already
            self._result = self.trail.entry_of(self._result, model.name)
            self.trail.add(self._result)
        self.settled.emit(self._result)
