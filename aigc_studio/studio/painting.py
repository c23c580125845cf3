"""Painting: the brush in hand, and strokes on their way into the document."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from aigc_studio.base.errors import StudioError
from aigc_studio.document.canvas_edits import new_layers
from aigc_studio.document.mask_edits import add_mask, add_touch_up, paint_layer, paint_mask
from aigc_studio.document.renders import painted
from aigc_studio.document.stacking import member_of
from aigc_studio.media.brush import LARGEST, SMALLEST, Brush
from aigc_studio.media.encode import encode_bytes
from aigc_studio.media.image import Image
from aigc_studio.studio.errand import Errand, LeftErrands
from aigc_studio.studio.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.document.canvas import Canvas
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Asset, Project
    from aigc_studio.media.brush import Ink
    from aigc_studio.media.image import Pixels
    from aigc_studio.studio.session import Session
    from aigc_studio.studio.stage import Stage

    Encoded = tuple[bytes, tuple[int, int]]

_STEP = 1.25


@dataclass(frozen=True)
class Target:
    """What a stroke goes onto.

    Attributes:
        canvas: id of the canvas.
        key: id of the layer or group; of a touch-up layer that is to be, what it lies above
            ("" for on top of all).
        kind: the mask of it, its picture, or a touch-up layer that is not there yet.
        asset: what is shown there before the stroke.
    """

    canvas: str
    key: str
    kind: str
    asset: str = ""


@dataclass(frozen=True)
class _Stroke:
    target: Target
    pixels: Callable[[], Pixels]
    shown: QImage


class Painting(QObject):
    """Strokes are packed in a thread, one after another, each one step of undo.

    Signals:
        brush_changed: it is larger, softer, of another colour ...
        followed: a `Target` that a stroke was kept on, and the one that it has become: with the
            new asset, and where there was no layer yet, the layer.
        stopped: what was painted last could not be kept; show what the document says.
        made: the id of an asset that comes, and the QImage that was painted, so that nobody
            must read it.
        told: a StudioError or str.

    Attributes:
        brush: what is in hand.
        on_mask: strokes go onto the mask of what is selected.
    """

    brush_changed = Signal()
    followed = Signal(object, object)
    stopped = Signal()
    made = Signal(str, object)
    told = Signal(object)

    def __init__(self, session: Session, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._stage = session, stage
        self.brush = Brush()
        self.on_mask = False
        self._waiting: deque[_Stroke] = deque()
        self._errand: Errand | None = None
        self._packed: _Stroke | None = None  # by the errand
        self._left = LeftErrands()
        self._closed = False
        self._paper: Paper | None = None
        session.closed.connect(self.cancel)

    def change(self, **fields: object) -> None:
        """Another size, hardness, opacity, colour."""
        self.brush = replace(self.brush, **fields)  # type: ignore[arg-type]
        self.brush_changed.emit()

    def grow(self, steps: int) -> None:
        """A larger brush, or a smaller one."""
        size = self.brush.size * _STEP**steps
        self.change(size=min(max(round(size, 1), SMALLEST), LARGEST))

    def ink(self, *, erase: bool) -> Ink:
        """What a stroke does now."""
        if self.on_mask:
            return "hide" if erase else "show"
        return "erase" if erase else "paint"

    def target(self) -> Target | None:
        """What a stroke would go onto now; None for nothing."""
        canvas, members = self._stage.canvas, self._stage.members
        if canvas is None:
            return None
        one = members[-1] if members else None
        if self.on_mask:
            if one is None or one.mask is None:
                return None
            return Target(canvas.id, one.id, "mask", one.mask.asset)
        layer = canvas.layer(one.id) if one else None
        if layer is not None and layer.touch_up:
            return Target(canvas.id, layer.id, "picture", layer.asset)
        return Target(canvas.id, one.id if one else "", "new")

    def paper(self, before: QImage, size: tuple[int, int], then: Callable[[], None]) -> Paper:
        """A picture to be painted on, see `Paper`; one at a time is being copied."""
        if self._paper is not None:
            self._paper.wait()

        def ready() -> None:
            self._paper = None  # it is the brush's alone now, and goes with the stroke
            then()

        made = Paper(before, size, self._left, ready)
        self._paper = None if made.is_ready else made
        return made

    def add_mask(self, key: str) -> None:
        """Give a layer or group a mask that shows everything."""
        canvas = self._stage.canvas
        if canvas is None:
            return
        width, height = self._size_of(canvas, key)
        white = np.full((height, width, 1), 255, np.uint8)
        shown = QImage(width, height, QImage.Format.Format_Grayscale8)
        shown.fill(Qt.GlobalColor.white)
        self._waiting.append(_Stroke(Target(canvas.id, key, "mask"), lambda: white, shown))
        self._next()

    def _size_of(self, canvas: Canvas, key: str) -> tuple[int, int]:
        layer = canvas.layer(key)
        if layer is None:
            return canvas.width, canvas.height
        asset = self._session.project.assets[layer.asset]
        return max(asset.width, 1), max(asset.height, 1)

    def commit(self, target: Target, pixels: Callable[[], Pixels], shown: QImage) -> None:
        """Keep a stroke.

        Args:
            pixels: makes all the pixels of the picture; called in a thread.
            shown: the same, as it is on the screen.
        """
        self._waiting.append(_Stroke(target, pixels, shown))
        self._next()

    def pending(self, target: Target) -> QImage | None:
        """What a target shows once all strokes on their way onto it are kept; None without any."""
        strokes = (*reversed(self._waiting), *((self._packed,) if self._packed else ()))
        return next((each.shown for each in strokes if each.target == target), None)

    @property
    def busy(self) -> bool:
        """Whether strokes are on their way."""
        return self._errand is not None or bool(self._waiting)

    @Slot()
    def cancel(self) -> None:
        """Keep nothing that is on its way."""
        self._waiting.clear()
        self._leave()

    def close(self) -> None:
        """Give up for good, and wait until the thread is over."""
        self._closed = True
        self.cancel()
        if self._paper is not None:
            self._paper.wait()
        self._left.join()

    def _leave(self) -> None:
        errand, self._errand, self._packed = self._errand, None, None
        if errand:
            self._left.add(errand)

    def _next(self) -> None:
        if self._closed:
            self._waiting.clear()
        if self._errand is not None or not self._waiting:
            return
        stroke = self._waiting.popleft()

        def work() -> Encoded:
            image = Image(stroke.pixels())
            return encode_bytes(image, "png"), image.size

        self._packed = stroke
        errand = self._errand = Errand(work, self)
        errand.done.connect(lambda made: self._keep(stroke, made))
        errand.failed.connect(self._on_failed)
        errand.start()

    def _keep(self, stroke: _Stroke, made: Encoded) -> None:
        self._leave()
        session, target = self._session, stroke.target
        try:
            asset = painted(session.store, *made, _words("Painted"))
            edit = self._edit(session.project, stroke.target, asset)
            self.made.emit(asset.id, stroke.shown)
            session.apply(edit)
        except StudioError as error:
            self._on_failed(error)
            return
        self._follow(target, asset, edit)
        self._next()

    def _edit(self, project: Project, target: Target, asset: Asset) -> Edit:
        canvas = project.canvases.get(target.canvas)
        if canvas is None:
            raise _gone()
        if target.kind == "new":
            return add_touch_up(project, canvas.id, asset, target.key, _words("Touch-up"))
        member = member_of(canvas, target.key)
        if target.kind == "mask" and not target.asset:
            return add_mask(project, canvas.id, target.key, asset)
        mask = member.mask.asset if member.mask else ""
        layer = canvas.layer(target.key)
        now = mask if target.kind == "mask" else layer.asset if layer else ""
        if now != target.asset:
            raise _gone()
        paint = paint_mask if target.kind == "mask" else paint_layer
        return paint(project, canvas.id, target.key, asset)

    def _follow(self, target: Target, asset: Asset, edit: Edit) -> None:
        """Strokes that wait were drawn over this one."""
        key = target.key
        if target.kind == "new":
            (key,) = new_layers(edit)
            self._stage.select((key,))
        kind = "picture" if target.kind == "new" else target.kind
        follows = Target(target.canvas, key, kind, asset.id)
        self._waiting = deque(
            replace(each, target=follows) if each.target == target else each
            for each in self._waiting
        )
        self.followed.emit(target, follows)

    def _on_failed(self, error: StudioError) -> None:
        self._waiting.clear()
        self._leave()
        self.stopped.emit()
        self.told.emit(error)


def _gone() -> StudioError:
    return StudioError(
        "What was painted on was changed meanwhile.",
        kept="It is as you changed it.",
        todo="Paint the stroke again.",
        kind="busy",
    )


def _words(text: str) -> str:
    return QCoreApplication.translate("Studio", text)
