"""Where a picture goes in the room that it has, and how it is enlarged there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

_HARD_BELOW = 64


def fitted(image: QImage, room: QRect) -> QRect:
    """Where a picture goes in a room, as large as it fits, in the middle."""
    size = image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    at = QRect(QPoint(), size)
    at.moveCenter(room.center())
    return at


def is_pixel_art(image: QImage) -> bool:
    """Whether a picture is so small that its pixels are to be seen when it is enlarged."""
    return 0 < image.width() < _HARD_BELOW
