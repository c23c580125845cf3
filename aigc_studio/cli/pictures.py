"""`sample`, `reconstruct`, `denoise`, `upscale`: pictures out of a model."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aigc_studio.catalog.recipe import Recipe
from aigc_studio.cli import places, work
from aigc_studio.cli.arguments import (
    DeviceOption,
    GuidanceOption,
    LabelOption,
    ModelOption,
    OutFolder,
    ProjectArgument,
    SamplerStepsOption,
    ScaleOption,
    SeedOption,
    UpscaleOption,
    WordsOption,
)
from aigc_studio.cli.exporting import (
    Showing,
    enlarged,
    exported,
    folder_at,
    free_path,
    into_folder,
    scaled_by,
    showing,
)
from aigc_studio.cli.report import Report
from aigc_studio.cli.verbs import options
from aigc_studio.document import export_files, results
from aigc_studio.document.chosen import ChosenModel, choose_model
from aigc_studio.document.export_files import Export
from aigc_studio.document.requests import (
    denoise_spec,
    invert_specs,
    reconstruct_spec,
    sample_spec,
    upscale_spec,
)
from aigc_studio.document.results import Filter
from aigc_studio.document.store import Store
from aigc_studio.document.telling import conditions_for
from aigc_studio.jobs.specs import Denoise, Invert, Reconstruct, Upscale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import JsonValue

    from aigc_studio.media.image import Image

SHEET = "sheet.png"
SHEET_FPS = 10.0
_MOST = 100_000
Format = Literal["png", "jpg", "webp", "tif", "avif"]
FormatOption = Annotated[Format, typer.Option("--format", help="all but jpg keep transparency.")]
InputsArgument = Annotated[
    list[str],
    typer.Argument(metavar="INPUT...", help="Picture files, or ids of assets.", show_default=False),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("sample", **options())(sample)
    app.command("reconstruct", **options())(reconstruct)
    app.command("denoise", **options())(denoise)
    app.command("upscale", **options())(upscale)


def sample(
    project: ProjectArgument,
    model: ModelOption,
    out: OutFolder,
    count: Annotated[
        int, typer.Option("-n", "--count", metavar="N", min=1, max=_MOST, help="How many.")
    ] = 1,
    seed: SeedOption = 0,
    truncation: Annotated[
        float,
        typer.Option(metavar="T", min=0, max=4, help="Below 1 more typical, above 1 wilder."),
    ] = 1.0,
    domain: Annotated[
        Showing | None,
        typer.Option(
            help="Of a pair of generators: a file for each (pair), one alone, or both beside."
        ),
    ] = None,
    form: FormatOption = "png",
    scale: ScaleOption = 1,
    smoothing: Annotated[
        Filter, typer.Option("--filter", help="How --scale enlarges: nearest keeps hard pixels.")
    ] = "lanczos",
    upscaler: UpscaleOption = None,
    sheet: Annotated[
        bool, typer.Option("--sheet", help="A sprite sheet of all of them too, with its JSON.")
    ] = False,
    tile: Annotated[
        bool, typer.Option("--tile", help="Seamless tiles: each edge goes on at the other.")
    ] = False,
    words: WordsOption = "",
    label: LabelOption = "",
    guidance: GuidanceOption = None,
    sampler_steps: SamplerStepsOption = 0,
    device: DeviceOption = "auto",
) -> Report:
    """Make new pictures: 0001.png, 0002.png ... in DIR.

    Picture i is drawn from seed S + i - 1 and depends on nothing else. A model of two domains
    writes 0001-a.png and 0001-b.png, and so on.
    """
    folder = folder_at(out)
    store = places.reading(project)
    chosen = choose_model(store, model)
    shown = showing(chosen, domain)
    told = conditions_for(
        chosen,
        words=words,
        label=label,
        guidance=guidance,
        steps=sampler_steps,
        domain=None if shown == "pair" else shown,
    )
    spec = sample_spec(chosen, count, seed, truncation=truncation, conditions=told, device=device)
    outcome = work.do(spec, "sampling")
    scaling = scaled_by(store, scale, smoothing, upscaler, tile=tile)
    pictures = enlarged(results.images_of(outcome), scaling, device)
    recipes = results.recipes_of(spec, outcome, chosen, scaling.settings)
    names = export_files.numbered_names(len(pictures), f".{form}")
    if shown == "pair":
        exports = into_folder(folder, *results.parted(names, pictures, recipes), chosen)
    else:
        exports = into_folder(folder, names, pictures, recipes, chosen)
    seeds: dict[str, object] = {"seeds": list(spec.seeds)}
    if sheet:
        more: dict[str, JsonValue] = {**scaling.settings, "seeds": list(spec.seeds)}
        recipe = results.whole_recipe(spec, outcome.values, chosen, more)
        export = _sheet(pictures, chosen, recipe, free_path(folder, SHEET))
        seeds["sheet"] = [export.path, *export.beside]
    return exported(store.folder, chosen, exports, seeds)


def _sheet(pictures: "Sequence[Image]", model: ChosenModel, recipe: Recipe, path: Path) -> Export:
    return export_files.save_frames(pictures, path, recipe, model, fps=SHEET_FPS, sheet=True)


def reconstruct(
    project: ProjectArgument,
    model: ModelOption,
    inputs: InputsArgument,
    out: OutFolder,
    form: FormatOption = "png",
    search: Annotated[
        int | None,
        typer.Option(
            metavar="STEPS",
            min=0,
            max=5000,
            help="Search so many steps for each picture, such as 300.",
        ),
    ] = None,
    domain: Annotated[
        Literal["first", "second"] | None,
        typer.Option(help="Of a pair of generators: show them in this look; else in their own."),
    ] = None,
    device: DeviceOption = "auto",
) -> Report:
    """Show pictures as a model sees them: encoded and decoded, at their own sizes."""
    folder = folder_at(out)
    store = places.reading(project)
    chosen = choose_model(store, model)
    told = conditions_for(chosen, domain=domain)
    if search is not None:
        specs = invert_specs(store, chosen, inputs, search, conditions=told, device=device)
        return _searched(store, chosen, specs, folder, form)
    shown = told if domain else None
    spec = reconstruct_spec(store, chosen, inputs, conditions=shown, device=device)
    return _named_after_inputs(store, chosen, spec, folder, form, "reconstructing")


def _searched(
    store: Store, model: ChosenModel, specs: list[Invert], folder: Path, form: Format
) -> Report:
    with work.WarmWorker() as worker:
        outcomes = [worker.do(spec, f"searching for {spec.input.name}") for spec in specs]
    inputs = [spec.input for spec in specs]
    pairs = list(zip(specs, outcomes, strict=True))
    exports = into_folder(
        folder,
        export_files.named_after(inputs, f".{form}"),
        [results.images_of(outcome)[-1] for outcome in outcomes],
        [results.recipe_of_last(spec, outcome, model) for spec, outcome in pairs],
        model,
        inputs=inputs,
    )
    figures: dict[str, object] = {
        name: [number for outcome in outcomes for number in _numbers(outcome.values[name])]
        for name in ("psnr", "psnr_at_start")
    }
    return exported(store.folder, model, exports, {"inputs": inputs, **figures})


def _numbers(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def denoise(
    project: ProjectArgument,
    model: ModelOption,
    inputs: InputsArgument,
    out: OutFolder,
    form: FormatOption = "png",
    device: DeviceOption = "auto",
) -> Report:
    """Repair pictures with a model trained to do so, at their own sizes."""
    folder = folder_at(out)
    store = places.reading(project)
    chosen = choose_model(store, model)
    spec = denoise_spec(store, chosen, inputs, device=device)
    return _named_after_inputs(store, chosen, spec, folder, form, "repairing")


def upscale(
    project: ProjectArgument,
    model: ModelOption,
    inputs: InputsArgument,
    out: OutFolder,
    form: FormatOption = "png",
    device: DeviceOption = "auto",
) -> Report:
    """Enlarge pictures with a model trained to do so: each side 2 or 4 times, as it learned."""
    folder = folder_at(out)
    store = places.reading(project)
    chosen = choose_model(store, model)
    spec = upscale_spec(store, chosen, inputs, device=device)
    return _named_after_inputs(store, chosen, spec, folder, form, "enlarging")


def _named_after_inputs(
    store: Store,
    model: ChosenModel,
    spec: Reconstruct | Denoise | Upscale,
    folder: Path,
    form: Format,
    what: str,
) -> Report:
    outcome = work.do(spec, what)
    names = export_files.named_after(spec.inputs, f".{form}")
    exports = into_folder(
        folder,
        names,
        results.images_of(outcome),
        results.recipes_of(spec, outcome, model),
        model,
        inputs=spec.inputs,
    )
    figures: dict[str, object] = {
        k: outcome.values[k] for k in ("psnr", "factor") if k in outcome.values
    }
    return exported(store.folder, model, exports, {"inputs": list(spec.inputs), **figures})
