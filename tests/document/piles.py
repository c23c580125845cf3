"""Canvases with groups, masks and filters for tests, and edits that a person could make there."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.document import (
    canvas_edits,
    changes,
    cropping,
    filter_edits,
    group_edits,
    layer_edits,
    laying,
    mask_edits,
    transforming,
    turning,
)
from aigc_studio.document.edits import Edit, apply
from aigc_studio.document.model import new_project
from aigc_studio.document.stacking import layers_in
from aigc_studio.document.transforming import Transform
from aigc_studio.media.filters import Blur, Colours, Levels, Noise, Sharpen
from aigc_studio.media.image import Image
from aigc_studio.media.placing import Crop
from tests.document.helpers import asset_named, sha

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.document.canvas import Canvas
    from aigc_studio.document.model import Asset, Project
    from aigc_studio.media.filters import Filter

Choice = tuple[int, int, float]
WIDE, HIGH = 24, 20
MOST = 10
KINDS = 31
BLENDS = ("normal", "multiply", "screen", "overlay", "darken", "lighten")
FILTERS: tuple[Filter, ...] = (
    Levels(black=0.2, gamma=2),
    Colours(hue=90),
    Blur(radius=1.5),
    Sharpen(),
    Noise(amount=0.3, seed=7),
)


def begun() -> tuple[Project, str]:
    """A project with two pictures and a canvas of three layers."""
    project = new_project("start")
    pictures = [asset_named(name, width=12, height=10) for name in ("fox", "owl")]
    project = apply(project, changes.add_assets(project, pictures))
    project = apply(project, canvas_edits.add_canvas(project, "night", WIDE, HIGH))
    (canvas,) = project.canvases
    for name in ("fox", "owl", "fox"):
        project = apply(project, laying.add_layer(project, canvas, sha(name)[:16]))
    return project, canvas


@lru_cache(4096)
def picture_named(sha256: str, width: int, height: int) -> Image:
    """A picture that follows from its hash."""
    dice = np.random.default_rng(int(sha256[:12], 16))
    return Image(dice.integers(0, 256, (height, width, 4), np.uint8))


def picture_of(asset: Asset) -> Image:
    """The picture of an asset whose payload is nowhere."""
    return picture_named(asset.sha256, asset.width, asset.height)


def canvas_of(project: Project) -> Canvas:
    """The one canvas."""
    (canvas,) = project.canvases.values()
    return canvas


def painted(name: str, width: int = WIDE, height: int = HIGH) -> Asset:
    """What a brush left."""
    return asset_named(name, width=width, height=height, render=True)


def next_edit(project: Project, choice: Choice) -> Edit:
    """An edit that some person could make now; deterministic but for new ids."""
    action, number, part = choice
    (key, canvas), *_ = project.canvases.items()
    if len(canvas.layers) >= MOST:
        return canvas_edits.remove_layers(
            project, key, {layer.id for layer in canvas.layers[MOST // 2 :]}
        )
    pictures = [asset.id for asset in project.assets.values() if not asset.render]
    add = laying.add_layer(project, key, pictures[number % len(pictures)])
    if not canvas.layers:
        return add
    members = canvas.members
    one = members[number % len(members)].id
    layer = canvas.layers[number % len(canvas.layers)]
    some = {each.id for each in members[number % 3 : number + 1]} or {one}
    blend = BLENDS[number % 6]
    new = painted(f"{action} {number} {part}")
    masked = [each.id for each in members if each.mask]
    hit = masked[number % len(masked)] if masked else ""
    groups = [group.id for group in canvas.groups]
    last = len(layer.filters) - 1
    flat = next((each.id for each in canvas.layers if each.touch_up), "")
    acts = dict[int, "Callable[[], Edit]"]({
        0: lambda: add,
        1: lambda: group_edits.group_layers(project, key, some),
        2: lambda: group_edits.ungroup(project, key, groups[:1]),
        3: lambda: canvas_edits.order_layers(project, key, some, number),
        4: lambda: canvas_edits.order_layers(project, key, {one}, MOST, None),
        5: lambda: canvas_edits.duplicate_layers(project, key, {one}),
        6: lambda: canvas_edits.remove_layers(project, key, {one}),
        7: lambda: layer_edits.set_blend(project, key, some, blend),  # type: ignore[arg-type]
        8: lambda: layer_edits.set_opacity(project, key, some, part),
        9: lambda: layer_edits.set_visible(project, key, some, visible=part < 0.7),
        10: lambda: layer_edits.move_layers(project, key, some, number - 2, 1 - number),
        11: lambda: mask_edits.add_mask(project, key, one, new),
        12: lambda: mask_edits.paint_mask(project, key, hit, new),
        13: lambda: mask_edits.edit_mask(project, key, hit, inverted=part < 0.5),
        14: lambda: mask_edits.edit_mask(project, key, hit, enabled=part < 0.5),
        15: lambda: mask_edits.remove_mask(project, key, hit),
        16: lambda: mask_edits.add_touch_up(project, key, new, one),
        17: lambda: mask_edits.paint_layer(project, key, flat, new),
        18: lambda: filter_edits.add_filter(project, key, layer.id, FILTERS[number % 5]),
        19: lambda: filter_edits.edit_filter(project, key, layer.id, last, enabled=part < 0.5),
        20: lambda: filter_edits.move_filter(project, key, layer.id, 0, number),
        21: lambda: filter_edits.remove_filter(project, key, layer.id, last),
        22: lambda: laying.flatten_layers(project, key, some, new),
        23: lambda: laying.paste_layers(
            project, key, layers_in(canvas, groups), (), canvas.groups
        ),
        24: lambda: turning.mirror_canvas(project, key, "across" if part < 0.5 else "down"),
        25: lambda: turning.turn_canvas(project, key, 90 if part < 0.5 else 180),
        26: lambda: turning.resize_canvas(project, key, WIDE + number, HIGH),
        27: lambda: cropping.crop_canvas(project, key, Crop(left=1, top=1, width=20, height=18)),
        28: lambda: layer_edits.rotate_layer(project, key, layer.id, part * 90),
        29: lambda: turning.resize_picture(project, key, WIDE),
        30: lambda: transforming.transform_layers(
            project, key, some, Transform(5, 6, factor=0.5 + part, degrees=90 * part), "Scale"
        ),
    })  # fmt: skip
    needed = {2: groups, 12: hit, 13: hit, 14: hit, 15: hit, 17: flat, 23: groups}
    lacks = not needed.get(action, True) or (action in (19, 20, 21) and not layer.filters)
    return (acts[0] if lacks or _too_many(action, layer.filters) else acts[action])()


def _too_many(action: int, filters: tuple[Filter, ...]) -> bool:
    return action == 18 and len(filters) > 3
