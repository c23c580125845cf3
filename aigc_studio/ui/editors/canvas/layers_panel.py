"""The layers of a canvas: order, opacity, visibility, and what can be done with them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSlider,
    QWidget,
)

from aigc_studio.document.canvas_edits import order_layer
from aigc_studio.document.layer_edits import edit_layers, rename_layer, set_opacity
from aigc_studio.ui import theme
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import column, label, tool

if TYPE_CHECKING:
    from aigc_studio.document.canvas import Canvas, Layer
    from aigc_studio.studio.studio import Studio

_ID = int(Qt.ItemDataRole.UserRole)
_ICON = 32


class LayersPanel(QWidget):
    """The highest layer first; a tick shows a layer, F2 renames it."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self._filling = False
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Layers"))
        self.list.setIconSize(QSize(theme.px(_ICON), theme.px(_ICON)))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemSelectionChanged.connect(self._on_selected)
        self.list.itemChanged.connect(self._on_item)
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(0, 100)
        self.opacity.setAccessibleName(tr("Opacity"))
        self.opacity.valueChanged.connect(self._on_opacity)
        self.opacity.sliderPressed.connect(
            lambda: studio.session.begin_gesture("Change the opacity")
        )
        self.opacity.sliderReleased.connect(studio.session.end_gesture)
        self.opacity_words = label("", "caption")
        self._assemble()
        studio.stage.canvas_changed.connect(self.refresh)
        studio.stage.selection_changed.connect(self._show_selection)
        studio.thumbnails.ready.connect(self._on_picture)
        self.refresh()

    def _assemble(self) -> None:
        opacity = QHBoxLayout()
        opacity.setSpacing(theme.SPACE[1])
        opacity.addWidget(label(tr("Opacity"), "caption"))
        opacity.addWidget(self.opacity, 1)
        opacity.addWidget(self.opacity_words)
        tools = QHBoxLayout()
        tools.setSpacing(0)
        for icon, command in (
            ("chevron-up", "canvas.raise"),
            ("chevron-down", "canvas.lower"),
            ("copy", "canvas.duplicate"),
            ("freeze", "canvas.freeze"),
            ("flatten", "canvas.flatten"),
            ("trash", "canvas.remove"),
        ):
            title = self._studio.commands[command].title
            tools.addWidget(tool(icon, title, partial(self._studio.commands.run, command)))
        tools.addStretch(1)
        stack = column(gap=theme.SPACE[1], margin=theme.SPACE[1])
        stack.addWidget(label(tr("Layers"), "strong"))
        stack.addWidget(self.list, 1)
        stack.addLayout(opacity)
        stack.addLayout(tools)
        self.setLayout(stack)

    def refresh(self) -> None:
        """Show the layers as they are now."""
        canvas = self._studio.stage.canvas
        self._filling = True
        layers = list(reversed(canvas.layers)) if canvas else []
        ids = [self.list.item(row).data(_ID) for row in range(self.list.count())]
        if ids != [layer.id for layer in layers]:
            self.list.clear()
            for _layer in layers:
                self.list.addItem(QListWidgetItem())
        for row, layer in enumerate(layers):
            self._show(self.list.item(row), layer)
        self._filling = False
        self._show_selection()

    def _show(self, item: QListWidgetItem, layer: Layer) -> None:
        item.setData(_ID, layer.id)
        item.setText(layer.name)
        item.setToolTip(_kind(layer))
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if layer.visible else Qt.CheckState.Unchecked)
        picture = self._studio.thumbnails.want(layer.asset, theme.THUMBNAIL_SMALL)
        if picture is not None:
            item.setIcon(QIcon(QPixmap.fromImage(picture)))

    def _on_picture(self, asset_id: str, side: int, picture: QImage) -> None:
        canvas = self._studio.stage.canvas
        if side == theme.THUMBNAIL_SMALL and canvas:
            shown = {layer.id for layer in canvas.layers if layer.asset == asset_id}
            for row in range(self.list.count()):
                if self.list.item(row).data(_ID) in shown:
                    self._filling = True
                    self.list.item(row).setIcon(QIcon(QPixmap.fromImage(picture)))
                    self._filling = False

    def _show_selection(self) -> None:
        self._filling = True
        selection = self._studio.stage.selection
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setSelected(item.data(_ID) in selection)
        chosen = self._studio.stage.selected
        self.opacity.setEnabled(bool(chosen))
        if chosen and not self.opacity.isSliderDown():
            self.opacity.setValue(round(chosen[-1].opacity * 100))
        self.opacity_words.setText(f"{self.opacity.value()} %" if chosen else "")
        self._filling = False

    def _on_selected(self) -> None:
        if not self._filling:
            self._studio.stage.select(item.data(_ID) for item in self.list.selectedItems())

    def _on_item(self, item: QListWidgetItem) -> None:
        canvas = self._studio.stage.canvas
        layer = canvas.layer(item.data(_ID)) if canvas else None
        if self._filling or canvas is None or layer is None:
            return
        key, where = layer.id, canvas.id
        name, visible = item.text().strip(), item.checkState() == Qt.CheckState.Checked
        if name and name != layer.name:
            self._studio.session.do(lambda project: rename_layer(project, where, key, name))
        if visible != layer.visible:
            fields = {key: {"visible": visible}}
            words = "Show or hide a layer"
            self._studio.session.do(lambda project: edit_layers(project, where, fields, words))

    def _on_opacity(self, value: int) -> None:
        canvas, chosen = self._studio.stage.canvas, self._studio.stage.selection
        if not self._filling and canvas and chosen:
            where = canvas.id
            self._studio.session.do(
                lambda project: set_opacity(project, where, chosen, value / 100)
            )


def _kind(layer: Layer) -> str:
    if layer.living is None:
        return tr("A picture")
    return tr("A living layer, frozen") if layer.frozen else tr("A living layer")


def shift(studio: Studio, by: int) -> None:
    """Raise or lower the selected layer."""
    canvas, chosen = studio.stage.canvas, studio.stage.selection
    if canvas and len(chosen) == 1:
        key, place = chosen[0], _place(canvas, chosen[0]) + by
        if 0 <= place < len(canvas.layers):
            studio.session.do(lambda project: order_layer(project, canvas.id, key, place))


def _place(canvas: Canvas, layer_id: str) -> int:
    return next(at for at, layer in enumerate(canvas.layers) if layer.id == layer_id)
