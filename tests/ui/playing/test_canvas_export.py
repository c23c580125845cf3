"""The export dialog shows the file before it is written: its pixels, its size, its origin."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as Pillow
from PySide6.QtGui import QColor

from aigc_studio.document.canvas_edits import edit_canvas, remove_layers
from aigc_studio.studio import export_work
from aigc_studio.studio.export_preview import Previewed
from aigc_studio.ui.editors.canvas.export_dialog import ExportDialog
from tests.cli.models import write_model
from tests.media.test_openraster import checked
from tests.ui.playing.test_canvas import canvas_of, layer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.document.canvas import Layer
    from aigc_studio.media.image import Image
    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.editors.canvas.editor import CanvasEditor

__all__ = ["layer"]


@pytest.fixture
def dialog(layer: Layer, studio: Studio, qtbot: QtBot) -> Iterator[ExportDialog]:
    """The dialog of a canvas whose ground is clear, once its preview is there."""
    made = ExportDialog(studio, canvas_of(studio))
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: bool(made.size_words.text()))
    yield made
    made.reject()


def seen(dialog: ExportDialog, studio: Studio, qtbot: QtBot, kind: str) -> Previewed:
    """The preview of a format."""
    with qtbot.waitSignal(studio.export_preview.ready) as ready:
        dialog.form.format.setCurrentIndex(dialog.form.format.findData(kind))
    made = (ready.args or [None])[0]
    assert isinstance(made, Previewed)
    return made


@pytest.mark.parametrize("kind", ["jpg", "webp", "avif", "tif"])
def test_what_is_told_is_what_is_written(
    dialog: ExportDialog, studio: Studio, tmp_path: Path, qtbot: QtBot, kind: str
) -> None:
    made = seen(dialog, studio, qtbot, kind)
    with qtbot.waitSignal(dialog.export.done):
        dialog.write(tmp_path / "still")
    file = tmp_path / f"still.{kind}"
    assert made.exact
    assert file.stat().st_size == made.bytes
    with Pillow.open(file) as picture:
        assert picture.size == made.size
        shown = made.picture.pixelColor(32, 32)
        pixels = np.asarray(picture.convert("RGB"))
        assert tuple(pixels[32, 32]) == (shown.red(), shown.green(), shown.blue())


def test_layers_are_written_and_come_back(
    dialog: ExportDialog, studio: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    made = seen(dialog, studio, qtbot, "ora")
    assert not made.exact
    with qtbot.waitSignal(dialog.export.done):
        dialog.write(tmp_path / "layers")
    file = tmp_path / "layers.ora"
    checked(file.read_bytes())
    canvas = studio.stage.canvas
    assert canvas is not None
    with qtbot.waitSignal(studio.pasting.laid) as laid:
        studio.pasting.bring(canvas.id, [file])
    (brought,) = laid.args or [()]
    assert len(brought) == len(canvas.layers)


def test_a_worse_quality_is_smaller_and_seen(
    dialog: ExportDialog, studio: Studio, qtbot: QtBot
) -> None:
    fine = seen(dialog, studio, qtbot, "jpg")
    with qtbot.waitSignal(studio.export_preview.ready) as ready:
        dialog.form.quality.spin.setValue(10)
    (coarse,) = ready.args or []
    assert coarse.bytes < fine.bytes
    assert coarse.picture != fine.picture


def test_clear_parts_lie_on_the_chosen_colour(
    dialog: ExportDialog, studio: Studio, qtbot: QtBot
) -> None:
    assert dialog.view.shown.pixelColor(0, 0).alpha() == 0
    assert dialog.form.ground.isHidden() or not dialog.form.ground.isVisibleTo(dialog)
    made = seen(dialog, studio, qtbot, "jpg")
    assert made.picture.pixelColor(0, 0) == QColor("white")
    assert dialog.form.ground.isVisibleTo(dialog)
    with qtbot.waitSignal(studio.export_preview.ready) as ready:
        dialog.form.choose_ground(QColor("#ff0000"))
    (made,) = ready.args or []
    assert made.picture.pixelColor(0, 0).red() > 240
    assert made.picture.pixelColor(0, 0).green() < 20


def test_hard_pixels_are_squares(dialog: ExportDialog, studio: Studio, qtbot: QtBot) -> None:
    dialog.form.factor.chosen.emit("4")
    dialog.form.factor.choose("4")
    with qtbot.waitSignal(studio.export_preview.ready) as ready:
        dialog.form.enlarge.choose("hard")
        dialog.form.enlarge.chosen.emit("hard")
    (made,) = ready.args or []
    assert made.size == (256, 256)
    picture = made.picture
    for x in range(0, 256, 4):
        assert len({picture.pixel(x + step, 65) for step in range(4)}) == 1


def test_what_is_wished_last_wins(dialog: ExportDialog, studio: Studio, qtbot: QtBot) -> None:
    got: list[Previewed] = []
    studio.export_preview.ready.connect(got.append)
    canvas = canvas_of(studio)
    for factor in ("2", "4", "8", "2"):
        dialog.form.factor.choose(factor)
        studio.export_preview.show(canvas, dialog.form.wish())
    qtbot.waitUntil(lambda: bool(got))
    assert [made.size for made in got] == [(128, 128)]


def test_it_says_where_it_comes_from(dialog: ExportDialog) -> None:
    assert "recipe" in dialog.note.text()
    assert "Ada" in dialog.note.text()


def test_a_film_tells_its_length_and_shows_its_first_frame(
    keyed: CanvasEditor, studio: Studio, qtbot: QtBot
) -> None:
    studio.head.show_frame(24)
    dialog = ExportDialog(studio, canvas_of(studio))
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: "about" in dialog.size_words.text())
    assert "48 frames, 2.0 s" in dialog.film_words.text()
    red = dialog.view.shown.pixelColor(32, 32).red()
    assert abs(red - 48) < 6  # the key at frame 0, not the one at 24
    dialog.reject()


def test_closed_while_it_draws_it_gives_up_and_waits_for_nobody(
    dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    real = export_work.drawn

    def slow(*given: Any) -> Image:
        begun.set()
        assert go_on.wait(30)
        return real(*given)

    monkeypatch.setattr(export_work, "drawn", slow)
    dialog.show()
    dialog.write(tmp_path / "still")
    qtbot.waitUntil(begun.is_set)
    dialog.reject()  # comes back although the thread cannot end yet
    dialog.reject()
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.finished):
        go_on.set()
    assert not dialog.isVisible()
    assert list(tmp_path.glob("still*")) == []


def test_what_cannot_be_drawn_is_told(layer: Layer, studio: Studio, qtbot: QtBot) -> None:
    asset = studio.session.project.assets[layer.asset]
    studio.session.store.asset_path(asset).unlink()
    canvas_id = canvas_of(studio).id
    studio.session.do(lambda project: edit_canvas(project, canvas_id, background="#102030"))
    dialog = ExportDialog(studio, canvas_of(studio))
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(studio.export_preview.failed):
        pass
    assert dialog.note.text()
    assert not dialog.size_words.text()
    dialog.reject()


def test_what_settles_behind_the_dialog_is_what_is_exported(
    dialog: ExportDialog, layer: Layer, studio: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(studio.export_preview.ready):
        studio.instrument.move_to(2.0, 1.0)
        qtbot.waitUntil(lambda: canvas_of(studio).layers[0].asset != layer.asset)
    assert layer.asset not in studio.session.project.assets
    with qtbot.waitSignal(dialog.export.done):
        dialog.write(tmp_path / "still")


def test_a_preview_that_waits_is_of_the_project_as_it_was(
    dialog: ExportDialog, layer: Layer, studio: Studio, qtbot: QtBot
) -> None:
    canvas = canvas_of(studio)
    with qtbot.waitSignal(studio.export_preview.ready):
        studio.export_preview.show(canvas, dialog.form.wish())  # another one is being made
        studio.export_preview.show(canvas, dialog.form.wish())
        studio.session.do(lambda project: remove_layers(project, canvas.id, {layer.id}))


def test_models_that_enlarge_are_offered_where_their_factor_fits(
    layer: Layer, studio: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    store = studio.session.store
    config: dict[str, Any] = {"factor": 4, "channels": 4}
    write_model(tmp_path / "larger", name="larger", family="image-upscale", more=config)
    larger = store.adopt_model(tmp_path / "larger", "larger")
    made = ExportDialog(studio, canvas_of(studio))
    qtbot.addWidget(made)
    form = made.form
    form.factor.choose("2")
    form.changed.emit()
    form.factor.chosen.emit("2")
    assert form.upscaler.count() == 0
    assert form.enlarge.choice != "model"
    for factor in ("4", "8"):
        form.factor.choose(factor)
        form.factor.chosen.emit(factor)
        form.enlarge.choose("model")
        form.enlarge.chosen.emit("model")
        wish = form.wish()
        assert wish.upscaler is not None
        assert wish.upscaler.ref.id == larger.id
        assert wish.drawn_factor == int(factor) // 4
        assert form.upscaler.isVisibleTo(form)
    form.factor.choose("2")
    form.factor.chosen.emit("2")
    assert form.wish().upscaler is None
    made.reject()


def test_without_such_models_nothing_more_is_offered(dialog: ExportDialog) -> None:
    dialog.form.factor.choose("4")
    dialog.form.factor.chosen.emit("4")
    assert not dialog.form.upscaler.isVisibleTo(dialog.form)
    with pytest.raises(KeyError):
        dialog.form.enlarge.choose("model")
