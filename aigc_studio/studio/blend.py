"""A mix of several points with weights, and of layers where the model has them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtGui import QImage

from aigc_studio.catalog.latent_maths import crossed

if TYPE_CHECKING:
    from aigc_studio.catalog.latent import Floats
    from aigc_studio.studio.chart import Chart
    from aigc_studio.studio.instrument import Instrument
    from aigc_studio.studio.trail import Played

MOST = 8


@dataclass(frozen=True, eq=False)
class Source:
    """One of what is mixed.

    Attributes:
        number: its own, as long as it is in the mix.
        picture: null until the library's thumbnail has come.
        code: its point; None until the model has seen a picture of the library.
        asset: id of a picture of the library, else "".
        weight: 0 to 1; only proportions count.
    """

    number: int
    picture: QImage
    code: Floats | None
    asset: str = ""
    weight: float = 1.0


class Blend(QObject):
    """Up to eight sources of one model; whatever changes, we go to their mix.

    Signals:
        changed: sources came, went or are found by now.
        told: a StudioError or str.
    """

    changed = Signal()
    told = Signal(object)

    def __init__(self, instrument: Instrument, chart: Chart, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._instrument, self._chart = instrument, chart
        self._sources: list[Source] = []
        self._crossover = self._count = 0
        instrument.choice.changed.connect(self.clear)
        chart.placed.connect(self._on_placed)

    @property
    def sources(self) -> tuple[Source, ...]:
        """What is mixed, as it was added."""
        return tuple(self._sources)

    @property
    def is_ready(self) -> bool:
        """Whether there is something to mix, and the point of each is known."""
        return len(self._sources) > 1 and all(each.code is not None for each in self._sources)

    @property
    def layers(self) -> int:
        """How many layers the model mixes apart; 0 for none."""
        steering = self._instrument.choice.steering
        return steering.layers if steering else 0

    @property
    def crossover(self) -> int:
        """How many layers, the coarsest first, the first source has for itself; 0 for none."""
        return self._crossover

    @property
    def part(self) -> float:
        """Of two sources, the second's part of the mix."""
        one, other = (source.weight for source in self._sources[:2])
        return other / (one + other) if one + other else 0.5

    def add_here(self) -> bool:
        """The present result becomes a source; of two we stand at it."""
        played = self._instrument.result
        if played is None or not self._add(played.picture, played.code):
            return False
        if len(self._sources) == 2:
            self._weigh((0.0, 1.0))
            self.changed.emit()
        else:
            self._go()
        return True

    def add_result(self, played: Played) -> bool:
        """A result becomes a source; one of another model is refused, and told."""
        if played.model != self._instrument.choice.word:
            self.told.emit(_words("This result is of another model: mix within one."))
            return False
        return self._add(played.picture, played.code) and self._go()

    def add_asset(self, asset_id: str, picture: QImage | None = None) -> bool:
        """A picture of the library becomes a source once the model has seen it."""
        added = self._add(picture or QImage(), self._chart.code(asset_id), asset_id)
        if added:
            self._chart.find(asset_id)
            self._go()
        return added

    def show_asset(self, asset_id: str, picture: QImage) -> None:
        """The thumbnail of a picture of the library has come."""
        if any(source.asset == asset_id for source in self._sources):
            self._sources = [
                replace(each, picture=picture) if each.asset == asset_id else each
                for each in self._sources
            ]
            self.changed.emit()

    def remove(self, number: int) -> None:
        """Take a source out."""
        self._sources = [each for each in self._sources if each.number != number]
        self.changed.emit()
        self._go()

    @Slot()
    def clear(self) -> None:
        """Take all out."""
        self._sources, self._crossover = [], 0
        self.changed.emit()

    def set_weight(self, number: int, weight: float) -> None:
        """Give one source another weight, 0 to 1."""
        self._weigh([weight if s.number == number else s.weight for s in self._sources])
        self._go()

    def set_part(self, part: float) -> None:
        """Of two sources, give the second such a part of the mix, 0 to 1."""
        self._weigh((1 - part, part))
        self._go()

    def set_crossover(self, layers: int) -> None:
        """Let the first source have so many of the coarsest layers for itself."""
        self._crossover = min(max(layers, 0), self.layers)
        self._go()

    def _add(self, picture: QImage, code: Floats | None, asset: str = "") -> bool:
        if len(self._sources) >= MOST:
            self.told.emit(_words("The mix is full: take something out first."))
            return False
        self._count += 1
        self._sources.append(Source(self._count, picture, code, asset))
        self.changed.emit()
        return True

    def _weigh(self, weights: list[float] | tuple[float, ...]) -> None:
        pairs = zip(self._sources, weights, strict=True)
        self._sources = [
            replace(source, weight=min(max(weight, 0.0), 1.0)) for source, weight in pairs
        ]

    def _go(self) -> bool:
        steering = self._instrument.choice.steering
        codes = [source.code for source in self._sources if source.code is not None]
        if steering is None or not self.is_ready:
            return True
        weights = [source.weight for source in self._sources]
        if self._crossover:
            fine = steering.blend(codes[1:], weights[1:])
            self._instrument.explore(crossed(codes[0], fine, self._crossover))
        elif len(codes) == 2:
            self._instrument.mix(codes[0], codes[1], self.part)
        else:
            self._instrument.explore(steering.blend(codes, weights))
        return True

    @Slot(object)
    def _on_placed(self, asset_ids: list[str]) -> None:
        waiting = [s for s in self._sources if s.code is None and s.asset in asset_ids]
        if waiting:
            self._sources = [
                replace(each, code=self._chart.code(each.asset)) if each in waiting else each
                for each in self._sources
            ]
            self.changed.emit()
            self._go()


def _words(text: str) -> str:
    return QCoreApplication.translate("Studio", text)
