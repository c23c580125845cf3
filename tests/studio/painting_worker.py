"""A worker without torch whose pictures tell the point they show."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.catalog.latent import Code
from aigc_studio.jobs.specs import AnySpec, Decode, Encode, Map, Sample
from aigc_studio.worker.main import serve
from tests.cli import fake_worker

if TYPE_CHECKING:
    from aigc_studio.catalog.latent import Floats
    from aigc_studio.media.image import Pixels
    from aigc_studio.worker.control import Control
    from aigc_studio.worker.reporter import Reporter

SIDE, LATENT = 16, 8


def handle(spec: AnySpec, payload: bytes, reporter: Reporter, control: Control) -> None:
    """Do one job."""
    match spec:
        case Decode():
            given = Code.from_bytes(spec.code, spec.model.id, "z").tensors["z"]
            for index, point in enumerate(given):
                code = _packed(spec.model.id, point)
                reporter.media(index, len(given), painted(point), code=code)
        case Sample():
            for index, seed in enumerate(spec.seeds):
                point = np.random.default_rng(seed).standard_normal(LATENT).astype(np.float32)
                code = _packed(spec.model.id, point)
                picture = painted(point)
                reporter.media(index, len(spec.seeds), picture, seed=seed, code=code)
        case Encode():
            points = np.full((len(spec.inputs), LATENT), 0.5, np.float32)
            # All lie at one place of the pad, each elsewhere beyond it.
            for point, path in zip(points, spec.inputs, strict=True):
                point[2:] = np.frombuffer(path.read_bytes()[-32:-8], np.uint8)[: LATENT - 2] / 64
            reporter.code(spec.model.id, "z", Code(spec.model.id, "z", {"z": points}).to_bytes())
        case Map():
            rows = Code.from_bytes(spec.points, "", "points").tensors["points"]
            around = 2 * np.pi * np.arange(len(rows)) / len(rows)
            places = np.stack([np.cos(around), np.sin(around)], axis=1)
            reporter.result({"places": places.tolist()})
            return
        case _:
            fake_worker.handle(spec, payload, reporter, control)
            return
    reporter.result(fake_worker.ABOUT)


def painted(point: Floats) -> Pixels:
    """One colour: red tells the first number, green the second."""
    colour = [np.clip(round(128 + 40 * float(part)), 0, 255) for part in point[:2]]
    picture: Pixels = np.zeros((SIDE, SIDE, 4), np.uint8)
    picture[:] = (*colour, 0, 255)
    return picture


def _packed(model: str, point: Floats) -> bytes:
    return Code(model, "z", {"z": point[None].astype(np.float32)}).to_bytes()


if __name__ == "__main__":
    sys.exit(serve(handle))
