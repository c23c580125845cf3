"""`project`: new, info, check, pack, unpack, and everything about opening one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from aigc_studio.document import canvas_edits, laying
from aigc_studio.document.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Models, Studio


def test_new_then_info(studio: Studio, tmp_path: Path) -> None:
    folder = tmp_path / "New.aigc"
    made = studio("project", "new", folder, "--author", "Ada", "--json").values
    assert made["project"] == str(folder)
    info = studio("project", "info", folder, "--json").values
    assert (info["name"], info["author"], info["assets"]) == ("New", "Ada", 0)


def test_new_spares_what_is_there(studio: Studio, project: Path) -> None:
    error = studio("project", "new", project, "--json").error
    assert "there already" in error["happened"]
    assert studio("project", "info", project, "--json").values["assets"] == 12


def test_info_lists_collections_and_models(studio: Studio, models: Models) -> None:
    info = studio("project", "info", models.project, "--json").values
    assert info["collections"][0] | {"authors": 0, "rights": 0} == {
        "name": "foxes",
        "modality": "image",
        "items": 12,
        "authors": 0,
        "rights": 0,
    }
    assert [model["name"] for model in info["models"]] == ["foxes-vae", "repairer"]
    assert "foxes-vae" in studio("project", "info", models.project).out


def test_info_lists_canvases(studio: Studio, project: Path) -> None:
    with Store.open(project) as store:
        store.apply(canvas_edits.add_canvas(store.project, "night", 200, 100))
        (canvas,) = store.project.canvases
        picture = next(iter(store.project.assets))
        store.apply(laying.add_layer(store.project, canvas, picture))
        store.save()
    info = studio("project", "info", project, "--json").values
    assert info["canvases"] == [
        {"name": "night", "width": 200, "height": 100, "layers": 1, "frames": 1}
    ]
    assert "night" in studio("project", "info", project).out


@pytest.mark.parametrize("verb", ["info", "check", "pack"])
def test_no_project_there(studio: Studio, tmp_path: Path, verb: str) -> None:
    error = studio("project", verb, tmp_path / "none.aigc", "--json").error
    assert error["kind"] == "missing"


def test_check_finds_an_altered_file(studio: Studio, project: Path) -> None:
    assert studio("project", "check", project, "--json").values["ok"]
    victim = next((project / "assets").iterdir())
    victim.write_bytes(victim.read_bytes() + b"x")
    error = studio("project", "check", project, "--json").error
    assert victim.name in error["happened"]
    assert error["kept"]


def test_pack_and_unpack(studio: Studio, models: Models, tmp_path: Path) -> None:
    packed = tmp_path / "deeper" / "p.aigcz"
    values = studio("project", "pack", models.project, packed, "--json").values
    assert values["file"] == str(packed)
    assert packed.stat().st_size == values["bytes"]
    out = tmp_path / "Out.aigc"
    assert studio("project", "unpack", packed, out, "--json").values["assets"] == 12
    assert studio("project", "check", out, "--json").values["problems"] == []


def test_pack_and_unpack_without_a_target(
    studio: Studio, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    monkeypatch.chdir(place)
    assert studio("project", "pack", project).code == 0
    assert studio("project", "unpack", "Foxes.aigcz").code == 0
    assert sorted(path.name for path in place.iterdir()) == ["Foxes.aigc", "Foxes.aigcz"]


def test_unpack_refuses_rubbish(studio: Studio, tmp_path: Path) -> None:
    rubbish = tmp_path / "x.aigcz"
    rubbish.write_bytes(b"PK\x03\x04 rubbish")
    assert studio("project", "unpack", rubbish, tmp_path / "o", "--json").error["kind"] == "hostile"
    assert not (tmp_path / "o").exists()
    assert studio("project", "unpack", tmp_path / "none", "--json").error["kind"] == "missing"


def test_a_packed_project_is_told_from_a_folder(
    studio: Studio, project: Path, tmp_path: Path
) -> None:
    packed = tmp_path / "p.aigcz"
    assert studio("project", "pack", project, packed).code == 0
    assert "unpack" in studio("project", "info", packed, "--json").error["todo"]


def test_the_second_is_told_who_holds_the_project(
    studio: Studio, project: Path, pictures: Path
) -> None:
    with Store.open(project, purpose="window"):
        error = studio("import", project, pictures, "--collection", "c", "--json").error
        assert error["kind"] == "busy"
        assert "window" in error["happened"]
        assert str(os.getpid()) in error["happened"]
        assert studio("project", "info", project, "--json").code == 0


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_an_unwritable_folder(studio: Studio, tmp_path: Path) -> None:
    place = tmp_path / "locked"
    place.mkdir(mode=0o500)
    assert studio("project", "new", place / "x.aigc", "--json").error["kind"] == "disk"
