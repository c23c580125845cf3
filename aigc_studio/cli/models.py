"""`models PROJECT list|show|import|export|rename|remove|lineage`."""

from pathlib import Path
from typing import Annotated

import typer

from aigc_studio.catalog.families import FAMILIES
from aigc_studio.cli import places
from aigc_studio.cli.arguments import ProjectArgument
from aigc_studio.cli.report import Grid, Report, figure
from aigc_studio.cli.verbs import options
from aigc_studio.document import changes
from aigc_studio.document.chosen import PREFIX, ChosenModel, abilities, choose_model
from aigc_studio.document.lookup import find_model
from aigc_studio.document.model import Model
from aigc_studio.document.model_files import export_model, model_source
from aigc_studio.document.store import Store

ModelArgument = Annotated[
    str, typer.Argument(metavar="MODEL", help="Name or id.", show_default=False)
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(
        help="Models of a project.",
        no_args_is_help=True,
        **options(subcommand_metavar="list|show|import|export|rename|remove|lineage [ARGS]"),
    )
    group.callback()(_at)
    group.command("list", **options())(list_)
    group.command("show", **options())(show)
    group.command("import", **options())(import_)
    group.command("export", **options())(export)
    group.command("rename", **options())(rename)
    group.command("remove", **options())(remove)
    group.command("lineage", **options())(lineage)
    app.add_typer(group, name="models")


def _at(context: typer.Context, project: ProjectArgument) -> None:
    context.obj = project


def _reading(context: typer.Context) -> Store:
    return places.reading(str(context.obj))


def _writing(context: typer.Context) -> Store:
    return places.writing(str(context.obj))


def list_(context: typer.Context) -> Report:
    """List the models."""
    store = _reading(context)
    found = [_values(model) for model in store.project.models.values()]
    columns = ("name", "family", "known", "created", "id")
    rows = [[str(each[column])[:19] for column in columns] for each in found]
    words: list[str | Grid] = [Grid(columns, rows)] if rows else ["No models yet."]
    return Report({"project": store.folder, "models": found}, words)


def _values(model: Model) -> dict[str, object]:
    return {
        **model.model_dump(mode="json"),
        "model": model.name,
        "model_id": model.id,
        "known": model.family in FAMILIES,
    }


def show(context: typer.Context, model: ModelArgument) -> Report:
    """Show a model's card: its data, rights, training, metrics and limits."""
    store = _reading(context)
    chosen = choose_model(store, model)
    caps = [cap.name.lower() for cap in abilities(chosen.card) if cap.name]
    values = {
        "project": store.folder,
        "model": chosen.name,
        "model_id": chosen.ref.id,
        "card": chosen.card,
        "capabilities": caps,
        "weights": chosen.ref.path,
        "bytes": chosen.ref.path.stat().st_size,
    }
    return Report(values, _card_words(chosen, caps))


def _card_words(chosen: ChosenModel, caps: list[str]) -> list[str | Grid]:
    card = chosen.card
    rows: list[tuple[str, object]] = [
        ("name", chosen.name),
        ("id", chosen.ref.id),
        ("family", card.family),
        ("can", ", ".join(caps)),
        ("config", ", ".join(f"{key}={value}" for key, value in card.config.items())),
        ("parent", card.parent or "-"),
        ("created", card.created),
    ]
    if card.data:
        rows += [
            ("data", f"{card.data.items} items of {card.data.collection}"),
            ("authors", "; ".join(card.data.authors)),
            ("rights", "; ".join(card.data.rights)),
        ]
    for stage in card.history:
        rows.append(("trained", f"{stage.steps} steps on {stage.device}, seed {stage.seed}"))
    numbers = [
        (key, figure(value) if isinstance(value, int | float) else str(value))
        for key, value in card.metrics.items()
    ]
    words: list[str | Grid] = [Grid(("", ""), rows)]
    return [*words, Grid(("metric", ""), numbers), *card.limits] if numbers else words


def import_(
    context: typer.Context,
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help="Folder with weights.safetensors and card.json, the weights alone, "
            "or starter:NAME.",
            show_default=False,
        ),
    ],
    name: Annotated[str, typer.Option(help="Name in this project.")] = "",
) -> Report:
    """Take a model into the project; it is checked, and never executed."""
    if name.startswith(PREFIX):
        raise typer.BadParameter(f"A name cannot begin with {PREFIX}")
    with _writing(context) as store:
        if source.startswith(PREFIX):
            shipped = choose_model(store, source)
            model = store.adopt_model(shipped.folder, name or source.removeprefix(PREFIX))
        else:
            model = _adopted(store, places.as_path(source).absolute(), name)
        store.save()
        values = {"project": store.folder, **_values(model)}
        return Report(values, [f'The model is "{model.name}" ({model.id[:12]}).'])


