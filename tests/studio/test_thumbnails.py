"""Thumbnails: bounded, the last asked for first, none for what cannot be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.document import changes
from aigc_studio.studio import thumbnails
from aigc_studio.studio.thumbnails import thumbnail
from tests.cli.conftest import write_picture

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio


def made(studio: Studio, qtbot: QtBot, asset: str, side: int = 16) -> QImage:
    """Ask for a thumbnail and wait for it."""
    found = studio.thumbnails.want(asset, side)
    if found is None:
        with qtbot.waitSignal(studio.thumbnails.ready, timeout=20_000) as ready:
            pass
        assert (ready.args or [])[:2] == [asset, side]
        found = studio.thumbnails.want(asset, side)
    assert found is not None
    return found


def test_it_fits_and_is_never_enlarged(tmp_path: Path) -> None:
    file = write_picture(tmp_path / "fox.png", side=40)
    assert thumbnail(file, 16).width() == 16
    assert thumbnail(file, 400).width() == 40


def test_it_is_made_once_and_kept(opened: Studio, qtbot: QtBot) -> None:
    asset = next(iter(opened.session.project.assets))
    first = made(opened, qtbot, asset)
    assert opened.thumbnails.want(asset, 16) is first


def test_a_broken_picture_has_none(opened: Studio, qtbot: QtBot) -> None:
    asset = next(iter(opened.session.project.assets.values()))
    opened.session.store.asset_path(asset).write_bytes(b"torn")
    assert made(opened, qtbot, asset.id).isNull()


def test_what_is_not_in_the_project_is_not_asked_for(opened: Studio) -> None:
    assert opened.thumbnails.want("nothing", 16) is None
    opened.thumbnails.cancel("nothing", 16)


def test_only_so_much_is_kept(
    opened: Studio, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thumbnails, "KEPT_BYTES", 2 * 16 * 16 * 4)
    assets = list(opened.session.project.assets)
    for asset in assets:
        made(opened, qtbot, asset)
    assert opened.thumbnails.want(assets[-1], 16) is not None
    assert opened.thumbnails.want(assets[-2], 16) is not None
    assert opened.thumbnails.want(assets[0], 16) is None


def test_a_removed_picture_is_forgotten(opened: Studio, qtbot: QtBot) -> None:
    asset = next(iter(opened.session.project.assets))
    made(opened, qtbot, asset)
    assert opened.session.do(lambda project: changes.remove_assets(project, [asset]))
    assert opened.thumbnails.want(asset, 16) is None


def test_what_is_removed_while_it_is_made_is_not_kept(opened: Studio, qtbot: QtBot) -> None:
    asset = next(iter(opened.session.project.assets))
    with qtbot.waitSignal(opened.thumbnails.ready, timeout=20_000):
        opened.thumbnails.want(asset, 16)
        assert opened.session.do(lambda project: changes.remove_assets(project, [asset]))
    opened.session.undo()
    assert opened.thumbnails.want(asset, 16) is None


def test_what_was_asked_for_another_project_does_not_arrive(opened: Studio, qtbot: QtBot) -> None:
    heard: list[str] = []
    opened.thumbnails.ready.connect(lambda asset, _side, _picture: heard.append(asset))
    for asset in opened.session.project.assets:
        opened.thumbnails.want(asset, 16)
    opened.session.close()
    qtbot.wait(200)
    assert heard == []
