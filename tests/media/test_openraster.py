"""OpenRaster: files checked against the format's description; hostile files are refused."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image as Pillow

from aigc_studio.base.errors import StudioError
from aigc_studio.media.compose import composed
from aigc_studio.media.image import Image
from aigc_studio.media.openraster import (
    MIMETYPE,
    Ora,
    OraGroup,
    OraLayer,
    is_openraster,
    ora_bytes,
    read_ora,
)
from aigc_studio.media.placing import Placed, Stack
from tests.media.helpers import ORIGIN, noise

OPS = {
    "svg:src-over", "svg:multiply", "svg:screen", "svg:overlay", "svg:darken", "svg:lighten",
}  # fmt: skip
WIDE, HIGH = 40, 30


def sample() -> Ora:
    """Two layers and a group."""
    inner = (
        OraLayer("low", noise(10, 8, 4, 1), 3, 4, blend="multiply"),
        OraLayer("<high> & “quoted”", noise(6, 6, 4, 2), 20, 9, 0.5, visible=False),
    )
    return Ora(
        WIDE,
        HIGH,
        (
            OraLayer("ground", noise(WIDE, HIGH, 3, 3)),
            OraGroup("group", inner, 0.75, blend="screen"),
            OraLayer("top", noise(5, 5, 4, 4), -2, 27, 0.25),
        ),
    )


def merged() -> Image:
    """Some picture of that size."""
    return noise(WIDE, HIGH, 4, 9)


def checked(data: bytes) -> ElementTree.Element:
    """The pile of a file, once it was found to be as the specification 0.0.5 says.

    https://www.openraster.org/baseline/: file layout, layer stack and mandatory pictures.
    """
    assert data[:4] == b"PK\x03\x04"
    assert data[30:38] == b"mimetype"
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        first = file.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert file.read(first) == b"image/openraster"
        root = ElementTree.fromstring(file.read("stack.xml"))
        assert root.tag == "image"
        assert root.attrib["version"].count(".") == 2
        size = (int(root.attrib["w"]), int(root.attrib["h"]))
        assert [child.tag for child in root] == ["stack"]
        with Pillow.open(io.BytesIO(file.read("mergedimage.png"))) as whole:
            assert (whole.format, whole.size, whole.mode) == ("PNG", size, "RGBA")
        with Pillow.open(io.BytesIO(file.read("Thumbnails/thumbnail.png"))) as small:
            assert small.format == "PNG"
            assert max(small.size) <= 256
            assert abs(small.height - small.width * size[1] / size[0]) <= 1
        for element in root.iter():
            if element.tag in ("stack", "layer") and element is not root[0]:
                assert element.attrib["composite-op"] in OPS
                assert 0 <= float(element.attrib["opacity"]) <= 1
                assert element.attrib["visibility"] in ("visible", "hidden")
            if element.tag == "layer":
                assert {"src", "x", "y"} <= set(element.attrib)
                assert isinstance(int(element.attrib["x"]), int)
                with Pillow.open(io.BytesIO(file.read(element.attrib["src"]))) as layer:
                    assert layer.format == "PNG"
    return root


def test_a_file_is_as_the_specification_says() -> None:
    root = checked(ora_bytes(sample(), merged(), ORIGIN))
    stack = root[0]
    assert [child.get("name") for child in stack] == ["top", "group", "ground"]  # topmost first
    assert stack[1].get("isolation") == "isolate"
    assert [child.tag for child in stack[1]] == ["layer", "layer"]


def test_what_was_written_is_read() -> None:
    data = ora_bytes(sample(), merged(), ORIGIN)
    found = read_ora(data)

    def rgba(parts: tuple[OraLayer | OraGroup, ...]) -> list[object]:
        return [
            (p.name, p.opacity, p.visible, p.blend, rgba(p.parts))
            if isinstance(p, OraGroup)
            else (p.name, p.opacity, p.visible, p.blend, p.x, p.y, p.image.to_mode("rgba"))
            for p in parts
        ]

    assert rgba(found.parts) == rgba(sample().parts)
    assert found.merged == merged()
    assert ora_bytes(sample(), merged(), ORIGIN) == data
    assert is_openraster(data[:512])
    assert not is_openraster(b"PK\x03\x04" + bytes(100))


def test_large_pictures_have_small_thumbnails() -> None:
    wide = Ora(900, 30, (OraLayer("a", noise(9, 9, 4)),))
    checked(ora_bytes(wide, Image(np.zeros((30, 900, 4), np.uint8))))


def test_a_stack_is_isolated_as_ours_is() -> None:
    ground, member = noise(16, 16, 3, 1), noise(16, 16, 4, 2)
    group = OraGroup("g", (OraLayer("m", member, blend="multiply"),), 0.5)
    found = read_ora(ora_bytes(Ora(16, 16, (OraLayer("l", ground), group)), noise(16, 16, 4))).parts
    (low, high) = found
    assert isinstance(low, OraLayer)
    assert isinstance(high, OraGroup)
    (inner,) = high.parts
    assert isinstance(inner, OraLayer)
    inside = Stack((Placed(inner.image, 8, 8, blend=inner.blend),), high.opacity)
    wanted = Stack((Placed(member, 8, 8, blend="multiply"),), 0.5)
    layers: list[Placed | Stack] = [Placed(low.image, 8, 8), inside]
    assert composed(16, 16, layers) == composed(16, 16, [Placed(ground, 8, 8), wanted])


def zipped(entries: dict[str, bytes]) -> bytes:
    """A zip of these."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries.items():
            file.writestr(name, data)
    return out.getvalue()


