"""What people do to layers that are there: move, scale, rotate, adjust, freeze, rename."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.document.canvas_edits import require, with_layers
from aigc_studio.document.changes import revised, there
from aigc_studio.document.transforming import Transform, transform_layers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Project
    from aigc_studio.media.blending import Blend
    from aigc_studio.media.placing import Adjust, Sampling


def edit_layers(
    project: Project,
    canvas_id: str,
    fields: Mapping[str, Mapping[str, object]],
    label: str = "Change a layer",
) -> Edit:
    """Change fields of layers and groups, given by their ids."""
    canvas = there(project.canvases, canvas_id)
    require(canvas, fields)
    layers = [
        revised(layer, **fields[layer.id]) if layer.id in fields else layer
        for layer in canvas.layers
    ]
    groups = [
        revised(group, **fields[group.id]) if group.id in fields else group
        for group in canvas.groups
    ]
    return with_layers(project, canvas, layers, label, groups=groups)


def move_layers(
    project: Project, canvas_id: str, ids: Collection[str], right: float, down: float
) -> Edit:
    """Move layers and groups by so many pixels of the canvas."""
    return transform_layers(
        project, canvas_id, ids, Transform(right=right, down=down), label="Move a layer"
    )


def place_layer(project: Project, canvas_id: str, layer_id: str, x: float, y: float) -> Edit:
    """Put a layer's middle at a place."""
    return edit_layers(project, canvas_id, {layer_id: {"x": x, "y": y}}, "Move a layer")


def scale_layer(
    project: Project,
    canvas_id: str,
    layer_id: str,
    scale: float,
    *,
    x: float | None = None,
    y: float | None = None,
) -> Edit:
    """Scale a layer about its middle, or with a new middle where a corner is dragged."""
    given = {"scale": scale, "x": x, "y": y}
    fields = {key: value for key, value in given.items() if value is not None}
    return edit_layers(project, canvas_id, {layer_id: fields}, "Scale a layer")


def rotate_layer(project: Project, canvas_id: str, layer_id: str, rotation: float) -> Edit:
    """Turn a layer to an angle in degrees, clockwise; any full turns are left out."""
    turned = (rotation + 180) % 360 - 180
    return edit_layers(project, canvas_id, {layer_id: {"rotation": turned}}, "Rotate a layer")


def set_opacity(project: Project, canvas_id: str, ids: Iterable[str], opacity: float) -> Edit:
    """Set the opacity of layers and groups, 0 to 1."""
    return _set_all(project, canvas_id, ids, "Change the opacity", opacity=opacity)


def set_blend(project: Project, canvas_id: str, ids: Iterable[str], blend: Blend) -> Edit:
    """Choose how the colours of layers and groups meet those below."""
    return _set_all(project, canvas_id, ids, "Change the blend mode", blend=blend)


def set_visible(
    project: Project, canvas_id: str, layer_ids: Iterable[str], *, visible: bool
) -> Edit:
    """Show or hide layers and groups."""
    label = "Show a layer" if visible else "Hide a layer"
    return _set_all(project, canvas_id, layer_ids, label, visible=visible)


def set_frozen(project: Project, canvas_id: str, layer_ids: Iterable[str], *, frozen: bool) -> Edit:
    """Freeze living layers as they are, or let them follow their model again."""
    label = "Freeze a layer" if frozen else "Unfreeze a layer"
    return _set_all(project, canvas_id, layer_ids, label, frozen=frozen)


def set_sampling(project: Project, canvas_id: str, layer_id: str, sampling: Sampling) -> Edit:
    """Choose how a layer is enlarged: "smooth" or "pixels"."""
    return _set_all(project, canvas_id, (layer_id,), "Change the sampling", sampling=sampling)


def set_adjust(project: Project, canvas_id: str, layer_id: str, adjust: Adjust) -> Edit:
    """Adjust a layer's colours."""
    return _set_all(project, canvas_id, (layer_id,), "Adjust colours", adjust=adjust)


def rename_layer(project: Project, canvas_id: str, layer_id: str, name: str) -> Edit:
    """Rename a layer or a group; several may have one name."""
    return _set_all(project, canvas_id, (layer_id,), "Rename a layer", name=name)


def _set_all(
    project: Project, canvas_id: str, layer_ids: Iterable[str], label: str, **fields: object
) -> Edit:
    return edit_layers(project, canvas_id, dict.fromkeys(layer_ids, fields), label)
