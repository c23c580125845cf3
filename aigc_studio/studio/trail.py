"""What the instrument has played: settled results, the latest last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QImage

    from aigc_studio.catalog.latent import Floats
    from aigc_studio.catalog.recipe import Recipe
    from aigc_studio.media.image import Pixels

LENGTH = 200


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
        starred: whether it is kept beyond the trail's length and in the project.
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


class Trail:
    """The last `LENGTH` results; starred ones stay longer than others."""

    def __init__(self) -> None:
        self._entries: list[Played] = []

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Played]:
        return iter(self._entries)

    def __getitem__(self, index: int) -> Played:
        return self._entries[index]

    def add(self, entry: Played) -> None:
        """Append a result; the oldest without a star makes room."""
        self._entries.append(entry)
        if len(self._entries) > LENGTH:
            plain = (index for index, old in enumerate(self._entries) if not old.starred)
            del self._entries[next(plain, 0)]

    def find(self, wanted: Played) -> Played | None:
        """The entry of the same model at the same point; None when there is none."""
        for entry in reversed(self._entries):
            if entry.model == wanted.model and np.array_equal(entry.code, wanted.code):
                return entry
        return None

    def star(self, entry: Played, *, starred: bool = True) -> Played:
        """Star a result or take its star away; returns it as it stands now."""
        for index, old in enumerate(self._entries):
            if old.number == entry.number:
                self._entries[index] = replace(old, starred=starred)
                return self._entries[index]
        return replace(entry, starred=starred)

    def clear(self) -> None:
        """Forget everything."""
        self._entries.clear()