STACK = b'<image w="4" h="4"><stack>%s</stack></image>'


@pytest.mark.parametrize(
    "entries",
    [
        {},
        {"mimetype": b"text/plain", "stack.xml": STACK % b""},
        {"mimetype": MIMETYPE},
        {"mimetype": MIMETYPE, "stack.xml": b"<image"},
        {"mimetype": MIMETYPE, "stack.xml": b'<image w="0" h="4"/>'},
        {"mimetype": MIMETYPE, "stack.xml": b'<image w="99999999" h="4"/>'},
        {"mimetype": MIMETYPE, "stack.xml": b'<!DOCTYPE a [<!ENTITY b "c">]>' + STACK % b""},
        {"mimetype": MIMETYPE, "stack.xml": STACK % b'<layer src="data/none.png"/>'},
        {"mimetype": MIMETYPE, "stack.xml": STACK % (b"<stack>" * 20 + b"</stack>" * 20)},
        {"mimetype": MIMETYPE, "stack.xml": STACK % (b"<stack/>" * 2000)},
        {"mimetype": MIMETYPE, "stack.xml": STACK % b'<layer src="stack.xml"/>'},
        {"mimetype": MIMETYPE, "stack.xml": b" " * (5 << 20)},
        {str(number): b"" for number in range(4100)},
    ],
)
def test_hostile_and_damaged_files_are_refused(entries: dict[str, bytes]) -> None:
    with pytest.raises(StudioError):
        read_ora(zipped(entries))


def test_no_zip_at_all() -> None:
    for data in (b"", b"PK\x03\x04", ora_bytes(sample(), merged())[:-40]):
        with pytest.raises(StudioError):
            read_ora(data)


def test_what_is_unknown_is_read_as_what_is_nearest() -> None:
    layer = b'<layer name="" src="a.png" composite-op="krita:greater" opacity="7" x="1.6" y="-3"/>'
    out = io.BytesIO()
    noise(2, 2).to_pillow().save(out, "PNG")
    png = {"mimetype": MIMETYPE, "stack.xml": STACK % layer, "a.png": out.getvalue()}
    (found,) = read_ora(zipped(png)).parts
    assert isinstance(found, OraLayer)
    assert (found.name, found.blend, found.opacity, found.x, found.y) == (
        "Layer",
        "normal",
        1,
        2,
        -3,
    )
