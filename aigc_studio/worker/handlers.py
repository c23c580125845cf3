"""From a spec to the code that does it: the one place where jobs are dispatched."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from aigc_studio.jobs.specs import (
    AnySpec,
    Decode,
    Denoise,
    Encode,
    EncodeFilm,
    Evaluate,
    ExtractFrames,
    Forecast,
    Interpolate,
    Probe,
    Reconstruct,
    Repaint,
    Sample,
    Train,
    Vary,
)

if TYPE_CHECKING:
    from aigc_studio.worker.control import Control
    from aigc_studio.worker.reporter import Reporter


def handle(spec: AnySpec, payload: bytes, reporter: Reporter, control: Control) -> None:
    """Do one job and report on it; what each answers stands in `jobs.specs` and `jobs.messages`.

    Raises:
        StudioError: the job failed in an expected way.
    """
    # Each kind of work imports its own libraries: a film needs no torch, a probe no av.
    match spec:
        case Train() | Forecast():
            from aigc_studio.worker import training

            training.handle(spec, reporter, control)
        case Sample() | Interpolate() | Decode() | Encode() | Reconstruct() | Denoise():
            from aigc_studio.worker import playing

            playing.handle(spec, reporter)
        case Repaint():
            from aigc_studio.worker import repainting

            repainting.handle(spec, reporter)
        case Evaluate():
            from aigc_studio.worker import measuring

            measuring.evaluate(spec, reporter)
        case Probe():
            from aigc_studio.worker import measuring

            measuring.probe(reporter)
        case Vary():
            from aigc_studio.worker import varying

            varying.handle(spec, reporter)
        case ExtractFrames() | EncodeFilm():
            from aigc_studio.worker import films

            films.handle(spec, payload, reporter)
        case _:
            assert_never(spec)
