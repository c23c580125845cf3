"""`repaint`: a picture made anew from itself, all of it or a part."""

from typing import Annotated

import typer

from aigc_studio.cli import places, work
from aigc_studio.cli.arguments import (
    DeviceOption,
    GuidanceOption,
    LabelOption,
    ModelOption,
    OutFolder,
    ProjectArgument,
    SamplerStepsOption,
    SeedOption,
    WordsOption,
)
from aigc_studio.cli.exporting import exported, folder_at, into_folder
from aigc_studio.cli.pictures import FormatOption
from aigc_studio.cli.report import Report
from aigc_studio.cli.verbs import options
from aigc_studio.document import export_files, results
from aigc_studio.document.canvas_credits import file_provenance
from aigc_studio.document.chosen import choose_model
from aigc_studio.document.repainting import repaint_spec
from aigc_studio.document.telling import conditions_for

_MOST = 1000


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("repaint", **options())(repaint)


def repaint(
    project: ProjectArgument,
    model: ModelOption,
    picture: Annotated[
        str,
        typer.Argument(
            metavar="INPUT", help="A picture file, or the id of an asset.", show_default=False
        ),
    ],
    out: OutFolder,
    mask: Annotated[
        str | None,
        typer.Option("--mask", metavar="FILE", help="A picture: what is white is made anew."),
    ] = None,
    strength: Annotated[
        float | None,
        typer.Option(
            "--strength",
            metavar="S",
            min=0,
            max=1,
            help="0 changes nothing, 1 all; usually 0.6, with a mask 1.",
        ),
    ] = None,
    words: WordsOption = "",
    label: LabelOption = "",
    guidance: GuidanceOption = None,
    sampler_steps: SamplerStepsOption = 0,
    count: Annotated[
        int, typer.Option("-n", "--count", metavar="N", min=1, max=_MOST, help="How many.")
    ] = 1,
    seed: SeedOption = 0,
    form: FormatOption = "png",
    device: DeviceOption = "auto",
) -> Report:
    """Make a picture anew: 0001.png, 0002.png ... in DIR, each of a seed of its own.

    Outside the mask every pixel stays what it was.
    """
    folder = folder_at(out)
    store = places.reading(project)
    chosen = choose_model(store, model)
    told = conditions_for(chosen, words=words, label=label, guidance=guidance, steps=sampler_steps)
    spec = repaint_spec(
        store,
        chosen,
        picture,
        seeds=range(seed, seed + count),
        mask=mask,
        strength=strength,
        conditions=told,
        device=device,
    )
    outcome = work.do(spec, "repainting")
    exports = into_folder(
        folder,
        export_files.numbered_names(len(outcome.media), f".{form}"),
        results.images_of(outcome),
        results.recipes_of(spec, outcome, chosen),
        chosen,
        inputs=[spec.input, *((spec.mask,) if spec.mask else ())],
        origin=file_provenance(store.project, spec.input),
    )
    return exported(store.folder, chosen, exports, {"seeds": list(spec.seeds)})
