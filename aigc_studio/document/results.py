"""From a worker's results to recipes and files: every export carries where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from aigc_studio import __version__
from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import disk_errors, sha256_of
from aigc_studio.catalog.conditions import told_in
from aigc_studio.catalog.latent import Cap
from aigc_studio.catalog.recipe import Recipe
from aigc_studio.document.canvas_credits import with_sources
from aigc_studio.document.chosen import abilities
from aigc_studio.jobs.specs import (
    CodePoint,
    Decode,
    Denoise,
    EncodeFilm,
    FilePoint,
    Interpolate,
    Invert,
    Mix,
    Reconstruct,
    Repaint,
    Sample,
    SeedPoint,
    Upscale,
)
from aigc_studio.media.encode import EncodeReport, encode_image
from aigc_studio.media.film import save_film, save_strip
from aigc_studio.media.image import WHITE, Image
from aigc_studio.media.provenance import Provenance
from aigc_studio.media.seamless import OVERLAP, enlarged_round, seamless
from aigc_studio.media.sequence import names_of, save_sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from pydantic import JsonValue

    from aigc_studio.catalog.card import ModelCard
    from aigc_studio.catalog.conditions import Conditions
    from aigc_studio.document.chosen import ChosenModel
    from aigc_studio.jobs.messages import MediaOut
    from aigc_studio.jobs.runner import JobOutcome
    from aigc_studio.jobs.specs import Point

Filter = Literal["lanczos", "nearest"]
GenerateSpec = (
    Sample | Reconstruct | Repaint | Invert | Denoise | Interpolate | Mix | Decode | Upscale
)
PICTURE_FORMATS = ("png", "jpg", "webp", "tif", "avif")
VIDEO_SUFFIXES = (".mp4", ".webm")
FILM_SUFFIXES = (".gif", ".webp", ".png", *VIDEO_SUFFIXES)
MAX_SIDE = 16_384


@dataclass(frozen=True)
class Scaling:
    """How much larger than the model made it a picture is exported; whole factors only.

    Attributes:
        filter: "nearest" keeps hard pixels, "lanczos" is smooth.
        tile: whether it becomes a seamless tile first, see `media.seamless`.
        upscaler: a model that enlarges the picture first, by a factor of its own.
    """

    factor: int = 1
    filter: Filter = "lanczos"
    tile: bool = False
    upscaler: ChosenModel | None = None

    def of(self, image: Image) -> Image:
        """`image`, enlarged."""
        image = seamless(image) if self.tile else image
        if self.factor == 1:
            return image
        width, height = image.width * self.factor, image.height * self.factor
        if max(width, height) > MAX_SIDE:
            raise StudioError(
                f"Enlarged {self.factor} times the picture would have {width} x {height} pixels.",
                todo=f"Choose a smaller factor; {MAX_SIDE} pixels a side are the most.",
                kind="input",
            )
        if self.filter == "lanczos" and self.tile:
            return enlarged_round(image, width, height)
        if self.filter == "lanczos":
            return image.resized(width, height)
        return Image(image.pixels.repeat(self.factor, axis=0).repeat(self.factor, axis=1))

    @property
    def settings(self) -> dict[str, JsonValue]:
        """What a recipe says of it; nothing when nothing is enlarged."""
        told: dict[str, JsonValue] = {"tile": OVERLAP} if self.tile else {}
        if self.upscaler:
            told |= {"upscaler": self.upscaler.ref.id, "upscaled": factor_of(self.upscaler.card)}
        if self.factor > 1:
            told |= {"scale": self.factor, "filter": self.filter}
        return told


PLAIN = Scaling()


def factor_of(card: ModelCard) -> int:
    """How many times a model enlarges; 1 for one that does not."""
    factor = card.config.get("factor")
    return factor if Cap.UPSCALE in abilities(card) and isinstance(factor, int) else 1


@dataclass(frozen=True)
class Export:
    """One exported file, how it came to be, and what its format could not hold.

    Attributes:
        beside: further files that belong to it (the JSON of a sprite sheet).
    """

    path: Path
    recipe: Recipe
    notes: tuple[str, ...] = ()
    beside: tuple[Path, ...] = ()


def images_of(outcome: JobOutcome, scaling: Scaling = PLAIN) -> list[Image]:
    """The pictures of a job in order, enlarged by all but a model."""
    return [scaling.of(Image(pixels)) for _, pixels in outcome.media]


def recipes_of(
    spec: GenerateSpec,
    outcome: JobOutcome,
    model: ChosenModel,
    more: Mapping[str, JsonValue] | None = None,
) -> list[Recipe]:
    """One recipe a picture; `more` are settings of the export that affect its bytes."""
    whole = whole_recipe(spec, outcome.values, model, more)
    hashes = [sha256_of(path) for path in getattr(spec, "inputs", ())]
    return [
        _of_one(whole, message, hashes[index : index + 1])
        for index, (message, _) in enumerate(outcome.media)
    ]


def recipe_of_last(spec: Invert | Mix, outcome: JobOutcome, model: ChosenModel) -> Recipe:
    """The recipe of the last picture, of a job whose others only show how it goes."""
    whole = whole_recipe(spec, outcome.values, model)
    return whole.model_copy(update={"code": outcome.media[-1][0].code})


def _of_one(whole: Recipe, message: MediaOut, inputs: Sequence[str]) -> Recipe:
    changes: dict[str, object] = {"seed": message.seed}
    if message.seed is None:
        changes["code"] = message.code
    if whole.operation == "interpolate":
        changes["settings"] = {**whole.settings, "index": message.index}
    elif inputs:
        changes["inputs"] = tuple(inputs)
    return whole.model_copy(update=changes)


def whole_recipe(
    spec: GenerateSpec,
    values: Mapping[str, JsonValue],
    model: ChosenModel,
    more: Mapping[str, JsonValue] | None = None,
) -> Recipe:
    """The recipe of a job as a whole, for a film or a sheet."""
    versions = values.get("versions")
    known = versions if isinstance(versions, dict) else {}
    return Recipe(
        operation=spec.kind,
        model=spec.model.id,
        family=model.card.family,
        space=str(values.get("space", "z")),
        inputs=tuple(sha256_of(path) for path in _inputs(spec)),
        settings={
            **_settings(spec),
            **_told(spec, model),
            "device": str(values.get("device", spec.device)),
            **(more or {}),
        },
        versions={"studio": __version__, **{key: str(value) for key, value in known.items()}},
    )


def _inputs(spec: GenerateSpec) -> tuple[Path, ...]:
    match spec:
        case Interpolate():
            return tuple(p.path for p in (spec.start, spec.end) if isinstance(p, FilePoint))
        case Mix():
            return tuple(p.path for p in (spec.base, spec.other) if isinstance(p, FilePoint))
        case Invert():
            return (spec.input,)
        case Repaint():
            return (spec.input, *((spec.mask,) if spec.mask else ()))
        case Reconstruct() | Denoise() | Upscale():
            return spec.inputs
        case Sample() | Decode():
            return ()


def _told(spec: GenerateSpec, model: ChosenModel) -> dict[str, JsonValue]:
    """What the model was told and takes into account; nothing where it was told nothing."""
    told: Conditions | None = getattr(spec, "conditions", None)
    return told.noted(abilities(model.card)) if told else {}


def _settings(spec: GenerateSpec) -> dict[str, JsonValue]:
    match spec:
        case Sample():
            return {"truncation": spec.truncation}
        case Interpolate():
            ends: dict[str, JsonValue] = {"from": _named(spec.start), "to": _named(spec.end)}
            even: dict[str, JsonValue] = {"even": True} if spec.even else {}
            return {**ends, "steps": spec.steps, "method": spec.method, **even}
        case Mix():
            parts: dict[str, JsonValue] = {"from": _named(spec.base), "to": _named(spec.other)}
            return {**parts, "layers": f"{spec.first}-{spec.last}"}
        case Invert():
            return {"steps": spec.steps}
        case Repaint():
            return {"strength": spec.strength, "masked": spec.mask is not None}
        case Reconstruct() | Denoise() | Decode() | Upscale():
            return {}


def parted(
    names: Sequence[str], pictures: Sequence[Image], recipes: Sequence[Recipe]
) -> tuple[list[str], list[Image], list[Recipe]]:
    """Pictures of both domains side by side as two files each: "0001-a.png", "0001-b.png"."""
    files: list[str] = []
    halves: list[Image] = []
    told: list[Recipe] = []
    for name, picture, recipe in zip(names, pictures, recipes, strict=True):
        stem, _, suffix = name.rpartition(".")
        wide = picture.width // 2
        for letter, left, domain in (("a", 0, "first"), ("b", wide, "second")):
            files.append(f"{stem}-{letter}.{suffix}")
            halves.append(picture.cropped(left, 0, wide, picture.height))
            shown = told_in(recipe.settings).model_copy(update={"domain": domain})
            settings = {**recipe.settings, **shown.noted(Cap.PAIR)}
            told.append(recipe.model_copy(update={"settings": settings}))
    return files, halves, told


def _named(point: Point) -> str:
    match point:
        case SeedPoint(seed=seed):
            return f"seed:{seed}"
        case FilePoint(path=path):
            return f"sha256:{sha256_of(path)}"
        case CodePoint(code=code):
            return f"code:{code.hex()}"


def provenance_of(recipe: Recipe, model: ChosenModel, title: str = "") -> Provenance:
    """Recipe, author and rights as an export carries them; author and rights are the data's."""
    data = model.card.data
    return Provenance(
        recipe_json=recipe.model_dump_json(),
        author="; ".join(data.authors) if data else "",
        rights="; ".join(data.rights) if data else "",
        title=title,
    )


