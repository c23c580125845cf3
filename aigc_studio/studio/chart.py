"""The chart: where the pictures of a collection lie on the pad."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from aigc_studio.catalog.latent import Cap
from aigc_studio.jobs.specs import Encode
from aigc_studio.studio.answers import points
from aigc_studio.studio.asking import Asking

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aigc_studio.base.errors import StudioError
    from aigc_studio.catalog.latent import Floats
    from aigc_studio.studio.engine import Player
    from aigc_studio.studio.model_choice import ModelChoice
    from aigc_studio.studio.session import Session

SLOT = "chart"
# A few at a time, so that the pad is served in between.
AT_ONCE = 4


class Chart(QObject):
    """Encodes assets in the background while nobody plays, and remembers where they lie.

    Signals:
        asked: others are to be found out.
        placed: ids of assets whose `position` is known now, a list of str; none when the last
            ones cannot be known.
        cleared: another model is played; nothing is known of it.
    """

    asked = Signal()
    placed = Signal(object)
    cleared = Signal()

    def __init__(
        self,
        choice: ModelChoice,
        session: Session,
        player: Player,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._choice, self._session, self._player = choice, session, player
        self._asking = Asking(player, SLOT, self)
        self._asking.came.connect(self._on_came)
        self._asking.failed.connect(self._on_failed)
        self._codes: dict[str, Floats] = {}
        self._waiting: list[str] = []
        self._asked: list[str] = []
        self._alone: set[str] = set()
        self._wanted: set[str] = set()
        choice.changed.connect(self._on_model)

    def fill(self, asset_ids: Iterable[str]) -> None:
        """Find out where these assets lie, in this order; what is known is not asked again."""
        if Cap.ENCODE not in self._choice.abilities:
            return
        known, wanted = {*self._codes, *self._asked}, list(dict.fromkeys(asset_ids))
        self._waiting = [asset for asset in wanted if asset not in known]
        self._wanted.update(wanted)
        self.asked.emit()  # who knows some already may say so
        self._next()

    def find(self, asset_id: str) -> None:
        """Find out where one asset lies, before all others."""
        if Cap.ENCODE in self._choice.abilities and asset_id not in self._codes:
            self._wanted.add(asset_id)
            waiting = [asset for asset in self._waiting if asset != asset_id]
            self._waiting = [asset_id, *waiting]
            self._next()

    def position(self, asset_id: str) -> tuple[float, float] | None:
        """Where an asset lies on the pad; None while it is not known."""
        code, steering = self._codes.get(asset_id), self._choice.steering
        if code is None or steering is None:
            return None
        amounts = steering.amounts(code)
        return (float(amounts[0]), float(amounts[1])) if len(amounts) > 1 else (0.0, 0.0)

    def know(self, codes: Mapping[str, Floats]) -> None:
        """Points that were found out before, so that they need not be asked for."""
        fresh = {asset: code for asset, code in codes.items() if asset not in self._codes}
        self._codes.update(fresh)
        self._waiting = [asset for asset in self._waiting if asset not in fresh]
        if fresh:
            self.placed.emit(list(fresh))

    @property
    def wanted(self) -> frozenset[str]:
        """Ids of all assets that were ever asked for, of the played model."""
        return frozenset(self._wanted)

    @property
    def is_resting(self) -> bool:
        """Whether everything that was asked for is known, or cannot be."""
        return not self._asked and not self._waiting

    @property
    def codes(self) -> Mapping[str, Floats]:
        """The points of all assets that are known."""
        return self._codes

    def code(self, asset_id: str) -> Floats | None:
        """The point of an asset; None while it is not known."""
        return self._codes.get(asset_id)

    def _next(self) -> None:
        model = self._choice.model
        if self._asked or not self._waiting or model is None or not self._session.is_open:
            return
        assets = self._session.project.assets
        folder = self._session.store.folder / "assets"
        count = 1 if self._waiting[0] in self._alone else AT_ONCE
        batch, self._waiting = self._waiting[:count], self._waiting[count:]
        self._asked = [asset for asset in batch if asset in assets]
        files = tuple(folder / assets[asset].file_name for asset in self._asked)
        if not files:
            self._next()
            return
        steering = self._choice.steering
        assert steering is not None
        spec = Encode(model=model.ref, inputs=files, device=self._player.device)
        self._asking.ask(spec, lambda events: list(points(events, model, steering)))

    @Slot(object)
    def _on_came(self, codes: list[Floats]) -> None:
        asked, self._asked = self._asked, []
        found = dict(zip(asked, codes, strict=False))
        self._codes.update(found)
        self.placed.emit(list(found))
        self._next()

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        asked, self._asked = self._asked, []
        if error.kind == "crashed":
            self._waiting.clear()  # each would cost another process
        elif len(asked) > 1:
            # One unreadable file must not hide the others: they are asked for one by one.
            self._alone.update(asked)
            self._waiting = asked + self._waiting
        self._next()
        if self.is_resting:
            self.placed.emit([])

    @Slot()
    def _on_model(self) -> None:
        self._asking.forget()
        self._codes.clear()
        self._waiting.clear()
        self._asked.clear()
        self._alone.clear()
        self._wanted.clear()
        self.cleared.emit()
