"""The pictures on the map: as many as have room beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from aigc_studio.ui import theme
from aigc_studio.ui.dock.preview import fitted

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

_APART = 0.85  # of a picture's side, from middle to middle


class Ground:
    """Keeps the picture of all pictures, so that a drag need not draw each of them.

    Args:
        picture: the thumbnail of an asset with such a side, None while there is none.
    """

    def __init__(self, picture: Callable[[str, int], QImage | None]) -> None:
        self._picture = picture
        self._places: dict[str, QPointF] = {}
        self._shown: dict[str, QPointF] = {}
        self._cells: dict[tuple[int, int], list[QPointF]] = {}
        self._pixmap = QPixmap()
        self._size, self._density = QSize(), 1.0
        self._at: Callable[[QPointF], QPointF] = QPointF

    @property
    def side(self) -> int:
        """Of one picture."""
        return theme.px(theme.THUMBNAIL_PAD)

    @property
    def shown(self) -> dict[str, QPointF]:
        """Assets that have room, and where they lie on the screen."""
        return self._shown

    def clear(self) -> None:
        """Forget all pictures."""
        self._places.clear()
        self._wipe()

    def lay_out(self, size: QSize, density: float, at: Callable[[QPointF], QPointF]) -> None:
        """Lay all out anew; `at` tells where a place of the space lies."""
        self._size, self._density, self._at = size, density, at
        self._wipe()
        for asset_id in self._places:
            self._claim(asset_id)

    def add(self, asset_id: str, place: QPointF) -> None:
        """Another picture, if it has room."""
        self._places[asset_id] = place
        self._claim(asset_id)

    def draw(self, asset_id: str) -> None:
        """A picture's thumbnail has come."""
        picture = self._picture(asset_id, self.side) if asset_id in self._shown else None
        if picture is None or picture.isNull() or self._size.isEmpty():
            return
        if self._pixmap.isNull():
            self._pixmap = QPixmap(self._size * self._density)
            self._pixmap.setDevicePixelRatio(self._density)
            self._pixmap.fill(Qt.GlobalColor.transparent)
        box = QRect(0, 0, self.side, self.side)
        box.moveCenter(self._shown[asset_id].toPoint())
        painter = QPainter(self._pixmap)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(fitted(picture, box), picture)
        painter.end()

    def paint(self, painter: QPainter) -> None:
        """All of them."""
        if not self._pixmap.isNull():
            painter.drawPixmap(0, 0, self._pixmap)

    def nearest(self, at: QPointF) -> str:
        """The picture that lies there; "" for none."""
        reach = self.side / 2
        for asset_id, middle in self._shown.items():
            if abs(middle.x() - at.x()) <= reach and abs(middle.y() - at.y()) <= reach:
                return asset_id
        return ""

    def _wipe(self) -> None:
        self._shown.clear()
        self._cells.clear()
        self._pixmap = QPixmap()

    def _claim(self, asset_id: str) -> None:
        at = self._at(self._places[asset_id])
        within = 0 <= at.x() <= self._size.width() and 0 <= at.y() <= self._size.height()
        if not within or self._crowded(at):
            return
        half = self.side / 2
        self._shown[asset_id] = QPointF(
            min(max(at.x(), half), self._size.width() - half),
            min(max(at.y(), half), self._size.height() - half),
        )
        self._cells.setdefault(self._cell(at), []).append(at)
        self.draw(asset_id)

    def _cell(self, at: QPointF) -> tuple[int, int]:
        step = self.side * _APART
        return int(at.x() // step), int(at.y() // step)

    def _crowded(self, at: QPointF) -> bool:
        """Whether another one lies too near; only neighbouring cells can hold it."""
        across, down = self._cell(at)
        near = (
            other
            for x in (across - 1, across, across + 1)
            for y in (down - 1, down, down + 1)
            for other in self._cells.get((x, y), ())
        )
        apart = self.side * _APART
        return any(max(abs(o.x() - at.x()), abs(o.y() - at.y())) < apart for o in near)
