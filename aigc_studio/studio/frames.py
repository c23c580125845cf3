"""Pictures of latent points that a film shows: asked for in batches, the latest kept."""

from __future__ import annotations

from collections import OrderedDict
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.conditions import ANYTHING, Conditions
from aigc_studio.catalog.spaces import read_space
from aigc_studio.document.canvas import unpacked
from aigc_studio.document.chosen import choose_model
from aigc_studio.jobs.specs import Decode
from aigc_studio.studio.answers import outcome_of
from aigc_studio.studio.asking import Asking
from aigc_studio.studio.pictures import to_qimage
from aigc_studio.studio.steering import Steering

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QImage

    from aigc_studio.document.chosen import ChosenModel
    from aigc_studio.media.image import Pixels
    from aigc_studio.studio.engine import Player
    from aigc_studio.studio.session import Session

MEGABYTE = 1 << 20
KEPT_BYTES = 256 * MEGABYTE
AT_ONCE, AT_REST = 8, 2


class Point(NamedTuple):
    """What a picture is of: the model's id, the code as bytes, what the model is told."""

    model: str
    code: bytes
    conditions: Conditions = ANYTHING


class Frames(QObject):
    """What models show at points; each is decoded once.

    Of what is kept, points that are wanted no more go first, the latest used last; then those
    that are wanted, the last of the list first.

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
        """Keep `KEPT_BYTES`, or all until `forget`: a film is written as a whole."""
        super().__init__(parent)
        self._all_kept = all_kept
        self._budget, self._at_once = KEPT_BYTES, AT_ONCE
        self._rank: dict[Point, int] = {}
        self._session, self._player = session, player
        self._asking = Asking(player, slot, self)
        self._kept: OrderedDict[Point, QImage] = OrderedDict()
        self._bytes = 0
        self._waiting: list[Point] = []
        self._asked: list[Point] = []
        self._models: dict[str, tuple[ChosenModel, Steering]] = {}
        self._asking.came.connect(self._on_came)
        self._asking.failed.connect(self._give_up)
        session.closed.connect(self.forget)

    def picture(self, point: Point) -> QImage | None:
        """What a model shows at a point, always the same one; None while it is not known."""
        if point in self._kept:
            self._kept.move_to_end(point)
        return self._kept.get(point)

    def knows(self, point: Point) -> bool:
        """Whether there is a picture of it; asking is no use of it."""
        return point in self._kept

    def set_budget(self, budget: int) -> None:
        """Keep so many bytes of pictures at most."""
        self._budget = budget
        self._shrink()

    def want(self, points: Iterable[Point], *, at_rest: bool = False) -> None:
        """Find these out, in this order, and no longer what was wanted before.

        Args:
            at_rest: nobody waits: few at once, so that others come in between.
        """
        self._rank = {point: rank for rank, point in enumerate(dict.fromkeys(points))}
        self._at_once = AT_REST if at_rest else AT_ONCE
        known = {*self._kept, *self._asked}
        self._waiting = [point for point in self._rank if point not in known]
        self._next()

    def moving(self, model_id: str) -> Steering | None:
        """How points of a model are moved; None for one that is not there."""
        try:
            return self._model(model_id)[1]
        except StudioError:
            return None

    @Slot()
    def forget(self) -> None:
        """Drop everything kept and asked for."""
        self.stop()
        self._kept.clear()
        self._rank.clear()
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
        model_id, _, told = self._waiting[0]
        alike = (p for p in self._waiting if (p.model, p.conditions) == (model_id, told))
        batch = list(islice(alike, self._at_once))
        self._waiting = [point for point in self._waiting if point not in batch]
        try:
            model, steering = self._model(model_id)
            codes = [unpacked(point.code).reshape(steering.space.shape) for point in batch]
            data = steering.as_code(model_id, *codes).to_bytes()
        except (StudioError, ValueError) as error:
            self._give_up(error)
            return
        self._asked = batch
        spec = Decode(model=model.ref, code=data, conditions=told, device=self._player.device)
        self._asking.ask(spec, lambda events: outcome_of(events).media)

    @Slot(object)
    def _on_came(self, media: list[tuple[object, Pixels]]) -> None:
        asked, self._asked = self._asked, []
        for point, (_, pixels) in zip(asked, media, strict=False):
            self._keep(point, to_qimage(pixels))
        self.ready.emit()
        self._next()

    def _keep(self, point: Point, picture: QImage) -> None:
        self._kept[point] = picture
        self._bytes += picture.sizeInBytes()
        self._shrink()

    def _shrink(self) -> None:
        while self._bytes > self._budget and len(self._kept) > 1 and not self._all_kept:
            unwanted = next((point for point in self._kept if point not in self._rank), None)
            farthest = unwanted or max(self._kept, key=lambda point: self._rank[point])
            self._bytes -= self._kept.pop(farthest).sizeInBytes()
            if unwanted is None:
                self._waiting.clear()  # there is no room for what is farther yet

    @Slot(object)
    def _give_up(self, error: Exception) -> None:
        self._waiting.clear()
        self._asked.clear()
        if self._at_once == AT_REST:
            return  # nobody waits for it; who does, hears of it
        told = error if isinstance(error, StudioError) else StudioError(f"{error}.")
        self.failed.emit(told)