def _adopted(store: Store, source: Path, name: str) -> Model:
    with model_source(source, name) as (folder, chosen):
        return store.adopt_model(folder, chosen)


def export(
    context: typer.Context,
    model: ModelArgument,
    out: Annotated[str, typer.Argument(metavar="OUT", help="Folder to write.")],
) -> Report:
    """Write a model's weights and card to a folder of their own."""
    store = _reading(context)
    chosen = choose_model(store, model)
    folder = places.as_path(out).absolute()
    files = export_model(chosen.folder, folder)
    values = {
        "project": store.folder,
        "model": chosen.name,
        "model_id": chosen.ref.id,
        "folder": folder,
        "files": files,
    }
    return Report(values, [str(file) for file in files])


def rename(
    context: typer.Context,
    model: ModelArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A taken one gets a number.")],
) -> Report:
    """Rename a model."""
    if name.startswith(PREFIX):
        raise typer.BadParameter(f"A name cannot begin with {PREFIX}")
    with _writing(context) as store:
        found = find_model(store.project, model)
        store.apply(changes.rename_model(store.project, found.id, name))
        store.save()
        now = store.project.models[found.id]
        values = {"project": store.folder, **_values(now), "before": found.name}
        return Report(values, [f'"{found.name}" is called "{now.name}" now.'])


def remove(context: typer.Context, model: ModelArgument) -> Report:
    """Take a model out of the project; its files go when the project is opened next."""
    with _writing(context) as store:
        found = find_model(store.project, model)
        store.apply(changes.remove_model(store.project, found.id))
        store.save()
        values = {"project": store.folder, "model": found.name, "model_id": found.id}
        return Report({**values, "removed": True}, [f'"{found.name}" was removed.'])


def lineage(context: typer.Context, model: ModelArgument) -> Report:
    """Show what a model was trained from, and from what that was, back to the first."""
    store = _reading(context)
    chosen = choose_model(store, model)
    line = [_ancestor(chosen)]
    parent = chosen.card.parent
    while parent is not None and all(each["model_id"] != parent for each in line):
        ancestor = _choose_if_there(store, parent)
        line.append(_ancestor(ancestor) if ancestor else _unknown(parent))
        parent = ancestor.card.parent if ancestor else None
    rows = [(each["model"] or "(not here)", each["model_id"], each["data"]) for each in line]
    values = {"project": store.folder, "model": chosen.name, "model_id": chosen.ref.id}
    return Report({**values, "lineage": line}, [Grid(("model", "id", "data"), rows)])


def _choose_if_there(store: Store, model_id: str) -> ChosenModel | None:
    return choose_model(store, model_id) if model_id in store.project.models else None


def _ancestor(chosen: ChosenModel) -> dict[str, object]:
    card = chosen.card
    return {
        "model": chosen.name,
        "model_id": chosen.ref.id,
        "family": card.family,
        "data": card.data.collection if card.data else "",
        "steps": [stage.steps for stage in card.history],
    }


def _unknown(model_id: str) -> dict[str, object]:
    return {"model": None, "model_id": model_id, "family": None, "data": "", "steps": []}
