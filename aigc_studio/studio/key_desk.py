"""What people do with the selected keys of the timeline: move, copy, ease, remove, go to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from aigc_studio.document.timeline_edits import (
    lay_keys,
    move_keys,
    remove_keys,
    set_easing,
    set_numbers,
    set_timeline,
)
from aigc_studio.document.tracks import NumberKey

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.document.canvas import Key
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Project
    from aigc_studio.document.tracks import Easing
    from aigc_studio.studio.play_head import PlayHead
    from aigc_studio.studio.session import Session
    from aigc_studio.studio.stage import Stage


class KeyDesk(QObject):
    """Acts on `Stage.chosen_keys`; remembers what was copied."""

    def __init__(
        self, session: Session, stage: Stage, head: PlayHead, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._stage, self._head = session, stage, head
        self._copied: list[Key] = []

    @property
    def keys(self) -> list[Key]:
        """All keys of the canvas, the earliest first."""
        canvas = self._stage.canvas
        return sorted(canvas.timeline.all_keys, key=lambda key: key.frame) if canvas else []

    @property
    def chosen(self) -> list[Key]:
        """The selected ones, the earliest first."""
        places = self._stage.chosen_keys
        return [key for key in self.keys if key.place in places]

    @property
    def can_paste(self) -> bool:
        """Whether something was copied whose layers are here."""
        canvas = self._stage.canvas
        return any(canvas and canvas.layer(key.layer) for key in self._copied)

    def choose_all(self) -> None:
        """Select every key."""
        self._stage.choose_keys([key.place for key in self.keys])

    def move(self, by: int, *, copies: bool = False) -> None:
        """Move the selected keys by so many frames, or copies of them, and select those."""
        chosen = self.chosen
        if not chosen or not by:
            return
        places = {key.place for key in chosen}
        by = max(by, -chosen[0].frame)
        if copies:
            done = self._do(lambda project, canvas: lay_keys(project, canvas, chosen, by))
        else:
            done = self._do(lambda project, canvas: move_keys(project, canvas, places, by))
        if done:
            self._stage.choose_keys({place._replace(frame=place.frame + by) for place in places})

    def remove(self) -> None:
        """Remove the selected keys."""
        places = set(self._stage.chosen_keys)
        if places:
            self._do(lambda project, canvas: remove_keys(project, canvas, places))

    def ease(self, easing: Easing) -> None:
        """Choose how the selected keys go on."""
        places = set(self._stage.chosen_keys)
        if places:
            self._do(lambda project, canvas: set_easing(project, canvas, places, easing))

    @property
    def numbers(self) -> list[NumberKey]:
        """The selected keys when all of them are numbers of one track, else none."""
        chosen = self.chosen
        found = [key for key in chosen if isinstance(key, NumberKey)]
        one = len({key.track for key in chosen}) == 1
        return found if one else []

    def set_numbers(self, value: float) -> None:
        """Give the selected numbers another value."""
        places = {key.place for key in self.numbers}
        if places:
            self._do(lambda project, canvas: set_numbers(project, canvas, places, value))

    def copy(self) -> None:
        """Remember the selected keys."""
        self._copied = self.chosen or self._copied

    def paste(self) -> None:
        """Lay what was copied down, its first key at the play head, and select it."""
        canvas = self._stage.canvas
        here = [key for key in self._copied if canvas and canvas.layer(key.layer)]
        if not here:
            return
        by = self._head.frame - here[0].frame
        if self._do(lambda project, canvas_id: lay_keys(project, canvas_id, here, by)):
            self._stage.choose_keys({key.place._replace(frame=key.frame + by) for key in here})

    def go_to_next(self) -> None:
        """Put the play head on the next key."""
        later = [key.frame for key in self.keys if key.frame > self._head.frame]
        if later:
            self._head.show_frame(later[0])

    def go_to_previous(self) -> None:
        """Put the play head on the key before."""
        earlier = [key.frame for key in self.keys if key.frame < self._head.frame]
        if earlier:
            self._head.show_frame(earlier[-1])

    def set_film(
        self, *, frames: int | None = None, fps: float | None = None, loop: bool | None = None
    ) -> None:
        """Change the film's length, speed, or whether it goes round."""
        self._do(
            lambda project, canvas: set_timeline(project, canvas, frames=frames, fps=fps, loop=loop)
        )

    def toggle_loop(self) -> None:
        """Let the last key go on to the first, with time for that way; or no longer."""
        canvas = self._stage.canvas
        if canvas and canvas.timeline.loop:
            self.set_film(loop=False)
        else:
            self.make_loop()

    def make_loop(self) -> None:
        """Let the last key go on to the first, with time for that way."""
        keys = self.keys
        if keys:
            at = sorted({key.frame for key in keys})
            step = round((at[-1] - at[0]) / max(len(at) - 1, 1))
            canvas = self._stage.canvas
            assert canvas is not None
            self.set_film(frames=at[-1] + (step or canvas.timeline.frames), loop=True)

    def _do(self, make: Callable[[Project, str], Edit]) -> bool:
        canvas = self._stage.canvas
        return canvas is not None and self._session.do(lambda project: make(project, canvas.id))
