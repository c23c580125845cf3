"""Results that are dragged out of the dock and the trail, and dropped where they are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDrag, QPixmap

from aigc_studio.ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from aigc_studio.studio.studio import Studio
    from aigc_studio.studio.trail import Played

PLACE_MIME = "application/x-aigc-place"


def drag_out(source: QWidget, picture: QImage, number: int = 0) -> None:
    """Let a result be dragged; `number` is its own in the trail, 0 is what the dock shows."""
    mime = QMimeData()
    mime.setData(PLACE_MIME, str(number).encode())
    mime.setImageData(picture)
    drag = QDrag(source)
    drag.setMimeData(mime)
    side = theme.px(theme.THUMBNAIL_SMALL)
    kept = Qt.AspectRatioMode.KeepAspectRatio
    drag.setPixmap(QPixmap.fromImage(picture).scaled(side, side, kept))
    drag.exec(Qt.DropAction.CopyAction)


def dragged_result(studio: Studio, mime: QMimeData) -> Played | None:
    """The result that is dropped; None where none is."""
    number = bytes(mime.data(PLACE_MIME).data()).decode("ascii", "replace")
    if not number.isdigit():
        return None
    if number == "0":
        return studio.instrument.result
    return next((each for each in studio.instrument.trail if each.number == int(number)), None)
