"""Files that come in: read aside, taken in as one step, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.document import changes
from tests.cli.conftest import write_picture

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.document.importing import ImportReport
    from aigc_studio.studio.studio import Studio


@pytest.fixture
def owls(tmp_path: Path) -> Path:
    """A folder with three pictures, one of them deeper, and two files that are none."""
    folder = tmp_path / "owls"
    for number, place in enumerate(("a.png", "b.png", "deep/c.png")):
        write_picture(folder / place, 100 + number)
    (folder / "torn.png").write_bytes((folder / "a.png").read_bytes()[:60])
    (folder / "empty.jpg").touch()
    return folder


def bring(studio: Studio, qtbot: QtBot, *paths: Path, collection: str = "owls") -> ImportReport:
    """Import and wait for the report."""
    with qtbot.waitSignal(studio.importer.done, timeout=20_000) as done:
        studio.importer.start(paths, collection)
    report: ImportReport = (done.args or [])[0]
    return report


def test_broken_files_are_named_and_the_others_come_in(
    opened: Studio, owls: Path, qtbot: QtBot
) -> None:
    report = bring(opened, qtbot, owls)
    assert len(report.added) == 3
    assert sorted(finding.path.name for finding in report.left_out) == ["empty.jpg", "torn.png"]
    assert not opened.importer.running


def test_an_import_is_one_step(opened: Studio, owls: Path, qtbot: QtBot) -> None:
    before = opened.session.project
    bring(opened, qtbot, owls)
    opened.session.undo()
    assert opened.session.project == before
    opened.session.redo()
    assert len(opened.session.project.assets) == 8


def test_the_same_again_brings_nothing_new(opened: Studio, owls: Path, qtbot: QtBot) -> None:
    bring(opened, qtbot, owls)
    report = bring(opened, qtbot, owls)
    assert report.added == ()
    assert len(report.already_there) == 3
    assert len(opened.session.project.collections) == 2


def test_imports_wait_for_one_another(opened: Studio, owls: Path, qtbot: QtBot) -> None:
    ended: list[int] = []
    opened.importer.ended.connect(lambda: ended.append(1))
    opened.importer.start([owls / "a.png"], "one")
    opened.importer.start([owls / "b.png"], "two")
    qtbot.waitUntil(lambda: len(ended) == 2, timeout=20_000)
    names = {each.name: len(each.items) for each in opened.session.project.collections.values()}
    assert names == {"foxes": 5, "one": 1, "two": 1}


def test_what_is_given_up_leaves_nothing(opened: Studio, owls: Path) -> None:
    before = opened.session.project
    opened.importer.start([owls], "owls")
    opened.importer.start([owls], "more")
    opened.importer.cancel()
    assert not opened.importer.running
    opened.importer.close()
    assert opened.session.project == before


def test_closing_the_project_gives_up(opened: Studio, owls: Path, project: Path) -> None:
    opened.importer.start([owls], "owls")
    opened.session.close()
    assert not opened.importer.running
    opened.session.open(project, wait=True)
    assert len(opened.session.project.assets) == 5


def test_what_is_not_there_is_told(
    opened: Studio, told: list[object], tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(opened.importer.ended, timeout=20_000):
        opened.importer.start([tmp_path / "nothing"], "owls")
    assert any(isinstance(each, StudioError) for each in told)
    assert len(opened.session.project.collections) == 1


def test_another_look_comes_in_as_one_step(opened: Studio, qtbot: QtBot) -> None:
    before = opened.session.project
    (foxes,) = before.collections.values()
    with qtbot.waitSignal(opened.importer.done, timeout=20_000) as done:
        assert opened.importer.derive(foxes, "outline") == "foxes outline"
    report: ImportReport = (done.args or [])[0]
    assert len(report.added) == 5
    assert all("outline" in asset.tags for asset in report.added)
    opened.session.undo()
    assert opened.session.project == before


def test_a_look_that_is_given_up_leaves_nothing(opened: Studio) -> None:
    before = opened.session.project
    (foxes,) = before.collections.values()
    assert opened.importer.derive(foxes, "outline")
    opened.importer.cancel()
    assert not opened.importer.running
    assert opened.session.project == before


def test_a_look_of_nothing_is_told(opened: Studio, told: list[object]) -> None:
    opened.session.do(lambda project: changes.add_collection(project, "none"))
    empty = list(opened.session.project.collections.values())[-1]
    assert opened.importer.derive(empty, "outline") == ""
    assert isinstance(told[0], StudioError)
