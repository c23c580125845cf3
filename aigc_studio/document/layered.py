"""A canvas as an OpenRaster file, and back: layers for other programs, and from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.document.canvas import MAX_SIDE, Canvas, Group, Layer
from aigc_studio.document.canvas_credits import canvas_provenance
from aigc_studio.document.canvas_edits import with_layers
from aigc_studio.document.changes import made, there
from aigc_studio.document.edits import merge
from aigc_studio.document.model import new_id
from aigc_studio.document.rendering import rendered, rgb_of
from aigc_studio.document.renders import showing
from aigc_studio.document.stacking import Branch, layers_in, tree
from aigc_studio.media.image import Image
from aigc_studio.media.openraster import Ora, OraGroup, OraLayer, ora_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Asset, Project
    from aigc_studio.document.rendering import PictureOf
    from aigc_studio.document.stacking import Node
    from aigc_studio.media.openraster import Part

_GROUND = "Background"


def layered(project: Project, canvas: Canvas, picture_of: PictureOf) -> bytes:
    """A canvas as an OpenRaster file: places, filters and masks baked into the pictures.

    A group with a mask becomes one layer, since the format has no masks.

    Raises:
        StudioError: a payload is missing, or the canvas is too large.
    """
    parts = list(_parts(project, canvas, tree(canvas), picture_of))
    colour = rgb_of(canvas.background)
    if colour is not None:
        ground = np.empty((canvas.height, canvas.width, 3), np.uint8)
        ground[:] = colour
        parts.insert(0, OraLayer(_GROUND, Image(ground)))
    merged = rendered(project, canvas, picture_of)
    ora = Ora(canvas.width, canvas.height, tuple(parts))
    return ora_bytes(ora, merged, canvas_provenance(project, canvas))


def _parts(
    project: Project, canvas: Canvas, nodes: tuple[Node, ...], picture_of: PictureOf
) -> Iterator[Part]:
    for node in nodes:
        member = node if isinstance(node, Layer) else node.group
        manner = (member.opacity, member.visible, member.blend)
        if isinstance(node, Branch) and not (node.group.mask and node.group.mask.enabled):
            inner = tuple(_parts(project, canvas, node.members, picture_of))
            yield OraGroup(member.name, inner, *manner)
            continue
        image, x, y = _trimmed(rendered(project, _alone(canvas, member), picture_of))
        yield OraLayer(member.name, image, x, y, *manner)


def _alone(canvas: Canvas, member: Layer | Group) -> Canvas:
    """One layer or group in full, on a clear canvas."""
    plain = {"opacity": 1.0, "visible": True, "blend": "normal", "parent": None}
    layers, groups = layers_in(canvas, (member.id,)), canvas.groups
    if isinstance(member, Layer):
        layers, groups = (member.model_copy(update=plain),), ()
    else:
        shown = member.model_copy(update=plain)
        groups = tuple(shown if each.id == member.id else each for each in groups)
    changed = {"layers": layers, "groups": groups, "background": None}
    return canvas.model_copy(update=changed)


def _trimmed(image: Image) -> tuple[Image, int, int]:
    """Without the clear margin, and where the rest begins; a clear picture is one pixel."""
    rows, columns = (np.flatnonzero(image.alpha().any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return image.cropped(0, 0, 1, 1), 0, 0
    left, top = int(columns[0]), int(rows[0])
    width, height = int(columns[-1]) - left + 1, int(rows[-1]) - top + 1
    return image.cropped(left, top, width, height), left, top


def add_layered(
    project: Project, canvas_id: str, ora: Ora, asset_of: Callable[[Image, str], Asset]
) -> Edit:
    """Lay the layers of an OpenRaster file on top of a canvas, its corner in the corner.

    Args:
        asset_of: takes in a picture under a name, see `renders.painted`.
    """
    canvas = there(project.canvases, canvas_id)
    laying = _Laying(asset_of)
    layers = tuple(laying.layers(ora.parts, None))
    groups = (*canvas.groups, *laying.groups)
    edit = with_layers(project, canvas, (*canvas.layers, *layers), "Open layers", groups=groups)
    for asset in laying.assets:
        edit = merge(edit, showing(project, asset, None))
    return edit


class _Laying:
    """Turns the parts of a file into layers and groups."""

    def __init__(self, asset_of: Callable[[Image, str], Asset]) -> None:
        self._asset_of = asset_of
        self.groups: list[Group] = []
        self.assets: list[Asset] = []

    def layers(self, parts: tuple[Part, ...], parent: str | None) -> Iterator[Layer]:
        """The lowest first; empty groups are left out."""
        for part in parts:
            manner = {"opacity": part.opacity, "visible": part.visible, "blend": part.blend}
            if isinstance(part, OraGroup):
                fields = {"id": new_id(), "name": part.name, "parent": parent, **manner}
                group = made(Group, **fields)
                inner = list(self.layers(part.parts, group.id))
                self.groups += [group] if inner else []
                yield from inner
                continue
            asset = self._asset_of(part.image, part.name)
            self.assets.append(asset)
            x, y = part.x + part.image.width / 2, part.y + part.image.height / 2
            yield made(
                Layer,
                id=new_id(),
                name=part.name,
                asset=asset.id,
                parent=parent,
                x=x,
                y=y,
                **manner,
            )


def canvas_size(ora: Ora) -> tuple[int, int]:
    """Width and height of a canvas for a file."""
    return min(ora.width, MAX_SIDE), min(ora.height, MAX_SIDE)
