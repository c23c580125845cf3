"""A layer's picture on the screen: what is quick at once, the rest coarse until it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from aigc_studio.document.model import new_id
from aigc_studio.studio.finishing import Finished, Look, cropped, finished

if TYPE_CHECKING:
    from aigc_studio.studio.finishing import Finishing

# About 5 ms of work; what is larger is seen coarse until it is made.
AT_ONCE = 512 * 512
_COARSE, _COARSER = 512, 160  # pixels a side; the latter where neighbours are looked at
_NEEDS_SMALLER = 256  # smaller ones of a picture up to this side would not be seen


class Finisher(QObject):
    """Never holds the window up; what is wished last wins.

    Signals:
        changed(): `picture` is another one.

    Attributes:
        shown: what is to be drawn.
    """

    changed = Signal()

    def __init__(self, parent: QObject, finishing: Finishing) -> None:
        super().__init__(parent)
        self.shown = Finished(QImage())
        self._finishing, self._place, self._number = finishing, new_id(), 0
        finishing.made.connect(self._on_made)

    @property
    def picture(self) -> QImage:
        """The picture in its full size; coarser than the source for a moment."""
        return self.shown.picture

    def show(self, source: QImage, look: Look, *, hurried: bool = False) -> None:
        """Finish another picture, or the same with another look.

        Args:
            hurried: it is painted on: a plain one is shown at once as it is, another one stays
                as it was until it is made.
        """
        self._number += 1
        self._finishing.forget(self._place)
        side = max(source.width(), source.height())
        small = source.width() * source.height() <= AT_ONCE
        if source.isNull() or (look.is_plain and (side <= _NEEDS_SMALLER or hurried)):
            self.shown = Finished(cropped(source, look.crop))
        elif look.is_quick and small:
            self.shown = finished(source, look)
        else:
            if not hurried or self.picture.isNull():
                self.shown = Finished(_coarse(source, look))
            self._finishing.want(self._place, self._number, source, look)
        self.changed.emit()

    def end(self) -> None:
        """Nothing is shown here any more."""
        self._finishing.forget(self._place)
        self._finishing.made.disconnect(self._on_made)

    @Slot(str, int, object)
    def _on_made(self, place: str, number: int, made: Finished) -> None:
        if place == self._place and number == self._number:
            self.shown = made
            self.changed.emit()


def _coarse(source: QImage, look: Look) -> QImage:
    if look.is_plain:
        return cropped(source, look.crop)
    side = _COARSE if look.is_quick else _COARSER
    fast, keep = Qt.TransformationMode.FastTransformation, Qt.AspectRatioMode.KeepAspectRatio
    small = source.scaled(side, side, keep, fast)
    return look.finished(small, small.width() / source.width())
