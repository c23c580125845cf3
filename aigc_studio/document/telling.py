"""What a model is told beside a point: checked against what its card says it can."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import ValidationError

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.conditions import ANYTHING, Conditions
from aigc_studio.catalog.latent import Cap
from aigc_studio.document.chosen import PREFIX, abilities, able_models, choose_model, require_able

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigc_studio.catalog.conditions import Domain
    from aigc_studio.document.chosen import ChosenModel
    from aigc_studio.document.store import Store


def conditions_for(
    model: ChosenModel,
    *,
    words: str = "",
    label: str = "",
    guidance: float | None = None,
    steps: int = 0,
    domain: Domain | None = None,
) -> Conditions:
    """Conditions of what is asked for; `ANYTHING` where nothing is.

    Raises:
        StudioError: kind "input", a model that can be told nothing or has one domain alone, or
            values out of range.
    """
    if domain:
        require_able(model, Cap.PAIR, "show one domain or the other")
    shown = ANYTHING.model_copy(update={"domain": domain}) if domain else ANYTHING
    given = {"words": " ".join(words.split()), "label": label.strip(), "steps": steps}
    wished = {name: value for name, value in given.items() if value}
    if guidance is not None:
        wished["guidance"] = guidance
    if not wished:
        return shown
    require_able(model, Cap.CONDITION, "be told by words what to make")
    try:
        return Conditions.model_validate({**shown.model_dump(), **wished})
    except ValidationError as error:
        first = error.errors()[0]
        raise StudioError(
            f"What the model is told cannot be used: {first['loc'][0]}: {first['msg']}.",
            todo="Use up to 500 characters of words, guidance from 0 to 20, up to 200 steps.",
            kind="input",
        ) from error


def able_model(store: Store, needed: Cap, doing: str) -> ChosenModel:
    """The project's newest model that can do something, else the starter's.

    Raises:
        StudioError: kind "missing", there is none.
    """
    own = able_models(store, needed)
    for model in own or _shipped():
        if needed in abilities(model.card):
            return model
    raise StudioError(
        f"No model of this project can {doing}, nor one that ships.",
        todo="Train one of the family image-flow, or import one.",
        kind="missing",
    )


def _shipped() -> Iterator[ChosenModel]:
    from aigc_studio.document import starter

    with starter.shipped() as shipped:  # opened once, which takes a while
        found = [choose_model(shipped, key) for key in shipped.project.models]
    yield from (replace(each, name=f"{PREFIX}{each.name}", shipped=True) for each in found)
