"""Groups, masks and filters: random edits there and back, by the document and by its pixels."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from aigc_studio.base.errors import StudioError
from aigc_studio.document import (
    canvas_edits,
    changes,
    filter_edits,
    group_edits,
    layer_edits,
    laying,
    mask_edits,
    turning,
)
from aigc_studio.document.canvas import Canvas, Group, Layer
from aigc_studio.document.edits import apply
from aigc_studio.document.history import History
from aigc_studio.document.rendering import flattened, rendered
from aigc_studio.document.stacking import Branch, seen_layers, tree
from aigc_studio.media.filters import Blur, Levels, Noise
from aigc_studio.media.image import Image
from tests.document.helpers import sha
from tests.document.piles import (
    HIGH,
    KINDS,
    WIDE,
    Choice,
    begun,
    canvas_of,
    next_edit,
    painted,
    picture_of,
)

if TYPE_CHECKING:
    from aigc_studio.document.model import Project

SOAK = int(os.environ.get("AIGC_SOAK", "1"))
EDITS = 500
CHOICES = st.lists(
    st.tuples(st.integers(0, KINDS - 1), st.integers(0, 9), st.floats(0, 1)), max_size=25
)


def look(project: Project) -> Image:
    """What the canvas looks like."""
    return rendered(project, canvas_of(project), picture_of)


def there_and_back(choices: list[Choice], every: int = 1) -> None:
    """Do them all, undo them all, redo them all: the same document and the same pixels.

    Pixels are looked at after each `every` edits, and at both ends.
    """
    start, _ = begun()
    project, history = start, History(limit=100_000)
    looks = {0: look(start)}
    for choice in choices:
        edit = next_edit(project, choice)
        project = apply(project, edit)
        if edit.changes:
            history.push(edit)
            if history.position % every == 0:
                looks[history.position] = look(project)
    end, last = project, look(project)
    while (back := history.undo()) is not None:
        project = apply(project, back)
        if history.position in looks:
            assert look(project) == looks[history.position]
    assert project == start
    while (forth := history.redo()) is not None:
        project = apply(project, forth)
    assert project == end
    assert look(project) == last


@given(CHOICES)
@settings(max_examples=30)
def test_there_and_back(choices: list[Choice]) -> None:
    there_and_back(choices)


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_thousands_of_edits_there_and_back() -> None:
    dice = random.Random(5)
    choices = [
        (dice.randrange(KINDS), dice.randrange(10), dice.random()) for _ in range(EDITS * SOAK)
    ]
    there_and_back(choices, every=7)


@given(CHOICES)
@settings(max_examples=50)
def test_a_canvas_stays_whole(choices: list[Choice]) -> None:
    project, _ = begun()
    for choice in choices:
        project = apply(project, next_edit(project, choice))
        canvas = canvas_of(project)
        assert Canvas.model_validate_json(canvas.model_dump_json(), strict=True) == canvas
    renders = {key for key, asset in project.assets.items() if asset.render}
    assert renders <= set(changes.shown_assets(project))


@given(CHOICES)
@settings(max_examples=30)
def test_a_group_taken_apart_lies_as_before(choices: list[Choice]) -> None:
    project, key = begun()
    for choice in choices:
        project = apply(project, next_edit(project, choice))
    canvas = canvas_of(project)
    if canvas.layers and len(canvas.groups) < 7:
        grouped = apply(project, group_edits.group_layers(project, key, {canvas.layers[0].id}))
        new = {group.id for group in canvas_of(grouped).groups} - {g.id for g in canvas.groups}
        assert canvas_of(apply(grouped, group_edits.ungroup(grouped, key, new))) == canvas


def three() -> tuple[Project, str, list[str]]:
    """The canvas of three layers, and their ids."""
    project, key = begun()
    return project, key, [layer.id for layer in canvas_of(project).layers]


def in_group() -> tuple[Project, str, list[str], str]:
    """The two lower layers of three in a group."""
    project, key, ids = three()
    project = apply(project, group_edits.group_layers(project, key, ids[:2]))
    return project, key, ids, canvas_of(project).groups[0].id


def order(project: Project) -> list[str]:
    """Ids, the lowest first."""
    return [layer.id for layer in canvas_of(project).layers]


def parents(project: Project) -> list[str | None]:
    """The group of each layer, the lowest first."""
    return [layer.parent for layer in canvas_of(project).layers]


def test_what_lay_apart_is_gathered_at_the_highest() -> None:
    project, key, (low, middle, high) = three()
    project = apply(project, group_edits.group_layers(project, key, {low, high}))
    assert order(project) == [middle, low, high]
    (branch,) = [node for node in tree(canvas_of(project)) if isinstance(node, Branch)]
    assert [node.id for node in branch.members if isinstance(node, Layer)] == [low, high]


def test_a_layer_goes_in_and_out_by_its_place() -> None:
    project, key, (low, middle, high), group = in_group()
    inside = apply(project, canvas_edits.order_layers(project, key, {high}, 1))
    assert order(inside) == [low, high, middle]
    assert parents(inside) == [group] * 3
    out = apply(inside, canvas_edits.order_layers(inside, key, {high}, 2))
    assert parents(out) == [group, group, None]
    under = apply(project, canvas_edits.order_layers(project, key, {high}, 2, group))
    assert parents(under) == [group] * 3
    with pytest.raises(StudioError, match="does not reach"):
        canvas_edits.order_layers(project, key, {low}, 2, group)
    with pytest.raises(StudioError, match="does not reach"):  # it would tear the group apart
        canvas_edits.order_layers(project, key, {high}, 1, None)


def test_the_last_one_out_ends_the_group() -> None:
    project, key, (low, middle, _), _ = in_group()
    project = apply(project, canvas_edits.order_layers(project, key, {low, middle}, 9))
    assert not canvas_of(project).groups
    assert parents(project) == [None] * 3


def test_a_group_moves_as_one_with_its_mask() -> None:
    project, key, (low, _, high), group = in_group()
    project = apply(project, mask_edits.add_mask(project, key, group, painted("mask")))
    up = apply(project, canvas_edits.order_layers(project, key, {group}, 1))
    assert order(up)[0] == high
    assert parents(up) == [None, group, group]
    moved = apply(project, layer_edits.move_layers(project, key, {group}, 5, -3))
    mask = canvas_of(moved).groups[0].mask
    assert mask
    assert (mask.x, mask.y) == (WIDE / 2 + 5, HIGH / 2 - 3)
    before, after = (canvas_of(each).layer(low) for each in (project, moved))
    assert before
    assert after
    assert after.x == before.x + 5


def test_a_copied_group_has_its_own_members() -> None:
    project, key, _, group = in_group()
    project = apply(project, mask_edits.add_mask(project, key, group, painted("mask")))
    edit = canvas_edits.duplicate_layers(project, key, {group})
    project = apply(project, edit)
    one, other = canvas_of(project).groups
    assert parents(project) == [one.id, one.id, other.id, other.id, None]
    assert len(canvas_edits.new_layers(edit)) == 2


def test_groups_that_do_not_fit_are_refused() -> None:
    project, _, ids, group = in_group()
    canvas = canvas_of(project)
    low, middle, high = canvas.layers
    bad: list[dict[str, object]] = [
        {"layers": (low, high, middle)},  # apart
        {"groups": ()},  # missing
        {"groups": (*canvas.groups, Group(id="a" * 16, name="empty"))},
        {"groups": (canvas.groups[0].model_copy(update={"parent": group}),)},  # within itself
        {"groups": (canvas.groups[0].model_copy(update={"id": ids[2]}),)},
    ]
    for fields in bad:
        with pytest.raises(ValidationError):
            Canvas.model_validate({**dict(canvas), **fields})


def test_groups_can_be_nested_but_not_without_end() -> None:
    project, key, (low, *_) = three()
    for _ in range(8):
        project = apply(project, group_edits.group_layers(project, key, {low}))
        outer = canvas_of(project).layer(low)
        assert outer
        assert outer.parent
    with pytest.raises(StudioError, match="too many others"):
        group_edits.group_layers(project, key, {low})


def test_flattening_a_group_looks_the_same() -> None:
    project, key, _, group = in_group()
    project = apply(project, layer_edits.set_blend(project, key, {group}, "normal"))
    project = apply(project, layer_edits.set_opacity(project, key, {group}, 0.5))
    flat = flattened(project, canvas_of(project), {group}, picture_of)
    made = apply(project, laying.flatten_layers(project, key, {group}, painted("flat")))
    assert not canvas_of(made).groups

    def with_flat(asset: object) -> Image:
        return flat if getattr(asset, "name", "") == "flat" else picture_of(asset)  # type: ignore[arg-type]

    before, after = look(project), rendered(made, canvas_of(made), with_flat)
    assert np.abs(before.premultiplied().astype(int) - after.premultiplied()).max() <= 2


def test_a_mask_hides_and_can_be_turned_round() -> None:
    project, key, (low, middle, high) = three()
    project = apply(project, canvas_edits.remove_layers(project, key, {low, middle}))
    half = np.zeros((10, 12, 1), np.uint8)
    half[:, 6:] = 255
    asset = painted("half", 12, 10)

    def pictures(given: object) -> Image:
        return Image(half) if given == asset else picture_of(given)  # type: ignore[arg-type]

    def alpha(now: Project) -> list[int]:
        return np.flatnonzero(rendered(now, canvas_of(now), pictures).alpha().any(0)).tolist()

    whole = alpha(project)
    project = apply(project, mask_edits.add_mask(project, key, high, asset))
    assert alpha(project) == whole[6:]
    turned = apply(project, mask_edits.edit_mask(project, key, high, inverted=True))
    assert alpha(turned) == whole[:6]
    off = apply(project, mask_edits.edit_mask(project, key, high, enabled=False))
    assert alpha(off) == whole
    gone = apply(project, mask_edits.remove_mask(project, key, high))
    assert alpha(gone) == whole
    assert asset.id not in gone.assets
    with pytest.raises(StudioError, match="no mask"):
        mask_edits.edit_mask(gone, key, high, enabled=True)


def test_each_stroke_takes_the_place_of_the_last() -> None:
    project, key, (low, middle, high) = three()
    edit = mask_edits.add_touch_up(project, key, painted("first"), low)
    project = apply(project, edit)
    (new,) = canvas_edits.new_layers(edit)
    assert order(project) == [low, new, middle, high]
    project = apply(project, mask_edits.paint_layer(project, key, new, painted("second")))
    assert sha("first")[:16] not in project.assets
    assert sha("second")[:16] in project.assets
    with pytest.raises(StudioError, match="not painted on"):
        mask_edits.paint_layer(project, key, low, painted("third"))


def test_filters_are_a_list() -> None:
    project, key, (low, *_) = three()
    for each in (Blur(), Levels(), Noise()):
        project = apply(project, filter_edits.add_filter(project, key, low, each))
    project = apply(project, filter_edits.move_filter(project, key, low, 2, 0))
    project = apply(project, filter_edits.edit_filter(project, key, low, 1, radius=9.0))
    project = apply(project, filter_edits.remove_filter(project, key, low, 2))
    layer = canvas_of(project).layer(low)
    assert layer
    assert layer.filters == (Noise(), Blur(radius=9))
    with pytest.raises(StudioError, match="no such filter"):
        filter_edits.edit_filter(project, key, low, 2, enabled=False)
    with pytest.raises(StudioError, match="radius"):
        filter_edits.edit_filter(project, key, low, 1, radius=1e9)


def test_turned_and_mirrored_pixels() -> None:
    project, key, _, group = in_group()
    project = apply(project, mask_edits.add_mask(project, key, group, painted("mask")))
    project = apply(project, layer_edits.set_blend(project, key, {group}, "multiply"))
    here = look(project).pixels
    across = apply(project, turning.mirror_canvas(project, key, "across"))
    down = apply(project, turning.mirror_canvas(project, key, "down"))
    turned = apply(project, turning.turn_canvas(project, key, 90))
    assert np.array_equal(look(across).pixels, here[:, ::-1])
    assert np.array_equal(look(down).pixels, here[::-1])
    assert np.array_equal(look(turned).pixels, np.rot90(here, -1))
    again = apply(turned, turning.turn_canvas(turned, key, 270))
    assert np.array_equal(look(again).pixels, here)
    wider = apply(project, turning.resize_canvas(project, key, WIDE + 6, HIGH + 4, (1, 0)))
    assert np.array_equal(look(wider).pixels[:HIGH, 6:], here)


def test_another_size_keeps_proportions() -> None:
    project, key, _ = three()
    twice = canvas_of(apply(project, turning.resize_picture(project, key, WIDE * 2)))
    assert (twice.width, twice.height) == (WIDE * 2, HIGH * 2)
    assert twice.layers[0].scale == 2 * canvas_of(project).layers[0].scale
    with pytest.raises(StudioError, match="cannot be made"):
        turning.resize_picture(project, key, 9000)


def test_what_is_in_a_hidden_group_is_not_seen() -> None:
    project, key, ids, group = in_group()
    project = apply(project, layer_edits.set_visible(project, key, {group}, visible=False))
    assert [layer.id for layer in seen_layers(canvas_of(project))] == ids[2:]
