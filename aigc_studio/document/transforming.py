"""Layers and groups moved, scaled and turned as one, about a place of the canvas."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigc_studio.document.canvas_edits import require, with_layers
from aigc_studio.document.changes import revised, there
from aigc_studio.document.stacking import groups_in, layers_in
from aigc_studio.media.placing import LARGEST_SCALE, SMALLEST_SCALE, upright

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from aigc_studio.document.canvas import Canvas, GroupMask, Layer
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Project


@dataclass(frozen=True)
class Transform:
    """Scaled and turned about a place, then moved.

    Attributes:
        x, y: the place that stays where it is but for the move, in pixels of the canvas.
        factor: how many times as large.
        degrees: clockwise.
        right, down: pixels of the canvas.
    """

    x: float = 0.0
    y: float = 0.0
    factor: float = 1.0
    degrees: float = 0.0
    right: float = 0.0
    down: float = 0.0

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where a place of the canvas goes."""
        if self.factor != 1 or self.degrees:  # else nothing is rounded without need
            angle = math.radians(self.degrees)
            cos, sin = math.cos(angle) * self.factor, math.sin(angle) * self.factor
            across, along = x - self.x, y - self.y
            x, y = self.x + across * cos - along * sin, self.y + across * sin + along * cos
        return x + self.right, y + self.down

    def fields(self, one: Layer | GroupMask) -> dict[str, float]:
        """What a layer, or the mask of a group, is then."""
        x, y = self.place(one.x, one.y)
        made = {"x": x, "y": y}
        if self.factor != 1:
            made["scale"] = min(max(one.scale * self.factor, SMALLEST_SCALE), LARGEST_SCALE)
        if self.degrees:
            made["rotation"] = (one.rotation + self.degrees + 180) % 360 - 180
        return made


@dataclass(frozen=True)
class Frame:
    """What lies round layers: that of a single one is turned with it, that of several upright.

    Attributes:
        x, y: its middle, in pixels of the canvas.
        width, height: before it is turned.
        rotation: degrees, clockwise.
    """

    x: float
    y: float
    width: float
    height: float
    rotation: float = 0.0

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of the upright rectangle round it."""
        width, height = upright(self.width, self.height, self.rotation)
        left, top = self.x - width / 2, self.y - height / 2
        return left, top, left + width, top + height

    @staticmethod
    def round(frames: Iterable[Frame]) -> Frame | None:
        """The one round several; None for none."""
        inside = tuple(frames)
        if len(inside) < 2:
            return inside[0] if inside else None
        lefts, tops, rights, bottoms = zip(*(each.box for each in inside), strict=True)
        left, top, right, bottom = min(lefts), min(tops), max(rights), max(bottoms)
        return Frame((left + right) / 2, (top + bottom) / 2, right - left, bottom - top)


def frame_of(project: Project, layer: Layer) -> Frame:
    """What a layer takes up of its canvas."""
    asset, crop = project.assets[layer.asset], layer.crop
    fits = crop is not None and crop.fits(asset.width, asset.height)
    size = (crop.width, crop.height) if crop and fits else (asset.width, asset.height)
    width, height = (max(side, 1) * layer.scale for side in size)
    return Frame(layer.x, layer.y, width, height, layer.rotation)


def factor_within(canvas: Canvas, ids: Collection[str], factor: float) -> float:
    """The nearest factor by which all that is named can be scaled."""
    masks = [group.mask.scale for group in groups_in(canvas, ids) if group.mask]
    scales = [*(layer.scale for layer in layers_in(canvas, ids)), *masks] or [1.0]
    most = min(LARGEST_SCALE / scale for scale in scales)
    return min(max(factor, *(SMALLEST_SCALE / scale for scale in scales)), most)


def transform_layers(
    project: Project, canvas_id: str, ids: Collection[str], way: Transform, label: str
) -> Edit:
    """Move, scale and turn layers, and all that is in groups, with the groups' masks."""
    canvas = there(project.canvases, canvas_id)
    require(canvas, ids)
    chosen = {layer.id for layer in layers_in(canvas, ids)}
    inside = {group.id for group in groups_in(canvas, ids) if group.mask}
    layers = [
        revised(layer, **way.fields(layer)) if layer.id in chosen else layer
        for layer in canvas.layers
    ]
    groups = [
        revised(group, mask=revised(group.mask, **way.fields(group.mask)))
        if group.id in inside and group.mask
        else group
        for group in canvas.groups
    ]
    return with_layers(project, canvas, layers, label, groups=groups)
