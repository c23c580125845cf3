"""Points in latent spaces as plain numpy values; `ml` turns them into tensors."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Flag, StrEnum, auto
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import load, save

if TYPE_CHECKING:
    from collections.abc import Mapping

Floats = npt.NDArray[np.float32]
Geometry = Literal["gaussian", "euclid", "sphere", "codes"]


class Modality(StrEnum):
    """A medium."""

    IMAGE = "image"
    AUDIO = "audio"
    TEXT = "text"


class Cap(Flag):
    """What a model can do; panels and commands ask for these, never for a family's name."""

    SAMPLE = auto()
    ENCODE = auto()
    DECODE = auto()
    DENOISE = auto()
    INVERT = auto()
    CONDITION = auto()
    LAYERS = auto()
    TIME = auto()
    TOKENS = auto()
    JUDGE = auto()
    UPSCALE = auto()
    PAIR = auto()
    REPAINT = auto()


@dataclass(frozen=True)
class Space:
    """A latent space: how its points may be moved and what is typical in it.

    Attributes:
        name: "z", "w", "w+" ...
        shape: shape of one point, without the batch axis.
        geometry: "gaussian" (walk by slerp), "euclid" (walk by lerp), "sphere", "codes".
        mean: typical point, of `shape`; None means the origin.
        std: typical spread per number, of `shape`; None means ones.
        axes: strongest directions, (k, *shape), unit length, strongest first.
        layers: number of layers that take a point each; 0 when there are none.
        time_hz: codes a second for media with time; 0 when there is none.
    """

    name: str
    shape: tuple[int, ...]
    geometry: Geometry
    mean: Floats | None = None
    std: Floats | None = None
    axes: Floats | None = None
    layers: int = 0
    time_hz: float = 0.0


@dataclass(frozen=True)
class Code:
    """A batch of points in one latent space of one model.

    Attributes:
        model_id: sha256 of the model's weights.
        space: name of the space.
        tensors: float32 arrays with a leading batch axis; "z" for a plain latent.
        seed: the seed of the first point when it was drawn, else None.
    """

    model_id: str
    space: str
    tensors: Mapping[str, Floats] = field(default_factory=dict)
    seed: int | None = None

    def __len__(self) -> int:
        return len(next(iter(self.tensors.values()))) if self.tensors else 0

    def at(self, index: int) -> Code:
        """The point `index` as a batch of one."""
        picked = {name: array[index : index + 1] for name, array in self.tensors.items()}
        return Code(self.model_id, self.space, picked, None)

    def to_bytes(self) -> bytes:
        """As a safetensors file; equal codes give equal bytes."""
        return save({name: np.ascontiguousarray(array) for name, array in self.tensors.items()})

    @classmethod
    def from_bytes(cls, data: bytes, model_id: str, space: str) -> Code:
        """Read what `to_bytes` wrote.

        Raises:
            ValueError: the bytes are no safetensors file or hold something other than numbers.
        """
        try:
            tensors = load(data)
        except SafetensorError as error:
            raise ValueError(f"not a latent code: {error}") from error
        return cls(model_id, space, {k: v.astype(np.float32) for k, v in tensors.items()})
