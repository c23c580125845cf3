"""The layers of one canvas as items of a scene, in step with the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QImage, QPainter, QTransform
from PySide6.QtWidgets import QGraphicsScene

from aigc_studio.document.stacking import seen_layers
from aigc_studio.ui.editors.canvas.alpha import as_alpha
from aigc_studio.ui.editors.canvas.drawing import blank, draw
from aigc_studio.ui.editors.canvas.ground import paint_ground
from aigc_studio.ui.editors.canvas.items import LayerItem
from aigc_studio.ui.editors.canvas.plan import plan_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

    from aigc_studio.document.canvas import Canvas, Group, GroupMask, Layer
    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.editors.canvas.plan import Step

_FULL = 1 << 14


class CanvasScene(QGraphicsScene):
    """Shows what the document says, and what is only shown for now (`Stage.live`).

    Signals:
        repainted(): something is shown otherwise.

    Attributes:
        items_of: the items by the ids of their layers.
        moved_masks: where masks of groups are drawn as long as they are dragged, by group.
    """

    repainted = Signal()

    def __init__(self, studio: Studio, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._thumbnails = studio.session, studio.thumbnails
        self._head, self._finishing = studio.head, studio.finishing
        self.items_of: dict[str, LayerItem] = {}
        self.moved_masks: Mapping[str, GroupMask] = {}
        self._assets: dict[str, str] = {}
        self._masks: dict[str, tuple[str, bool]] = {}  # by layer or group: asset, inverted
        self._alphas: dict[str, QImage] = {}  # of the groups' masks
        self._live: dict[str, QImage] = {}  # in place of what the document says, by layer
        studio.stage.entered.connect(self._forget_live)
        studio.stage.live.connect(self._on_live)
        studio.thumbnails.ready.connect(self._on_picture)

    def show_canvas(self, canvas: Canvas) -> None:
        """Show the canvas as it is now."""
        margin = max(canvas.width, canvas.height)
        box = QRectF(0, 0, canvas.width, canvas.height)
        self.setSceneRect(box.adjusted(-margin, -margin, margin, margin))
        there = {layer.id for layer in canvas.layers}
        for gone in [key for key in self.items_of if key not in there]:
            self._take(self.items_of.pop(gone))
            self._assets.pop(gone, None)
            self._live.pop(gone, None)
        seen = {layer.id for layer in seen_layers(canvas)}
        for height, layer in enumerate(canvas.layers):
            item = self.items_of.get(layer.id)
            if item is None:
                item = LayerItem(layer, self._size(layer), self._finishing)
                self.items_of[layer.id] = item
                item.changed.connect(self.repainted)
                self.addItem(item)
            item.place(layer)
            item.setVisible(layer.id in seen)
            item.setZValue(height)
            if self._assets.get(layer.id) != layer.asset:
                self._assets[layer.id] = layer.asset
                filmed = self._head.picture(layer) if layer.visible else None
                self._keep_live(layer.id, filmed)

        for member in canvas.members:
            self._show_mask(member)
        self._masks = {each.id: self._masks[each.id] for each in canvas.members if each.mask}

    def _take(self, item: LayerItem) -> None:
        item.end()
        self.removeItem(item)
        item.deleteLater()

    def plan(self, canvas: Canvas) -> tuple[Step, ...]:
        """What is shown now of a canvas."""
        if self.moved_masks:
            groups = (
                group.model_copy(update={"mask": self.moved_masks.get(group.id, group.mask)})
                for group in canvas.groups
            )
            canvas = canvas.model_copy(update={"groups": tuple(groups)})
        return plan_of(canvas, self.items_of, self._alphas)

    def snapshot(self, canvas: Canvas, side: int) -> QImage:
        """What is shown now of a canvas, within side x side pixels."""
        scale = side / max(canvas.width, canvas.height)
        width, height = (max(round(each * scale), 1) for each in (canvas.width, canvas.height))
        ground, made = blank(width, height), blank(width, height)
        view = QTransform.fromScale(scale, scale)
        painter = QPainter(ground)
        painter.setTransform(view)
        paint_ground(painter, canvas)
        if canvas.background:  # what blends, blends with it
            made = ground.copy()
        draw(made, self.plan(canvas), view)
        painter.resetTransform()
        painter.drawImage(0, 0, made)
        painter.end()
        return ground

    def show_mask(self, key: str, mask: QImage) -> None:
        """Show a mask that is painted just now."""
        inverted = self._masks[key][1] if key in self._masks else False
        self._wear(key, mask, inverted=inverted)

    def show_document(self, key: str | None = None) -> None:
        """Show pictures and masks as the document has them, and nothing that was painted.

        Args:
            key: of the one layer or group that is meant; all by default.
        """
        for shown in (self._assets, self._masks):
            for each in [key] if key is not None else list(shown):
                shown.pop(each, None)

    def _show_mask(self, member: Group | Layer) -> None:
        mask = member.mask
        told = (mask.asset, mask.inverted) if mask else None
        if told == self._masks.get(member.id):
            return
        if mask is None or told is None:
            self._masks.pop(member.id)
            self._wear(member.id, None, inverted=False)
            return
        self._masks[member.id] = told
        picture = self._thumbnails.want(mask.asset, _FULL)
        if picture is not None:
            self._wear(member.id, picture, inverted=mask.inverted)

    def _wear(self, key: str, mask: QImage | None, *, inverted: bool) -> None:
        """Show a mask; a layer's item turns it round itself."""
        if key in self.items_of:
            self.items_of[key].show_mask(mask)
        elif mask is None or mask.isNull():
            self._alphas.pop(key, None)
        else:
            self._alphas[key] = as_alpha(mask, inverted=inverted)
        self.repainted.emit()

    def _size(self, layer: Layer) -> tuple[int, int]:
        asset = self._session.project.assets.get(layer.asset)
        return (max(asset.width, 1), max(asset.height, 1)) if asset else (1, 1)

    def _keep_live(self, layer_id: str, picture: QImage | None) -> None:
        """Show this picture for now, or what the document says."""
        if picture is None or picture.isNull():
            self._live.pop(layer_id, None)
            picture = self._thumbnails.want(self._assets[layer_id], _FULL)
        else:
            self._live[layer_id] = picture
        if picture is not None:
            self.items_of[layer_id].show_picture(picture)

    def _on_picture(self, asset_id: str, side: int, picture: QImage) -> None:
        if side == _FULL:
            for layer_id, shown in self._assets.items():
                # What is shown for now is newer than a file that was read meanwhile.
                if shown == asset_id and layer_id not in self._live:
                    self.items_of[layer_id].show_picture(picture)
            for key, (mask, inverted) in self._masks.items():
                if mask == asset_id:
                    self._wear(key, picture, inverted=inverted)

    def _on_live(self, layer_id: str, picture: QImage) -> None:
        if layer_id in self.items_of:
            self._keep_live(layer_id, picture)

    def _forget_live(self) -> None:
        # Whoever showed it has left this canvas, and tells anew what is shown when it is back.
        for layer_id in list(self._live):
            self._keep_live(layer_id, None)
