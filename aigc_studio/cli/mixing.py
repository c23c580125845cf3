"""`mix`: one point with the styles of another in some of its layers."""

import re
from pathlib import Path
from typing import Annotated

import typer

from aigc_studio.base.errors import StudioError
from aigc_studio.cli import places, work
from aigc_studio.cli.arguments import DeviceOption, ModelOption, ProjectArgument
from aigc_studio.cli.exporting import exported, into_folder
from aigc_studio.cli.report import Report
from aigc_studio.cli.verbs import options
from aigc_studio.document import export_files, results
from aigc_studio.document.chosen import choose_model
from aigc_studio.document.requests import mix_spec
from aigc_studio.jobs.specs import FilePoint

_WHERE = "A path, an asset id or seed:123."
_LAYERS = re.compile(r"(\d{1,2})(?:-(\d{1,2}))?")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("mix", **options())(mix)


def _layers(value: str) -> str:
    if not _LAYERS.fullmatch(value):
        raise typer.BadParameter("Write a layer or a range, from 0 for the coarsest: 4 or 4-9.")
    return value


def mix(
    project: ProjectArgument,
    model: ModelOption,
    base: Annotated[str, typer.Option("--from", metavar="A", help=_WHERE, show_default=False)],
    other: Annotated[str, typer.Option("--to", metavar="B", help=_WHERE, show_default=False)],
    layers: Annotated[
        str,
        typer.Option(
            metavar="I-J",
            callback=_layers,
            help="Layers that B gives, from 0: coarse ones shape, fine ones colour.",
            show_default=False,
        ),
    ],
    out: Annotated[
        str,
        typer.Option(metavar="FILE", help=".png, .jpg or .webp.", show_default=False),
    ],
    device: DeviceOption = "auto",
) -> Report:
    """Mix styles: the picture A, with the styles of B in some of its layers."""
    path = _target(out)
    store = places.reading(project)
    chosen = choose_model(store, model)
    spec = mix_spec(store, chosen, base, other, _range(layers), device=device)
    outcome = work.do(spec, "mixing")
    ends = [end.path for end in (spec.base, spec.other) if isinstance(end, FilePoint)]
    exports = into_folder(
        path.parent,
        [path.name],
        results.images_of(outcome),
        [results.recipe_of_last(spec, outcome, chosen)],
        chosen,
        inputs=ends,
    )
    return exported(store.folder, chosen, exports, {"layers": [spec.first, spec.last]})


def _range(layers: str) -> tuple[int, int]:
    first, _, last = layers.partition("-")
    return int(first), int(last or first)


def _target(out: str) -> Path:
    path = places.as_path(out).absolute()
    if path.suffix.lower().removeprefix(".") not in export_files.PICTURE_FORMATS:
        raise StudioError(
            f'Pictures are not written as "{path.suffix}".',
            todo="End the name with one of .png, .jpg, .webp.",
            kind="input",
        )
    if path.is_dir():
        raise StudioError(f"{path} is a folder.", todo="Choose another --out.", kind="input")
    return path
