"""Films out of frames: GIF, animated WebP, sprite sheet; MP4 and WebM are in `video`."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image as Pillow

from aigc_studio.base.errors import StudioError
from aigc_studio.media.decode import MAX_FILM_PIXELS
from aigc_studio.media.embed import exif_block, xmp_packet
from aigc_studio.media.encode import EncodeReport, write_export
from aigc_studio.media.gif import gif_bytes, unheard
from aigc_studio.media.sheet import save_sheet, save_strip

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aigc_studio.media.gif import Advance
    from aigc_studio.media.image import Image, Mode
    from aigc_studio.media.provenance import Provenance

__all__ = ["FILM_SUFFIXES", "durations", "save_film", "save_gif", "save_sheet", "save_strip"]

FILM_SUFFIXES = (".gif", ".webp", ".png")
_MOST_LOOPS = 65_535
# Browsers show a frame of 1/100 s for 1/10 s; 1/50 s is the fastest that is kept.
_SHORTEST_GIF_FRAME = 2
_MAX_GIF_SIDE, _MAX_WEBP_SIDE = 65_535, 16_383


def save_film(
    frames: Sequence[Image],
    path: Path,
    fps: float,
    loop: int = 0,
    provenance: Provenance | None = None,
    *,
    lossless: bool = False,
    advance: Advance = unheard,
) -> EncodeReport:
    """Write a film; the suffix chooses .gif, .webp (animated) or .png (sprite sheet + JSON).

    Args:
        frames: at least one, all of one size.
        fps: frames a second, above 0, at most 240.
        loop: times to play, 0 for ever.
        lossless: of WebP.
        advance: called with the part that is done, 0 to 1; what it raises ends the work, and
            nothing is written then. A sprite sheet is one picture, and tells nothing.

    Raises:
        StudioError: kind "input" for frames or a suffix that make no film; "disk".
    """
    _check(frames, fps, loop)
    match path.suffix.lower():
        case ".gif":
            return save_gif(frames, path, fps, loop, provenance, advance=advance)
        case ".webp":
            return save_webp(
                frames, path, fps, loop, provenance, lossless=lossless, advance=advance
            )
        case ".png":
            return save_sheet(frames, path, durations(len(frames), fps, 1000), provenance)
    raise StudioError(
        f'"{path.name}" does not say which film format is meant.',
        todo=f"End the name with one of {', '.join(FILM_SUFFIXES)}.",
        kind="input",
    )


def durations(count: int, fps: float, parts: int) -> list[int]:
    """How long each frame is shown in 1/`parts` s: whole numbers whose sum keeps the time."""
    ends = [round((index + 1) * parts / fps) for index in range(count)]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def save_gif(
    frames: Sequence[Image],
    path: Path,
    fps: float,
    loop: int = 0,
    provenance: Provenance | None = None,
    *,
    advance: Advance = unheard,
) -> EncodeReport:
    """A GIF; see `save_film`. Pixels are opaque or clear, colours are at most 255."""
    _check(frames, fps, loop, _MAX_GIF_SIDE)
    shown = durations(len(frames), fps, 100)
    lasting = [max(duration, _SHORTEST_GIF_FRAME) for duration in shown]
    comment = provenance.recipe_json.encode(errors="replace") if provenance else b""
    xmp = xmp_packet(provenance) if provenance else b""
    write_export(path, gif_bytes(frames, lasting, loop, comment, xmp, advance))
    slowed = "GIF shows at most 50 frames a second: the film runs slower than asked."
    notes = (slowed,) if sum(lasting) > sum(shown) else ()
    return EncodeReport(path, provenance.items() if provenance else (), notes=notes)


def save_webp(
    frames: Sequence[Image],
    path: Path,
    fps: float,
    loop: int = 0,
    provenance: Provenance | None = None,
    *,
    lossless: bool = False,
    advance: Advance = unheard,
) -> EncodeReport:
    """An animated WebP; see `save_film`. Equal neighbours are stored once, shown longer."""
    _check(frames, fps, loop, _MAX_WEBP_SIDE)
    out = io.BytesIO()
    mode: Mode = "rgba" if any(frame.channels == 4 for frame in frames) else "rgb"
    _Film(frames, mode, advance).save(
        out,
        "WEBP",
        save_all=True,
        duration=durations(len(frames), fps, 1000),
        loop=loop,
        lossless=lossless,
        quality=90,
        method=4,
        xmp=xmp_packet(provenance) if provenance else b"",
        exif=exif_block(provenance) if provenance else b"",
    )
    write_export(path, out.getvalue())
    return EncodeReport(path, provenance.items() if provenance else ())


class _Film(Pillow.Image):
    """Frames as Pillow goes through a film: one at a time, each made when its turn comes."""

    def __init__(self, frames: Sequence[Image], mode: Mode, advance: Advance) -> None:
        super().__init__()
        self._frames, self._wanted, self._advance = frames, mode, advance
        self.n_frames, self._at = len(frames), 0
        self._show()

    def tell(self) -> int:
        """Number of the frame that it is."""
        return self._at

    def seek(self, frame: int) -> None:
        """Become another frame."""
        if frame > self._at:  # at the end Pillow goes back to the first
            self._advance(frame / self.n_frames)
        self._at = frame
        self._show()

    def _show(self) -> None:
        shown = self._frames[self._at].to_mode(self._wanted).to_pillow()
        self.im, self._mode, self._size = shown.im, shown.mode, shown.size


def _check(frames: Sequence[Image], fps: float, loop: int, side: int = _MAX_GIF_SIDE) -> None:
    fault = _fault(frames, fps, loop, side)
    if fault:
        raise StudioError(
            f"These frames make no film: {fault}.", kept="Nothing was written.", kind="input"
        )


def _fault(frames: Sequence[Image], fps: float, loop: int, side: int) -> str:
    if not frames:
        return "there is none"
    width, height = frames[0].size
    if any(frame.size != (width, height) for frame in frames):
        return "they are not all of one size"
    if max(width, height) > side:
        return f"they are larger than {side} pixels a side"
    if len(frames) * width * height > MAX_FILM_PIXELS:
        return f"they have more than {MAX_FILM_PIXELS} pixels in all"
    if not 0 < fps <= 240:
        return f"{fps} frames a second is not between 0 and 240"
    return "" if 0 <= loop <= _MOST_LOOPS else f"{loop} is no number of times to play"
