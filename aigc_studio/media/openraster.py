"""OpenRaster files: layers that other programs open, by the baseline specification 0.0.5.

A zip with `mimetype` first and stored, `stack.xml` with the pile (the topmost first), one PNG a
layer, `mergedimage.png` and `Thumbnails/thumbnail.png` of at most 256 pixels a side.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias
from xml.etree import ElementTree

from aigc_studio.base.errors import StudioError
from aigc_studio.media.decode import MAX_PIXELS, decode_image
from aigc_studio.media.encode import encode_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aigc_studio.media.blending import Blend
    from aigc_studio.media.image import Image
    from aigc_studio.media.provenance import Provenance

    Part: TypeAlias = "OraLayer | OraGroup"

MIMETYPE = b"image/openraster"
VERSION = "0.0.5"
THUMBNAIL = 256
MAX_ENTRIES, MAX_ENTRY_BYTES, MAX_STACK_BYTES = 4000, 256 << 20, 4 << 20
MAX_SIDE, MAX_LAYERS, MAX_DEPTH = 1 << 16, 1000, 8
_OPS: dict[Blend, str] = {
    "normal": "svg:src-over",
    "multiply": "svg:multiply",
    "screen": "svg:screen",
    "overlay": "svg:overlay",
    "darken": "svg:darken",
    "lighten": "svg:lighten",
}
# The same moment for every file, so that equal canvases are equal bytes.
_WHEN = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class OraLayer:
    """A picture, its left upper corner at (x, y)."""

    name: str
    image: Image
    x: int = 0
    y: int = 0
    opacity: float = 1.0
    visible: bool = True
    blend: Blend = "normal"


@dataclass(frozen=True)
class OraGroup:
    """Parts that are composed by themselves, the lowest first."""

    name: str
    parts: tuple[Part, ...]
    opacity: float = 1.0
    visible: bool = True
    blend: Blend = "normal"


@dataclass(frozen=True)
class Ora:
    """A whole file.

    Attributes:
        parts: the lowest first.
        merged: all of it as one picture; None where a file has none.
    """

    width: int
    height: int
    parts: tuple[Part, ...] = ()
    merged: Image | None = field(default=None, compare=False)


def ora_bytes(ora: Ora, merged: Image, provenance: Provenance | None = None) -> bytes:
    """The bytes of a file; `provenance` lies in the merged picture."""
    out, pictures = io.BytesIO(), list[tuple[str, bytes]]()
    root = ElementTree.Element(
        "image", version=VERSION, w=str(ora.width), h=str(ora.height), xres="72", yres="72"
    )
    stack = ElementTree.SubElement(root, "stack")
    _write_parts(stack, ora.parts, pictures)
    xml = b"<?xml version='1.0' encoding='UTF-8'?>\n" + ElementTree.tostring(root)
    factor = min(THUMBNAIL / max(merged.size), 1)
    small = merged.resized(*(max(round(side * factor), 1) for side in merged.size))
    with zipfile.ZipFile(out, "w") as file:
        _put(file, "mimetype", MIMETYPE)
        _put(file, "stack.xml", xml)
        for name, data in pictures:
            _put(file, name, data)
        _put(file, "mergedimage.png", encode_bytes(merged.to_mode("rgba"), "png", provenance))
        _put(file, "Thumbnails/thumbnail.png", encode_bytes(small.to_mode("rgba"), "png"))
    return out.getvalue()


def _put(file: zipfile.ZipFile, name: str, data: bytes) -> None:
    # Stored: PNG is packed already, and `mimetype` has to be found at a fixed place.
    file.writestr(zipfile.ZipInfo(name, _WHEN), data)


def _write_parts(
    stack: ElementTree.Element, parts: Sequence[Part], pictures: list[tuple[str, bytes]]
) -> None:
    for part in reversed(parts):
        told = {
            "name": _plain(part.name),
            "opacity": f"{part.opacity:.6g}",
            "visibility": "visible" if part.visible else "hidden",
            "composite-op": _OPS[part.blend],
        }
        if isinstance(part, OraGroup):
            inner = ElementTree.SubElement(stack, "stack", told, isolation="isolate")
            _write_parts(inner, part.parts, pictures)
            continue
        name = f"data/layer{len(pictures):03}.png"
        pictures.append((name, encode_bytes(part.image.to_mode("rgba"), "png")))
        place = {"src": name, "x": str(part.x), "y": str(part.y)}
        ElementTree.SubElement(stack, "layer", told, **place)


def _plain(name: str) -> str:
    return "".join(sign for sign in name if sign >= " " and not "\ud800" <= sign <= "\udfff")


def pictures_in(parts: Sequence[Part]) -> Iterator[Image]:
    """The pictures of all layers, also those in groups."""
    for part in parts:
        if isinstance(part, OraGroup):
            yield from pictures_in(part.parts)
        else:
            yield part.image


def is_openraster(head: bytes) -> bool:
    """Whether a file that begins like this is one: `mimetype` lies first and stored."""
    return head.startswith(b"PK\x03\x04") and head[30:54] == b"mimetype" + MIMETYPE


def read_ora(data: bytes, name: str = "The file") -> Ora:
    """The layers of a file, which may be a stranger's.

    What it knows more than we do (other modes of blending) is read as what is nearest.

    Raises:
        StudioError: kind "input" for a damaged file, "hostile" for one that claims too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            return _Reading(file, name).ora()
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError, OSError) as error:
        raise _refused(name, "it is damaged", "input") from error
    except (EOFError, NotImplementedError, RuntimeError) as error:
        raise _refused(name, "it is packed in a way that is not read", "input") from error


