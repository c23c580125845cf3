"""The store: create, edit, save, close, open again; locks, reading only, adoption, sweeping."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.base.locks import Lock
from aigc_studio.document import adoption, bundle, changes, lookup
from aigc_studio.document.manifest import MANIFEST
from aigc_studio.document.store import Store
from tests.document.helpers import add_picture, png, sha, write_model

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the project of a test lies."""
    return tmp_path / "foxes.aigc"


def test_what_is_saved_is_there_again(folder: Path) -> None:
    with Store.create(folder, author="Ada", rights="CC0") as store:
        asset = add_picture(store, 1, captions={"en": "a fox", "zh": "狐"})
        store.apply(changes.add_collection(store.project, "foxes", [asset.id]))
        assert store.modified
        store.save()
        assert not store.modified
        saved = store.project
    with Store.open(folder) as store:
        assert store.project == saved
        assert (store.project.name, store.project.author) == ("foxes", "Ada")
        assert store.asset_path(asset).read_bytes() == png(1)
        assert store.project.assets[asset.id].caption == "a fox"
        assert (store.recovered, store.missing, store.modified) == (0, (), False)


def test_equal_projects_have_equal_manifests(folder: Path) -> None:
    with Store.create(folder) as store:
        add_picture(store, 1)
        add_picture(store, 2)
        store.save()
        before = (folder / MANIFEST).read_bytes()
        first = sorted(store.project.assets)[0]
        store.apply(changes.remove_assets(store.project, {first}))
        store.undo()
        store.save()
    assert (folder / MANIFEST).read_bytes() == before


def test_what_the_serialiser_remembers_is_what_it_would_write(folder: Path) -> None:
    remembering = bundle.Serialiser()
    with Store.create(folder, "«名»") as store:
        for number in range(4):
            asset = add_picture(store, number)
            remembering.as_bytes(store.project)
            store.apply(changes.set_caption(store.project, asset.id, 'say "fox"\\', "zh"))
            raw = remembering.as_bytes(store.project)
            assert raw == bundle.Serialiser().as_bytes(store.project)
            assert bundle.parse(raw) == store.project


def test_a_save_that_was_prepared_writes_what_is_there_now(folder: Path) -> None:
    with Store.create(folder) as store:
        asset = add_picture(store, 1)
        store.prepare_save()
        store.apply(changes.set_caption(store.project, asset.id, "fox", "en"))
        store.save()
        project = store.project
    with Store.open(folder) as store:
        assert store.project == project


def test_unsaved_edits_are_recovered_and_can_be_undone(folder: Path) -> None:
    with Store.create(folder) as store:
        asset = add_picture(store, 1)
        store.apply(changes.set_caption(store.project, asset.id, "a fox"))
        unsaved = store.project
    with Store.open(folder) as store:
        assert store.recovered == 2
        assert store.project == unsaved
        assert store.asset_path(asset).is_file()
        assert store.modified
        store.undo()
        assert store.project.assets[asset.id].captions == {}
        assert store.undo() is not None
        assert store.undo() is None
        assert store.project.assets == {}
    with Store.open(folder) as store:
        assert store.recovered == 4  # the two undos are edits as well
        assert store.project.assets == {}


def test_discarded_edits_do_not_come_back(folder: Path) -> None:
    store = Store.create(folder)
    add_picture(store, 1)
    store.close(discard=True)
    with Store.open(folder) as again:
        assert (again.recovered, again.project.assets) == (0, {})
        assert list((folder / bundle.ASSETS).iterdir()) == []


def broken_gesture(store: Store, asset_id: str) -> None:
    """A gesture whose second edit cannot be done."""
    with store.gesture("broken"):
        store.apply(changes.set_caption(store.project, asset_id, "x"))
        store.apply(changes.set_caption(store.project, "nowhere", "y"))


def test_a_gesture_is_one_step_and_a_failed_one_leaves_nothing(folder: Path) -> None:
    with Store.create(folder) as store:
        asset = add_picture(store, 1)
        with store.gesture("type"), store.gesture("inner"):
            for words in ("a", "ab", "abc"):
                store.apply(changes.set_caption(store.project, asset.id, words))
        assert store.history.undo_label == "type"
        before = store.project
        with pytest.raises(StudioError, match="There is no"):
            broken_gesture(store, asset.id)
        assert store.project == before
        store.undo()
        assert store.project.assets[asset.id].caption == ""
    with Store.open(folder) as store:
        assert store.project.assets[asset.id].caption == ""


