"""A layer on the screen: where it lies and what it shows; `sheet` draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QImage, QTransform
from PySide6.QtWidgets import QGraphicsItem, QGraphicsObject

from aigc_studio.document.cropping import cropped
from aigc_studio.studio.finishing import Look
from aigc_studio.ui.editors.canvas.alpha import as_alpha
from aigc_studio.ui.editors.canvas.finisher import Finisher

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

    from aigc_studio.document.canvas import Layer
    from aigc_studio.studio.finishing import Finishing
    from aigc_studio.ui.editors.canvas.finisher import Shown


class LayerItem(QGraphicsObject):
    """A layer's picture, its middle at the item's origin.

    Signals:
        changed(): another picture is shown.
    """

    changed = Signal()

    def __init__(self, layer: Layer, size: tuple[int, int], finishing: Finishing) -> None:
        """Lie where the layer says, in the room of a picture of this size until it is read."""
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)
        self.layer = self._placed = layer
        self._whole = False
        self._source, self._mask = QImage(), QImage()
        self._alpha: tuple[bool, QImage] | None = None
        self._expected = size
        self._full = (layer.crop.width, layer.crop.height) if layer.crop else size
        self._finisher = Finisher(self, finishing)
        self._finisher.changed.connect(self.changed)
        self.place(layer)

    def place(self, layer: Layer) -> None:
        """Lie where the layer says; the picture is finished anew where it must be."""
        self.layer = layer
        shown = cropped(layer, self._size, None) if self._whole else layer
        before, self._placed = self._placed, shown
        self.setPos(shown.x, shown.y)
        self.setScale(shown.scale)
        self.setRotation(shown.rotation)
        self.setTransform(QTransform.fromScale(-1 if shown.mirrored else 1, 1))
        self.setOpacity(shown.opacity)
        if _look_of(before) != _look_of(shown) and not self._source.isNull():
            self.show_picture(self._source)

    def show_whole(self, whole: bool) -> None:
        """Show what is cropped away too, as long as a crop is chosen."""
        self._whole = whole
        self.place(self.layer)

    def way_into(self, width: int, height: int) -> QTransform:
        """From the canvas into a picture of this size that covers the layer's whole picture."""
        whole = self.whole
        way = QTransform.fromScale(width / whole.width(), height / whole.height())
        way = QTransform.fromTranslate(-whole.left(), -whole.top()) * way
        return self.sceneTransform().inverted()[0] * way

    def show_painted(self, picture: QImage) -> None:
        """Show a picture that is painted just now; it is made smaller when the stroke ends."""
        self._source = picture
        self._finisher.show(picture, self._look, hurried=True)

    def show_mask(self, mask: QImage | None) -> None:
        """Show another mask, or none."""
        self._mask = mask or QImage()
        self._alpha = None
        self.changed.emit()

    @property
    def alpha(self) -> QImage | None:
        """The mask as opacity; None where everything shows."""
        worn = self._placed.mask
        if worn is None or not worn.enabled or self._mask.isNull():
            return None
        if self._alpha is None or self._alpha[0] != worn.inverted:
            self._alpha = (worn.inverted, as_alpha(self._mask, inverted=worn.inverted))
        return self._alpha[1]

    @property
    def whole(self) -> QRectF:
        """Where the picture would lie uncropped, as `boundingRect`."""
        full, crop, box = self._size, self._placed.crop, self.boundingRect()
        fits = crop is not None and crop.fits(*full)
        left, top = (crop.left, crop.top) if crop and fits else (0, 0)
        return QRectF(box.left() - left, box.top() - top, *full)

    def show_picture(self, picture: QImage) -> None:
        """Show another picture in its place."""
        self._source = picture
        crop = self._placed.crop
        fits = crop is not None and crop.fits(picture.width(), picture.height())
        full = (crop.width, crop.height) if crop and fits else (picture.width(), picture.height())
        full = (max(full[0], 1), max(full[1], 1))
        if full != self._full:
            self.prepareGeometryChange()
            self._full = full
        self._finisher.show(picture, self._look)

    @property
    def _look(self) -> Look:
        return Look(self._placed.adjust, self._placed.filters, self._placed.crop)

    @property
    def _size(self) -> tuple[int, int]:
        if self._source.isNull():
            return self._expected
        return self._source.width(), self._source.height()

    @property
    def picture(self) -> QImage:
        """What is shown."""
        return self._finisher.picture

    @property
    def is_empty(self) -> bool:
        """Whether its picture is not read yet."""
        return self._source.isNull()

    @property
    def shown(self) -> Shown:
        """What is shown, worked out when it is drawn."""
        return self._finisher.shown

    def end(self) -> None:
        """The layer is no more."""
        self._finisher.end()

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
        """Nothing: layers that blend cannot be painted one by one, see `sheet`."""


def _look_of(layer: Layer) -> object:
    return layer.crop, layer.adjust, layer.filters
