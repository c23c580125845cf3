"""Brush and eraser: a stroke is seen while it is drawn, and kept as one step when it ends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QTransform

from aigc_studio.media.brush import Stroke, joined
from aigc_studio.media.decode import decode_image
from aigc_studio.studio.pictures import to_pixels, to_qimage
from aigc_studio.ui import theme
from aigc_studio.ui.editors.canvas.drawing import blank, draw
from aigc_studio.ui.editors.canvas.tool import Modifiers, Tool
from aigc_studio.ui.translate import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from aigc_studio.media.brush import Part
    from aigc_studio.media.image import Pixels
    from aigc_studio.studio.painting import Target
    from aigc_studio.studio.paper import Paper
    from aigc_studio.ui.editors.canvas.view import CanvasView

_FULL = 1 << 14
_RECENT_BYTES = 192 << 20
_QUICK = 1 << 20  # pixels that are read in no time one would notice
_RGBA, _GREY = QImage.Format.Format_RGBA8888, QImage.Format.Format_Grayscale8


class BrushTool(Tool):
    """Paints what `Painting.target` says."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._painting = view.studio.painting
        self.erases = False
        self._target: Target | None = None
        self._stroke: Stroke | None = None
        self._paper: Paper | None = None
        self._now, self._size = QImage(), (0, 0)  # what is painted on, null for a clear sheet
        self._waiting: Part | None = None  # covered, and not on the paper yet
        self._inked = False
        self._recent: dict[str, QImage] = {}  # by asset: undo goes back to them
        self._back = QTransform()  # from the canvas into the picture that is painted
        self._at = QPointF(-1000, -1000)
        self._painting.followed.connect(self._on_followed)
        self._painting.made.connect(self._on_made)
        self._painting.stopped.connect(self._show_document)
        self._painting.brush_changed.connect(view.repaint_soon)

    def press(self, at: QPointF, keys: Modifiers) -> None:
        """Begin a stroke; with Alt take the colour that is seen there."""
        if keys & Modifiers.AltModifier:
            self.take_colour(at)
        else:
            self.begin(at)

    def move(self, at: QPointF, keys: Modifiers) -> None:
        """Go on with the stroke."""
        self.go_on(at)

    def release(self, at: QPointF, keys: Modifiers) -> None:
        """Keep it."""
        self.end()

    def key(self, event: QKeyEvent) -> bool:
        """Esc gives a stroke up."""
        if event.key() != Qt.Key.Key_Escape or self._stroke is None:
            return False
        self._give_up()
        return True

    def leave(self) -> None:
        """A stroke that goes on is kept."""
        self.end()
        self.view.viewport().unsetCursor()

    # A stroke

    def begin(self, at: QPointF, pressure: float = 1.0) -> None:
        """Begin at a place of the view."""
        target = self._painting.target()
        if target is None:
            self._tell(tr("There is no mask to paint on. Add one to a layer first."))
            return
        # A stroke before this one may be on its way still: this one goes on from there.
        pending = self._painting.pending(target)
        if target.kind == "new" and self.erases and pending is None:
            self._tell(tr("The eraser works on touch-up layers and masks. Select one first."))
            return
        if not self._take_up(target, pending):
            self._tell(tr("The picture is still being read. Paint again in a moment."))
            return
        self._target = target
        self._paper = self._painting.paper(self._now, self._size, self._ink)
        ink = self._painting.ink(erase=self.erases)
        brush = replace(self._painting.brush, ink=ink)
        scale = abs(self._back.determinant()) ** 0.5
        self._stroke = Stroke(brush, *self._size, scale)
        self._waiting, self._inked = None, False
        self.go_on(at, pressure)

    def _tell(self, words: str) -> None:
        self._painting.told.emit(words)

    def _take_up(self, target: Target, pending: QImage | None) -> bool:
        """Find the picture that is painted, and the way into it; answers whether it is there."""
        item, canvas = self.view.items_of.get(target.key), self.view.canvas
        group = canvas.group(target.key) if canvas else None
        if canvas is None:
            return False
        if target.kind == "new":
            self._now = QImage() if pending is None else pending
            self._size = (canvas.width, canvas.height)
            self._back = QTransform()
            return True
        found = pending or self._recent.get(target.asset) or self._read(target.asset)
        if found is None or found.isNull():
            return False
        self._now = found.convertToFormat(_GREY if target.kind == "mask" else _RGBA)
        self._size = (found.width(), found.height())
        if item is not None:
            self._back = item.way_into(self._now.width(), self._now.height())
        elif group is not None and group.mask is not None:
            mask = group.mask
            way = QTransform().translate(mask.x, mask.y).rotate(mask.rotation)
            way = way.scale(-mask.scale if mask.mirrored else mask.scale, mask.scale)
            way = way.translate(-self._now.width() / 2, -self._now.height() / 2)
            self._back = way.inverted()[0]
        return True

    def _read(self, asset_id: str) -> QImage | None:
        """The picture of an asset, if it is at hand or small; else it is read meanwhile."""
        studio = self.view.studio
        found = studio.thumbnails.want(asset_id, _FULL)
        asset = studio.session.project.assets.get(asset_id)
        if found is None and asset and asset.width * asset.height <= _QUICK:
            with studio.session.attempt():
                return to_qimage(decode_image(studio.session.store.asset_path(asset)).pixels)
        return found

    def go_on(self, at: QPointF, pressure: float = 1.0) -> None:
        """The pointer is at another place of the view."""
        self._at = at
        if self._stroke is not None:
            place = self._back.map(self.view.to_scene(at))
            part = self._stroke.to(place.x(), place.y(), pressure)
            self._waiting = joined(self._waiting, part)
            self._ink()
        self.view.repaint_soon()

    def _ink(self) -> None:
        """Bring onto the paper what is not there yet, as soon as the paper is ready."""
        stroke, paper, part = self._stroke, self._paper, self._waiting
        if stroke is None or paper is None or part is None or not paper.is_ready:
            return
        self._waiting, self._inked, self._now = None, True, paper.now
        rows, columns = part
        painter = QPainter(self._now)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        inked = stroke.inked(paper.pixels_before(part), part)
        painter.drawImage(columns.start, rows.start, to_qimage(inked))
        painter.end()
        self._show(self._now)
        self.view.repaint_soon()

    def _show(self, painted: QImage) -> None:
        """Let the layer show what is painted now."""
        target = self._target
        if target is None or target.kind == "new" or painted.isNull():
            return  # painted over all, until its layer is there
        # The picture itself: of a copy, Qt would make a whole one with each further stamp.
        if target.kind == "mask":
            self.view.layers.show_mask(target.key, painted)
        elif target.key in self.view.items_of:
            self.view.items_of[target.key].show_painted(painted)

    def end(self) -> None:
        """Keep the stroke."""
        if self._stroke is not None and self._paper is not None:
            self._paper.wait()
        self._paper = None
        target, inked = self._target, self._stroke is not None and self._inked
        if target is None or not inked:
            self._give_up()
            return
        self._stroke = None
        final = self._now  # no stroke writes on it any more: the next one has its own paper

        def pixels() -> Pixels:
            made = to_pixels(final)
            return made[..., :1] if target.kind == "mask" else made

        self._painting.commit(target, pixels, final)

    def _give_up(self) -> None:
        """Show what there is without the stroke, if there is one."""
        if self._stroke is None:
            return
        self._stroke = self._paper = None
        pending = self._painting.pending(self._target) if self._target else None
        if pending is None:
            self._show_document()
        else:
            self._now = pending
            self._show(pending)
        self.view.repaint_soon()

    def _on_followed(self, before: Target, after: Target) -> None:
        """A stroke is kept; the document shows it now, and those that came after it do not."""
        if self._target != before:
            return
        self._target = after
        latest = self._painting.pending(after) if self._stroke is None else self._now
        if latest is not None:
            self._show(latest)
        else:  # where a stroke changed nothing, no edit has told the layer
            self.view.layers.show_document(after.key)
            self.view.refresh()

    def _on_made(self, asset_id: str, picture: QImage) -> None:
        self.view.studio.thumbnails.know(asset_id, _FULL, picture)
        self._recent[asset_id] = picture
        while sum(each.sizeInBytes() for each in self._recent.values()) > _RECENT_BYTES:
            self._recent.pop(next(iter(self._recent)))

    def _show_document(self) -> None:
        self._stroke = self._target = None
        self.view.layers.show_document()
        self.view.refresh()

    # What is seen

    def take_colour(self, at: QPointF) -> None:
        """Take the colour that is seen at a place of the view."""
        canvas = self.view.canvas
        if canvas is None:
            return
        place, dot = self.view.to_scene(at), blank(1, 1)
        if canvas.background:
            dot.fill(QColor(canvas.background))
        draw(dot, self.view.layers.plan(canvas), QTransform.fromTranslate(-place.x(), -place.y()))
        seen = dot.pixelColor(0, 0)
        if seen.alpha():
            self._painting.change(colour=(seen.red(), seen.green(), seen.blue()))

    def paint(self, painter: QPainter) -> None:
        """The round of the brush; and a stroke whose layer is not there yet."""
        if self._target is not None and self._target.kind == "new" and self._is_seen:
            painter.save()
            painter.setTransform(self.view.viewportTransform())
            painter.drawImage(0, 0, self._now)
            painter.restore()
        radius = self._painting.brush.size * self.view.transform().m11() / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        colours = theme.colours()
        for colour, more in ((colours.raised, 1.0), (colours.text, 0.0)):
            painter.setPen(QPen(QColor(colour), 1))
            painter.drawEllipse(self._at, radius + more, radius + more)

    @property
    def _is_seen(self) -> bool:
        return self._stroke is not None or self._painting.busy
