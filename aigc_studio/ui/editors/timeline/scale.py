"""Between frames and the screen: how closely the timeline is looked at, and where."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from aigc_studio.ui import theme

NAMES = 216
_LEAST_SEEN = 6  # frames
_CLOSER = 1.25


class Scale(QObject):
    """What ruler and tracks share.

    Signals:
        changed: frames lie elsewhere than before.

    Attributes:
        frames: length of what there is to see.
        width: of the widgets, names included.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.frames, self.width = 1, 400
        self._closeness, self._first = 1.0, 0.0

    @property
    def left(self) -> int:
        """Where the first frame that is seen lies."""
        return theme.px(NAMES) + theme.SPACE[2]

    @property
    def _room(self) -> int:
        return max(self.width - self.left - theme.px(theme.SPACE[3]), 1)

    @property
    def _seen(self) -> float:
        return max(self.frames / self._closeness, 1)

    @property
    def step(self) -> float:
        """Pixels from one frame to the next."""
        return self._room / self._seen

    @property
    def first(self) -> float:
        """The first frame that is seen."""
        return self._first

    @property
    def last(self) -> float:
        """The last frame that is seen, or would be."""
        return self._first + self._seen

    @property
    def whole(self) -> bool:
        """Whether all of it is seen."""
        return self._closeness <= 1

    def x_of(self, frame: float) -> float:
        """Where a frame lies."""
        return self.left + (frame - self._first) * self.step

    def frame_at(self, x: float) -> int:
        """The frame that lies there."""
        return max(round(self._first + (x - self.left) / self.step), 0)

    def measure(self, frames: int, width: int) -> None:
        """Take up another length or width."""
        if (frames, width) != (self.frames, self.width):
            self.frames, self.width = max(frames, 1), width
            self._look(self._closeness, self._first)

    def closer(self, steps: float = 1, about: float | None = None) -> None:
        """Look so many steps more closely; what lies at `about` (x) stays there."""
        x = self.left + self._room / 2 if about is None else about
        fixed = self._first + (x - self.left) / self.step
        most = max(self.frames / _LEAST_SEEN, 1.0)
        closeness = min(max(self._closeness * _CLOSER**steps, 1.0), most)
        seen = max(self.frames / closeness, 1)
        self._look(closeness, fixed - (x - self.left) * seen / self._room)

    def scroll(self, pixels: float) -> None:
        """Look further to the right."""
        self._look(self._closeness, self._first + pixels / self.step)

    def see_all(self) -> None:
        """Look at all of it."""
        self._look(1.0, 0.0)

    def reveal(self, frame: int) -> None:
        """Look where a frame is, if it is not seen."""
        if not self._first <= frame <= self._first + self._seen:
            self._look(self._closeness, frame - self._seen / 8)

    def _look(self, closeness: float, first: float) -> None:
        self._closeness = min(max(closeness, 1.0), max(self.frames / _LEAST_SEEN, 1.0))
        self._first = min(max(first, 0.0), max(self.frames - self._seen, 0.0))
        self.changed.emit()