def save_picture(
    image: Image,
    path: Path,
    recipe: Recipe,
    model: ChosenModel,
    sources: Provenance | None = None,
) -> Export:
    """Export one picture; the suffix chooses the format.

    Args:
        sources: where the picture comes from that the model worked on.
    """
    _make_folder(path.parent)
    told = provenance_of(recipe, model)
    told = with_sources(told, sources) if sources else told
    return _export(encode_image(image, path, told), recipe)


def save_frames(
    frames: Sequence[Image],
    path: Path,
    recipe: Recipe,
    model: ChosenModel,
    *,
    fps: float,
    sheet: bool = False,
) -> Export:
    """Export frames as .gif, .webp, or .png: one row, or with `sheet` a sprite sheet and JSON.

    Raises:
        StudioError: kind "input" for another suffix, "disk".
    """
    _make_folder(path.parent)
    provenance = provenance_of(recipe, model)
    if path.suffix.lower() == ".png" and not sheet:
        return _export(save_strip(frames, path, provenance), recipe)
    return _export(save_film(frames, path, fps, 0, provenance), recipe)


def save_numbered(
    frames: Sequence[Image], path: Path, recipe: Recipe, model: ChosenModel, *, fps: float
) -> list[Export]:
    """Export frames as numbered pictures with one recipe beside them, see `media.sequence`."""
    _make_folder(path.parent)
    told = provenance_of(recipe, model)
    report = save_sequence(frames, len(frames), path, fps, told)
    names = names_of(path.name, len(frames))
    first = Export(path.parent / names[0], recipe, report.notes, report.beside)
    return [first, *(Export(path.parent / name, recipe) for name in names[1:])]


