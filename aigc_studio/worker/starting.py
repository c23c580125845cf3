"""How every training begins: prepared data, settled length and threads, a learner."""

from __future__ import annotations

import itertools
import math
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.families import family, invalid_setting
from aigc_studio.jobs.runs import RunFolder
from aigc_studio.ml.data import prepare_pair
from aigc_studio.ml.device import resolve_device, use_cores
from aigc_studio.ml.protocol import Moment
from aigc_studio.ml.registry import learner_class
from aigc_studio.ml.train import ALONE
from aigc_studio.ml.weights import load_weights, save_weights

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from torch import Tensor

    from aigc_studio.base.frozen import Frozen
    from aigc_studio.jobs.specs import Train
    from aigc_studio.ml.data import PreparedData
    from aigc_studio.ml.parallel import Team
    from aigc_studio.ml.protocol import Learner
    from aigc_studio.worker.reporter import Reporter

DATA = "data"  # folder of the prepared pictures, below the run's own
PROBE_SECONDS = 10.0
DEFAULT_MINUTES = 10.0
_PROBE_WARMUP = 3
_PROBE_TOTAL = 1000
_GOLDEN = (math.sqrt(5) - 1) / 2  # multiples of it lie evenly, however many are taken
_LOOP_MARGIN = 1.05  # batches, checkpoints, previews and figures beside the steps


@dataclass(frozen=True)
class Started:
    """A run that is ready for its loop.

    Attributes:
        spec: what was asked, with length and threads settled, as `spec.json` now has it.
        steps: length of the run.
        folder: of the run.
        data: the collection, prepared.
        learner: with fresh weights, or its parent's.
        startup_seconds: preparing and building, without the probe.
        probe_seconds: turning minutes into steps; 0 when steps were given.
    """

    spec: Train
    steps: int
    folder: RunFolder
    data: PreparedData
    learner: Learner
    startup_seconds: float
    probe_seconds: float

    def export(self, path: Path) -> tuple[str, Frozen]:
        """Write the model as it is now; its id and its configuration.

        Raises:
            StudioError: kind "disk".
        """
        config, tensors = self.learner.export(self.data)
        return save_weights(path, tensors, self.spec.family, config), config


def start(spec: Train, reporter: Reporter, team: Team = ALONE) -> Started:
    """Prepare a run, fresh or to be resumed; the learner's state is not yet restored.

    What the bytes depend on and was left open is settled once and stored in `spec.json`. The
    team's first rank does so; the others read what it has left.

    Raises:
        StudioError: unusable data or settings, or the disk refuses.
    """
    began = time.perf_counter()
    folder = RunFolder(spec.folder)
    team.require_items(spec.options.batch)
    with team.in_turn():
        left_open = spec if team.first else folder.spec()
        settled, steps, data, probed = _settled(left_open, folder, reporter)
    learner = build_learner(settled, data)
    took = time.perf_counter() - began - probed
    return Started(settled, steps, folder, data, learner, took, probed)


def _settled(
    spec: Train, folder: RunFolder, reporter: Reporter
) -> tuple[Train, int, PreparedData, float]:
    """The spec with nothing left open, its steps and data, and how long the probe took."""
    settled = spec.model_copy(update={"threads": use_cores(spec.threads)})
    tell = reporter.parts("preparing pictures")
    data = prepare_pair(spec.data, spec.pair, folder.path / DATA, tell)
    steps, probed = _length(settled, data, reporter)
    settled = settled.model_copy(update={"steps": steps})
    if settled != spec:
        folder.write_spec(settled)
    return settled, steps, data, probed


def _length(spec: Train, data: PreparedData, reporter: Reporter) -> tuple[int, float]:
    """Steps of the run, and the seconds it took to find out."""
    if spec.steps is not None:
        return spec.steps, 0.0
    began = time.perf_counter()
    reporter.progress(0, 1, seconds=0.0, activity="measuring this machine's pace")
    pace, _ = probe(spec, data, PROBE_SECONDS)
    return steps_for(spec.minutes or DEFAULT_MINUTES, pace), time.perf_counter() - began


def build_learner(spec: Train, data: PreparedData) -> Learner:
    """A learner as the spec asks for, from its parent's weights when it names one.

    Raises:
        StudioError: settings that do not fit, a parent of another family or shape.
    """
    entry = family(spec.family)
    try:
        follows = {"size": data.size, "channels": data.channels}
        shaped = {k: v for k, v in follows.items() if k in entry.config.model_fields}
        config = entry.config.model_validate({**spec.config, **shaped})
    except ValidationError as error:
        raise invalid_setting(error) from error
    device = resolve_device(spec.device)
    learner = learner_class(spec.family).build(config, spec.options, data, spec.seed, device)
    if spec.parent is not None:
        header, tensors = load_weights(spec.parent.path)
        if header.family != spec.family:
            raise StudioError(
                f"The model to start from is of the family {header.family}, not {spec.family}.",
                kind="input",
                todo="Choose a parent of the same family.",
            )
        learner.adopt(tensors, spec.freeze)
    return learner


def probe(spec: Train, data: PreparedData, seconds: float) -> tuple[float, Learner]:
    """Take real steps for about `seconds`; with several GPUs the share of one of them.

    They are spread over a run: some families learn one part after another, and steps of one
    part may take longer than those of another.

    Returns:
        Seconds a step takes in the loop, and the learner; its state is to be thrown away.
    """
    learner = build_learner(spec, data)
    times: list[float] = []
    ends = time.perf_counter() + seconds
    for count in itertools.count():
        step = int(count * _GOLDEN % 1 * _PROBE_TOTAL)
        began = time.perf_counter()
        items = data.batch_items(spec.seed, step, spec.options.batch)[:: spec.gpus]
        losses = learner.step(data.batch(items), Moment(spec.seed, step, _PROBE_TOTAL, items))
        _wait_for(losses)
        times.append(time.perf_counter() - began)
        if time.perf_counter() >= ends and len(times) > _PROBE_WARMUP:
            break
    return statistics.fmean(times[_PROBE_WARMUP:]) * _LOOP_MARGIN, learner


def _wait_for(losses: Mapping[str, Tensor]) -> None:
    # A GPU takes orders and answers later: a step is done once its losses can be read.
    for value in losses.values():
        value.item()


def steps_for(minutes: float, seconds_a_step: float) -> int:
    """How many steps take about so many minutes."""
    return max(1, round(minutes * 60 / seconds_a_step))
