"""From what somebody asks of a project to the spec of a training run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.families import DEFAULT_PRESET, family, invalid_setting, settings
from aigc_studio.document import changes
from aigc_studio.document.chosen import PREFIX, ChosenModel, choose_model
from aigc_studio.document.learned_from import require_trainable, second_collection
from aigc_studio.document.lookup import find_collection
from aigc_studio.document.model import Model
from aigc_studio.document.requests import data_set
from aigc_studio.jobs.runs import new_run_id
from aigc_studio.jobs.specs import Train
from aigc_studio.media.preparation import Preparation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigc_studio.catalog.families import Family
    from aigc_studio.document.model import Collection
    from aigc_studio.document.store import Store

DEFAULT_MINUTES = 10.0
COLOURS = {"1": "grey", "3": "rgb", "4": "rgba"}
_PROBE_SIZE = 64


@dataclass(frozen=True)
class TrainingWish:
    """What an artist says of a training run; everything else has a default.

    Attributes:
        collection: name or id.
        sets: single settings by name, raw; they win over preset and parent.
        steps, minutes: the length, at most one of them; `DEFAULT_MINUTES` with neither.
        pair: name or id of the second domain, for families that learn from two collections.
        parent: model to start from; its shape is kept.
        freeze: parts of the parent that keep their weights.
        name: of the model; made of collection and family when empty.
    """

    collection: str
    family: str
    preset: str | None = None
    sets: Mapping[str, str] = field(default_factory=dict)
    steps: int | None = None
    minutes: float | None = None
    seed: int = 0
    parent: str | None = None
    freeze: tuple[str, ...] = ()
    device: str = "auto"
    gpus: int = 1
    name: str = ""
    pair: str | None = None


def train_spec(store: Store, wish: TrainingWish) -> Train:
    """The spec of a run in `store`'s project; nothing is written yet.

    A parent that ships (`starter:NAME`) is copied into the project, since the new model's
    lineage names it.

    Raises:
        StudioError: something asked for is not there or does not fit; in words.
    """
    entry = family(wish.family)
    collection = find_collection(store.project, wish.collection)
    require_trainable(collection, entry)
    pair = second_collection(store.project, wish.pair, entry, collection)
    parent = _parent(store, wish, entry)
    config, options, preparation = _settled(wish, collection, parent, entry)
    if pair:
        config = {**config, "domains": [collection.name, pair.name]}
    name = _model_name(wish, collection)
    run = new_run_id(name)
    return Train(
        run=run,
        folder=store.runs_folder / run,
        name=name,
        family=entry.id,
        preset=wish.preset or DEFAULT_PRESET,
        config=config,
        options=options,
        data=data_set(store, collection, preparation, patches=entry.patches),
        pair=data_set(store, pair, _alike(pair, preparation)) if pair else None,
        steps=wish.steps,
        minutes=_minutes(wish),
        seed=wish.seed,
        device=wish.device,
        gpus=wish.gpus,
        parent=parent.ref if parent else None,
        parent_card=parent.card if parent else None,
        freeze=wish.freeze,
    )


def _minutes(wish: TrainingWish) -> float | None:
    if wish.steps is not None and wish.minutes is not None:
        raise StudioError(
            "A run has a number of steps or of minutes, not both.",
            todo="Leave one of them out.",
            kind="input",
        )
    return wish.minutes if wish.steps is not None or wish.minutes else DEFAULT_MINUTES


def _alike(pair: Collection, preparation: Preparation) -> Preparation:
    """How the second domain is prepared: as its own collection says, at the first's size."""
    wishes = {"size": preparation.size, "colour": preparation.colour}
    return pair.preparation.model_copy(update=wishes)


def _parent(store: Store, wish: TrainingWish, entry: Family) -> ChosenModel | None:
    unknown = [part for part in wish.freeze if part not in entry.parts]
    if unknown:
        raise StudioError(
            f'{entry.id} has no part "{unknown[0]}".',
            todo=f"Parts: {', '.join(entry.parts)}.",
            kind="input",
        )
    if wish.parent is None:
        if wish.freeze:
            raise StudioError(
                "Only parts of a model to start from can be frozen.",
                todo="Name that model: --from MODEL.",
                kind="input",
            )
        return None
    parent = choose_model(store, wish.parent)
    if parent.card.family != entry.id:
        raise StudioError(
            f'"{parent.name}" is a model of the family {parent.card.family}, not {entry.id}.',
            todo="Start from a model of the same family.",
            kind="input",
        )
    return _owned(store, parent) if parent.shipped and not store.read_only else parent


def _owned(store: Store, shipped: ChosenModel) -> ChosenModel:
    model = store.adopt_model(shipped.folder, shipped.name.removeprefix(PREFIX))
    store.save()
    return choose_model(store, model.id)


def _settled(
    wish: TrainingWish, collection: Collection, parent: ChosenModel | None, entry: Family
) -> tuple[dict[str, Any], Any, Preparation]:
    sets = dict(wish.sets)
    if "channels" in sets:  # the model's channels follow the prepared data's, as its size does
        sets["colour"] = COLOURS.get(sets.pop("channels"), "none such")
    inherited = dict(parent.card.config) if parent else {}
    # A collection's size is that of whole pictures as squares.
    own = {"size": None} if entry.patches else {}
    wished = _like_parent(collection.preparation.model_copy(update=own), inherited)
    chosen = settings(wish.family, wish.preset, sets, wished)
    config = {**chosen.config, **inherited, **{k: v for k, v in sets.items() if k in chosen.config}}
    size = chosen.preparation.size or _PROBE_SIZE
    return _checked(wish.family, config, size), chosen.options, chosen.preparation


def _like_parent(preparation: Preparation, config: Mapping[str, Any]) -> Preparation:
    wishes = preparation.model_dump()
    if "size" in config:
        wishes["size"] = config["size"]
    if "channels" in config:
        wishes["colour"] = COLOURS.get(str(config["channels"]), "auto")
    return Preparation.model_validate(wishes)


def _checked(family_id: str, config: Mapping[str, Any], size: int) -> dict[str, Any]:
    """The configuration with each value in its type; without what follows the data."""
    kind = family(family_id).config
    follows = {"size": size, "channels": 3}
    stand_in = {k: v for k, v in follows.items() if k in kind.model_fields}
    try:
        whole = kind.model_validate({**config, **stand_in}).model_dump(mode="json")
    except ValidationError as error:
        raise invalid_setting(error) from error
    return {key: whole[key] for key in whole if key in config and key not in stand_in}


def _model_name(wish: TrainingWish, collection: Collection) -> str:
    name = wish.name or f"{collection.name}-{wish.family.rpartition('-')[2]}"
    if name.startswith(PREFIX):
        raise StudioError(
            f'"{name}" cannot be the name of a model: {PREFIX} marks those that ship.',
            todo="Choose another name.",
            kind="input",
        )
    # Checked now: a name that cannot stand must not be found out after hours of training.
    return changes.made(Model, id="0" * 64, name=name, family=wish.family).name
