"""From the family list to classes, and from a weights file to a playable model."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, cast

from pydantic import ValidationError

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.families import FAMILIES, family
from aigc_studio.catalog.latent import Cap
from aigc_studio.ml.weights import load_weights

if TYPE_CHECKING:
    from aigc_studio.base.frozen import Frozen
    from aigc_studio.catalog.header import Header
    from aigc_studio.jobs.specs import ModelRef
    from aigc_studio.ml.protocol import LatentModel, Learner, Model, Upscaler


def model_class(family_id: str) -> type[Model]:
    """The class that plays models of this family."""
    return cast("type[Model]", _named(family(family_id).implementation))


def learner_class(family_id: str) -> type[Learner]:
    """The class that trains models of this family."""
    return cast("type[Learner]", _named(family(family_id).learner))


def _named(place: str) -> object:
    module, name = place.split(":")
    found: object = getattr(importlib.import_module(module), name)
    return found


def load_model(ref: ModelRef, device: str) -> LatentModel:
    """A playable model from its weights file.

    Raises:
        StudioError: see `load_any`; or it has no latent space.
    """
    return as_latent(load_any(ref, device))


def as_latent(model: Model) -> LatentModel:
    """A model as one that can be played.

    Raises:
        StudioError: kind "input", it has no latent space.
    """
    if Cap.DECODE in model.caps:
        return cast("LatentModel", model)
    raise StudioError(
        "This model makes no pictures of its own: it enlarges those it is given.",
        kind="input",
        todo="Choose a model that can be played, or enlarge pictures with this one.",
    )


def as_upscaler(model: Model) -> Upscaler:
    """A model as one that enlarges pictures.

    Raises:
        StudioError: kind "input", it does something else.
    """
    if Cap.UPSCALE in model.caps:
        return cast("Upscaler", model)
    raise StudioError(
        "This model cannot enlarge pictures.",
        kind="input",
        todo="Choose one of the family image-upscale, or train one.",
    )


def load_any(ref: ModelRef, device: str) -> Model:
    """A model from its weights file, whatever it can do.

    Raises:
        StudioError: missing, damaged or hostile file, unknown family, or weights that do not
            fit their own configuration.
    """
    header, tensors = load_weights(ref.path)
    if header.family not in FAMILIES:
        raise StudioError(
            f'This model is of the family "{header.family}", which this studio does not know.',
            kept="The model is kept as it is.",
            todo="Open the project with a newer studio to play it.",
            kind="missing",
        )
    return model_class(header.family).load(ref.id, header, tensors, device)


def checked_config(header: Header) -> Frozen:
    """The validated configuration of a weights file.

    Raises:
        StudioError: kind "hostile".
    """
    try:
        return family(header.family).config.model_validate(header.config)
    except ValidationError as error:
        raise StudioError(
            f"The model's configuration is not valid: {error.errors()[0]['msg']}.",
            kind="hostile",
            todo="Import the model again from a good copy.",
        ) from error


class ModelShelf:
    """The models that the worker keeps warm, newest last."""

    def __init__(self, keep: int = 2) -> None:
        self._keep = keep
        self._models: dict[tuple[str, str], Model] = {}

    def get(self, ref: ModelRef, device: str) -> LatentModel:
        """A playable model, from memory when it is warm; see `load_model` for errors."""
        return as_latent(self._any(ref, device))

    def upscaler(self, ref: ModelRef, device: str) -> Upscaler:
        """One that enlarges pictures; see `load_any` and `as_upscaler` for errors."""
        return as_upscaler(self._any(ref, device))

    def _any(self, ref: ModelRef, device: str) -> Model:
        key = (ref.id, device)
        model = self._models.pop(key, None) or load_any(ref, device)
        self._models[key] = model
        while len(self._models) > self._keep:
            self._models.pop(next(iter(self._models)))
        return model
