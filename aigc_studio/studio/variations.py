"""A sheet of variations: points near a living layer's, laid on a canvas of their own."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from aigc_studio.catalog.evolution import FIRST_REACH, Search, proposal
from aigc_studio.document.canvas import MAX_SIDE, Canvas
from aigc_studio.document.canvas_edits import add_canvas
from aigc_studio.document.laying import add_living
from aigc_studio.document.renders import render_of
from aigc_studio.media.image import Image
from aigc_studio.studio.answers import played
from aigc_studio.studio.asking import Asking

if TYPE_CHECKING:
    from aigc_studio.studio.engine import Player
    from aigc_studio.studio.instrument import Instrument
    from aigc_studio.studio.living import Living
    from aigc_studio.studio.session import Session
    from aigc_studio.studio.trail import Played

ACROSS, DOWN = 3, 3
_GAP = 16


class Variations(QObject):
    """One sheet at a time; what is asked for last wins.

    Signals:
        made: the id of the canvas with the sheet.
        told: a StudioError.
    """

    made = Signal(str)
    told = Signal(object)

    def __init__(
        self,
        session: Session,
        player: Player,
        instrument: Instrument,
        living: Living,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._instrument, self._living = session, instrument, living
        self._name = ""
        self._asking = Asking(player, "variations", self)
        self._asking.came.connect(self._on_came)
        self._asking.failed.connect(self.told)
        session.closed.connect(self._asking.forget)

    def make(
        self,
        across: int = ACROSS,
        down: int = DOWN,
        distance: float = FIRST_REACH,
        seed: int | None = None,
    ) -> None:
        """Lay variations of what the dock changes on a new canvas; `made` follows.

        Args:
            across, down: columns and rows.
            distance: how far they lie from it, in standard deviations.
            seed: the same one gives the same sheet.
        """
        choice, code, target = self._instrument.choice, self._instrument.code, self._living.target
        model, steering = choice.model, choice.steering
        if model is None or steering is None or code is None or target is None:
            return
        self._across, self._name = across, target.name
        chosen = secrets.randbelow(1 << 31) if seed is None else seed
        count = across * down
        search = Search(steering.whitening.inside(code).reshape(-1), chosen, reach=distance)
        places = (proposal(search, index) for index in range(count))
        near = [steering.shaped(steering.whitening.outside(place)) for place in places]
        spec, truncation = self._instrument.decoding(*near), self._instrument.truncation
        assert spec is not None
        self._asking.ask(spec, lambda events: played(spec, events, model, steering, truncation))

    @Slot(object)
    def _on_came(self, results: list[Played]) -> None:
        if not results or not self._session.is_open:
            return
        across = self._across
        high, wide = (max(each.pixels.shape[axis] for each in results) for axis in (0, 1))
        rows = -(-len(results) // across)
        width, height = across * (wide + _GAP) + _GAP, rows * (high + _GAP) + _GAP
        session = self._session
        name = _words("Variations of {name}").format(name=self._name)
        with session.gesture("Sheet of variations"):
            size = (min(width, MAX_SIDE), min(height, MAX_SIDE))
            edit = add_canvas(session.project, name[:200], *size)
            session.apply(edit)
            canvas = session.project.canvases[edit.changes[0].key]
            for number, result in enumerate(results):
                row, column = divmod(number, across)
                middle = (_middle(wide, column), _middle(high, row))
                self._lay(canvas, result, middle)
            self.made.emit(canvas.id)

    def _lay(self, canvas: Canvas, result: Played, at: tuple[float, float]) -> None:
        session = self._session
        model = self._instrument.choice.maker_of(result.model)
        name = result.name or model.name
        asset = render_of(session.store, Image(result.pixels), result.recipe, model, name)
        point = result.point(model.ref.id)
        project, recipe = session.project, result.recipe
        edit = add_living(project, canvas.id, asset, point, recipe, x=at[0], y=at[1], scale=1.0)
        session.apply(edit)


def _middle(length: int, number: int) -> float:
    """Where the middle of the cell of this number lies."""
    return (length + _GAP) * number + _GAP + length / 2


def _words(text: str) -> str:
    return QCoreApplication.translate("Studio", text)
