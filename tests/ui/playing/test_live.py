"""What is shown for now stands before the document, and ends where it should."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from aigc_studio.document.timeline_edits import remove_keys
from tests.ui.playing.test_canvas import canvas_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.editors.canvas.editor import CanvasEditor


def red(editor: CanvasEditor) -> int:
    """What the only layer shows."""
    (item,) = editor.view.items_of.values()
    return item.picture.pixelColor(0, 0).red()


def test_keys_show_whatever_is_written_or_read_meanwhile(
    keyed: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    studio.head.show_frame(0)
    qtbot.waitUntil(lambda: red(keyed) == 48)
    before = studio.session.project
    (layer,) = canvas_of(studio).layers
    studio.session.undo()
    studio.session.undo()  # to a picture of before the keys
    assert canvas_of(studio).layers[0].asset != layer.asset
    studio.session.go_to(len(studio.session.steps))
    assert studio.session.project == before
    assert red(keyed) == 48  # at once, for it is known
    picture = QImage(1, 1, QImage.Format.Format_RGB888)
    picture.fill(0)
    studio.thumbnails.ready.emit(layer.asset, 1 << 14, picture)  # a file that was read late
    assert red(keyed) == 48


def test_a_canvas_that_comes_back_forgets_the_film(
    keyed: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    studio.head.show_frame(0)
    qtbot.waitUntil(lambda: red(keyed) == 48)
    studio.stage.select(())  # else the dock shows it anew
    canvas = canvas_of(studio)
    keys = {key.place for key in canvas.timeline.keyframes}
    studio.stage.work_on("")
    studio.session.do(lambda project: remove_keys(project, canvas.id, keys))
    studio.stage.work_on(canvas.id)
    qtbot.waitUntil(lambda: red(keyed) == 208)
