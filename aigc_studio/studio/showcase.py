"""Samples of the project's models, for their cards: a few fixed seeds, drawn while idle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPainter

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.latent import Cap
from aigc_studio.document.chosen import abilities, choose_model
from aigc_studio.jobs.specs import Sample
from aigc_studio.studio.answers import outcome_of
from aigc_studio.studio.pictures import to_qimage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigc_studio.jobs.child import Event
    from aigc_studio.studio.engine import Player
    from aigc_studio.studio.session import Session

SLOT = "showcase"
COLUMNS, ROWS = 5, 3
SEEDS = tuple(range(1, COLUMNS * ROWS + 1))
TRUNCATION = 0.8
_TILE, _GAP = 96, 8


class Showcase(QObject):
    """Draws one model after the other, each once.

    Signals:
        drawn: id of a model, whose `picture` is there now.
    """

    drawn = Signal(str)

    def __init__(self, session: Session, player: Player, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._player = session, player
        self._pictures: dict[str, QImage] = {}
        self._waiting: list[str] = []
        self._asked: dict[int, str] = {}
        player.answered.connect(self._on_answered)
        player.failed.connect(self._on_failed)
        session.closed.connect(self._forget)

    def picture(self, model_id: str) -> QImage | None:
        """The samples of a model; None: they come later, if it can be sampled from at all."""
        if model_id in self._pictures:
            return self._pictures[model_id]
        if model_id not in self._waiting and model_id not in self._asked.values():
            self._waiting.append(model_id)
            self._next()
        return None

    def _next(self) -> None:
        while self._waiting and not self._asked and self._session.is_open:
            model_id = self._waiting.pop(0)
            try:
                model = choose_model(self._session.store, model_id)
            except StudioError:
                self._pictures[model_id] = QImage()
                continue
            if Cap.SAMPLE not in abilities(model.card):
                self._pictures[model_id] = QImage()
                continue
            spec = Sample(model=model.ref, seeds=SEEDS, truncation=TRUNCATION)
            self._asked[self._player.ask(spec, SLOT)] = model_id

    @Slot(str, int, object)
    def _on_answered(self, slot: str, stamp: int, events: list[Event]) -> None:
        model_id = self._asked.pop(stamp, "") if slot == SLOT else ""
        if model_id:
            media = outcome_of(events).media
            self._pictures[model_id] = mosaic([to_qimage(pixels) for _, pixels in media])
            self.drawn.emit(model_id)
            self._next()

    @Slot(str, int, object)
    def _on_failed(self, slot: str, stamp: int, error: StudioError) -> None:
        model_id = self._asked.pop(stamp, "") if slot == SLOT else ""
        if model_id:
            self._pictures[model_id] = QImage()
            if error.kind == "crashed":
                self._waiting.clear()  # each would cost another process
            self._next()

    @Slot()
    def _forget(self) -> None:
        self._player.cancel(SLOT)
        self._asked.clear()
        self._waiting.clear()
        self._pictures.clear()


def mosaic(pictures: Sequence[QImage]) -> QImage:
    """Pictures side by side on clear ground, five in a row."""
    step = _TILE + _GAP
    rows = max(1, -(-len(pictures) // COLUMNS))
    size = (COLUMNS * step + _GAP, rows * step + _GAP)
    sheet = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
    sheet.fill(Qt.GlobalColor.transparent)
    painter = QPainter(sheet)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for number, picture in enumerate(pictures):
        at = (_GAP + number % COLUMNS * step, _GAP + number // COLUMNS * step)
        painter.drawImage(QRect(*at, _TILE, _TILE), picture)
    painter.end()
    return sheet
