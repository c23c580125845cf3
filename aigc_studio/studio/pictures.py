"""Pictures for the screen: from the studio's pixels to Qt's, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from aigc_studio.media.image import Image

if TYPE_CHECKING:
    from aigc_studio.media.image import Pixels

_FORMATS = {
    1: QImage.Format.Format_Grayscale8,
    3: QImage.Format.Format_RGB888,
    4: QImage.Format.Format_RGBA8888,
}


def to_qimage(pixels: Pixels) -> QImage:
    """uint8 (H, W, 1 | 3 | 4), straight alpha, as a picture that owns its memory."""
    height, width, channels = pixels.shape
    raw = np.ascontiguousarray(pixels).tobytes()
    # The copy lets go of `raw`, which Qt would only borrow.
    return QImage(raw, width, height, width * channels, _FORMATS[channels]).copy()


def as_image(picture: QImage) -> Image:
    """What `to_qimage` was given, bit for bit.

    Raises:
        ValueError: it has another format than those of `to_qimage`.
    """
    channels = next((n for n, kind in _FORMATS.items() if kind == picture.format()), 0)
    if not channels:
        raise ValueError("this picture was changed since")
    width, height = picture.width(), picture.height()
    rows = np.frombuffer(picture.constBits(), np.uint8).reshape(height, picture.bytesPerLine())
    return Image(rows[:, : width * channels].reshape(height, width, channels).copy())


def to_pixels(picture: QImage) -> Pixels:
    """A picture as uint8 (H, W, 4), straight alpha."""
    rgba = picture.convertToFormat(QImage.Format.Format_RGBA8888)
    flat = np.frombuffer(rgba.constBits(), np.uint8).reshape(rgba.height(), rgba.bytesPerLine())
    pixels: Pixels = flat[:, : rgba.width() * 4].reshape(rgba.height(), rgba.width(), 4).copy()
    return pixels


def masked(picture: QImage, mask: Pixels) -> QImage:
    """A picture that is seen where a grey mask, (H, W, 1) of any size, is white."""
    grey = to_qimage(mask).scaled(
        picture.size(),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    grey = grey.convertToFormat(QImage.Format.Format_Grayscale8)
    grey.reinterpretAsFormat(QImage.Format.Format_Alpha8)
    seen = picture.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(seen)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.drawImage(0, 0, grey)
    painter.end()
    return seen
