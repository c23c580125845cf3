"""Looking closer: a search that goes on from where the model saw a picture at once."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.latent import Cap
from aigc_studio.jobs.messages import MediaOut, Progress
from aigc_studio.jobs.runner import pixels
from aigc_studio.jobs.specs import Invert
from aigc_studio.studio.answers import outcome_of
from aigc_studio.studio.asking import Asking
from aigc_studio.studio.pictures import to_qimage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from PySide6.QtGui import QImage

    from aigc_studio.catalog.latent import Floats
    from aigc_studio.document.chosen import ChosenModel
    from aigc_studio.jobs.child import Event
    from aigc_studio.studio.engine import Player
    from aigc_studio.studio.explorer import Explorer
    from aigc_studio.studio.instrument import Instrument
    from aigc_studio.studio.steering import Steering

    Found = tuple[Floats, float]

SLOT = "closer"


class Closer(QObject):
    """Goes on after a picture was found, where the model can search; who moves on ends it.

    Each better picture is shown as it comes; only the last one becomes a result. The model is told
    what the dock tells it.

    Signals:
        changed: it looks, or no longer; or it has come farther.
        told: a StudioError or str.
    """

    changed = Signal()
    told = Signal(object)

    def __init__(
        self,
        player: Player,
        instrument: Instrument,
        explorer: Explorer,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._player, self._instrument = player, instrument
        self._looks = self._steps = False
        self._part = 0.0
        self._asking = Asking(player, SLOT, self)
        self._asking.came.connect(self._on_came)
        self._asking.failed.connect(self._on_failed)
        player.heard.connect(self._on_heard)
        explorer.found.connect(self.look)
        instrument.redirected.connect(self._on_redirected)
        instrument.choice.changed.connect(self._leave)

    @property
    def is_looking(self) -> bool:
        """Whether a search goes on."""
        return self._looks

    @property
    def part(self) -> float:
        """How much of it is done, 0 to 1."""
        return self._part

    @Slot(object)
    def look(self, path: Path) -> None:
        """Search for the picture in a file from where the model sees it."""
        choice, told = self._instrument.choice, self._instrument.telling.heard
        model, steering = choice.model, choice.steering
        if model is None or steering is None or Cap.INVERT not in choice.abilities:
            return
        spec = Invert(
            model=model.ref,
            input=path.absolute(),
            space=steering.space.name,
            conditions=told,
            device=self._player.device,
        )
        self._looks, self._part = True, 0.0
        self._asking.ask(spec, lambda events: _found(events, model, steering))
        self.changed.emit()

    @Slot()
    def stop(self) -> None:
        """Be content with the best so far; it becomes a result."""
        code = self._instrument.code
        if self._looks and code is not None:
            self._leave()
            self._instrument.follow(code)

    @Slot()
    def _leave(self) -> None:
        if self._looks:
            self._looks = False
            self._asking.forget()
            self.changed.emit()

    @Slot()
    def _on_redirected(self) -> None:
        if not self._steps:
            self._leave()

    @Slot(str, int, object)
    def _on_heard(self, slot: str, _stamp: int, event: Event) -> None:
        if slot != SLOT or not self._looks:
            return
        match event.message:
            case Progress(step=step, total=total):
                self._part = step / max(total, 1)
                self.changed.emit()
            case MediaOut(index=index) if index:  # the first is where we are
                self._show(event)

    def _show(self, event: Event) -> None:
        model, steering, message = *self._played, event.message
        if model is None or steering is None or not isinstance(message, MediaOut):
            return
        with contextlib.suppress(ValueError, IndexError, StudioError):  # a damaged one is no loss
            code = steering.from_bytes(message.code or b"", model.ref.id)[0]
            self._step(code, to_qimage(pixels(message, event.payload)))

    @property
    def _played(self) -> tuple[ChosenModel | None, Steering | None]:
        return self._instrument.choice.model, self._instrument.choice.steering

    def _step(self, code: Floats, picture: QImage) -> None:
        self._steps = True
        try:
            self._instrument.follow(code, picture, rests=False)
        finally:
            self._steps = False

    @Slot(object)
    def _on_came(self, found: Found) -> None:
        if not self._looks:
            return
        self._looks = False
        code, quality = found
        self._instrument.follow(code)
        self.changed.emit()
        self.told.emit(_words("Found with {quality} dB.").format(quality=f"{quality:.1f}"))

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        self.stop()  # what was found before stays
        self.told.emit(error)


def _found(events: Iterable[Event], model: ChosenModel, steering: Steering) -> Found:
    codes = outcome_of(events).codes
    points = steering.from_bytes(codes[0][1], model.ref.id) if codes else []
    if not points or not codes[0][0].quality:
        raise ValueError("it found no point")
    return points[0], codes[0][0].quality[0]


def _words(text: str) -> str:
    return QCoreApplication.translate("Studio", text)
