"""Copies of the starter: two for two windows, kept through a crash, swept when let go."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.document import changes, starter, starter_copies
from aigc_studio.document.store import Store
from aigc_studio.jobs.runs import RunFolder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project as if it were the one that ships."""
    folder = tmp_path / "resources" / "starter" / "project" / "Starter.aigc"
    folder.parent.mkdir(parents=True)
    Store.create(folder, "Starter").close()
    monkeypatch.setattr("aigc_studio.document.starter.resources", lambda: tmp_path / "resources")
    monkeypatch.setattr(starter_copies, "user_data", lambda: tmp_path)
    return folder


@pytest.fixture
def store(shipped: Path) -> Store:
    """An open copy; each test closes it in its own way."""
    return starter_copies.open_fresh("window")


def rename(store: Store) -> None:
    """Make something."""
    store.apply(changes.add_collection(store.project, "mine"))


def homes(tmp_path: Path) -> list[str]:
    return [path.name for path in (tmp_path / "starters").iterdir() if path.is_dir()]


def test_two_windows_get_two_copies(store: Store, tmp_path: Path) -> None:
    with store, starter_copies.open_fresh("window") as other:
        assert store.folder != other.folder
        starter_copies.sweep()
        assert len(homes(tmp_path)) == 2
        assert all(starter_copies.is_copy(each.folder) for each in (store, other))


def test_other_projects_are_no_copies(shipped: Path, tmp_path: Path) -> None:
    assert not starter_copies.is_copy(shipped)
    assert not starter_copies.is_copy(tmp_path / "starters" / "Starter.aigc")


def test_what_a_crash_left_is_found_and_stays(store: Store, tmp_path: Path) -> None:
    rename(store)
    assert starter_copies.left() == []  # it is open
    store.close()
    (left,) = starter_copies.left()
    assert (left.folder, left.unsaved) == (store.folder, 1)
    with Store.open(left.folder) as again:
        assert again.recovered == 1
        again.save()
    (saved,) = starter_copies.left()
    assert saved.unsaved == 0
    assert saved.changed >= left.changed


def test_untouched_copies_are_swept(store: Store, tmp_path: Path) -> None:
    store.close()
    assert starter_copies.left() == []
    assert homes(tmp_path) == []


def test_a_training_run_is_something(store: Store, tmp_path: Path) -> None:
    with store:
        (store.runs_folder / "run").mkdir()
    assert [left.folder for left in starter_copies.left()] == [store.folder]


def test_what_was_let_go_is_swept_once_its_training_has_ended(store: Store, tmp_path: Path) -> None:
    with store:
        rename(store)
        run = store.runs_folder / "run"
        run.mkdir()
        with pytest.raises(StudioError, match="in use"):
            starter_copies.let_go(store.folder)
    starter_copies.let_go(store.folder)
    with RunFolder(run).lock():
        assert starter_copies.left() == []
        assert len(homes(tmp_path)) == 1
    starter_copies.sweep()
    assert homes(tmp_path) == []


def test_half_a_copy_is_swept(store: Store, tmp_path: Path) -> None:
    store.close()
    (store.folder.parent / "origin").unlink()
    (store.folder / "manifest.json").unlink()
    starter_copies.sweep()
    assert homes(tmp_path) == []


def test_a_sweep_that_was_killed_is_finished_by_the_next(store: Store, tmp_path: Path) -> None:
    rename(store)
    store.close()
    home = store.folder.parent
    home.rename(home.with_name(f".part-{home.name}"))
    assert starter_copies.left() == []
    assert homes(tmp_path) == []


def test_nothing_is_swept_while_another_window_makes_a_copy(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    during: list[int] = []
    copy_to = starter.copy_to

    def copying(home: Path) -> Path:
        made = copy_to(home)
        starter_copies.sweep()
        during.append(len(homes(tmp_path)))
        return made

    monkeypatch.setattr(starter, "copy_to", copying)
    starter_copies.open_fresh("window").close()
    assert during == [2]


def test_a_starter_that_is_not_installed_is_told(shipped: Path, tmp_path: Path) -> None:
    shutil.rmtree(shipped)
    with pytest.raises(StudioError, match="not installed"):
        starter_copies.open_fresh("window")
    starter_copies.sweep()
    assert homes(tmp_path) == []
