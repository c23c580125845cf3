"""The place Library, with real pictures."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from aigc_studio.document import changes
from aigc_studio.document.edits import Edit
from aigc_studio.document.importing import import_files
from aigc_studio.media.encode import encode_bytes
from aigc_studio.ui import translate
from aigc_studio.ui.library.commands import library_commands
from aigc_studio.ui.library.shown import GridItems, matches, shown_assets, title_of
from aigc_studio.ui.library.similar import NearDuplicates
from aigc_studio.ui.places.library import LibraryPlace
from aigc_studio.ui.widgets.flow_grid import MIME_IDS
from tests.cli.conftest import write_picture
from tests.cli.models import write_model
from tests.media.test_similar import picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio


@pytest.fixture
def place(studio: Studio, project: Path, qtbot: QtBot) -> Iterator[LibraryPlace]:
    studio.session.open(project, wait=True)
    made = LibraryPlace(studio)
    studio.commands.add(*library_commands(lambda: made, made.show))
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    qtbot.waitExposed(made)
    yield made
    studio.study.cancel()


def _ids(place: LibraryPlace) -> list[str]:
    return [item.id for item in place.grid.items.items]


def _foxes(studio: Studio) -> str:
    return next(iter(studio.session.project.collections))


def test_all_pictures_then_a_collection(place: LibraryPlace, studio: Studio) -> None:
    assert len(_ids(place)) == 5
    key = _foxes(studio)
    studio.session.do(lambda p: changes.edit_collection(p, key, items=tuple(p.assets)[:2]))
    place.collections.choose(key)
    assert len(_ids(place)) == 2


def test_search_by_words(place: LibraryPlace, studio: Studio, qtbot: QtBot) -> None:
    first = _ids(place)[0]
    studio.session.do(lambda p: changes.set_caption(p, first, "A red Cat", "en"))
    place.search.setText("cat red")
    qtbot.waitUntil(lambda: _ids(place) == [first])
    place.search.setText("nothing of this")
    qtbot.waitUntil(lambda: place.view.shown.currentWidget() is place.view.none)
    asset = studio.session.project.assets[first]
    assert matches(asset, ["cat"])
    assert not matches(asset, ["dog"])


def test_details_are_edits_that_can_be_undone(place: LibraryPlace, studio: Studio) -> None:
    first, second = _ids(place)[:2]
    place.grid.select([first], first)
    field = place.details.fields["zh"]
    field.edit.setText("\u72d0\u72f8")
    field.edit.editingFinished.emit()
    assert studio.session.project.assets[first].captions["zh"] == "\u72d0\u72f8"
    place.grid.select([first, second])
    assert not place.details.fields["name"].isVisible()
    tags = place.details.fields["tags"]
    tags.edit.setText("fox, red ,fox")
    tags.edit.editingFinished.emit()
    assert studio.session.project.assets[second].tags == ("fox", "red")
    studio.session.undo()
    assert studio.session.project.assets[first].tags == ()
    assert studio.session.project.assets[first].captions["zh"] == "\u72d0\u72f8"


def test_delete_removes_and_undo_brings_back(
    place: LibraryPlace, studio: Studio, qtbot: QtBot
) -> None:
    gone = _ids(place)[0]
    place.grid.select([gone], gone)
    place.grid.setFocus()
    with qtbot.waitSignal(place.told):
        QTest.keyClick(place.grid, Qt.Key.Key_Delete)
    assert gone not in _ids(place)
    studio.session.undo()
    assert gone in _ids(place)


def test_pictures_are_called_in_the_language_of_the_window(
    place: LibraryPlace, studio: Studio
) -> None:
    first = _ids(place)[0]
    studio.session.do(lambda p: changes.set_caption(p, first, "\u72d0\u72f8", "zh"))
    studio.session.do(lambda p: changes.set_caption(p, first, "a fox", "en"))
    asset = studio.session.project.assets[first]
    assert title_of(asset) == "a fox"
    translate.speak("zh_CN")
    assert title_of(asset) == "\u72d0\u72f8"


def test_a_close_look_goes_on_with_arrows_and_away_with_space(
    place: LibraryPlace, studio: Studio, qtbot: QtBot
) -> None:
    first, second = _ids(place)[:2]
    place.grid.select([first], first)
    place.grid.setFocus()
    QTest.keyClick(place.grid, Qt.Key.Key_Space)
    assert place.closer.isVisible()
    qtbot.waitUntil(lambda: not place.closer.picture.shown.isNull())
    QTest.keyClick(place.closer, Qt.Key.Key_Right)
    assert place.grid.selected() == [second]
    assert place.closer.words.text() == studio.session.project.assets[second].caption
    QTest.keyClick(place.closer, Qt.Key.Key_Space)
    assert not place.closer.isVisible()


def test_keys_of_the_library_can_be_given_to_other_commands(
    place: LibraryPlace, studio: Studio
) -> None:
    first = _ids(place)[0]
    studio.commands.remap("library.remove", ["Ctrl+Backspace"])
    place.grid.select([first], first)
    place.grid.setFocus()
    QTest.keyClick(place.grid, Qt.Key.Key_Delete)
    assert first in _ids(place)
    QTest.keyClick(place.grid, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    assert first not in _ids(place)


def test_collections_are_made_renamed_filled_and_removed(
    place: LibraryPlace, studio: Studio, qtbot: QtBot
) -> None:
    chosen = _ids(place)[:2]
    place.grid.select(chosen)
    place.deeds.new_collection()
    key = place.collections.choice
    assert studio.session.project.collections[key].items == tuple(chosen)
    editor = place.collections.findChild(QLineEdit)
    assert editor is not None
    editor.setText("reds")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: studio.session.project.collections[key].name == "reds")
    place.collections.currentItem().setText("foxes")  # taken
    qtbot.waitUntil(lambda: place.collections.currentItem().text() == "reds")
    place.deeds.take_out(key)
    place.collections.removal_wanted.emit(key)
    assert key not in studio.session.project.collections


def test_pictures_dropped_on_a_collection(place: LibraryPlace, studio: Studio) -> None:
    studio.session.do(lambda p: changes.add_collection(p, "more"))
    key = list(studio.session.project.collections)[-1]
    mime = QMimeData()
    mime.setData(MIME_IDS, "\n".join(_ids(place)[:3]).encode())
    row = place.collections.visualItemRect(place.collections.item(2)).center()
    event = QDropEvent(
        QPointF(row),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    place.collections.dropEvent(event)
    assert len(studio.session.project.collections[key].items) == 3


def test_files_come_in_with_captions(
    place: LibraryPlace, studio: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "owls"
    for number in range(4):
        write_picture(folder / f"owl-{number}.png", 100 + number)
    (folder / "broken.png").write_bytes(b"\x89PNG nothing")
    (folder / "captions.csv").write_text("file,caption\nowl-1.png,a wise owl\n", encoding="utf-8")
    with qtbot.waitSignals([place.told, studio.importer.ended]):
        assert place.take_files([folder])
    project = studio.session.project
    owls = project.collections[place.collections.choice]
    assert owls.name == "owls"
    assert len(owls.items) == 4
    assert "a wise owl" in {project.assets[item].caption for item in owls.items}
    studio.session.undo()
    assert len(_ids(place)) == 5


def test_an_import_can_be_given_up(
    place: LibraryPlace, studio: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    write_picture(tmp_path / "owl.png", 200)
    place.take_files([tmp_path / "owl.png"])
    assert place.coming.isVisible()
    with qtbot.waitSignal(studio.importer.ended):
        place.coming.cancel.click()
    assert not place.coming.isVisible()
    assert len(studio.session.project.assets) == 5


def test_pictures_go_out_under_their_names(
    place: LibraryPlace,
    studio: Studio,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    first = _ids(place)[0]
    studio.session.do(lambda p: changes.edit_asset(p, first, name="a fox: red?"))
    urls = place.grid.items.mimeData([place.grid.items.index(0)]).urls()
    assert [url.fileName() for url in urls] == ["a fox  red.png"]
    out = tmp_path / "out"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(out))
    place.grid.select([first], first)
    with qtbot.waitSignal(studio.handing_out.ended):
        place.details.export_wanted.emit()
        place.details.export_wanted.emit()
        assert place.going.isVisible()
    assert not place.going.isVisible()
    assert sorted(file.name for file in out.iterdir()) == ["a fox  red 2.png", "a fox  red.png"]


def test_what_takes_long_to_copy_is_ready_for_the_next_drag(
    place: LibraryPlace, studio: Studio, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr("aigc_studio.ui.library.deeds._COPIED_AT_ONCE", 0)
    index = place.grid.items.index(0)
    with qtbot.waitSignal(studio.handing_out.ended):
        assert not place.grid.items.mimeData([index]).urls()
    (url,) = place.grid.items.mimeData([index]).urls()
    assert Path(url.toLocalFile()).is_file()


def test_an_export_can_be_given_up(
    place: LibraryPlace, studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes, went = threading.Event(), threading.Event()

    def copy(source: Path, target: Path) -> None:
        went.set()
        goes.wait(20)
        target.write_bytes(source.read_bytes())

    monkeypatch.setattr("aigc_studio.document.handing.shutil.copyfile", copy)
    assets = list(studio.session.project.assets.values())
    studio.handing_out.start(assets, tmp_path / "out", lambda written: pytest.fail("not all"))
    went.wait(20)
    place.going.cancel.click()
    goes.set()
    assert not studio.handing_out.running
    assert not place.going.isVisible()
    studio.handing_out.close()
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_prepare_tells_what_is_left_out(
    place: LibraryPlace, studio: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    write_picture(tmp_path / "tiny.png", 300, side=4)
    place.collections.choose(_foxes(studio))
    with qtbot.waitSignal(studio.importer.ended):
        place.take_files([tmp_path / "tiny.png"])
    with qtbot.waitSignal(studio.study.done):
        place.show_panel("prepare")
    panel = place.prepare
    assert panel.summary.text().startswith("5 of 6 pictures")
    group = panel.notes.topLevelItem(0)
    assert group is not None
    assert group.text(0) == "Left out: Too small (1)"
    note = group.child(0)
    panel.notes.itemActivated.emit(note, 0)
    assert len(place.grid.selected()) == 1
    panel.fit.setCurrentIndex(panel.fit.findData("crop"))
    with qtbot.waitSignal(studio.study.done):
        panel.fit.activated.emit(panel.fit.currentIndex())
    assert studio.session.project.collections[_foxes(studio)].preparation.fit == "crop"
    assert panel.pairs.isVisible()


def test_all_pictures_stand_in_the_order_of_the_collections(studio: Studio, project: Path) -> None:
    studio.session.open(project, wait=True)
    (foxes,) = studio.session.project.collections.values()
    turned = foxes.model_copy(update={"items": tuple(reversed(foxes.items))})
    project_then = studio.session.project.model_copy(update={"collections": {turned.id: turned}})
    shown = shown_assets(project_then, "", "")
    assert tuple(asset.id for asset in shown) == turned.items


def test_prepare_shows_the_only_collection_there_is(place: LibraryPlace, studio: Studio) -> None:
    place.collections.choose("")
    place.show_panel("prepare")
    assert place.collections.choice == _foxes(studio)
    assert not place.prepare.nothing.isVisible()


def test_items_are_made_anew_only_where_they_differ(studio: Studio, project: Path) -> None:
    studio.session.open(project, wait=True)
    assets, items = list(studio.session.project.assets.values()), GridItems()
    first = items.of(assets, set())
    assert all(a is b for a, b in zip(items.of(assets, set()), first, strict=True))
    again = items.of(assets[::-1], {assets[0].id})
    assert [a is b for a, b in zip(again[::-1], first, strict=True)] == [False] + [True] * (
        len(assets) - 1
    )
    assert again[-1].badge == "warning"
    renamed = assets[1].model_copy(update={"captions": {"en": "owl"}})
    assert items.of([renamed], set())[0].name == "owl"


def test_an_empty_project_says_what_to_do(studio: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    studio.session.create(tmp_path / "New.aigc", wait=True)
    place = LibraryPlace(studio)
    qtbot.addWidget(place)
    place.show()
    assert place.whole.currentWidget() is place.empty


def test_five_thousand_pictures_are_quick(place: LibraryPlace, studio: Studio) -> None:
    from time import perf_counter

    from aigc_studio.document.edits import Change, Edit

    model = next(iter(studio.session.project.assets.values()))
    many = []
    for number in range(5000):
        sha = f"{number:064x}"[::-1]
        fields = {"id": sha[:16], "sha256": sha, "name": f"picture {number}"}
        many.append(changes.revised(model, **fields))
    added = tuple(Change(table="assets", key=asset.id, after=asset) for asset in many)
    studio.session.apply(Edit(label="Many", changes=added))
    begun = perf_counter()
    place._show_items()
    assert perf_counter() - begun < 0.5
    assert len(_ids(place)) == 5005


def test_pictures_stand_as_they_came_by_name_or_the_most_real_first(
    place: LibraryPlace, studio: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    card = write_model(tmp_path / "gan", value=7.0, name="foxes-gan", family="image-gan")
    studio.session.store.adopt_model(tmp_path / "gan")
    order, came = place.view.order, _ids(place)
    assert [words for _, words in order.offered()][2:] == ["Most real first, by foxes-gan"]
    order.choose("name")
    assets = studio.session.project.assets
    names = [title_of(assets[key]) for key in _ids(place)]
    assert names == sorted(names)
    with qtbot.waitSignal(studio.judging.ended, timeout=20_000):
        order.choose(card.model)
    scores = studio.judging.verdicts(card.model)
    wanted = sorted(came, key=lambda key: -scores[key])
    qtbot.waitUntil(lambda: _ids(place) == wanted, timeout=5000)
    assert not place.judged.isVisible()
    order.choose("added")
    assert _ids(place) == came


def test_near_duplicates_leave_the_collection_and_come_back(
    place: LibraryPlace, studio: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    key = _foxes(studio)
    plain = picture(1)
    for number, side in enumerate((64, 50, 40)):
        path = tmp_path / f"again-{number}.png"
        path.write_bytes(encode_bytes(plain.resized(side, side), "png"))
        import_files(studio.session.store, [path], studio.session.project.collections[key].name)
    studio.session.changed.emit(Edit(label="", changes=()))
    before = studio.session.project.collections[key].items
    place.refresh()
    place.collections.choose(key)
    place.find_alike()
    qtbot.waitUntil(lambda: bool(place.findChildren(NearDuplicates)), timeout=20_000)
    dialog = place.findChildren(NearDuplicates)[0]
    assert len(dialog.pictures) == 3
    assert len(dialog.going) == 2
    kept = next(each for each, shown in dialog.pictures.items() if shown.isChecked())
    assert studio.session.project.assets[kept].width == 64
    dialog.pictures[dialog.going[0]].setChecked(True)
    (gone,) = dialog.going
    assert dialog.remove.isEnabled()
    dialog.remove.click()
    left = studio.session.project.collections[key].items
    assert left == tuple(item for item in before if item != gone)
    assert gone in studio.session.project.assets
    studio.session.undo()
    assert studio.session.project.collections[key].items == before


def test_without_near_duplicates_that_is_told(place: LibraryPlace, qtbot: QtBot) -> None:
    told: list[object] = []
    place.told.connect(told.append)
    place.collections.choose("")
    assert place.show_alike(()) is None
    assert "almost the same" in str(told[-1])
