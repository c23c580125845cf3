"""Frames of a film as they were drawn for the screen, kept to be shown again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QImage

    Place = tuple[int, int]


@dataclass
class _Frame:
    content: object
    tiles: dict[Place, QImage] = field(default_factory=dict)
    doubted: bool = False

    @property
    def bytes(self) -> int:
        return sum(tile.sizeInBytes() for tile in self.tiles.values())


class Composed:
    """Tiles of each frame, with what they show.

    What was drawn of a frame is found only by one who wants to see the same there: an edit
    that changes a frame makes what is kept of it useless, and leaves all others.

    Attributes:
        bytes: of all that is kept.
    """

    def __init__(self, grown: Callable[[], object]) -> None:
        """`grown` is called when `bytes` is another number."""
        self.bytes = self._room = 0
        self._grown = grown
        self._here, self._count = 0, 1
        self._frames: dict[int, _Frame] = {}

    def set_head(self, frame: int, count: int) -> None:
        """The play head stands here, in a film of so many frames."""
        self._here, self._count = frame, max(count, 1)

    @property
    def room(self) -> int:
        """Bytes to be kept at most; what lies farthest ahead of the play head goes first."""
        return self._room

    @room.setter
    def room(self, room: int) -> None:
        self._room = room
        self._shrink()

    def find(self, frame: int, content: object) -> Mapping[Place, QImage]:
        """What is kept of a frame that shows this; none where it shows something else."""
        found = self._frames.get(frame)
        if found is None or found.content != content:
            return {}
        found.doubted = False
        return found.tiles

    def keep(self, frame: int, content: object, place: Place, tile: QImage) -> None:
        """Keep one tile of a frame, and nothing of it that shows something else."""
        found = self._frames.get(frame)
        if found is None or found.content != content:
            self._drop(frame)
            found = self._frames[frame] = _Frame(content)
        before = found.tiles.get(place)
        self.bytes += tile.sizeInBytes() - (before.sizeInBytes() if before is not None else 0)
        found.tiles[place] = tile
        self._shrink()
        self._grown()

    def doubt(self) -> None:
        """The film was edited: what nobody finds again goes before all else."""
        for frame in self._frames.values():
            frame.doubted = True

    def clear(self) -> None:
        """Keep nothing."""
        self._frames.clear()
        self.bytes = 0
        self._grown()

    def _shrink(self) -> None:
        while self.bytes > self.room and self._frames:
            self._drop(max(self._frames, key=self._distance))

    def _distance(self, frame: int) -> tuple[bool, int]:
        # A film that is played round comes last to what lies just behind the play head.
        return self._frames[frame].doubted, (frame - self._here) % self._count

    def _drop(self, frame: int) -> None:
        gone = self._frames.pop(frame, None)
        if gone is not None:
            self.bytes -= gone.bytes
