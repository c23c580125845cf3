"""What the commands that make pictures share: files, recipes and words about them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import Aside, disk_errors
from aigc_studio.catalog.latent import Cap
from aigc_studio.catalog.recipe import Recipe
from aigc_studio.cli import places, work
from aigc_studio.cli.report import Report
from aigc_studio.document import export_files, results
from aigc_studio.document.chosen import ChosenModel, abilities, choose_model, require_able
from aigc_studio.document.export_files import Export
from aigc_studio.document.requests import upscale_job
from aigc_studio.document.results import Filter, Scaling
from aigc_studio.document.store import Store
from aigc_studio.media.image import Image
from aigc_studio.media.provenance import Provenance

Showing = Literal["pair", "first", "second", "both"]


def folder_at(out: str) -> Path:
    """The folder named by `--out`.

    Raises:
        StudioError: kind "input", there is a file of that name.
    """
    folder = places.as_path(out).absolute()
    if folder.exists() and not folder.is_dir():
        raise StudioError(
            f"{folder} is a file, not a folder.", todo="Choose another --out.", kind="input"
        )
    return folder


def free_path(folder: Path, name: str) -> Path:
    """Where a result of this name goes: over an earlier one of ours, beside a stranger's."""
    return export_files.free_paths(folder, [name], export_files.is_ours)[0]


def into_folder(
    folder: Path,
    names: Sequence[str],
    pictures: Sequence[Image],
    recipes: Sequence[Recipe],
    model: ChosenModel,
    *,
    inputs: Sequence[Path] = (),
    origin: Provenance | None = None,
) -> list[Export]:
    """Write one file a picture; neither an input nor a stranger's file is ever overwritten.

    Args:
        origin: where the one picture comes from that all were made of.
    """
    sources = {path.resolve() for path in inputs}
    paths = export_files.free_paths(
        folder, names, lambda path: path.resolve() not in sources and export_files.is_ours(path)
    )
    return [
        export_files.save_picture(picture, path, recipe, model, origin)
        for picture, path, recipe in zip(pictures, paths, recipes, strict=True)
    ]


def showing(model: ChosenModel, wished: Showing | None) -> Showing | None:
    """What a pair of generators shows; None for any other model.

    Raises:
        StudioError: kind "input", the model has one domain alone.
    """
    if Cap.PAIR in abilities(model.card):
        return wished or "pair"
    if wished:
        require_able(model, Cap.PAIR, "show one domain or the other")
    return None


def scaled_by(
    store: Store, factor: int, smoothing: Filter, upscaler: str | None, *, tile: bool = False
) -> Scaling:
    """How `--scale`, `--filter` and `--upscale` enlarge, and whether `--tile` closes edges.

    Raises:
        StudioError: no such model, or it cannot enlarge pictures.
    """
    if upscaler is None:
        return Scaling(factor, smoothing, tile)
    chosen = choose_model(store, upscaler)
    require_able(chosen, Cap.UPSCALE, "enlarge pictures")
    return Scaling(factor, smoothing, tile, chosen)


def enlarged(pictures: Sequence[Image], scaling: Scaling, device: str) -> list[Image]:
    """Pictures as they are exported: first through the model that enlarges, where one does."""
    if scaling.upscaler is None or not pictures:
        return [scaling.of(picture) for picture in pictures]
    spec, payload = upscale_job(scaling.upscaler, pictures, device=device)
    return results.images_of(work.do(spec, "enlarging", payload), replace(scaling, upscaler=None))


def film(
    frames: Sequence[Image],
    path: Path,
    recipe: Recipe,
    model: ChosenModel,
    *,
    fps: float,
    sheet: bool = False,
) -> Export:
    """Write a film, a strip or a sprite sheet; the suffix chooses."""
    if path.suffix.lower() not in export_files.VIDEO_SUFFIXES:
        return export_files.save_frames(frames, path, recipe, model, fps=fps, sheet=sheet)
    spec, payload = export_files.video_job(frames, path, recipe, model, fps=fps)
    with disk_errors(path, kept="The project is unchanged."):
        aside = Aside(path)
    try:
        # Not in its place: the worker may be stopped while it writes.
        there = spec.model_copy(update={"out": aside.path})
        outcome = work.do(there, f"encoding {path.name}", payload)
        with disk_errors(path, kept="The project is unchanged."):
            aside.keep()
    finally:
        aside.drop()
    return export_files.video_export(frames, path, recipe, outcome.values)


def exported(
    project: Path,
    model: ChosenModel,
    exports: Sequence[Export],
    more: Mapping[str, object] | None = None,
) -> Report:
    """Sum up exports: `files` and `recipes` in the order asked for, `recipe` the first one."""
    notes = list(dict.fromkeys(note for export in exports for note in export.notes))
    beside = [path for export in exports for path in export.beside]
    values: dict[str, object] = {
        "project": project,
        "model": model.name,
        "model_id": model.ref.id,
        "files": [export.path for export in exports],
        "recipe": exports[0].recipe,
        "recipes": [export.recipe for export in exports],
        "beside": beside,
        "notes": notes,
        **(more or {}),
    }
    words = [str(path) for path in [*(export.path for export in exports), *beside]]
    return Report(values, [*words, *notes])
