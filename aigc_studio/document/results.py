"""From a worker's results to pictures, and to the recipes that make them again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from aigc_studio import __version__
from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import sha256_of
from aigc_studio.catalog.conditions import told_in
from aigc_studio.catalog.latent import Cap
from aigc_studio.catalog.recipe import Recipe
from aigc_studio.document.chosen import abilities
from aigc_studio.jobs.specs import (
    CodePoint,
    Decode,
    Denoise,
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
from aigc_studio.media.image import Image
from aigc_studio.media.seamless import OVERLAP, enlarged_round, seamless

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
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
    if told is None:
        return {}
    able = abilities(model.card)
    # A search of no named domain shows that of the picture.
    own = isinstance(spec, Invert) and Cap.PAIR in able and told.domain == "both"
    return {} if own else told.noted(able)


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
