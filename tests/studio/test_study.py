"""A look at a collection as training would see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio


def collection_of(studio: Studio) -> str:
    (key,) = studio.session.project.collections
    return key


def test_pairs_before_and_after(opened: Studio, qtbot: QtBot) -> None:
    key = collection_of(opened)
    with qtbot.waitSignal(opened.study.done, timeout=20_000) as done:
        opened.study.look_at(key)
    (studied,) = done.args or []
    assert studied.collection == key
    assert len(studied.pairs) == 5
    assert all(not pair.before.isNull() and not pair.after.isNull() for pair in studied.pairs)


def test_what_is_asked_last_wins(opened: Studio, qtbot: QtBot) -> None:
    found: list[object] = []
    opened.study.done.connect(found.append)
    for _ in range(3):
        opened.study.look_at(collection_of(opened))
    qtbot.waitUntil(lambda: bool(found), timeout=20_000)
    opened.study.close()
    qtbot.wait(50)
    assert len(found) == 1


def test_what_is_given_up_is_not_told(opened: Studio, qtbot: QtBot) -> None:
    found: list[object] = []
    opened.study.done.connect(found.append)
    opened.study.failed.connect(found.append)
    opened.study.look_at(collection_of(opened))
    opened.study.cancel()
    opened.study.look_at("nothing")
    opened.study.look_at(collection_of(opened))
    opened.session.close()
    qtbot.wait(400)
    assert found == []


def test_broken_pictures_are_left_out(opened: Studio, qtbot: QtBot) -> None:
    asset = next(iter(opened.session.project.assets.values()))
    path: Path = opened.session.store.asset_path(asset)
    path.write_bytes(b"torn")
    with qtbot.waitSignal(opened.study.done, timeout=20_000) as done:
        opened.study.look_at(collection_of(opened))
    (studied,) = done.args or []
    assert [note.asset for note in studied.outlook.left_out] == [asset.id]
    assert len(studied.pairs) == 4
