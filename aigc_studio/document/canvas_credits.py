"""Where a canvas comes from: its layers' recipes, authors and rights, for what is exported."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from aigc_studio.base import strict_json
from aigc_studio.base.files import sha256_of
from aigc_studio.document.stacking import seen_layers
from aigc_studio.media.provenance import (
    COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA,
    TRAINED_ALGORITHMIC_MEDIA,
    Provenance,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from aigc_studio.document.canvas import Canvas, Layer
    from aigc_studio.document.chosen import ChosenModel
    from aigc_studio.document.model import Asset, Project

# What still fits the comment of a film.
MAX_RECIPE = 1 << 20


def canvas_provenance(
    project: Project,
    canvas: Canvas,
    *,
    film: bool = False,
    upscaler: ChosenModel | None = None,
) -> Provenance:
    """What an export of a canvas carries.

    Args:
        film: whether the timeline belongs to it.
        upscaler: a model that enlarged it: then its detail is that model's.
    """
    layers = seen_layers(canvas)
    recipe = _recipe(project, canvas, layers, film=film, upscaler=upscaler)
    origin = layers_provenance(project, layers, canvas.name, recipe)
    return _with_upscaler(origin, upscaler) if upscaler else origin


def _with_upscaler(origin: Provenance, upscaler: ChosenModel) -> Provenance:
    data = upscaler.card.data
    authors, rights = (data.authors, data.rights) if data else ((), ())
    return replace(
        _credited(origin, authors, rights),
        digital_source_type=origin.digital_source_type or COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA,
    )


def with_sources(origin: Provenance, sources: Provenance) -> Provenance:
    """What a picture carries that a model made of others: their authors and rights too.

    Args:
        sources: of the others, see `layers_provenance`.
    """
    credited = _credited(origin, sources.author.split("; "), sources.rights.split("; "))
    if sources.digital_source_type == TRAINED_ALGORITHMIC_MEDIA:
        return credited
    return replace(credited, digital_source_type=COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA)


def _credited(origin: Provenance, authors: Iterable[str], rights: Iterable[str]) -> Provenance:
    return replace(
        origin,
        author=_joined([*origin.author.split("; "), *authors]),
        rights=_joined([*origin.rights.split("; "), *rights]),
    )


def layers_provenance(
    project: Project, layers: Sequence[Layer], title: str, recipe_json: str = ""
) -> Provenance:
    """What a picture of some layers carries; the project's author stands in for unknown ones."""
    assets = [project.assets[layer.asset] for layer in layers]
    living = [layer.living is not None for layer in layers]
    return replace(_of_assets(project, assets, living), title=title, recipe_json=recipe_json)


def file_provenance(project: Project, path: Path) -> Provenance:
    """Where a picture comes from that a model is to work on, for `with_sources`.

    The project knows it by its bytes, whatever the file is called; of any other the file itself
    may tell.
    """
    from aigc_studio.media.provenance_reading import read_provenance

    sha256 = sha256_of(path)
    asset = next((each for each in project.assets.values() if each.sha256 == sha256), None)
    if asset is None:
        return read_provenance(path) or Provenance(digital_source_type="")
    return _of_assets(project, [asset], [False])


def _of_assets(project: Project, assets: Sequence[Asset], living: Sequence[bool]) -> Provenance:
    made = [is_generated(asset) or lives for asset, lives in zip(assets, living, strict=True)]
    source = COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA if any(made) else ""
    return Provenance(
        author=_joined(asset.author or project.author for asset in assets),
        rights=_joined(asset.rights or project.rights for asset in assets),
        digital_source_type=TRAINED_ALGORITHMIC_MEDIA if made and all(made) else source,
    )


def is_generated(asset: Asset) -> bool:
    """Whether a model made an asset, wholly or in part."""
    return asset.recipe is not None or asset.generated


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(sorted({text for text in texts if text}))


def _recipe(
    project: Project,
    canvas: Canvas,
    layers: Sequence[Layer],
    *,
    film: bool,
    upscaler: ChosenModel | None,
) -> str:
    told = canvas.model_dump(mode="json", exclude={"layers", "timeline"})
    told["layers"] = [layer.model_dump(mode="json") for layer in layers]
    names = {project.assets[layer.asset].recipe for layer in layers} - {None}
    recipes = {name: project.recipes[name].model_dump(mode="json") for name in names if name}
    whole: dict[str, object] = {"operation": "canvas", "canvas": told, "recipes": recipes}
    if upscaler:
        whole["upscaler"] = upscaler.ref.id
    if film:
        told["timeline"] = canvas.timeline.model_dump(mode="json")
    text = strict_json.dumps(whole)
    if len(text) > MAX_RECIPE:  # then it says which it was, not how it was made
        text = strict_json.dumps(
            {"operation": "canvas", "sha256": hashlib.sha256(text).hexdigest()}
        )
    return text.decode()
