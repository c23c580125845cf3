"""`evaluate`: how good a model is, with seeds and sizes stated."""

from collections.abc import Mapping
from typing import Annotated

import typer

from aigc_studio.cli import places, work
from aigc_studio.cli.arguments import DeviceOption, ModelOption, ProjectArgument, SeedOption
from aigc_studio.cli.report import Grid, Report, figure
from aigc_studio.cli.verbs import options
from aigc_studio.document.chosen import choose_model
from aigc_studio.document.requests import evaluate_spec


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("evaluate", **options())(evaluate)


def evaluate(
    project: ProjectArgument,
    model: ModelOption,
    collection: Annotated[
        str | None,
        typer.Option(
            metavar="C", help="Measure on all of it; else on what was held out of training."
        ),
    ] = None,
    samples: Annotated[
        int, typer.Option(metavar="N", min=16, max=50_000, help="Pictures drawn to compare.")
    ] = 512,
    seed: SeedOption = 0,
    device: DeviceOption = "auto",
) -> Report:
    """Measure a model: files are read from disk again, figures stand beside their conditions."""
    store = places.reading(project)
    chosen = choose_model(store, model)
    spec = evaluate_spec(store, chosen, collection, samples=samples, seed=seed, device=device)
    outcome = work.do(spec, "measuring")
    metrics = outcome.values.get("metrics", {})
    figures: dict[str, object] = {
        "project": store.folder,
        "model": chosen.name,
        "model_id": chosen.ref.id,
        "collection": spec.data.name,
        "held_out": collection is None,
        "items": len(spec.data.items),
        "samples": samples,
        "seed": seed,
        **outcome.values,
        "metrics": metrics,
    }
    part = "held out of" if collection is None else "in"
    intro = f'Measured on {len(spec.data.items)} items {part} "{spec.data.name}", seed {seed}.'
    return Report(figures, [intro, Grid(("metric", ""), _rows(metrics))])


def _rows(metrics: object) -> list[tuple[str, str]]:
    table = metrics if isinstance(metrics, Mapping) else {}
    return [
        (key, figure(value) if isinstance(value, int | float) else str(value))
        for key, value in table.items()
    ]
