"""A layer's picture on the screen: what is quick when it is drawn, the rest coarse until made."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from aigc_studio.document.model import new_id
from aigc_studio.studio.finishing import Finished, Look, cropped, finished

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.studio.finishing import Finishing

# About 5 ms of work; what is larger is seen coarse until it is made.
AT_ONCE = 512 * 512
_COARSE, _COARSER = 512, 160  # pixels a side; the latter where neighbours are looked at
_NEEDS_SMALLER = 256  # smaller ones of a picture up to this side would not be seen


class Shown:
    """A picture with its look; it is worked out when it is drawn for the first time.

    A frame of a film that is at hand as a whole needs none of its layers' pictures.

    Attributes:
        of: tells it from others: which picture, with which look.
        made: it is, or will be, what an export has; a coarse one is not.
    """

    def __init__(self, of: object, make: Callable[[], Finished], *, made: bool) -> None:
        self.of, self.made, self._make = of, made, make

    @cached_property
    def finished(self) -> Finished:
        """The picture, and smaller ones of it."""
        return self._make()

    @property
    def picture(self) -> QImage:
        """The picture in its full size; a coarse one has less."""
        return self.finished.picture

    @property
    def smaller(self) -> tuple[QImage, ...]:
        """See `Finished`."""
        return self.finished.smaller

    def near(self, scale: float) -> QImage:
        """See `Finished`."""
        return self.finished.near(scale)


class Finisher(QObject):
    """Never holds the window up; what is wished last wins.

    Signals:
        changed(): `shown` is another one.

    Attributes:
        shown: what is to be drawn.
    """

    changed = Signal()

    def __init__(self, parent: QObject, finishing: Finishing) -> None:
        super().__init__(parent)
        self.shown = Shown(None, lambda: Finished(QImage()), made=True)
        self._finishing, self._place, self._number = finishing, new_id(), 0
        self._of: object = None
        self._hurried = False
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
        of = (source.cacheKey(), look)
        if of == self._of and not (hurried or self._hurried):
            return
        self._of = of
        self._number += 1
        self._hurried = hurried
        self._finishing.forget(self._place)
        side = max(source.width(), source.height())
        small = source.width() * source.height() <= AT_ONCE
        plain = partial(_plain, source, look)
        if source.isNull() or (look.is_plain and side <= _NEEDS_SMALLER):
            self.shown = Shown(of, plain, made=True)
        elif look.is_plain and hurried:
            self.shown = Shown(of, plain, made=False)
        elif look.is_quick and small:
            self.shown = Shown(of, partial(finished, source, look), made=True)
        elif hurried and not self.picture.isNull():
            self._finishing.want(self._place, self._number, source, look)
        else:
            coarse = partial(self._coarse, self._number, source, look)
            self.shown = Shown(of, coarse, made=False)
        self.changed.emit()

    def end(self) -> None:
        """Nothing is shown here any more."""
        self._finishing.forget(self._place)
        self._finishing.made.disconnect(self._on_made)

    def _coarse(self, number: int, source: QImage, look: Look) -> Finished:
        """What is seen until the thread has made it, which is asked for now."""
        if number == self._number:
            self._finishing.want(self._place, number, source, look)
        return Finished(_coarse(source, look))

    @Slot(str, int, object)
    def _on_made(self, place: str, number: int, made: Finished) -> None:
        if place == self._place and number == self._number:
            self.shown = Shown(self._of, lambda: made, made=True)
            self.changed.emit()


def _plain(source: QImage, look: Look) -> Finished:
    return Finished(cropped(source, look.crop))


def _coarse(source: QImage, look: Look) -> QImage:
    if look.is_plain:
        return cropped(source, look.crop)
    side = _COARSE if look.is_quick else _COARSER
    fast, keep = Qt.TransformationMode.FastTransformation, Qt.AspectRatioMode.KeepAspectRatio
    small = source.scaled(side, side, keep, fast)
    return look.finished(small, small.width() / source.width())
