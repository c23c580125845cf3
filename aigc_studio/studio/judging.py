"""How real pictures look to a model, found out in the background, a few at a time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from aigc_studio.catalog.families import FAMILIES
from aigc_studio.catalog.latent import Cap
from aigc_studio.document.chosen import choose_model
from aigc_studio.document.requests import rank_spec
from aigc_studio.studio.answers import outcome_of
from aigc_studio.studio.asking import Asking

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aigc_studio.document.chosen import ChosenModel
    from aigc_studio.document.model import Model
    from aigc_studio.jobs.child import Event
    from aigc_studio.studio.engine import Player
    from aigc_studio.studio.session import Session

# So few that a picture which is dragged for in the dock never waits long for its turn.
AT_ONCE = 16


class Judging(QObject):
    """Asks one model at a time about the pictures of the project; verdicts are remembered.

    Signals:
        progressed: pictures done, and pictures in all.
        ended: all that was asked for is known, or it was given up.
        told: a StudioError.
    """

    progressed = Signal(int, int)
    ended = Signal()
    told = Signal(object)

    def __init__(self, session: Session, player: Player, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._player = session, player
        self._model: ChosenModel | None = None
        self._left: list[str] = []
        self._total = 0
        # By model and asset: an asset's payload never changes.
        self._known: dict[str, dict[str, float | None]] = {}
        self._asking = Asking(player, "judge", self)
        self._asking.came.connect(self._on_judged)
        self._asking.failed.connect(self._on_failed)
        session.closed.connect(self._forget)

    @property
    def running(self) -> bool:
        """Whether there is something left to judge."""
        return bool(self._left)

    def models(self) -> list[Model]:
        """The project's models that judge, the newest first."""
        if not self._session.is_open:
            return []
        entries = self._session.project.models.values()
        able = (e for e in entries if e.family in FAMILIES and Cap.JUDGE in FAMILIES[e.family].caps)
        return sorted(able, key=lambda entry: entry.created, reverse=True)

    def verdicts(self, model_id: str) -> Mapping[str, float]:
        """What is known of a model's verdicts, by asset; higher is more real."""
        known = self._known.get(model_id, {})
        return {asset: score for asset, score in known.items() if score is not None}

    def judge(self, model_id: str, assets: Iterable[str], *, again: bool = False) -> None:
        """Ask a model about those of these assets that it has not been asked about.

        What is being asked for another model is given up; what is missing on disk is passed over.

        Args:
            again: also ask about what could not be judged, or was given up.
        """
        known, missing = self._known.setdefault(model_id, {}), self._session.store.missing
        open_for = [each for each in assets if each not in missing]
        wanted = [each for each in open_for if each not in known or (again and known[each] is None)]
        if self._model and self._model.ref.id == model_id and set(wanted) == set(self._left):
            return
        self._asking.forget()
        with self._session.attempt():
            self._model = choose_model(self._session.store, model_id) if wanted else None
            self._left, self._total = wanted, len(wanted)
            self._ask()

    def cancel(self) -> None:
        """Give up what is left; what is known stays known."""
        self._asking.forget()
        self._give_up()

    def _give_up(self) -> None:
        if self._model and self._left:
            # Not asked about again by itself, else nobody could ever stop it.
            self._known.setdefault(self._model.ref.id, {}).update(dict.fromkeys(self._left))
            self._left = []
            self.ended.emit()

    def _ask(self) -> None:
        if self._model is None or not self._left:
            return
        part, store = self._left[:AT_ONCE], self._session.store
        self.progressed.emit(self._total - len(self._left), self._total)
        spec = rank_spec(store, self._model, part, device=self._player.device)
        self._asking.ask(spec, partial(_read, self._model.ref.id, part))

    @Slot(object, bool)
    def _on_judged(self, answer: tuple[str, dict[str, float | None]], _newest: bool) -> None:
        model_id, scores = answer
        self._known.setdefault(model_id, {}).update(scores)
        self._left = [each for each in self._left if each not in scores]
        if self._left:
            with self._session.attempt():
                self._ask()
        else:
            self.ended.emit()

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        self._give_up()
        self.told.emit(error)

    @Slot()
    def _forget(self) -> None:
        self.cancel()
        self._known.clear()


def _read(
    model_id: str, assets: list[str], events: list[Event]
) -> tuple[str, dict[str, float | None]]:
    """The verdicts of one answer; ValueError when it is not on these assets."""
    scores = outcome_of(events).values.get("scores")
    if not isinstance(scores, list) or len(scores) != len(assets):
        raise ValueError("it does not judge what was asked")
    told = [float(score) if isinstance(score, int | float) else None for score in scores]
    return model_id, dict(zip(assets, told, strict=True))
