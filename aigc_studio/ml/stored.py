"""What families ask of the tensors they are loaded from, and how a misfit is told."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.latent import Space

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from torch import Tensor

NET, ATLAS, PRIOR = "net.", "space.", "prior."
ATLAS_PARTS = ("mean", "std", "axes")


@contextlib.contextmanager
def must_fit() -> Iterator[None]:
    """Inside, weights that do not fit their configuration are told as a StudioError.

    Raises:
        StudioError: kind "hostile".
    """
    try:
        yield
    except (RuntimeError, KeyError, ValueError) as error:
        raise StudioError(
            "The model's weights do not fit its own configuration.",
            kept="Nothing of it was used.",
            kind="hostile",
            todo="Import the model again from a good copy.",
        ) from error


def part(tensors: Mapping[str, Tensor], prefix: str) -> dict[str, Tensor]:
    """The tensors below a prefix, without it."""
    return {name.removeprefix(prefix): t for name, t in tensors.items() if name.startswith(prefix)}


def require_known(tensors: Mapping[str, Tensor], known: Collection[str]) -> None:
    """Refuse tensors that are neither of the net nor `known`, and such that hold no numbers.

    What the net itself does not know, `load_state_dict` refuses.

    Raises:
        ValueError: there is one.
    """
    for name, tensor in tensors.items():
        if not (name in known or name.startswith(NET)) or not tensor.is_floating_point():
            raise ValueError(f'"{name}" ({tensor.dtype}) does not belong to this family')


def gaussian_space(tensors: Mapping[str, Tensor], name: str, shape: tuple[int, ...]) -> Space:
    """The space with the statistics that are stored beside the net.

    Raises:
        KeyError, ValueError: they are not there, or of another shape.
    """
    atlas = part(tensors, ATLAS)
    mean, std, axes = (atlas[each].numpy() for each in ATLAS_PARTS)
    if mean.shape != shape or std.shape != shape or axes.shape[1:] != shape:
        raise ValueError("the latent statistics have the wrong shape")
    return Space(name, shape, "gaussian", mean=mean, std=std, axes=axes)
