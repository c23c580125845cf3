"""Models from outside and for outside: folders with weights and card, of our own format."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import disk_errors, link_or_copy, sha256_of
from aigc_studio.catalog.card import ModelCard
from aigc_studio.catalog.families import family
from aigc_studio.catalog.header import read_header
from aigc_studio.document.adoption import install_model, read_card
from aigc_studio.document.bundle import CARD, WEIGHTS
from aigc_studio.document.chosen import ChosenModel
from aigc_studio.document.model import now
from aigc_studio.jobs.specs import ModelRef

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOREIGN = (".pkl", ".pt", ".pth", ".ckpt", ".ts")


@contextlib.contextmanager
def model_source(source: Path, name: str = "") -> Iterator[tuple[Path, str]]:
    """What somebody points at as a model, as a folder to install from, and its name.

    Args:
        source: a folder with weights and card, or the weights alone.
        name: wins over the one that is proposed.

    Raises:
        StudioError: it is not there, or no model of this studio.
    """
    if not source.exists():
        raise StudioError(f"{source} does not exist.", todo="Check the path.", kind="missing")
    if source.is_dir():
        yield source, name
        return
    if source.suffix.lower() in _FOREIGN:
        raise StudioError(
            f"{source.name} is not a model of this studio; such files may run code when opened.",
            kept="It was not opened.",
            todo="Import a folder with weights.safetensors and card.json.",
            kind="hostile",
        )
    with tempfile.TemporaryDirectory(prefix="aigc-model-") as aside:
        # Only the name of the file is wrong: what it says of itself is checked as ever.
        link_or_copy(source, Path(aside) / WEIGHTS)
        card = source.with_name(CARD)
        if source.name == WEIGHTS and card.is_file():
            shutil.copyfile(card, Path(aside) / CARD)
        yield Path(aside), name or source.stem


def install_from(source: Path, models: Path, name: str = "") -> ModelCard:
    """Check a model and bring its files to a bundle's `models`; any thread may do so.

    The project does not know it yet: `changes.add_model` with `adoption.model_of`.

    Raises:
        StudioError: it is no model of this studio, or the disk refuses.
    """
    with model_source(source, name) as (folder, chosen):
        return install_model(folder, models, name=chosen)


def snapshot_model(weights: Path, model_id: str, name: str) -> ChosenModel:
    """Weights that a run left to play with, as a model outside the project.

    Raises:
        StudioError: they are not there any more, or not what they claim.
    """
    header = read_header(weights)
    card = ModelCard(
        model=model_id,
        name=name,
        family=header.family,
        modality=family(header.family).modality,
        config=header.config,
        created=now(),
    )
    return ChosenModel(ModelRef(id=model_id, path=weights), name, weights.parent, card)


def export_model(folder: Path, out: Path) -> list[Path]:
    """Copy a model's weights and card to a folder of their own.

    Args:
        folder: of the model.
        out: made when it is not there.

    Returns:
        The files that were written.

    Raises:
        StudioError: there is a model already, or the disk refuses.
    """
    files = [out / WEIGHTS, out / CARD]
    if any(file.exists() for file in files):
        raise StudioError(
            f"{out} holds a model already.",
            kept="It was not touched.",
            todo="Choose another folder.",
            kind="input",
        )
    with disk_errors(out, kept="The project is unchanged."):
        out.mkdir(parents=True, exist_ok=True)
        for file in files:
            shutil.copyfile(folder / file.name, file)
    return files


def check_model(folder: Path, model_id: str) -> None:
    """Read a model to its last byte.

    Raises:
        StudioError: its weights or its card are not what they were.
    """
    card = read_card(folder / CARD)
    with disk_errors(folder):
        found = sha256_of(folder / WEIGHTS)
    if found != model_id or card.model != model_id:
        raise StudioError(
            f"The weights in {folder} were altered.",
            kept="Nothing was changed.",
            todo="Import the model again, or take it from a copy of the project.",
            kind="failed",
        )
