"""From what somebody asks of a project to the spec that a worker carries out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.base.seeds import MAX_SEED
from aigc_studio.catalog.conditions import ANYTHING
from aigc_studio.catalog.families import FAMILIES
from aigc_studio.catalog.latent import Cap, Modality
from aigc_studio.catalog.latent_maths import method_of
from aigc_studio.document.bundle import ASSETS
from aigc_studio.document.chosen import abilities, require_able
from aigc_studio.document.lookup import find_asset, find_collection
from aigc_studio.jobs.specs import (
    DataSet,
    Denoise,
    FilePoint,
    Interpolate,
    Invert,
    Mix,
    Rank,
    Reconstruct,
    Sample,
    SeedPoint,
    TrainItem,
    Upscale,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aigc_studio.catalog.conditions import Conditions
    from aigc_studio.catalog.latent_maths import Method
    from aigc_studio.document.chosen import ChosenModel
    from aigc_studio.document.model import Asset, Collection
    from aigc_studio.document.store import Store
    from aigc_studio.jobs.specs import Point
    from aigc_studio.media.image import Image
    from aigc_studio.media.preparation import Preparation

SEED, TEXT = "seed:", "text:"
LONGEST = 4000  # characters of a caption that training looks at
_OTHER_MEDIA = {
    Modality.AUDIO: (".wav", ".flac", ".mp3", ".ogg", ".aif", ".aiff", ".m4a"),
    Modality.TEXT: (".txt", ".md", ".csv", ".json", ".jsonl", ".pdf", ".docx"),
}


def train_items(store: Store, assets: Iterable[Asset]) -> tuple[TrainItem, ...]:
    """Assets as a worker sees them; author and rights fall back to the project's."""
    project = store.project
    folder = store.folder / ASSETS
    # A payload that is missing is told by the worker, item by item; it is never fatal.
    return tuple(
        TrainItem(
            path=folder / asset.file_name,
            sha256=asset.sha256,
            caption=asset.caption or asset.name,
            captions={language: said[:LONGEST] for language, said in asset.captions.items()},
            tags=asset.tags,
            author=asset.author or project.author,
            rights=asset.rights or project.rights,
        )
        for asset in assets
    )


def data_set(
    store: Store, collection: Collection, preparation: Preparation, *, patches: int = 0
) -> DataSet:
    """A collection as a worker sees it; `patches` as in `DataSet`."""
    assets = (store.project.assets[item] for item in collection.items)
    return DataSet(
        name=collection.name,
        items=train_items(store, assets),
        preparation=preparation,
        patches=patches,
    )


def sample_spec(
    model: ChosenModel,
    count: int,
    seed: int,
    *,
    truncation: float = 1.0,
    conditions: Conditions = ANYTHING,
    device: str = "auto",
) -> Sample:
    """Draw `count` results; result i has the seed `seed` + i and depends on nothing else."""
    require_able(model, Cap.SAMPLE, "make new pictures")
    seeds = tuple(range(seed, seed + count))
    return Sample(
        model=model.ref, seeds=seeds, truncation=truncation, conditions=conditions, device=device
    )


def reconstruct_spec(
    store: Store,
    model: ChosenModel,
    inputs: Sequence[str],
    *,
    conditions: Conditions | None = None,
    device: str = "auto",
) -> Reconstruct:
    """Encode and decode pictures, given as paths or asset ids; see `Reconstruct`."""
    require_able(model, Cap.ENCODE | Cap.DECODE, "show pictures as it sees them")
    files = input_files(store, model, inputs)
    return Reconstruct(model=model.ref, inputs=files, conditions=conditions, device=device)


def invert_specs(
    store: Store,
    model: ChosenModel,
    inputs: Sequence[str],
    steps: int,
    *,
    conditions: Conditions = ANYTHING,
    device: str = "auto",
) -> list[Invert]:
    """Search for each picture, given as path or asset id, for `steps` steps."""
    require_able(model, Cap.INVERT, "search for a picture")
    files = input_files(store, model, inputs)
    return [
        Invert(model=model.ref, input=path, steps=steps, conditions=conditions, device=device)
        for path in files
    ]


def rank_spec(
    store: Store,
    model: ChosenModel,
    inputs: Sequence[str],
    collection: str | None = None,
    *,
    device: str = "auto",
) -> Rank:
    """Judge pictures, given as paths or asset ids, and all of a collection where one is named.

    Raises:
        StudioError: there is nothing to judge, or the model judges nothing.
    """
    require_able(model, Cap.JUDGE, "judge how real pictures look")
    files = list(input_files(store, model, inputs))
    if collection is not None:
        chosen = find_collection(store.project, collection)
        require_same_medium(chosen, model.card.modality, f'the model "{model.name}"')
        files += [store.asset_path(store.project.assets[each]) for each in chosen.items]
    if not files:
        raise StudioError(
            "There is nothing to judge.", kind="input", todo="Name pictures or a --collection."
        )
    return Rank(model=model.ref, inputs=tuple(files), device=device)


def mix_spec(
    store: Store,
    model: ChosenModel,
    base: str,
    other: str,
    layers: tuple[int, int],
    *,
    device: str = "auto",
) -> Mix:
    """The point `base` with the layers of `other`, from the first to the last; see `point`."""
    require_able(model, Cap.LAYERS | Cap.DECODE, "mix layers")
    return Mix(
        model=model.ref,
        base=point(store, model, base),
        other=point(store, model, other),
        first=layers[0],
        last=layers[1],
        device=device,
    )


