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
    Invert,
    Map,
    Mix,
    Probe,
    Rank,
    Reconstruct,
    Repaint,
    Sample,
    Train,
    Upscale,
    Vary,
)

if TYPE_CHECKING:
    from aigc_studio.worker.control import Control
    from aigc_studio.worker.reporter import Reporter

    Playing = (
        Sample
        | Interpolate
        | Mix
        | Decode
        | Encode
        | Reconstruct
        | Denoise
        | Invert
        | Rank
        | Upscale
        | Vary
        | Map
        | Repaint
    )


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
        case Evaluate():
            from aigc_studio.worker import measuring

            measuring.evaluate(spec, reporter)
        case Probe():
            from aigc_studio.worker import measuring

            measuring.probe(reporter)
        case ExtractFrames() | EncodeFilm():
            from aigc_studio.worker import films

            films.handle(spec, payload, reporter)
        case _:
            _play(spec, payload, reporter, control)


def _play(spec: Playing, payload: bytes, reporter: Reporter, control: Control) -> None:
    match spec:
        case Sample() | Interpolate() | Mix() | Decode() | Encode() | Reconstruct() | Denoise():
            from aigc_studio.worker import playing

            playing.handle(spec, reporter)
        case Repaint():
            from aigc_studio.worker import repainting

            repainting.handle(spec, reporter)
        case Invert():
            from aigc_studio.worker import inverting

            inverting.handle(spec, reporter, control)
        case Rank():
            from aigc_studio.worker import judging

            judging.handle(spec, reporter, control)
        case Upscale():
            from aigc_studio.worker import upscaling

            upscaling.handle(spec, payload, reporter, control)
        case Vary():
            from aigc_studio.worker import varying

            varying.handle(spec, reporter)
        case Map():
            from aigc_studio.worker import mapping

            mapping.handle(spec, reporter)
        case _:
            assert_never(spec)
