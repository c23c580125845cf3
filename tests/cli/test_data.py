"""`import` and `prepare`."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from aigc_studio.document.store import Store
from tests.cli.conftest import write_picture

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Models, Studio


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    folder = tmp_path / "Empty.aigc"
    Store.create(folder).close()
    return folder


def test_import_folder_and_again(studio: Studio, empty: Path, pictures: Path) -> None:
    words = ("import", empty, pictures, "--collection", "foxes", "--author", "Ada", "--json")
    first = studio(*words).values
    assert (first["added"], first["items"], first["left_out"]) == (12, 12, [])
    again = studio(*words).values
    assert (again["added"], again["already_there"], again["items"]) == (0, 12, 12)
    with Store.open(empty) as store:
        assert {asset.author for asset in store.project.assets.values()} == {"Ada"}


def test_broken_files_are_listed_never_fatal(studio: Studio, empty: Path, pictures: Path) -> None:
    (pictures / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n rubbish")
    (pictures / "notes.txt").write_text("hello")
    write_picture(pictures / "tiny.png", 99, 4)
    called = studio("import", empty, pictures, "--collection", "foxes", "--json")
    assert called.code == 0
    reasons = {
        each["path"].rpartition("/")[2]: each["verdict"] for each in called.values["left_out"]
    }
    assert reasons == {"broken.png": "broken", "notes.txt": "unsupported"}
    assert [each["name"] for each in called.values["tiny"]] == ["tiny"]
    people = studio("import", empty, pictures, "--collection", "other")
    assert "broken.png" in people.out


def test_nothing_usable_is_an_error(studio: Studio, empty: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("hello")
    error = studio("import", empty, tmp_path / "a.txt", "--collection", "c", "--json").error
    assert error["kept"] == "The project is unchanged."
    missing = studio("import", empty, tmp_path / "none", "--collection", "c", "--json").error
    assert missing["kind"] == "missing"


def test_captions_may_lie_among_the_pictures(studio: Studio, empty: Path, pictures: Path) -> None:
    captions = pictures / "c.jsonl"
    record = {"file": "fox-03.png", "caption": "a third fox", "rights": "CC0"}
    captions.write_text(json.dumps(record))
    words = ("import", empty, pictures, "--collection", "c", "--captions", captions, "--json")
    called = studio(*words)
    assert called.code == 0
    assert "c.jsonl" not in called.out
    with Store.open(empty) as store:
        found = {asset.name: asset for asset in store.project.assets.values()}
    assert found["fox-03"].caption == "a third fox"
    assert found["fox-03"].rights == "CC0"
    assert found["fox-04"].caption == "fox 04"


def test_bad_captions_import_nothing(
    studio: Studio, empty: Path, pictures: Path, tmp_path: Path
) -> None:
    captions = tmp_path / "c.jsonl"
    captions.write_text("[]")
    error = studio(
        "import", empty, pictures, "--collection", "c", "--captions", captions, "--json"
    ).error
    assert "line 1" in error["happened"]
    assert studio("project", "info", empty, "--json").values["assets"] == 0


def test_zips_open(studio: Studio, empty: Path, pictures: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        for path in pictures.iterdir():
            archive.write(path, f"inside/{path.name}")
    values = studio("import", empty, tmp_path / "z.zip", "--collection", "c", "--json").values
    assert values["added"] == 12


@pytest.mark.usefixtures("fake_worker")
def test_films_are_read_in_a_child(studio: Studio, empty: Path, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"\0\0\0\x18ftypmp42" + bytes(600))
    values = studio("import", empty, film, "--collection", "c", "--every", "0.5", "--json").values
    assert values["added"] == 3


def test_prepare_tells_what_training_would_do(
    studio: Studio, empty: Path, pictures: Path, tmp_path: Path
) -> None:
    write_picture(pictures / "tiny.png", 99, 4)
    write_picture(pictures / "wide.png", 98, 80, mode="RGB")
    (pictures / "same.bmp").write_bytes(b"")
    from PIL import Image

    with Image.open(pictures / "wide.png") as wide:
        wide.save(pictures / "same.bmp")
    assert studio("import", empty, pictures, "--collection", "c").code == 0
    values = studio("prepare", empty, "--collection", "c", "--json").values
    assert (values["items"], values["usable"]) == (15, 13)
    assert [note["verdict"] for note in values["left_out"]] == ["tiny"]
    assert [note["name"] for note in values["duplicates"]] == ["wide"]
    assert values["preparation"]["size"] == 32
    assert values["preparation"]["colour"] == "rgba"
    assert {note["verdict"] for note in values["changed"]} == {"scaled down"}
    assert 1 <= values["held_out"] < 13
    assert "Duplicates" in studio("prepare", empty, "--collection", "c").out


def test_prepare_of_what_is_not_there(studio: Studio, project: Path) -> None:
    error = studio("prepare", project, "--collection", "wolves", "--json").error
    assert '"foxes"' in error["todo"]


def test_derive_makes_outlines_with_author_and_rights(studio: Studio, models: Models) -> None:
    words = ("--collection", "foxes", "--as", "outline", "--json")
    values = studio("derive", models.project, *words).values
    assert values["collection"] == "foxes outline"
    assert values["added"] == values["items"]
    with Store.open(models.project, read_only=True) as store:
        project = store.project
        lines = next(c for c in project.collections.values() if c.name == "foxes outline")
        plain = next(c for c in project.collections.values() if c.name == "foxes")
        made, before = (project.assets[each.items[0]] for each in (lines, plain))
        assert made.author == (before.author or project.author)
        assert made.rights == (before.rights or project.rights)
        assert made.captions == before.captions
        assert made.tags[-1] == "outline"
        assert before.name in made.name
        assert (made.width, made.height) == (before.width, before.height)
    again = studio("derive", models.project, *words).values
    assert (again["added"], again["items"]) == (0, values["items"])
