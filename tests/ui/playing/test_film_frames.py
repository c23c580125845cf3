"""Frames that were shown are shown again without being drawn; an edit draws what it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from aigc_studio.document.layer_edits import set_opacity
from aigc_studio.document.timeline_edits import add_number, set_timeline
from aigc_studio.studio.pictures import to_pixels
from aigc_studio.ui.editors.canvas.sheet import Sheet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.editors.canvas import sheet as sheets
    from aigc_studio.ui.editors.canvas.editor import CanvasEditor

FRAMES = 8
Drawn = list[int]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """A number for each tile that is drawn anew."""
    counted: Drawn = []
    once = Sheet._draw_anew

    def count(self: Sheet, tile: sheets.Tile, place: tuple[int, int]) -> None:
        counted.append(1)
        once(self, tile, place)

    monkeypatch.setattr(Sheet, "_draw_anew", count)
    return counted


@pytest.fixture
def film(keyed: CanvasEditor, studio: Studio, qtbot: QtBot) -> CanvasEditor:
    """Every frame was shown once."""
    canvas = studio.stage.canvas
    assert canvas is not None
    key = canvas.id
    studio.session.do(lambda project: set_timeline(project, key, frames=FRAMES))
    studio.head.show_frame(0)
    qtbot.waitUntil(lambda: len(studio.head.filling.known) == FRAMES, timeout=30_000)
    for frame in (*range(FRAMES), 0):
        shown(keyed, studio, frame)
    return keyed


def shown(editor: CanvasEditor, studio: Studio, frame: int) -> np.ndarray:
    """What the canvas looks like at a frame."""
    studio.head.show_frame(frame)
    view = editor.view
    made = view.viewport().grab()
    while not view.sheet.is_whole:  # a machine that is busy draws one tile at a time
        made = view.viewport().grab()
    return to_pixels(made.toImage())


def afresh(editor: CanvasEditor, studio: Studio, frame: int) -> np.ndarray:
    """The same with nothing kept."""
    studio.head.composed.clear()
    editor.view.sheet.show_plan(studio.stage.canvas, ())  # type: ignore[arg-type]
    return shown(editor, studio, frame)


def test_a_frame_that_was_shown_is_not_drawn_again(
    film: CanvasEditor, studio: Studio, drawn: Drawn
) -> None:
    pictures = [shown(film, studio, frame) for frame in range(FRAMES)]
    assert drawn == []
    assert studio.head.composed.bytes > 0
    for frame, picture in enumerate(pictures):
        np.testing.assert_array_equal(picture, afresh(film, studio, frame))
    assert drawn


def test_an_edit_of_all_frames_draws_them_all_anew(
    film: CanvasEditor, studio: Studio, drawn: Drawn
) -> None:
    canvas = studio.stage.canvas
    assert canvas is not None
    key, layer = canvas.id, canvas.layers[0].id
    before = shown(film, studio, 5)
    studio.session.do(lambda project: set_opacity(project, key, [layer], 0.3))
    after = shown(film, studio, 5)
    assert (before != after).any()
    np.testing.assert_array_equal(after, afresh(film, studio, 5))
    drawn.clear()
    studio.session.undo()
    np.testing.assert_array_equal(before, shown(film, studio, 5))


def test_an_edit_of_some_frames_leaves_the_others(
    film: CanvasEditor, studio: Studio, drawn: Drawn
) -> None:
    canvas = studio.stage.canvas
    assert canvas is not None
    key, layer = canvas.id, canvas.layers[0].id
    opacity = canvas.layers[0].opacity
    for frame, value in ((4, opacity), (7, 0.2)):
        edit = add_number(studio.session.project, key, layer, "opacity", frame, value)
        studio.session.apply(edit)
    drawn.clear()
    for frame in range(4):
        shown(film, studio, frame)
    assert drawn == []
    shown(film, studio, 7)
    assert drawn


def test_layers_and_whole_frames_share_one_budget(film: CanvasEditor, studio: Studio) -> None:
    taken = studio.head.composed.bytes
    studio.settings.change(film_memory=32)
    assert 0 < studio.head.composed.bytes <= taken
    assert studio.head.composed.room == 16 * 2**20


def test_a_canvas_without_keys_keeps_nothing(editor: CanvasEditor, studio: Studio) -> None:
    editor.view.viewport().grab()
    assert studio.head.composed.bytes == 0


def test_another_zoom_keeps_nothing_of_the_last(film: CanvasEditor, studio: Studio) -> None:
    film.view.zoom(1.25)
    film.view.viewport().grab()
    before = studio.head.composed.bytes
    shown(film, studio, 3)
    assert 0 < before < studio.head.composed.bytes
