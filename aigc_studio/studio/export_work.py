"""What an export does in its thread: draws every frame, writes the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.base.errors import StudioError
from aigc_studio.document.canvas_credits import canvas_provenance
from aigc_studio.document.layered import layered
from aigc_studio.document.rendering import Pictures, rendered
from aigc_studio.document.requests import upscale_job
from aigc_studio.document.results import factor_of
from aigc_studio.document.timeline import Film
from aigc_studio.jobs.specs import EncodeFilm
from aigc_studio.jobs.wire import MAX_PAYLOAD
from aigc_studio.media.encode import (
    DEFAULT,
    EncodeReport,
    Encoding,
    encode_image,
    write_export,
)
from aigc_studio.media.film import save_film
from aigc_studio.media.image import Image
from aigc_studio.media.seamless import seamless
from aigc_studio.media.sequence import is_pattern, save_sequence

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from aigc_studio.document.canvas import Canvas
    from aigc_studio.document.chosen import ChosenModel
    from aigc_studio.document.model import Project
    from aigc_studio.document.rendering import PictureOf
    from aigc_studio.jobs.specs import Upscale
    from aigc_studio.media.provenance import Provenance

VIDEO_SUFFIXES = (".mp4", ".webm")
LAYERED_SUFFIX = ".ora"
DECODING, _DRAWING, WRITING = 0.4, 0.3, 0.3  # parts of the whole work
DRAWN = DECODING + _DRAWING


@dataclass(frozen=True)
class Wish:
    """What is to be written.

    Attributes:
        path: its suffix chooses the format; a # in a film's name stands for a digit, and each
            frame becomes a picture.
        factor: pixels of the file for one of the canvas.
        hard: pixels are enlarged as squares, and not drawn anew in the larger size.
        upscaler: a model that enlarges what is drawn; it makes up its own part of `factor`.
        film: the timeline, and not one picture.
        tile: the picture becomes a seamless tile; a film does not, its seam would flicker.
        encoding: quality, and what lies behind clear parts where a format has none.
    """

    path: Path
    factor: int = 1
    hard: bool = False
    upscaler: ChosenModel | None = None
    film: bool = False
    encoding: Encoding = DEFAULT
    tile: bool = False

    @property
    def drawn_factor(self) -> int:
        """How large the canvas is drawn, before a model enlarges it."""
        return self.factor // factor_of(self.upscaler.card) if self.upscaler else self.factor

    @property
    def is_layered(self) -> bool:
        """Whether the layers themselves are written, at the canvas's own size."""
        return self.path.suffix.lower() == LAYERED_SUFFIX

    @property
    def is_video(self) -> bool:
        """Whether the worker's encoder writes it."""
        return self.film and self.path.suffix.lower() in VIDEO_SUFFIXES

    @property
    def is_sequence(self) -> bool:
        """Whether each frame becomes a picture of its own."""
        return self.film and is_pattern(self.path.name)


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
    """One frame as large as it is drawn; `shown` as in `rendering.rendered`."""
    if not wish.hard:
        whole = rendered(project, canvas, picture_of, shown=shown, factor=wish.drawn_factor)
        return seamless(whole) if wish.tile and not wish.film else whole
    small = rendered(project, canvas, picture_of, shown=shown)
    if wish.tile and not wish.film:
        small = seamless(small)
    return Image(small.pixels.repeat(wish.factor, axis=0).repeat(wish.factor, axis=1))


@dataclass(frozen=True)
class Export:
    """What is exported, and how its thread speaks with the window.

    Attributes:
        cancelled: set when a person gave up.
        tell: called with the part that is done.
        first: the frame of the timeline that comes first.
    """

    project: Project
    canvas: Canvas
    wish: Wish
    cancelled: threading.Event
    tell: Callable[[float], object]
    first: int = 0

    def advance(self, part: float) -> None:
        """Tell how far it is.

        Raises:
            GivenUpError: a person cancelled.
        """
        if self.cancelled.is_set():
            raise GivenUpError("It was cancelled.", kept="Nothing was written.")
        self.tell(part)


