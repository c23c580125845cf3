"""The end of a training run: its model is taken into the project, and the run is summed up."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import disk_errors
from aigc_studio.cli import work
from aigc_studio.cli.report import Grid, Report, figure, span
from aigc_studio.document.adoption import ADOPTED, RUN_MODEL, is_whole, read_card
from aigc_studio.document.bundle import CARD
from aigc_studio.document.store import Store
from aigc_studio.jobs.runner import JobOutcome
from aigc_studio.jobs.runs import RunFolder

_FIGURES = ("steps", "seconds", "items_per_second", "losses", "metrics")
_NAMED = 3  # pictures left out that are named in words


@dataclass(frozen=True)
class Adopted:
    """What became of a run's model.

    Attributes:
        id: sha256 of its weights; None when the run left no model.
        name: under which the project has it, or would.
        waiting: why it waits in the run's folder; empty when it is in the project.
    """

    id: str | None
    name: str
    waiting: str = ""


def trained(folder: Path, run: RunFolder) -> Report:
    """Carry out a fresh run and sum it up."""
    outcome = _carried_out(folder, run)
    return _summed_up(folder, run, outcome, resumed_from=None)


def resumed(folder: Path, run: RunFolder) -> Report:
    """Go on with a run and sum it up."""
    # Its end brings another model than an earlier stop did.
    with disk_errors(run.path):
        (run.path / ADOPTED).unlink(missing_ok=True)
    outcome = _carried_out(folder, run)
    step = outcome.values.get("resumed_from")
    return _summed_up(folder, run, outcome, resumed_from=step if isinstance(step, int) else 0)


def _carried_out(folder: Path, run: RunFolder) -> JobOutcome:
    try:
        outcome, interrupted = work.train(run)
    except StudioError as error:
        raise _with_resume(error, folder, run) from error
    if interrupted:
        raise _interrupted(folder, run, outcome)
    return outcome


def how_to_resume(folder: Path, run: RunFolder) -> str:
    """The command that goes on with a run."""
    return f'aigc-studio runs "{folder}" resume {run.id}'


def _with_resume(error: StudioError, folder: Path, run: RunFolder) -> StudioError:
    if not run.checkpoints():
        return error
    todo = f"{error.todo} Go on from the last checkpoint with: {how_to_resume(folder, run)}"
    return StudioError(error.happened, kept=error.kept, todo=todo.strip(), kind=error.kind)


def _interrupted(folder: Path, run: RunFolder, outcome: JobOutcome) -> StudioError:
    progress = run.last_progress()
    how_far = f" at step {progress.step} of {progress.total}" if progress else ""
    model = adopt(folder, run, outcome.values)
    kept = "The run's last checkpoint is kept."
    if model.id:
        kept += f' The model so far is "{model.name}".'
    return StudioError(
        f"The training was stopped by Ctrl+C{how_far}.",
        kept=kept,
        todo=f"Go on with: {how_to_resume(folder, run)}",
    )


def adopt(folder: Path, run: RunFolder, values: Mapping[str, object]) -> Adopted:
    """Take the run's model into the project, unless somebody else holds it: then it waits.

    Whoever holds the project takes it in, at the latest when it is opened next.
    """
    source = run.path / RUN_MODEL
    model_id = values.get("model")
    if not isinstance(model_id, str) or not is_whole(source):
        return Adopted(None, str(values.get("name", "")))
    name = read_card(source / CARD).name
    try:
        # Opening takes finished runs in.
        with Store.open(folder) as store:
            if model_id not in store.project.models:
                store.adopt_model(source, name, link=True)
                store.save()
            return Adopted(model_id, store.project.models[model_id].name)
    except StudioError as error:
        if error.kind != "busy":
            raise _kept_in_run(error, source) from error
        waits = f"{error.happened} The model waits in {source} and is taken in from there."
        return Adopted(model_id, name, waits)


def _kept_in_run(error: StudioError, source: Path) -> StudioError:
    kept = f"The finished model lies in {source} and is taken in when the project opens."
    return StudioError(error.happened, kept=kept, todo=error.todo, kind=error.kind)


def _summed_up(
    folder: Path, run: RunFolder, outcome: JobOutcome, *, resumed_from: int | None
) -> Report:
    values = outcome.values
    model = adopt(folder, run, values)
    parent = run.spec().parent
    figures: dict[str, object] = {
        "project": folder,
        "run": run.id,
        "model": model.name if model.id else None,
        "model_id": model.id,
        "name": model.name,
        "state": values.get("state", outcome.state),
        **{key: values.get(key) for key in _FIGURES},
        "parent": parent.id if parent else None,
        "startup_seconds": values.get("startup_seconds"),
        "probe_seconds": values.get("probe_seconds"),
        "adopted": bool(model.id and not model.waiting),
        "left_out_count": values.get("left_out_count", 0),
        "left_out": values.get("left_out", []),
        "notes": [*([model.waiting] if model.waiting else []), *_left_out(values)],
    }
    if resumed_from is not None:
        figures["resumed_from"] = resumed_from
    return Report(figures, _words(folder, run, figures))


def _left_out(values: Mapping[str, object]) -> list[str]:
    count, reasons = values.get("left_out_count"), values.get("left_out")
    if not isinstance(count, int) or not isinstance(reasons, list) or not reasons:
        return []
    more = f"; and {count - _NAMED} more" if count > _NAMED else ""
    pictures = "1 picture was" if count == 1 else f"{count} pictures were"
    named = "; ".join(str(reason) for reason in reasons[:_NAMED])
    return [f"{pictures} left out: {named}{more}."]


def _words(folder: Path, run: RunFolder, figures: Mapping[str, object]) -> list[str | Grid]:
    seconds = figures["seconds"]
    took = f" in {span(seconds)}" if isinstance(seconds, int | float) else ""
    words: list[str | Grid] = [f"{figures['steps']} steps{took}."]
    if figures["model_id"]:
        words.append(f'The model is "{figures["model"]}" ({str(figures["model_id"])[:12]}).')
    for title in ("losses", "metrics"):
        table = figures[title]
        if isinstance(table, Mapping) and table:
            rows = [(k, figure(v) if isinstance(v, int | float) else v) for k, v in table.items()]
            words.append(Grid((title, ""), rows))
    if figures["state"] != "finished":
        words.append(f"It is {figures['state']}. Go on with: {how_to_resume(folder, run)}")
    notes = figures["notes"]
    return words + (list(notes) if isinstance(notes, list) else [])
