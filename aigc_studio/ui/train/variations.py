"""How the pictures would be varied, shown beside the settings that do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from aigc_studio.catalog.training import Augmentation
from aigc_studio.jobs.specs import Vary
from aigc_studio.studio.answers import outcome_of
from aigc_studio.studio.pictures import to_qimage
from aigc_studio.studio.showcase import COLUMNS, mosaic
from aigc_studio.ui.library.details import Picture
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import column, label

if TYPE_CHECKING:
    from aigc_studio.document.model import Collection
    from aigc_studio.jobs.child import Event
    from aigc_studio.studio.studio import Studio

SLOT = "variations"
_REST_MS = 200
_PICTURES = 2


class Variations(QWidget):
    """Two pictures, five times each."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self._wanted: tuple[Collection, dict[str, str]] | None = None
        self._stamp = 0
        self.picture = Picture(tr("Pictures as training would see them"))
        self.picture.set_aspect(_PICTURES / COLUMNS)
        stack = column()
        stack.addWidget(label(tr("As training would see them"), "caption"))
        stack.addWidget(self.picture)
        self.setLayout(stack)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._ask)
        studio.player.answered.connect(self._on_answered)

    def show_for(self, collection: Collection | None, sets: dict[str, str]) -> None:
        """Show variations of a collection by these settings, after a short rest."""
        wishes = {k: v for k, v in sets.items() if k in Augmentation.model_fields}
        self._wanted = (collection, wishes) if collection and collection.items else None
        self.setVisible(bool(wishes) and self._wanted is not None)
        self._rest.start()

    def _ask(self) -> None:
        session = self._studio.session
        if self._wanted is None or not self._wanted[1] or not session.is_open:
            return
        collection, wishes = self._wanted
        with session.attempt():
            chosen = collection.items[:: max(1, len(collection.items) // _PICTURES)][:_PICTURES]
            assets = [session.project.assets[item] for item in chosen]
            spec = Vary(
                inputs=tuple(session.store.asset_path(asset) for asset in assets),
                preparation=collection.preparation,
                augmentation=Augmentation.model_validate(wishes),
                times=COLUMNS,
            )
            self._stamp = self._studio.player.ask(spec, SLOT)

    @Slot(str, int, object)
    def _on_answered(self, slot: str, stamp: int, events: list[Event]) -> None:
        if slot == SLOT and stamp == self._stamp:
            media = outcome_of(events).media
            self.picture.show_picture(mosaic([to_qimage(pixels) for _, pixels in media]))
