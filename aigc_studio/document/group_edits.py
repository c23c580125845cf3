"""What people do with groups of layers: make them, take them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.document.canvas import Group
from aigc_studio.document.canvas_edits import require, with_layers, without
from aigc_studio.document.changes import made, revised, there
from aigc_studio.document.model import new_id
from aigc_studio.document.stacking import layers_in, outermost, path_of, shared_group

if TYPE_CHECKING:
    from collections.abc import Collection

    from aigc_studio.document.canvas import Canvas, Layer
    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Project


def group_layers(
    project: Project, canvas_id: str, ids: Collection[str], name: str = "Group"
) -> Edit:
    """Put layers and groups into a new group, at the height of the highest of them.

    It is in the innermost group that all of them were in.

    Raises:
        StudioError: kind "input", there is nothing to group, or it would lie too deep.
    """
    canvas = there(project.canvases, canvas_id)
    require(canvas, ids)
    tops = outermost(canvas, ids)
    if not tops:
        raise StudioError("There is no layer to group.", todo="Select some layers.", kind="input")
    group = made(Group, id=new_id(), name=name, parent=shared_group(canvas, tops))
    inside = {each.id for each in tops}
    layers = gathered(canvas, layers_in(canvas, ids), group.parent)
    layers = [revised(each, parent=group.id) if each.id in inside else each for each in layers]
    groups = [
        revised(each, parent=group.id) if each.id in inside else each for each in canvas.groups
    ]
    return with_layers(project, canvas, layers, "Group layers", groups=(*groups, group))


def ungroup(project: Project, canvas_id: str, group_ids: Collection[str]) -> Edit:
    """Take groups apart; what was in them stays where it lies in the pile."""
    canvas = there(project.canvases, canvas_id)
    require(canvas, group_ids)
    gone = {group.id: group.parent for group in canvas.groups if group.id in group_ids}

    def parent_of(member: Layer | Group) -> str | None:
        parent = member.parent
        while parent in gone:
            parent = gone[parent]
        return parent

    layers = [
        revised(each, parent=parent_of(each)) if each.parent in gone else each
        for each in canvas.layers
    ]
    groups = [
        revised(each, parent=parent_of(each)) if each.parent in gone else each
        for each in canvas.groups
        if each.id not in gone
    ]
    return with_layers(project, canvas, layers, "Take a group apart", groups=groups)


def gathered(canvas: Canvas, chosen: Collection[Layer], parent: str | None) -> list[Layer]:
    """The layers of a canvas with the chosen ones together, at the height of the highest.

    Args:
        parent: the group that they will be in together; what lies in it apart from them stays
            whole.
    """
    ids = {layer.id for layer in chosen}
    rest = without(canvas, chosen)
    highest = max(at for at, layer in enumerate(canvas.layers) if layer.id in ids)
    # Within `parent` the highest may lie in a group that stays: then above all of that group.
    path = path_of(canvas, canvas.layers[highest])
    depth = 0 if parent is None else path.index(parent) + 1
    if len(path) > depth:
        own = {layer.id for layer in layers_in(canvas, (path[depth],))}
        highest = max(at for at, layer in enumerate(canvas.layers) if layer.id in own)
    below = sum(layer.id not in ids for layer in canvas.layers[: highest + 1])
    rest[below:below] = [layer for layer in canvas.layers if layer.id in ids]
    return rest
