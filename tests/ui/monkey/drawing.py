"""What can be done on a canvas and its timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from aigc_studio.ui.dock.dragging import PLACE_MIME
from aigc_studio.ui.editors.canvas.editor import CanvasEditor
from aigc_studio.ui.editors.canvas.filters_panel import NAMES
from aigc_studio.ui.editors.canvas.layer_row import eye_place
from aigc_studio.ui.widgets.number_field import NumberField
from tests.studio.painting_worker import CLEAR, ENDLESS
from tests.ui.monkey.deeds import deed
from tests.ui.monkey.hand import ARROWS, KEYS_ON_THE_WAY

if TYPE_CHECKING:
    from tests.ui.monkey.hand import Hand

ALT = Qt.KeyboardModifier.AltModifier
CANVAS = (
    "raise", "lower", "duplicate", "freeze", "flatten", "remove", "fit", "export", "new",
    "group", "group", "ungroup", "mask", "mask_off", "mask_inverted", "turn_right", "mirror",
    "mirror_down", "resize", "select_tool", "crop_to_region",
)  # fmt: skip
MOST_LAYERS, MOST_CANVASES, MOST_FILTERS = 12, 6, 3


def editor_of(hand: Hand) -> CanvasEditor | None:
    """The canvas that is shown; else one of the project is opened."""
    if isinstance(hand.place, CanvasEditor):
        return hand.place
    canvases = list(hand.studio.session.project.canvases)
    if canvases:
        hand.watch.note("open a canvas")
        hand.window.documents.open("canvas", hand.dice.choice(canvases))
    return hand.place if isinstance(hand.place, CanvasEditor) else None


def with_layers(hand: Hand) -> CanvasEditor | None:
    """A canvas with its panel of layers, which is opened if it is not."""
    editor = editor_of(hand)
    if editor and not editor.layers.isVisible():
        hand.watch.note("open the layers")
        editor.side.reveal()
        QApplication.processEvents()
    return editor if editor and editor.layers.isVisible() else None


def with_a_choice(hand: Hand) -> CanvasEditor | None:
    """A canvas with some layer selected, if it has any."""
    editor = editor_of(hand)
    if editor and editor.view.items_of and not hand.studio.stage.selection:
        rows = editor.layers.list
        hand.click(rows.viewport(), rows.visualItemRect(rows.item(0)).center())
    return editor


@deed(1)
def new_canvas(hand: Hand) -> None:
    """By its dialog."""
    if len(hand.studio.session.project.canvases) < MOST_CANVASES:
        hand.run("canvas.new")
        hand.type(hand.text())
        hand.press(hand.dice.choice((Qt.Key.Key_Return, Qt.Key.Key_Escape)))


@deed(14)
def drag_a_layer(hand: Hand) -> None:
    """Move, copy, or whatever lies under the pointer; now and then a key meanwhile."""
    editor = editor_of(hand)
    if editor is None or not editor.view.items_of:
        return
    item = hand.dice.choice(list(editor.view.items_of.values()))
    port = editor.view.viewport()
    start = editor.view.mapFromScene(item.pos())
    many = len(editor.view.items_of) >= MOST_LAYERS
    keys = ALT if not many and hand.dice.random() < 0.2 else hand.keys()
    then = hand.dice.choice(KEYS_ON_THE_WAY) if hand.dice.random() < 0.2 else ""
    hand.drag(port, [start, *(hand.point(port) for _ in range(3))], keys, then)


@deed(10)
def drag_a_handle(hand: Hand) -> None:
    """Scale or turn what is selected."""
    editor = with_a_choice(hand)
    grips = editor.view.select.grips if editor else None
    if editor is None or grips is None:
        return
    spot = hand.dice.choice((*grips.corners, grips.knob)).toPoint()
    port = editor.view.viewport()
    then = hand.dice.choice(KEYS_ON_THE_WAY) if hand.dice.random() < 0.2 else ""
    hand.drag(port, [spot, *(hand.point(port) for _ in range(3))], hand.keys(), then)


@deed(2)
def zoom_and_pan(hand: Hand) -> None:
    """Wheel, and Space held."""
    editor = editor_of(hand)
    if editor is None:
        return
    port = editor.view.viewport()
    hand.wheel(port, hand.point(port), hand.dice.choice((-1200, -240, 120, 240, 1200)))
    if hand.dice.random() < 0.4:
        window = hand.window.windowHandle()
        editor.view.setFocus()
        QTest.keyPress(window, Qt.Key.Key_Space)
        hand.drag(port, [hand.point(port) for _ in range(3)])
        QTest.keyRelease(window, Qt.Key.Key_Space)


@deed(4)
def arrows_on_the_canvas(hand: Hand) -> None:
    """Layers go by a pixel or by ten."""
    editor = with_a_choice(hand)
    if editor:
        editor.view.setFocus()
        for _ in range(hand.dice.randrange(1, 5)):
            hand.press(hand.dice.choice(ARROWS), hand.keys())


@deed(10)
def do_with_layers(hand: Hand) -> None:
    """Order, copies, freezing, one picture of several, removal."""
    editor = with_a_choice(hand)
    if editor is None:
        return
    names = [n for n in CANVAS if n not in ("duplicate", "new") or _has_room(hand)]
    hand.run(f"canvas.{hand.dice.choice(names)}")


@deed(7)
def use_the_list_of_layers(hand: Hand) -> None:
    """Choose, rename, tick."""
    editor = with_layers(hand)
    rows = editor.layers.list if editor else None
    if rows is None or not rows.count():
        return
    row = rows.item(hand.dice.randrange(rows.count()))
    box = rows.visualItemRect(row)
    port = rows.viewport()
    match hand.dice.randrange(3):
        case 0:
            hand.click(port, box.center(), hand.keys())
        case 1:
            hand.click(port, eye_place(box).center())
        case _:
            hand.click(port, box.center())
            hand.press(Qt.Key.Key_F2)
            hand.type(hand.text())
            hand.press(hand.dice.choice((Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab)))


@deed(6)
def opacity_and_adjusting(hand: Hand) -> None:
    """The slider, and the folded panel."""
    editor = with_layers(hand)
    if editor is None or with_a_choice(hand) is None:
        return
    if hand.dice.random() < 0.4:
        hand.click(hand.any_of(QAbstractButton, editor.adjust))
    slider = editor.layers.opacity
    then = hand.dice.choice(KEYS_ON_THE_WAY) if hand.dice.random() < 0.25 else ""
    hand.drag(slider, [hand.point(slider) for _ in range(4)], then=then)
    if hand.place is not editor:
        return  # a key on the way took us elsewhere
    field = hand.any_of(NumberField, editor.adjust)
    if field:
        hand.drag(field, [QPoint(4, field.height() // 2), hand.point(field)], then=then)


@deed(8)
def paint(hand: Hand) -> None:
    """A stroke of the brush or the eraser, on a picture or a mask; then often another tool."""
    editor = with_a_choice(hand)
    if editor is None or not _has_room(hand):
        return
    hand.run(hand.dice.choice(("canvas.brush", "canvas.brush", "canvas.eraser")))
    if editor.brush_bar.place.isVisible() and hand.dice.random() < 0.5:
        hand.click(hand.any_of(QAbstractButton, editor.brush_bar.place))
    hand.run(hand.dice.choice(("canvas.brush_larger", "canvas.brush_smaller")))
    port = editor.view.viewport()
    then = hand.dice.choice(KEYS_ON_THE_WAY) if hand.dice.random() < 0.2 else ""
    for _ in range(hand.dice.randrange(1, 4)):
        if hand.place is not editor:
            return  # a key on the way took the canvas back
        hand.drag(port, [hand.point(port) for _ in range(4)], hand.keys(), then)
    if hand.place is editor and hand.dice.random() < 0.8:
        hand.run("canvas.select_tool")


@deed(3)
def choose_a_rectangle(hand: Hand) -> None:
    """With the pointer and the arrows."""
    editor = editor_of(hand)
    if editor is None:
        return
    hand.run("canvas.region")
    port = editor.view.viewport()
    hand.drag(port, [hand.point(port) for _ in range(3)], hand.keys())
    editor.view.setFocus()
    hand.press(hand.dice.choice((*ARROWS, Qt.Key.Key_Escape)), hand.keys())
    if hand.place is editor:
        hand.run("canvas.select_tool")


@deed(6, settles=True)
def repaint_a_rectangle(hand: Hand) -> None:
    """Say what is to be seen there, paint it; again, or given up while it comes."""
    editor = editor_of(hand)
    if editor is None or not _has_room(hand):
        return
    hand.run("canvas.region")
    port, repainting = editor.view.viewport(), hand.studio.repainting
    if hand.studio.stage.region is None or hand.dice.random() < 0.5:
        hand.drag(port, [hand.point(port) for _ in range(2)])
    bar = editor.repaint_bar
    if not bar.controls.isVisible() or repainting.busy:
        return
    said = hand.dice.choice(("red fox", CLEAR, CLEAR, ENDLESS, hand.text()))
    hand.click(bar.words)
    hand.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hand.type(said)
    hand.drag(bar.feather, [QPoint(4, bar.feather.height() // 2), hand.point(bar.feather)])
    hand.click(bar.again if bar.again.isVisible() and hand.dice.random() < 0.5 else bar.ok)
    if ENDLESS in repainting.wish.words or hand.dice.random() < 0.2:
        hand.press(Qt.Key.Key_Escape)
        hand.watch.note("give the repainting up")
        repainting.cancel()  # the key went elsewhere where the window had other things to do
        # Another deed may press the button again, and would wait for this without end.
        repainting.change(words="")
    elif hand.dice.random() < 0.7:
        hand.run("canvas.select_tool")


@deed(6)
def filters_and_blending(hand: Hand) -> None:
    """Add a filter, drag its numbers, switch, reorder, remove; another blend mode."""
    editor = with_layers(hand)
    if editor is None or with_a_choice(hand) is None:
        return
    panel, blend = editor.panel.filters, editor.layers.blend
    if blend.isEnabled() and hand.dice.random() < 0.4:
        hand.watch.note("another blend mode")
        blend.setCurrentIndex(hand.dice.randrange(blend.count()))
        blend.activated.emit(blend.currentIndex())
    if not panel.inside.isVisible():
        hand.click(panel.heading)
    if panel.add.isEnabled() and len(panel.cards) < MOST_FILTERS:
        hand.watch.note("add a filter")
        panel.put_filter(hand.dice.choice(list(NAMES)))
    QApplication.processEvents()
    field = hand.any_of(NumberField, panel)
    if field:
        hand.drag(field, [QPoint(4, field.height() // 2), hand.point(field)])
    if hand.place is editor and hand.dice.random() < 0.5 and panel.cards:
        hand.click(hand.any_of(QAbstractButton, hand.dice.choice(panel.cards)))


@deed(5)
def drop_on_the_canvas(hand: Hand) -> None:
    """A picture of the library, the dock's picture, or something strange."""
    editor = editor_of(hand)
    assets = list(hand.studio.session.project.assets.values())
    if editor is None or not _has_room(hand):
        return
    mime = QMimeData()
    if hand.dice.random() < 0.4:
        mime.setData(PLACE_MIME, b"1")
    elif assets and hand.dice.random() < 0.8:
        mime.setUrls([QUrl.fromLocalFile(f"/somewhere/{hand.dice.choice(assets).file_name}")])
    else:
        mime.setText(hand.text())
    port = editor.view.viewport()
    hand.drop(port, mime, hand.point(port))


@deed(2)
def fewer(hand: Hand) -> None:
    """Take canvases and layers away when there are many."""
    editor = editor_of(hand)
    canvas = hand.studio.stage.canvas
    if editor and canvas and len(canvas.layers) > MOST_LAYERS // 2:
        editor.layers.list.setFocus()
        hand.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        hand.run("canvas.remove")


def _has_room(hand: Hand) -> bool:
    canvas = hand.studio.stage.canvas
    few = len(hand.studio.session.project.canvases) < MOST_CANVASES
    return few and (canvas is None or len(canvas.layers) < MOST_LAYERS)