def video_job(
    frames: Sequence[Image], path: Path, recipe: Recipe, model: ChosenModel, *, fps: float
) -> tuple[EncodeFilm, bytes]:
    """The job that encodes frames to MP4 or WebM in a worker, and its payload."""
    _make_folder(path.parent)
    provenance = provenance_of(recipe, model)
    pixels = np.stack([frame.to_mode("rgb", WHITE).pixels for frame in frames])
    count, height, width, channels = pixels.shape
    spec = EncodeFilm(
        out=path,
        shape=(count, height, width, channels),
        fps=fps,
        comment=provenance.recipe_json,
        author=provenance.author,
        rights=provenance.rights,
        title=provenance.title,
    )
    return spec, pixels.tobytes()


def video_export(
    frames: Sequence[Image], path: Path, recipe: Recipe, values: Mapping[str, JsonValue]
) -> Export:
    """The export that a `video_job` made."""
    told = values.get("notes")
    notes = [str(note) for note in told] if isinstance(told, list) else []
    if any(frame.channels == 4 for frame in frames):
        notes.append("A video has no transparency: it was laid over white.")
    if values.get("codec"):
        notes.append(f"Encoded with {values['codec']}.")
    return Export(path, recipe, tuple(notes))


def _make_folder(folder: Path) -> None:
    with disk_errors(folder, kept="The project is unchanged."):
        folder.mkdir(parents=True, exist_ok=True)


def _export(report: EncodeReport, recipe: Recipe) -> Export:
    names = (field.replace("_", " ") for field in report.dropped)
    dropped = tuple(f"{report.path.suffix} cannot hold the {name}." for name in names)
    return Export(report.path, recipe, report.notes + dropped, report.beside)


def numbered_names(count: int, suffix: str) -> list[str]:
    """ "0001.png", "0002.png" ... in the order asked for."""
    digits = max(4, len(str(count)))
    return [f"{number:0{digits}}{suffix}" for number in range(1, count + 1)]


def named_after(inputs: Iterable[Path], suffix: str) -> list[str]:
    """Each input's own name with another ending, in order."""
    return [f"{path.stem}{suffix}" for path in inputs]


def free_paths(
    folder: Path, names: Iterable[str], may_replace: Callable[[Path], bool]
) -> list[Path]:
    """Where results of these names go; a taken one gets " 2", " 3" ...

    Args:
        may_replace: whether a file that is there already may be overwritten.
    """
    taken: set[str] = set()
    paths = []
    for name in names:
        path = _free(folder / name, taken, may_replace)
        # Some file systems do not tell upper from lower case.
        taken.add(path.name.lower())
        paths.append(path)
    return paths


def _free(wanted: Path, taken: set[str], may_replace: Callable[[Path], bool]) -> Path:
    path, number = wanted, 2
    while path.name.lower() in taken or (path.exists() and not may_replace(path)):
        path = wanted.with_name(f"{wanted.stem} {number}{wanted.suffix}")
        number += 1
    return path


def is_ours(path: Path) -> bool:
    """Whether a file is an earlier export of the studio, so that it can be made again."""
    from aigc_studio.media.provenance_reading import read_provenance

    try:
        found = read_provenance(path) if path.is_file() else None
    except StudioError:
        return False
    return bool(found and found.recipe_json)
