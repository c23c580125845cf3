"""`runs PROJECT list|show|resume|stop`: training runs, started here or anywhere."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from aigc_studio.base.errors import StudioError
from aigc_studio.cli import places
from aigc_studio.cli.arguments import ProjectArgument
from aigc_studio.cli.finishing import how_to_resume, resumed
from aigc_studio.cli.report import Grid, Report, figure
from aigc_studio.cli.verbs import options
from aigc_studio.document import bundle
from aigc_studio.jobs.messages import State
from aigc_studio.jobs.runs import RunFolder, list_runs

RunArgument = Annotated[
    str,
    typer.Argument(metavar="RUN", help="Id of the run or its beginning.", show_default=False),
]
_GOING_ON: tuple[State, ...] = ("starting", "running", "paused", "stopping")
STOP_SECONDS = 90.0
LOOK_SECONDS = 0.1


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(
        help="Training runs of a project: what goes on, what can go on.",
        no_args_is_help=True,
        **options(subcommand_metavar="list|show|resume|stop [RUN]"),
    )
    group.callback()(_at)
    group.command("list", **options())(list_)
    group.command("show", **options())(show)
    group.command("resume", **options())(resume)
    group.command("stop", **options())(stop)
    app.add_typer(group, name="runs")


def _at(context: typer.Context, project: ProjectArgument) -> None:
    context.obj = project


def list_(context: typer.Context) -> Report:
    """List the runs, oldest first."""
    folder = _folder(context)
    found = [_summary(run) for run in list_runs(folder / bundle.RUNS)]
    columns = ("run", "name", "state", "step", "steps", "family", "preset")
    rows = [[_cell(run[column]) for column in columns] for run in found]
    words: list[str | Grid] = [Grid(columns, rows)] if rows else ["No runs yet."]
    return Report({"project": folder, "runs": found}, words)


def show(context: typer.Context, run: RunArgument) -> Report:
    """Show one run: what was asked, how far it is, its losses and checkpoints."""
    folder = _folder(context)
    chosen = find_run(folder, run)
    spec, progress = chosen.spec(), chosen.last_progress()
    values = _summary(chosen) | {
        "project": folder,
        "folder": chosen.path,
        "collection": spec.data.name,
        "items": len(spec.data.items),
        "seed": spec.seed,
        "device": spec.device,
        "config": spec.config,
        "options": spec.options.model_dump(mode="json"),
        "preparation": spec.data.preparation.model_dump(mode="json"),
        "parent": spec.parent.id if spec.parent else None,
        "losses": dict(progress.losses) if progress else {},
        "seconds": progress.seconds if progress else 0.0,
        "checkpoints": [path.name for path in chosen.checkpoints()],
        "previews": sorted(chosen.previews.glob("*.png")),
    }
    return Report(values, [Grid(("", ""), [(k, _cell(v)) for k, v in values.items()])])


def resume(context: typer.Context, run: RunArgument) -> Report:
    """Go on with a run from its last checkpoint; the result is as if it had never ended."""
    folder = _folder(context)
    chosen = find_run(folder, run)
    if chosen.state() == "finished":
        raise StudioError(
            f"The run {chosen.id} has finished.",
            todo="Train on from its model: train ... --from MODEL.",
            kind="input",
        )
    return resumed(folder, chosen)


def stop(context: typer.Context, run: RunArgument) -> Report:
    """Ask a run to stop: it finishes its step, saves a checkpoint and ends."""
    folder = _folder(context)
    chosen = find_run(folder, run)
    state = chosen.state()
    if state not in _GOING_ON:
        raise StudioError(f"The run {chosen.id} is not going on: it is {state}.", kind="input")
    chosen.request("stop")
    state = _ended(chosen)
    words = f"The run {chosen.id} is {state}. Go on with: {how_to_resume(folder, chosen)}"
    return Report(_summary(chosen) | {"project": folder, "state": state}, [words])


def _ended(run: RunFolder) -> State:
    end = time.monotonic() + STOP_SECONDS
    while (state := run.state()) in _GOING_ON and time.monotonic() < end:
        time.sleep(LOOK_SECONDS)
    return state


def find_run(folder: Path, word: str) -> RunFolder:
    """The run of this id, beginning of an id, or (the newest) of this model name.

    Raises:
        StudioError: kind "missing" for none, "input" for several.
    """
    runs = list_runs(folder / bundle.RUNS)
    exact = [run for run in runs if run.id == word]
    found = exact or [run for run in runs if run.id.startswith(word)]
    if not found:
        found = [run for run in runs if _name(run) == word][-1:]
    if len(found) == 1:
        return found[0]
    known = ", ".join(run.id for run in (found or runs)[-20:])
    if found:
        raise StudioError(f'{len(found)} runs begin with "{word}": {known}.', kind="input")
    there = f"Runs: {known}." if known else "It has no runs yet."
    raise StudioError(f'The project has no run "{word}".', todo=there, kind="missing")


def _name(run: RunFolder) -> str:
    try:
        return run.spec().name
    except StudioError:
        return ""


def _summary(run: RunFolder) -> dict[str, object]:
    progress = run.last_progress()
    values: dict[str, object] = {
        "run": run.id,
        "name": "",
        "state": run.state(),
        "step": progress.step if progress else 0,
        "steps": progress.total if progress else None,
        "family": "",
        "preset": "",
        "seconds_left": progress.seconds_left if progress else None,
    }
    try:
        spec = run.spec()
    except StudioError as error:  # one spoilt run must not hide the others
        return values | {"problem": error.happened}
    asked = {"name": spec.name, "family": spec.family, "preset": spec.preset}
    return values | asked | {"steps": spec.steps or values["steps"], "minutes": spec.minutes}


def _folder(context: typer.Context) -> Path:
    folder = places.folder_of(str(context.obj))
    bundle.require_bundle(folder)
    return folder


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case float():
            return figure(value)
        case list() | tuple():
            return ", ".join(_cell(each) for each in value)
        case Mapping():
            return ", ".join(f"{key}={_cell(each)}" for key, each in value.items())
    return str(value)
