"""`project new|info|check|pack|unpack`."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import disk_errors, folder_bytes
from aigc_studio.cli import places
from aigc_studio.cli.arguments import ProjectArgument
from aigc_studio.cli.progress import Shown
from aigc_studio.cli.report import Grid, Report, size
from aigc_studio.cli.verbs import options
from aigc_studio.document import bundle
from aigc_studio.document.check import check as checked
from aigc_studio.document.pack import pack as packed
from aigc_studio.document.store import Store
from aigc_studio.document.unpacking import unpack as unpacked
from aigc_studio.jobs.runs import list_runs

FOLDER = ".aigc"
_MOST_ROWS = 20
OutArgument = Annotated[str | None, typer.Argument(metavar="[OUT]", show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(
        help="Make, look at, check, pack and unpack projects.",
        no_args_is_help=True,
        **options(),
    )
    group.command("new", **options())(new)
    group.command("info", **options())(info)
    group.command("check", **options())(check)
    group.command("pack", **options())(pack)
    group.command("unpack", **options())(unpack)
    app.add_typer(group, name="project")


def new(
    project: Annotated[
        str, typer.Argument(metavar="PROJECT", help="Folder to make, by custom Name.aigc.")
    ],
    name: Annotated[str, typer.Option(help="Name; that of the folder when left out.")] = "",
    author: Annotated[str, typer.Option(help="Recorded with the project.")] = "",
    rights: Annotated[str, typer.Option(help="Recorded with the project.")] = "",
) -> Report:
    """Make an empty project."""
    path = places.as_path(project).absolute()
    with Store.create(path, name, author=author, rights=rights) as store:
        values = {"project": store.folder, "name": store.project.name, "id": store.project.id}
        return Report(values, [f'Made the project "{store.project.name}": {store.folder}'])


def info(project: ProjectArgument) -> Report:
    """Tell what is in a project."""
    store = places.reading(project)
    found = store.project
    collections = [
        {
            "name": each.name,
            "modality": each.modality.value,
            "items": len(each.items),
            "authors": _counted(found.assets[item].author for item in each.items),
            "rights": _counted(found.assets[item].rights for item in each.items),
        }
        for each in found.collections.values()
    ]
    models = [{"name": m.name, "id": m.id, "family": m.family} for m in found.models.values()]
    canvases = [
        {
            "name": each.name,
            "width": each.width,
            "height": each.height,
            "layers": len(each.layers),
            "frames": each.timeline.frames if each.timeline.all_keys else 1,
        }
        for each in found.canvases.values()
    ]
    values = {
        "project": store.folder,
        "name": found.name,
        "id": found.id,
        "created": found.created,
        "author": found.author,
        "rights": found.rights,
        "schema_version": found.schema_version,
        "assets": sum(not asset.render for asset in found.assets.values()),
        "collections": collections,
        "models": models,
        "canvases": canvases,
        "runs": [run.id for run in list_runs(store.runs_folder)],
        "missing": list(store.missing),
        "bytes": folder_bytes(store.folder),
    }
    return Report(values, _info_words(values, collections, models, canvases))


def _counted(texts: Iterable[str]) -> dict[str, int]:
    return dict(Counter(text for text in texts if text))


def _info_words(
    values: dict[str, object],
    collections: Sequence[Mapping[str, object]],
    models: Sequence[Mapping[str, str]],
    canvases: Sequence[Mapping[str, object]],
) -> list[str | Grid]:
    weight = values["bytes"]
    words: list[str | Grid] = [
        f'"{values["name"]}", {values["project"]}',
        f"{values['assets']} assets, {size(weight if isinstance(weight, int) else 0)} in all.",
    ]
    if collections:
        rows = [(each["name"], each["modality"], each["items"]) for each in collections]
        words.append(Grid(("collection", "medium", "items"), rows))
    if models:
        named = [(each["name"], each["family"], each["id"][:12]) for each in models]
        words.append(Grid(("model", "family", "id"), named))
    if canvases:
        drawn = [
            (each["name"], f"{each['width']} x {each['height']}", each["layers"], each["frames"])
            for each in canvases
        ]
        words.append(Grid(("canvas", "size", "layers", "frames"), drawn))
    missing = values["missing"]
    if isinstance(missing, list) and missing:
        words.append(f"{len(missing)} assets have lost their files: see project check.")
    return words


def check(project: ProjectArgument) -> Report:
    """Check every file of a project against its hash; nothing is changed."""
    folder = places.folder_of(project)
    with Shown("checking") as shown:
        problems = checked(folder, shown.count)
    errors = [problem for problem in problems if problem.weight == "error"]
    if errors:
        raise StudioError(
            f"{len(errors)} files or entries of {folder.name} are damaged: "
            + " ".join(f"{problem.where}: {problem.what}" for problem in errors[:20]),
            kept="Everything else is well. Nothing was changed.",
            todo="Take what is damaged from a copy, or import it again.",
        )
    values = {"project": folder, "ok": True, "problems": [vars(problem) for problem in problems]}
    rows = [(problem.where, problem.what) for problem in problems[:_MOST_ROWS]]
    title = f"{len(problems)} notes" if len(problems) > _MOST_ROWS else ""
    notes = [Grid(("where", "note"), rows, title)] if rows else []
    return Report(values, [f"All is well with {folder}.", *notes])


def pack(
    project: ProjectArgument,
    out: OutArgument = None,
    with_runs: Annotated[
        bool, typer.Option("--with-runs", help="Training runs and their checkpoints too.")
    ] = False,
) -> Report:
    """Pack a project, as last saved, into one file NAME.aigcz that opens anywhere."""
    folder = places.folder_of(project)
    bundle.require_bundle(folder)
    target = places.as_path(out or f"{folder.stem}{bundle.PACKED}").absolute()
    if target.is_dir():
        target = target / f"{folder.stem}{bundle.PACKED}"
    with disk_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
    path = packed(folder, target, with_runs=with_runs)
    weight = path.stat().st_size
    values = {"project": folder, "file": path, "files": [path], "bytes": weight}
    return Report(values, [f"Packed: {path} ({size(weight)})"])


def unpack(
    project: Annotated[str, typer.Argument(metavar="PACKED", help="A packed project, NAME.aigcz.")],
    out: OutArgument = None,
) -> Report:
    """Unpack a project; every file is checked, nothing in it is trusted."""
    source = places.as_path(project).absolute()
    if not source.is_file():
        raise StudioError(f"{source} does not exist.", todo="Check the path.", kind="missing")
    target = places.as_path(out).absolute() if out else Path.cwd() / f"{source.stem}{FOLDER}"
    folder = unpacked(source, target)
    store = Store.open(folder, read_only=True)
    values = {"project": folder, "name": store.project.name, "assets": len(store.project.assets)}
    return Report(values, [f'Unpacked "{store.project.name}": {folder}'])