def denoise_spec(
    store: Store, model: ChosenModel, inputs: Sequence[str], *, device: str = "auto"
) -> Denoise:
    """Repair pictures, given as paths or asset ids."""
    require_able(model, Cap.DENOISE, "repair pictures")
    return Denoise(model=model.ref, inputs=input_files(store, model, inputs), device=device)


def upscale_spec(
    store: Store, model: ChosenModel, inputs: Sequence[str], *, device: str = "auto"
) -> Upscale:
    """Enlarge pictures, given as paths or asset ids."""
    require_able(model, Cap.UPSCALE, "enlarge pictures")
    return Upscale(model=model.ref, inputs=input_files(store, model, inputs), device=device)


def upscale_job(
    model: ChosenModel, pictures: Sequence[Image], *, device: str = "auto"
) -> tuple[Upscale, bytes]:
    """The job that enlarges pictures which are no files, and its payload."""
    require_able(model, Cap.UPSCALE, "enlarge pictures")
    shapes = tuple((image.height, image.width, image.channels) for image in pictures)
    payload = b"".join(image.pixels.tobytes() for image in pictures)
    return Upscale(model=model.ref, shapes=shapes, device=device), payload


def interpolate_spec(
    store: Store,
    model: ChosenModel,
    start: str,
    end: str,
    *,
    steps: int,
    method: Method | None = None,
    even: bool = False,
    conditions: Conditions = ANYTHING,
    device: str = "auto",
) -> Interpolate:
    """Walk from `start` to `end`, see `point`; `steps` counts both ends.

    Without a method the walk goes as the model's space bends.
    """
    needed = Cap.DECODE if start.startswith(SEED) and end.startswith(SEED) else Cap.ENCODE
    require_able(model, needed | Cap.DECODE, "walk between pictures")
    return Interpolate(
        model=model.ref,
        start=point(store, model, start),
        end=point(store, model, end),
        steps=steps,
        method=method or method_of(FAMILIES[model.card.family].geometry),
        even=even,
        conditions=conditions,
        device=device,
    )


def point(store: Store, model: ChosenModel, word: str) -> Point:
    """A point in a model's latent space: a path, an asset id, `seed:123` or `text:WORDS`.

    Raises:
        StudioError: it is none of these, or this model cannot find such a point.
    """
    if word.startswith(SEED):
        return SeedPoint(seed=_seed(word))
    if word.startswith(TEXT) and Cap.CONDITION in abilities(model.card):
        raise StudioError(
            f'Words are no point of the model "{model.name}": they are told beside it.',
            todo="Name both points by number, seed:1 and seed:2, and the words with --words.",
            kind="input",
        )
    if word.startswith(TEXT):
        raise StudioError(
            f'The model "{model.name}" knows no words: {model.card.family} learns from '
            "pictures alone.",
            todo="Name a picture, or a point by number: seed:123.",
            kind="input",
        )
    return FilePoint(path=input_file(store, model, word))


def _seed(word: str) -> int:
    try:
        seed = int(word.removeprefix(SEED))
    except ValueError:
        seed = -1
    if not 0 <= seed <= MAX_SEED:
        raise StudioError(
            f'"{word}" is not a seed.',
            todo=f"Write a whole number from 0 to {MAX_SEED}: seed:123.",
            kind="input",
        )
    return seed


def input_files(store: Store, model: ChosenModel, words: Sequence[str]) -> tuple[Path, ...]:
    """The files meant by paths and asset ids, in order."""
    return tuple(input_file(store, model, word) for word in words)


def input_file(store: Store, model: ChosenModel, word: str) -> Path:
    """The file meant by a path or an asset id.

    Raises:
        StudioError: kind "missing" for neither, "input" for a folder or another medium.
    """
    path = Path(word)
    if path.is_dir():
        raise StudioError(
            f"{path} is a folder.", todo="Name the pictures in it one by one.", kind="input"
        )
    if not path.is_file():
        path = _asset_file(store, word)
    _require_medium(path, model)
    return path.absolute()


def _asset_file(store: Store, word: str) -> Path:
    try:
        return store.asset_path(find_asset(store.project, word))
    except StudioError as error:
        if error.kind != "missing" or word in store.project.assets:
            raise
        raise StudioError(
            f'"{word}" is neither a file nor an asset of the project.',
            todo="Check the path.",
            kind="missing",
        ) from error


def _require_medium(path: Path, model: ChosenModel) -> None:
    wanted = model.card.modality
    for modality, suffixes in _OTHER_MEDIA.items():
        if modality is not wanted and path.suffix.lower() in suffixes:
            raise StudioError(
                f'{path.name} is {modality.value}, and the model "{model.name}" works on '
                f"{wanted.value}s.",
                todo=f"Choose {wanted.value}s, or a model for {modality.value}.",
                kind="input",
            )


def require_same_medium(collection: Collection, modality: Modality, who: str) -> None:
    """Refuse a collection of another medium than what it is for, which `who` names.

    Raises:
        StudioError: kind "input", it is of another one.
    """
    if collection.modality is not modality:
        raise StudioError(
            f'"{collection.name}" holds {collection.modality.value}, and {who} works on '
            f"{modality.value}s.",
            todo="Choose another collection or another model.",
            kind="input",
        )
