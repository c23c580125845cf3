"""Pictures before and after the preparation, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from aigc_studio.ui import icons, theme
from aigc_studio.ui.translate import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from aigc_studio.studio.study import Pair

_COLUMNS = 2
_SIDE, _GAP = 56, theme.SPACE[1]


class Pairs(QWidget):
    """Two pairs in a row: before, an arrow, after."""

    def __init__(self) -> None:
        super().__init__()
        self._pairs: tuple[Pair, ...] = ()
        self.setAccessibleName(tr("Pictures before and after"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        """Show these."""
        self._pairs = tuple(pairs)
        self.setVisible(bool(pairs))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Three rows at most."""
        rows = -(-len(self._pairs) // _COLUMNS)
        return QSize(theme.px(240), max(1, rows) * (theme.px(_SIDE) + _GAP))

    def paintEvent(self, event: QPaintEvent) -> None:
        """All pairs."""
        painter = QPainter(self)
        width = self.width() // _COLUMNS
        side = min(theme.px(_SIDE), (width - 3 * _GAP - theme.px(theme.ICON)) // 2)
        for number, pair in enumerate(self._pairs):
            left = number % _COLUMNS * width
            top = number // _COLUMNS * (theme.px(_SIDE) + _GAP)
            _paint(painter, pair.before, QRect(left, top, side, side))
            icon = theme.px(theme.ICON)
            arrow = icons.picture(
                "chevron-right", theme.colours().secondary, icon, self.devicePixelRatio()
            )
            painter.drawPixmap(left + side + _GAP // 2, top + (side - icon) // 2, arrow)
            _paint(painter, pair.after, QRect(left + side + icon + _GAP, top, side, side))
        painter.end()


def _paint(painter: QPainter, image: QImage, place: QRect) -> None:
    painter.fillRect(place, QColor(theme.colours().stage))
    fitting = image.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRect(place.topLeft(), fitting)
    target.moveCenter(place.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(target, image)
