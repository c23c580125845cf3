"""What a file holds, told by its first bytes; a name says little."""

from __future__ import annotations

from typing import Literal

Kind = Literal["image", "animation", "video", "archive"]
PICTURE_SUFFIXES = frozenset(
    {".png", ".apng", ".jpg", ".jpeg", ".jpe", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif"}
)
# Enough for two packets of an MPEG transport stream; the other marks stand in front of that.
HEAD_BYTES = 512

_TRANSPORT_PACKET = 188
_STILL_OR_SOUND = (b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1", b"M4A ", b"M4B ", b"crx ")
_VIDEO_MARKS = (
    b"\x1aE\xdf\xa3",  # Matroska, WebM
    b"FLV\x01",
    b"\x00\x00\x01\xba",  # MPEG program stream
    b"\x00\x00\x01\xb3",
    b"0&\xb2u\x8ef\xcf\x11",  # ASF, WMV
)


def picture_format(head: bytes) -> str | None:
    """Pillow's name of the picture format that begins like this, or None."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    if head.startswith((b"II*\0", b"MM\0*")):
        return "TIFF"
    if head[4:12] in (b"ftypavif", b"ftypavis"):
        return "AVIF"
    # "BM" alone begins many a text; the reserved bytes of a bitmap are zero.
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return "BMP"
    return None


def container_kind(head: bytes) -> Kind | None:
    """ "video" or "archive" for a file that begins like this, or None."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "archive"
    return "video" if _is_video(head) else None


def _is_video(head: bytes) -> bool:
    if head[4:8] == b"ftyp":
        return head[8:12] not in _STILL_OR_SOUND
    if head.startswith(b"RIFF"):
        return head[8:12] == b"AVI "
    if head.startswith(b"OggS"):
        return b"\x80theora" in head
    if head[:1] == b"G" and head[_TRANSPORT_PACKET : _TRANSPORT_PACKET + 1] == b"G":
        return head[2 * _TRANSPORT_PACKET : 2 * _TRANSPORT_PACKET + 1] == b"G"
    return head.startswith(_VIDEO_MARKS)
