"""`starter` as a project, `starter:NAME` as a model, `demo` and `doctor`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.document.store import Store
from aigc_studio.media.decode import decode_frames, decode_image
from aigc_studio.media.provenance_reading import read_provenance

if TYPE_CHECKING:
    from tests.cli.conftest import Studio


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_starter_is_a_temporary_copy(studio: Studio, shipped: Path, tmp_path: Path) -> None:
    before = snapshot(shipped)
    called = studio("models", "starter", "remove", "foxes-vae", "--json")
    copy = Path(called.values["project"])
    assert copy.is_relative_to(tmp_path / "tmp")
    assert str(copy) in called.err
    assert snapshot(shipped) == before
    assert len(studio("models", copy, "list", "--json").values["models"]) == 1
    asset = next((copy / "assets").iterdir())
    assert asset.samefile(shipped / "assets" / asset.name)


def test_a_folder_called_starter(
    studio: Studio, shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shipped.rename(tmp_path / "starter")
    info = studio("project", "info", "./starter", "--json").values
    assert info["project"] == str(tmp_path / "starter")
    assert studio("project", "info", "starter", "--json").error["kind"] == "missing"


@pytest.mark.usefixtures("no_starter")
def test_without_a_starter(studio: Studio, tmp_path: Path) -> None:
    assert studio("project", "info", "starter", "--json").error["kind"] == "missing"
    assert studio("demo", "--out", tmp_path / "o", "--json").error["kind"] == "missing"


@pytest.mark.usefixtures("fake_worker")
def test_a_shipped_model_in_a_project_of_ones_own(
    studio: Studio, shipped: Path, tmp_path: Path, pictures: Path
) -> None:
    own = tmp_path / "Own.aigc"
    assert studio("project", "new", own).code == 0
    assert studio("import", own, pictures, "--collection", "foxes").code == 0
    words = ("--model", "starter:foxes-vae", "--out", tmp_path / "o", "--json")
    assert studio("sample", own, *words).values["model"] == "starter:foxes-vae"
    assert studio("models", own, "list", "--json").values["models"] == []
    train = ("train", own, "--collection", "foxes", "--family", "image-vae", "--steps", 3)
    values = studio(*train, "--from", "starter:foxes-vae", "--name", "new", "--json").values
    names = [model["name"] for model in studio("models", own, "list", "--json").values["models"]]
    assert sorted(names) == ["foxes-vae", "new"]
    with Store.open(own, read_only=True) as store:
        assert store.project.models[values["model_id"]].parent == values["parent"]
    assert snapshot(shipped)


@pytest.mark.usefixtures("fake_worker")
def test_demo(
    studio: Studio, shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aigc_studio.cli.demo.STEPS", 5)
    out = tmp_path / "demo"
    before = snapshot(shipped)
    called = studio("demo", "--out", out, "--json")
    values = called.values
    assert called.code == 0, called.err
    files = {purpose: Path(path) for purpose, path in values["files"].items()}
    assert set(files) == {
        "samples",
        "reconstructions",
        "film_webp",
        "film_gif",
        "film_mp4",
        "sprites",
        "sprites_json",
        "packed_project",
    }
    assert all(path.is_file() and path.parent == out for path in files.values())
    assert len(list(decode_frames(files["film_gif"]))) == 12
    assert read_provenance(files["samples"])
    assert decode_image(files["samples"]).width > 300
    assert any("repair" in note for note in values["notes"])
    unpacked = tmp_path / "Unpacked.aigc"
    assert studio("project", "unpack", files["packed_project"], unpacked).code == 0
    assert studio("project", "check", unpacked).code == 0
    with Store.open(unpacked, read_only=True) as store:
        kept = [asset for asset in store.project.assets.values() if asset.recipe]
        assert len(kept) == 8
    assert snapshot(shipped) == before
    again = studio("demo", "--out", out)
    assert again.code == 0
    # The fake worker's film holds no recipe, so it passes for somebody else's and is spared.
    assert {path.name for path in out.iterdir()} == {path.name for path in files.values()} | {
        "film 2.mp4"
    }


@pytest.mark.usefixtures("fake_worker")
def test_demo_with_a_model_that_repairs(
    studio: Studio, shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aigc_studio.cli.demo.STEPS", 3)
    with Store.open(shipped) as store:
        from aigc_studio.document import changes
        from aigc_studio.document.lookup import find_model

        model = find_model(store.project, "repairer")
        store.apply(changes.rename_model(store.project, model.id, "emoji-repair"))
        store.save()
    values = studio("demo", "--out", tmp_path / "demo", "--json").values
    assert Path(values["files"]["repaired"]).is_file()


@pytest.mark.usefixtures("fake_worker", "no_starter")
def test_doctor_finds_what_is_missing(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_sound() -> list[str]:
        raise StudioError("No PortAudio.", todo="apt-get install libportaudio2", kind="missing")

    monkeypatch.setattr("aigc_studio.cli.doctor.output_devices", no_sound)
    called = studio("doctor", "--json")
    values = called.values
    assert called.code == 0, called.err
    assert not values["ok"]
    assert values["mps"] == "untested"
    assert (values["torch"], values["devices"]) == ("0.fake", ["cpu"])
    found = {finding["what"]: finding for finding in values["findings"]}
    assert found["sound (PortAudio)"]["get"] == "apt-get install libportaudio2"
    assert not found["starter project"]["ok"]
    assert "libportaudio2" in studio("doctor").out


@pytest.mark.usefixtures("shipped")
def test_doctor_with_a_worker_that_cannot_start(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    # In this order: what is first imported here must not take the fake for the true one.
    for module in ("launch", "runner", "child"):
        monkeypatch.setattr(f"aigc_studio.jobs.{module}.worker_command", lambda *_: ["/nowhere"])
    found = {each["what"]: each for each in studio("doctor", "--json").values["findings"]}
    assert not found["PyTorch"]["ok"]
    assert "pip install" in found["PyTorch"]["get"]
