"""A worker without torch whose pictures tell the point they show."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.latent import Code
from aigc_studio.catalog.spaces import read_space
from aigc_studio.jobs.specs import AnySpec, Decode, Encode, Invert, Map, Repaint, Sample
from aigc_studio.media.decode import decode_image
from aigc_studio.worker.main import serve
from tests.cli import fake_worker

if TYPE_CHECKING:
    from aigc_studio.catalog.conditions import Domain
    from aigc_studio.catalog.latent import Floats
    from aigc_studio.jobs.specs import ModelRef
    from aigc_studio.media.image import Pixels
    from aigc_studio.worker.control import Control
    from aigc_studio.worker.reporter import Reporter

SIDE, LATENT = 16, 8
ALONE: dict[Domain, int] = {"both": 0, "first": 101, "second": 202}
LOOKS = 20
GLIMPSE = "x" * 200
REFUSED, ENDLESS, CLEAR = "refused", "endless", "clear"  # words


def handle(spec: AnySpec, payload: bytes, reporter: Reporter, control: Control) -> None:
    """Do one job."""
    match spec:
        case Decode():
            ((space, given),) = Code.from_bytes(spec.code, spec.model.id, "").tensors.items()
            for index, point in enumerate(given):
                code = _packed(spec.model.id, space, point)
                picture = painted(point, spec.conditions.words, spec.conditions.domain)
                reporter.media(index, len(given), picture, code=code)
        case Sample():
            space, shape = _home(spec.model)
            for index, seed in enumerate(spec.seeds):
                point = np.random.default_rng(seed).standard_normal(shape).astype(np.float32)
                code = _packed(spec.model.id, space, point)
                picture = painted(point, spec.conditions.words, spec.conditions.domain)
                if spec.conditions.words:
                    reporter.preview(1, painted(np.zeros(LATENT, np.float32), GLIMPSE))
                reporter.media(index, len(spec.seeds), picture, seed=seed, code=code)
        case Repaint():
            _repaint(spec, reporter, control)
        case Encode():
            _encode(spec, reporter)
        case Invert():
            _search(spec, reporter, control)
        case Map():
            rows = Code.from_bytes(spec.points, "", "points").tensors["points"]
            around = 2 * np.pi * np.arange(len(rows)) / len(rows)
            places = np.stack([np.cos(around), np.sin(around)], axis=1)
            reporter.result({"places": places.tolist()})
            return
        case _:
            fake_worker.handle(spec, payload, reporter, control)
            return
    reporter.result({**fake_worker.ABOUT, "space": read_space(spec.model.path).name})


def _encode(spec: Encode, reporter: Reporter) -> None:
    """All lie at one place of the pad, each elsewhere beyond it."""
    space, shape = _home(spec.model)
    points = np.full((len(spec.inputs), *shape), 0.5, np.float32)
    for point, path in zip(points.reshape(len(points), -1), spec.inputs, strict=True):
        beyond = np.frombuffer(path.read_bytes()[-32:-8], np.uint8)[: LATENT - 2] / 64
        point[2:LATENT] = beyond
    code = Code(spec.model.id, space, {space: points}).to_bytes()
    reporter.code(spec.model.id, space, code)


def _repaint(spec: Repaint, reporter: Reporter, control: Control) -> None:
    """Red tells the seed, green how strong, blue how many letters; first a grey glimpse."""
    words = spec.conditions.words
    if words == REFUSED:
        raise StudioError("The brush is dry.", todo="Wet it.")
    before = decode_image(spec.input).to_mode("rgb").pixels
    for index, seed in enumerate(spec.seeds):
        reporter.preview(1, np.full_like(before, 99))
        while words == ENDLESS and control.poll() != "stop":
            time.sleep(0.01)
        made = np.empty_like(before)
        if words == CLEAR:  # as a model of cut-out pictures
            reporter.media(index, len(spec.seeds), np.zeros((*before.shape[:2], 4), np.uint8))
            continue
        made[:] = (seed % 256, round(100 * spec.strength), len(words) % 256)
        reporter.media(index, len(spec.seeds), made, seed=seed)


def painted(point: Floats, words: str = "", domain: Domain = "both") -> Pixels:
    """One colour: red tells the first number, green the second, blue how many letters.

    A domain that is shown alone tells itself by its blue.
    """
    colour = [np.clip(round(128 + 40 * float(part)), 0, 255) for part in point.reshape(-1)[:2]]
    picture: Pixels = np.zeros((SIDE, SIDE, 4), np.uint8)
    picture[:] = (*colour, len(words) + ALONE[domain], 255)
    return picture


def _search(spec: Invert, reporter: Reporter, control: Control) -> None:
    """Lead to where the last number of the point is 1, at 21.3 dB; a file named slow takes long."""
    space, shape = _home(spec.model)
    point = np.full(shape, 0.5, np.float32)
    tell = reporter.parts("searching")
    slow = "slow" in spec.input.name
    for index in range(LOOKS + 1):
        tell(index, LOOKS + 1)
        point.reshape(-1)[-1] = 0.5 + 0.5 * index / LOOKS
        code = _packed(spec.model.id, space, point)
        reporter.media(index, LOOKS + 1, painted(point, spec.conditions.words), code=code)
        if control.poll() in ("stop", "suspend"):
            break
        time.sleep(0.5 if slow else 0.0)
    reporter.code(spec.model.id, space, code, quality=(21.3,))


def _home(model: ModelRef) -> tuple[str, tuple[int, ...]]:
    space = read_space(model.path)
    return space.name, space.shape


def _packed(model: str, space: str, point: Floats) -> bytes:
    return Code(model, space, {space: point[None].astype(np.float32)}).to_bytes()


if __name__ == "__main__":
    sys.exit(serve(handle))
