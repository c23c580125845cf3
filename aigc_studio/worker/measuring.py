"""Measuring: figures of a model, and what this machine has."""

from __future__ import annotations

import tempfile
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import torch

from aigc_studio.catalog.conditions import Conditions
from aigc_studio.catalog.latent import Cap
from aigc_studio.ml.data import prepare_data
from aigc_studio.ml.device import available_devices, resolve_device, use_cores, uses_bfloat16
from aigc_studio.ml.metrics.evaluate import MOST, evaluate_images
from aigc_studio.ml.metrics.upscaling import upscaling
from aigc_studio.worker.playing import COLOURS, SHELF, on_shelf, preparation_of, told

if TYPE_CHECKING:
    from pydantic import JsonValue

    from aigc_studio.jobs.specs import Evaluate
    from aigc_studio.ml.protocol import LatentModel
    from aigc_studio.worker.reporter import Reporter


def evaluate(spec: Evaluate, reporter: Reporter) -> None:
    """Measure a model on pictures read from disk again; answers `metrics`.

    Raises:
        StudioError: unusable model, or no usable picture.
    """
    use_cores()
    if spec.data.patches:
        reporter.result({"metrics": _enlarging(spec, reporter)})
        return
    model = on_shelf(spec.model, spec.device)
    if Cap.PAIR not in model.caps:
        reporter.result({"metrics": _measured(model, spec, reporter)})
        return
    # Of a pair each domain is measured by itself, the second where its pictures are named.
    first = _measured(told(model, Conditions(domain="first")), spec, reporter)
    metrics: dict[str, JsonValue] = {**first}
    if spec.pair and spec.pair.items:
        other = {"data": spec.pair, "reference": spec.pair_reference}
        shown = told(model, Conditions(domain="second"))
        second = _measured(shown, spec.model_copy(update=other), reporter)
        metrics |= {f"second_{name}": value for name, value in second.items()}
    reporter.result({"metrics": metrics})


def _measured(model: LatentModel, spec: Evaluate, reporter: Reporter) -> dict[str, JsonValue]:
    with tempfile.TemporaryDirectory(prefix="aigc-evaluate-") as name:
        seen = preparation_of(model).model_copy(update={"fit": spec.data.preparation.fit})
        data = spec.data.model_copy(update={"preparation": seen})
        known = data.model_copy(update={"items": spec.reference})
        tell = reporter.parts("preparing pictures")
        pictures = prepare_data(data, Path(name) / "data", tell, fewest=1)
        reference = (
            prepare_data(known, Path(name) / "known", tell, fewest=1) if spec.reference else None
        )
        metrics = evaluate_images(
            model, pictures, reference, spec.samples, spec.seed, reporter.parts("measuring")
        )
        del pictures, reference  # their memory maps end before their files do
    return metrics


def _enlarging(spec: Evaluate, reporter: Reporter) -> dict[str, JsonValue]:
    """Of a model that enlarges, on some of the patches, beside what plain filters make of them."""
    model = SHELF.upscaler(spec.model, resolve_device(spec.device))
    colour = COLOURS[model.channels]
    preparation = spec.data.preparation.model_copy(update={"colour": colour})
    data = spec.data.model_copy(update={"preparation": preparation})
    with tempfile.TemporaryDirectory(prefix="aigc-evaluate-") as name:
        tell = reporter.parts("preparing pictures")
        pictures = prepare_data(data, Path(name) / "data", tell, fewest=1)
        patches = pictures.pixels[:: max(1, -(-len(pictures.pixels) // MOST))]
        done, parts, total = count(1), reporter.parts("measuring"), len(patches)
        figures = upscaling(model, patches, lambda: parts(next(done), total))
        stated: dict[str, JsonValue] = {
            "psnr": "dB, mean over patches",
            "made smaller by": "area averaging",
            "patches": total,
            "pictures": len({*pictures.hashes}),
            "size": pictures.size,
            "channels": pictures.channels,
        }
        del pictures, patches  # their memory maps end before their files do
    return {**figures, "stated": stated}


def probe(reporter: Reporter) -> None:
    """Answer what this machine has for training."""
    reporter.result(
        {
            "devices": [*available_devices()],
            "bfloat16": uses_bfloat16("auto", available_devices()[-1]),
            "threads": use_cores(),
            "torch": torch.__version__,
            "memory_bytes": psutil.virtual_memory().total,
        }
    )
