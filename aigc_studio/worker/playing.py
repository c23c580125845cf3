"""Playing models: draw, walk, encode, decode and repair; one warm shelf of models a process."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import numpy as np
import torch

from aigc_studio import __version__
from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.conditions import ANYTHING
from aigc_studio.catalog.even_pace import differences, even_parts, measured_at
from aigc_studio.catalog.latent import Cap, Code
from aigc_studio.catalog.latent_maths import walk
from aigc_studio.jobs.specs import (
    CodePoint,
    Decode,
    Denoise,
    Encode,
    FilePoint,
    Interpolate,
    Mix,
    Reconstruct,
    Sample,
    SeedPoint,
)
from aigc_studio.media.decode import decode_image
from aigc_studio.media.image import Image
from aigc_studio.media.preparation import Preparation
from aigc_studio.media.prepare import prepare, restore
from aigc_studio.ml.data import CHANNELS
from aigc_studio.ml.device import resolve_device, use_cores
from aigc_studio.ml.metrics.pictures import psnr
from aigc_studio.ml.metrics.rebuilding import rebuilt, space_of
from aigc_studio.ml.registry import ModelShelf
from aigc_studio.worker.glimpses import glimpsed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pydantic import JsonValue

    from aigc_studio.catalog.conditions import Conditions
    from aigc_studio.catalog.latent import Floats
    from aigc_studio.jobs.specs import ModelRef, Point
    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.protocol import Conditional, LatentModel, Layered, Paired
    from aigc_studio.worker.reporter import Reporter

    Play = Sample | Interpolate | Mix | Decode | Encode | Reconstruct | Denoise

LAYERED = "w+"  # the space whose points are one for each layer
SHELF = ModelShelf()
COLOURS = {channels: colour for colour, channels in CHANNELS.items()}


def handle(spec: Play, reporter: Reporter) -> None:
    """Do one playing job.

    Raises:
        StudioError: unusable model or input, or a model that cannot do what is asked.
    """
    use_cores()
    wished = getattr(spec, "conditions", None) or ANYTHING
    model = told(on_shelf(spec.model, spec.device), wished)
    match spec:
        case Sample():
            _sample(model, spec, reporter)
        case Interpolate():
            _interpolate(model, spec, reporter)
        case Mix():
            _mix(model, spec, reporter)
        case Decode():
            code = _given(model, spec.code)
            _show(model, code, reporter, preview=spec.preview)
            reporter.result(terms(model, spec.device, code.space))
        case Encode():
            code = model.encode([prepared(model, path)[1] for path in spec.inputs], model.home)
            reporter.code(model.id, model.home, code.to_bytes())
        case Reconstruct() | Denoise():
            _again(model, spec, reporter)
    if not reporter.ended:
        reporter.result(terms(model, spec.device))


def on_shelf(ref: ModelRef, device: str) -> LatentModel:
    """The model, warm when it was played before; see `registry.load_model` for errors."""
    return SHELF.get(ref, resolve_device(device))


def told(model: LatentModel, conditions: Conditions) -> LatentModel:
    """The model, told what to take into account; itself where it can take nothing.

    Raises:
        StudioError: kind "input", words or a label for a model that knows none, or not this one.
    """
    if (conditions.words or conditions.label) and Cap.CONDITION not in model.caps:
        raise StudioError(
            "This model knows no words and no labels.",
            kind="input",
            todo="Choose a model of words to pictures, or leave them out.",
        )
    if model.caps & (Cap.CONDITION | Cap.PAIR):
        return cast("Conditional", model).conditioned(conditions)
    return model


def like(model: LatentModel, item: Pixels) -> LatentModel:
    """The model, showing what a picture is of where it could show something else.

    Raises:
        StudioError: kind "input", a pair of generators that finds no pictures.
    """
    return cast("Paired", model).like(item) if Cap.PAIR in model.caps else model


def preparation_of(model: LatentModel) -> Preparation:
    """How a picture becomes what this model sees."""
    size, channels = getattr(model.config, "size", 64), getattr(model.config, "channels", 3)
    return Preparation(size=size, colour=COLOURS[channels])


def prepared(model: LatentModel, path: Path) -> tuple[Image, Pixels]:
    """A picture file as it is, and as the model sees it."""
    image = decode_image(path)
    return image, prepare(image, preparation_of(model))


def as_image(pixels: Pixels) -> Image:
    """A model's output as a picture with straight alpha."""
    return Image.from_premultiplied(pixels) if pixels.shape[2] == 4 else Image(pixels)


def _sample(model: LatentModel, spec: Sample, reporter: Reporter) -> None:
    model = glimpsed(model, reporter)
    for index, seed in enumerate(spec.seeds):
        code = model.prior(seed, model.home, temperature=spec.truncation)
        picture = as_image(model.decode(code)[0])
        reporter.media(index, len(spec.seeds), picture.pixels, seed=seed, code=code.to_bytes())


