"""`rank`: how real pictures look to a model's discriminator, best first."""

from typing import Annotated

import typer

from aigc_studio.base.errors import StudioError
from aigc_studio.cli import places, work
from aigc_studio.cli.arguments import DeviceOption, ModelOption, ProjectArgument
from aigc_studio.cli.report import Grid, Report
from aigc_studio.cli.verbs import options
from aigc_studio.document.chosen import choose_model
from aigc_studio.document.ranking import ranking
from aigc_studio.document.requests import rank_spec


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("rank", **options())(rank)


def rank(
    project: ProjectArgument,
    model: ModelOption,
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT...", help="Picture files, or ids of assets.", show_default=False
        ),
    ] = None,
    collection: Annotated[
        str | None, typer.Option(metavar="C", help="Judge all pictures of this collection too.")
    ] = None,
    device: DeviceOption = "auto",
) -> Report:
    """Judge how real pictures look to a model's discriminator; the best come first.

    Scores have no unit: those of one model can be compared with each other, no others.
    """
    store = places.reading(project)
    chosen = choose_model(store, model)
    spec = rank_spec(store, chosen, inputs or [], collection, device=device)
    outcome = work.do(spec, "judging")
    best_first = ranking(spec, outcome.values)
    told = outcome.values.get("left_out", [])
    left_out = [str(reason) for reason in told] if isinstance(told, list) else []
    if not best_first:
        raise StudioError(
            left_out[0] if left_out else "Nothing could be judged.",
            kind="input",
            todo="Choose other pictures.",
        )
    names = {store.asset_path(each): each.name for each in store.project.assets.values()}
    values: dict[str, object] = {
        "project": store.folder,
        "model": chosen.name,
        "model_id": chosen.ref.id,
        "ranking": [{"path": each.path, "score": each.score} for each in best_first],
        "left_out": left_out,
    }
    rows = [
        (number, each.score, names.get(each.path, each.path))
        for number, each in enumerate(best_first, start=1)
    ]
    return Report(values, [Grid(("", "score", "picture"), rows), *left_out])
