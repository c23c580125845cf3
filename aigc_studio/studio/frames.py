"""Pictures of latent points that a film shows: asked for in batches, the latest kept."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.spaces import read_space
from aigc_studio.document.canvas import unpacked
from aigc_studio.document.chosen import choose_model
from aigc_studio.jobs.specs import Decode
from aigc_studio.media.image import Image
from aigc_studio.studio.answers import outcome_of
from aigc_studio.studio.asking import Asking
from aigc_studio.studio.steering import Steering

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aigc_studio.catalog.latent import Geometry
    from aigc_studio.document.chosen import ChosenModel
    from aigc_studio.media.image import Pixels
    from aigc_studio.studio.engine import Player
    from aigc_studio.studio.session import Session

    # The model's id, and the code as bytes.
    Point = tuple[str, bytes]

KEPT_BYTES = 256 << 20
AT_ONCE = 8


class Frames(QObject):
    """What models show at points; each is decoded once.

    Signals:
        ready: more pictures are known.
        failed: a StudioError; what was wanted is given up.
    """

    ready = Signal()
    failed = Signal(object)

    def __init__(
        self,
        session: Session,
        player: Player,
        slot: str,
        parent: QObject | None = None,
        *,
        all_kept: bool = False,
    ) -> None:
        """Keep the latest `KEPT_BYTES`, or all until `forget`: a film is written as a whole."""
        super().__init__(parent)
        self._all_kept = all_kept
        self._session, self._player = session, player
        self._asking = Asking(player, slot, self)
        self._kept: OrderedDict[Point, Image] = OrderedDict()
        self._bytes = 0
        self._waiting: list[Point] = []
        self._asked: list[Point] = []
        self._models: dict[str, tuple[ChosenModel, Steering]] = {}
        self._asking.came.connect(self._on_came)
        self._asking.failed.connect(self._give_up)
        session.closed.connect(self.forget)

    def picture(self, point: Point) -> Image | None:
        """What a model shows at a point; None while it is not known."""
        if point in self._kept:
            self._kept.move_to_end(point)
        return self._kept.get(point)

    def want(self, points: Iterable[Point]) -> None:
        """Find these out, in this order, and no longer what was wanted before."""
        known = {*self._kept, *self._asked}
        self._waiting = [point for point in dict.fromkeys(points) if point not in known]
        self._next()

    def geometry(self, model_id: str) -> Geometry:
        """How points of a model are gone between; "gaussian" for one that is not there."""
        try:
            return self._model(model_id)[1].space.geometry
        except StudioError:
            return "gaussian"

    @Slot()
    def forget(self) -> None:
        """Drop everything kept and asked for."""
        self.stop()
        self._kept.clear()
        self._models.clear()
        self._bytes = 0

    def stop(self) -> None:
        """Want nothing any more; what is known stays."""
        self._asking.forget()
        self._waiting.clear()
        self._asked.clear()

    def _model(self, model_id: str) -> tuple[ChosenModel, Steering]:
        if model_id not in self._models:
            chosen = choose_model(self._session.store, model_id)
            self._models[model_id] = (chosen, Steering(read_space(chosen.ref.path)))
        return self._models[model_id]

    def _next(self) -> None:
        if self._asked or not self._waiting or not self._session.is_open:
            return
        model_id = self._waiting[0][0]
        batch = [point for point in self._waiting if point[0] == model_id][:AT_ONCE]
        self._waiting = [point for point in self._waiting if point not in batch]
        try:
            model, steering = self._model(model_id)
            codes = [unpacked(code).reshape(steering.space.shape) for _, code in batch]
            data = steering.as_code(model_id, *codes).to_bytes()
        except (StudioError, ValueError) as error:
            self._give_up(error)
            return
        self._asked = batch
        spec = Decode(model=model.ref, code=data, device=self._player.device)
        self._asking.ask(spec, lambda events: outcome_of(events).media)

    @Slot(object)
    def _on_came(self, media: list[tuple[object, Pixels]]) -> None:
        asked, self._asked = self._asked, []
        for point, (_, pixels) in zip(asked, media, strict=False):
            self._keep(point, Image(np.array(pixels)))
        self.ready.emit()
        self._next()

    def _keep(self, point: Point, image: Image) -> None:
        self._kept[point] = image
        self._bytes += image.pixels.nbytes
        while self._bytes > KEPT_BYTES and len(self._kept) > 1 and not self._all_kept:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= oldest.pixels.nbytes

    @Slot(object)
    def _give_up(self, error: Exception) -> None:
        self._waiting.clear()
        self._asked.clear()
        told = error if isinstance(error, StudioError) else StudioError(f"{error}.")
        self.failed.emit(told)
