"""The canvas composed for the screen: in tiles, at the scale it is seen at, only where seen.

A tile remembers what lies below and above the member that changed last, so that a drag costs
one layer and not the pile. What is not drawn yet is seen as it was, or at the scale before.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QRegion, QTransform

from aigc_studio.ui.editors.canvas.drawing import MODES, blank, draw
from aigc_studio.ui.editors.canvas.plan import as_made, changed_between, leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QRect

    from aigc_studio.document.canvas import Canvas
    from aigc_studio.studio.composed import Composed
    from aigc_studio.ui.editors.canvas.plan import Step

    Place = tuple[int, int]

TILE = 256
_ROOM = 1.5  # pixels round a change that smooth edges reach
BUDGET = 0.020  # seconds of drawing in one turn of the event loop
_KEPT = 240  # tiles, of 256 KB and twice that for what lies below and above


@dataclass
class Tile:
    """A square of the screen.

    Attributes:
        image: as it was drawn last.
        fresh: nothing has changed since.
        bare: nothing lies there.
        below, above: what lies under and over the member that changed last, and what of the
            plan that is.
    """

    image: QImage
    fresh: bool = False
    bare: bool = False
    below: tuple[tuple[Step, ...], QImage] | None = None
    above: tuple[tuple[Step, ...], QImage] | None = None
    used: int = field(default=0, compare=False)


class Sheet(QObject):
    """Draws a plan where it is seen.

    Signals:
        wanted(): there is more to paint.
    """

    wanted = Signal()

    def __init__(self, parent: QObject, composed: Composed | None = None) -> None:
        """What is drawn of frames of a film is kept in `composed`."""
        super().__init__(parent)
        self._composed = composed
        self._frame: int | None = None
        self._content: object = None
        self._boxes: list[QRectF] = []
        self._density = 1.0
        self._nothing = blank(TILE, TILE)
        self._plan: tuple[Step, ...] = ()
        self._ground: tuple[str | None, int, int] = (None, 1, 1)
        self._scale = 0.0
        self._tiles: dict[Place, Tile] = {}
        self._old: dict[Place, Tile] = {}
        self._old_scale = 1.0
        self._focus = ""
        self._turn = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.wanted)

    def show_plan(self, canvas: Canvas, plan: tuple[Step, ...], frame: int | None = None) -> None:
        """Draw another plan from now on; only what differs is drawn anew.

        Args:
            frame: which one of a film it is; None keeps nothing.
        """
        self._frame = frame
        ground = (canvas.background, canvas.width, canvas.height)
        if ground != self._ground:
            self._ground = ground
            self._spoil([QRectF(-1e7, -1e7, 2e7, 2e7)])
        parts = changed_between(self._plan, plan)
        if parts:
            self._focus = _focus_of(self._plan, plan) or self._focus
            self._spoil(parts)
        self._plan = plan

    @property
    def is_whole(self) -> bool:
        """Whether all that was seen last is drawn."""
        return not self._later.isActive()

    def paint(
        self,
        painter: QPainter,
        view: QTransform,
        seen: QRect,
        density: float,
        budget: float = BUDGET,
    ) -> None:
        """Paint what a view shows.

        Args:
            painter: in pixels of the view.
            view: the way from the canvas to the view.
            seen: of the view.
            density: pixels of the screen for one of the view.
            budget: seconds; what takes longer is painted when `wanted` was told.
        """
        self._at(view.m11() * density)
        self._density = density
        self._boxes = self._where()
        if self._frame is not None:
            self._content = (self._ground, self._scale, as_made(self._plan))
        corner = QPointF(view.dx() * density, view.dy() * density)
        places = list(self._places(corner, seen, density))
        self._turn += 1
        until, missing = time.perf_counter() + budget, []
        for at, place in enumerate(places):
            tile = self._tiles.get(place)
            if tile is None or not tile.fresh:
                if at and time.perf_counter() > until:
                    missing.append(place)
                    continue
                self._draw(place)
        self._paint_old(painter, [p for p in missing if p not in self._tiles], corner, density)
        self._paint_tiles(painter, places, corner, density)
        self._forget_some()
        if missing:
            self._later.start(0)
        else:
            self._later.stop()
            self._old.clear()

    def _at(self, scale: float) -> None:
        if scale != self._scale:
            if self._tiles:
                self._old, self._old_scale = self._tiles, self._scale
            self._tiles, self._scale = {}, scale
            if self._composed is not None:
                self._composed.clear()

    def _places(self, corner: QPointF, seen: QRect, density: float) -> Iterator[Place]:
        """The tiles that are seen, those in the middle first."""
        left, top = seen.left() * density - corner.x(), seen.top() * density - corner.y()
        right, bottom = left + seen.width() * density, top + seen.height() * density
        columns = range(math.floor(left / TILE), math.ceil(right / TILE))
        rows = range(math.floor(top / TILE), math.ceil(bottom / TILE))
        x, y = (columns.start + columns.stop - 1) / 2, (rows.start + rows.stop - 1) / 2
        places = ((column, row) for row in rows for column in columns)
        yield from sorted(places, key=lambda place: math.hypot(place[0] - x, place[1] - y))

    def _paint_tiles(
        self, painter: QPainter, places: list[Place], corner: QPointF, density: float
    ) -> None:
        for place in places:
            tile = self._tiles.get(place)
            if tile is not None:
                tile.used = self._turn
            if tile is not None and not tile.bare:
                at = QPointF(place[0] * TILE + corner.x(), place[1] * TILE + corner.y())
                painter.drawImage(at / density, tile.image)

    def _paint_old(
        self, painter: QPainter, missing: list[Place], corner: QPointF, density: float
    ) -> None:
        """Where nothing is drawn yet, what was seen at the scale before."""
        if not missing or not self._old:
            return
        region = QRegion()
        for column, row in missing:
            box = QRectF(column * TILE + corner.x(), row * TILE + corner.y(), TILE, TILE)
            region += QRectF(box.topLeft() / density, box.size() / density).toAlignedRect()
        painter.save()
        painter.setClipRegion(region)
        side = TILE * self._scale / self._old_scale
        for (column, row), tile in self._old.items():
            at = QPointF(column * side + corner.x(), row * side + corner.y())
            box = QRectF(at / density, QRectF(0, 0, side / density, side / density).size())
            if region.intersects(box.toAlignedRect()):
                painter.drawImage(box, tile.image, QRectF(tile.image.rect()))
        painter.restore()

    def _draw(self, place: Place) -> None:
        """Draw a tile, or take what was drawn of this frame before."""
        tile = self._tiles.setdefault(place, Tile(QImage()))
        tile.fresh, tile.bare = True, self._is_bare(place)
        if tile.bare:
            tile.below = tile.above = None
            tile.image = self._nothing
            return
        kept, frame, content = self._composed, self._frame, self._content
        if kept is None or frame is None:
            self._draw_anew(tile, place)
            return
        found = kept.find(frame, content).get(place)
        if found is not None:
            tile.image = found
            return
        self._draw_anew(tile, place)
        if all(leaf.made for _, (leaf, _) in leaves(self._plan)):
            kept.keep(frame, content, place, tile.image)

    def _is_bare(self, place: Place) -> bool:
        """Whether nothing lies there."""
        side, room = TILE / self._scale, _ROOM / self._scale
        box = QRectF(place[0] * side, place[1] * side, side, side)
        box.adjust(-room, -room, room, room)
        return not any(box.intersects(each) for each in self._boxes)

    def _where(self) -> list[QRectF]:
        """The parts of the canvas where something lies."""
        colour, width, height = self._ground
        found = [leaf.bounds for _, (leaf, _) in leaves(self._plan)]
        return [*found, QRectF(0, 0, width, height)] if colour else found

    def _draw_anew(self, tile: Tile, place: Place) -> None:
        view = QTransform().translate(-place[0] * TILE, -place[1] * TILE)
        view = view.scale(self._scale, self._scale)
        at = next((n for n, step in enumerate(self._plan) if step.key == self._focus), None)
        if at is None:
            tile.below = tile.above = None
            tile.image = self._clean(view)
            draw(tile.image, self._plan, view)
        else:
            self._draw_about(tile, at, view)
        tile.image.setDevicePixelRatio(self._density)

    def _draw_about(self, tile: Tile, at: int, view: QTransform) -> None:
        """Draw the member that changes between what is remembered below and above it."""
        low, high = self._plan[:at], self._plan[at + 1 :]
        # What blends with what lies below cannot be drawn before that is known.
        count = next((n for n, step in enumerate(high) if step.blend != "normal"), len(high))
        if tile.below is None or tile.below[0] != low:
            under = self._clean(view)
            draw(under, low, view)
            tile.below = (low, under)
        if tile.above is None or tile.above[0] != high[:count]:
            over = blank(TILE, TILE)
            draw(over, high[:count], view)
            tile.above = (high[:count], over)
        tile.image = tile.below[1].copy()
        draw(tile.image, self._plan[at : at + 1], view)
        if count:
            painter = QPainter(tile.image)
            painter.drawImage(0, 0, tile.above[1])
            painter.end()
        if count < len(high):
            draw(tile.image, high[count:], view)

    def _clean(self, view: QTransform) -> QImage:
        made, (colour, width, height) = blank(TILE, TILE), self._ground
        if colour:
            painter = QPainter(made)
            painter.setTransform(view)
            painter.setCompositionMode(MODES["normal"])
            painter.fillRect(QRectF(0, 0, width, height), QColor(colour))
            painter.end()
        return made

    def _spoil(self, parts: list[QRectF]) -> None:
        for (column, row), tile in self._tiles.items():
            box = QRectF(column * TILE, row * TILE, TILE, TILE)
            for part in parts:
                scaled = QRectF(part.topLeft() * self._scale, part.size() * self._scale)
                if box.intersects(scaled.adjusted(-_ROOM, -_ROOM, _ROOM, _ROOM)):
                    tile.fresh = False
                    break

    def _forget_some(self) -> None:
        if len(self._tiles) > _KEPT:
            for place in sorted(self._tiles, key=lambda p: self._tiles[p].used)[: _KEPT // 2]:
                del self._tiles[place]


def _focus_of(before: tuple[Step, ...], after: tuple[Step, ...]) -> str:
    """The one member of the pile that changed; "" for none or several."""
    old = {step.key: step for step in before}
    changed = [step.key for step in after if old.get(step.key) != step]
    return changed[0] if len(changed) == 1 else ""
