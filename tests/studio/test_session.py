"""One project at a time: opened, edited, saved, copied and let go."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.document import changes
from aigc_studio.document.store import Store
from tests.document.helpers import add_picture
from tests.studio.helpers import write_project

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio


def rename(studio: Studio, name: str) -> None:
    """Rename the only collection."""
    (key,) = studio.session.project.collections
    assert studio.session.do(lambda project: changes.rename_collection(project, key, name))


def name_of(studio: Studio) -> str:
    (collection,) = studio.session.project.collections.values()
    return collection.name


def test_signals_of_opening_and_closing(studio: Studio, project: Path) -> None:
    heard: list[str] = []
    studio.session.opening.connect(lambda on: heard.append(f"opening {on}"))
    studio.session.opened.connect(lambda: heard.append("opened"))
    studio.session.closed.connect(lambda: heard.append("closed"))
    studio.session.open(project, wait=True)
    studio.session.close()
    assert heard == ["opening True", "opened", "opening False", "closed"]


def test_what_is_no_project_is_told_and_the_open_one_stays(
    opened: Studio, told: list[object], tmp_path: Path
) -> None:
    opened.session.open(tmp_path / "nothing.aigc", wait=True)
    assert isinstance(told[0], StudioError)
    assert opened.session.title == "Foxes"


def test_of_two_opened_quickly_the_last_wins(
    studio: Studio, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    other = write_project(tmp_path / "other")
    busy: list[bool] = []
    studio.session.opening.connect(busy.append)
    for path in (project, other, project, other):
        studio.session.open(path)
    qtbot.waitUntil(lambda: studio.session.is_open and not busy[-1], timeout=20_000)
    assert studio.session.store.folder == other.resolve()
    Store.open(project).close()  # nobody holds it


def test_giving_up_an_opening_never_waits(
    studio: Studio, project: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    gate, slow = threading.Event(), Store.open

    def held(path: Path, **more: object) -> Store:
        assert gate.wait(20)
        return slow(path, purpose="window")

    monkeypatch.setattr(Store, "open", held)
    studio.session.open(project)
    studio.session.open(project)
    assert not gate.is_set()
    gate.set()
    qtbot.waitUntil(lambda: studio.session.is_open, timeout=20_000)


def test_closing_while_a_project_opens_leaves_nobody_holding_it(
    studio: Studio, project: Path
) -> None:
    studio.session.open(project)
    studio.session.close()
    assert not studio.session.is_open
    Store.open(project).close()


def test_unsaved_edits_come_back(opened: Studio, project: Path, told: list[object]) -> None:
    rename(opened, "Owls")
    opened.session.close()
    opened.session.open(project, wait=True)
    assert name_of(opened) == "Owls"
    assert "One unsaved edit of an earlier session was recovered." in told
    rename(opened, "Foxes")
    opened.session.close()
    opened.session.open(project, wait=True)
    assert "2 unsaved edits of an earlier session were recovered." in told


def test_discarded_edits_do_not(opened: Studio, project: Path) -> None:
    rename(opened, "Owls")
    opened.session.close(discard=True)
    opened.session.open(project, wait=True)
    assert name_of(opened) == "foxes"


def test_save_as_goes_on_in_the_copy(opened: Studio, project: Path, tmp_path: Path) -> None:
    rename(opened, "Owls")
    opened.session.save_as(tmp_path / "Copy.aigc", wait=True)
    assert opened.session.title == "Copy"
    rename(opened, "Cats")
    opened.session.save()
    with Store.open(project) as store:
        assert [c.name for c in store.project.collections.values()] == ["Owls"]
        assert store.project.id != opened.session.project.id


def test_what_is_done_while_a_copy_is_made_is_in_the_copy(
    opened: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    session = opened.session
    session.save_as(tmp_path / "Copy.aigc")
    rename(opened, "Cats")
    drawn = add_picture(session.store, 99)
    assert session.title == "Foxes"
    qtbot.waitUntil(lambda: session.title == "Copy")
    assert name_of(opened) == "Cats"
    assert session.store.asset_path(session.project.assets[drawn.id]).is_file()
    assert session.modified
    assert session.save()
    session.undo()
    session.undo()
    assert name_of(opened) == "foxes"


def test_a_copy_that_cannot_take_what_was_done_meanwhile_is_not_gone_on_with(
    opened: Studio,
    told: list[object],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    from aigc_studio.studio import copying

    def full(*_: object) -> None:
        raise StudioError("The disk is full.", kind="disk")

    monkeypatch.setattr(copying, "carry", full)
    opened.session.save_as(tmp_path / "Copy.aigc")
    rename(opened, "Cats")
    qtbot.waitUntil(lambda: bool(told))
    assert opened.session.title == "Foxes"
    assert name_of(opened) == "Cats"
    Store.open(tmp_path / "Copy.aigc").close()


def test_save_as_over_something_is_told_and_touches_nothing(
    opened: Studio, told: list[object], tmp_path: Path
) -> None:
    target = tmp_path / "Copy.aigc"
    target.mkdir()
    opened.session.save_as(target, wait=True)
    assert isinstance(told[0], StudioError)
    assert opened.session.title == "Foxes"
    assert list(target.iterdir()) == []


def test_a_copy_that_broke_off_can_be_made_again(
    opened: Studio, told: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from aigc_studio.studio import copying

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "Copy.aigc"
    with monkeypatch.context() as patch:
        patch.setattr(copying, "link_or_copy", full)
        opened.session.save_as(target, wait=True)
    assert isinstance(told[0], StudioError)
    assert told[0].kind == "disk"
    assert not target.exists()
    opened.session.save_as(target, wait=True)
    assert opened.session.title == "Copy"


def test_a_gesture_is_one_step(opened: Studio) -> None:
    with opened.session.gesture("Rename twice"):
        rename(opened, "Owls")
        rename(opened, "Cats")
    assert opened.session.undo_label == "Rename twice"
    opened.session.undo()
    assert name_of(opened) == "foxes"
    opened.session.redo()
    assert name_of(opened) == "Cats"


def test_an_error_takes_a_gesture_back_and_is_told(opened: Studio, told: list[object]) -> None:
    with opened.session.gesture("Rename"):
        rename(opened, "Owls")
        raise StudioError("It went wrong.")
    assert name_of(opened) == "foxes"
    assert str(told[0]) == "It went wrong."
    assert opened.session.undo_label == ""


def test_a_gesture_without_a_project_is_told(studio: Studio, told: list[object]) -> None:
    with studio.session.gesture("Nothing"):
        assert studio.session.project
    assert isinstance(told[0], StudioError)
    assert told[0].kind == "missing"


def test_a_drag_is_kept_or_given_up(opened: Studio) -> None:
    session = opened.session
    session.begin_gesture("Drag")
    rename(opened, "Owls")
    session.cancel_gesture()
    assert name_of(opened) == "foxes"
    session.begin_gesture("Drag")
    rename(opened, "Owls")
    rename(opened, "Cats")
    session.end_gesture()
    session.undo()
    assert name_of(opened) == "foxes"
    session.end_gesture()
    session.cancel_gesture()


def test_closing_in_the_middle_of_a_drag_keeps_it(opened: Studio, project: Path) -> None:
    opened.session.begin_gesture("Drag")
    rename(opened, "Owls")
    opened.session.close()
    opened.session.open(project, wait=True)
    assert name_of(opened) == "Owls"


def test_without_a_project_everything_is_told_in_words(studio: Studio, told: list[object]) -> None:
    session = studio.session
    session.undo()
    session.redo()
    assert not session.save()
    assert not session.do(lambda project: changes.rename_model(project, "x", "y"))
    session.close()
    assert [error.kind for error in told if isinstance(error, StudioError)] == ["missing"] * 4
    assert (session.title, session.undo_label, session.modified) == ("", "", False)


def test_a_view_hears_of_every_edit_undo_and_redo(opened: Studio) -> None:
    labels: list[str] = []
    opened.session.changed.connect(lambda edit: labels.append(edit.label))
    rename(opened, "Owls")
    opened.session.undo()
    opened.session.redo()
    assert len(labels) == 3


def test_recent_projects_are_remembered(opened: Studio, project: Path) -> None:
    assert [recent.path for recent in opened.settings.values.recent] == [str(project.resolve())]
