"""Model cards: what a model is, what it was made of and how good it measured."""

from __future__ import annotations

from pydantic import Field, JsonValue

from aigc_studio.base.frozen import Frozen
from aigc_studio.catalog.latent import Modality

CARD_VERSION = 1


class DataNote(Frozen):
    """The data behind a model.

    Attributes:
        collection: name of the collection.
        pair: name of the collection of the second domain; "" without one.
        items: pictures, sounds or lines that were used, of the first.
        held_out: of these, how many were kept from training for measuring.
        fingerprint: sha256 over the items' payload hashes and the preparation.
        authors: everyone named as author of an item, sorted.
        rights: every rights statement of an item, sorted.
    """

    collection: str
    pair: str = ""
    items: int
    held_out: int
    fingerprint: str
    authors: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()


class TrainingNote(Frozen):
    """One stage of training: steps, items seen, seconds of compute, device and seed."""

    steps: int
    items_seen: int
    seconds: float
    device: str
    seed: int
    options: dict[str, JsonValue] = Field(default_factory=dict)
    preset: str = ""
    frozen_parts: tuple[str, ...] = ()


class ModelCard(Frozen):
    """Everything a person should know of a model; `card.json` beside its weights.

    Attributes:
        model: sha256 of the weights.
        family: id of the family; an unknown one is kept as a placeholder.
        config: the family's own configuration, as in the weights' header.
        parent: the model it was trained from.
        metrics: figures by name, measured on the held-out part.
        limits: honest limits, one sentence each.
    """

    version: int = CARD_VERSION
    model: str
    name: str
    family: str
    modality: Modality
    config: dict[str, JsonValue]
    parent: str | None = None
    data: DataNote | None = None
    history: tuple[TrainingNote, ...] = ()
    metrics: dict[str, JsonValue] = Field(default_factory=dict)
    limits: tuple[str, ...] = ()
    created: str = Field(default="", description="ISO 8601, UTC")
    studio: str = ""
