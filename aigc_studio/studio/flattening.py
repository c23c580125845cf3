"""Layers become one plain picture: drawn and packed in a thread, put in their place after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from aigc_studio.base.errors import StudioError
from aigc_studio.document.canvas_edits import new_layers
from aigc_studio.document.laying import flatten_layers
from aigc_studio.document.rendering import Pictures, part_of
from aigc_studio.document.renders import flat_of, flat_png
from aigc_studio.studio.errand import Errand, LeftErrands

if TYPE_CHECKING:
    from aigc_studio.document.canvas import Canvas
    from aigc_studio.studio.session import Session


class Flattening(QObject):
    """One at a time; what is asked for meanwhile is passed over.

    Signals:
        done: ids of the layers that took the place of others.
        told: a StudioError.
    """

    done = Signal(tuple)
    told = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._errand: Errand | None = None
        self._left = LeftErrands()
        session.closed.connect(self.cancel)

    def flatten(self, canvas: Canvas, layer_ids: tuple[str, ...]) -> None:
        """Make one picture of layers; `done` or `told` follows."""
        if self._errand is not None:
            return
        store = self._session.store
        project, pictures = store.project, Pictures(store.asset_path)
        errand = self._errand = Errand(lambda: flat_png(project, canvas, layer_ids, pictures), self)
        errand.done.connect(lambda made: self._on_drawn(canvas, layer_ids, made))
        errand.failed.connect(self.told)
        errand.ended.connect(self.cancel)
        errand.start()

    @Slot()
    def cancel(self) -> None:
        """Leave the layers as they are."""
        errand, self._errand = self._errand, None
        if errand:
            self._left.add(errand)

    def close(self) -> None:
        """Give up for good, and wait until the thread is over."""
        self.cancel()
        self._left.join()

    def _on_drawn(
        self, canvas: Canvas, layer_ids: tuple[str, ...], made: tuple[bytes, tuple[int, int]]
    ) -> None:
        session = self._session
        with session.attempt(), session.gesture("Flatten layers"):
            now = session.project.canvases.get(canvas.id)
            if now is None or part_of(now, layer_ids) != part_of(canvas, layer_ids):
                raise StudioError(
                    "The layers were changed while one picture was made of them.",
                    kept="They are as you changed them.",
                    todo="Flatten them again.",
                    kind="busy",
                )
            asset = flat_of(session.store, *made, canvas, layer_ids)
            edit = flatten_layers(session.project, canvas.id, layer_ids, asset)
            session.apply(edit)
            self.done.emit(new_layers(edit))
