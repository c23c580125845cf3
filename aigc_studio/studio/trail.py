"""What the instrument has played: settled results, the latest last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from aigc_studio.catalog.conditions import told_in
from aigc_studio.document.canvas import LatentPoint, packed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QImage

    from aigc_studio.catalog.conditions import Conditions
    from aigc_studio.catalog.latent import Floats
    from aigc_studio.catalog.recipe import Recipe
    from aigc_studio.media.image import Pixels

LENGTH = 200
LATENT = "z"


@dataclass(frozen=True, eq=False)
class Played:
    """One result.

    Attributes:
        number: counts from 1 in this session.
        name: shown to people ("foxes-vae 014").
        model: the model's word for `Instrument.use` (an id, or `starter:NAME`).
        code: the latent point, float32 of the space's shape.
        truncation: the slider's value then.
        picture: as the model made it.
        pixels: the same as uint8 (H, W, C), straight alpha.
        recipe: repeats it exactly.
        starred: liked, and so kept beyond the trail's length and in the project.
        disliked: to be learned from, as what is starred is.
    """

    number: int
    name: str
    model: str
    code: Floats
    truncation: float
    picture: QImage
    pixels: Pixels
    recipe: Recipe
    starred: bool = False
    disliked: bool = False

    @property
    def conditions(self) -> Conditions:
        """What the model was told beside the point."""
        return told_in(self.recipe.settings)

    def point(self, model_id: str) -> LatentPoint:
        """Where it lies in the space of its model, which has this id."""
        return LatentPoint(
            model=model_id,
            space=self.recipe.space or LATENT,
            code=packed(self.code),
            seed=self.recipe.seed,
            truncation=self.truncation,
            conditions=self.conditions,
        )


class Trail(QObject):
    """The last `LENGTH` results; starred ones stay longer than others.

    Signals:
        changed: something was added, starred or met again, or everything forgotten.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Played] = []
        self._count = 0

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Played]:
        return iter(self._entries)

    def __getitem__(self, index: int) -> Played:
        return self._entries[index]

    def entry_of(self, result: Played, model: str) -> Played:
        """A result with its number and name; of a point that was met before, its entry then.

        Args:
            model: the name of its model.
        """
        known = self.find(result)
        if known is not None:
            return known
        self._count += 1
        return replace(result, number=self._count, name=f"{model} {self._count:03d}")

    def add(self, entry: Played) -> None:
        """Append a result unless it is there; the oldest makes room, one without a star first."""
        if entry not in self._entries:
            self._entries.append(entry)
        if len(self._entries) > LENGTH:
            earlier = self._entries[:-1]
            plain = (index for index, old in enumerate(earlier) if not old.starred)
            del self._entries[next(plain, 0)]
        self.changed.emit()

    def find(self, wanted: Played) -> Played | None:
        """The entry of the same model at the same point, told the same; None without one."""
        for entry in reversed(self._entries):
            alike = (entry.model, entry.conditions) == (wanted.model, wanted.conditions)
            if alike and np.array_equal(entry.code, wanted.code):
                return entry
        return None

    def star(self, entry: Played, *, starred: bool = True) -> None:
        """Star a result, or take its star away; what is starred is disliked no more."""
        self._mark(entry, starred=starred, disliked=entry.disliked and not starred)

    def dislike(self, entry: Played, *, disliked: bool = True) -> None:
        """Dislike a result, or no longer; what is disliked has no star."""
        self._mark(entry, starred=entry.starred and not disliked, disliked=disliked)

    def _mark(self, entry: Played, *, starred: bool, disliked: bool) -> None:
        for index, old in enumerate(self._entries):
            if old.number == entry.number:
                self._entries[index] = replace(old, starred=starred, disliked=disliked)
                self.changed.emit()

    def clear(self) -> None:
        """Forget everything."""
        self._entries.clear()
        self.changed.emit()
