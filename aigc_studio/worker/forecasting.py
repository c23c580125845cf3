"""Forecasts: what a training would take, measured on a few real steps of it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from aigc_studio.base.files import folder_bytes
from aigc_studio.ml.checkpoints import KEEP, Counters, save_checkpoint
from aigc_studio.ml.data import prepare_pair
from aigc_studio.ml.device import peak_memory, resolve_device, use_cores
from aigc_studio.worker.starting import DEFAULT_MINUTES, probe, steps_for

if TYPE_CHECKING:
    from pydantic import JsonValue

    from aigc_studio.jobs.specs import Train
    from aigc_studio.ml.data import PreparedData
    from aigc_studio.ml.protocol import Learner
    from aigc_studio.worker.reporter import Reporter

FORECAST_SECONDS = 5.0


def forecast(spec: Train, reporter: Reporter) -> None:
    """Answer time, memory and disk of a training; nothing is left behind.

    Raises:
        StudioError: unusable data or settings, or a full disk.
    """
    use_cores(spec.threads)
    with tempfile.TemporaryDirectory(prefix="aigc-forecast-") as name:
        folder = Path(name)
        tell = reporter.parts("preparing pictures")
        data = prepare_pair(spec.data, spec.pair, folder / "data", tell)
        pace, learner = probe(spec, data, FORECAST_SECONDS)
        figures = {
            **_lengths(spec, pace),
            **_room(learner, data, folder, resolve_device(spec.device)),
            "size": data.size,
            "channels": data.channels,
            "items": len(data.pixels),
            "held_out": len(data.held_out),
            "parameters": sum(p.numel() for p in learner.net.parameters()),
        }
        del data  # its memory map ends before its file does
    reporter.result(figures)


def _lengths(spec: Train, pace: float) -> dict[str, JsonValue]:
    steps = spec.steps or steps_for(spec.minutes or DEFAULT_MINUTES, pace)
    return {
        "seconds_per_step": pace,
        "items_per_second": spec.options.batch / pace,
        "steps": steps,
        "seconds": steps * pace,
        "minutes": steps * pace / 60,
    }


def _room(learner: Learner, data: PreparedData, folder: Path, device: str) -> dict[str, JsonValue]:
    """Bytes of memory at the peak, and on disk, by doing what a run does besides its steps."""
    learner.preview(data)
    learner.measure(data)
    checkpoint = save_checkpoint(folder / "checkpoints", learner, Counters()).stat().st_size
    peak = peak_memory(device)
    room: dict[str, JsonValue] = {"memory_bytes": peak.main}
    if peak.graphics is not None:
        room["gpu_memory_bytes"] = peak.graphics
    # While a new checkpoint is written, all that are kept lie there still.
    return {**room, "disk_bytes": folder_bytes(folder / "data") + (KEEP + 1) * checkpoint}
