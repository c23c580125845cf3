"""Adjusted colours on the screen: small pictures at once, large ones strip by strip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter

from aigc_studio.media.finish import adjust
from aigc_studio.media.image import Image
from aigc_studio.media.placing import PLAIN, Adjust
from aigc_studio.studio.pictures import to_pixels, to_qimage

if TYPE_CHECKING:
    from collections.abc import Iterator

# About 5 ms of work; what is larger is seen coarse until its strips are done.
AT_ONCE = 512 * 512
_COARSE = 512


class Finisher(QObject):
    """Never holds the window up; what is wished last wins.

    Signals:
        changed(): `picture` is another one.

    Attributes:
        picture: what is to be shown; coarser than the source for a moment.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.picture = QImage()
        self._strips: Iterator[QImage] = iter(())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._next)

    def show(self, source: QImage, colours: Adjust) -> None:
        """Finish another picture, or the same with other colours."""
        self._timer.stop()
        if colours == PLAIN or source.isNull():
            self.picture = source
        elif source.width() * source.height() <= AT_ONCE:
            self.picture = adjusted(source, colours)
        else:
            fast = Qt.TransformationMode.FastTransformation
            keep = Qt.AspectRatioMode.KeepAspectRatio
            self.picture = adjusted(source.scaled(_COARSE, _COARSE, keep, fast), colours)
            self._strips = strips(source, colours)
            self._timer.start(0)
        self.changed.emit()

    def _next(self) -> None:
        made = next(self._strips, None)
        if made is None or not made.isNull():
            self._timer.stop()
        if made is not None and not made.isNull():
            self.picture = made
            self.changed.emit()


def strips(source: QImage, colours: Adjust) -> Iterator[QImage]:
    """A null picture after each strip, at last the whole."""
    whole = QImage(source.size(), QImage.Format.Format_RGBA8888)
    rows = max(AT_ONCE // source.width(), 1)
    for top in range(0, source.height(), rows):
        strip = source.copy(0, top, source.width(), min(rows, source.height() - top))
        painter = QPainter(whole)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.drawImage(0, top, adjusted(strip, colours))
        painter.end()
        yield QImage()
    yield whole


def adjusted(source: QImage, colours: Adjust) -> QImage:
    """A picture with other colours, as an export has it."""
    return to_qimage(adjust(Image(to_pixels(source)), **dict(colours)).pixels)
