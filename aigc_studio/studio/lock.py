"""The lock: what stays as it is while the rest of a latent space is explored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from aigc_studio.catalog.directions import held, held_layers

if TYPE_CHECKING:
    from aigc_studio.catalog.latent import Floats
    from aigc_studio.studio.model_choice import ModelChoice

MOST_NAMES = 100  # a preset keeps no more
Layers = Literal["", "coarse", "fine"]


class Lock(QObject):
    """Holds directions, the strongest of all, or coarse or fine layers; nothing at first.

    Who explores (the pad, chance, variations, mixes, walks) goes to what `kept` answers. Results
    that are gone back to, found pictures and presets are whole points, which no lock changes.

    Signals:
        changed: something else is held.
    """

    changed = Signal()

    def __init__(self, choice: ModelChoice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self._directions: dict[str, Floats] = {}
        self._strongest = 0
        self._layers: Layers = ""
        choice.changed.connect(self.let_go)

    @property
    def strongest(self) -> int:
        """How many of the strongest directions are held."""
        return self._strongest

    @property
    def layers(self) -> Layers:
        """Which half of the layers is held: "coarse" (layout), "fine" (colours), "" for none."""
        return self._layers

    @property
    def directions(self) -> frozenset[str]:
        """Keys of the single directions that are held."""
        return frozenset(self._directions)

    @property
    def count(self) -> int:
        """How many things are held."""
        return len(self._directions) + self._strongest + bool(self._layers)

    @property
    def names(self) -> tuple[str, ...]:
        """What is held, in words that a preset keeps; `Directions.hold_again` reads them."""
        strongest = (f"strongest:{self._strongest}",) if self._strongest else ()
        layers = (f"layers:{self._layers}",) if self._layers else ()
        return (*strongest, *layers, *self._directions)[:MOST_NAMES]

    def holds_axes(self, *axes: int) -> bool:
        """Whether all of these axes, counted from the strongest, are held."""
        return all(axis < self._strongest or f"pca:{axis}" in self._directions for axis in axes)

    def hold(self, key: str, direction: Floats) -> None:
        """Hold one direction, flat, under a key."""
        self._directions[key] = direction
        self.changed.emit()

    def release(self, key: str) -> None:
        """Let one direction go; unknown keys are passed over."""
        if self._directions.pop(key, None) is not None:
            self.changed.emit()

    def hold_strongest(self, count: int) -> None:
        """Hold so many of the strongest directions, and no others of them."""
        steering = self._choice.steering
        within = min(max(count, 0), len(steering.axes) if steering else 0)
        if within != self._strongest:
            self._strongest = within
            self.changed.emit()

    def hold_layers(self, layers: Layers) -> None:
        """Hold the coarse or the fine layers, where the model has layers."""
        steering = self._choice.steering
        wanted: Layers = layers if steering is not None and steering.layers else ""
        if wanted != self._layers:
            self._layers = wanted
            self.changed.emit()

    @Slot()
    def let_go(self) -> None:
        """Hold nothing."""
        if self.count:
            self._directions.clear()
            self._strongest, self._layers = 0, ""
            self.changed.emit()

    def kept(self, here: Floats | None, there: Floats) -> Floats:
        """Where to go instead of `there`: nothing that is held changes from `here`."""
        steering = self._choice.steering
        if steering is None or here is None or not self.count or here.shape != there.shape:
            return there
        vectors = [*steering.axes[: self._strongest], *self._directions.values()]
        flat = np.asarray(vectors, np.float32).reshape(-1, steering.mean.size)
        point = held(steering.whitening, here, there, flat)
        if not self._layers:
            return point
        half = (steering.layers + 1) // 2
        whole = range(half) if self._layers == "coarse" else range(half, steering.layers)
        return held_layers(here, point, whole)
