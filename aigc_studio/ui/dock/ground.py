"""The pictures on the map: as many as have room beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from aigc_studio.ui import theme
from aigc_studio.ui.widgets.framing import fitted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

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
        self._cells: dict[tuple[int, int], list[tuple[float, float]]] = {}
        self._pixmap = QPixmap()
        self._size, self._density = QSize(), 1.0
        self._at: Callable[[QPointF], QPointF] = QPointF
        self._view: object = None

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

    def lay_out(
        self, size: QSize, density: float, view: object, at: Callable[[QPointF], QPointF]
    ) -> None:
        """Lay all out anew where that changes anything.

        Args:
            size, density: of the widget, in logical pixels, and its device pixel ratio.
            view: equal to the last one while `at` tells the same.
            at: where a place of the space lies on the widget.
        """
        if (size, density, view) == (self._size, self._density, self._view):
            return
        self._size, self._density, self._view, self._at = size, density, view, at
        self._wipe()
        self.draw([each for each in self._places if self._claim(each)])

    def add(self, places: Mapping[str, QPointF]) -> None:
        """More pictures, as far as they have room."""
        self._places.update(places)
        self.draw([each for each in places if self._claim(each)])

    def draw(self, asset_ids: Iterable[str]) -> None:
        """Draw the pictures of these that have room, and a thumbnail by now."""
        shown = [each for each in asset_ids if each in self._shown]
        at_hand = {each: self._picture(each, self.side) for each in shown}
        pictures = {each: found for each, found in at_hand.items() if found and not found.isNull()}
        if not pictures or self._size.isEmpty():
            return
        if self._pixmap.isNull():
            self._pixmap = QPixmap(self._size * self._density)
            self._pixmap.setDevicePixelRatio(self._density)
            self._pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(self._pixmap)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = QRect(0, 0, self.side, self.side)
        for asset_id, picture in pictures.items():
            box.moveCenter(self._shown[asset_id].toPoint())
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

    def _claim(self, asset_id: str) -> bool:
        """Give it room; False where it lies outside, or another one too near."""
        at = self._at(self._places[asset_id])
        x, y, width, height = at.x(), at.y(), self._size.width(), self._size.height()
        if not (0 <= x <= width and 0 <= y <= height):
            return False
        apart, half = self.side * _APART, self.side / 2
        cell = int(x // apart), int(y // apart)
        if self._crowded(cell, x, y, apart):
            return False
        self._shown[asset_id] = QPointF(
            min(max(x, half), width - half), min(max(y, half), height - half)
        )
        self._cells.setdefault(cell, []).append((x, y))
        return True

    def _crowded(self, cell: tuple[int, int], x: float, y: float, apart: float) -> bool:
        # Only the cell itself and its neighbours can hold one that lies too near.
        for across in (-1, 0, 1):
            for down in (-1, 0, 1):
                for other_x, other_y in self._cells.get((cell[0] + across, cell[1] + down), ()):
                    if abs(other_x - x) < apart and abs(other_y - y) < apart:
                        return True
        return False
