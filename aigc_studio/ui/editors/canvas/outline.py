"""The frame round the selected layers on the canvas, and what a drag makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPolygonF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QRectF

    from aigc_studio.document.transforming import Transform
    from aigc_studio.ui.editors.canvas.items import LayerItem


@dataclass(frozen=True)
class Outline:
    """Where it lies, in pixels of the canvas.

    Attributes:
        corners: the left upper one first, clockwise, before it is turned.
        middle: what it is scaled and turned about.
        rotation: of a single layer; several have an upright frame of their own.
    """

    corners: tuple[QPointF, ...]
    middle: QPointF
    rotation: float = 0.0

    @staticmethod
    def of(items: Sequence[LayerItem]) -> Outline | None:
        """That of a layer, or the upright one round several; None for none."""
        if not items:
            return None
        if len(items) == 1:
            item = items[0]
            ends = (item.mapToScene(end) for end in _ends(item.boundingRect()))
            return Outline(tuple(ends), item.pos(), item.rotation())
        box = items[0].sceneBoundingRect()
        for item in items[1:]:
            box = box.united(item.sceneBoundingRect())
        return Outline(_ends(box), box.center())

    @property
    def box(self) -> QRectF:
        """The upright rectangle round it."""
        return QPolygonF(list(self.corners)).boundingRect()

    @property
    def is_upright(self) -> bool:
        """Whether its edges lie along those of the canvas."""
        return self.rotation % 90 == 0

    def moved(self, way: Transform) -> Outline:
        """Where a drag brings it."""
        corners = tuple(QPointF(*way.place(end.x(), end.y())) for end in self.corners)
        middle = QPointF(*way.place(self.middle.x(), self.middle.y()))
        return Outline(corners, middle, self.rotation + way.degrees)


def _ends(box: QRectF) -> tuple[QPointF, ...]:
    return box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft()
