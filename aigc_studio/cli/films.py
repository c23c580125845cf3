"""`interpolate`: a walk between two points as a film, a strip or a folder of pictures."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.conditions import Domain
from aigc_studio.catalog.latent_maths import Method
from aigc_studio.cli import places, work
from aigc_studio.cli.arguments import (
    DeviceOption,
    GuidanceOption,
    LabelOption,
    ModelOption,
    ProjectArgument,
    SamplerStepsOption,
    ScaleOption,
    UpscaleOption,
    WordsOption,
)
from aigc_studio.cli.exporting import enlarged, exported, film, folder_at, into_folder, scaled_by
from aigc_studio.cli.report import Report
from aigc_studio.cli.verbs import options
from aigc_studio.document import export_files, results
from aigc_studio.document.chosen import ChosenModel, choose_model
from aigc_studio.document.export_files import FILM_SUFFIXES, Export
from aigc_studio.document.requests import interpolate_spec
from aigc_studio.document.results import Filter, Scaling
from aigc_studio.document.telling import conditions_for
from aigc_studio.jobs.specs import FilePoint, Interpolate
from aigc_studio.media.sequence import is_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import JsonValue

    from aigc_studio.media.image import Image

_OTHER_MEDIA = {".wav": "sound", ".flac": "sound", ".mp3": "sound", ".txt": "text"}
_WHERE = "A path, an asset id or seed:123."


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("interpolate", **options())(interpolate)


def interpolate(
    project: ProjectArgument,
    model: ModelOption,
    start: Annotated[str, typer.Option("--from", metavar="A", help=_WHERE, show_default=False)],
    end: Annotated[str, typer.Option("--to", metavar="B", help=_WHERE, show_default=False)],
    steps: Annotated[
        int,
        typer.Option(metavar="N", min=2, max=10_000, help="Frames, both ends counted."),
    ],
    out: Annotated[
        str,
        typer.Option(
            metavar="FILE",
            help=".gif, .webp, .mp4, .webm: a film; .png: a strip; name-####.png: numbered "
            "pictures; no ending: a folder.",
            show_default=False,
        ),
    ],
    method: Annotated[
        Method | None,
        typer.Option(
            help="slerp keeps to where pictures are, lerp is straight; else as the space bends.",
            show_default=False,
        ),
    ] = None,
    even: Annotated[
        bool, typer.Option("--even", help="Even steps for the eye: each frame differs alike.")
    ] = False,
    fps: Annotated[float, typer.Option(min=0.1, max=240, help="Frames a second.")] = 15.0,
    loop: Annotated[
        bool, typer.Option("--loop", help="There and back again, so that the end meets the start.")
    ] = False,
    sheet: Annotated[
        bool, typer.Option("--sheet", help=".png: a sprite sheet with its JSON, not a strip.")
    ] = False,
    scale: ScaleOption = 1,
    smoothing: Annotated[
        Filter, typer.Option("--filter", help="How --scale enlarges: nearest keeps hard pixels.")
    ] = "lanczos",
    upscaler: UpscaleOption = None,
    words: WordsOption = "",
    label: LabelOption = "",
    guidance: GuidanceOption = None,
    sampler_steps: SamplerStepsOption = 0,
    domain: Annotated[
        Domain | None,
        typer.Option(help="Of a pair of generators: one alone, or both beside (the default)."),
    ] = None,
    device: DeviceOption = "auto",
) -> Report:
    """Walk from A to B through what a model learned; the end frames are A and B decoded."""
    path = _target(out)
    store = places.reading(project)
    chosen = choose_model(store, model)
    told = conditions_for(
        chosen, words=words, label=label, guidance=guidance, steps=sampler_steps, domain=domain
    )
    spec = interpolate_spec(
        store,
        chosen,
        start,
        end,
        steps=steps,
        method=method,
        even=even,
        conditions=told,
        device=device,
    )
    _spare_inputs(path, spec)
    scaling = scaled_by(store, scale, smoothing, upscaler)
    look = _Look(scaling, fps=fps, loop=loop, sheet=sheet)
    exports = _exports(spec, chosen, look, path)
    return exported(store.folder, chosen, exports, {"steps": steps, "fps": fps})


def _target(out: str) -> Path:
    path = places.as_path(out).absolute()
    suffix = path.suffix.lower()
    if suffix in _OTHER_MEDIA:
        raise StudioError(
            f"{path.name} would be {_OTHER_MEDIA[suffix]}, and this model makes pictures.",
            todo=f"End the name with one of {', '.join(FILM_SUFFIXES)}.",
            kind="input",
        )
    if suffix and suffix not in FILM_SUFFIXES:
        raise StudioError(
            f'Films are not written as "{suffix}".',
            todo=f"End the name with one of {', '.join(FILM_SUFFIXES)}.",
            kind="input",
        )
    if is_pattern(path.name) and suffix != ".png":
        raise StudioError(
            "Numbered pictures are written as PNG.", todo="End the name with .png.", kind="input"
        )
    if suffix and path.is_dir():
        raise StudioError(f"{path} is a folder.", todo="Choose another --out.", kind="input")
    return path if suffix else folder_at(out)


def _spare_inputs(path: Path, spec: Interpolate) -> None:
    ends = [end.path.resolve() for end in (spec.start, spec.end) if isinstance(end, FilePoint)]
    if path.resolve() in ends:
        raise StudioError(
            f"{path} is one of the two ends and would be overwritten.",
            kept="It was not touched.",
            todo="Choose another --out.",
            kind="input",
        )


@dataclass(frozen=True)
class _Look:
    """How a walk is shown."""

    scaling: Scaling
    fps: float
    loop: bool
    sheet: bool

    def settings(self, path: Path) -> "dict[str, JsonValue]":
        """What a recipe says of it."""
        if not path.suffix:
            return self.scaling.settings
        return {**self.scaling.settings, "fps": self.fps, "loop": self.loop}


def _exports(spec: Interpolate, model: ChosenModel, look: _Look, path: Path) -> list[Export]:
    """Decode the walk and write it to a file, or to a folder when `path` has no suffix."""
    outcome = work.do(spec, "walking")
    frames = enlarged(results.images_of(outcome), look.scaling, spec.device)
    more = look.settings(path)
    if is_pattern(path.name):
        recipe = results.whole_recipe(spec, outcome.values, model, more)
        shown = there_and_back(frames) if look.loop else frames
        return export_files.save_numbered(shown, path, recipe, model, fps=look.fps)
    if path.suffix:
        recipe = results.whole_recipe(spec, outcome.values, model, more)
        shown = there_and_back(frames) if look.loop else frames
        return [film(shown, path, recipe, model, fps=look.fps, sheet=look.sheet)]
    recipes = results.recipes_of(spec, outcome, model, more)
    names = export_files.numbered_names(len(frames), ".png")
    return into_folder(path, names, frames, recipes, model)


def there_and_back(frames: "Sequence[Image]") -> "list[Image]":
    """A closed walk: the way back leaves out both ends, which are there already."""
    return [*frames, *frames[-2:0:-1]]
