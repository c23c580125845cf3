"""`forecast` and `train`."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from aigc_studio.cli import places, work
from aigc_studio.cli.arguments import (
    CollectionOption,
    DeviceOption,
    ProjectArgument,
    SeedOption,
    pairs,
)
from aigc_studio.cli.finishing import trained
from aigc_studio.cli.report import Grid, Report, figure, size, span
from aigc_studio.cli.verbs import options
from aigc_studio.document.training import DEFAULT_MINUTES, TrainingWish, train_spec
from aigc_studio.jobs.launch import require_gpus
from aigc_studio.jobs.runs import RunFolder
from aigc_studio.jobs.specs import Forecast, Train

FamilyOption = Annotated[
    str,
    typer.Option("--family", metavar="F", help="See: aigc-studio families.", show_default=False),
]
PresetOption = Annotated[
    str | None,
    typer.Option("--preset", metavar="P", help="tiny (the default), desk or large."),
]
StepsOption = Annotated[
    int | None, typer.Option("--steps", metavar="N", min=1, help="Length in steps.")
]
MinutesOption = Annotated[
    float | None,
    typer.Option(
        "--minutes",
        metavar="M",
        min=0.001,
        help=f"Length in minutes of training; {DEFAULT_MINUTES:.0f} when nothing is said.",
    ),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="K=V", help="One setting, such as size=64; may be repeated."),
]
PairOption = Annotated[
    str | None,
    typer.Option("--pair", metavar="C", help="The second domain, for families such as cogan."),
]
ParentOption = Annotated[
    str | None,
    typer.Option("--from", metavar="MODEL", help="Start from this model; its shape is kept."),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("forecast", **options())(forecast)
    app.command("train", **options())(train)


def forecast(
    project: ProjectArgument,
    collection: CollectionOption,
    family: FamilyOption,
    pair: PairOption = None,
    preset: PresetOption = None,
    steps: StepsOption = None,
    minutes: MinutesOption = None,
    sets: SetOption = None,
    parent: ParentOption = None,
    device: DeviceOption = "auto",
) -> Report:
    """Tell how long a training would take and what it would need, by a few real steps."""
    wish = TrainingWish(
        collection,
        family,
        pair=pair,
        preset=preset,
        sets=pairs(sets or []),
        steps=steps,
        minutes=_one_length(steps, minutes),
        parent=parent,
        device=device,
    )
    store = places.reading(project)
    spec = train_spec(store, wish)
    with tempfile.TemporaryDirectory(prefix="aigc-forecast-") as scratch:
        # A worker writes only below the run's folder, and this run is never to be seen.
        aside = spec.model_copy(update={"folder": Path(scratch) / spec.run})
        values = work.do(Forecast(train=aside), "measuring a few steps").values
    figures = {"project": store.folder, "collection": spec.data.name, "family": spec.family}
    return Report({**figures, "preset": spec.preset, **values}, _forecast_words(dict(values)))


def _forecast_words(values: dict[str, object]) -> list[str | Grid]:
    bytes_of = dict.fromkeys(("memory_bytes", "gpu_memory_bytes", "disk_bytes"), size)
    units = {"seconds": span, **bytes_of}
    rows = [
        (key.replace("_", " "), units.get(key, figure)(value))
        for key, value in values.items()
        if isinstance(value, int | float)
    ]
    return [Grid(("", ""), rows)]


def train(
    project: ProjectArgument,
    collection: CollectionOption,
    family: FamilyOption,
    pair: PairOption = None,
    preset: PresetOption = None,
    steps: StepsOption = None,
    minutes: MinutesOption = None,
    seed: SeedOption = 0,
    sets: SetOption = None,
    parent: ParentOption = None,
    freeze: Annotated[
        list[str] | None,
        typer.Option(metavar="PART", help="A part of that model that stays as it is."),
    ] = None,
    device: DeviceOption = "auto",
    gpus: Annotated[int, typer.Option(min=1, help="NVIDIA GPUs to use.")] = 1,
    name: Annotated[str, typer.Option(help="Name of the model; a taken one gets a number.")] = "",
) -> Report:
    """Train a model on a collection, in a process of its own.

    The project is held only at the start and at the end, so that it can be worked on meanwhile.
    Ctrl+C stops politely with a checkpoint, ends with 1 and says how to go on.
    """
    wish = TrainingWish(
        collection,
        family,
        pair=pair,
        preset=preset,
        sets=pairs(sets or []),
        steps=steps,
        minutes=_one_length(steps, minutes),
        seed=seed,
        parent=parent,
        freeze=tuple(freeze or ()),
        device=device,
        gpus=gpus,
        name=name,
    )
    folder, run = _begun(project, wish)
    return trained(folder, run)


def _begun(project: str, wish: TrainingWish) -> tuple[Path, RunFolder]:
    with places.writing(project) as store:
        spec = train_spec(store, wish)
        if spec.gpus > 1:
            require_gpus(spec.gpus)  # before there is a run that could never start
        run = RunFolder.create(spec)
        places.note(_announced(spec, run))
        return store.folder, run


def _announced(spec: Train, run: RunFolder) -> str:
    length = f"{spec.steps} steps" if spec.steps else f"{spec.minutes:g} minutes"
    return f'Training "{spec.name}" on {len(spec.data.items)} items for {length}: run {run.id}'


def _one_length(steps: int | None, minutes: float | None) -> float | None:
    if steps is not None and minutes is not None:
        raise typer.BadParameter("Give --steps or --minutes, not both.")
    return minutes
