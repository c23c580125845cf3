"""The layers of a canvas: order, opacity, visibility, and what can be done with them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListWidgetItem, QSlider, QWidget

from aigc_studio.document.canvas import Layer
from aigc_studio.document.canvas_edits import order_layers
from aigc_studio.document.layer_edits import rename_layer, set_blend, set_opacity, set_visible
from aigc_studio.document.stacking import layers_in, tree
from aigc_studio.ui import theme
from aigc_studio.ui.editors.canvas.layer_list import LayerList
from aigc_studio.ui.editors.canvas.layer_row import DEPTH, FOLD, ID, MARK, MASK, NOTE, mark_of
from aigc_studio.ui.editors.timeline.key_button import KeyButton
from aigc_studio.ui.keys import with_keys
from aigc_studio.ui.one_step import OneStep
from aigc_studio.ui.translate import later, tr
from aigc_studio.ui.widgets.basics import column, label, tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QMimeData

    from aigc_studio.document.canvas import Canvas, Group
    from aigc_studio.document.stacking import Node
    from aigc_studio.studio.studio import Studio

_TOOLS = (
    ("chevron-up", "canvas.raise"),
    ("chevron-down", "canvas.lower"),
    ("copy", "canvas.duplicate"),
    ("group", "canvas.group"),
    ("mask", "canvas.mask"),
    ("freeze", "canvas.freeze"),
    ("flatten", "canvas.flatten"),
    ("trash", "canvas.remove"),
)
_BLENDS = {
    "normal": later("Normal"),
    "multiply": later("Multiply"),
    "screen": later("Screen"),
    "overlay": later("Overlay"),
    "darken": later("Darken"),
    "lighten": later("Lighten"),
}


class LayersPanel(QWidget):
    """The highest layer first; the eye shows a layer, F2 renames it, a drag reorders.

    Groups stand above what is in them; dragged among its layers, a layer comes into a group.
    """

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self._filling = False
        self._told: dict[str, tuple[object, ...]] = {}  # what is shown, by layer or group
        self._folded: set[str] = set()
        self.list = LayerList(self._mime)
        self.list.folded.connect(self._on_folded)
        self.list.setAccessibleName(tr("Layers"))
        self.list.itemSelectionChanged.connect(self._on_selected)
        self.list.itemChanged.connect(self._on_item)
        self.list.typed.connect(self._show_all)
        self.list.moved.connect(self._on_moved)
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(0, 100)
        self.opacity.setAccessibleName(tr("Opacity"))
        self.opacity.valueChanged.connect(self._on_opacity)
        began, ended = self.opacity.sliderPressed, self.opacity.sliderReleased
        OneStep(self.opacity, studio.session, "Change the opacity", began, ended)
        self.opacity_words = label("", "caption")
        self.blend = QComboBox()
        self.blend.setAccessibleName(tr("Blend mode"))
        for key, words in _BLENDS.items():
            self.blend.addItem(tr(words), key)
        self.blend.activated.connect(self._on_blend)
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
        blend = QHBoxLayout()
        blend.setSpacing(theme.SPACE[1])
        blend.addWidget(label(tr("Blend"), "caption"))
        blend.addWidget(self.blend, 1)
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
        foot.addLayout(blend)
        foot.addLayout(opacity)
        foot.addLayout(tools)
        stack = column(gap=0)
        stack.addWidget(self.list, 1)
        stack.addLayout(foot)
        self.setLayout(stack)

    def refresh(self) -> None:
        """Show the layers as they are now."""
        if not self.list.is_typed:
            self._show_rows()
        self._show_selection()

    def _show_all(self) -> None:
        self._told.clear()  # pictures that came meanwhile were not shown
        self.refresh()

    def _show_rows(self) -> None:
        canvas = self._studio.head.seen
        self._filling = True
        rows = list(self._rows(tree(canvas))) if canvas else []
        if self.list.ids() != [member.id for member, _ in rows]:
            self.list.clear()
            self._told.clear()
            for _row in rows:
                self.list.addItem(QListWidgetItem())
        for row, (member, depth) in enumerate(rows):
            self._show(self.list.item(row), member, depth)
        self._filling = False

    def _rows(self, nodes: tuple[Node, ...], depth: int = 0) -> Iterator[tuple[Group | Layer, int]]:
        for node in reversed(nodes):
            if isinstance(node, Layer):
                yield node, depth
                continue
            yield node.group, depth
            if node.group.id not in self._folded:
                yield from self._rows(node.members, depth + 1)

    def _show(self, item: QListWidgetItem, member: Group | Layer, depth: int) -> None:
        project = self._studio.session.project
        living = member.living if isinstance(member, Layer) else None
        told = (member.name, member.visible, depth, member.id in self._folded, _note(member))
        mark, words = mark_of(member, model_there=living is None or living.model in project.models)
        asset = member.asset if isinstance(member, Layer) else ""
        mask = member.mask.asset if member.mask else None
        if self._told.get(member.id) == (*told, mark, words, asset, mask):
            return  # at every frame of a film most is as it was
        self._told[member.id] = (*told, mark, words, asset, mask)
        fold = "" if isinstance(member, Layer) else "open"
        item.setData(ID, member.id)
        item.setData(MARK, mark)
        item.setData(NOTE, _note(member))
        item.setData(DEPTH, depth)
        item.setData(FOLD, "folded" if member.id in self._folded else fold)
        item.setText(member.name)
        item.setToolTip(f"{member.name}\n{words}")
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, words)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if member.visible else Qt.CheckState.Unchecked)
        if isinstance(member, Layer):
            self._dress(item, Qt.ItemDataRole.DecorationRole, member.asset)
        if member.mask is None:
            item.setData(MASK, None)
        else:
            self._dress(item, MASK, member.mask.asset)

    def _dress(self, item: QListWidgetItem, role: int, asset: str) -> None:
        picture = self._studio.thumbnails.want(asset, theme.THUMBNAIL_SMALL)
        if picture is not None:
            item.setData(role, QIcon(QPixmap.fromImage(picture)))
        elif item.data(role) is None:
            item.setData(role, QIcon())

    def _on_picture(self, asset_id: str, side: int, picture: QImage) -> None:
        canvas = self._studio.stage.canvas
        if side == theme.THUMBNAIL_SMALL and canvas and not self.list.is_typed:
            shown = {layer.id for layer in canvas.layers if layer.asset == asset_id}
            masks = {m.id for m in canvas.members if m.mask and m.mask.asset == asset_id}
            icon = QIcon(QPixmap.fromImage(picture))
            self._filling = True
            for row, key in enumerate(self.list.ids()):
                if key in shown:
                    self.list.item(row).setIcon(icon)
                if key in masks:
                    self.list.item(row).setData(MASK, icon)
            self._filling = False

    def _show_selection(self) -> None:
        self._filling = True
        selection = self._studio.stage.selection
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setSelected(item.data(ID) in selection)
        chosen = self._studio.stage.members
        self.opacity.setEnabled(bool(chosen))
        self.blend.setEnabled(bool(chosen))
        for command, button in self.tools.items():
            button.setEnabled(self._studio.commands[command].enabled())
        if chosen and not self.opacity.isSliderDown():
            last = chosen[-1]
            seen = self._studio.head.seen_layer(last) if isinstance(last, Layer) else last
            self.opacity.setValue(round(seen.opacity * 100))
        self.blend.setCurrentIndex(self.blend.findData(chosen[-1].blend if chosen else "normal"))
        self.opacity_words.setText(f"{self.opacity.value()} %" if chosen else "")
        self._filling = False

    def _on_selected(self) -> None:
        if not self._filling:
            self._studio.stage.select(item.data(ID) for item in self.list.selectedItems())

    def _on_item(self, item: QListWidgetItem) -> None:
        canvas = self._studio.head.seen
        key = item.data(ID)
        layer = (canvas.layer(key) or canvas.group(key)) if canvas else None
        if self._filling or canvas is None or layer is None:
            return
        key, where = layer.id, canvas.id
        self._told.pop(key, None)
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

    def _on_folded(self, group_id: str) -> None:
        self._folded ^= {group_id}
        self.refresh()

    def _on_moved(self, row: int) -> None:
        canvas, chosen = self._studio.stage.canvas, self._studio.stage.selection
        if canvas and chosen:
            where = canvas.id
            index, parent = self._gap(canvas, set(self._studio.stage.touched), row)
            self._studio.session.do(
                lambda project: order_layers(project, where, chosen, index, parent)
            )

    def _gap(self, canvas: Canvas, moved: set[str], row: int) -> tuple[int, str | None]:
        """How many other layers lie below a gap between two rows, and the group it is in."""
        ids = self.list.ids()
        rest = [layer.id for layer in canvas.layers if layer.id not in moved]
        above = canvas.group(ids[row - 1]) if 0 < row <= len(ids) else None
        opened = above is not None and above.id not in self._folded
        for key in ids[row:]:
            own = [layer.id for layer in layers_in(canvas, (key,)) if layer.id not in moved]
            if own:
                member = canvas.layer(key) or canvas.group(key)
                parent = above.id if above and opened else member.parent if member else None
                return rest.index(own[-1]) + 1, parent
        return 0, None

    def _mime(self) -> QMimeData | None:
        canvas, chosen = self._studio.stage.canvas, self._studio.stage.members
        if canvas is None or not chosen:
            return None
        ids = [member.id for member in chosen]
        return self._studio.picture_out.drag(canvas, ids, chosen[-1].name)

    def _on_blend(self) -> None:
        canvas, chosen = self._studio.stage.canvas, self._studio.stage.selection
        blend = self.blend.currentData()
        if not self._filling and canvas and chosen:
            where = canvas.id
            self._studio.session.do(lambda project: set_blend(project, where, chosen, blend))

    def _on_opacity(self, value: int) -> None:
        canvas, chosen = self._studio.stage.canvas, self._studio.stage.selection
        if not self._filling and canvas and chosen:
            where = canvas.id
            self._studio.session.do(
                lambda project: set_opacity(project, where, chosen, value / 100)
            )


def _note(member: Group | Layer) -> str:
    """What is not as usual: the blend mode, the opacity, filters."""
    told = [] if member.blend == "normal" else [tr(_BLENDS[member.blend])]
    told += [] if member.opacity == 1 else [f"{member.opacity * 100:.0f} %"]
    if isinstance(member, Layer) and member.filters:
        told.append(tr("Filters: {count}", count=len(member.filters)))
    return " · ".join(told)


def shift(studio: Studio, by: int) -> None:
    """Raise or lower the selected layers and groups by one layer."""
    canvas, chosen = studio.stage.canvas, studio.stage.selection
    if canvas and chosen:
        moved = set(studio.stage.touched)
        ids = [layer.id for layer in canvas.layers]
        first = next(at for at, each in enumerate(ids) if each in moved)
        below = sum(each not in moved for each in ids[:first])
        place, where = below + by, canvas.id
        if 0 <= place <= len(ids) - len(moved):
            studio.session.do(lambda project: order_layers(project, where, chosen, place))
