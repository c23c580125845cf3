"""Training jobs: settle, run the one loop, and leave a finished model in the run's folder."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from aigc_studio.base.files import disk_errors, write_atomic
from aigc_studio.jobs.specs import Forecast, ModelRef, Train
from aigc_studio.ml.device import resolve_device
from aigc_studio.ml.parallel import joined
from aigc_studio.ml.train import train
from aigc_studio.worker.cards import card_of
from aigc_studio.worker.failures import as_failure
from aigc_studio.worker.figures import measured, summed_up
from aigc_studio.worker.forecasting import forecast
from aigc_studio.worker.hooks import RunHooks
from aigc_studio.worker.starting import DATA, start

if TYPE_CHECKING:
    from aigc_studio.ml.train import Ending, Session
    from aigc_studio.worker.control import Control
    from aigc_studio.worker.reporter import Reporter
    from aigc_studio.worker.starting import Started


def handle(spec: Train | Forecast, reporter: Reporter, control: Control) -> None:
    """Do one training job.

    Raises:
        StudioError: unusable data or settings, a full disk, or training gone astray.
    """
    if isinstance(spec, Forecast):
        forecast(spec.train, reporter)
    elif _carry_out(spec, reporter, control) == "finished":
        # Prepared pictures can be made again from the assets at any time. Nothing maps them any
        # more by now, else Windows would keep them.
        shutil.rmtree(spec.folder / DATA, ignore_errors=True)


def _carry_out(spec: Train, reporter: Reporter, control: Control) -> Ending | None:
    """Train, and leave a model or a checkpoint; how it ended, None where another rank tells."""
    with joined(spec.device, as_failure) as team:
        run = start(spec, reporter, team)
        hooks = RunHooks(run, reporter, control)
        reporter.state("running")
        session = train(
            run.learner,
            run.data,
            run.spec.options,
            seed=run.spec.seed,
            total=run.steps,
            checkpoints=run.folder.checkpoints_folder,
            hooks=hooks,
            team=team,
        )
    if not team.first:
        return None
    if session.ending == "suspended":
        reporter.state("suspended")
        reporter.result({"state": "suspended", "step": session.counters.step})
    else:
        _finish(run, session, hooks.figures, reporter)
    return session.ending


def _finish(run: Started, session: Session, looked: dict[str, float], reporter: Reporter) -> None:
    folder = run.folder.path / "model"
    with disk_errors(folder, kept="The last checkpoint is kept."):
        folder.mkdir(exist_ok=True)
    reporter.progress(
        session.counters.step,
        max(run.steps, session.counters.step + 1),
        seconds=session.counters.seconds,
        activity="saving the model",
    )
    model_id, config = run.export(folder / "weights.safetensors")
    exported = ModelRef(id=model_id, path=folder / "weights.safetensors")
    metrics = measured(exported, run.data, resolve_device(run.spec.device), looked)
    card = card_of(run, session, model_id, config, metrics)
    with disk_errors(folder):
        write_atomic(folder / "card.json", card.model_dump_json(indent=1).encode())
    reporter.state("stopped" if session.ending == "stopped" else "finished")
    reporter.result(summed_up(run, session, model_id, metrics))
