"""What a file would look like and how large it would be, before it is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

from aigc_studio.document.canvas_credits import canvas_provenance
from aigc_studio.document.rendering import Pictures
from aigc_studio.media.decode import decode_image
from aigc_studio.media.encode import Encoding, encode_bytes, format_of
from aigc_studio.media.gif import gif_bytes
from aigc_studio.media.image import Image
from aigc_studio.studio.answers import outcome_of
from aigc_studio.studio.asking import Asking
from aigc_studio.studio.errand import Errand, LeftErrands
from aigc_studio.studio.export_work import drawn, enlarging
from aigc_studio.studio.frames import Frames
from aigc_studio.studio.pictures import as_image, to_qimage

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from aigc_studio.document.canvas import Canvas
    from aigc_studio.document.model import Project
    from aigc_studio.media.image import Pixels
    from aigc_studio.media.provenance import Provenance
    from aigc_studio.studio.engine import Player
    from aigc_studio.studio.export_work import Wish
    from aigc_studio.studio.frames import Point
    from aigc_studio.studio.play_head import PlayHead
    from aigc_studio.studio.session import Session

# What is shown at most, in pixels a side: the middle of anything larger.
MOST_SHOWN = 2048
# Larger ones are not encoded only to be looked at: it would take long, and much memory.
MOST_PIXELS = 36_000_000
_FILM_QUALITY = 90


@dataclass(frozen=True)
class Previewed:
    """A file that is not there yet.

    Attributes:
        picture: its pixels, of a film the first frame; of a very large one the middle.
        size: width and height of the file, in pixels.
        bytes: of the file; 0 where only the encoder will know.
        exact: whether `bytes` are those of the file, and no guess from one frame.
        origin: what it says of where it comes from.
    """

    picture: QImage
    size: tuple[int, int]
    bytes: int
    exact: bool
    origin: Provenance


class ExportPreview(QObject):
    """Makes one at a time, in a thread; what is wished last wins.

    Signals:
        ready: a `Previewed`.
        failed: a StudioError.
        working: whether one is being made.
    """

    ready = Signal(object)
    failed = Signal(object)
    working = Signal(bool)

    def __init__(
        self, session: Session, player: Player, head: PlayHead, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._head = session, head
        self._frames = Frames(session, player, "export preview", self)
        self._frames.ready.connect(self._begin)
        self._frames.failed.connect(self._on_failed)
        self._errand: Errand | None = None
        self._left = LeftErrands()
        self._enlarging = Asking(player, "export enlarged", self)
        self._enlarging.came.connect(self._on_enlarged)
        self._enlarging.failed.connect(self._on_failed)
        self._device = player.device
        self._drawn: _Work | None = None
        self._wished: tuple[Project, Canvas, Wish] | None = None
        session.closed.connect(self.cancel)

    def show(self, canvas: Canvas, wish: Wish) -> None:
        """Make one of this; `ready` or `failed` follows unless something else is wished."""
        # With the project as it is now: later it may lack what this canvas shows.
        self._wished = (self._session.project, canvas, wish)
        self.working.emit(True)
        self._frames.want(self._points(canvas, wish).values())
        self._begin()

    @Slot()
    def cancel(self) -> None:
        """Nobody looks any more."""
        self._wished = self._drawn = None
        self._frames.stop()
        self._enlarging.forget()
        errand, self._errand = self._errand, None
        if errand:
            self._left.add(errand)

    def close(self) -> None:
        """Give up for good, and wait until the thread is over."""
        self.cancel()
        self._left.join()

    def _frame(self, wish: Wish) -> int:
        return 0 if wish.film else self._head.frame

    def _points(self, canvas: Canvas, wish: Wish) -> dict[str, Point]:
        return next(iter(self._head.points(canvas, (self._frame(wish),))))

    @Slot()
    def _begin(self) -> None:
        if self._errand or self._wished is None or not self._session.is_open:
            return
        self._drawn = None
        self._enlarging.forget()
        project, canvas, wish = self._wished
        points = self._points(canvas, wish)
        known = {key: self._frames.picture(point) for key, point in points.items()}
        shown = {key: as_image(picture) for key, picture in known.items() if picture}
        if len(shown) < len(points):
            return  # comes again when they are there
        pictures = Pictures(self._session.store.asset_path)
        seen = self._head.film_of(canvas).canvas_at(self._frame(wish))
        self._run(_Work(project, canvas, wish, shown, pictures, seen))

    def _run(self, work: _Work) -> None:
        errand = self._errand = Errand(work, self)
        wished = self._wished
        errand.done.connect(lambda made: self._on_made(wished, work, made))
        errand.failed.connect(lambda error: self._tell(wished, self.failed, error))
        errand.start()

    def _on_made(self, wished: object, work: _Work, made: object) -> None:
        if not isinstance(made, Image) or wished is not self._wished:
            self._tell(wished, self.ready, made)
            return
        errand, self._errand = self._errand, None
        if errand:
            errand.deleteLater()
        upscaler = work.wish.upscaler
        if upscaler is None:
            return
        self._drawn = work
        spec, payload = enlarging(upscaler, [made])
        asked = spec.model_copy(update={"device": self._device})
        self._enlarging.ask(asked, lambda events: outcome_of(events).media[0][1], payload)

    @Slot(object, bool)
    def _on_enlarged(self, pixels: Pixels, newest: bool) -> None:
        work, self._drawn = self._drawn, None
        if work and newest:
            self._run(replace(work, enlarged=Image(pixels.copy())))

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        self.cancel()
        self.working.emit(False)
        self.failed.emit(error)

    def _tell(self, wished: object, signal: SignalInstance, value: object) -> None:
        errand, self._errand = self._errand, None
        if errand:
            errand.deleteLater()
        if wished is not self._wished:
            self._begin()
            return
        self._wished = None
        self.working.emit(False)
        signal.emit(value)


@dataclass(frozen=True)
class _Work:
    """Runs in a thread."""

    project: Project
    canvas: Canvas
    wish: Wish
    shown: dict[str, Image]
    pictures: Pictures
    seen: Canvas
    enlarged: Image | None = None

    def __call__(self) -> Previewed | Image:
        """What is to be seen; or, where a model enlarges, what it is to enlarge."""
        wish, canvas = self.wish, self.canvas
        size = (canvas.width * wish.factor, canvas.height * wish.factor)
        large = size[0] * size[1] > MOST_PIXELS
        told = replace(wish, factor=1, upscaler=None) if large else wish
        frame = self.enlarged or drawn(self.project, self.seen, self.pictures, self.shown, told)
        if told.upscaler and self.enlarged is None:
            return frame
        origin = canvas_provenance(self.project, canvas, film=wish.film, upscaler=wish.upscaler)
        data, exact = self._encoded(frame, origin)
        plain = frame.to_mode("rgb", wish.encoding.background)
        image = _middle(decode_image(data) if data else plain)
        count = 0 if large else 1 if exact else canvas.timeline.frames
        return Previewed(
            to_qimage(image.pixels), size, len(data) * count, exact and not large, origin
        )

    def _encoded(self, frame: Image, origin: Provenance) -> tuple[bytes, bool]:
        """The file, or what of it is known: one frame, or nothing."""
        wish = self.wish
        if wish.is_video or wish.is_layered:
            return b"", False
        if not wish.film:
            return encode_bytes(frame, format_of(wish.path), origin, wish.encoding), True
        if wish.is_sequence:
            return encode_bytes(frame, "png", None), False
        if wish.path.suffix.lower() == ".gif":
            return gif_bytes([frame], [2], 0, b"", b""), False
        quality = Encoding(quality=_FILM_QUALITY)
        return encode_bytes(frame, format_of(wish.path), None, quality), False


def _middle(image: Image) -> Image:
    width, height = (min(side, MOST_SHOWN) for side in image.size)
    return image.cropped((image.width - width) // 2, (image.height - height) // 2, width, height)
