"""Pictures into files: PNG, JPEG, WebP, TIFF, AVIF, each with the provenance it can hold."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PIL import TiffImagePlugin, TiffTags
from PIL.PngImagePlugin import PngInfo

from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import disk_errors, write_atomic
from aigc_studio.media.embed import exif_block, exif_texts, text_chunks, xmp_packet
from aigc_studio.media.image import RGB, WHITE, Image
from aigc_studio.media.provenance import Provenance

if TYPE_CHECKING:
    from pathlib import Path

Format = Literal["png", "jpeg", "webp", "tiff", "avif"]

_FORMATS: dict[str, Format] = {
    ".png": "png",
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".webp": "webp",
    ".tif": "tiff",
    ".tiff": "tiff",
    ".avif": "avif",
}
_LONGEST_SIDE: dict[Format, int] = {
    "png": 65_535,
    "jpeg": 65_500,
    "webp": 16_383,
    "tiff": 65_535,
    "avif": 65_535,
}
_XMP_TAG = 700  # of TIFF
# A JPEG segment holds 65,533 bytes with its mark; what is longer goes into pieces.
_SEGMENT_ROOM = 65_000
_XMP_EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"
# From this quality on, colour is stored at full resolution.
_FULL_COLOUR_QUALITY = 90


@dataclass(frozen=True)
class EncodeReport:
    """What became of an export.

    Attributes:
        path: the file.
        embedded: names of the provenance fields that the file holds.
        dropped: names of the fields that its format cannot hold.
        notes: what else changed on the way, one sentence each.
        beside: further files that belong to it.
        codec: what a film's frames were encoded with; empty for pictures.
    """

    path: Path
    embedded: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    beside: tuple[Path, ...] = ()
    codec: str = ""


@dataclass(frozen=True)
class Encoding:
    """How to write a picture.

    Attributes:
        quality: of JPEG, AVIF and lossy WebP, 1 to 100.
        lossless: of WebP.
        background: behind transparent parts where the format has no alpha.
    """

    quality: int = 92
    lossless: bool = False
    background: RGB = WHITE


DEFAULT = Encoding()


def encode_image(
    image: Image,
    path: Path,
    provenance: Provenance | None = None,
    encoding: Encoding = DEFAULT,
) -> EncodeReport:
    """Write a picture; the same picture and provenance give the same bytes.

    Args:
        path: its suffix chooses the format (.png, .jpg, .jpeg, .webp, .tif, .tiff, .avif).

    Raises:
        StudioError: kind "input" for an unknown suffix or too large a picture, "disk" when
            it cannot be written; an older file at `path` is then still there.
    """
    form = format_of(path)
    data = encode_bytes(image, form, provenance, encoding)
    write_export(path, data)
    notes: tuple[str, ...] = ()
    if form == "jpeg" and image.channels == 4:
        notes = ("JPEG has no transparency: it was laid over the background colour.",)
    return EncodeReport(path, provenance.items() if provenance else (), notes=notes)


def format_of(path: Path) -> Format:
    """The picture format that a file name asks for.

    Raises:
        StudioError: kind "input" for a suffix that is none of them.
    """
    try:
        return _FORMATS[path.suffix.lower()]
    except KeyError:
        raise StudioError(
            f'"{path.name}" does not say which picture format is meant.',
            todo=f"End the name with one of {', '.join(_FORMATS)}.",
            kind="input",
        ) from None


def write_export(path: Path, data: bytes) -> None:
    """Write an exported file, whole or not at all.

    Raises:
        StudioError: kind "disk" or "missing".
    """
    # Not fsynced: an export can be made again, and a thousand of them shall not take minutes.
    with disk_errors(path, kept="The project is unchanged."):
        write_atomic(path, data, durable=False)


def encode_bytes(
    image: Image,
    form: Format,
    provenance: Provenance | None = None,
    encoding: Encoding = DEFAULT,
) -> bytes:
    """The bytes of the file that `encode_image` writes.

    Raises:
        StudioError: kind "input" when the format has no room for so large a picture.
    """
    if max(image.size) > _LONGEST_SIDE[form]:
        raise StudioError(
            f"{form.upper()} holds at most {_LONGEST_SIDE[form]} pixels a side; the picture "
            f"has {image.width} x {image.height}.",
            todo="Choose PNG, or make the picture smaller.",
            kind="input",
        )
    match form:
        case "png":
            return _png(image, provenance)
        case "jpeg":
            return _jpeg(image, provenance, encoding)
        case "webp":
            return _webp(image, provenance, encoding)
        case "tiff":
            return _tiff(image, provenance)
        case "avif":
            return _avif(image, provenance, encoding)


def _png(image: Image, provenance: Provenance | None) -> bytes:
    out, info = io.BytesIO(), PngInfo()
    for keyword, text in text_chunks(provenance).items() if provenance else ():
        info.add_itxt(keyword, text.encode(errors="replace").decode())
    if provenance:
        info.add_itxt("XML:com.adobe.xmp", xmp_packet(provenance).decode())
    exif = exif_block(provenance) if provenance else b""
    image.to_pillow().save(out, "PNG", pnginfo=info, exif=exif)
    return out.getvalue()


def _webp(image: Image, provenance: Provenance | None, encoding: Encoding) -> bytes:
    out = io.BytesIO()
    image.to_pillow().save(
        out,
        "WEBP",
        quality=encoding.quality,
        lossless=encoding.lossless,
        exact=encoding.lossless,
        xmp=xmp_packet(provenance) if provenance else b"",
        exif=exif_block(provenance) if provenance else b"",
    )
    return out.getvalue()


def _tiff(image: Image, provenance: Provenance | None) -> bytes:
    out, tags = io.BytesIO(), TiffImagePlugin.ImageFileDirectory_v2()
    if provenance:
        for tag, text in exif_texts(provenance).items():
            tags[tag] = text.decode()
        tags.tagtype[_XMP_TAG] = TiffTags.BYTE
        tags[_XMP_TAG] = xmp_packet(provenance)
    image.to_pillow().save(out, "TIFF", compression="tiff_adobe_deflate", tiffinfo=tags)
    return out.getvalue()


def _avif(image: Image, provenance: Provenance | None, encoding: Encoding) -> bytes:
    out = io.BytesIO()
    colour = image.to_mode("rgb") if image.channels == 1 else image
    full = encoding.quality >= _FULL_COLOUR_QUALITY
    colour.to_pillow().save(
        out,
        "AVIF",
        quality=encoding.quality,
        subsampling="4:4:4" if full else "4:2:0",
        max_threads=1,  # or the same picture would not give the same bytes
        xmp=xmp_packet(provenance) if provenance else b"",
        exif=exif_block(provenance) if provenance else b"",
    )
    return out.getvalue()


def _jpeg(image: Image, provenance: Provenance | None, encoding: Encoding) -> bytes:
    out = io.BytesIO()
    flat = image.to_mode("rgb", encoding.background) if image.channels == 4 else image
    xmp, extra = _jpeg_xmp(provenance) if provenance else (b"", b"")
    full = encoding.quality >= _FULL_COLOUR_QUALITY
    flat.to_pillow().save(
        out,
        "JPEG",
        quality=encoding.quality,
        subsampling="4:4:4" if full else "4:2:0",
        optimize=True,
        xmp=xmp,
        extra=extra,
        exif=_jpeg_exif(provenance) if provenance else b"",
    )
    return out.getvalue()


def _jpeg_exif(provenance: Provenance) -> bytes:
    block = exif_block(provenance)
    return block if len(block) <= _SEGMENT_ROOM else b""


def _jpeg_xmp(provenance: Provenance) -> tuple[bytes, bytes]:
    """The XMP packet, and the segments of an extended one where one segment is too small."""
    packet = xmp_packet(provenance)
    if len(packet) <= _SEGMENT_ROOM:
        return packet, b""
    digest = hashlib.md5(packet, usedforsecurity=False).hexdigest().upper()
    short = Provenance(software=provenance.software)
    segments = [
        _segment(digest.encode(), len(packet), offset, packet[offset : offset + _SEGMENT_ROOM])
        for offset in range(0, len(packet), _SEGMENT_ROOM)
    ]
    return xmp_packet(short, extended=digest), b"".join(segments)


def _segment(digest: bytes, total: int, offset: int, piece: bytes) -> bytes:
    body = _XMP_EXTENSION + digest + total.to_bytes(4) + offset.to_bytes(4) + piece
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2) + body
