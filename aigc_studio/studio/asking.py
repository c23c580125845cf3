"""What one part of the studio asks of the player, and its answers as values."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from aigc_studio.base.errors import StudioError
from aigc_studio.jobs.messages import Preview
from aigc_studio.jobs.runner import pixels
from aigc_studio.studio.pictures import to_qimage

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.jobs.child import Event
    from aigc_studio.jobs.specs import AnySpec
    from aigc_studio.jobs.wire import Payload
    from aigc_studio.studio.engine import Player

    Read = Callable[[list[Event]], object]


class Asking(QObject):
    """One slot of the player: nobody else asks in it.

    Signals:
        came: what was read from an answer, and whether nothing newer was asked meanwhile.
        failed: the StudioError of a request, or of an answer that cannot be used.
        working: whether an answer is being waited for.
        glimpsed: a QImage of what the newest request will bring.
    """

    came = Signal(object, bool)
    failed = Signal(object)
    working = Signal(bool)
    glimpsed = Signal(object)

    def __init__(self, player: Player, slot: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player, self._slot = player, slot
        self._reading: dict[int, Read] = {}
        player.answered.connect(self._on_answered)
        player.failed.connect(self._on_failed)
        player.working.connect(self._on_working)
        player.glimpsed.connect(self._on_glimpse)

    def ask(self, spec: AnySpec, read: Read, payload: Payload = b"") -> None:
        """Ask; replaces what waits.

        Args:
            spec: what the worker shall do, with its payload.
            read: turns the events of the answer into what `came` brings; called in the window's
                thread, may raise ValueError or StudioError.
        """
        self._reading[self._player.ask(spec, self._slot, payload)] = read

    def forget(self) -> None:
        """Want nothing any more of what was asked."""
        self._reading.clear()
        self._player.cancel(self._slot)

    @Slot(str, int, object)
    def _on_answered(self, slot: str, stamp: int, events: list[Event]) -> None:
        read = self._taken(slot, stamp)
        if read is None:
            return
        try:
            value = read(events)
        except StudioError as error:
            self.failed.emit(error)
        except ValueError as error:
            self.failed.emit(StudioError(f"The worker's answer cannot be used: {error}."))
        else:
            self.came.emit(value, not self._reading)

    @Slot(str, int, object)
    def _on_failed(self, slot: str, stamp: int, error: StudioError) -> None:
        if self._taken(slot, stamp):
            self.failed.emit(error)

    @Slot(str, int, object)
    def _on_glimpse(self, slot: str, stamp: int, event: Event) -> None:
        if slot == self._slot and stamp in self._reading and isinstance(event.message, Preview):
            with contextlib.suppress(StudioError):  # a damaged one is no loss
                self.glimpsed.emit(to_qimage(pixels(event.message, event.payload)))

    def _taken(self, slot: str, stamp: int) -> Read | None:
        if slot != self._slot:
            return None
        # What was asked earlier and did not come was replaced before it began.
        for earlier in [asked for asked in self._reading if asked < stamp]:
            del self._reading[earlier]
        return self._reading.pop(stamp, None)

    @Slot(str, bool)
    def _on_working(self, slot: str, working: bool) -> None:
        if slot == self._slot:
            self.working.emit(working)
