"""Sprite sheets and contact strips: all frames of a film in one PNG."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from aigc_studio import __version__
from aigc_studio.base.errors import StudioError
from aigc_studio.base.strict_json import dumps
from aigc_studio.media.decode import MAX_PIXELS
from aigc_studio.media.encode import EncodeReport, encode_image, write_export
from aigc_studio.media.image import CHANNELS, Image

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aigc_studio.media.provenance import Provenance


def save_sheet(
    frames: Sequence[Image],
    path: Path,
    durations: Sequence[int],
    provenance: Provenance | None = None,
) -> EncodeReport:
    """A sprite sheet PNG, and beside it the JSON that game engines read (frames as a hash).

    Args:
        frames: of one size; laid out row by row, without gaps.
        path: ends with .png; the JSON has the same name with .json.
        durations: how long each frame is shown, in milliseconds.

    Raises:
        StudioError: kind "input" when the sheet would be too large, "disk".
    """
    columns = math.ceil(math.sqrt(len(frames)))
    sheet = _laid_out(frames, columns)
    report = encode_image(sheet, path, provenance)
    beside = path.with_suffix(".json")
    write_export(beside, dumps(_description(frames, path, durations, sheet, provenance)))
    return EncodeReport(path, report.embedded, beside=(beside,))


def save_strip(
    frames: Sequence[Image], path: Path, provenance: Provenance | None = None
) -> EncodeReport:
    """All frames in one row of a PNG, JPEG or WebP, without anything beside it."""
    return encode_image(_laid_out(frames, len(frames)), path, provenance)


def _laid_out(frames: Sequence[Image], columns: int) -> Image:
    width, height = frames[0].size
    rows = math.ceil(len(frames) / columns)
    mode = max((frame.mode for frame in frames), key=lambda mode: CHANNELS[mode])
    if len(frames) < rows * columns:
        mode = "rgba"  # places without a frame are transparent, not black
    if rows * columns * width * height > MAX_PIXELS:
        raise StudioError(
            f"A sheet of {len(frames)} frames of {width} x {height} pixels is too large.",
            todo="Use fewer frames, or save a film (.gif, .webp, .mp4).",
            kind="input",
        )
    canvas = np.zeros((rows * height, columns * width, CHANNELS[mode]), np.uint8)
    for index, frame in enumerate(frames):
        left, top = _place(index, columns, frame)
        canvas[top : top + height, left : left + width] = frame.to_mode(mode).pixels
    return Image(canvas)


def _place(index: int, columns: int, frame: Image) -> tuple[int, int]:
    row, column = divmod(index, columns)
    return column * frame.width, row * frame.height


def _description(
    frames: Sequence[Image],
    path: Path,
    durations: Sequence[int],
    sheet: Image,
    provenance: Provenance | None,
) -> dict[str, object]:
    columns = sheet.width // frames[0].width
    digits = len(str(len(frames) - 1))
    entries = {
        f"{path.stem}-{index:0{digits}}": _entry(frame, _place(index, columns, frame), duration)
        for index, (frame, duration) in enumerate(zip(frames, durations, strict=True))
    }
    return {"frames": entries, "meta": _meta(frames, path, durations, sheet, provenance)}


def _entry(frame: Image, place: tuple[int, int], duration: int) -> dict[str, object]:
    size = {"w": frame.width, "h": frame.height}
    return {
        "frame": {"x": place[0], "y": place[1], **size},
        "rotated": False,
        "trimmed": False,
        "spriteSourceSize": {"x": 0, "y": 0, **size},
        "sourceSize": size,
        "duration": duration,
    }


def _meta(
    frames: Sequence[Image],
    path: Path,
    durations: Sequence[int],
    sheet: Image,
    provenance: Provenance | None,
) -> dict[str, object]:
    tag = {"name": path.stem, "from": 0, "to": len(frames) - 1, "direction": "forward"}
    meta: dict[str, object] = {
        "app": "AIGC Studio",
        "version": __version__,
        "image": path.name,
        "format": "RGBA8888" if sheet.channels == 4 else "RGB888",
        "size": {"w": sheet.width, "h": sheet.height},
        "scale": "1",
        "frameTags": [tag],
        "fps": round(1000 * len(frames) / sum(durations), 3),
    }
    if provenance:
        meta |= {name: getattr(provenance, name) for name in provenance.items()}
    return meta
