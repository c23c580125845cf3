"""Video files, read and written: the only place where the video library is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.base.errors import StudioError
from aigc_studio.jobs.specs import EncodeFilm, ExtractFrames
from aigc_studio.media.provenance import Provenance
from aigc_studio.media.video import encode_mp4, encode_webm, video_frames

if TYPE_CHECKING:
    from aigc_studio.worker.reporter import Reporter


def handle(spec: ExtractFrames | EncodeFilm, payload: bytes, reporter: Reporter) -> None:
    """Do one film job.

    Raises:
        StudioError: a damaged video, frames that do not fit the spec, a full disk.
    """
    if isinstance(spec, ExtractFrames):
        _extract(spec, reporter)
    else:
        _encode(spec, payload, reporter)


def _extract(spec: ExtractFrames, reporter: Reporter) -> None:
    count = 0
    for frame in video_frames(spec.video, spec.every, spec.limit):
        reporter.media(count, 0, frame.pixels)
        count += 1
    reporter.result({"frames": count})


def _encode(spec: EncodeFilm, payload: bytes, reporter: Reporter) -> None:
    if len(payload) != int(np.prod(spec.shape)):
        raise StudioError("The frames of the film arrived incomplete.", todo="Try again.")
    frames = np.frombuffer(payload, np.uint8).reshape(spec.shape)
    provenance = Provenance(
        recipe_json=spec.comment, author=spec.author, rights=spec.rights, title=spec.title
    )
    write = encode_webm if spec.out.suffix.lower() == ".webm" else encode_mp4
    tell, count = reporter.parts("encoding the film"), len(frames)
    report = write(
        frames,
        spec.out,
        spec.fps,
        provenance,
        advance=lambda part: tell(round(part * count), count),
    )
    reporter.result(
        {
            "file": str(report.path),
            "embedded": list(report.embedded),
            "notes": list(report.notes),
            "codec": report.codec,
        }
    )