def test_changes_are_told(folder: Path) -> None:
    told = []
    with Store.create(folder) as store:
        store.on_changed = lambda edit: told.append(edit.label)
        add_picture(store, 1)
        store.undo()
    assert told == ['Add "picture 1"'] * 2


def test_the_second_process_is_told_who_holds_the_project(folder: Path) -> None:
    with Store.create(folder, purpose="window") as store:
        add_picture(store, 1)
        store.save()
        code = (
            "import sys; from pathlib import Path\n"
            "from aigc_studio.document.store import Store\n"
            "from aigc_studio.base.errors import StudioError\n"
            "try: Store.open(Path(sys.argv[1]))\n"
            "except StudioError as error: print(error.kind, error)\n"
            "with Store.open(Path(sys.argv[1]), read_only=True) as seen:\n"
            "    print(len(seen.project.assets))\n"
        )
        out = subprocess.run(
            [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True
        ).stdout.splitlines()
        assert out[0].startswith("busy")
        assert "window (process" in out[0]
        assert out[1] == "1"
        store.apply(changes.set_project(store.project, name="mine"))
        store.save()
    assert bundle.read_manifest(folder)[0].name == "mine"


def test_reading_only_writes_nothing(folder: Path) -> None:
    with Store.create(folder) as store:
        add_picture(store, 1)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    with Store.open(folder, read_only=True) as store:
        assert store.project.assets == {}  # the last saved state
        with pytest.raises(StudioError, match="reading only"):
            store.apply(changes.set_project(store.project, name="x"))
        with pytest.raises(StudioError, match="reading only"):
            store.save()
        with pytest.raises(StudioError, match="reading only"):
            store.add_payload(b"x", "png")
    assert before == {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_only_what_nobody_needs_is_swept_at_open(folder: Path) -> None:
    with Store.create(folder) as store:
        kept, dropped, journaled = (add_picture(store, number) for number in range(3))
        store.apply(changes.remove_assets(store.project, {journaled.id}))
        store.save()
        store.undo()  # journaled is only in the journal now
        store.apply(changes.remove_assets(store.project, {dropped.id}))
    run = folder / "runs" / "r1"
    run.mkdir(parents=True)
    trained_on, _ = sha("trained"), (folder / "assets" / f"{sha('trained')}.png").write_bytes(b"t")
    (run / "spec.json").write_text(json.dumps({"deep": [{"path": f"assets/{trained_on}.png"}]}))
    for stray in ("assets/.part-1", ".part-2.json", f"assets/{sha('stray')}.png"):
        (folder / stray).write_bytes(b"x")
    (folder / "models" / sha("gone")).mkdir()
    (folder / "assets" / "notes.txt").write_text("not ours")
    with Store.open(folder) as store:
        names = {path.name for path in (folder / "assets").iterdir()}
        # "dropped" is named by the journal's own edit, so that undo finds it again.
        wanted = {asset.file_name for asset in (kept, dropped, journaled)}
        assert names == {*wanted, f"{trained_on}.png", "notes.txt"}
        assert not (folder / ".part-2.json").exists()
        assert list((folder / "models").iterdir()) == []
        store.save()
    Store.open(folder).close()
    assert not (folder / "assets" / dropped.file_name).exists()


def test_a_missing_payload_is_told_and_fatal_only_where_needed(folder: Path) -> None:
    with Store.create(folder) as store:
        asset = add_picture(store, 1)
        store.save()
    (folder / "assets" / asset.file_name).unlink()
    with Store.open(folder) as store:
        assert store.missing == (asset.id,)
        with pytest.raises(StudioError, match="is missing"):
            store.asset_path(asset)


def test_models_are_adopted_once_under_a_free_name(folder: Path, tmp_path: Path) -> None:
    card = write_model(tmp_path / "a")
    other = write_model(tmp_path / "b", value=2.0)
    with Store.create(folder) as store:
        assert store.adopt_model(tmp_path / "a").id == card.model
        assert store.adopt_model(tmp_path / "a", "again").name == "my foxes"
        assert store.adopt_model(tmp_path / "b").name == "my foxes 2"
        assert store.modified
        assert store.undo() is None
        store.save()
        assert adoption.read_card(store.model_folder(other.model) / "card.json").name == "my foxes"
        found = lookup.find_model(store.project, other.model[:8])
        assert found == lookup.find_model(store.project, "my foxes 2")
        with pytest.raises(StudioError, match="missing"):
            store.model_folder(sha("nowhere"))


def test_weights_that_are_not_theirs_are_refused(folder: Path, tmp_path: Path) -> None:
    write_model(tmp_path / "a")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "weights.safetensors").write_bytes(b"\x80\x04pickle!" * 9)
    write_model(tmp_path / "c", family="other")
    (tmp_path / "a" / "card.json").write_bytes((tmp_path / "c" / "card.json").read_bytes())
    with Store.create(folder) as store:
        for name in ("a", "b"):
            with pytest.raises(StudioError) as caught:
                store.adopt_model(tmp_path / name)
            assert caught.value.kind == "hostile"
        assert store.project.models == {}


def test_a_model_without_a_card_needs_a_known_family(folder: Path, tmp_path: Path) -> None:
    for name, family in (("known", "image-vae"), ("unknown", "someday-gan")):
        write_model(tmp_path / name, family=family)
        (tmp_path / name / "card.json").unlink()
    with Store.create(folder) as store:
        assert store.adopt_model(tmp_path / "known").name == "known"
        with pytest.raises(StudioError, match="not known here"):
            store.adopt_model(tmp_path / "unknown")


def test_finished_runs_are_adopted_at_open(folder: Path) -> None:
    Store.create(folder).close()
    runs = folder / "runs"
    card = write_model(runs / "done" / "model")
    write_model(runs / "going on" / "model", value=2.0)
    (runs / "broken" / "model").mkdir(parents=True)
    for name in ("weights.safetensors", "card.json"):
        (runs / "broken" / "model" / name).write_bytes(b"junk")
    with Lock(runs / "going on" / "lock", "training worker"), Store.open(folder) as store:
        assert [model.id for model in store.adopted] == [card.model]
        assert not store.modified
        assert (runs / "done" / "adopted").is_file()
        store.apply(changes.remove_model(store.project, card.model))
        store.save()
    with Store.open(folder) as store:  # what was removed by hand stays removed
        assert [model.name for model in store.adopted] == ["my foxes"]
        assert card.model not in store.project.models


def test_adoption_does_not_save_what_waits_to_be_judged(folder: Path) -> None:
    with Store.create(folder) as store:
        store.apply(changes.set_project(store.project, name="unsaved"))
    write_model(folder / "runs" / "done" / "model")
    with Store.open(folder) as store:
        assert store.recovered == 1
        assert len(store.adopted) == 1
        assert not (folder / "runs" / "done" / "adopted").exists()
        store.save()
        assert (folder / "runs" / "done" / "adopted").exists()


def test_create_touches_nothing_that_is_there(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "diary.txt").write_text("private")
    with pytest.raises(StudioError, match="is there already"):
        Store.create(tmp_path / "taken")
    with pytest.raises(StudioError, match="cannot be"):
        Store.create(folder, "\x07")
    Store.create(folder).close()
    with pytest.raises(StudioError, match="is there already"):
        Store.create(folder)


def test_what_is_no_project_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="not a project") as caught:
        Store.open(tmp_path)
    assert caught.value.kind == "missing"
    packed = tmp_path / "x.aigcz"
    packed.write_bytes(b"PK")
    with pytest.raises(StudioError, match="packed project"):
        Store.open(packed)


def test_things_are_found_by_name_or_id(folder: Path) -> None:
    with Store.create(folder) as store:
        asset = add_picture(store, 1)
        store.apply(changes.add_collection(store.project, "foxes", [asset.id]))
        project = store.project
    assert lookup.find_asset(project, asset.sha256) == asset
    assert lookup.find_asset(project, "picture 1") == asset
    assert lookup.find_collection(project, "foxes").items == (asset.id,)
    with pytest.raises(StudioError, match='There are: "foxes"'):
        lookup.find_collection(project, "wolves")
    with pytest.raises(StudioError, match="no models yet"):
        lookup.find_model(project, "any")
