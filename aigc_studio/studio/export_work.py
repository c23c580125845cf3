"""What an export does in its thread: draws every frame, writes the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.base.errors import StudioError
from aigc_studio.document.canvas_credits import canvas_provenance
from aigc_studio.document.layered import layered
from aigc_studio.document.rendering import Pictures, rendered
from aigc_studio.jobs.specs import EncodeFilm
from aigc_studio.media.encode import (
    DEFAULT,
    EncodeReport,
    Encoding,
    encode_image,
    write_export,
)
from aigc_studio.media.film import save_film
from aigc_studio.media.image import Image

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from aigc_studio.document.canvas import Canvas
    from aigc_studio.document.model import Project
    from aigc_studio.document.rendering import PictureOf
    from aigc_studio.media.provenance import Provenance

VIDEO_SUFFIXES = (".mp4", ".webm")
LAYERED_SUFFIX = ".ora"
DECODING, _DRAWING, _WRITING = 0.4, 0.3, 0.3  # parts of the whole work


@dataclass(frozen=True)
class Wish:
    """What is to be written.

    Attributes:
        path: its suffix chooses the format.
        factor: pixels of the file for one of the canvas.
        hard: pixels are enlarged as squares, and not drawn anew in the larger size.
        film: the timeline, and not one picture.
        encoding: quality, and what lies behind clear parts where a format has none.
    """

    path: Path
    factor: int = 1
    hard: bool = False
    film: bool = False
    encoding: Encoding = DEFAULT

    @property
    def is_layered(self) -> bool:
        """Whether the layers themselves are written, at the canvas's own size."""
        return self.path.suffix.lower() == LAYERED_SUFFIX

    @property
    def is_video(self) -> bool:
        """Whether the worker's encoder writes it."""
        return self.film and self.path.suffix.lower() in VIDEO_SUFFIXES


@dataclass(frozen=True)
class Written:
    """A file that was exported, and what its format could not hold."""

    path: Path
    notes: tuple[str, ...] = ()


class GivenUpError(StudioError):
    """Leaves the thread when a person cancelled."""


def drawn(
    project: Project,
    canvas: Canvas,
    picture_of: PictureOf,
    shown: Mapping[str, Image],
    wish: Wish,
) -> Image:
    """One frame in the size that is wished; `shown` as in `rendering.rendered`."""
    if not wish.hard:
        return rendered(project, canvas, picture_of, shown=shown, factor=wish.factor)
    small = rendered(project, canvas, picture_of, shown=shown)
    return Image(small.pixels.repeat(wish.factor, axis=0).repeat(wish.factor, axis=1))


class Drawing:
    """Draws every frame and writes the file; runs in a thread."""

    def __init__(
        self,
        project: Project,
        canvas: Canvas,
        pictures: Pictures,
        wish: Wish,
        shown: list[dict[str, Image]],
        cancelled: threading.Event,
        tell: Callable[[float], object],
    ) -> None:
        self._project, self._pictures = project, pictures
        self._canvas, self._wish, self._shown = canvas, wish, shown
        self._cancelled, self._tell = cancelled, tell

    def __call__(self) -> Written | tuple[EncodeFilm, bytes]:
        frames = []
        for number, shown in enumerate(self._shown, start=1):
            frames.append(drawn(self._project, self._canvas, self._pictures, shown, self._wish))
            self._advance(DECODING + _DRAWING * number / len(self._shown))
        return self._written(frames)

    def _advance(self, part: float) -> None:
        if self._cancelled.is_set():
            raise GivenUpError("It was cancelled.", kept="Nothing was written.")
        self._tell(part)

    def _written(self, frames: list[Image]) -> Written | tuple[EncodeFilm, bytes]:
        wish, canvas = self._wish, self._canvas
        origin = canvas_provenance(self._project, canvas, film=wish.film)
        if wish.is_layered:
            write_export(wish.path, layered(self._project, canvas, self._pictures))
            return Written(wish.path)
        if not wish.film:
            return _told(encode_image(frames[0], wish.path, origin, wish.encoding))
        if wish.is_video:
            return self._video(frames, origin)
        before = DECODING + _DRAWING
        return _told(
            save_film(
                frames,
                wish.path,
                canvas.timeline.fps,
                0,
                origin,
                advance=lambda part: self._advance(before + _WRITING * part),
            )
        )

    def _video(self, frames: list[Image], origin: Provenance) -> tuple[EncodeFilm, bytes]:
        ground = self._wish.encoding.background
        pixels = np.stack([frame.to_mode("rgb", ground).pixels for frame in frames])
        count, height, width, channels = pixels.shape
        spec = EncodeFilm(
            out=self._wish.path,
            shape=(count, height, width, channels),
            fps=self._canvas.timeline.fps,
            comment=origin.recipe_json,
            author=origin.author,
            rights=origin.rights,
            title=origin.title,
        )
        return spec, pixels.tobytes()


def _told(report: EncodeReport) -> Written:
    dropped = tuple(f"{report.path.suffix} cannot hold the {name}." for name in report.dropped)
    return Written(report.path, report.notes + dropped)
