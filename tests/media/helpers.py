"""Pictures made on the fly."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from aigc_studio.media.image import Image
from aigc_studio.media.provenance import Provenance

if TYPE_CHECKING:
    from aigc_studio.media.image import Pixels

ORIGIN = Provenance(
    recipe_json='{"operation":"sample","note":"<&> \\u00e9 ]]>"}',
    author="Zoë 王小明",
    rights="© 2024 Zoë, CC BY 4.0",
    title="Morning, Abend & 晚上",
)


def noise(width: int, height: int, channels: int = 3, seed: int = 0) -> Image:
    """Random pixels."""
    shape = (height, width, channels)
    return Image(np.random.default_rng(seed).integers(0, 256, shape, np.uint8))


def gradient(width: int, height: int) -> Image:
    """A smooth RGB picture."""
    y, x = np.mgrid[:height, :width]
    planes = [255 * x / max(width - 1, 1), 255 * y / max(height - 1, 1), 0 * x + 128]
    return Image(np.stack(planes, axis=2).round().astype(np.uint8))


def ball(index: int, count: int, size: int = 48) -> Image:
    """Frame `index` of a film: a soft-edged ball that crosses a transparent picture."""
    y, x = np.mgrid[:size, :size]
    centre = size * (0.25 + 0.5 * index / max(count - 1, 1))
    cover = np.clip(size * 0.2 - np.hypot(x - centre, y - size / 2) + 0.5, 0, 1)
    colour = gradient(size, size).pixels
    return Image(np.dstack([colour, (255 * cover).round().astype(np.uint8)]))


def pictures(channels: tuple[int, ...] = (1, 3, 4), longest: int = 40) -> st.SearchStrategy[Image]:
    """Any small picture."""
    shapes = st.tuples(st.integers(1, longest), st.integers(1, longest), st.sampled_from(channels))
    return shapes.flatmap(lambda shape: hnp.arrays(np.uint8, shape)).map(Image)


def png_chunk(kind: bytes, body: bytes) -> bytes:
    """One chunk of a PNG file."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_header(width: int, height: int) -> bytes:
    """The beginning of an 8-bit RGB PNG that claims this size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", head)


def difference(one: Pixels, other: Pixels) -> float:
    """Mean absolute difference of two arrays of pixels."""
    return float(np.abs(one.astype(np.float32) - other.astype(np.float32)).mean())
