"""Layers' pictures finished for the screen: colours and filters; and smaller ones to draw."""

from __future__ import annotations

import contextlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from aigc_studio.media.filters import is_pointwise, scaled
from aigc_studio.media.image import Image
from aigc_studio.media.placing import PLAIN, Adjust, Crop, Placed
from aigc_studio.studio.errand import step_back
from aigc_studio.studio.pictures import to_pixels, to_qimage

if TYPE_CHECKING:
    from aigc_studio.media.filters import Filter

_SMALLEST = 64  # pixels a side of the smallest of the smaller pictures
_READY = QImage.Format.Format_ARGB32_Premultiplied


@dataclass(frozen=True)
class Look:
    """What is done to a layer's picture before it is masked and laid down; see `Placed`."""

    adjust: Adjust = PLAIN
    filters: tuple[Filter, ...] = ()
    crop: Crop | None = None

    @property
    def is_plain(self) -> bool:
        """Whether the picture stays as it is, but for a crop."""
        return self.adjust == PLAIN and not self.filters

    @property
    def is_quick(self) -> bool:
        """Whether each pixel is finished by itself."""
        return all(is_pointwise(each) or not each.enabled for each in self.filters)

    def finished(self, source: QImage, factor: float = 1.0) -> QImage:
        """The picture as an export has it; of one that is `factor` times as large, about so."""
        placed = Placed(
            Image(to_pixels(source)),
            0,
            0,
            adjust=self.adjust,
            filters=self.filters if factor == 1 else scaled(self.filters, factor),
            crop=self.crop if factor == 1 else _smaller(self.crop, factor),
        )
        return to_qimage(placed.finished().pixels)


@dataclass(frozen=True)
class Finished:
    """A layer's picture, and smaller ones of it, each half as large as the last."""

    picture: QImage
    smaller: tuple[QImage, ...] = ()

    def near(self, scale: float) -> QImage:
        """The one to be drawn at `scale` pixels of the screen for one of the picture's."""
        best = self.picture
        for each in self.smaller:
            if each.width() < self.picture.width() * scale:
                break
            best = each
        return best


class Finishing(QObject):
    """One thread; of what is wanted for the same place the last wins.

    Signals:
        made: the place, a number that tells the wishes apart, and the `Finished`.
    """

    made = Signal(str, int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: OrderedDict[str, tuple[int, QImage, Look]] = OrderedDict()
        self._changed = threading.Condition()
        self._closing = self._working = False
        self._thread: threading.Thread | None = None

    def want(self, place: str, number: int, source: QImage, look: Look) -> None:
        """Finish a picture; `made` follows unless something else is wanted there."""
        with self._changed:
            self._wanted[place] = (number, source, look)
            self._changed.notify()
        if self._thread is None and not self._closing:
            self._thread = threading.Thread(target=self._work, name="finishing", daemon=True)
            self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether pictures are being finished, or wait for it."""
        with self._changed:
            return bool(self._wanted) or self._working

    def forget(self, place: str) -> None:
        """Nothing is wanted there any more."""
        with self._changed:
            self._wanted.pop(place, None)

    @Slot()
    def close(self) -> None:
        """End the thread."""
        with self._changed:
            self._closing = True
            self._wanted.clear()
            self._changed.notify_all()
        if self._thread:
            self._thread.join()

    def _work(self) -> None:
        step_back()
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closing or self._wanted)
                if self._closing:
                    return
                place, (number, source, look) = self._wanted.popitem(last=False)
                self._working = True
            done = finished(source, look)
            with contextlib.suppress(RuntimeError):  # the window is gone, and this with it
                self.made.emit(place, number, done)
            with self._changed:
                self._working = False


def finished(source: QImage, look: Look) -> Finished:
    """A picture and its smaller ones; may take seconds."""
    picture = cropped(source, look.crop) if look.is_plain else look.finished(source)
    return Finished(picture, tuple(_halves(picture)))


def cropped(source: QImage, crop: Crop | None) -> QImage:
    """What a crop leaves; one that does not fit is passed over."""
    if crop is None or not crop.fits(source.width(), source.height()):
        return source
    return source.copy(crop.left, crop.top, crop.width, crop.height)


def _halves(picture: QImage) -> list[QImage]:
    made, last = [], picture
    while min(last.width(), last.height()) > 2 * _SMALLEST:
        last = last.convertToFormat(_READY).scaled(
            last.width() // 2,
            last.height() // 2,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        made.append(last)
    return made


def _smaller(crop: Crop | None, factor: float) -> Crop | None:
    if crop is None:
        return None
    return Crop(
        left=int(crop.left * factor),
        top=int(crop.top * factor),
        width=max(int(crop.width * factor), 1),
        height=max(int(crop.height * factor), 1),
    )