def _interpolate(model: LatentModel, spec: Interpolate, reporter: Reporter) -> None:
    start, end = _point(model, spec.start), _point(model, spec.end)
    parts = _even(model, start, end, spec, reporter) if spec.even else None
    _show(model, walk(start, end, spec.steps, spec.method, parts), reporter)


def _even(
    model: LatentModel, start: Code, end: Code, spec: Interpolate, reporter: Reporter
) -> list[float]:
    """Look at the way at even parts of it, and choose those where pictures are evenly apart."""
    looked = measured_at(spec.steps)
    seen = walk(start, end, len(looked), spec.method, looked)
    tell = reporter.parts("measuring the way")
    pictures = []
    for index in range(len(seen)):
        tell(index, len(seen))
        pictures.append(model.decode(seen.at(index))[0])
    return even_parts(differences(pictures), spec.steps)


def _mix(model: LatentModel, spec: Mix, reporter: Reporter) -> None:
    layered = model.spaces.get(LAYERED)
    if Cap.LAYERS not in model.caps or layered is None:
        raise StudioError(
            "This model has no layers to mix.", kind="input", todo="Choose a style-based model."
        )
    if not spec.first <= spec.last < layered.layers:
        raise StudioError(
            f"This model has no layers {spec.first} to {spec.last}.",
            kind="input",
            todo=f"Its layers are 0 (coarse) to {layered.layers - 1} (fine).",
        )
    ways = cast("Layered", model)
    base, other = (ways.map(_point(model, end), LAYERED) for end in (spec.base, spec.other))
    mixed = base.tensors[LAYERED].copy()
    chosen = slice(spec.first, spec.last + 1)
    mixed[:, chosen] = other.tensors[LAYERED][:, chosen]
    _show(model, Code(model.id, LAYERED, {LAYERED: mixed}), reporter)
    reporter.result(terms(model, spec.device, LAYERED))


def _point(model: LatentModel, point: Point) -> Code:
    match point:
        case SeedPoint():
            return replace(model.prior(point.seed, model.home), seed=None)
        case FilePoint():
            return model.encode([prepared(model, point.path)[1]], model.home)
        case CodePoint():
            return _given(model, point.code)


def _given(model: LatentModel, data: bytes) -> Code:
    """A point given as numbers, in any of the model's spaces; its tensors bear their names."""
    try:
        tensors = Code.from_bytes(data, model.id, model.home).tensors
    except ValueError as error:
        raise StudioError(f"The latent point is damaged: {error}.", kind="input") from error
    space = next((name for name in (model.home, *model.spaces) if name in tensors), None)
    if space is None or not all(_fits(model, tensors, name) for name in tensors):
        raise StudioError("The latent point does not belong to this model.", kind="input")
    return Code(model.id, space, tensors)


def _fits(model: LatentModel, tensors: Mapping[str, Floats], name: str) -> bool:
    known, points = model.spaces.get(name), tensors[name]
    counts = {len(each) for each in tensors.values() if each.ndim}
    fits = known is not None and points.shape[1:] == known.shape and len(counts) == 1
    return fits and bool(np.isfinite(points).all())


def _show(model: LatentModel, code: Code, reporter: Reporter, *, preview: float = 1.0) -> None:
    for index in range(len(code)):
        point = code.at(index)
        picture = as_image(model.decode(point, preview=preview)[0])
        reporter.media(index, len(code), picture.pixels, code=point.to_bytes())


def _again(model: LatentModel, spec: Reconstruct | Denoise, reporter: Reporter) -> None:
    if isinstance(spec, Denoise) and Cap.DENOISE not in model.caps:
        raise StudioError(
            "This model was not trained to repair pictures.",
            kind="input",
            todo="Train one to repair pictures; on the command line with --set corruption=noise.",
        )
    figures: list[float] = []
    for index, path in enumerate(spec.inputs):
        original, seen = prepared(model, path)
        code, made = rebuilt(like(model, seen), seen)
        figures.append(psnr(seen[None], made[None]))
        if isinstance(spec, Reconstruct) and spec.conditions:
            made = model.decode(code)[0]
        size = (original.width, original.height)
        picture = restore(made, size, preparation_of(model), original)
        reporter.media(index, len(spec.inputs), picture.pixels, code=code.to_bytes())
    reporter.result({**terms(model, spec.device, space_of(model)), "psnr": [*figures]})


def terms(model: LatentModel, device: str, space: str = "") -> dict[str, JsonValue]:
    """What every result says of how it came to be; `space` when it is not the model's home."""
    versions: dict[str, JsonValue] = {"studio": __version__, "torch": torch.__version__}
    return {"versions": versions, "device": resolve_device(device), "space": space or model.home}
