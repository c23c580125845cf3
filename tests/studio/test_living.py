"""The layer that the instrument changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aigc_studio.document import changes
from aigc_studio.document.canvas_edits import add_canvas, remove_layers
from aigc_studio.document.layer_edits import edit_layers
from tests.studio.conftest import canvas_of
from tests.studio.helpers import settled

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from aigc_studio.document.canvas import Layer
    from aigc_studio.studio.studio import Studio


def living_at(studio: Studio) -> float:
    """Where the only layer's point lies along the first axis."""
    (layer,) = canvas_of(studio).layers
    assert layer.living is not None
    return float(layer.living.numbers[0])


def edit(studio: Studio, layer: Layer, **fields: object) -> None:
    """Change a layer by hand."""
    key = canvas_of(studio).id
    studio.session.apply(edit_layers(studio.session.project, key, {layer.id: fields}))


def test_without_a_canvas_one_is_made_in_the_same_step(playing: Studio, qtbot: QtBot) -> None:
    with qtbot.waitSignal(playing.living.placed) as placed:
        assert playing.living.place()
    (canvas,) = playing.session.project.canvases.values()
    assert placed.args == [canvas.id]
    assert playing.living.target == canvas.layers[0]
    playing.session.undo()
    assert playing.session.project.canvases == {}
    assert playing.stage.canvas is None
    assert playing.living.target is None


def test_nothing_is_placed_before_there_is_a_picture(studio: Studio) -> None:
    assert not studio.living.place()


def test_another_result_can_be_placed_at_a_point(staged: Studio, qtbot: QtBot) -> None:
    first = staged.instrument.trail[0]
    staged.instrument.move_to(2.0, 0.0)
    settled(staged, qtbot)
    assert staged.living.place(10, 20, first)
    (layer,) = staged.stage.selected
    assert (layer.x, layer.y) == (10, 20)
    assert living_at(staged) == 0


def test_what_settled_is_written_as_one_step(layer: Layer, staged: Studio, qtbot: QtBot) -> None:
    staged.instrument.move_to(1.0, 0.0)
    settled(staged, qtbot)
    assert living_at(staged) == 1
    staged.session.undo()
    assert canvas_of(staged).layers == (layer,)
    assert staged.instrument.position == (0.0, 0.0)


def test_a_result_that_is_gone_back_to_is_written(
    layer: Layer, staged: Studio, qtbot: QtBot
) -> None:
    for x in (1.0, 2.0):
        staged.instrument.move_to(x, 0.0)
        settled(staged, qtbot)
    for x, entry in ((1.0, staged.instrument.trail[1]), (2.0, staged.instrument.trail[2])):
        with qtbot.waitSignal(staged.instrument.settled):
            staged.instrument.go_to(entry)
        assert living_at(staged) == x
    assert len(staged.instrument.trail) == 3
    staged.session.undo()
    assert living_at(staged) == 1


def test_a_drag_that_rests_in_between_is_one_step(
    layer: Layer, staged: Studio, qtbot: QtBot
) -> None:
    staged.living.hold(True)
    for x in (0.5, 1.0, 1.5):
        staged.instrument.move_to(x, 0.0)
        settled(staged, qtbot)
        assert canvas_of(staged).layers == (layer,)
    staged.living.hold(False)
    assert living_at(staged) == 1.5
    staged.session.undo()
    assert canvas_of(staged).layers == (layer,)


def test_what_is_dragged_only_shows(layer: Layer, staged: Studio, qtbot: QtBot) -> None:
    with qtbot.waitSignal(staged.stage.live, timeout=20_000) as live:
        staged.living.hold(True)
        staged.instrument.move_to(1.0, 0.0)
    assert (live.args or [""])[0] == layer.id
    staged.living.hold(False)
    settled(staged, qtbot)
    assert living_at(staged) == 1


def test_another_edit_of_the_canvas_does_not_undo_a_movement(
    layer: Layer, staged: Studio, qtbot: QtBot
) -> None:
    staged.instrument.move_to(1.0, 0.0)
    edit(staged, layer, opacity=0.5)
    settled(staged, qtbot)
    assert living_at(staged) == 1


@pytest.mark.parametrize("selection", [0, 2])
def test_only_a_single_living_layer_is_changed(
    layer: Layer, staged: Studio, qtbot: QtBot, selection: int
) -> None:
    assert staged.living.place()
    both = [each.id for each in canvas_of(staged).layers]
    staged.stage.select(both[:selection])
    assert staged.living.target is None
    before = canvas_of(staged)
    staged.instrument.move_to(2.0, 0.0)
    settled(staged, qtbot)
    assert canvas_of(staged) == before


def test_selecting_a_layer_brings_its_point_back(
    layer: Layer, staged: Studio, qtbot: QtBot
) -> None:
    staged.stage.select(())
    staged.instrument.set_truncation(0.5)
    staged.instrument.move_to(2.0, 0.0)
    settled(staged, qtbot)
    staged.stage.select([layer.id])
    assert staged.instrument.position == (0.0, 0.0)
    assert staged.instrument.truncation == 1.0
    settled(staged, qtbot)
    assert canvas_of(staged).layers == (layer,)


def test_a_frozen_layer_is_let_go(layer: Layer, staged: Studio, qtbot: QtBot) -> None:
    edit(staged, layer, frozen=True)
    assert staged.living.target is None
    staged.instrument.move_to(2.0, 0.0)
    settled(staged, qtbot)
    assert living_at(staged) == 0
    edit(staged, layer, frozen=False)
    assert staged.living.target is not None


def test_a_new_name_is_told(layer: Layer, staged: Studio, qtbot: QtBot) -> None:
    with qtbot.waitSignal(staged.living.target_changed):
        edit(staged, layer, name="Tail")
    assert staged.living.target is not None
    assert staged.living.target.name == "Tail"


def test_a_layer_removed_while_it_is_played(
    layer: Layer, staged: Studio, told: list[object], qtbot: QtBot
) -> None:
    staged.instrument.move_to(2.0, 0.0)
    canvas = canvas_of(staged)
    staged.session.do(lambda project: remove_layers(project, canvas.id, [layer.id]))
    assert staged.living.target is None
    assert staged.stage.selection == ()
    settled(staged, qtbot)
    assert canvas_of(staged).layers == ()
    assert told == []


def test_when_its_model_goes_its_last_picture_stays(
    layer: Layer, staged: Studio, told: list[object], qtbot: QtBot
) -> None:
    word = staged.choice.word
    staged.session.do(lambda project: changes.remove_model(project, word))
    assert staged.living.target is None
    staged.stage.select([layer.id])
    assert staged.living.target is None
    assert "its last picture stays" in str(told[0])
    qtbot.wait(200)
    assert canvas_of(staged).layers == (layer,)


def test_another_canvas_lets_the_layer_go(layer: Layer, staged: Studio, qtbot: QtBot) -> None:
    first = canvas_of(staged).id
    made = add_canvas(staged.session.project, "Owls", 64, 64)
    staged.session.apply(made)
    staged.stage.work_on(made.changes[0].key)
    assert staged.living.target is None
    staged.instrument.move_to(2.0, 0.0)
    settled(staged, qtbot)
    assert staged.session.project.canvases[first].layers == (layer,)


def test_closing_the_project_lets_everything_go(layer: Layer, staged: Studio) -> None:
    staged.session.close()
    assert staged.stage.canvas is None
    assert staged.stage.selection == ()
    assert staged.living.target is None
