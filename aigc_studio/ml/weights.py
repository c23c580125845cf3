"""Weights on disk: safetensors with one metadata key, so that equal weights are equal bytes."""

from __future__ import annotations

import errno
import os
import re
from typing import TYPE_CHECKING

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from aigc_studio.base import strict_json
from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import disk_errors, sha256_of, written_aside
from aigc_studio.catalog.header import METADATA_KEY, Header, read_header

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from torch import Tensor

    from aigc_studio.base.frozen import Frozen

_GOOD_COPY = "Import the model again from a good copy."
_SYSTEM_NUMBER = re.compile(r"\(os error (\d+)\)")


def save_weights(
    path: Path, tensors: Mapping[str, Tensor], family: str, config: Frozen, *, half: bool = True
) -> str:
    """Write a model's weights and return their sha256, which is the model's id.

    Args:
        path: target file; appears whole or not at all.
        tensors: floating point tensors are stored as float16 when `half`, else as they are.
        family: id of the family.
        config: the family's configuration, stored in the header.
        half: float16 halves the file and costs under 1e-3 relative error a weight. A tensor
            that float16 cannot hold is stored as float32.

    Raises:
        StudioError: kind "disk".
    """
    note = strict_json.dumps({"config": config.model_dump(mode="json"), "family": family})
    stored = {name: _stored(tensor, half) for name, tensor in tensors.items()}
    with disk_errors(path):
        write_tensors(path, stored, note.decode())
    return sha256_of(path)


def write_tensors(path: Path, tensors: dict[str, Tensor], note: str) -> None:
    """Write a safetensors file, whole or not at all, with `note` as its one metadata.

    Raises:
        OSError: the disk refuses.
    """
    try:
        with written_aside(path) as aside:
            save_file(tensors, aside, metadata={METADATA_KEY: note})
    except SafetensorError as error:
        # The library tells a full disk in a class of its own, the system's number in its words.
        found = _SYSTEM_NUMBER.search(str(error))
        number = int(found[1]) if found else errno.EIO
        raise OSError(number, os.strerror(number), str(path), number) from error


def _stored(tensor: Tensor, half: bool) -> Tensor:
    plain = tensor.detach().cpu().contiguous()
    if not (half and plain.dtype == torch.float32):
        return plain
    small = plain.half()
    return small if bool(torch.isfinite(small).all()) else plain


def load_weights(path: Path) -> tuple[Header, dict[str, Tensor]]:
    """Read weights as float32 tensors on the CPU.

    Raises:
        StudioError: kind "missing" or "hostile".
    """
    header = read_header(path)
    try:
        tensors = load_file(path)
    except (SafetensorError, OSError) as error:
        raise StudioError(
            f"The weights {path.name} could not be read: {error}.",
            kind="hostile",
            todo=_GOOD_COPY,
        ) from error
    return header, {name: _read(path, name, tensor) for name, tensor in tensors.items()}


def _read(path: Path, name: str, tensor: Tensor) -> Tensor:
    if not tensor.is_floating_point():
        return tensor
    plain = tensor.float()
    # One such number would silently turn every picture black.
    if not bool(torch.isfinite(plain).all()):
        raise StudioError(
            f'The weights {path.name} were refused: "{name}" holds numbers that are not finite.',
            kind="hostile",
            todo=_GOOD_COPY,
        )
    return plain
