"""A quiet line below the preview while a picture is looked for more closely."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import button, label

if TYPE_CHECKING:
    from aigc_studio.studio.studio import Studio


class CloserLine(QWidget):
    """How far the search is, and a way to be content; there only while it goes on."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._closer = studio.closer
        self.words = label("", "caption")
        self.stop = button(tr("Stop"), studio.closer.stop, kind="quiet")
        self.stop.setToolTip(tr("Stop searching; the best picture so far stays"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE[1])
        row.addWidget(self.words, 1)
        row.addWidget(self.stop)
        studio.closer.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show how far it is."""
        percent = round(100 * self._closer.part)
        self.words.setText(tr("Looking closer... {percent} %", percent=percent))
        self.setVisible(self._closer.is_looking)
