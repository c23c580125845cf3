"""Training jobs: prepare, forecast, run the one loop, and leave a finished model in the run."""

from __future__ import annotations

import itertools
import shutil
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import psutil
from pydantic import ValidationError

from aigc_studio import __version__
from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import disk_errors, folder_bytes, write_atomic
from aigc_studio.catalog.card import DataNote, ModelCard, TrainingNote
from aigc_studio.catalog.families import family, invalid_setting
from aigc_studio.jobs.runs import RunFolder
from aigc_studio.jobs.specs import Forecast, ModelRef, Train
from aigc_studio.media.image import grid
from aigc_studio.ml.data import prepare_data
from aigc_studio.ml.device import resolve_device, use_cores
from aigc_studio.ml.protocol import Moment
from aigc_studio.ml.registry import learner_class, load_model
from aigc_studio.ml.train import train
from aigc_studio.ml.weights import load_weights, save_weights
from aigc_studio.worker.playing import as_image

if TYPE_CHECKING:
    from pydantic import JsonValue

    from aigc_studio.base.frozen import Frozen
    from aigc_studio.jobs.messages import Action
    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.checkpoints import Counters
    from aigc_studio.ml.data import PreparedData
    from aigc_studio.ml.protocol import Learner
    from aigc_studio.ml.train import Session
    from aigc_studio.worker.control import Control
    from aigc_studio.worker.reporter import Reporter

PROBE_SECONDS = 10.0
FORECAST_SECONDS = 5.0
PROBE_WARMUP = 3
LOOP_MARGIN = 1.05  # batches, checkpoints, previews and figures beside the steps


def handle(spec: Train | Forecast, reporter: Reporter, control: Control) -> None:
    """Do one training job.

    Raises:
        StudioError: unusable data or settings, a full disk, or training gone astray.
    """
    use_cores()
    if isinstance(spec, Forecast):
        _forecast(spec.train, reporter)
    else:
        _Run(spec, reporter, control).carry_out()


def build_learner(spec: Train, data: PreparedData) -> Learner:
    """A learner as the spec asks for, from its parent's weights when it names one.

    Raises:
        StudioError: settings that do not fit, a parent of another family or shape.
    """
    entry = family(spec.family)
    try:
        shaped = {**spec.config, "size": data.size, "channels": data.channels}
        config = entry.config.model_validate(shaped)
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


def seconds_per_step(spec: Train, data: PreparedData, seconds: float) -> tuple[float, Learner]:
    """Measure real steps for about `seconds`; the learner's state is to be thrown away."""
    learner = build_learner(spec, data)
    times: list[float] = []
    ends = time.perf_counter() + seconds
    for step in itertools.count():
        began = time.perf_counter()
        items = data.batch_items(spec.seed, step, spec.options.batch)
        learner.step(data.batch(items), Moment(spec.seed, step, 1000, items))
        times.append(time.perf_counter() - began)
        if time.perf_counter() >= ends and len(times) > PROBE_WARMUP:
            break
    return statistics.fmean(times[PROBE_WARMUP:]) * LOOP_MARGIN, learner


def steps_for(minutes: float, seconds_a_step: float) -> int:
    """How many steps take about so many minutes."""
    return max(1, round(minutes * 60 / seconds_a_step))


def _forecast(spec: Train, reporter: Reporter) -> None:
    with tempfile.TemporaryDirectory(prefix="aigc-forecast-") as name:
        data = prepare_data(spec.data, Path(name), _preparing(reporter))
        pace, learner = seconds_per_step(spec, data, FORECAST_SECONDS)
        steps = spec.steps or steps_for(spec.minutes or 10.0, pace)
        parameters = sum(p.numel() for p in learner.net.parameters())
        # A checkpoint holds weights, average and two moments; two are kept.
        disk = folder_bytes(Path(name)) + 2 * 16 * parameters
        figures: dict[str, JsonValue] = {
            "seconds_per_step": pace,
            "items_per_second": spec.options.batch / pace,
            "steps": steps,
            "seconds": steps * pace,
            "minutes": steps * pace / 60,
            "memory_bytes": psutil.Process().memory_info().rss,
            "disk_bytes": disk,
            "size": data.size,
            "channels": data.channels,
            "items": len(data.pixels),
            "held_out": len(data.held_out),
            "parameters": parameters,
        }
        del data
    reporter.result(figures)


