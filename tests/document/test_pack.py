"""Packing, unpacking and the deep check."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.document import bundle, changes
from aigc_studio.document.check import check
from aigc_studio.document.pack import pack, unpack
from aigc_studio.document.store import Store
from tests.document.helpers import add_picture, write_model

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with pictures, a model and a run."""
    write_model(tmp_path / "model", family="someday-gan")
    with Store.create(tmp_path / "foxes.aigc") as store:
        for number in range(12):
            add_picture(store, number)
        store.adopt_model(tmp_path / "model")
        store.save()
    run = tmp_path / "foxes.aigc" / "runs" / "20261123-foxes"
    (run / "previews").mkdir(parents=True)
    for name in ("spec.json", "lock", "control", ".part-x", "previews/00000001.png"):
        (run / name).write_bytes(b"{}")
    return tmp_path / "foxes.aigc"


def test_a_packed_project_opens_anywhere(folder: Path, tmp_path: Path) -> None:
    packed = pack(folder, tmp_path / "foxes.aigcz")
    with zipfile.ZipFile(packed) as archive:
        names = archive.namelist()
        assert all(entry.compress_type == zipfile.ZIP_STORED for entry in archive.infolist())
    assert not any(name.startswith(("runs", "lock", "journal")) for name in names)
    assert str(tmp_path).encode() not in packed.read_bytes()
    there = unpack(packed, tmp_path / "elsewhere" / "mine.aigc")
    with Store.open(there) as store:
        assert store.project == bundle.read_manifest(folder)[0]
        assert store.missing == ()
    assert [problem.weight for problem in check(there)] == ["note"]


def test_equal_projects_pack_to_equal_bytes(folder: Path, tmp_path: Path) -> None:
    first = pack(folder, tmp_path / "a.aigcz").read_bytes()
    again = unpack(tmp_path / "a.aigcz", tmp_path / "b.aigc")
    assert pack(again, tmp_path / "b.aigcz").read_bytes() == first


def test_runs_travel_when_asked(folder: Path, tmp_path: Path) -> None:
    packed = pack(folder, tmp_path / "foxes.aigcz", with_runs=True)
    there = unpack(packed, tmp_path / "there.aigc")
    found = {path.relative_to(there).as_posix() for path in (there / "runs").rglob("*.*")}
    assert found == {
        "runs/20261123-foxes/spec.json",
        "runs/20261123-foxes/previews/00000001.png",
    }
    assert not (there / "runs" / "20261123-foxes" / "lock").exists()


def test_nothing_is_unpacked_over_what_is_there(folder: Path, tmp_path: Path) -> None:
    packed = pack(folder, tmp_path / "foxes.aigcz")
    with pytest.raises(StudioError, match="is there already"):
        unpack(packed, folder)
    (tmp_path / "empty").mkdir()
    assert Store.open(unpack(packed, tmp_path / "empty"), read_only=True).project.name == "foxes"


def test_a_project_that_lost_a_file_is_not_packed(folder: Path, tmp_path: Path) -> None:
    next((folder / "assets").iterdir()).unlink()
    with pytest.raises(StudioError, match="is missing"):
        pack(folder, tmp_path / "foxes.aigcz")
    assert not (tmp_path / "foxes.aigcz").exists()


def test_check_finds_what_is_wrong(folder: Path) -> None:
    assert [problem.weight for problem in check(folder)] == ["note"]  # the unknown family
    altered, lost, *_ = sorted((folder / "assets").iterdir())
    altered.write_bytes(b"x" * altered.stat().st_size)
    lost.unlink()
    weights = next((folder / "models").rglob("weights.safetensors"))
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x00")
    (folder / "assets" / ("0" * 64 + ".png")).write_bytes(b"x")
    seen: list[tuple[int, int]] = []
    found = {problem.where: problem for problem in check(folder, lambda *at: seen.append(at))}
    assert found[f"assets/{altered.name}"].what.endswith("was altered.")
    assert found[f"assets/{lost.name}"].what.endswith("is missing.")
    assert found[f"models/{weights.parent.name}"].weight in ("error", "note")
    assert found[f"assets/{'0' * 64}.png"].weight == "note"
    assert seen[-1] == (13, 13)


def test_check_reports_a_broken_manifest_and_unsaved_edits(folder: Path) -> None:
    with Store.open(folder) as store:
        store.apply(changes.set_project(store.project, name="x"))
    assert any("wait to be recovered" in problem.what for problem in check(folder))
    (folder / "manifest.json").write_bytes(b"{")
    assert [problem.weight for problem in check(folder)] == ["error"]
