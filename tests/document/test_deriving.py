"""Another look of a collection, which collection is of which, and what is proposed as a pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.families import family
from aigc_studio.catalog.latent import Modality
from aigc_studio.document import changes
from aigc_studio.document.deriving import derivation, derive, derived_from, original_of
from aigc_studio.document.importing import import_files
from aigc_studio.document.learned_from import fitting_seconds, usual_second
from aigc_studio.document.store import Store
from tests.cli.conftest import write_picture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aigc_studio.document.model import Collection

PAIRS = family("cogan")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Four pictures in "foxes"."""
    for number in range(4):
        write_picture(tmp_path / "pictures" / f"fox {number}.png", number)
    with Store.create(tmp_path / "P.aigc", author="Ada") as store:
        import_files(store, [tmp_path / "pictures"], "foxes")
        yield store


def named(store: Store, name: str) -> Collection:
    return next(each for each in store.project.collections.values() if each.name == name)


def add(store: Store, name: str, count: int = 2, modality: Modality = Modality.IMAGE) -> Collection:
    items = named(store, "foxes").items[:count]
    store.apply(changes.add_collection(store.project, name, items, modality=modality))
    return named(store, name)


def test_a_collection_knows_its_other_look_by_any_name(store: Store) -> None:
    foxes = named(store, "foxes")
    add(store, "owls")
    assert derived_from(store.project, foxes) is None
    lines = derive(store, foxes, "outline", "lines").collection
    assert lines is not None
    assert derived_from(store.project, foxes) == lines
    assert original_of(store.project, lines) == foxes
    assert original_of(store.project, foxes) is None
    assert derived_from(store.project, lines) is None


def test_a_lost_file_costs_its_own_picture(store: Store) -> None:
    foxes = named(store, "foxes")
    store.save()
    store.asset_path(store.project.assets[foxes.items[1]]).unlink()
    report = derive(store, foxes, "outline")
    assert len(report.added) == 3
    assert len(report.left_out) == 1


def test_what_holds_no_pictures_has_no_other_look(store: Store) -> None:
    for made in (add(store, "empty", 0), add(store, "sounds", 0, Modality.AUDIO)):
        with pytest.raises(StudioError, match="holds no pictures"):
            derivation(store, made, "outline")


def test_what_is_proposed_as_a_pair(store: Store) -> None:
    foxes = named(store, "foxes")
    add(store, "empty", 0)
    add(store, "sounds", 0, Modality.AUDIO)
    assert fitting_seconds(store.project, PAIRS, foxes) == []
    assert usual_second(store.project, PAIRS, foxes) is None
    add(store, "owls")
    assert usual_second(store.project, PAIRS, foxes) is None  # owls are no look of foxes
    add(store, "bears")
    assert usual_second(store.project, PAIRS, foxes) is None
    lines = derive(store, foxes, "outline").collection
    assert lines is not None
    assert usual_second(store.project, PAIRS, foxes) == lines
    assert usual_second(store.project, PAIRS, lines) == foxes
