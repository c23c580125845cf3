"""Which canvas is worked on, and what is selected there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.document.canvas_edits import add_canvas, remove_canvas
from aigc_studio.document.timeline_edits import remove_keys
from aigc_studio.document.tracks import Place
from tests.studio.conftest import canvas_of

if TYPE_CHECKING:
    from aigc_studio.document.canvas import Layer
    from aigc_studio.studio.studio import Studio


def test_only_what_is_there_is_selected(layer: Layer, staged: Studio) -> None:
    staged.stage.select(["nothing", layer.id, layer.id])
    assert staged.stage.selection == (layer.id,)
    assert staged.stage.selected == [layer]


def test_a_selection_is_told_once(layer: Layer, staged: Studio) -> None:
    changed: list[int] = []
    staged.stage.selection_changed.connect(lambda: changed.append(1))
    staged.stage.select([layer.id])
    staged.stage.select(())
    staged.stage.select(())
    assert changed == [1]


def test_edits_of_another_canvas_are_not_told(staged: Studio) -> None:
    changed: list[int] = []
    staged.stage.canvas_changed.connect(lambda: changed.append(1))
    staged.session.apply(add_canvas(staged.session.project, "Owls", 64, 64))
    assert changed == []


def test_a_removed_canvas_is_left(layer: Layer, staged: Studio) -> None:
    key = canvas_of(staged).id
    entered: list[int] = []
    staged.stage.entered.connect(lambda: entered.append(1))
    staged.session.do(lambda project: remove_canvas(project, key))
    assert staged.stage.canvas is None
    assert staged.stage.selection == ()
    assert entered == [1]


def test_selected_keys_are_those_that_are_there(layer: Layer, staged: Studio) -> None:
    staged.recorder.add_key()
    told: list[int] = []
    staged.stage.keys_chosen.connect(lambda: told.append(1))
    staged.stage.choose_keys([Place(layer.id, 0), Place(layer.id, 99)])
    assert staged.stage.chosen_keys == {Place(layer.id, 0)}
    key = canvas_of(staged).id
    staged.session.do(lambda project: remove_keys(project, key, {Place(layer.id, 0)}))
    assert staged.stage.chosen_keys == frozenset()
    assert told == [1, 1]
