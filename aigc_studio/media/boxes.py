"""XMP in MP4 files: a box of its own at the end, as the XMP specification (part 3) has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.base.files import disk_errors

if TYPE_CHECKING:
    from pathlib import Path

_XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_MAX_BOXES = 4096


def append_xmp(path: Path, packet: bytes) -> None:
    """Add `packet` to an MP4 file; players skip the box."""
    size = 8 + len(_XMP_UUID) + len(packet)
    with path.open("ab") as file:
        file.write(size.to_bytes(4) + b"uuid" + _XMP_UUID + packet)


def xmp_of_mp4(path: Path, limit: int) -> bytes | None:
    """The XMP packet of an MP4 or QuickTime file, None when there is none.

    Args:
        limit: longer packets are left alone, in bytes.
    """
    with disk_errors(path), path.open("rb") as file:
        position = 0
        for _ in range(_MAX_BOXES):
            file.seek(position)
            head = file.read(32)
            size, body = _extent(head)
            if size < body:
                return None
            if head[4:8] == b"uuid" and head[body : body + 16] == _XMP_UUID:
                file.seek(position + body + 16)
                length = size - body - 16
                return file.read(length) if length <= limit else None
            position += size
    return None


def _extent(head: bytes) -> tuple[int, int]:
    """Size of a box and of its header, in bytes; (0, 8) where the walk ends."""
    size = int.from_bytes(head[:4])
    return (int.from_bytes(head[8:16]), 16) if size == 1 else (size, 8)
