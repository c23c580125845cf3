"""Results as files: names that are free, what each format can hold, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import disk_errors
from aigc_studio.document.canvas_credits import with_sources
from aigc_studio.jobs.specs import EncodeFilm
from aigc_studio.media.encode import EncodeReport, encode_image
from aigc_studio.media.film import save_film, save_strip
from aigc_studio.media.image import WHITE, Image
from aigc_studio.media.provenance import Provenance
from aigc_studio.media.sequence import names_of, save_sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from pydantic import JsonValue

    from aigc_studio.catalog.recipe import Recipe
    from aigc_studio.document.chosen import ChosenModel

PICTURE_FORMATS = ("png", "jpg", "webp", "tif", "avif")
VIDEO_SUFFIXES = (".mp4", ".webm")
FILM_SUFFIXES = (".gif", ".webp", ".png", *VIDEO_SUFFIXES)


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
