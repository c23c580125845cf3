"""Read a safetensors header without loading a weight, and without trusting it."""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aigc_studio.base import strict_json
from aigc_studio.base.errors import StudioError

if TYPE_CHECKING:
    from pathlib import Path

MAX_HEADER = 16 << 20
MAX_TENSORS = 20_000
METADATA_KEY = "aigc"
_BYTES = {
    "F64": 8,
    "F32": 4,
    "F16": 2,
    "BF16": 2,
    "I64": 8,
    "I32": 4,
    "I16": 2,
    "I8": 1,
    "U8": 1,
    "BOOL": 1,
}


@dataclass(frozen=True)
class Header:
    """What a weights file says of itself.

    Attributes:
        family: id of the model family.
        config: the family's configuration, unvalidated.
        tensors: shape of each tensor by name.
        parameters: numbers in all tensors together.
    """

    family: str
    config: dict[str, Any]
    tensors: dict[str, tuple[int, ...]]
    parameters: int


def read_header(path: Path) -> Header:
    """Read and check the header of a weights file.

    Raises:
        StudioError: the file is missing, not safetensors, inconsistent, or not one of ours.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(8)
            length = struct.unpack("<Q", head)[0] if len(head) == 8 else MAX_HEADER + 1
            raw = file.read(length) if length <= min(MAX_HEADER, size) else None
    except OSError as error:
        raise StudioError(
            f"The weights {path.name} cannot be read: {error.strerror}.",
            kind="missing",
            todo="Import the model again.",
        ) from error
    if raw is None:
        raise _refused(path, "it is not a safetensors file")
    table = strict_json.loads(raw, f"The header of {path.name}", max_bytes=MAX_HEADER)
    return _checked(path, table, size - 8 - length)


def _checked(path: Path, table: object, room: int) -> Header:
    if not isinstance(table, dict) or len(table) > MAX_TENSORS:
        raise _refused(path, "its header is malformed")
    metadata = table.pop("__metadata__", None)
    shapes = {name: _shape(path, entry, room) for name, entry in table.items()}
    if not isinstance(metadata, dict) or not isinstance(metadata.get(METADATA_KEY), str):
        raise _refused(path, "it does not say which family it belongs to")
    note = strict_json.loads(metadata[METADATA_KEY].encode(), f"The note in {path.name}")
    family = note.get("family") if isinstance(note, dict) else None
    config = note.get("config") if isinstance(note, dict) else None
    if not isinstance(family, str) or not isinstance(config, dict):
        raise _refused(path, "its note on family and configuration is malformed")
    return Header(family, config, shapes, sum(math.prod(shape) for shape in shapes.values()))


def _shape(path: Path, entry: dict[str, Any], room: int) -> tuple[int, ...]:
    try:
        shape = tuple(int(side) for side in entry["shape"])
        start, end = entry["data_offsets"]
        fits = min(shape, default=0) >= 0 and 0 <= start <= end <= room
        whole = end - start == math.prod(shape) * _BYTES[entry["dtype"]]
    except (TypeError, ValueError, KeyError) as error:
        raise _refused(path, "a tensor in its header is malformed") from error
    if not (fits and whole):
        raise _refused(path, "a tensor in its header does not fit the file")
    return shape


def _refused(path: Path, reason: str) -> StudioError:
    return StudioError(
        f"The weights {path.name} were refused: {reason}.",
        kind="hostile",
        todo="Only models saved by this studio can be read as they are.",
    )