class _Reading:
    """One file, with bounds on everything."""

    def __init__(self, file: zipfile.ZipFile, name: str) -> None:
        self._file, self._name = file, name
        self._count, self._pixels = 0, 0
        if len(file.infolist()) > MAX_ENTRIES:
            raise _refused(name, "it has too many entries")
        if self._entry("mimetype", 100) != MIMETYPE:
            raise _refused(name, "it is no OpenRaster file", "input")

    def ora(self) -> Ora:
        xml = self._entry("stack.xml", MAX_STACK_BYTES)
        if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:  # how XML bombs are built
            raise _refused(self._name, "its list of layers declares entities")
        root = ElementTree.fromstring(xml)
        width, height = int(root.attrib["w"]), int(root.attrib["h"])
        if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
            raise _refused(self._name, f"it claims {width} x {height} pixels")
        stack = root.find("stack")
        parts = tuple(self._parts(stack, 0)) if stack is not None else ()
        there = "mergedimage.png" in self._file.namelist()
        return Ora(width, height, parts, self._image("mergedimage.png") if there else None)

    def _entry(self, name: str, most: int) -> bytes:
        if self._file.getinfo(name).file_size > most:
            raise _refused(self._name, f"{name[:80]} is too large")
        with self._file.open(name) as entry:
            data = entry.read(most + 1)
        if len(data) > most:
            raise _refused(self._name, f"{name[:80]} is larger than it claims")
        return data

    def _image(self, name: str) -> Image:
        image = decode_image(self._entry(name, MAX_ENTRY_BYTES))
        self._pixels += image.width * image.height
        if self._pixels > 4 * MAX_PIXELS:
            raise _refused(self._name, "its layers have too many pixels")
        return image

    def _parts(self, stack: ElementTree.Element, depth: int) -> Iterator[Part]:
        if depth > MAX_DEPTH:
            raise _refused(self._name, "its groups lie too deep")
        for element in reversed(stack):
            self._count += 1
            if self._count > MAX_LAYERS:
                raise _refused(self._name, f"it has more than {MAX_LAYERS} layers")
            if element.tag == "stack":
                inner = tuple(self._parts(element, depth + 1))
                yield OraGroup(_name(element), inner, *_manner(element))
            elif element.tag == "layer":
                x, y = (_place(element, axis) for axis in ("x", "y"))
                image = self._image(element.attrib["src"])
                yield OraLayer(_name(element), image, x, y, *_manner(element))


def _name(element: ElementTree.Element) -> str:
    return _plain(element.get("name", "")).strip()[:200] or "Layer"


def _place(element: ElementTree.Element, axis: str) -> int:
    return min(max(round(float(element.get(axis, "0"))), -MAX_SIDE), MAX_SIDE)


def _manner(element: ElementTree.Element) -> tuple[float, bool, Blend]:
    """Opacity, visibility, blend mode."""
    opacity = min(max(float(element.get("opacity", "1")), 0.0), 1.0)
    named = element.get("composite-op", "svg:src-over")
    blend = next((mode for mode, op in _OPS.items() if op == named), None)
    return opacity, element.get("visibility", "visible") != "hidden", blend or "normal"


def _refused(name: str, reason: str, kind: str = "hostile") -> StudioError:
    return StudioError(
        f"{name} cannot be opened as OpenRaster: {reason}.",
        kept="Nothing was changed.",
        todo="Save it again from the program it came from.",
        kind="hostile" if kind == "hostile" else "input",
    )
