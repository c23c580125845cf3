"""From the wish to measure a model to the spec that a worker carries out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.families import family
from aigc_studio.catalog.latent import Cap
from aigc_studio.catalog.split import FEWEST_TO_SPLIT, held_out
from aigc_studio.document.chosen import abilities, require_able
from aigc_studio.document.lookup import find_collection
from aigc_studio.document.requests import data_set, require_same_medium
from aigc_studio.jobs.specs import DataSet, Evaluate, TrainItem
from aigc_studio.media.preparation import Preparation

if TYPE_CHECKING:
    from aigc_studio.document.chosen import ChosenModel
    from aigc_studio.document.model import Collection, Project
    from aigc_studio.document.store import Store

_COLOURS = {1: "grey", 3: "rgb", 4: "rgba"}


def evaluate_spec(
    store: Store,
    model: ChosenModel,
    collection: str | None = None,
    *,
    samples: int = 512,
    seed: int = 0,
    device: str = "auto",
) -> Evaluate:
    """Measure a model on a whole collection, or on what was held out of its training.

    A model that enlarges is measured on patches, as it was trained.

    Raises:
        StudioError: no such collection, another medium, or nothing was held out.
    """
    enlarges = Cap.UPSCALE in abilities(model.card)
    if not enlarges:
        require_able(model, Cap.DECODE | Cap.SAMPLE, "be measured")
    patches = family(model.card.family).patches if enlarges else 0
    own = training_collection(store.project, model)
    chosen = find_collection(store.project, collection) if collection else own
    if chosen is None:
        raise _no_training_data(model)
    require_same_medium(chosen, model.card.modality, f'the model "{model.name}"')
    data = data_set(store, chosen, _as_trained(model, chosen), patches=patches)
    if collection is None:
        # The card knows what could be used; of what was left out nothing can be held out.
        held = model.card.data is not None and model.card.data.held_out > 0
        data = data.model_copy(update={"items": _part(data.items, out=True) if held else ()})
    if not data.items:
        raise _nothing_to_measure(chosen)
    # What it could have copied, and what else it could be compared with, is of drawn pictures.
    compared = own if own and not enlarges else None
    whole = data_set(store, compared, data.preparation).items if compared else ()
    second = _second(store, model, data.preparation) if collection is None else None
    return Evaluate(
        model=model.ref,
        data=data,
        reference=_part(whole, out=False),
        pair=second and second.model_copy(update={"items": _part(second.items, out=True)}),
        pair_reference=_part(second.items, out=False) if second else (),
        samples=samples,
        seed=seed,
        device=device,
    )


def training_collection(project: Project, model: ChosenModel) -> Collection | None:
    """What a model was trained on, where a collection of that name is still there."""
    name = model.card.data.collection if model.card.data else ""
    there = project.collections.values()
    return next((each for each in there if each.name == name), None)


def _second(store: Store, model: ChosenModel, preparation: Preparation) -> DataSet | None:
    """The second domain that a pair of generators was trained on, where it is still there."""
    name = model.card.data.pair if model.card.data else ""
    named = (each for each in store.project.collections.values() if name and each.name == name)
    found = next(named, None)
    if found is None:
        return None
    fit = preparation.model_copy(update={"fit": found.preparation.fit})
    return data_set(store, found, fit)


def _part(items: tuple[TrainItem, ...], *, out: bool) -> tuple[TrainItem, ...]:
    marks = held_out([item.sha256 for item in items])
    return tuple(item for item, mark in zip(items, marks, strict=True) if mark is out)


def _as_trained(model: ChosenModel, collection: Collection) -> Preparation:
    config = model.card.config
    wishes = {**collection.preparation.model_dump(), "size": config.get("size")}
    channels = config.get("channels")
    if isinstance(channels, int):
        wishes["colour"] = _COLOURS.get(channels, "auto")
    return Preparation.model_validate(wishes)


def _no_training_data(model: ChosenModel) -> StudioError:
    return StudioError(
        f'The collection that "{model.name}" was trained on is not in this project.',
        todo="Name one to measure on: --collection NAME.",
        kind="missing",
    )


def _nothing_to_measure(collection: Collection) -> StudioError:
    if not collection.items:
        return StudioError(f'The collection "{collection.name}" is empty.', kind="input")
    return StudioError(
        f'Nothing was held out of "{collection.name}": it has fewer than {FEWEST_TO_SPLIT} '
        "pictures that can be used.",
        todo="Name a collection to measure on: --collection NAME.",
        kind="input",
    )
