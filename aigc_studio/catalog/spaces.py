"""The statistics of a model's latent space, read from its weights file without torch."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from pydantic import ValidationError
from safetensors import SafetensorError, safe_open

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.families import FAMILIES
from aigc_studio.catalog.header import read_header
from aigc_studio.catalog.latent import Floats, Space

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.catalog.header import Header
    from aigc_studio.catalog.latent import Geometry

# Names of the statistics' tensors: "space.mean" and "space.std" of a point's shape, "space.axes"
# (k, *shape).
# They are of the family's home space; where that has layers, of one row.
ATLAS = "space."
ATLAS_PARTS = ("mean", "std", "axes")
LARGEST = 1 << 16
MOST_AXES = 512
# Directions that follow from the weights alone, (k, Z), strongest first; some families have them.
CLOSED_FORM = "directions.axes"
_MOST_SIDES = 3  # a vector, a point a layer, or a grid with channels


def read_space(weights: Path) -> Space:
    """The home space of a model as its weights file describes it.

    A model that keeps no statistics has a space without mean, std and axes.

    Raises:
        StudioError: kind "hostile" or "missing": the file is not what it claims, or not there.
    """
    header = read_header(weights)
    row, layers = _row_space(header, weights), _layers(header, weights)
    return tiled(row, row.name, layers) if layers else row


def tiled(row: Space, name: str, layers: int) -> Space:
    """The space whose points have a row for each layer, with what is typical of one row.

    Axes move all layers alike, and are of unit length again.
    """
    rows = (layers, *row.shape)

    def each(given: Floats | None) -> Floats | None:
        return None if given is None else np.broadcast_to(given, rows).copy()

    axes = None if row.axes is None else _in_layers(row.axes, layers)
    return replace(
        row, name=name, shape=rows, mean=each(row.mean), std=each(row.std), axes=axes, layers=layers
    )


def _row_space(header: Header, weights: Path) -> Space:
    name, geometry = _home(header)
    names = [f"{ATLAS}{part}" for part in ATLAS_PARTS]
    if any(name not in header.tensors for name in names):
        return Space(name, (_latent(header, weights),), geometry)
    _check_shapes(header, weights)
    mean, std, axes = _read(weights, names)
    if (std < 0).any():
        raise _refused(weights, "its latent statistics are no numbers")
    return Space(name, mean.shape, geometry, mean=mean, std=std, axes=_unit(axes))


def read_directions(weights: Path) -> dict[str, Floats]:
    """Directions of the home space by where they come from, (k, *shape) each, unit length.

    "pca" are the principal axes of typical points, "closed-form" what follows from the weights
    alone (Shen and Zhou, 2021). A model that has neither has no directions.

    Raises:
        StudioError: as `read_space`.
    """
    header = read_header(weights)
    space, layers = _row_space(header, weights), _layers(header, weights)
    found = {} if space.axes is None else {"pca": space.axes}
    shape = header.tensors.get(CLOSED_FORM)
    if shape is not None:
        found["closed-form"] = _closed_form(shape, space, weights)
    return {kind: _in_layers(axes, layers) for kind, axes in found.items()} if layers else found


def _closed_form(shape: tuple[int, ...], space: Space, weights: Path) -> Floats:
    if len(shape) != 2 or shape[1:] != space.shape or not 1 <= shape[0] <= MOST_AXES:
        raise _refused(weights, "its directions have the wrong shape")
    (axes,) = _read(weights, [CLOSED_FORM])
    return _unit(axes)


def _in_layers(axes: Floats, layers: int) -> Floats:
    """Directions of one row (k, W) as directions that move all layers alike, (k, L, W)."""
    return _unit(np.repeat(axes[:, None], layers, axis=1))


def _layers(header: Header, weights: Path) -> int:
    """How many layers take a row of a point each; 0 where points have no rows."""
    entry = FAMILIES.get(header.family)
    if entry is None or not entry.layered:
        return 0
    try:
        layers: int = getattr(entry.config.model_validate(header.config), "layers", 0)
    except ValidationError as error:
        raise _refused(weights, "its configuration is not valid") from error
    return layers


def _read(weights: Path, names: list[str]) -> list[Floats]:
    try:
        with safe_open(weights, framework="numpy") as file:
            parts = [np.asarray(file.get_tensor(name), dtype=np.float32) for name in names]
    except (SafetensorError, OSError, ValueError, TypeError) as error:
        raise _refused(weights, str(error)) from error
    if not all(np.isfinite(part).all() for part in parts):
        raise _refused(weights, "its latent statistics are no numbers")
    return parts


def _home(header: Header) -> tuple[str, Geometry]:
    entry = FAMILIES.get(header.family)
    return (entry.home, entry.geometry) if entry else ("z", "gaussian")


def _latent(header: Header, weights: Path) -> int:
    latent = header.config.get("latent")
    if not isinstance(latent, int) or not 1 <= latent <= LARGEST:
        raise _refused(weights, "it does not say how large its latent space is")
    return latent


def _check_shapes(header: Header, weights: Path) -> None:
    mean, std, axes = (header.tensors[f"{ATLAS}{part}"] for part in ATLAS_PARTS)
    size = math.prod(mean)
    fits = 1 <= len(mean) <= _MOST_SIDES and mean == std and axes[1:] == mean
    if not fits or not 1 <= size <= LARGEST or not 1 <= axes[0] <= size:
        raise _refused(weights, "its latent statistics have the wrong shape")


def _unit(axes: Floats) -> Floats:
    flat = axes.reshape(len(axes), -1)
    lengths = np.linalg.norm(flat, axis=1, keepdims=True)
    unit: Floats = flat / np.maximum(lengths, np.float32(1e-12))
    return unit.reshape(axes.shape)


def _refused(weights: Path, reason: str) -> StudioError:
    return StudioError(
        f"The weights {weights.name} were refused: {reason}.",
        kind="hostile",
        todo="Import the model again from a good copy.",
    )
