"""How one item of a grid of thumbnails is drawn."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

from aigc_studio.ui import icons, theme
from aigc_studio.ui.widgets.framing import fitted

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QStyleOptionViewItem

    from aigc_studio.ui.widgets.flow_grid import FlowGrid, GridItem

    AnyIndex = QModelIndex | QPersistentModelIndex

PAD = theme.SPACE[1]
BUDGET = 0.012  # seconds of a paint for what was not drawn before
_KEPT_BYTES = 64 << 20  # a large screen, twice
_PIXEL_BYTES = 4
_SELECTED = QStyle.StateFlag.State_Selected
_HOVERED = QStyle.StateFlag.State_MouseOver
_FOCUSED = QStyle.StateFlag.State_HasFocus


class GridPainter(QStyledItemDelegate):
    """Draws one item: ground, picture, name, badge.

    All but the ground is kept as one picture. A screen of new ones takes longer than a hand that
    scrolls may wait, so a paint draws as many as there is time for; `late` has the rest.

    Attributes:
        late: where on the viewport something is not drawn yet.
    """

    def __init__(self, grid: FlowGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self._kept: OrderedDict[str, tuple[object, QPixmap]] = OrderedDict()
        self._until: float | None = None
        self.late: list[QRect] = []

    def begin(self) -> None:
        """A paint of the grid begins."""
        self.late = []
        self._until = None

    def forget(self) -> None:
        """Draw all anew: in other colours, another size."""
        self._kept.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return self._grid.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        item = self._grid.items.items[index.row()]
        place, state = option.rect, option.state
        side = self._grid.side
        box = QRect(0, 0, side + PAD, place.height() - PAD)
        box.moveTopLeft(QPoint(place.center().x() - box.width() // 2, place.y() + PAD // 2))
        self._paint_ground(painter, box, state)
        cell, fresh = self._cell(item, QSize(side, box.height() - PAD // 2))
        if not fresh:
            self.late.append(QRect(place))
        if cell is not None:
            painter.drawPixmap(box.topLeft() + QPoint(PAD // 2, PAD // 2), cell)

    def _paint_ground(self, painter: QPainter, box: QRect, state: QStyle.StateFlag) -> None:
        chosen, focused = state & _SELECTED, state & _FOCUSED and self._grid.focus_is_seen
        if not (chosen or focused or state & _HOVERED):
            return
        colours = theme.colours()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or state & _HOVERED:
            painter.setBrush(QColor(colours.selected if chosen else colours.hover))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        if focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.accent), theme.FOCUS_WIDTH))
            inner = QRectF(box).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(inner, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        painter.restore()

    def _cell(self, item: GridItem, size: QSize) -> tuple[QPixmap | None, bool]:
        """Picture, name and badge, and whether they are so now: the time may be over."""
        image = self._grid.picture(item.id)
        density = self._grid.devicePixelRatio()
        key = (item, None if image is None else image.cacheKey(), size.toTuple(), density)
        known, cell = self._kept.get(item.id, (None, None))
        if known == key:
            self._kept.move_to_end(item.id)
            return cell, True
        # The clock starts with the first new one, so that each paint comes on by one at least.
        if self._until is None:
            self._until = time.perf_counter() + BUDGET
        elif time.perf_counter() > self._until:
            return cell, False
        cell = self._drawn(item, image, size, density)
        self._kept[item.id] = (key, cell)
        self._kept.move_to_end(item.id)
        most = _KEPT_BYTES // (_PIXEL_BYTES * cell.width() * cell.height())  # all are of one size
        while len(self._kept) > max(most, 1):
            self._kept.popitem(last=False)
        return cell, True

    def _drawn(self, item: GridItem, image: QImage | None, size: QSize, density: float) -> QPixmap:
        made = QPixmap(size * density)
        made.setDevicePixelRatio(density)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        place = QRect(0, 0, size.width(), self._grid.height_of_picture)
        self._draw_picture(painter, place, image, density)
        if item.badge:
            side = theme.px(theme.ICON)
            picture = icons.picture(item.badge, theme.colours().warn, side, density)
            painter.drawPixmap(place.topRight() - QPoint(side, 0), picture)
        if self._grid.names:
            self._draw_name(painter, place, item.name)
        painter.end()
        return made

    def _draw_picture(
        self, painter: QPainter, place: QRect, image: QImage | None, density: float
    ) -> None:
        if image is None or image.isNull():
            name, side = "picture" if image is None else "warning", theme.px(theme.ICON)
            at = place.center() - QPoint(side // 2, side // 2)
            painter.drawPixmap(at, icons.picture(name, theme.colours().edge, side, density))
            return
        target = fitted(image, place)
        if target.size() * density != image.size():
            smooth = Qt.TransformationMode.SmoothTransformation
            ratio = Qt.AspectRatioMode.IgnoreAspectRatio
            image = image.scaled(target.size() * density, ratio, smooth)
        painter.drawImage(target, image)

    def _draw_name(self, painter: QPainter, place: QRect, name: str) -> None:
        painter.setFont(self._grid.caption)
        painter.setPen(QColor(theme.colours().text))
        metrics = QFontMetrics(self._grid.caption)
        words = metrics.elidedText(name, Qt.TextElideMode.ElideRight, place.width())
        line = QRect(place.x(), place.bottom() + 2, place.width(), metrics.height())
        painter.drawText(line, int(Qt.AlignmentFlag.AlignHCenter), words)
