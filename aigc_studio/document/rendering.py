"""From a canvas and its payloads to a picture."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from aigc_studio.media.compose import composed
from aigc_studio.media.decode import decode_image
from aigc_studio.media.placing import Placed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from aigc_studio.document.canvas import Canvas, Layer
    from aigc_studio.document.model import Asset, Project
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
) -> list[Placed]:
    """The visible layers, the lowest first, as `media.compose` draws them.

    Args:
        picture_of: the picture of an asset, such as `Pictures`.
        shown: pictures that layers (by id) show instead of their last render, as in a film.
        factor: pixels of the result for one of the canvas.

    Raises:
        StudioError: a payload is missing or is no picture.
    """
    instead, visible = shown or {}, [layer for layer in canvas.layers if layer.visible]
    return [
        _placed(layer, instead.get(layer.id) or picture_of(project.assets[layer.asset]), factor)
        for layer in visible
    ]


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
    layer_ids: Collection[str],
    picture_of: PictureOf,
    *,
    shown: Mapping[str, Image] | None = None,
) -> Image:
    """Some layers on a clear canvas, for `laying.flatten_layers`."""
    chosen = tuple(layer for layer in canvas.layers if layer.id in layer_ids)
    part = canvas.model_copy(update={"layers": chosen, "background": None})
    return rendered(project, part, picture_of, shown=shown)


def rgb_of(colour: str | None) -> tuple[int, int, int] | None:
    """The numbers of "#rrggbb"."""
    if colour is None:
        return None
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def _placed(layer: Layer, image: Image, factor: float) -> Placed:
    return Placed(
        image,
        x=layer.x * factor,
        y=layer.y * factor,
        scale=layer.scale * factor,
        rotation=layer.rotation,
        opacity=layer.opacity,
        sampling=layer.sampling,
        adjust=layer.adjust,
        crop=layer.crop,
    )
