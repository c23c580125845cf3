"""What is told at a run's end: figures of the finished model and of the run itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.catalog.latent import Cap
from aigc_studio.ml.metrics.rebuilding import reconstruction, repair
from aigc_studio.ml.metrics.upscaling import upscaling
from aigc_studio.ml.registry import as_latent, as_upscaler, load_any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import JsonValue

    from aigc_studio.jobs.specs import ModelRef
    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.data import Indices, PreparedData
    from aigc_studio.ml.protocol import Model
    from aigc_studio.ml.train import Session
    from aigc_studio.worker.starting import Started

MEASURED = 256
LISTED = 10  # pictures left out that are named; the first tell an artist what is amiss
SEED = 0  # that of `evaluate` when none is given, so that both make the same damage


def measured(
    exported: ModelRef, data: PreparedData, device: str, looked: Mapping[str, float]
) -> dict[str, JsonValue]:
    """Figures of a finished model on at most 256 held-out pictures.

    The model is read from its file again, so that they are of what was exported.

    Args:
        exported: the model as it lies on disk.
        data: the run's data; where nothing was held out, training pictures have to do.
        device: where to compute.
        looked: the learner's own last figures; those measured here win.

    Raises:
        StudioError: the file cannot be read back.
    """
    held_out = len(data.held_out) > 0
    pictures = data.pixels[_spread(data.held_out if held_out else data.training)]
    return {
        **looked,
        **_figures(load_any(exported, device), pictures),
        "measured_on": "held-out pictures" if held_out else "training pictures",
        "pictures": len(pictures),
    }


def _spread(items: Indices) -> Indices:
    # The first ones of whole pictures; of patches some of each picture.
    return items[:: max(1, len(items) // MEASURED)][:MEASURED]


def _figures(model: Model, pictures: Pixels) -> dict[str, JsonValue]:
    if Cap.UPSCALE in model.caps:
        return upscaling(as_upscaler(model), pictures)
    playable = as_latent(model)
    if Cap.ENCODE not in playable.caps:
        return {}
    return {**reconstruction(playable, pictures), **repair(playable, pictures, SEED)}


def summed_up(
    run: Started, session: Session, model_id: str, metrics: dict[str, JsonValue]
) -> dict[str, JsonValue]:
    """The figures of a run by the names of the command line's JSON."""
    counters, clock = session.counters, session.clock
    worked = max(clock.worked, 1e-9)
    done = counters.step - session.resumed_from
    return {
        "model": model_id,
        "name": run.spec.name,
        "steps": counters.step,
        "seconds": counters.seconds,
        "items_per_second": done * run.spec.options.batch / worked,
        "losses": {"first": counters.first.get("loss"), "last": counters.last.get("loss")},
        "metrics": metrics,
        "resumed_from": session.resumed_from,
        "startup_seconds": run.startup_seconds,
        "probe_seconds": run.probe_seconds,
        "overhead": clock.outside / worked,
        "state": session.ending,
        "left_out_count": len(run.data.left_out),
        "left_out": [*run.data.left_out[:LISTED]],
    }
