"""The chart: where the pictures of a collection lie on the pad."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from aigc_studio.catalog.latent import Cap
from aigc_studio.jobs.specs import Encode
from aigc_studio.studio.answers import points

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aigc_studio.base.errors import StudioError
    from aigc_studio.catalog.latent import Floats
    from aigc_studio.jobs.child import Event
    from aigc_studio.studio.engine import Player
    from aigc_studio.studio.instrument import Instrument
    from aigc_studio.studio.session import Session

SLOT = "chart"
# A few at a time, so that the pad is served in between.
AT_ONCE = 4


class Chart(QObject):
    """Encodes assets in the background while nobody plays, and remembers where they lie.

    Signals:
        placed: ids of assets whose `position` is known now, a list of str.
        cleared: another model is played; nothing is known of it.
    """

    placed = Signal(object)
    cleared = Signal()

    def __init__(
        self,
        instrument: Instrument,
        session: Session,
        player: Player,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._instrument = instrument
        self._session = session
        self._player = player
        self._model = ""
        self._codes: dict[str, Floats] = {}
        self._waiting: list[str] = []
        self._asked: list[str] = []
        self._alone: set[str] = set()
        self._stamp = 0
        instrument.model_changed.connect(self._on_model)
        player.answered.connect(self._on_answered)
        player.failed.connect(self._on_failed)

    def fill(self, asset_ids: Iterable[str]) -> None:
        """Find out where these assets lie, in this order; what is known is not asked again."""
        if Cap.ENCODE not in self._instrument.abilities:
            return
        known = {*self._codes, *self._asked}
        self._waiting = [asset for asset in dict.fromkeys(asset_ids) if asset not in known]
        self._next()

    def position(self, asset_id: str) -> tuple[float, float] | None:
        """Where an asset lies on the pad; None while it is not known."""
        code, steering = self._codes.get(asset_id), self._instrument.steering
        if code is None or steering is None:
            return None
        amounts = steering.amounts(code)
        return (float(amounts[0]), float(amounts[1])) if len(amounts) > 1 else (0.0, 0.0)

    def code(self, asset_id: str) -> Floats | None:
        """The point of an asset; None while it is not known."""
        return self._codes.get(asset_id)

    def _next(self) -> None:
        model = self._instrument.model
        if self._asked or not self._waiting or model is None or not self._session.is_open:
            return
        assets = self._session.project.assets
        folder = self._session.store.folder / "assets"
        count = 1 if self._waiting[0] in self._alone else AT_ONCE
        batch, self._waiting = self._waiting[:count], self._waiting[count:]
        self._asked = [asset for asset in batch if asset in assets]
        files = tuple(folder / assets[asset].file_name for asset in self._asked)
        if files:
            self._stamp = self._player.ask(Encode(model=model.ref, inputs=files), SLOT)
        else:
            self._next()

    @Slot(str, int, object)
    def _on_answered(self, slot: str, stamp: int, events: list[Event]) -> None:
        model, steering = self._instrument.model, self._instrument.steering
        if slot != SLOT or stamp != self._stamp or model is None or steering is None:
            return
        asked, self._asked = self._asked, []
        try:
            found = dict(zip(asked, points(events, model, steering), strict=False))
        except ValueError:
            found = {}
        self._codes.update(found)
        self.placed.emit(list(found))
        self._next()

    @Slot(str, int, object)
    def _on_failed(self, slot: str, stamp: int, error: StudioError) -> None:
        if slot == SLOT and stamp == self._stamp:
            asked, self._asked = self._asked, []
            if error.kind == "crashed":
                self._waiting.clear()  # each would cost another process
            elif len(asked) > 1:
                # One unreadable file must not hide the others: they are asked for one by one.
                self._alone.update(asked)
                self._waiting = asked + self._waiting
            self._next()

    @Slot()
    def _on_model(self) -> None:
        word = self._instrument.model_word
        if word == self._model:
            return  # it was only renamed
        self._model = word
        self._player.cancel(SLOT)
        self._codes.clear()
        self._waiting.clear()
        self._asked.clear()
        self._alone.clear()
        self.cleared.emit()
