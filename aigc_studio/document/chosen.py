"""The model somebody asked for: of the project, or one that ships (`starter:NAME`)."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.families import FAMILIES
from aigc_studio.catalog.latent import Cap
from aigc_studio.document import starter
from aigc_studio.document.adoption import read_card
from aigc_studio.document.bundle import CARD, WEIGHTS
from aigc_studio.document.lookup import find_model
from aigc_studio.jobs.specs import ModelRef

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.catalog.card import ModelCard
    from aigc_studio.document.store import Store

PREFIX = f"{starter.WORD}:"


@dataclass(frozen=True)
class ChosenModel:
    """A model with its files.

    Attributes:
        name: what it is called in the project, or `starter:NAME`.
        folder: holds its weights and its card.
        shipped: it lies in the starter project, not in the artist's.
    """

    ref: ModelRef
    name: str
    folder: Path
    card: ModelCard
    shipped: bool = False

    @property
    def word(self) -> str:
        """What `choose_model` takes for it, whatever else has its name."""
        return self.name if self.shipped else self.ref.id


def choose_model(store: Store, word: str) -> ChosenModel:
    """The model of this name, id or beginning of an id; `starter:NAME` for one that ships.

    Raises:
        StudioError: kind "missing" for none; the message lists those there are.
    """
    if word.startswith(PREFIX):
        return _in(starter.shipped(), word.removeprefix(PREFIX), shipped=True)
    return _in(store, word, shipped=False)


def _in(store: Store, word: str, *, shipped: bool) -> ChosenModel:
    model = find_model(store.project, word)
    folder = store.model_folder(model.id)
    return ChosenModel(
        ref=ModelRef(id=model.id, path=folder / WEIGHTS),
        name=f"{PREFIX}{model.name}" if shipped else model.name,
        folder=folder,
        card=read_card(folder / CARD),
        shipped=shipped,
    )


def able_models(store: Store, needed: Cap) -> list[ChosenModel]:
    """The project's models that can do what is asked, newest first; damaged ones left out."""
    found = []
    for model in store.project.models.values():
        with contextlib.suppress(StudioError):
            chosen = choose_model(store, model.id)
            if needed in abilities(chosen.card):
                found.append(chosen)
    return sorted(found, key=lambda chosen: chosen.card.created, reverse=True)


def abilities(card: ModelCard) -> Cap:
    """What a model can do; nothing when its family is not known here."""
    family = FAMILIES.get(card.family)
    if family is None:
        return Cap(0)
    able = family.caps
    if card.config.get("corruption", "none") == "none":
        able &= ~Cap.DENOISE
    if family.pairs and not card.config.get("rebuild"):
        able &= ~(Cap.ENCODE | Cap.INVERT)
    return able


def require_able(model: ChosenModel, needed: Cap, doing: str) -> None:
    """Refuse a model that cannot do what is asked.

    Args:
        needed: all of these.
        doing: the wish in words, to follow "cannot" ("repair pictures").

    Raises:
        StudioError: kind "input", with what would help.
    """
    if needed in abilities(model.card):
        return
    if model.card.family not in FAMILIES:
        reason = f'its family "{model.card.family}" is not known here'
        todo = "Install a newer version of AIGC Studio, or choose another model."
    elif needed is Cap.UPSCALE:
        reason = f"its family {model.card.family} does not"
        todo = "Choose a model of the family image-upscale, or train one."
    elif needed is Cap.DENOISE:
        reason = "it was not trained to"
        todo = "Train one to repair pictures; on the command line with --set corruption=noise."
    elif needed in FAMILIES[model.card.family].caps:
        reason = "it was not trained to"
        todo = "Train one anew: those of today learn it too."
    else:
        reason = f"its family {model.card.family} does not"
        todo = "Choose another model; `aigc-studio families` tells what each can do."
    raise StudioError(
        f'The model "{model.name}" cannot {doing}: {reason}.', todo=todo, kind="input"
    )
