"""Canvas edits: random sequences and their inverses, renders that come and go, refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.latent import Code
from aigc_studio.catalog.recipe import Recipe
from aigc_studio.document import (
    canvas_edits,
    changes,
    cropping,
    direction_edits,
    layer_edits,
    laying,
    preset_edits,
    timeline_edits,
)
from aigc_studio.document.canvas import Canvas, LatentPoint, packed
from aigc_studio.document.edits import Change, Edit, apply
from aigc_studio.document.history import History
from aigc_studio.document.model import Project, new_project, recipe_id
from aigc_studio.document.tracks import Place
from aigc_studio.media.placing import Adjust, Crop
from tests.document.helpers import asset_named, sha

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.catalog.latent import Floats
    from aigc_studio.document.canvas import Layer
    from aigc_studio.document.model import Asset

Choices = list[tuple[int, int, float]]
CHOICES = st.lists(st.tuples(st.integers(0, 25), st.integers(0, 5), st.floats(0, 1)), max_size=30)


def code(value: float = 0.0, numbers: int = 4) -> Floats:
    """A point of a small space."""
    return np.full(numbers, value, np.float32)


def point(value: float = 0.0, model: str = "m", numbers: int = 4) -> LatentPoint:
    """A latent point of some model."""
    return LatentPoint(model=sha(model), code=packed(code(value, numbers)), seed=3)


def result(name: str, value: float = 0.0) -> tuple[Asset, Recipe]:
    """A render and the recipe that made it."""
    recipe = Recipe(operation="decode", model=sha("m"), family="x", settings={"at": value})
    size = {"width": 64, "height": 64}
    return asset_named(name, recipe=recipe_id(recipe), render=True, **size), recipe


def begun() -> tuple[Project, str]:
    """A project with two pictures and a canvas of a plain and a living layer."""
    project = new_project("start")
    pictures = [asset_named(name, width=100, height=50) for name in ("fox", "owl")]
    project = apply(project, changes.add_assets(project, pictures))
    project = apply(project, changes.add_collection(project, "all", list(project.assets)))
    project = apply(project, canvas_edits.add_canvas(project, "night", 200, 100))
    (canvas,) = project.canvases
    project = apply(project, laying.add_layer(project, canvas, sha("fox")[:16]))
    asset, recipe = result("render 0")
    living = laying.add_living(project, canvas, asset, point(), recipe)
    return apply(project, living), canvas


def layers(project: Project) -> tuple[Layer, ...]:
    """Of the one canvas."""
    (canvas,) = project.canvases.values()
    return canvas.layers


def next_edit(project: Project, choice: tuple[int, int, float]) -> Edit:
    """An edit that some person could make now."""
    action, number, part = choice
    if not project.canvases:
        return canvas_edits.add_canvas(project, "again")
    key, canvas = sorted(project.canvases.items())[number % len(project.canvases)]
    alive = [layer for layer in canvas.layers if layer.living and not layer.frozen]
    asset, recipe = result(f"render {action} {number} {part}", part)
    if not alive:
        return laying.add_living(project, key, asset, point(part), recipe)
    one = canvas.layers[number % len(canvas.layers)].id
    some = {layer.id for layer in canvas.layers[: number + 1]}
    living = alive[number % len(alive)].id
    places = {each.place for each in canvas.timeline.all_keys[: number + 1]}
    return dict[int, "Callable[[], Edit]"]({
        0: lambda: canvas_edits.add_canvas(project, f"sheet {number}"),
        1: lambda: canvas_edits.rename_canvas(project, key, "night"),
        2: lambda: canvas_edits.remove_canvas(project, key),
        3: lambda: laying.add_layer(project, key, list(project.assets)[number % 2 - 1]),
        4: lambda: canvas_edits.set_render(project, key, living, asset, point(part), recipe),
        5: lambda: layer_edits.move_layers(project, key, some, part, -part),
        6: lambda: layer_edits.scale_layer(project, key, one, 0.5 + part, x=3.0),
        7: lambda: layer_edits.rotate_layer(project, key, one, part * 1000 - 500),
        8: lambda: layer_edits.set_opacity(project, key, some, part),
        9: lambda: layer_edits.set_visible(project, key, some, visible=part < 0.5),
        10: lambda: layer_edits.set_frozen(project, key, [one], frozen=part < 0.5),
        11: lambda: layer_edits.set_adjust(project, key, one, Adjust(hue=part)),
        12: lambda: cropping.set_crop(project, key, one, Crop(left=1, top=1, width=9, height=9)),
        13: lambda: canvas_edits.order_layers(project, key, some, number),
        14: lambda: canvas_edits.duplicate_layers(project, key, some),
        15: lambda: canvas_edits.remove_layers(project, key, {one}),
        16: lambda: laying.flatten_layers(
            project, key, some, asset_named(f"flat {part}", width=200, height=100, render=True)
        ),
        17: lambda: timeline_edits.add_key(project, key, living, number, code(part)),
        18: lambda: timeline_edits.move_keys(project, key, places, number),
        19: lambda: timeline_edits.remove_keys(project, key, places),
        20: lambda: timeline_edits.set_easing(project, key, places, "hold"),
        21: lambda: timeline_edits.set_timeline(project, key, frames=number + 1, loop=part < 0.5),
        22: lambda: preset_edits.add_preset(project, "calm", point(part), lock=("hue",)),
        23: lambda: changes.remove_assets(project, {next(iter(project.assets))}),
        24: lambda: cropping.crop_canvas(project, key, Crop(left=2, top=3, width=90, height=80)),
        25: lambda: direction_edits.add_direction(project, "wide", sha("model"), "z", code(part)),
    })[action]()  # fmt: skip


@given(CHOICES)
def test_undo_all_is_the_start_and_redo_all_the_end(choices: Choices) -> None:
    start, _ = begun()
    project, history = start, History(limit=1000)
    for choice in choices:
        edit = next_edit(project, choice)
        project = apply(project, edit)
        history.push(edit)
    end = project
    assert Project.model_validate_json(end.model_dump_json(), strict=True) == end
    while (back := history.undo()) is not None:
        project = apply(project, back)
        assert Edit.model_validate_json(back.model_dump_json(), strict=True) == back
    assert project == start
    while (forth := history.redo()) is not None:
        project = apply(project, forth)
    assert project == end


@given(CHOICES)
def test_renders_are_there_as_long_as_layers_show_them(choices: Choices) -> None:
    project, _ = begun()
    for choice in choices:
        project = apply(project, next_edit(project, choice))
    shown = changes.shown_assets(project)
    renders = {key for key, asset in project.assets.items() if asset.render}
    assert renders <= set(shown)
    needed = {asset.recipe for asset in project.assets.values() if asset.recipe}
    assert needed == set(project.recipes)


def test_a_picture_is_laid_in_the_middle_and_fits() -> None:
    project, canvas = begun()
    big = asset_named("big", width=1000, height=200)
    project = apply(project, changes.add_asset(project, big))
    edit = laying.add_layer(project, canvas, big.id)
    project = apply(project, edit)
    fox, _, laid = layers(project)
    assert (fox.x, fox.y, fox.scale) == (100.0, 50.0, 1.0)
    assert (laid.x, laid.y, laid.scale) == (100.0, 50.0, 0.2)
    assert canvas_edits.new_layers(edit) == (laid.id,)


def test_a_drag_of_renders_leaves_only_the_last() -> None:
    project, canvas = begun()
    living = layers(project)[1].id
    for number in range(5):
        asset, recipe = result(f"step {number}", number)
        edit = canvas_edits.set_render(project, canvas, living, asset, point(number), recipe)
        project = apply(project, edit)
    renders = [asset.name for asset in project.assets.values() if asset.render]
    assert renders == ["step 4"]
    assert len(project.recipes) == 1
    assert layers(project)[1].living == point(4)


def test_a_kept_render_stays_and_a_removed_picture_too_while_it_is_shown() -> None:
    project, canvas = begun()
    fox, living = layers(project)
    project = apply(project, changes.keep_render(project, living.asset))
    project = apply(project, changes.remove_assets(project, {fox.asset}))
    assert project.assets[fox.asset].render
    (group,) = project.collections.values()
    assert group.items == (sha("owl")[:16],)
    project = apply(project, canvas_edits.remove_canvas(project, canvas))
    assert fox.asset not in project.assets
    assert not project.assets[living.asset].render


def test_importing_what_is_a_render_brings_it_into_the_library() -> None:
    project, _ = begun()
    key = layers(project)[1].asset
    same = asset_named("render 0", width=64, height=64)
    project = apply(project, changes.add_asset(project, same))
    assert not project.assets[key].render
    assert project.assets[key].recipe


def test_frozen_and_plain_layers_do_not_follow() -> None:
    project, canvas = begun()
    fox, living = layers(project)
    project = apply(project, layer_edits.set_frozen(project, canvas, [living.id], frozen=True))
    for layer in (fox, living):
        with pytest.raises(StudioError, match="does not follow"):
            canvas_edits.set_render(project, canvas, layer.id, result("x")[0], point())
    with pytest.raises(StudioError, match="cannot follow"):
        timeline_edits.add_key(project, canvas, fox.id, 0, code())
    with pytest.raises(StudioError, match="cannot follow"):
        timeline_edits.add_key(project, canvas, living.id, 0, code(numbers=5))


def test_another_model_takes_keys_and_a_crop_that_no_longer_fit() -> None:
    project, canvas = begun()
    living = layers(project)[1].id
    crop = Crop(left=0, top=0, width=60, height=60)
    project = apply(project, cropping.set_crop(project, canvas, living, crop))
    project = apply(project, timeline_edits.add_key(project, canvas, living, 3, code()))
    small = asset_named("small", width=32, height=32, render=True)
    other = point(1.0, "other", numbers=7)
    project = apply(project, canvas_edits.set_render(project, canvas, living, small, other))
    assert project.canvases[canvas].timeline.keyframes == ()
    assert layers(project)[1].crop is None


def test_keys_move_replace_and_go_with_their_layer() -> None:
    project, canvas = begun()
    living = layers(project)[1].id
    path = {frame: code(frame) for frame in (0, 4, 8)}
    project = apply(project, timeline_edits.add_keys(project, canvas, living, path))
    project = apply(project, timeline_edits.move_keys(project, canvas, [Place(living, 0)], 4))
    keys = project.canvases[canvas].timeline.keyframes
    assert [(key.frame, key.code) for key in keys] == [(4, packed(code(0))), (8, packed(code(8)))]
    with pytest.raises(StudioError, match="frame cannot be"):
        timeline_edits.move_keys(project, canvas, [Place(living, 4)], -5)
    with pytest.raises(StudioError, match="no key at frame 5"):
        timeline_edits.remove_keys(project, canvas, [Place(living, 5)])
    copied = apply(project, canvas_edits.duplicate_layers(project, canvas, [living]))
    assert len(copied.canvases[canvas].timeline.keyframes) == 4
    gone = apply(copied, canvas_edits.remove_layers(copied, canvas, {living}))
    assert len(gone.canvases[canvas].timeline.keyframes) == 2


def test_copied_keys_keep_their_easing_and_so_does_a_replaced_one() -> None:
    project, canvas = begun()
    fox, living = layers(project)
    project = apply(project, timeline_edits.add_key(project, canvas, living.id, 0, code(), "hold"))
    project = apply(project, timeline_edits.add_key(project, canvas, living.id, 0, code(1)))
    (key,) = project.canvases[canvas].timeline.keyframes
    assert (key.easing, key.code) == ("hold", packed(code(1)))
    project = apply(project, timeline_edits.lay_keys(project, canvas, [key], 6))
    kept = project.canvases[canvas].timeline.keyframes
    assert [(each.frame, each.easing) for each in kept] == [(0, "hold"), (6, "hold")]
    astray = key.model_copy(update={"layer": fox.id})
    with pytest.raises(StudioError, match="cannot follow"):
        timeline_edits.lay_keys(project, canvas, [astray])


def test_flatten_puts_one_picture_at_the_height_of_the_highest() -> None:
    project, canvas = begun()
    project = apply(project, laying.add_layer(project, canvas, sha("owl")[:16]))
    low, living, top = layers(project)
    flat = asset_named("flat", width=200, height=100, render=True)
    edit = laying.flatten_layers(project, canvas, {low.id, living.id}, flat)
    project = apply(project, edit)
    one, other = layers(project)
    assert (one.asset, one.living, one.name) == (flat.id, None, living.name)
    assert (one.x, one.y, one.scale) == (100.0, 50.0, 1.0)
    assert other == top
    assert living.asset not in project.assets  # nothing shows it any more


def test_values_that_do_not_fit_are_refused_in_words() -> None:
    project, canvas = begun()
    living = layers(project)[1].id
    bad: list[Callable[[], Edit]] = [
        lambda: layer_edits.place_layer(project, canvas, living, float("nan"), 0.0),
        lambda: layer_edits.scale_layer(project, canvas, living, 0.0),
        lambda: layer_edits.set_opacity(project, canvas, [living], 1.5),
        lambda: layer_edits.rename_layer(project, canvas, living, " "),
        lambda: cropping.set_crop(project, canvas, living, Crop(left=60, top=0, width=9, height=9)),
        lambda: canvas_edits.edit_canvas(project, canvas, width=0),
        lambda: canvas_edits.edit_canvas(project, canvas, background="red"),
        lambda: timeline_edits.set_timeline(project, canvas, fps=0),
        lambda: timeline_edits.add_key(project, canvas, living, 0, code(float("inf"))),
        lambda: timeline_edits.add_key(project, canvas, living, -1, code()),
        lambda: layer_edits.rename_layer(project, canvas, "ffffffff", "x"),
        lambda: laying.add_layer(project, canvas, "ffffffff"),
        lambda: canvas_edits.remove_canvas(project, "ffffffff"),
    ]
    for make in bad:
        with pytest.raises(StudioError) as caught:
            make()
        assert caught.value.kind in ("input", "missing")


def test_a_layer_cannot_show_what_is_not_there() -> None:
    project, canvas = begun()
    living = layers(project)[1]
    lost = Edit(
        label="x",
        changes=(Change(table="assets", key=living.asset, before=project.assets[living.asset]),),
    )
    with pytest.raises(StudioError, match="shows a picture that is not there"):
        apply(project, lost)
    assert isinstance(project.canvases[canvas], Canvas)


def test_points_are_codes_and_back() -> None:
    drawn = Code(sha("m"), "z", {"z": np.array([[0.1, -2.5]], np.float32)}, 9)
    there = LatentPoint.of(drawn, truncation=0.7)
    back = there.as_code()
    assert (back.model_id, back.space, back.seed, there.truncation) == (sha("m"), "z", 9, 0.7)
    assert np.array_equal(back.tensors["z"], drawn.tensors["z"])


def test_a_direction_is_kept_renamed_and_removed() -> None:
    project = new_project("start")
    for _ in range(2):
        edit = direction_edits.add_direction(project, "wider", sha("model"), "w", code(2.0))
        project = apply(project, edit)
    one, other = project.directions.values()
    assert [one.name, other.name] == ["wider", "wider 2"]
    assert one.within("w", 4) is not None
    assert one.within("z", 4) is None
    assert one.within("w", 5) is None
    assert np.array_equal(one.numbers, code(2.0))
    project = apply(project, direction_edits.rename_direction(project, other.id, "wider"))
    assert project.directions[other.id].name == "wider 2"
    project = apply(project, direction_edits.rename_direction(project, other.id, "taller"))
    assert project.directions[other.id].name == "taller"
    project = apply(project, direction_edits.remove_direction(project, one.id))
    assert set(project.directions) == {other.id}
