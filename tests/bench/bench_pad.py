"""Pad to pixels: a Decode request through the engine against the bare forward pass.

python -m tests.bench.bench_pad [--times N]
"""

from __future__ import annotations

import argparse
import queue
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.families import family, settings
from aigc_studio.jobs.engine import Engine
from aigc_studio.jobs.specs import Decode, ModelRef
from aigc_studio.media.preparation import Preparation
from aigc_studio.ml.data import PreparedData
from aigc_studio.ml.device import use_cores
from aigc_studio.ml.registry import learner_class, load_model
from aigc_studio.ml.weights import save_weights
from tests.bench.pictures import glyphs
from tests.bench.table import Row, show

if TYPE_CHECKING:
    from aigc_studio.jobs.child import Event
    from aigc_studio.ml.protocol import LatentModel

FAMILY = "image-vae"
CASES = (("tiny", 64), ("desk", 128))
TIMES, BLOCKS = 120, 4
PART, FIXED_MS = 1.10, 2.0  # at most 10 % and 2 ms over the bare pass
_SETTLE = 0.5  # seconds for the other process's compute threads to fall asleep


def measure(times: int = TIMES) -> list[Row]:
    """Both ways in turns, in blocks, so that one's idle threads do not disturb the other."""
    use_cores()
    with tempfile.TemporaryDirectory() as folder:
        return [_case(Path(folder), preset, side, times) for preset, side in CASES]


def _case(folder: Path, preset: str, side: int, times: int) -> Row:
    ref = _fresh_model(folder / f"{preset}.safetensors", preset, side)
    model = load_model(ref, "cpu")
    bare: list[float] = []
    whole: list[float] = []
    with _Asker(ref) as asker:
        asker.ask(model, 0)  # loads the weights
        for block in range(BLOCKS):
            time.sleep(_SETTLE)
            seeds = range(block * times // BLOCKS, (block + 1) * times // BLOCKS)
            bare += [_bare(model, seed) for seed in seeds]
            time.sleep(_SETTLE)
            whole += [asker.ask(model, seed) for seed in seeds]
    return _row(f"pad to pixels: {preset}, {side} px", bare, whole)


def _row(name: str, bare: list[float], whole: list[float]) -> Row:
    one, other = 1e3 * statistics.median(bare), 1e3 * statistics.median(whole)
    limit = PART * one + FIXED_MS
    note = f"{other / one:.2f} x the bare pass of {one:.2f} ms; slowest {1e3 * max(whole):.1f} ms"
    return Row(name, other, limit, "ms", note=note)


def _bare(model: LatentModel, seed: int) -> float:
    code = model.prior(seed, "z")
    started = time.perf_counter()
    model.decode(code)
    return time.perf_counter() - started


class _Asker:
    """Sends one request at a time and waits for its picture."""

    def __init__(self, ref: ModelRef) -> None:
        self._ref = ref
        self._answers: queue.Queue[list[Event] | StudioError] = queue.Queue()
        self._engine = Engine(
            lambda stamp, slot, events: self._answers.put(events),
            lambda stamp, slot, error: self._answers.put(error),
        )

    def ask(self, model: LatentModel, seed: int) -> float:
        """Seconds from the point under the pointer to the picture's bytes in this process."""
        code = model.prior(seed, "z")
        started = time.perf_counter()
        self._engine.submit(Decode(model=self._ref, code=code.to_bytes(), device="cpu"))
        answer = self._answers.get(timeout=120)
        seconds = time.perf_counter() - started
        if isinstance(answer, StudioError):
            raise answer
        return seconds

    def __enter__(self) -> _Asker:
        return self

    def __exit__(self, *error: object) -> None:
        self._engine.close()


def _fresh_model(path: Path, preset: str, side: int) -> ModelRef:
    """A model with untrained weights: they take as long as trained ones."""
    chosen = settings(FAMILY, preset, {})
    data = _data(side)
    size = {"size": data.size, "channels": data.channels}
    config = family(FAMILY).config.model_validate({**chosen.config, **size})
    learner = learner_class(FAMILY).build(config, chosen.options, data, 0, "cpu")
    exported, tensors = learner.export(data)
    return ModelRef(id=save_weights(path, tensors, FAMILY, exported), path=path)


def _data(side: int) -> PreparedData:
    pixels = glyphs(256, side)[..., None].repeat(3, axis=3)
    everything = np.arange(len(pixels))
    hashes = tuple(f"{index:064x}" for index in everything)
    resolved = Preparation(size=side, colour="rgb")
    return PreparedData(pixels, hashes, everything[16:], everything[:16], resolved, "0" * 64)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=TIMES)
    show(measure(parser.parse_args().times))
