"""Provenance out of files: XMP first, then PNG text, film tags and EXIF for what it lacks."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import disk_errors
from aigc_studio.media import provenance as names
from aigc_studio.media.boxes import xmp_of_mp4
from aigc_studio.media.decode import FAULTS, opened, quiet
from aigc_studio.media.kind import HEAD_BYTES, container_kind, picture_format
from aigc_studio.media.provenance import NAMESPACES, RECIPE_KEY, Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from PIL import Image as Pillow

MAX_XMP_BYTES = 16 << 20
_EXTENDED_MARK = b"http://ns.adobe.com/xmp/extension/\0"
_GUID = slice(len(_EXTENDED_MARK), len(_EXTENDED_MARK) + 32)
_EXTENDED_DATA = len(_EXTENDED_MARK) + 40
_GIF_XMP = re.compile(rb"!\xff\x0bXMP DataXMP(.*?)\x01\xff\xfe\xfd", re.DOTALL)
_NOTHING = Provenance(software="", digital_source_type="")


def read_provenance(path: Path) -> Provenance | None:
    """What a file says of its origin, or None when it says nothing of that sort.

    Files of other programs are read too: author and rights of an artist's own photographs.

    Raises:
        StudioError: when the file cannot be read at all.
    """
    with disk_errors(path), path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if picture_format(head):
        sources = _of_picture(path)
    elif container_kind(head) == "video":
        sources = _of_film(path)
    else:
        return None
    return _merged(sources)


def _merged(sources: Iterator[Provenance]) -> Provenance | None:
    found = list(sources)
    values = {
        field.name: next((v for s in found if (v := getattr(s, field.name))), "")
        for field in fields(Provenance)
    }
    merged = Provenance(**values)
    # The name of a program alone says nothing of where a work comes from.
    return merged if set(merged.items()) - {"software"} else None


def _of_picture(path: Path) -> Iterator[Provenance]:
    with disk_errors(path):
        data = path.read_bytes()
    try:
        picture = opened(data, str(path))
    except StudioError:
        return
    with picture:
        for packet in _packets(picture, data):
            yield parse_xmp(packet)
        yield _of_text(picture)
        yield _of_exif(picture)


def _packets(picture: Pillow.Image, data: bytes) -> Iterator[bytes]:
    packet = picture.info.get("xmp")
    if isinstance(packet, bytes):
        yield packet
    if picture.format == "JPEG":
        yield from _extended(getattr(picture, "applist", []))
    if picture.format == "GIF" and (found := _GIF_XMP.search(data)):
        yield found[1]


def _extended(segments: list[tuple[str, bytes]]) -> Iterator[bytes]:
    parts = [data for mark, data in segments if mark == "APP1" and data.startswith(_EXTENDED_MARK)]
    for guid in dict.fromkeys(part[_GUID] for part in parts):
        pieces = {
            int.from_bytes(part[_GUID.stop + 4 : _EXTENDED_DATA]): part[_EXTENDED_DATA:]
            for part in parts
            if part[_GUID] == guid
        }
        yield b"".join(pieces[offset] for offset in sorted(pieces))


def _of_text(picture: Pillow.Image) -> Provenance:
    comment = picture.info.get("comment")
    if picture.format == "GIF" and isinstance(comment, bytes) and comment.startswith(b"{"):
        return Provenance(comment.decode(errors="replace"), software="", digital_source_type="")
    texts = {str(key): value for key, value in picture.info.items() if isinstance(value, str)}
    return from_text_chunks(texts) if picture.format == "PNG" else _NOTHING


def _of_exif(picture: Pillow.Image) -> Provenance:
    try:
        with quiet():
            exif = dict(picture.getexif())
    except FAULTS:
        return _NOTHING
    return Provenance(
        author=_utf8(exif.get(names.AUTHOR_TAG)),
        rights=_utf8(exif.get(names.RIGHTS_TAG)),
        title=_utf8(exif.get(names.TITLE_TAG)),
        software=_utf8(exif.get(names.SOFTWARE_TAG)),
        digital_source_type="",
    )


def _utf8(value: object) -> str:
    # Pillow reads EXIF text as Latin-1; nearly everybody writes UTF-8.
    if not isinstance(value, str):
        return ""
    try:
        return value.encode("latin-1").decode().strip()
    except (UnicodeEncodeError, UnicodeDecodeError):
        return value.strip()


def _of_film(path: Path) -> Iterator[Provenance]:
    packet = xmp_of_mp4(path, MAX_XMP_BYTES)
    if packet:
        yield parse_xmp(packet)
        return
    from aigc_studio.media.video import read_tags

    tags = read_tags(path)
    yield Provenance(
        recipe_json=tags.get("comment", "") if tags.get("comment", "").startswith("{") else "",
        author=tags.get("artist", ""),
        rights=tags.get("copyright", ""),
        title=tags.get("title", ""),
        software="",
        digital_source_type=tags.get("digital_source_type", ""),
    )


def parse_xmp(packet: bytes) -> Provenance:
    """What an XMP packet says; a damaged or hostile one says nothing."""
    # Entities are how XML bombs are built, and no XMP packet needs a document type.
    if len(packet) > MAX_XMP_BYTES or b"<!DOCTYPE" in packet or b"<!ENTITY" in packet:
        return _NOTHING
    try:
        root = ElementTree.fromstring(packet.decode(errors="replace").strip("\ufeff\0 \r\n\t"))
    except (ElementTree.ParseError, ValueError):
        return _NOTHING
    return Provenance(
        recipe_json=_value(root, "aigc", "recipe"),
        author=_value(root, "dc", "creator"),
        rights=_value(root, "dc", "rights"),
        title=_value(root, "dc", "title"),
        software=_value(root, "xmp", "CreatorTool"),
        digital_source_type=_value(root, "Iptc4xmpExt", "DigitalSourceType"),
    )


def _value(root: ElementTree.Element, prefix: str, name: str) -> str:
    # A property is an element, a list inside an element, or an attribute of the description.
    key = f"{{{NAMESPACES[prefix]}}}{name}"
    element = next(root.iter(key), None)
    if element is None:
        return next((e.attrib[key] for e in root.iter() if key in e.attrib), "")
    items = [item.text or "" for item in element.iter(f"{{{NAMESPACES['rdf']}}}li")]
    return ", ".join(items) if items else (element.text or "")


def from_text_chunks(chunks: Mapping[str, str]) -> Provenance:
    """The inverse of `text_chunks`."""
    return Provenance(
        recipe_json=chunks.get(RECIPE_KEY, ""),
        author=chunks.get("Author", ""),
        rights=chunks.get("Copyright", ""),
        title=chunks.get("Title", ""),
        software=chunks.get("Software", ""),
        digital_source_type=chunks.get("Source", ""),
    )
