"""A walk of chance that goes on by itself, or becomes a loop on the timeline."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.wandering import Wandering
from aigc_studio.document.timeline_edits import add_keys, remove_keys, set_timeline

if TYPE_CHECKING:
    from aigc_studio.catalog.latent import Floats
    from aigc_studio.studio.instrument import Instrument
    from aigc_studio.studio.living import Living
    from aigc_studio.studio.session import Session
    from aigc_studio.studio.stage import Stage

TICK_MS = 33
SLOWEST, FASTEST = 0.1, 4.0
SHORTEST, LONGEST = 1.0, 120.0
KEYS_A_SECOND = 8


class Wander(QObject):
    """Walks from where we are; a person who goes elsewhere ends it.

    Pictures come as fast as the worker makes them; where the walk is depends on the time alone.
    While it walks it is one gesture, so that the recorder takes it up when it is armed.

    Attributes:
        speed: times as fast as usual.
        reach: how much of the start is left behind, in (0, 1].

    Signals:
        changed: it walks, or no longer; speed or reach is another.
        told: a StudioError or str.
    """

    changed = Signal()
    told = Signal(object)

    def __init__(
        self,
        session: Session,
        instrument: Instrument,
        living: Living,
        stage: Stage,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._instrument = session, instrument
        self._living, self._stage = living, stage
        self.speed, self.reach = 1.0, 0.6
        self._walk: Wandering | None = None
        self._base: Floats | None = None
        self._passed = self._last = 0.0
        self._steps = self._holds = False
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        instrument.redirected.connect(self._on_redirected)
        living.held.connect(self._on_held)
        instrument.choice.changed.connect(self.stop)
        session.closed.connect(self.stop)

    @property
    def is_walking(self) -> bool:
        """Whether it goes on by itself now."""
        return self._walk is not None

    def set_speed(self, speed: float) -> None:
        """Walk so many times as fast as usual; also while it walks."""
        self.speed = min(max(speed, SLOWEST), FASTEST)
        self.changed.emit()

    def set_reach(self, reach: float) -> None:
        """Go so far from where it starts, in (0, 1]; a walk goes on from where it is."""
        self.reach = min(max(reach, 0.05), 1.0)
        if self.is_walking:
            self._set_out(None)
        self.changed.emit()

    def start(self, seed: int | None = None) -> None:
        """Walk from here; another seed goes elsewhere."""
        if self.is_walking or not self._set_out(seed):
            return
        self._hold(True)
        self._last = time.monotonic()
        self._tick.start()
        self.changed.emit()

    @Slot()
    def stop(self) -> None:
        """Stay where it is."""
        if self.is_walking:
            self._walk = None
            self._tick.stop()
            self._hold(False)
            self.changed.emit()

    def toggle(self) -> None:
        """Start, or stop."""
        if self.is_walking:
            self.stop()
        else:
            self.start()

    def at(self, walk: Wandering, seconds: float) -> Floats:
        """The point of a walk from here after so long, with what is locked as it was."""
        steering = self._instrument.choice.steering
        assert steering is not None
        point = steering.shaped(steering.whitening.outside(walk.at(seconds)))
        return self._instrument.lock.kept(self._base, point)

    def loop(self, seconds: float, seed: int | None = None) -> bool:
        """Write a closed walk of this length to the timeline of the layer that is played.

        The timeline becomes that long and a loop; other keys of the layer go. Errors are told.
        """
        self.stop()
        with self._session.gesture("Make a loop of chance"):
            self._write(min(max(seconds, SHORTEST), LONGEST), seed)
            return True
        return False

    def _write(self, seconds: float, seed: int | None) -> None:
        layer, canvas = self._living.target, self._stage.canvas
        walk = self._walk_from_here(seed, round_in=seconds)
        if layer is None or canvas is None or walk is None:
            raise StudioError(
                "There is no living layer that could walk.",
                kept="Nothing was changed.",
                todo="Place a result on a canvas and select it.",
                kind="input",
            )
        frames = max(round(seconds * canvas.timeline.fps), 2)
        count = min(frames, max(round(seconds * KEYS_A_SECOND), 3))
        places = sorted({round(number * frames / count) for number in range(count)})
        keys = {frame: self.at(walk, seconds * frame / frames) for frame in places}
        old = {key.place for key in canvas.timeline.keyframes if key.layer == layer.id}
        if old:
            self._session.apply(remove_keys(self._session.project, canvas.id, old))
        self._session.apply(add_keys(self._session.project, canvas.id, layer.id, keys))
        self._session.apply(
            set_timeline(self._session.project, canvas.id, frames=frames, loop=True)
        )

    def _set_out(self, seed: int | None) -> bool:
        self._walk = self._walk_from_here(seed)
        self._passed = 0.0
        return self._walk is not None

    def _walk_from_here(self, seed: int | None, *, round_in: float = 0.0) -> Wandering | None:
        steering, code = self._instrument.choice.steering, self._instrument.code
        if steering is None or code is None:
            return None
        self._base = code
        start = steering.whitening.inside(code).reshape(-1)
        chosen = secrets.randbelow(1 << 31) if seed is None else seed
        return Wandering(start, chosen, reach=self.reach, round_in=round_in)

    @Slot()
    def _on_tick(self) -> None:
        if self._walk is None:
            return
        now = time.monotonic()
        self._passed += (now - self._last) * self.speed
        self._last = now
        self._steps = True
        try:
            self._instrument.explore(self.at(self._walk, self._passed))
        finally:
            self._steps = False

    def _hold(self, held: bool) -> None:
        self._holds = True
        try:
            self._living.hold(held)
        finally:
            self._holds = False

    @Slot(bool)
    def _on_held(self, held: bool) -> None:
        # A drag takes over: what is held now is its own.
        if held and not self._holds and self.is_walking:
            self._walk = None
            self._tick.stop()
            self.changed.emit()

    @Slot()
    def _on_redirected(self) -> None:
        if not self._steps:
            self.stop()
