"""What can be done on a canvas and its timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from aigc_studio.ui.dock.dragging import PLACE_MIME
from aigc_studio.ui.editors.canvas.editor import CanvasEditor
from aigc_studio.ui.editors.canvas.grips import Grips
from tests.ui.monkey.deeds import deed
from tests.ui.monkey.playing import ARROWS, KEYS_ON_THE_WAY

if TYPE_CHECKING:
    from tests.ui.monkey.hand import Hand

ALT = Qt.KeyboardModifier.AltModifier
CANVAS = ("raise", "lower", "duplicate", "freeze", "flatten", "remove", "fit", "export", "new")
TIMELINE = ("play", "key", "record", "auto_key", "loop")
MOST_LAYERS, MOST_CANVASES = 12, 6


def editor_of(hand: Hand) -> CanvasEditor | None:
    """The canvas that is shown; else one of the project is opened."""
    if isinstance(hand.place, CanvasEditor):
        return hand.place
    canvases = list(hand.studio.session.project.canvases)
    if canvases:
        hand.watch.note("open a canvas")
        hand.window.documents.open("canvas", hand.dice.choice(canvases))
    return hand.place if isinstance(hand.place, CanvasEditor) else None


@deed(1)
def new_canvas(hand: Hand) -> None:
    """By its dialog."""
    if len(hand.studio.session.project.canvases) < MOST_CANVASES:
        hand.run("canvas.new")
        hand.type(hand.text())
        hand.press(hand.dice.choice((Qt.Key.Key_Return, Qt.Key.Key_Escape)))


@deed(10)
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


@deed(6)
def drag_a_handle(hand: Hand) -> None:
    """Scale or turn what is selected."""
    editor = editor_of(hand)
    selection = hand.studio.stage.selection
    if editor is None or len(selection) != 1:
        return
    grips = Grips.of(editor.view.items_of[selection[0]], editor.view)
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


@deed(3)
def arrows_on_the_canvas(hand: Hand) -> None:
    """Layers go by a pixel or by ten."""
    editor = editor_of(hand)
    if editor:
        editor.view.setFocus()
        for _ in range(hand.dice.randrange(1, 5)):
            hand.press(hand.dice.choice(ARROWS), hand.keys())


@deed(6)
def do_with_layers(hand: Hand) -> None:
    """Order, copies, freezing, one picture of several, removal."""
    editor = editor_of(hand)
    if editor is None:
        return
    names = [n for n in CANVAS if n not in ("duplicate", "new") or _has_room(hand)]
    hand.run(f"canvas.{hand.dice.choice(names)}")


@deed(4)
def use_the_list_of_layers(hand: Hand) -> None:
    """Choose, rename, tick."""
    editor = editor_of(hand)
    rows = editor.layers.list if editor and editor.layers.isVisible() else None
    if rows is None or not rows.count():
        return
    row = rows.item(hand.dice.randrange(rows.count()))
    box = rows.visualItemRect(row)
    port = rows.viewport()
    match hand.dice.randrange(3):
        case 0:
            hand.click(port, box.center(), hand.keys())
        case 1:
            hand.click(port, QPoint(box.left() + 10, box.center().y()))
        case _:
            hand.click(port, box.center())
            hand.press(Qt.Key.Key_F2)
            hand.type(hand.text())
            hand.press(hand.dice.choice((Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab)))


@deed(2)
def opacity_and_adjusting(hand: Hand) -> None:
    """The slider, and the folded panel."""
    editor = editor_of(hand)
    if editor is None or not editor.layers.isVisible():
        return
    if hand.dice.random() < 0.4:
        hand.click(hand.any_of(QAbstractButton, editor.adjust))
    slider = editor.layers.opacity
    then = hand.dice.choice(KEYS_ON_THE_WAY) if hand.dice.random() < 0.25 else ""
    hand.drag(slider, [hand.point(slider) for _ in range(4)], then=then)
    fields = [field for field in editor.adjust.fields.values() if field.isVisible()]
    if fields:
        field = hand.dice.choice(fields)
        hand.drag(field, [QPoint(4, field.height() // 2), hand.point(field)], then=then)


@deed(2)
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


@deed(6)
def use_the_timeline(hand: Hand) -> None:
    """Its commands."""
    if editor_of(hand):
        hand.run(f"timeline.{hand.dice.choice(TIMELINE)}")


@deed(5)
def drag_keys(hand: Hand) -> None:
    """Keys, the play head, and what keys do there."""
    editor = editor_of(hand)
    tracks = editor.timeline.tracks if editor else None
    canvas = hand.studio.stage.canvas
    if tracks is None or canvas is None or not tracks.isVisible():
        return
    start = hand.point(tracks)
    if canvas.timeline.keyframes and tracks.layers and hand.dice.random() < 0.8:
        start = tracks.place_of(hand.dice.choice(canvas.timeline.keyframes)).toPoint()
    then = hand.dice.choice(KEYS_ON_THE_WAY) if hand.dice.random() < 0.25 else ""
    hand.drag(tracks, [start, hand.point(tracks), hand.point(tracks)], hand.keys(), then)
    if hand.dice.random() < 0.4:
        keys = (Qt.Key.Key_Delete, Qt.Key.Key_Left, Qt.Key.Key_Right)
        hand.press(hand.dice.choice(keys), hand.dice.choice((ALT, hand.keys())))


@deed(2)
def key_somewhere(hand: Hand) -> None:
    """A key at another frame, so that there is something to play."""
    editor = editor_of(hand)
    canvas = hand.studio.stage.canvas
    if editor and canvas:
        hand.watch.note("show a frame")
        hand.studio.head.show_frame(hand.dice.randrange(canvas.timeline.frames + 5))
        hand.run("timeline.key")


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