def _preparing(reporter: Reporter) -> _Tell:
    return _Tell(reporter)


class _Tell:
    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter

    def __call__(self, done: int, total: int) -> None:
        # One below the end, so that a panel does not take the preparation's end for the run's.
        self._reporter.progress(
            min(done, total - 1), total, seconds=0.0, activity="preparing pictures"
        )


class _Run:
    """One session of one run; also the loop's hooks."""

    def __init__(self, spec: Train, reporter: Reporter, control: Control) -> None:
        self._spec = spec
        self._reporter = reporter
        self._control = control
        self._folder = RunFolder(spec.folder)
        self._began = time.perf_counter()
        self._probe_seconds = 0.0

    def carry_out(self) -> None:
        data = prepare_data(self._spec.data, self._folder.path / "data", _Tell(self._reporter))
        self._settle_steps(data)
        self._data = data
        self._learner = build_learner(self._spec, data)
        startup = time.perf_counter() - self._began - self._probe_seconds
        self._reporter.state("running")
        session = train(
            self._learner,
            data,
            self._spec.options,
            seed=self._spec.seed,
            total=self._spec.steps or 1,
            checkpoints=self._folder.checkpoints_folder,
            hooks=self,
        )
        if session.ending == "suspended":
            self._reporter.state("suspended")
            self._reporter.result({"state": "suspended", "step": session.counters.step})
            return
        self._finish(session, startup)

    def poll(self) -> Action | None:
        """See `ml.train.Hooks`."""
        self._control.yield_to_engine()
        wish = self._control.poll()
        if wish == "pause":
            self._reporter.state("paused")
            while wish == "pause":
                self._control.wait_while_paused()
                wish = self._control.poll()
                if wish == "snapshot":
                    self.snapshot(self._step)
                    wish = self._control.poll()
            self._reporter.state("running")
        if wish in ("stop", "suspend"):
            self._reporter.state("stopping")
        return wish

    _step = 0

    def progress(self, counters: Counters, total: int, items_per_second: float) -> None:
        """See `ml.train.Hooks`."""
        self._step = counters.step
        left = None
        if items_per_second > 0:
            left = (total - counters.step) * self._spec.options.batch / items_per_second
        self._reporter.progress(
            counters.step,
            total,
            seconds=counters.seconds,
            seconds_left=left,
            items_per_second=items_per_second,
            losses=counters.last,
            activity="training",
        )

    def preview(self, step: int, pictures: list[Pixels], figures: dict[str, float]) -> None:
        """See `ml.train.Hooks`."""
        sheet = grid([as_image(pixels) for pixels in pictures], columns=8)
        self._reporter.preview(step, sheet.pixels)
        self._figures = figures

    def snapshot(self, step: int) -> None:
        """See `ml.train.Hooks`."""
        folder = self._folder.path / "snapshots"
        with disk_errors(folder, kept="Training goes on."):
            folder.mkdir(exist_ok=True)
        path = folder / f"{step:09d}.safetensors"
        model_id, _ = self._save(path)
        self._reporter.snapshot(step, model_id, f"snapshots/{path.name}")

    def _settle_steps(self, data: PreparedData) -> None:
        if self._spec.steps is not None:
            return
        began = time.perf_counter()
        self._reporter.progress(0, 1, seconds=0.0, activity="measuring this machine's pace")
        pace, _ = seconds_per_step(self._spec, data, PROBE_SECONDS)
        steps = steps_for(self._spec.minutes or 10.0, pace)
        self._spec = self._spec.model_copy(update={"steps": steps})
        self._folder.write_spec(self._spec)
        self._probe_seconds = time.perf_counter() - began

    def _save(self, path: Path) -> tuple[str, Frozen]:
        config, tensors = self._learner.export(self._data)
        return save_weights(path, tensors, self._spec.family, config), config

    def _finish(self, session: Session, startup: float) -> None:
        folder = self._folder.path / "model"
        with disk_errors(folder, kept="The last checkpoint is kept."):
            folder.mkdir(exist_ok=True)
        self._reporter.progress(
            session.counters.step,
            max(self._spec.steps or 1, session.counters.step + 1),
            seconds=session.counters.seconds,
            activity="saving the model",
        )
        model_id, config = self._save(folder / "weights.safetensors")
        metrics = self._measured(model_id, folder / "weights.safetensors")
        card = self._card(model_id, config, session, metrics)
        with disk_errors(folder):
            write_atomic(folder / "card.json", card.model_dump_json(indent=1).encode())
        self._reporter.state("stopped" if session.ending == "stopped" else "finished")
        self._reporter.result(self._result(model_id, session, startup, metrics))
        if session.ending == "finished":
            # Prepared pictures can be made again from the assets at any time.
            del self._data
            shutil.rmtree(self._folder.path / "data", ignore_errors=True)

    def _measured(self, model_id: str, path: Path) -> dict[str, JsonValue]:
        from aigc_studio.ml.metrics.pictures import psnr, ssim

        model = load_model(ModelRef(id=model_id, path=path), "cpu")
        data = self._data
        held_out = len(data.held_out) > 0
        items = (data.held_out if held_out else data.training)[:256]
        pictures = data.pixels[items]
        import numpy as np

        again = np.stack(model.decode(model.encode(list(pictures), "z")))
        figures = cast("dict[str, JsonValue]", dict(self._figures))
        repairing = getattr(model.config, "corruption", "none") != "none"
        name = "psnr_of_clean_pictures" if repairing else "psnr"
        return {
            **figures,
            name: psnr(pictures, again),
            "ssim": ssim(pictures, again),
            "measured_on": "held-out pictures" if held_out else "training pictures",
            "pictures": len(items),
        }

    def _result(
        self, model_id: str, session: Session, startup: float, metrics: dict[str, JsonValue]
    ) -> dict[str, JsonValue]:
        counters, clock = session.counters, session.clock
        done = counters.step - session.resumed_from
        return {
            "model": model_id,
            "name": self._spec.name,
            "steps": counters.step,
            "seconds": counters.seconds,
            "items_per_second": done * self._spec.options.batch / max(clock.worked, 1e-9),
            "losses": {
                "first": counters.first.get("loss"),
                "last": counters.last.get("loss"),
            },
            "metrics": metrics,
            "resumed_from": session.resumed_from,
            "startup_seconds": startup,
            "probe_seconds": self._probe_seconds,
            "overhead": clock.outside / max(clock.worked, 1e-9),
            "state": session.ending,
        }

    def _card(
        self, model_id: str, config: Frozen, session: Session, metrics: dict[str, JsonValue]
    ) -> ModelCard:
        spec, data = self._spec, self._data
        items = spec.data.items
        note = TrainingNote(
            steps=session.counters.step,
            items_seen=session.counters.step * spec.options.batch,
            seconds=session.counters.seconds,
            device=resolve_device(spec.device),
            seed=spec.seed,
            options=spec.options.model_dump(mode="json"),
            preset=spec.preset,
            frozen_parts=spec.freeze,
        )
        past = spec.parent_card.history if spec.parent_card else ()
        return ModelCard(
            model=model_id,
            name=spec.name,
            family=spec.family,
            modality=family(spec.family).modality,
            config=config.model_dump(mode="json"),
            parent=spec.parent.id if spec.parent else None,
            data=DataNote(
                collection=spec.data.name,
                items=len(data.pixels),
                held_out=len(data.held_out),
                fingerprint=data.fingerprint,
                authors=tuple(sorted({item.author for item in items if item.author})),
                rights=tuple(sorted({item.rights for item in items if item.rights})),
            ),
            history=(*past, note),
            metrics=metrics,
            limits=_limits(data),
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            studio=__version__,
        )


def _limits(data: PreparedData) -> tuple[str, ...]:
    limits = [f"It makes squares of {data.size} pixels."]
    if len(data.pixels) < 200:
        limits.append(f"It has seen only {len(data.pixels)} pictures and may repeat them.")
    if not len(data.held_out):
        limits.append("Nothing was held out, so its figures are of pictures it was trained on.")
    return tuple(limits)
