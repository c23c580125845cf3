"""Models come in: weights checked, hashed, copied aside, renamed to their id, then noted."""

from __future__ import annotations

import os
import secrets
import shutil
from typing import TYPE_CHECKING

from pydantic import ValidationError

from aigc_studio.base import strict_json
from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import (
    ASIDE,
    disk_errors,
    link_or_copy,
    sha256_of,
    sync_folder,
    write_atomic,
)
from aigc_studio.base.locks import is_held
from aigc_studio.base.log import topic
from aigc_studio.catalog.card import ModelCard
from aigc_studio.catalog.families import FAMILIES
from aigc_studio.catalog.header import Header, read_header
from aigc_studio.document import changes
from aigc_studio.document.bundle import CARD, LOCK, WEIGHTS, read_bytes
from aigc_studio.document.model import Model, now

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.document.store import Store

log = topic("adoption")
MAX_CARD = 16 << 20
ADOPTED = "adopted"
RUN_MODEL = "model"


def install_model(source: Path, models: Path, *, name: str = "", link: bool = False) -> ModelCard:
    """Bring the weights and card of `source` to `models/<id>`, whole or not at all.

    Args:
        source: folder with `weights.safetensors` and, of a known family optionally, `card.json`.
        models: the bundle's folder of models.
        name: replaces the name on the card when given.
        link: hard-link the weights where the file system can; only for files that nobody
            will ever write to again.

    Returns:
        The card as it was written.

    Raises:
        StudioError: the weights or the card are not what they claim, or the disk refuses.
    """
    header = read_header(source / WEIGHTS)
    model_id = sha256_of(source / WEIGHTS)
    card = _card_for(source, header, model_id, name)
    target = models / model_id
    if not is_whole(target):
        with disk_errors(target, kept="The project was not changed."):
            _place(source / WEIGHTS, card, target, link=link)
    return card


def is_whole(folder: Path) -> bool:
    """Whether a model's folder holds both its files."""
    return (folder / WEIGHTS).is_file() and (folder / CARD).is_file()


def read_card(file: Path) -> ModelCard:
    """Read a card strictly.

    Raises:
        StudioError: it is missing, or not a card.
    """
    raw = read_bytes(file, MAX_CARD)
    strict_json.loads(raw, file.name, max_bytes=MAX_CARD)
    try:
        return ModelCard.model_validate_json(raw, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise StudioError(
            f"The card {file} is not valid ({place}: {first['msg']}).",
            todo="Use a copy from a source you trust.",
            kind="hostile",
        ) from error


def _card_for(source: Path, header: Header, model_id: str, name: str) -> ModelCard:
    if (source / CARD).is_file():
        card = read_card(source / CARD)
    else:
        card = _plain_card(header, model_id, name or source.name)
    if card.family != header.family or card.config != header.config:
        raise StudioError(
            f"The card in {source} belongs to other weights.",
            kept="The project was not changed.",
            todo="Put the card beside the weights that it came with.",
            kind="hostile",
        )
    return card.model_copy(update={"model": model_id, "name": name or card.name})


def _plain_card(header: Header, model_id: str, name: str) -> ModelCard:
    family = FAMILIES.get(header.family)
    if family is None:
        raise StudioError(
            f'The family "{header.family}" is not known here, and there is no {CARD}.',
            todo="Import the model together with its card.",
            kind="input",
        )
    return ModelCard(
        model=model_id,
        name=name,
        family=header.family,
        modality=family.modality,
        config=header.config,
        created=now(),
    )


def _place(weights: Path, card: ModelCard, target: Path, *, link: bool) -> None:
    aside = target.with_name(f"{ASIDE}{secrets.token_hex(8)}")
    aside.mkdir(parents=True)
    try:
        (link_or_copy if link else shutil.copyfile)(weights, aside / WEIGHTS)
        _sync(aside / WEIGHTS)
        write_atomic(aside / CARD, card.model_dump_json(indent=2).encode())
        if target.exists():
            shutil.rmtree(target)  # not whole, or this would not be asked for
        aside.rename(target)
        sync_folder(target.parent)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def model_of(card: ModelCard, name: str = "") -> Model:
    """The project's entry for a card.

    Raises:
        StudioError: a field of the card cannot stand in a project.
    """
    return changes.made(
        Model,
        id=card.model,
        name=name or card.name,
        family=card.family,
        modality=card.modality,
        created=card.created or now(),
        parent=card.parent,
    )


def adopt_run(store: Store, run: Path, name: str = "") -> Model | None:
    """Take in the finished model of one run; its marker is written at the next save.

    Returns:
        The model, or None when the run has none, has been adopted or is still going on.
    """
    source = run / RUN_MODEL
    if not is_whole(source) or (run / ADOPTED).exists() or is_held(run / LOCK):
        return None
    model = store.adopt_model(source, name, link=True)
    store.after_save(lambda: _mark(run / ADOPTED, model.id))
    return model


def _mark(marker: Path, model_id: str) -> None:
    # After the commit, so that a crash in between adopts once more instead of never.
    with disk_errors(marker):
        write_atomic(marker, model_id.encode(), durable=False)


def adopt_finished_runs(store: Store) -> list[Model]:
    """Take in what runs finished while nobody held the project; a broken one is passed over."""
    adopted = []
    for run in sorted(store.runs_folder.iterdir()) if store.runs_folder.is_dir() else ():
        try:
            model = adopt_run(store, run)
        except StudioError as error:
            log.warning("the model of run %s was not adopted: %s", run.name, error)
            continue
        if model is not None:
            adopted.append(model)
    return adopted
