"""What people do to layers that are there: move, scale, rotate, adjust, freeze, rename."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.document.canvas_edits import layer_of, require, with_layers
from aigc_studio.document.changes import revised, there

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from aigc_studio.document.edits import Edit
    from aigc_studio.document.model import Project
    from aigc_studio.media.placing import Adjust, Sampling


def edit_layers(
    project: Project,
    canvas_id: str,
    fields: Mapping[str, Mapping[str, object]],
    label: str = "Change a layer",
) -> Edit:
    """Change fields of layers, given by layer id."""
    canvas = there(project.canvases, canvas_id)
    require(canvas, fields)
    layers = [
        revised(layer, **fields[layer.id]) if layer.id in fields else layer
        for layer in canvas.layers
    ]
    return with_layers(project, canvas, layers, label)


def move_layers(
    project: Project, canvas_id: str, layer_ids: Collection[str], right: float, down: float
) -> Edit:
    """Move layers by so many pixels of the canvas."""
    canvas = there(project.canvases, canvas_id)
    moved = {
        layer.id: {"x": layer.x + right, "y": layer.y + down}
        for layer in (layer_of(canvas, each) for each in layer_ids)
    }
    return edit_layers(project, canvas_id, moved, "Move a layer")


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


def set_opacity(project: Project, canvas_id: str, layer_ids: Iterable[str], opacity: float) -> Edit:
    """Set the opacity of layers, 0 to 1."""
    return _set_all(project, canvas_id, layer_ids, "Change the opacity", opacity=opacity)


def set_visible(
    project: Project, canvas_id: str, layer_ids: Iterable[str], *, visible: bool
) -> Edit:
    """Show or hide layers."""
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
    """Rename a layer; several may have one name."""
    return _set_all(project, canvas_id, (layer_id,), "Rename a layer", name=name)


def _set_all(
    project: Project, canvas_id: str, layer_ids: Iterable[str], label: str, **fields: object
) -> Edit:
    return edit_layers(project, canvas_id, dict.fromkeys(layer_ids, fields), label)
