"""What people do with markers and beats of the canvas that is worked on."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from aigc_studio.document import marker_edits
from aigc_studio.document.beats import bars_in, snapped
from aigc_studio.studio.tapping import Tapping

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.document.canvas import Timeline
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Project
    from aigc_studio.document.tracks import Beats, Marker, Sign
    from aigc_studio.studio.play_head import PlayHead
    from aigc_studio.studio.session import Session
    from aigc_studio.studio.stage import Stage


class MarkerDesk(QObject):
    """Acts on the stage's canvas; new markers stand at the play head."""

    def __init__(
        self, session: Session, stage: Stage, head: PlayHead, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._stage, self._head = session, stage, head
        self._tapping = Tapping()

    @property
    def markers(self) -> tuple[Marker, ...]:
        """All of them, the earliest first."""
        timeline = self._timeline
        return tuple(sorted(timeline.markers, key=_frame)) if timeline else ()

    @property
    def beats(self) -> Beats | None:
        """The grid; None for none."""
        timeline = self._timeline
        return timeline.beats if timeline else None

    @property
    def bars(self) -> int:
        """How many bars fit the film best."""
        timeline = self._timeline
        return bars_in(timeline) if timeline else 1

    @property
    def _timeline(self) -> Timeline | None:
        return self._stage.canvas.timeline if self._stage.canvas else None

    def at(self, frame: int) -> Marker | None:
        """The marker at a frame."""
        return next((each for each in self.markers if each.frame == frame), None)

    def snapped(self, frame: int, reach: float) -> int:
        """The frame of the beat or marker that draws `frame` within `reach` frames, or itself."""
        timeline = self._timeline
        return snapped(timeline, frame, reach) if timeline else frame

    def add(self) -> None:
        """A marker at the play head, under a name of its own."""
        if self.at(self._head.frame) is None:
            frame, name = self._head.frame, self._free_name()
            self._do(lambda project, key: marker_edits.add_marker(project, key, frame, name))

    def rename(self, frame: int, name: str) -> None:
        """Call a marker otherwise."""
        self._do(lambda project, key: marker_edits.edit_marker(project, key, frame, name=name))

    def sign(self, frame: int, sign: Sign) -> None:
        """Give a marker another form and colour."""
        self._do(lambda project, key: marker_edits.edit_marker(project, key, frame, sign=sign))

    def move(self, frame: int, to: int) -> None:
        """Move a marker."""
        if frame != to:
            self._do(lambda project, key: marker_edits.move_marker(project, key, frame, to))

    def remove(self, frame: int) -> None:
        """Remove a marker."""
        self._do(lambda project, key: marker_edits.remove_marker(project, key, frame))

    def go_to_next(self) -> None:
        """Put the play head on the next marker."""
        later = [each.frame for each in self.markers if each.frame > self._head.frame]
        if later:
            self._head.show_frame(later[0])

    def go_to_previous(self) -> None:
        """Put the play head on the marker before."""
        earlier = [each.frame for each in self.markers if each.frame < self._head.frame]
        if earlier:
            self._head.show_frame(earlier[-1])

    def toggle_beats(self) -> None:
        """Show the grid of beats, or none."""
        if self.beats:
            self._do(lambda project, key: marker_edits.set_beats(project, key, None))
        else:
            self.set_beats()

    def set_beats(self, **fields: object) -> None:
        """Change the grid; where there is none it begins."""
        self._do(lambda project, key: marker_edits.edit_beats(project, key, **fields))

    def tap(self, at: float | None = None) -> None:
        """One tap of the tempo; the second one sets it."""
        bpm = self._tapping.tap(time.monotonic() if at is None else at)
        if bpm is not None and (self.beats is None or self.beats.bpm != bpm):
            self.set_beats(bpm=bpm)

    def fit_bars(self, bars: int) -> None:
        """Make the film so many bars long."""
        self._do(lambda project, key: marker_edits.fit_bars(project, key, bars))

    def _free_name(self) -> str:
        taken = {each.name for each in self.markers}
        numbers = (_words("Marker {number}").format(number=n) for n in range(1, len(taken) + 2))
        return next(name for name in numbers if name not in taken)

    def _do(self, make: Callable[[Project, str], Edit]) -> bool:
        canvas = self._stage.canvas
        return canvas is not None and self._session.do(lambda project: make(project, canvas.id))


def _frame(marker: Marker) -> int:
    return marker.frame


def _words(text: str) -> str:
    return QCoreApplication.translate("Studio", text)
