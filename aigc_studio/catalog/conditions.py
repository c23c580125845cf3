"""What a model is told beside the latent point: words, a label, how strictly; which domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field, JsonValue, ValidationError

from aigc_studio.base.frozen import Frozen
from aigc_studio.catalog.latent import Cap

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "conditions"  # what a recipe's settings call them
_DOMAIN = "domain"
Domain = Literal["first", "second", "both"]
# What is taken into account, by what a model can do.
_HEARD: Mapping[Cap, frozenset[str]] = {
    Cap.CONDITION: frozenset({"words", "label", "guidance", "steps"}),
    Cap.PAIR: frozenset({_DOMAIN}),
}


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

    def heard(self, able: Cap) -> Conditions:
        """What a model that can do so much takes into account of it."""
        return ANYTHING.retold(self, able)

    def retold(self, told: Conditions, able: Cap) -> Conditions:
        """This with what such a model takes into account of `told`; the rest stays."""
        return self.model_copy(update={name: getattr(told, name) for name in _heard_by(able)})

    def noted(self, able: Cap) -> dict[str, JsonValue]:
        """As settings of a recipe for a model of such abilities, which `told_in` reads.

        A domain is noted even where both are shown, so that a recipe names what it shows.
        """
        heard = self.heard(able)
        if heard == ANYTHING and Cap.PAIR not in able:
            return {}
        return {NAME: heard.model_dump(mode="json", include=set(_heard_by(able)))}


ANYTHING = Conditions()


def _heard_by(able: Cap) -> frozenset[str]:
    return frozenset().union(*(names for cap, names in _HEARD.items() if cap in able))


def told_in(settings: Mapping[str, object]) -> Conditions:
    """What the model was told, by a recipe's settings; nothing where they do not say.

    Older recipes name the domain among the settings themselves, and it holds there.
    """
    found = settings.get(NAME, {})
    if _DOMAIN in settings and isinstance(found, dict):
        found = {**found, _DOMAIN: settings[_DOMAIN]}
    try:
        return Conditions.model_validate(found)
    except ValidationError:
        return ANYTHING
