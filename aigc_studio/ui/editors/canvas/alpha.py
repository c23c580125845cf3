"""Masks as opacity for Qt's painter."""

from __future__ import annotations

from PySide6.QtGui import QImage


def as_alpha(grey: QImage, *, inverted: bool) -> QImage:
    """A grey picture as the opacity of a black one; quick also for large ones."""
    made = grey.convertToFormat(QImage.Format.Format_Grayscale8).copy()
    if inverted:
        made.invertPixels()
    made.reinterpretAsFormat(QImage.Format.Format_Alpha8)
    return made
