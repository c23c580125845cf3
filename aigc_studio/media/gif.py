"""GIF films: one palette for all frames, true durations, transparency, every frame kept.

Pillow compresses the frames; the container is put together here, because Pillow's own writer
merges equal frames (a film of N frames shall stay one) and cannot hold XMP.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import GifImagePlugin
from PIL import Image as Pillow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from aigc_studio.media.image import Box, Image, Pixels

    Indices = npt.NDArray[np.uint8]
    Advance = Callable[[float], None]

# Half opaque and more is shown: GIF pixels are there or not.
_OPAQUE_FROM = 128
_CLEAR = 255
_COLOURS = 255
# A palette of so many pixels is within 0.2 dB of one of them all, in a hundredth of the time.
_SAMPLED_PIXELS = 1 << 16
# It is settled when fewer than this part of the sample still change their colour.
_SETTLED = 0.01
_DISPOSE_KEEP, _DISPOSE_CLEAR = 1, 2
_SUB_BLOCK = 255
_MAPPING = 0.7  # part of the time that goes into the frames' colours; the rest packs them
# After a raw XMP packet: a ladder of bytes that leads any reader of sub-blocks to the end.
_XMP_TRAILER = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
# An ordered pattern stands still from frame to frame, where error diffusion would swarm.
_BAYER = (
    np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]]) / 16 - 15 / 32
) * 8


def unheard(part: float) -> None:
    """Stands where nobody wants to know how far it is."""


def gif_bytes(
    frames: Sequence[Image],
    hundredths: Sequence[int],
    loop: int,
    comment: bytes,
    xmp: bytes,
    advance: Advance = unheard,
) -> bytes:
    """A GIF89a file.

    Args:
        frames: of one size.
        hundredths: how long each is shown, in 1/100 s.
        loop: times to play, 0 for ever.
        comment, xmp: embedded when not empty.
        advance: called with the part that is done, before each frame; may raise.
    """
    clear = any(_has_clear(frame) for frame in frames)
    palette, indexed = _indexed(frames, advance)
    parts = [_header(frames[0].size, palette), _looping(loop)]
    if comment:
        parts.append(b"!\xfe" + _sub_blocks(comment))
    if xmp:
        parts.append(b"!\xff\x0bXMP DataXMP" + xmp + _XMP_TRAILER)
    before: Indices | None = None
    for number, (pixels, duration) in enumerate(zip(indexed, hundredths, strict=True)):
        advance(_MAPPING + (1 - _MAPPING) * number / len(frames))
        box = _box(pixels, before, clear=clear)
        parts.append(_frame(pixels, box, duration, palette, clear=clear))
        before = pixels
    return b"".join(parts) + b";"


def _has_clear(frame: Image) -> bool:
    return frame.channels == 4 and bool((frame.alpha() < _OPAQUE_FROM).any())


def _header(size: tuple[int, int], palette: bytes) -> bytes:
    width, height = size
    packed = bytes((0xF7, _CLEAR, 0))  # a global table of 256 colours of 8 bits
    return b"GIF89a" + width.to_bytes(2, "little") + height.to_bytes(2, "little") + packed + palette


def _looping(loop: int) -> bytes:
    # The extension counts repetitions after the first showing; without it, a film plays once.
    if loop == 1:
        return b""
    return b"!\xff\x0bNETSCAPE2.0\x03\x01" + max(loop - 1, 0).to_bytes(2, "little") + b"\0"


def _sub_blocks(data: bytes) -> bytes:
    pieces = [data[start : start + _SUB_BLOCK] for start in range(0, len(data), _SUB_BLOCK)]
    return b"".join(bytes((len(piece),)) + piece for piece in pieces) + b"\0"


def _box(pixels: Indices, before: Indices | None, *, clear: bool) -> Box:
    """The part of a frame that must be drawn: (left, top, right, bottom)."""
    height, width = pixels.shape
    if before is None:
        return (0, 0, width, height)
    rows, columns = np.nonzero(pixels != (_CLEAR if clear else before))
    if not len(rows):
        return (0, 0, 1, 1)
    return (int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1)


def _frame(pixels: Indices, box: Box, duration: int, palette: bytes, *, clear: bool) -> bytes:
    left, top, right, bottom = box
    picture = Pillow.fromarray(np.ascontiguousarray(pixels[top:bottom, left:right])).convert("P")
    picture.putpalette(palette)
    options: dict[str, int] = {
        "duration": duration * 10,
        "disposal": _DISPOSE_CLEAR if clear else _DISPOSE_KEEP,
        "interlace": 0,
    }
    if clear:
        options["transparency"] = _CLEAR
    return b"".join(GifImagePlugin.getdata(picture, (left, top), **options))


def _indexed(frames: Sequence[Image], advance: Advance) -> tuple[bytes, list[Indices]]:
    """A palette of 256 RGB colours and each frame as indices into it; 255 is transparent."""
    exact = _exact_colours(frames)
    palette = _adaptive(frames) if exact is None else exact
    table = np.zeros((256, 3), np.uint8)
    table[: len(palette)] = palette
    # Unused entries repeat the first colour, so that the search never lands on a stray black.
    table[len(palette) : _CLEAR] = palette[0]
    reference = Pillow.new("P", (1, 1))
    reference.putpalette(table[:_CLEAR].tobytes())
    mapped: list[Indices] = []
    for frame in frames:
        advance(_MAPPING * len(mapped) / len(frames))
        mapped.append(_map(frame, palette, reference, exact is not None))
    return table.tobytes(), mapped


def _exact_colours(frames: Sequence[Image]) -> Pixels | None:
    """All colours of the film when there are few enough to keep each, sorted; else None."""
    codes: npt.NDArray[np.uint32] = np.zeros(0, np.uint32)
    for frame in frames:
        codes = np.union1d(codes, _codes(_seen(frame)))
        if len(codes) > _COLOURS:
            return None
    colours = np.stack([codes >> 16, codes >> 8 & 255, codes & 255], axis=1).astype(np.uint8)
    return colours if len(colours) else np.zeros((1, 3), np.uint8)


def _codes(colours: Pixels) -> npt.NDArray[np.uint32]:
    wide = colours.astype(np.uint32)
    return (wide[..., 0] << 16 | wide[..., 1] << 8 | wide[..., 2]).astype(np.uint32)


def _seen(frame: Image) -> Pixels:
    """Colours of the opaque pixels, uint8 (N, 3)."""
    rgb = _colours(frame).reshape(-1, 3)
    return rgb[frame.alpha().reshape(-1) >= _OPAQUE_FROM]


def _colours(frame: Image) -> Pixels:
    # Soft edges keep their own colour: GIF viewers put any background behind them.
    return frame.pixels[..., :3] if frame.channels == 4 else frame.to_mode("rgb").pixels


def _adaptive(frames: Sequence[Image]) -> Pixels:
    sample = _sample(frames)
    picture = Pillow.fromarray(sample[None])
    settled = 1 + int(_SETTLED * len(sample))
    chosen = picture.quantize(_COLOURS, method=Pillow.Quantize.MEDIANCUT, kmeans=settled)
    flat = chosen.getpalette() or []
    return np.asarray(flat[: 3 * _COLOURS], np.uint8).reshape(-1, 3)


def _sample(frames: Sequence[Image]) -> Pixels:
    """Every n-th opaque pixel of the film, uint8 (N, 3); all of a short one."""
    opaque = sum(int(np.count_nonzero(frame.alpha() >= _OPAQUE_FROM)) for frame in frames)
    # An odd stride does not keep to the same columns of frames that are a power of two wide.
    every = (opaque // _SAMPLED_PIXELS) | 1
    taken: list[Pixels] = []
    start = 0
    for frame in frames:
        seen = _seen(frame)
        taken.append(seen[start::every])
        start = (start - len(seen)) % every
    return np.concatenate(taken)


def _map(frame: Image, palette: Pixels, reference: Pillow.Image, exact: bool) -> Indices:
    colours = _colours(frame)
    if exact:
        indices = np.searchsorted(_codes(palette), _codes(colours)).astype(np.uint8)
    else:
        indices = np.asarray(
            _dithered(colours).quantize(palette=reference, dither=Pillow.Dither.NONE)
        )
    return np.where(frame.alpha() >= _OPAQUE_FROM, indices, _CLEAR).astype(np.uint8)


def _dithered(colours: Pixels) -> Pillow.Image:
    height, width = colours.shape[:2]
    pattern = np.tile(_BAYER, (height // 4 + 1, width // 4 + 1))[:height, :width, None]
    shaken = np.clip(np.rint(colours + pattern), 0, 255).astype(np.uint8)
    return Pillow.fromarray(shaken)
