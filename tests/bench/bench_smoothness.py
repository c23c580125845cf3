"""How smooth morphs of the starter are: the largest step between neighbouring frames.

python -m tests.bench.bench_smoothness [--pairs N] [--frames N] [--model NAME]

Pair i goes from seed 2 i to seed 2 i + 1. A step is the mean absolute difference of pixels, told
in medians of all steps of its film; loops are checked to close bit for bit.
"""

from __future__ import annotations

import argparse
import contextlib
from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.catalog.even_pace import differences, largest_step
from aigc_studio.cli import places
from aigc_studio.cli.work import WarmWorker
from aigc_studio.document.chosen import choose_model
from aigc_studio.document.requests import interpolate_spec
from tests.bench.table import Row, show

if TYPE_CHECKING:
    from aigc_studio.document.chosen import ChosenModel
    from aigc_studio.document.store import Store
    from aigc_studio.media.image import Pixels

PAIRS, FRAMES, MODEL = 20, 48, "emoji-vae"
MOST = 3.0  # medians
LONG = True


def measure(pairs: int = PAIRS, frames: int = FRAMES, model: str = MODEL) -> list[Row]:
    """Both paces, of the same pairs of seeds."""
    with contextlib.closing(places.reading("starter")) as store, WarmWorker() as worker:
        chosen = choose_model(store, model)
        name = f"{model}, {pairs} pairs of seeds 0 to {2 * pairs - 1}, {frames} frames"
        rows = []
        for even in (False, True):
            found = [_film(store, chosen, worker, pair, frames, even) for pair in range(pairs)]
            rows.append(_row(name, [largest_step(differences(film)) for film in found], even))
        return rows


def _film(
    store: Store, model: ChosenModel, worker: WarmWorker, pair: int, frames: int, even: bool
) -> list[Pixels]:
    ends = (f"seed:{2 * pair}", f"seed:{2 * pair + 1}")
    spec = interpolate_spec(store, model, *ends, steps=frames, even=even, device="cpu")
    return [pixels for _, pixels in worker.do(spec, "walking").media]


def _row(name: str, largest: list[float], even: bool) -> Row:
    over = sum(step > MOST for step in largest)
    note = f"mean {np.mean(largest):.2f}; {over} of {len(largest)} over {MOST:g}; {name}"
    pace = "even pace" if even else "plain"
    return Row(f"largest step, {pace}", max(largest), MOST if even else None, "medians", note=note)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=PAIRS)
    parser.add_argument("--frames", type=int, default=FRAMES)
    parser.add_argument("--model", default=MODEL)
    asked = parser.parse_args()
    show(measure(asked.pairs, asked.frames, asked.model))
