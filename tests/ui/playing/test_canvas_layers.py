"""The list of layers: dragged, hidden, marked; copied, pasted and dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image as Pillow
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest

from aigc_studio.document.canvas_edits import add_canvas
from aigc_studio.media.provenance_reading import read_provenance
from aigc_studio.studio.carried import LAYERS_MIME
from aigc_studio.ui.editors.canvas.layer_row import MARK, eye_place
from aigc_studio.ui.widgets.flow_grid import MIME_IDS
from tests.cli.conftest import write_picture
from tests.studio.helpers import settled
from tests.ui.playing.test_canvas import LEFT, canvas_of, layer

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.document.canvas import Layer
    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.editors.canvas.editor import CanvasEditor
    from aigc_studio.ui.main_window import MainWindow

__all__ = ["layer"]


@pytest.fixture
def three(layer: Layer, editor: CanvasEditor, studio: Studio) -> list[str]:
    """Ids of three layers, the highest first."""
    studio.commands.run("canvas.duplicate")
    studio.commands.run("canvas.duplicate")
    return editor.layers.list.ids()


def test_a_drag_in_the_list_reorders(
    three: list[str], editor: CanvasEditor, studio: Studio
) -> None:
    high, middle, low = three
    shown = editor.layers.list
    assert shown.row_at(0) == 0
    assert shown.row_at(10_000) == 3
    studio.stage.select((high, middle))
    shown.moved.emit(3)
    assert shown.ids() == [low, high, middle]
    studio.stage.select((middle,))
    shown.moved.emit(0)
    assert shown.ids() == [middle, low, high]
    studio.commands.run("canvas.lower")
    assert shown.ids() == [low, middle, high]
    studio.stage.select((low, middle))
    studio.commands.run("canvas.lower")
    assert shown.ids() == [high, low, middle]
    studio.commands.run("canvas.lower")  # they are the lowest already
    assert shown.ids() == [high, low, middle]


def test_the_eye_hides_what_is_selected(
    three: list[str], editor: CanvasEditor, studio: Studio
) -> None:
    shown = editor.layers.list
    studio.stage.select(three[:2])
    at = eye_place(shown.visualItemRect(shown.item(0))).center()
    QTest.mouseClick(shown.viewport(), LEFT, pos=at)
    visible = {each.id: each.visible for each in canvas_of(studio).layers}
    assert visible == {three[0]: False, three[1]: False, three[2]: True}
    studio.commands.run("canvas.show")
    assert all(each.visible for each in canvas_of(studio).layers)


def test_marks_tell_what_a_layer_is(
    layer: Layer, editor: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    item = editor.layers.list.item(0)
    assert item.data(MARK) == "wand"
    studio.commands.run("canvas.freeze")
    assert item.data(MARK) == "freeze"
    with qtbot.waitSignal(studio.flattening.done):
        studio.commands.run("canvas.flatten")
    assert not editor.layers.list.item(0).data(MARK)


def test_what_changes_while_it_is_flattened_stays(
    layer: Layer, studio: Studio, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(studio.session.told) as told:
        studio.commands.run("canvas.flatten")
        studio.commands.run("canvas.show")
    assert "Flatten them again" in str((told.args or [""])[0])
    assert canvas_of(studio).layers[0].living == layer.living


def test_layers_are_copied_here_and_for_others(
    layer: Layer, editor: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(studio.picture_out.copied):
        studio.commands.run("canvas.copy")
    mime = QGuiApplication.clipboard().mimeData()
    picture = QImage.fromData(mime.data("image/png"))
    assert picture.width() == round(16 * layer.scale)  # no clear margin
    studio.commands.run("canvas.paste")
    one, other = canvas_of(studio).layers
    assert one == layer
    assert other.living == layer.living
    QGuiApplication.clipboard().clear()


def test_what_was_cut_lives_on_where_it_is_pasted(
    layer: Layer, editor: CanvasEditor, studio: Studio, window: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(studio.picture_out.copied):
        studio.commands.run("canvas.cut")
    assert canvas_of(studio).layers == ()
    assert layer.asset not in studio.session.project.assets
    edit = add_canvas(studio.session.project, "Other", 32, 32)
    studio.session.apply(edit)
    window.documents.open("canvas", edit.changes[0].key)
    studio.commands.run("canvas.paste")
    (pasted,) = canvas_of(studio).layers
    assert pasted.living == layer.living
    assert studio.session.project.assets[layer.asset].recipe in studio.session.project.recipes
    settled(studio, qtbot)
    QGuiApplication.clipboard().clear()


def test_pixels_of_another_program_are_pasted(
    editor: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    picture = QImage(20, 10, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.green)
    QGuiApplication.clipboard().setImage(picture)
    with qtbot.waitSignal(studio.pasting.laid):
        studio.commands.run("canvas.paste")
    (made,) = canvas_of(studio).layers
    assert studio.stage.selection == (made.id,)
    asset = studio.session.project.assets[made.asset]
    assert (asset.width, asset.height, asset.render) == (20, 10, True)
    studio.session.undo()
    assert asset.id not in studio.session.project.assets
    QGuiApplication.clipboard().clear()
    with qtbot.waitSignal(editor.told):
        studio.commands.run("canvas.paste")


def drop(editor: CanvasEditor, mime: QMimeData, x: float, y: float) -> None:
    """Drop something at a place of the canvas."""
    at = editor.view.from_scene(QPointF(x, y))
    assert editor.incoming.welcomes(mime)
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(at, Qt.DropAction.CopyAction, mime, LEFT, none)
    editor.view.dropEvent(event)


def test_library_items_and_files_are_dropped(
    editor: CanvasEditor, studio: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    mime = QMimeData()
    first, second, *_ = studio.session.project.assets
    mime.setData(MIME_IDS, f"{first}\n{second}".encode())
    drop(editor, mime, 20, 30)
    low, high = canvas_of(studio).layers
    assert (low.asset, high.asset) == (first, second)
    assert (low.x, low.y) == pytest.approx((20, 30), abs=1)
    studio.session.undo()
    assert canvas_of(studio).layers == ()
    fresh = write_picture(tmp_path / "other" / "owl.png", 77)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(fresh))])
    with qtbot.waitSignal(studio.pasting.laid):
        drop(editor, mime, 10, 10)
    (made,) = canvas_of(studio).layers
    assert studio.session.project.assets[made.asset].name == "owl"


def test_a_file_given_to_the_window_lies_on_the_canvas(
    window: MainWindow, editor: CanvasEditor, studio: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    fresh = write_picture(tmp_path / "other" / "owl.png", 77)
    with qtbot.waitSignal(studio.pasting.laid):
        window.give_files([fresh])
    assert len(canvas_of(studio).layers) == 1


def test_what_is_dragged_out_is_a_file_with_its_origin(
    layer: Layer, editor: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(studio.picture_out.written) as written:
        mime = editor.layers._mime()
    assert mime is not None
    assert mime.hasFormat(LAYERS_MIME)
    assert not editor.incoming.welcomes(mime)
    (path,) = written.args or []
    assert mime.urls() == [QUrl.fromLocalFile(str(path))]
    with Pillow.open(path) as picture:
        assert picture.size == (32, 32)
    assert read_provenance(path) is not None


def test_an_empty_canvas_says_what_to_do(editor: CanvasEditor, studio: Studio) -> None:
    assert editor.empty.isVisible()
    studio.commands.run("play.place")
    assert not editor.empty.isVisible()
    studio.session.undo()
    assert editor.empty.isVisible()
