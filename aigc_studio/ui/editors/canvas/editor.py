"""The canvas document: layers at the left, the canvas, trail and timeline below it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QMenu

from aigc_studio.studio.commands import Command
from aigc_studio.ui import theme
from aigc_studio.ui.dock.trail import TrailStrip
from aigc_studio.ui.editors.canvas.brush_bar import BrushBar
from aigc_studio.ui.editors.canvas.commands import canvas_commands
from aigc_studio.ui.editors.canvas.crop_bar import CropBar
from aigc_studio.ui.editors.canvas.export_dialog import shown
from aigc_studio.ui.editors.canvas.incoming import Incoming
from aigc_studio.ui.editors.canvas.repaint_bar import RepaintBar
from aigc_studio.ui.editors.canvas.resize_dialog import ResizeDialog
from aigc_studio.ui.editors.canvas.side_panel import SidePanel
from aigc_studio.ui.editors.canvas.view import CanvasView
from aigc_studio.ui.editors.timeline.commands import timeline_commands
from aigc_studio.ui.editors.timeline.panel import TimelinePanel
from aigc_studio.ui.keys import Keys, with_keys
from aigc_studio.ui.menus import fill
from aigc_studio.ui.part import Part
from aigc_studio.ui.prompts import Proposal
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import column, frame, label, rule, tool
from aigc_studio.ui.widgets.drag_button import DragButton
from aigc_studio.ui.widgets.empty_place import EmptyPlace
from aigc_studio.ui.widgets.side import Side

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QMimeData

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.editors.canvas.tool import Tool

_CLOSER = 1.25
_MENU = (
    "canvas.cut", "canvas.copy", "canvas.paste", "",
    "canvas.raise", "canvas.lower", "canvas.duplicate", "",
    "canvas.group", "canvas.ungroup", "canvas.mask", "canvas.mask_off", "canvas.mask_inverted", "",
    "canvas.crop", "canvas.show", "canvas.freeze", "canvas.flatten", "canvas.tile", "",
    "canvas.remove",
)  # fmt: skip


class CanvasEditor(Part):
    """One canvas; what it does acts on the stage."""

    def __init__(self, studio: Studio, canvas_id: str) -> None:
        super().__init__(studio)
        self._canvas_id = canvas_id
        studio.stage.work_on(canvas_id)
        studio.commands.add(*canvas_commands(studio), *timeline_commands(studio))
        studio.commands.add(*self._commands())
        self.incoming = Incoming(studio, canvas_id)
        self.view = CanvasView(studio, canvas_id)
        self.view.incoming = self.incoming
        self.crop_bar = CropBar(self.view.crop)
        self.brush_bar = BrushBar(studio, self.view.brush)
        self.repaint_bar = RepaintBar(studio)
        self.trail = TrailStrip(studio)
        self.timeline = TimelinePanel(studio)
        self.zoom = label("", "caption")
        self.panel = SidePanel(studio, self.view)
        self.layers, self.adjust = self.panel.layers, self.panel.adjust
        self.side = self._side()
        self.empty = self._empty()
        self._assemble()
        Keys(studio.commands, "canvas", self)
        Keys(studio.commands, "dock", self)
        self._connect()
        self._prompt()
        self.view.fit()
        self._show_empty()

    def _prompt(self) -> None:
        loop = self.timeline.bar.buttons["timeline.loop"]
        Proposal("star", self.trail, self.trail.starred)
        Proposal("loop", loop, loop.clicked)

    def _assemble(self) -> None:
        over = QGridLayout(self.view)
        over.setContentsMargins(*(theme.SPACE[2],) * 4)
        over.addWidget(self.empty, 0, 0, Qt.AlignmentFlag.AlignCenter)
        low = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter
        over.addWidget(self.crop_bar, 0, 0, low)
        over.addWidget(self.brush_bar, 0, 0, low)
        over.addWidget(self.repaint_bar, 0, 0, low)
        middle = column(gap=0)
        middle.addWidget(self._bar())
        middle.addWidget(self.view, 1)
        middle.addWidget(self.trail)
        middle.addWidget(self.timeline)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addWidget(rule(vertical=True))
        row.addLayout(middle, 1)

    def _connect(self) -> None:
        studio = self.studio
        self.view.zoomed.connect(lambda scale: self.zoom.setText(f"{scale * 100:.0f} %"))
        self.view.menu_wanted.connect(self._menu)
        self.view.crop.ended.connect(self._on_crop_ended)
        self.view.tool_changed.connect(self._on_tool)
        studio.stage.region_changed.connect(self._show_repaint)
        studio.repainting.changed.connect(self._show_repaint)
        studio.repainting.done.connect(self._on_laid)
        studio.stage.canvas_changed.connect(self._show_empty)
        studio.pasting.laid.connect(self._on_laid)
        studio.flattening.done.connect(self._on_laid)
        studio.tiling.done.connect(self._on_laid)
        studio.picture_out.copied.connect(self._on_copied)

    def _commands(self) -> list[Command]:
        """What the page that is shown does; it is the last to add them, see `came`."""
        stage, painting = self.studio.stage, self.studio.painting

        def there() -> bool:
            return stage.canvas is not None

        def one() -> bool:
            return there() and len(stage.selected) == len(stage.selection) <= 1

        export = shown(self.studio, self.window())
        return [
            Command(
                "canvas.export", tr("Export..."), export, ("Ctrl+E",), enabled=there, icon="export"
            ),
            Command(
                "canvas.paste", tr("Paste"), self._paste, ("Ctrl+V",), "canvas", there, icon="paste"
            ),
            Command("canvas.crop", tr("Crop"), self._crop, ("C",), "canvas", one, icon="crop"),
            Command(
                "canvas.select_tool",
                tr("Select and move"),
                self._select,
                ("V",),
                "canvas",
                there,
                icon="pointer",
            ),
            Command(
                "canvas.brush",
                tr("Brush"),
                lambda: self._brush(erases=False),
                ("B",),
                "canvas",
                there,
                icon="brush",
            ),
            Command(
                "canvas.eraser",
                tr("Eraser"),
                lambda: self._brush(erases=True),
                ("E",),
                "canvas",
                there,
                icon="eraser",
            ),
            Command(
                "canvas.region",
                tr("Select a rectangle"),
                self._region,
                ("M",),
                "canvas",
                there,
                icon="region",
            ),
            Command(
                "canvas.brush_smaller",
                tr("Smaller brush"),
                lambda: painting.grow(-1),
                ("[",),
                "canvas",
                there,
            ),
            Command(
                "canvas.brush_larger",
                tr("Larger brush"),
                lambda: painting.grow(1),
                ("]",),
                "canvas",
                there,
            ),
            Command(
                "canvas.resize", tr("Size of the canvas..."), self._resize, (), "canvas", there
            ),
            Command(
                "canvas.fit", tr("See all of it"), self._fit, ("0",), "canvas", icon="zoom-fit"
            ),
            Command(
                "canvas.pixels", tr("One to one"), lambda: self.view.zoom_to(1.0), ("1",), "canvas"
            ),
        ]

    def _side(self) -> Side:
        width = theme.px(theme.SIDE_WIDTH)
        return Side(self, self.panel, "layers", tr("Layers"), widths=(width, width))

    def _empty(self) -> QFrame:
        place = EmptyPlace(
            "canvas",
            tr(
                "Nothing lies on this canvas yet. Place what the dock plays, or drop pictures here."
            ),
            (tr("Place the dock's picture"), lambda: self.studio.commands.run("play.place")),
            (tr("Choose from the library"), lambda: self.place_wanted.emit("library")),
        )
        stack = column(margin=theme.SPACE[3])
        stack.addWidget(place)
        return frame("raised", stack)

    def _show_empty(self) -> None:
        canvas = self.view.canvas
        self.empty.setVisible(canvas is not None and not canvas.layers)

    def _bar(self) -> QFrame:
        commands = self.studio.commands
        row = QHBoxLayout()
        row.setContentsMargins(theme.SPACE[1], 0, theme.SPACE[1], 0)
        row.setSpacing(theme.SPACE[0])
        self.side_button = tool("sidebar", tr("Layers"), self.side.toggle)
        self.side.folded.connect(lambda rail: self.side_button.setVisible(not rail))
        row.addWidget(self.side_button)
        self.tools = {}
        for key, icon, words in (
            ("select_tool", "pointer", tr("Select and move")),
            ("region", "region", tr("Select a rectangle")),
            ("brush", "brush", tr("Brush")),
            ("eraser", "eraser", tr("Eraser")),
        ):
            command = f"canvas.{key}"
            held = tool(icon, with_keys(words, commands, command), partial(commands.run, command))
            held.setCheckable(True)
            self.tools[key] = held
            row.addWidget(held)
        tip = with_keys(tr("Crop"), commands, "canvas.crop")
        self.crop_button = tool("crop", tip, lambda: commands.run("canvas.crop"))
        self.crop_button.setCheckable(True)
        row.addWidget(self.crop_button)
        self._on_tool()
        row.addStretch(1)
        row.addWidget(tool("minus", tr("Go back"), lambda: self.view.zoom(1 / _CLOSER)))
        row.addWidget(self.zoom)
        row.addWidget(tool("plus", tr("Come closer"), lambda: self.view.zoom(_CLOSER)))
        tip = with_keys(tr("See all of it"), commands, "canvas.fit")
        row.addWidget(tool("zoom-fit", tip, self._fit))
        tip = with_keys(tr("Export..."), commands, "canvas.export")
        tip += "\n" + tr("Drag it into another program to put the picture there.")
        self.export_button = DragButton("export", tip, self._mime)
        self.export_button.clicked.connect(lambda: commands.run("canvas.export"))
        row.addWidget(self.export_button)
        made = frame("bar", row)
        made.setFixedHeight(theme.px(theme.TOOLBAR))
        return made

    def came(self) -> None:
        """This canvas is worked on now."""
        self.studio.commands.add(*self._commands())
        self.studio.stage.work_on(self._canvas_id)
        self.view.setFocus()

    def take_files(self, paths: list[Path], collection: str = "") -> bool:
        """Files that were dropped on the window come into the library and onto the canvas."""
        if not self.studio.session.is_open or collection or self.view.canvas is None:
            return False
        self.studio.pasting.bring(self._canvas_id, paths)
        return True

    # Deeds

    def _fit(self) -> None:
        self.view.fit()

    def _crop(self) -> None:
        """Begin to crop the selected layer or the canvas; once more gives up."""
        view = self.view
        if view.tool is view.crop:
            view.crop.give_up()
            return
        view.use(view.crop)
        view.crop.begin(next(iter(self.studio.stage.selection), ""))
        self.crop_bar.begin()
        if not view.crop.layer_id:  # or the bar would hide the lower edge
            view.keep_clear(self.crop_bar.sizeHint().height() + 2 * theme.SPACE[2])
        self.crop_button.setChecked(True)
        view.setFocus()

    def _select(self) -> None:
        self._take(self.view.select)

    def _region(self) -> None:
        self._take(self.view.region)

    def _brush(self, *, erases: bool) -> None:
        self.view.brush.erases = erases
        self._take(self.view.brush)

    def _take(self, wanted: Tool) -> None:
        """Take a tool in hand."""
        if self.view.tool is self.view.crop:
            self.view.crop.give_up()
        self.view.use(wanted)
        self._on_tool()
        self.view.setFocus()

    def _on_tool(self) -> None:
        view = self.view
        held = {
            "select_tool": view.tool is view.select,
            "region": view.tool is view.region,
            "brush": view.tool is view.brush and not view.brush.erases,
            "eraser": view.tool is view.brush and view.brush.erases,
        }
        for key, made in self.tools.items():
            made.setChecked(held[key])
        self.brush_bar.refresh()
        paints = view.tool is view.brush
        self.brush_bar.setVisible(paints)
        self._show_repaint()

    def _show_repaint(self) -> None:
        """The bar of a selected rectangle; its room is kept before one is drawn."""
        view, studio = self.view, self.studio
        here = studio.stage.canvas is not None and studio.stage.canvas.id == self._canvas_id
        wanted = here and (studio.stage.region is not None or studio.repainting.busy)
        paints, crops = view.tool is view.brush, view.tool is view.crop
        shown = wanted and not paints and not crops
        keeps = shown or view.tool is view.region
        if keeps:  # only then a model is looked for
            self.repaint_bar.refresh()
        self.repaint_bar.setVisible(shown)
        if crops:
            return
        bar = self.brush_bar if paints else self.repaint_bar
        room = bar.sizeHint().height() + 2 * theme.SPACE[2]  # or it would hide the lower edge
        view.keep_clear(room if paints or keeps else 0)

    def _resize(self) -> None:
        canvas = self.studio.stage.canvas
        if canvas is not None:
            dialog = ResizeDialog(self.studio, canvas, self.window())
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _on_crop_ended(self) -> None:
        self.crop_button.setChecked(False)
        self._show_repaint()
        self.view.setFocus()

    def _paste(self) -> None:
        mime = QGuiApplication.clipboard().mimeData()
        if mime is None or not self.incoming.take(mime):
            self.told.emit(tr("There is no picture in the clipboard. Copy one, then paste again."))

    def _on_copied(self, mime: QMimeData) -> None:
        if self.isVisible():
            QGuiApplication.clipboard().setMimeData(mime)

    def _on_laid(self, layer_ids: tuple[str, ...]) -> None:
        canvas = self.view.canvas
        if canvas and all(canvas.layer(each) for each in layer_ids):
            self.studio.stage.select(layer_ids)

    def _mime(self) -> QMimeData | None:
        canvas = self.view.canvas
        return self.studio.picture_out.drag(canvas, (), canvas.name) if canvas else None

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill(menu, self.studio.commands, _MENU)
        menu.popup(at)
