"""What is to be drawn of a canvas: values that compare, so that only what changed is drawn anew."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol, TypeAlias

from PySide6.QtGui import QImage, QTransform

from aigc_studio.document.canvas import Layer
from aigc_studio.document.stacking import tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from PySide6.QtCore import QRectF

    from aigc_studio.document.canvas import Canvas, Group
    from aigc_studio.document.stacking import Node
    from aigc_studio.media.blending import Blend
    from aigc_studio.ui.editors.canvas.items import LayerItem

    Step: TypeAlias = "DrawnLayer | DrawnGroup"

Numbers = tuple[float, ...]


class Drawable(Protocol):
    """A picture, and smaller ones of it: `studio.finishing.Finished`, or one that will be."""

    @property
    def picture(self) -> QImage:
        """In its full size."""

    def near(self, scale: float) -> QImage:
        """The one to be drawn at `scale` pixels of the screen for one of the picture's."""


@dataclass(frozen=True)
class DrawnMask:
    """A mask: alpha, and where it lies; beyond its edges everything shows.

    Attributes:
        place: as in `DrawnLayer`.
        box: left, top, width and height of it there.
    """

    picture: int
    place: Numbers
    box: tuple[float, float, float, float]
    alpha: QImage = field(compare=False)

    @property
    def transform(self) -> QTransform:
        """`place`, for a painter."""
        return QTransform(*self.place)


@dataclass(frozen=True)
class DrawnLayer:
    """A picture and where it lies.

    Attributes:
        picture: what tells it from other pictures, with what is done to it.
        made: it is drawn as an export has it, and not coarse for a moment.
        place: the six numbers of the way from the picture's pixels, its middle at (0, 0), to
            the canvas's.
        size: of the picture in full, in pixels.
        bounds: on the canvas.
    """

    key: str
    picture: object
    place: Numbers
    size: tuple[float, float]
    opacity: float
    blend: Blend
    smooth: bool
    enlarged: bool
    mask: DrawnMask | None
    shown: Drawable = field(compare=False)
    bounds: QRectF = field(compare=False)
    made: bool = True

    @property
    def transform(self) -> QTransform:
        """`place`, for a painter."""
        return QTransform(*self.place)


@dataclass(frozen=True)
class DrawnGroup:
    """Steps that are drawn on a sheet of their own."""

    key: str
    steps: tuple[Step, ...]
    opacity: float
    blend: Blend
    mask: DrawnMask | None


def plan_of(
    canvas: Canvas, items: Mapping[str, LayerItem], masks: Mapping[str, QImage]
) -> tuple[Step, ...]:
    """What is visible, the lowest first.

    Args:
        masks: alpha of the groups' masks, by the groups' ids, as far as they are read.
    """
    return tuple(_steps(tree(canvas), items, masks))


def _steps(
    nodes: tuple[Node, ...], items: Mapping[str, LayerItem], masks: Mapping[str, QImage]
) -> Iterator[Step]:
    for node in nodes:
        if isinstance(node, Layer):
            item = items.get(node.id)
            if item is not None and node.visible and not item.is_empty:
                yield _layer(item)
        elif node.group.visible:
            group, steps = node.group, tuple(_steps(node.members, items, masks))
            mask = _mask(group, masks.get(group.id))
            yield DrawnGroup(group.id, steps, group.opacity, group.blend, mask)


def _layer(item: LayerItem) -> DrawnLayer:
    layer, box, way = item.layer, item.boundingRect(), item.sceneTransform()
    return DrawnLayer(
        key=layer.id,
        picture=item.shown.of,
        made=item.shown.made,
        place=_numbers(way),
        size=(box.width(), box.height()),
        opacity=item.opacity(),
        blend=layer.blend,
        smooth=layer.sampling == "smooth",
        enlarged=layer.scale > 1,
        mask=_layer_mask(item),
        shown=item.shown,
        bounds=item.sceneBoundingRect(),
    )


def _layer_mask(item: LayerItem) -> DrawnMask | None:
    alpha, box = item.alpha, item.whole
    if alpha is None:
        return None
    sides = (box.left(), box.top(), box.width(), box.height())
    return DrawnMask(alpha.cacheKey(), _numbers(item.sceneTransform()), sides, alpha)


def _mask(group: Group, alpha: QImage | None) -> DrawnMask | None:
    mask = group.mask
    if mask is None or not mask.enabled or alpha is None:
        return None
    way = QTransform().translate(mask.x, mask.y).rotate(mask.rotation)
    way = way.scale(-mask.scale if mask.mirrored else mask.scale, mask.scale)
    width, height = alpha.width(), alpha.height()
    box = (-width / 2, -height / 2, width, height)
    return DrawnMask(alpha.cacheKey(), _numbers(way), box, alpha)


def _numbers(way: QTransform) -> Numbers:
    return (way.m11(), way.m12(), way.m21(), way.m22(), way.dx(), way.dy())


def leaves(steps: tuple[Step, ...], around: tuple[object, ...] = ()) -> Iterator[tuple[str, Leaf]]:
    """Every layer with what the groups it is in do to it, by its id."""
    for step in steps:
        if isinstance(step, DrawnLayer):
            yield step.key, (step, around)
        else:
            own = (step.key, step.opacity, step.blend, step.mask)
            yield from leaves(step.steps, (*around, own))


def as_made(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The same with nothing coarse: what will be seen at last."""
    return tuple(
        replace(step, made=True)
        if isinstance(step, DrawnLayer)
        else replace(step, steps=as_made(step.steps))
        for step in steps
    )


Leaf = tuple[DrawnLayer, tuple[object, ...]]


def changed_between(before: tuple[Step, ...], after: tuple[Step, ...]) -> list[QRectF]:
    """The parts of the canvas that look otherwise."""
    if before == after:
        return []
    old, new = dict(leaves(before)), dict(leaves(after))
    shared_before = [key for key in old if key in new]
    if shared_before != [key for key in new if key in old]:
        return [leaf.bounds for leaf, _ in (*old.values(), *new.values())]
    parts = []
    for key in {**old, **new}:
        one, other = old.get(key), new.get(key)
        if one != other:
            parts += [leaf[0].bounds for leaf in (one, other) if leaf]
    return parts
