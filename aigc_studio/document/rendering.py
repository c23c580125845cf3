"""From a canvas and its payloads to a picture."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from aigc_studio.document.canvas import Layer
from aigc_studio.document.stacking import layers_in, outermost, path_of, shared_group, tree
from aigc_studio.media.compose import composed
from aigc_studio.media.decode import decode_image
from aigc_studio.media.placing import Placed, Stack, inverted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from pathlib import Path

    from aigc_studio.document.canvas import Canvas, Group, Mask
    from aigc_studio.document.model import Asset, Project
    from aigc_studio.document.stacking import Node
    from aigc_studio.media.image import Image

    PictureOf = Callable[[Asset], Image]

_KEPT_PIXELS = 64_000_000


class Pictures:
    """Decodes payloads, and remembers those that were used last; for one thread.

    Args:
        path_of: where the payload of an asset lies, such as `store.asset_path`.
    """

    def __init__(self, path_of: Callable[[Asset], Path]) -> None:
        self._path_of = path_of
        self._known: OrderedDict[str, Image] = OrderedDict()

    def __call__(self, asset: Asset) -> Image:
        """The picture of an asset.

        Raises:
            StudioError: kind "missing", or the payload is no picture.
        """
        image = self._known.pop(asset.sha256, None) or decode_image(self._path_of(asset))
        self._known[asset.sha256] = image
        pixels = sum(each.width * each.height for each in self._known.values())
        while pixels > _KEPT_PIXELS and len(self._known) > 1:
            _, oldest = self._known.popitem(last=False)
            pixels -= oldest.width * oldest.height
        return image


def placed(
    project: Project,
    canvas: Canvas,
    picture_of: PictureOf,
    *,
    shown: Mapping[str, Image] | None = None,
    factor: float = 1.0,
) -> list[Placed | Stack]:
    """The visible layers and groups, the lowest first, as `media.compose` draws them.

    Args:
        picture_of: the picture of an asset, such as `Pictures`.
        shown: pictures that layers (by id) show instead of their last render, as in a film.
        factor: pixels of the result for one of the canvas.

    Raises:
        StudioError: a payload is missing or is no picture.
    """
    drawn = _Drawn(project, picture_of, shown or {}, factor)
    return drawn.all(tree(canvas))


class _Drawn:
    """Turns the pile of a canvas into what is composed; see `placed`."""

    def __init__(
        self,
        project: Project,
        picture_of: PictureOf,
        shown: Mapping[str, Image],
        factor: float,
    ) -> None:
        self._project, self._picture_of = project, picture_of
        self._shown, self._factor = shown, factor

    def all(self, nodes: Iterable[Node]) -> list[Placed | Stack]:
        """What is visible of these."""
        made: list[Placed | Stack] = []
        for node in nodes:
            if isinstance(node, Layer):
                made += [self._layer(node)] if node.visible else []
            elif node.group.visible:
                made.append(self._group(node.group, self.all(node.members)))
        return made

    def _group(self, group: Group, members: list[Placed | Stack]) -> Stack:
        mask, picture, factor = group.mask, self._mask(group.mask), self._factor
        laid = None
        if mask is not None and picture is not None:
            laid = Placed(
                picture,
                x=mask.x * factor,
                y=mask.y * factor,
                scale=mask.scale * factor,
                rotation=mask.rotation,
                mirrored=mask.mirrored,
            )
        return Stack(tuple(members), group.opacity, group.blend, laid)

    def _layer(self, layer: Layer) -> Placed:
        factor = self._factor
        return Placed(
            self._shown.get(layer.id) or self._picture_of(self._project.assets[layer.asset]),
            x=layer.x * factor,
            y=layer.y * factor,
            scale=layer.scale * factor,
            rotation=layer.rotation,
            opacity=layer.opacity,
            sampling=layer.sampling,
            adjust=layer.adjust,
            crop=layer.crop,
            mirrored=layer.mirrored,
            blend=layer.blend,
            filters=layer.filters,
            mask=self._mask(layer.mask),
        )

    def _mask(self, mask: Mask | None) -> Image | None:
        if mask is None or not mask.enabled:
            return None
        picture = self._picture_of(self._project.assets[mask.asset]).to_mode("grey")
        return inverted(picture) if mask.inverted else picture


def rendered(
    project: Project,
    canvas: Canvas,
    picture_of: PictureOf,
    *,
    shown: Mapping[str, Image] | None = None,
    factor: float = 1.0,
) -> Image:
    """The whole canvas as a picture, see `placed`; RGBA when its background is clear.

    Raises:
        StudioError: a payload is missing, or the result would have too many pixels.
    """
    layers = placed(project, canvas, picture_of, shown=shown, factor=factor)
    width, height = (max(round(side * factor), 1) for side in (canvas.width, canvas.height))
    return composed(width, height, layers, rgb_of(canvas.background))


def flattened(
    project: Project,
    canvas: Canvas,
    ids: Collection[str],
    picture_of: PictureOf,
    *,
    shown: Mapping[str, Image] | None = None,
) -> Image:
    """Some layers and groups on a clear canvas, for `laying.flatten_layers`."""
    return rendered(project, part_of(canvas, ids), picture_of, shown=shown)


def part_of(canvas: Canvas, ids: Collection[str]) -> Canvas:
    """The canvas with some layers and groups alone, clear behind.

    Groups that all of them are in do not count: what is drawn goes on to be in those.
    """
    chosen = layers_in(canvas, ids)
    around = shared_group(canvas, outermost(canvas, ids))
    left_out = {around, *(path_of(canvas, canvas.group(around) or chosen[0]) if around else ())}
    groups = tuple(group for group in canvas.groups if group.id not in left_out)
    return canvas.model_copy(update={"layers": chosen, "groups": groups, "background": None})


def rgb_of(colour: str | None) -> tuple[int, int, int] | None:
    """The numbers of "#rrggbb"."""
    if colour is None:
        return None
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue
