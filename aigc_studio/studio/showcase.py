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
from aigc_studio.studio.asking import Asking
from aigc_studio.studio.pictures import to_qimage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigc_studio.jobs.runner import JobOutcome
    from aigc_studio.studio.engine import Player
    from aigc_studio.studio.session import Session

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
        self._asked = ""
        self._asking = Asking(player, "showcase", self)
        self._asking.came.connect(self._on_came)
        self._asking.failed.connect(self._on_failed)
        session.closed.connect(self._forget)

    def picture(self, model_id: str) -> QImage | None:
        """The samples of a model; None: they come later, if it can be sampled from at all."""
        if model_id in self._pictures:
            return self._pictures[model_id]
        if model_id not in self._waiting and model_id != self._asked:
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
            device = self._player.device
            spec = Sample(model=model.ref, seeds=SEEDS, truncation=TRUNCATION, device=device)
            self._asked = model_id
            self._asking.ask(spec, lambda events: _sheet(outcome_of(events)))

    @Slot(object)
    def _on_came(self, sheet: QImage) -> None:
        self._draw(sheet)

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        if error.kind == "crashed":
            self._waiting.clear()  # each would cost another process
        self._draw(QImage())

    def _draw(self, sheet: QImage) -> None:
        model_id, self._asked = self._asked, ""
        self._pictures[model_id] = sheet
        if not sheet.isNull():
            self.drawn.emit(model_id)
        self._next()

    @Slot()
    def _forget(self) -> None:
        self._asking.forget()
        self._asked = ""
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


def _sheet(outcome: JobOutcome) -> QImage:
    return mosaic([to_qimage(pixels) for _, pixels in outcome.media])
