"""What a conditional model is told beside the latent point: words, a label, how strictly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field, ValidationError

from aigc_studio.base.frozen import Frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "conditions"  # what a recipe's settings call them
Domain = Literal["first", "second", "both"]


class Conditions(Frozen):
    """Everything a conditional model takes into account; the defaults ask for nothing.

    Attributes:
        words: what is to be seen, in a language the model was trained on; "" for anything.
        label: one of the model's labels; "" for any.
        guidance: how strictly words and label are followed; 1 is as the model learned, 0
            ignores them (Ho and Salimans, "Classifier-free diffusion guidance", 2022).
        steps: steps of the sampler; 0 takes the model's own number.
        domain: what a pair of generators shows: one of its domains, or both side by side.
    """

    words: str = Field(default="", max_length=500)
    label: str = Field(default="", max_length=200)
    guidance: float = Field(default=3.0, ge=0, le=20)
    steps: int = Field(default=0, ge=0, le=200)
    domain: Domain = "both"


ANYTHING = Conditions()


def told_in(settings: Mapping[str, object]) -> Conditions:
    """What the model was told, by a recipe's settings; nothing where they do not say."""
    try:
        return Conditions.model_validate(settings.get(NAME, {}))
    except ValidationError:
        return ANYTHING
