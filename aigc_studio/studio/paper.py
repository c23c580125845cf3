"""A picture that is painted on, of any size, without holding the window up to take it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QImage

from aigc_studio.studio.errand import Errand, LeftErrands
from aigc_studio.studio.pictures import to_pixels

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from aigc_studio.media.brush import Part
    from aigc_studio.media.image import Pixels


# Copied at once: that takes a millisecond or two.
AT_ONCE = 1 << 20  # pixels
_GREY = QImage.Format.Format_Grayscale8


class Paper:
    """Written on in a copy, which is made in a thread where the picture is large.

    The picture itself is never written on: it is what was there before, and nobody needs to
    keep that apart.

    Attributes:
        before: the picture; a null one for a clear sheet.
        now: the copy; to be read or written on once it `is_ready`.
    """

    def __init__(
        self,
        before: QImage,
        size: tuple[int, int],
        left: LeftErrands,
        then: Callable[[], None],
    ) -> None:
        """Begin with a picture of this size, RGBA8888 or 8 bits of grey.

        Args:
            left: who joins the thread at the very end.
            then: called as soon as a large one is ready, by the event loop; not for a small one.
        """
        self.before = before
        format_ = QImage.Format.Format_RGBA8888 if before.isNull() else before.format()
        self.now = QImage(*size, format_)
        self._left, self._then = left, then
        self._errand: Errand | None = None
        copy = _Copy(before, self.now)
        if size[0] * size[1] <= AT_ONCE:
            copy()
            return
        self._errand = Errand(copy)
        self._errand.done.connect(self._on_ready)
        self._errand.start()

    @property
    def is_ready(self) -> bool:
        """Whether it can be written on."""
        return self._errand is None

    def wait(self) -> None:
        """Block until it is ready; tens of milliseconds for 4096 x 4096 pixels."""
        if self._errand is not None:
            self._errand.wait()
            self._on_ready()

    def _on_ready(self) -> None:
        errand, self._errand = self._errand, None
        if errand is not None:
            self._left.add(errand)
            self._then()

    def pixels_before(self, part: Part) -> Pixels:
        """A part as it was, uint8 (h, w, 4), or (h, w, 1) of a mask."""
        rows, columns = part
        width, height = columns.stop - columns.start, rows.stop - rows.start
        if self.before.isNull():
            return np.zeros((height, width, 4), np.uint8)
        pixels = to_pixels(self.before.copy(columns.start, rows.start, width, height))
        return pixels[..., :1] if self.before.format() == _GREY else pixels


class _Copy:
    """Runs in a thread; it keeps both pictures as long as it may touch their bytes."""

    def __init__(self, source: QImage, goal: QImage) -> None:
        self._source, self._goal = source, goal
        self._from = None if source.isNull() else _rows(source, source.constBits())
        self._to = _rows(goal, goal.bits())

    def __call__(self) -> None:
        # numpy lets other threads run meanwhile; Qt's own copy would hold up the window's.
        np.copyto(self._to, 0 if self._from is None else self._from)


def _rows(picture: QImage, bits: bytes | bytearray | memoryview[int]) -> npt.NDArray[np.uint8]:
    """The bytes of a picture in rows, without those that only fill a row up."""
    flat = np.frombuffer(bits, np.uint8).reshape(picture.height(), picture.bytesPerLine())
    return flat[:, : picture.width() * picture.depth() // 8]
