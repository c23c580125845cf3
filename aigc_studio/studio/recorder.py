"""The recorder: keys written by hand, by themselves, or along a drag."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from aigc_studio.document.canvas import unpacked
from aigc_studio.document.timeline_edits import add_key, add_keys, set_timeline

if TYPE_CHECKING:
    from aigc_studio.catalog.latent import Floats
    from aigc_studio.document.canvas import Layer
    from aigc_studio.studio.instrument import Instrument
    from aigc_studio.studio.living import Living
    from aigc_studio.studio.play_head import PlayHead
    from aigc_studio.studio.session import Session
    from aigc_studio.studio.stage import Stage


class Recorder(QObject):
    """Writes what the instrument shows to the timeline of the layer that it changes.

    Signals:
        changed: it was armed, auto-key was switched, or neither any more.
    """

    changed = Signal()

    def __init__(
        self,
        session: Session,
        instrument: Instrument,
        stage: Stage,
        head: PlayHead,
        living: Living,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._instrument, self._stage = session, instrument, stage
        self._head, self._living = head, living
        self._auto_key = self._armed = False
        self._path: dict[int, Floats] | None = None
        self._began = 0.0
        instrument.moved.connect(self._on_moved)
        living.held.connect(self._on_held)
        living.writing.connect(self._on_writing)

    @property
    def auto_key(self) -> bool:
        """Whether every settled change writes a key at the play head."""
        return self._auto_key

    @property
    def armed(self) -> bool:
        """Whether the next drag on the pad is recorded."""
        return self._armed

    def set_auto_key(self, on: bool) -> None:
        """Write keys by themselves, or no longer."""
        self._auto_key = on
        self.changed.emit()

    def arm(self, on: bool) -> None:
        """Record the next drag on the pad, from the play head on."""
        self._armed = on
        self._path = None
        self.changed.emit()

    def add_key(self) -> bool:
        """Write where the dock is now as a key of its layer at the play head.

        Of several selected layers each gets a key of what it shows then.
        """
        layer, code = self._living.target, self._instrument.code
        if layer is not None and code is not None:
            return self._add(layer.id, code)
        done = False
        with self._session.gesture("Add a key"):
            for each in self._several:
                done = self._add(each.id, unpacked(self._head.point(each))) or done
        return done

    @property
    def can_key(self) -> bool:
        """Whether there is a living layer that a key would be for."""
        return self._living.target is not None or bool(self._several)

    @property
    def _several(self) -> list[Layer]:
        selected = self._stage.selected
        return [layer for layer in selected if layer.living and not layer.frozen]

    def _add(self, layer_id: str, code: Floats) -> bool:
        canvas, frame = self._stage.canvas, self._head.frame
        return canvas is not None and self._session.do(
            lambda project: add_key(project, canvas.id, layer_id, frame, code)
        )

    def give_up_drag(self) -> None:
        """What was dragged goes back to where it began: nothing of it is recorded."""
        self._path = None

    @Slot()
    def _on_writing(self) -> None:
        layer = self._living.target
        chosen = layer is not None and (layer.id, self._head.frame) in self._stage.chosen_keys
        if self._auto_key or chosen:
            self.add_key()

    @Slot(bool)
    def _on_held(self, held: bool) -> None:
        if not held:
            self._end()
        elif self._armed:
            self._path, self._began = {}, time.monotonic()

    @Slot(object)
    def _on_moved(self, code: Floats) -> None:
        canvas = self._stage.canvas
        if self._path is None or canvas is None:
            return
        passed = time.monotonic() - self._began
        self._path[self._head.frame + round(passed * canvas.timeline.fps)] = code

    def _end(self) -> None:
        path, self._path = self._path, None
        layer, canvas = self._living.target, self._stage.canvas
        if not path or layer is None or canvas is None:
            return
        canvas_id, key, length = canvas.id, layer.id, max(path) + 1
        with self._session.gesture("Record a move"):
            self._session.apply(add_keys(self._session.project, canvas_id, key, path))
            if length > canvas.timeline.frames:
                # Beyond the end nobody would ever see it.
                longer = set_timeline(self._session.project, canvas_id, frames=length)
                self._session.apply(longer)
        self.arm(False)
