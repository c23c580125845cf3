"""Steering by picking: nine variations, of which the picked lead to the next nine."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from aigc_studio.catalog.evolution import Search, narrowed, proposal
from aigc_studio.studio.answers import played
from aigc_studio.studio.asking import Asking

if TYPE_CHECKING:
    from aigc_studio.catalog.latent import Floats
    from aigc_studio.studio.engine import Player
    from aigc_studio.studio.instrument import Instrument
    from aigc_studio.studio.steering import Steering
    from aigc_studio.studio.trail import Played

COUNT = 9


@dataclass(frozen=True, eq=False)
class Generation:
    """One set of variations.

    Attributes:
        search: what they were drawn from.
        shown: results that are not in the trail; empty until they have come.
        picked: indices of those that a person likes, as they were picked.
    """

    search: Search
    shown: tuple[Played, ...] = ()
    picked: tuple[int, ...] = field(default=())


class Picking(QObject):
    """Generations of nine, from where we were when it began; needs nothing but to decode.

    Signals:
        shown: other variations are to be seen.
        changed: others are picked.
        told: a StudioError or str.
    """

    shown = Signal()
    changed = Signal()
    told = Signal(object)

    def __init__(
        self, player: Player, instrument: Instrument, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._instrument, self._choice = instrument, instrument.choice
        self._generations: list[Generation] = []
        self._base: Floats | None = None
        self._asking = Asking(player, "nearby", self)
        self._asking.came.connect(self._on_came)
        self._asking.failed.connect(self._on_failed)
        self._choice.changed.connect(self._forget)

    @property
    def now(self) -> Generation | None:
        """What is seen."""
        return self._generations[-1] if self._generations else None

    @property
    def number(self) -> int:
        """Of the generation, from 1; 0 for none."""
        return len(self._generations)

    @property
    def is_waiting(self) -> bool:
        """Whether its pictures are being made."""
        return bool(self._generations) and not self._generations[-1].shown

    def begin(self, seed: int | None = None) -> None:
        """Make nine variations of this point; another seed gives others."""
        steering, code = self._choice.steering, self._instrument.code
        if steering is None or code is None:
            return
        chosen = secrets.randbelow(1 << 31) if seed is None else seed
        middle = steering.whitening.inside(code).reshape(-1)
        self._base, self._generations = code, []
        self._draw(Search(middle, chosen))

    def pick(self, index: int) -> None:
        """Pick one of the nine, or no longer."""
        if self.now is None or index >= len(self.now.shown):
            return
        others = tuple(each for each in self.now.picked if each != index)
        picked = others if index in self.now.picked else (*self.now.picked, index)
        self._generations[-1] = replace(self.now, picked=picked)
        self.changed.emit()

    def go_on(self) -> None:
        """Make nine like those that are picked; with none picked, nine others."""
        steering = self._choice.steering
        if self.now is not None and steering is not None and self.now.shown:
            picked = [steering.whitening.inside(each.code).reshape(-1) for each in self._picked()]
            size = steering.whitening.size
            self._draw(narrowed(self.now.search, np.asarray(picked).reshape(-1, size)))

    def go_back(self) -> None:
        """See the generation before, as it was."""
        if len(self._generations) > 1:
            self._asking.forget()
            self._generations.pop()
            self.shown.emit()

    def finish(self) -> None:
        """Play what is picked: the one, or the middle of several; else the middle of all."""
        steering, picked = self._choice.steering, self._picked()
        if self.now is None or steering is None:
            return
        if len(picked) == 1:
            self._instrument.go_to(picked[0])
        elif picked:
            codes = [each.code for each in picked]
            self._instrument.explore(steering.blend(codes, [1.0] * len(codes)))
        else:
            self._instrument.explore(self._point(steering, self.now.search.middle))

    def _picked(self) -> list[Played]:
        return [self.now.shown[index] for index in self.now.picked] if self.now else []

    def _draw(self, search: Search) -> None:
        model, steering = self._choice.model, self._choice.steering
        assert model is not None
        assert steering is not None
        codes = [self._point(steering, proposal(search, index)) for index in range(COUNT)]
        spec, truncation = self._instrument.decoding(*codes), self._instrument.truncation
        assert spec is not None
        self._generations.append(Generation(search))
        self._asking.ask(spec, lambda events: played(spec, events, model, steering, truncation))
        self.changed.emit()

    def _point(self, steering: Steering, place: np.typing.NDArray[np.float64]) -> Floats:
        point = steering.shaped(steering.whitening.outside(place))
        return self._instrument.lock.kept(self._base, point)

    @Slot(object)
    def _on_came(self, results: list[Played]) -> None:
        if self.is_waiting:
            self._generations[-1] = replace(self._generations[-1], shown=tuple(results))
            self.shown.emit()

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        if self.is_waiting:
            self._generations.pop()
            self.shown.emit()
        self.told.emit(error)

    @Slot()
    def _forget(self) -> None:
        self._asking.forget()
        self._generations, self._base = [], None
        self.shown.emit()
