"""`translate`: from one medium to another."""

from typing import Annotated

import typer

from aigc_studio.cli import places, work
from aigc_studio.cli.arguments import (
    DeviceOption,
    GuidanceOption,
    OutFolder,
    ProjectArgument,
    ScaleOption,
    SeedOption,
)
from aigc_studio.cli.exporting import exported, folder_at, into_folder
from aigc_studio.cli.pictures import FormatOption
from aigc_studio.cli.report import Report
from aigc_studio.cli.verbs import options
from aigc_studio.document import export_files, results
from aigc_studio.document.chosen import choose_model
from aigc_studio.document.results import Scaling
from aigc_studio.document.translating import translate_spec

_MOST = 10_000


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("translate", **options())(translate)


def translate(
    project: ProjectArgument,
    source: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="SOURCE",
            help="text:WORDS, image:PATH or audio:PATH.",
            show_default=False,
        ),
    ],
    target: Annotated[
        str,
        typer.Option("--to", metavar="MEDIUM", help="image, audio or text.", show_default=False),
    ],
    out: OutFolder,
    model: Annotated[
        str | None,
        typer.Option(
            "--model", metavar="M", help="Name or id; else the newest that can, or the starter's."
        ),
    ] = None,
    count: Annotated[
        int, typer.Option("-n", "--count", metavar="N", min=1, max=_MOST, help="How many.")
    ] = 1,
    seed: SeedOption = 0,
    guidance: GuidanceOption = None,
    form: FormatOption = "png",
    scale: ScaleOption = 1,
    device: DeviceOption = "auto",
) -> Report:
    """Make pictures of words: 0001.png, 0002.png ... in DIR.

    Picture i is drawn from seed S + i - 1 and depends on nothing else.
    """
    folder = folder_at(out)
    store = places.reading(project)
    chosen, spec = translate_spec(
        store,
        choose_model(store, model) if model else None,
        source,
        target,
        count,
        seed,
        guidance=guidance,
        device=device,
    )
    outcome = work.do(spec, "translating")
    scaling = Scaling(scale)
    exports = into_folder(
        folder,
        export_files.numbered_names(len(outcome.media), f".{form}"),
        results.images_of(outcome, scaling),
        results.recipes_of(spec, outcome, chosen, scaling.settings),
        chosen,
    )
    told = {"from": source, "to": target, "seeds": list(spec.seeds)}
    return exported(store.folder, chosen, exports, told)