class Drawing:
    """Draws every frame, and writes the file unless a model is to enlarge them; in a thread."""

    def __init__(self, export: Export, pictures: Pictures, shown: list[dict[str, Image]]) -> None:
        """`shown` are the pictures of the layers, frame by frame."""
        self._export, self._pictures, self._shown = export, pictures, shown

    def __call__(self) -> Written | tuple[EncodeFilm | Upscale, bytes]:
        export, count = self._export, len(self._shown)
        if export.wish.is_layered:
            return self._layered()
        if export.wish.is_sequence and not export.wish.upscaler:  # never all in memory at once
            return Writing(export, self._frames(), count, after=DECODING)()
        frames = []
        for number, frame in enumerate(self._frames(), start=1):
            frames.append(frame)
            export.advance(DECODING + _DRAWING * number / count)
        if export.wish.upscaler:
            return enlarging(export.wish.upscaler, frames)
        return Writing(export, frames, count)()

    def _layered(self) -> Written:
        export = self._export
        seen = Film(export.canvas).canvas_at(export.first)
        write_export(export.wish.path, layered(export.project, seen, self._pictures))
        return Written(export.wish.path)

    def _frames(self) -> Iterator[Image]:
        export, film = self._export, Film(self._export.canvas)
        for number, shown in enumerate(self._shown, start=export.first):
            seen = film.canvas_at(number)
            yield drawn(export.project, seen, self._pictures, shown, export.wish)


def enlarging(upscaler: ChosenModel, frames: list[Image]) -> tuple[Upscale, bytes]:
    """The job that enlarges frames, and its payload.

    Raises:
        StudioError: kind "input", they are too many or too large to travel.
    """
    if sum(frame.pixels.nbytes for frame in frames) > MAX_PAYLOAD:
        raise StudioError(
            "These frames are too many, or too large, for a model to enlarge.",
            kept="Nothing was written.",
            todo="Choose a shorter film, a smaller size, or another way to enlarge it.",
            kind="input",
        )
    return upscale_job(upscaler, frames)


class Writing:
    """Writes frames as they are, or makes the job that does; runs in a thread."""

    def __init__(
        self, export: Export, frames: Iterable[Image], count: int, *, after: float = DRAWN
    ) -> None:
        """`after` is the part of the whole work that comes before."""
        self._export, self._frames, self._count, self._after = export, frames, count, after

    def __call__(self) -> Written | tuple[EncodeFilm, bytes]:
        wish, fps = self._export.wish, self._export.canvas.timeline.fps
        origin = canvas_provenance(
            self._export.project, self._export.canvas, film=wish.film, upscaler=wish.upscaler
        )
        if wish.is_sequence:
            frames = self._frames
            return _told(
                save_sequence(frames, self._count, wish.path, fps, origin, advance=self._advance)
            )
        frames = list(self._frames)
        if not wish.film:
            return _told(encode_image(frames[0], wish.path, origin, wish.encoding))
        if wish.is_video:
            return self._video(frames, origin)
        return _told(save_film(frames, wish.path, fps, 0, origin, advance=self._advance))

    def _advance(self, part: float) -> None:
        self._export.advance(self._after + (1 - self._after) * part)

    def _video(self, frames: list[Image], origin: Provenance) -> tuple[EncodeFilm, bytes]:
        wish = self._export.wish
        ground = wish.encoding.background
        pixels = np.stack([frame.to_mode("rgb", ground).pixels for frame in frames])
        count, height, width, channels = pixels.shape
        spec = EncodeFilm(
            out=wish.path,
            shape=(count, height, width, channels),
            fps=self._export.canvas.timeline.fps,
            comment=origin.recipe_json,
            author=origin.author,
            rights=origin.rights,
            title=origin.title,
        )
        return spec, pixels.tobytes()


def _told(report: EncodeReport) -> Written:
    dropped = tuple(f"{report.path.suffix} cannot hold the {name}." for name in report.dropped)
    return Written(report.path, report.notes + dropped)
