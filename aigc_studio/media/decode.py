"""Pictures out of files: PNG, JPEG, WebP, GIF, BMP, TIFF and AVIF, bounded and by content.

Sixteen bits become eight, palettes become colours, EXIF orientation is applied and embedded
ICC profiles are converted to sRGB.
"""

from __future__ import annotations

import contextlib
import io
import struct
import warnings
import zlib
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import disk_errors
from aigc_studio.media.icc import to_srgb
from aigc_studio.media.image import Image
from aigc_studio.media.kind import HEAD_BYTES, Kind, container_kind, picture_format

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_BYTES = 1 << 30
MAX_PIXELS = 100_000_000
MAX_FRAMES = 10_000
MAX_FILM_PIXELS = 2_000_000_000
# All that Pillow's decoders raise on damaged input; anything else is a bug and may be seen.
FAULTS = (
    Pillow.DecompressionBombError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    OverflowError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
_FILM_FORMATS = ("GIF", "PNG", "WEBP")
_ORIENTATION = 0x0112
_TURNS = {
    2: Pillow.Transpose.FLIP_LEFT_RIGHT,
    3: Pillow.Transpose.ROTATE_180,
    4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE,
    6: Pillow.Transpose.ROTATE_270,
    7: Pillow.Transpose.TRANSVERSE,
    8: Pillow.Transpose.ROTATE_90,
}


def decode_image(source: Path | bytes) -> Image:
    """The picture in a file or in bytes; of an animation the first frame.

    Raises:
        StudioError: kind "input" when it is empty, damaged, too large or no picture at all;
            "missing" or "disk" when the file cannot be read.
    """
    data, name = _read(source)
    with _faults(name), opened(data, name) as picture:
        return _decoded(picture, name)


def decode_frames(source: Path | bytes) -> Iterator[Image]:
    """The frames of a GIF, an animated WebP or PNG, complete and in order; a still is one.

    Raises:
        StudioError: as `decode_image`, and when there are more than `MAX_FRAMES` frames or
            `MAX_FILM_PIXELS` pixels in all. Frames before the fault have been yielded.
    """
    data, name = _read(source)
    with _faults(name), opened(data, name) as picture:
        pixels = 0
        for _ in _frame_numbers(picture, name):
            pixels += picture.width * picture.height
            if pixels > MAX_FILM_PIXELS:
                raise _refused(name, f"its frames have more than {MAX_FILM_PIXELS} pixels in all")
            yield _decoded(picture, name)


def _frame_numbers(picture: Pillow.Image, name: str) -> Iterator[int]:
    # An animated PNG may hold a still for old viewers that is no part of the film.
    film = _is_film(picture)
    first = 1 if film and picture.info.get("default_image") else 0
    for index in range(first, first + MAX_FRAMES + 1 if film else 1):
        try:
            with quiet():
                picture.seek(index)
        except EOFError:
            return
        if index - first == MAX_FRAMES:
            raise _refused(name, f"it has more than {MAX_FRAMES} frames")
        yield index


def kind_of(path: Path) -> Kind | None:
    """What the file holds, by content; None for anything no pictures can be taken from.

    A damaged picture is an "image" all the same: decoding tells what is wrong with it.

    Raises:
        StudioError: when the file cannot be read at all.
    """
    with disk_errors(path), path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if picture_format(head) is None:
        return container_kind(head)
    try:
        data, name = _read(path)
        with _faults(name), opened(data, name) as picture, quiet():
            return "animation" if _is_film(picture) else "image"
    except StudioError:
        return "image"


def _is_film(picture: Pillow.Image) -> bool:
    # A JPEG with a second picture inside (depth, preview) is no film.
    return picture.format in _FILM_FORMATS and bool(getattr(picture, "is_animated", False))


def _read(source: Path | bytes) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, "The data"
    with disk_errors(source):
        if source.stat().st_size > MAX_BYTES:
            raise _refused(str(source), f"it has more than {MAX_BYTES >> 20} MiB")
        return source.read_bytes(), str(source)


def opened(data: bytes, name: str) -> Pillow.Image:
    """Pillow's picture of `data`, its pixels not read yet; the caller closes it.

    Args:
        name: how messages call it.

    Raises:
        StudioError: kind "input", as `decode_image`.
    """
    form = picture_format(data[:HEAD_BYTES])
    if not data:
        raise _refused(name, "the file is empty")
    if form is None:
        raise _refused(name, "it does not hold a PNG, JPEG, WebP, GIF, BMP, TIFF or AVIF picture")
    with _faults(name), quiet():
        picture = Pillow.open(io.BytesIO(data), formats=[form])
    _check_size(picture, name)
    return picture


def _check_size(picture: Pillow.Image, name: str) -> None:
    if picture.width * picture.height > MAX_PIXELS:
        raise _refused(
            name,
            f"it claims {picture.width} x {picture.height} pixels, "
            f"at most {MAX_PIXELS // 1_000_000} million are read",
        )


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep Pillow from warning of oddities and of large pictures; our limits stand instead."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def _faults(name: str) -> Iterator[None]:
    try:
        yield
    except Pillow.DecompressionBombError as error:
        raise _refused(name, "it claims far more pixels than are read") from error
    except UnidentifiedImageError as error:
        raise _refused(name, "it is damaged (its beginning makes no sense)") from error
    except FAULTS as error:
        reason = str(error).strip().rstrip(".") or type(error).__name__
        raise _refused(name, f"it is damaged ({reason})") from error


def _refused(name: str, reason: str) -> StudioError:
    return StudioError(
        f"{name} cannot be read as a picture: {reason}.",
        todo="Save it again from the program it came from, or leave it out.",
        kind="input",
    )


def _decoded(picture: Pillow.Image, name: str) -> Image:
    _check_size(picture, name)
    with quiet():
        picture.load()
        upright = _upright(picture)
        return Image.from_pillow(to_srgb(_plain(upright), picture.info.get("icc_profile")))


def _upright(picture: Pillow.Image) -> Pillow.Image:
    try:
        turn = _TURNS.get(picture.getexif().get(_ORIENTATION, 1))
    except FAULTS:
        return picture  # a damaged EXIF block is no reason to refuse a sound picture
    return picture if turn is None else picture.transpose(turn)


def _plain(picture: Pillow.Image) -> Pillow.Image:
    """The same in a mode of L, RGB, RGBA or CMYK."""
    if picture.mode.startswith(("I", "F")):
        return _eight_bits(picture)
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode in ("1", "L"):
        return picture.convert("L")
    return picture if picture.mode in ("RGB", "CMYK") else picture.convert("RGB")


def _eight_bits(picture: Pillow.Image) -> Pillow.Image:
    values = np.asarray(picture).astype(np.float64)
    grey = Pillow.fromarray(np.clip(np.rint(values / 257), 0, 255).astype(np.uint8))
    key = picture.info.get("transparency")
    if not isinstance(key, int):
        return grey
    clear = grey.convert("RGBA")
    clear.putalpha(Pillow.fromarray(np.where(values == key, 0, 255).astype(np.uint8)))
    return clear
