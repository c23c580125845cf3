"""The layers of a canvas: order, opacity, visibility, and what can be done with them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QListWidgetItem, QSlider, QWidget

from aigc_studio.document.canvas_edits import order_layers
from aigc_studio.document.layer_edits import rename_layer, set_opacity, set_visible
from aigc_studio.ui import theme
from aigc_studio.ui.editors.canvas.layer_list import LayerList
from aigc_studio.ui.editors.canvas.layer_row import ID, MARK, NOTE, mark_of
from aigc_studio.ui.editors.timeline.key_button import KeyButton
from aigc_studio.ui.keys import with_keys
from aigc_studio.ui.one_step import OneStep
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import column, label, tool

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from aigc_studio.document.canvas import Layer
    from aigc_studio.studio.studio import Studio

_TOOLS = (
    ("chevron-up", "canvas.raise"),
    ("chevron-down", "canvas.lower"),
    ("copy", "canvas.duplicate"),
    ("freeze", "canvas.freeze"),
    ("flatten", "canvas.flatten"),
    ("trash", "canvas.remove"),
)


class LayersPanel(QWidget):
    """The highest layer first; the eye shows a layer, F2 renames it, a drag reorders."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self._filling = False
        self.list = LayerList(self._mime)
        self.list.setAccessibleName(tr("Layers"))
        self.list.itemSelectionChanged.connect(self._on_selected)
        self.list.itemChanged.connect(self._on_item)
        self.list.moved.connect(self._on_moved)
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(0, 100)
        self.opacity.setAccessibleName(tr("Opacity"))
        self.opacity.valueChanged.connect(self._on_opacity)
        began, ended = self.opacity.sliderPressed, self.opacity.sliderReleased
        OneStep(self.opacity, studio.session, "Change the opacity", began, ended)
        self.opacity_words = label("", "caption")
        self._assemble()
        studio.head.posed.connect(self.refresh)
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
        opacity.addWidget(KeyButton(self._studio, "opacity"))
        tools = QHBoxLayout()
        tools.setSpacing(0)
        commands = self._studio.commands
        self.tools = {}
        for icon, command in _TOOLS:
            tip = with_keys(commands[command].title, commands, command)
            self.tools[command] = tool(icon, tip, partial(commands.run, command))
            tools.addWidget(self.tools[command])
        tools.addStretch(1)
        foot = column(gap=theme.SPACE[1], margin=theme.SPACE[1])
        foot.addLayout(opacity)
        foot.addLayout(tools)
        stack = column(gap=0)
        stack.addWidget(self.list, 1)
        stack.addLayout(foot)
        self.setLayout(stack)

    def refresh(self) -> None:
        """Show the layers as they are now."""
        canvas = self._studio.head.seen
        self._filling = True
        layers = list(reversed(canvas.layers)) if canvas else []
        if self.list.ids() != [layer.id for layer in layers]:
            self.list.clear()
            for _layer in layers:
                self.list.addItem(QListWidgetItem())
        for row, layer in enumerate(layers):
            self._show(self.list.item(row), layer)
        self._filling = False
        self._show_selection()

    def _show(self, item: QListWidgetItem, layer: Layer) -> None:
        project = self._studio.session.project
        living = layer.living
        mark, words = mark_of(layer, model_there=living is None or living.model in project.models)
        item.setData(ID, layer.id)
        item.setData(MARK, mark)
        item.setData(NOTE, "" if layer.opacity == 1 else f"{layer.opacity * 100:.0f} %")
        item.setText(layer.name)
        item.setToolTip(f"{layer.name}\n{words}")
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, words)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if layer.visible else Qt.CheckState.Unchecked)
        picture = self._studio.thumbnails.want(layer.asset, theme.THUMBNAIL_SMALL)
        if picture is not None:
            item.setIcon(QIcon(QPixmap.fromImage(picture)))

    def _on_picture(self, asset_id: str, side: int, picture: QImage) -> None:
        canvas = self._studio.stage.canvas
        if side == theme.THUMBNAIL_SMALL and canvas:
            shown = {layer.id for layer in canvas.layers if layer.asset == asset_id}
            self._filling = True
            for row, layer_id in enumerate(self.list.ids()):
                if layer_id in shown:
                    self.list.item(row).setIcon(QIcon(QPixmap.fromImage(picture)))
            self._filling = False

    def _show_selection(self) -> None:
        self._filling = True
        selection = self._studio.stage.selection
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setSelected(item.data(ID) in selection)
        chosen = self._studio.stage.selected
        self.opacity.setEnabled(bool(chosen))
        for command, button in self.tools.items():
            button.setEnabled(self._studio.commands[command].enabled())
        if chosen and not self.opacity.isSliderDown():
            seen = self._studio.head.seen_layer(chosen[-1])
            self.opacity.setValue(round(seen.opacity * 100))
        self.opacity_words.setText(f"{self.opacity.value()} %" if chosen else "")
        self._filling = False

    def _on_selected(self) -> None:
        if not self._filling:
            self._studio.stage.select(item.data(ID) for item in self.list.selectedItems())

    def _on_item(self, item: QListWidgetItem) -> None:
        canvas = self._studio.head.seen
        layer = canvas.layer(item.data(ID)) if canvas else None
        if self._filling or canvas is None or layer is None:
            return
        key, where = layer.id, canvas.id
        name, visible = item.text().strip(), item.checkState() == Qt.CheckState.Checked
        if name and name != layer.name:
            self._studio.session.do(lambda project: rename_layer(project, where, key, name))
        if visible != layer.visible:
            self._show_or_hide(key, visible)

    def _show_or_hide(self, layer_id: str, visible: bool) -> None:
        canvas, chosen = self._studio.stage.canvas, self._studio.stage.selection
        meant = chosen if layer_id in chosen else (layer_id,)
        if canvas:
            where = canvas.id
            self._studio.session.do(
                lambda project: set_visible(project, where, meant, visible=visible)
            )

    def _on_moved(self, row: int) -> None:
        canvas, chosen = self._studio.stage.canvas, self._studio.stage.selection
        if canvas and chosen:
            below = [each for each in self.list.ids()[row:] if each not in chosen]
            where = canvas.id
            self._studio.session.do(
                lambda project: order_layers(project, where, chosen, len(below))
            )

    def _mime(self) -> QMimeData | None:
        canvas, chosen = self._studio.stage.canvas, self._studio.stage.selected
        if canvas is None or not chosen:
            return None
        ids = [layer.id for layer in chosen]
        return self._studio.picture_out.drag(canvas, ids, chosen[-1].name)

    def _on_opacity(self, value: int) -> None:
        canvas, chosen = self._studio.stage.canvas, self._studio.stage.selection
        if not self._filling and canvas and chosen:
            where = canvas.id
            self._studio.session.do(
                lambda project: set_opacity(project, where, chosen, value / 100)
            )


def shift(studio: Studio, by: int) -> None:
    """Raise or lower the selected layers by one."""
    canvas, chosen = studio.stage.canvas, studio.stage.selection
    if canvas and chosen:
        ids = [layer.id for layer in canvas.layers]
        first = next(at for at, each in enumerate(ids) if each in chosen)
        below = sum(each not in chosen for each in ids[:first])
        place, where = below + by, canvas.id
        if 0 <= place <= len(ids) - len(chosen):
            studio.session.do(lambda project: order_layers(project, where, chosen, place))
