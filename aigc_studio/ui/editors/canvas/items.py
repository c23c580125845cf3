"""A layer on the screen, drawn as an export would draw it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QGraphicsObject

from aigc_studio.document.cropping import cropped
from aigc_studio.ui.editors.canvas.finisher import Finisher

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

    from aigc_studio.document.canvas import Layer


class LayerItem(QGraphicsObject):
    """A layer's picture, its middle at the item's origin."""

    def __init__(self, layer: Layer, size: tuple[int, int]) -> None:
        """Lie where the layer says, in the room of a picture of this size until it is read."""
        super().__init__()
        self.layer = self._placed = layer
        self._whole = False
        self._source = QImage()
        self._expected = size
        self._full = (layer.crop.width, layer.crop.height) if layer.crop else size
        self._finisher = Finisher(self)
        self._finisher.changed.connect(self.update)
        self.place(layer)

    def place(self, layer: Layer) -> None:
        """Lie where the layer says; the picture is finished anew where it must be."""
        self.layer = layer
        shown = cropped(layer, self._size, None) if self._whole else layer
        anew = (shown.crop, shown.adjust) != (self._placed.crop, self._placed.adjust)
        self._placed = shown
        self.setPos(shown.x, shown.y)
        self.setScale(shown.scale)
        self.setRotation(shown.rotation)
        self.setOpacity(shown.opacity)
        self.setVisible(shown.visible)
        if anew and not self._source.isNull():
            self.show_picture(self._source)
        self.update()

    def show_whole(self, whole: bool) -> None:
        """Show what is cropped away too, as long as a crop is chosen."""
        self._whole = whole
        self.place(self.layer)

    def show_picture(self, picture: QImage) -> None:
        """Show another picture in its place."""
        self._source = picture
        part, crop = picture, self._placed.crop
        if crop is not None and crop.fits(picture.width(), picture.height()):
            part = picture.copy(crop.left, crop.top, crop.width, crop.height)
        full = (max(part.width(), 1), max(part.height(), 1))
        if full != self._full:
            self.prepareGeometryChange()
            self._full = full
        self._finisher.show(part, self._placed.adjust)

    @property
    def _size(self) -> tuple[int, int]:
        if self._source.isNull():
            return self._expected
        return self._source.width(), self._source.height()

    @property
    def picture(self) -> QImage:
        """What is shown."""
        return self._finisher.picture

    def boundingRect(self) -> QRectF:
        """The picture about the origin."""
        width, height = self._full
        return QRectF(-width / 2, -height / 2, width, height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """The picture."""
        zoom = option.levelOfDetailFromTransform(painter.worldTransform()) / self.layer.scale
        # A layer that is not enlarged itself shows its pixels when the view comes close.
        sharp = zoom > 1 and self.layer.scale <= 1
        smooth = self.layer.sampling == "smooth" and not sharp
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
        if not self.picture.isNull():
            painter.drawImage(self.boundingRect(), self.picture)
