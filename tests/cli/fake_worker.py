"""A worker without torch that answers every spec of the command line as the true one does."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.base.errors import StudioError
from aigc_studio.jobs.specs import (
    AnySpec,
    Denoise,
    EncodeFilm,
    Evaluate,
    ExtractFrames,
    FilePoint,
    Forecast,
    Interpolate,
    Invert,
    Mix,
    Probe,
    Rank,
    Reconstruct,
    Repaint,
    Sample,
    SeedPoint,
    Train,
    Upscale,
    Vary,
)
from aigc_studio.media.decode import decode_image
from aigc_studio.worker.main import serve
from tests.cli.models import write_model

if TYPE_CHECKING:
    from pydantic import JsonValue

    from aigc_studio.media.image import Pixels
    from aigc_studio.worker.control import Control
    from aigc_studio.worker.reporter import Reporter

BLINK = 0.005
ABOUT: dict[str, JsonValue] = {"versions": {"torch": "0.fake"}, "device": "cpu", "space": "z"}


def handle(spec: AnySpec, payload: bytes, reporter: Reporter, control: Control) -> None:
    """Do one job."""
    match spec:
        case Train():
            _train(spec, reporter, control)
        case Vary():
            count = len(spec.inputs) * spec.times
            for index in range(count):
                reporter.media(index, count, _drawn(index))
            reporter.result({})
        case Sample() | Repaint():
            for index, seed in enumerate(spec.seeds):
                reporter.media(index, len(spec.seeds), _drawn(seed), seed=seed)
            reporter.result(ABOUT)
        case Interpolate():
            _walk(spec, reporter)
        case Reconstruct() | Denoise():
            for index, path in enumerate(spec.inputs):
                pixels = decode_image(path).pixels
                reporter.media(index, len(spec.inputs), pixels, code=b"a point")
            reporter.result({**ABOUT, "psnr": [30.0] * len(spec.inputs)})
        case Upscale():
            _enlarge(spec, payload, reporter)
        case _:
            _figures(spec, payload, reporter)


def _enlarge(spec: Upscale, payload: bytes, reporter: Reporter) -> None:
    pictures = [decode_image(path).pixels for path in spec.inputs]
    start = 0
    for shape in spec.shapes:
        size = int(np.prod(shape))
        pictures.append(np.frombuffer(payload, np.uint8, size, start).reshape(shape))
        start += size
    for index, pixels in enumerate(pictures):
        large = pixels.repeat(2, axis=0).repeat(2, axis=1)
        reporter.media(index, len(pictures), 255 - large)
    reporter.result({**ABOUT, "space": "", "factor": 2})


def _figures(spec: AnySpec, payload: bytes, reporter: Reporter) -> None:
    match spec:
        case Evaluate():
            counts = {"items": len(spec.data.items), "reference": len(spec.reference)}
            reporter.result({"metrics": {**counts, "psnr": 31.5, "odd": None}})
        case Forecast():
            assert not spec.train.folder.exists()
            reporter.result({"seconds_per_step": 0.1, "steps": 100, "memory_bytes": 5_000_000})
        case ExtractFrames():
            for index in range(3):
                reporter.media(index, 3, _drawn(1000 + index))
        case EncodeFilm():
            assert len(payload) == int(np.prod(spec.shape))
            spec.out.write_bytes(b"film " + spec.comment.encode())
            reporter.result({"file": str(spec.out), "codec": "libx264"})
        case Probe():
            reporter.result(
                {"devices": ["cpu"], "bfloat16": False, "threads": 2, "torch": "0.fake"}
            )
        case _:
            _styles(spec, reporter)


def _styles(spec: AnySpec, reporter: Reporter) -> None:
    match spec:
        case Invert():
            for index in range(3):
                pixels = decode_image(spec.input).pixels // (3 - index)
                reporter.media(index, 3, pixels, code=b"a point")
            reporter.code(spec.model.id, "w+", b"a point", quality=(31.0,))
            reporter.result({**ABOUT, "psnr": [31.0], "psnr_at_start": 12.0})
        case Mix():
            mixed = _end(spec.base) // 2 + _end(spec.other) // 2
            reporter.media(0, 1, mixed, code=b"a point")
            reporter.result({**ABOUT, "space": "w+"})
        case Rank():
            _judge(spec, reporter)
        case _:
            raise AssertionError(spec)


def _judge(spec: Rank, reporter: Reporter) -> None:
    """The brighter, the more real."""
    scores: list[JsonValue] = []
    left_out: list[JsonValue] = []
    for path in spec.inputs:
        try:
            scores.append(float(decode_image(path).pixels.mean()))
        except StudioError as error:
            scores.append(None)
            left_out.append(error.happened)
    reporter.result({**ABOUT, "scores": scores, "left_out": left_out})


def _drawn(seed: int) -> Pixels:
    return np.random.default_rng(seed).integers(0, 256, (16, 16, 4), dtype=np.uint8)


def _end(point: object) -> Pixels:
    match point:
        case SeedPoint(seed=seed):
            return _drawn(seed)
        case FilePoint(path=path):
            pixels: Pixels = np.resize(decode_image(path).pixels, (16, 16, 4))
            return pixels
    raise AssertionError(point)


def _walk(spec: Interpolate, reporter: Reporter) -> None:
    start, end = _end(spec.start).astype(float), _end(spec.end).astype(float)
    for index, part in enumerate(np.linspace(0, 1, spec.steps)):
        mixed = np.rint(start + part * (end - start)).astype(np.uint8)
        reporter.media(index, spec.steps, mixed)
    reporter.result(ABOUT)


def _train(spec: Train, reporter: Reporter, control: Control) -> None:
    checkpoints = spec.folder / "checkpoints"
    saved = sorted(int(path.name) for path in checkpoints.iterdir())
    step = resumed = saved[-1] if saved else 0
    steps = spec.steps or (4000 if spec.name == "long" else 10)
    reporter.state("running")
    state = "finished"
    while step < steps:
        match control.poll():
            case "stop":
                reporter.state("stopped")
                state = "stopped"
                break
            case "pause":
                reporter.state("paused")
                control.wait_while_paused()
                reporter.state("running")
            case "suspend":
                reporter.state("suspended")
                reporter.result({"state": "suspended", "step": step})
                return
        step += 1
        time.sleep(BLINK)
        reporter.progress(step, steps, seconds=step / 100, losses={"loss": 1 / step})
        if step % 10 == 0:
            (checkpoints / f"{step:08d}").touch()
        if spec.name == "dies" and step == 15 and not resumed:
            os.kill(os.getpid(), signal.SIGKILL)
    (checkpoints / f"{step:08d}").touch()
    model = _model_of(spec, step)
    left_out = [f"picture {number}: damaged" for number in range(5)]
    reporter.result(
        {
            "model": model,
            "name": spec.name,
            "steps": step,
            "seconds": step / 100,
            "items_per_second": 640.0,
            "losses": {"first": 1.0, "last": 1 / max(step, 1)},
            "metrics": {"psnr": 20.0},
            "resumed_from": resumed,
            "startup_seconds": 0.5,
            "probe_seconds": 0.0,
            "state": state,
            "left_out_count": len(left_out) if spec.name == "untidy" else 0,
            "left_out": [*left_out] if spec.name == "untidy" else [],
        }
    )


def _model_of(spec: Train, step: int) -> str:
    folder = spec.folder / "model"
    shutil.rmtree(folder, ignore_errors=True)
    parent = spec.parent.id if spec.parent else None
    value = float(step + spec.seed)
    card = write_model(folder, value=value, name=spec.name, parent=parent, data=spec.data.name)
    return card.model


if __name__ == "__main__":
    sys.exit(serve(handle))
