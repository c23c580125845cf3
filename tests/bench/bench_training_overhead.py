"""Training: time outside the arithmetic, and time spent on looking, by the loop's own clock.

python -m tests.bench.bench_training_overhead [--steps N]
"""

from __future__ import annotations

import argparse
import importlib
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import numpy as np

from aigc_studio.catalog.families import family, settings
from aigc_studio.media.preparation import Preparation
from aigc_studio.ml.data import PreparedData
from aigc_studio.ml.device import use_cores
from aigc_studio.ml.registry import learner_class
from aigc_studio.ml.train import Session, train
from tests.bench.pictures import glyphs
from tests.bench.table import Row, show

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.jobs.messages import Action

FAMILY, PICTURES, SIDE = "image-vae", 1000, 32
STEPS = 1000  # a minute or more on two cores: several checkpoints and looks


class _Quiet:
    """Hooks of a run that nobody watches."""

    def poll(self) -> Action | None:
        return None

    def progress(self, *news: object) -> None:
        """Nobody to tell."""

    preview = snapshot = progress


class _Stopwatch:
    """Adds up the time spent in functions it was wrapped around."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def around(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **options: Any) -> Any:
            started = time.perf_counter()
            result = function(*args, **options)
            self.seconds += time.perf_counter() - started
            return result

        return timed


def measure(steps: int = STEPS) -> list[Row]:
    """Train the tiny preset on mapped pictures, with checkpoints, and read the clock."""
    use_cores()
    changing = _Stopwatch()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        learner_module = importlib.import_module(family(FAMILY).learner.split(":")[0])
        for name in ("augment", "corrupt"):
            if hasattr(learner_module, name):
                timed = changing.around(getattr(learner_module, name))
                stack.enter_context(mock.patch.object(learner_module, name, timed))
        session = _trained(Path(folder), steps)
    return _rows(session, changing.seconds, steps)


def _trained(folder: Path, steps: int) -> Session:
    chosen = settings(FAMILY, "tiny", {})
    data = _data(folder)
    size = {"size": data.size, "channels": data.channels}
    config = family(FAMILY).config.model_validate({**chosen.config, **size})
    learner = learner_class(FAMILY).build(config, chosen.options, data, 0, "cpu")
    place = folder / "checkpoints"
    return train(
        learner, data, chosen.options, seed=0, total=steps, checkpoints=place, hooks=_Quiet()
    )


def _data(folder: Path) -> PreparedData:
    np.save(folder / "pixels.npy", glyphs(PICTURES, SIDE)[..., None])
    pixels = np.load(folder / "pixels.npy", mmap_mode="r")
    everything = np.arange(PICTURES)
    hashes = tuple(f"{index:064x}" for index in everything)
    resolved = Preparation(size=SIDE, colour="grey")
    part = PICTURES // 10
    return PreparedData(pixels, hashes, everything[part:], everything[:part], resolved, "0" * 64)


def _rows(session: Session, changing: float, steps: int) -> list[Row]:
    clock = session.clock
    outside = 100 * clock.outside / clock.worked
    changes = 100 * (clock.outside + changing) / clock.worked
    looking = 100 * clock.looking / clock.worked
    note = f"{steps} steps in {clock.worked:.0f} s"
    apart = "augmentation and corruption counted as outside too"
    return [
        Row("training: outside the arithmetic", outside, 3, "%", note=note),
        Row("training: the same, strictly", changes, 3, "%", note=apart),
        Row("training: previews and figures", looking, 5, "%", note="first and last look included"),
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=STEPS)
    show(measure(parser.parse_args().steps))
