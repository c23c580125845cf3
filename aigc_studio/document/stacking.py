"""The pile of a canvas as a tree: groups, and the layers in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from aigc_studio.base.errors import StudioError
from aigc_studio.document.canvas import Group, Layer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from aigc_studio.document.canvas import Canvas

    Node: TypeAlias = "Layer | Branch"


@dataclass(frozen=True)
class Branch:
    """A group, and what is in it, the lowest first."""

    group: Group
    members: tuple[Node, ...]


def tree(canvas: Canvas) -> tuple[Node, ...]:
    """The pile, the lowest first; a group lies where its lowest layer does."""
    paths = {layer.id: path_of(canvas, layer) for layer in canvas.layers}
    return _grown(canvas, canvas.layers, paths, 0)


def _grown(
    canvas: Canvas, layers: Iterable[Layer], paths: dict[str, tuple[str, ...]], depth: int
) -> tuple[Node, ...]:
    grown: list[Node] = []
    within = dict[str, list[Layer]]()
    for layer in layers:
        path = paths[layer.id]
        if len(path) <= depth:
            grown.append(layer)
            continue
        if path[depth] not in within:
            group = canvas.group(path[depth])
            assert group is not None
            grown.append(Branch(group, ()))
        within.setdefault(path[depth], []).append(layer)
    return tuple(
        Branch(node.group, _grown(canvas, within[node.group.id], paths, depth + 1))
        if isinstance(node, Branch)
        else node
        for node in grown
    )


def path_of(canvas: Canvas, member: Layer | Group) -> tuple[str, ...]:
    """Ids of the groups a layer or group is in, the outermost first."""
    parents = {group.id: group.parent for group in canvas.groups}
    path, parent = list[str](), member.parent
    while parent is not None and parent in parents and parent not in path:
        path.append(parent)
        parent = parents[parent]
    return tuple(reversed(path))


def layers_in(canvas: Canvas, ids: Collection[str]) -> tuple[Layer, ...]:
    """The layers that are named, and those in groups that are named; the lowest first."""
    if not canvas.groups:
        return tuple(layer for layer in canvas.layers if layer.id in ids)
    return tuple(
        layer
        for layer in canvas.layers
        if layer.id in ids or any(each in ids for each in path_of(canvas, layer))
    )


def seen_layers(canvas: Canvas) -> tuple[Layer, ...]:
    """The layers that are visible, and in visible groups."""
    hidden = {group.id for group in canvas.groups if not group.visible}
    return tuple(
        layer
        for layer in canvas.layers
        if layer.visible and (not hidden or hidden.isdisjoint(path_of(canvas, layer)))
    )


def groups_in(canvas: Canvas, ids: Collection[str]) -> tuple[Group, ...]:
    """The groups that are named, and those in them."""
    return tuple(
        group
        for group in canvas.groups
        if group.id in ids or any(each in ids for each in path_of(canvas, group))
    )


def ids_in(canvas: Canvas, ids: Collection[str]) -> tuple[str, ...]:
    """Ids of the layers and groups that are named or in groups that are."""
    layers, groups = layers_in(canvas, ids), groups_in(canvas, ids)
    return (*(layer.id for layer in layers), *(group.id for group in groups))


def outermost(canvas: Canvas, ids: Collection[str]) -> tuple[Layer | Group, ...]:
    """What is named and in nothing else that is named: groups, then layers, the lowest first."""
    named = (each for each in canvas.members if each.id in ids)
    return tuple(each for each in named if not any(group in ids for group in path_of(canvas, each)))


def shared_group(canvas: Canvas, members: Iterable[Layer | Group | None]) -> str | None:
    """The innermost group that all are in; None where there is none."""
    paths = [path_of(canvas, each) if each else () for each in members]
    shared: str | None = None
    for step in zip(*paths, strict=False):
        if len(set(step)) > 1:
            break
        shared = step[0]
    return shared


def member_of(canvas: Canvas, key: str) -> Layer | Group:
    """A layer or a group by id.

    Raises:
        StudioError: kind "missing".
    """
    member: Layer | Group | None = canvas.layer(key) or canvas.group(key)
    if member is None:
        raise StudioError(
            f'"{canvas.name}" has no layer {key}.', kept="Nothing was changed.", kind="missing"
        )
    return member
