"""Two results side by side, and what was there before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from aigc_studio.studio.instrument import Instrument
    from aigc_studio.studio.trail import Played

Side = Literal["a", "b"]


class Compare(QObject):
    """Remembers two results by hand, and the one before the present by itself.

    Signals:
        changed: something else is pinned, or whether the one before is shown.
    """

    changed = Signal()

    def __init__(self, instrument: Instrument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._instrument = instrument
        self._pins: dict[Side, Played] = {}
        self._last: Played | None = None
        self._earlier: Played | None = None
        self._is_before = self._is_beside = False
        instrument.settled.connect(self._on_settled)
        instrument.choice.changed.connect(self._on_model)

    @property
    def before(self) -> Played | None:
        """What the present result is compared with: A where it is pinned, else the one before."""
        return self._pins.get("a") or self._earlier

    @property
    def is_before(self) -> bool:
        """Whether the one before is to be shown in place of the present one."""
        return self._is_before and self.before is not None

    @property
    def is_beside(self) -> bool:
        """Whether both are to be shown side by side."""
        return self._is_beside and self.before is not None

    @property
    def sides(self) -> tuple[Played | None, Played | None]:
        """A and B; without a pinned B it is what is played."""
        return self.before, self._pins.get("b") or self._instrument.result

    def pinned(self, side: Side) -> Played | None:
        """What is pinned on a side."""
        return self._pins.get(side)

    def pin(self, side: Side) -> bool:
        """Pin the present result; where it is pinned already it is taken off."""
        result = self._instrument.result
        if result is None:
            return False
        if self._pins.get(side) is result:
            del self._pins[side]
        else:
            self._pins[side] = result
        self._is_beside = bool(self._pins)
        self.changed.emit()
        return True

    def show_before(self, shown: bool) -> None:
        """Show the one before, as long as it is wished."""
        if shown != self._is_before:
            self._is_before = shown
            self.changed.emit()

    def show_beside(self, shown: bool) -> None:
        """Show both side by side, or no longer."""
        self._is_beside = shown
        self.changed.emit()

    @Slot(object)
    def _on_settled(self, result: Played) -> None:
        if result is not self._last:
            self._earlier, self._last = self._last, result
            self.changed.emit()

    @Slot()
    def _on_model(self) -> None:
        self._pins.clear()
        self._last = self._earlier = None
        self._is_before = self._is_beside = False
        self.changed.emit()
