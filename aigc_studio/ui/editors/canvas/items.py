"""A layer on the screen, drawn as an export would draw it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QGraphicsItem

from aigc_studio.media.image import Image
from aigc_studio.media.placing import Placed
from aigc_studio.studio.pictures import to_pixels, to_qimage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

    from aigc_studio.document.canvas import Layer


class LayerItem(QGraphicsItem):
    """A layer's picture, its middle at the item's origin."""

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        self.layer = layer
        self._source = QImage()
        self._shown = QImage()
        self.place(layer)

    def place(self, layer: Layer) -> None:
        """Lie where the layer says; the picture is finished anew where it must be."""
        anew = (layer.crop, layer.adjust) != (self.layer.crop, self.layer.adjust)
        self.layer = layer
        self.setPos(layer.x, layer.y)
        self.setScale(layer.scale)
        self.setRotation(layer.rotation)
        self.setOpacity(layer.opacity)
        self.setVisible(layer.visible)
        if anew and not self._source.isNull():
            self.show_picture(self._source)
        self.update()

    def show_picture(self, picture: QImage) -> None:
        """Show another picture in its place."""
        self._source = picture
        plain = self.layer.crop is None and not any(dict(self.layer.adjust).values())
        if plain or picture.isNull():
            shown = picture
        else:
            image = Image(to_pixels(picture))
            finished = Placed(image, 0, 0, adjust=self.layer.adjust, crop=self.layer.crop)
            shown = to_qimage(finished.finished().pixels)
        if shown.size() != self._shown.size():
            self.prepareGeometryChange()
        self._shown = shown
        self.update()

    @property
    def picture(self) -> QImage:
        """What is shown."""
        return self._shown

    def boundingRect(self) -> QRectF:
        """The picture about the origin."""
        width, height = max(self._shown.width(), 1), max(self._shown.height(), 1)
        return QRectF(-width / 2, -height / 2, width, height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """The picture."""
        smooth = self.layer.sampling == "smooth"
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
        if not self._shown.isNull():
            painter.drawImage(self.boundingRect(), self._shown)
