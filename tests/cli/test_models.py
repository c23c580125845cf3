"""`models`: list, show, import, export, rename, remove, lineage."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.models import write_model

if TYPE_CHECKING:
    from tests.cli.conftest import Models, Studio


def test_list_and_show(studio: Studio, models: Models) -> None:
    listed = studio("models", models.project, "list", "--json").values["models"]
    assert [model["name"] for model in listed] == ["foxes-vae", "repairer"]
    shown = studio("models", models.project, "show", "repairer", "--json").values
    assert shown["card"]["data"]["rights"] == ["CC0"]
    assert "denoise" in shown["capabilities"]
    plain = studio("models", models.project, "show", models.plain.model, "--json").values
    assert "denoise" not in plain["capabilities"]
    assert "CC0" in studio("models", models.project, "show", "repairer").out


def test_export_and_import(studio: Studio, models: Models, project: Path, tmp_path: Path) -> None:
    out = tmp_path / "exported"
    files = studio("models", project, "export", "repairer", out, "--json").values["files"]
    assert [Path(file).name for file in files] == ["weights.safetensors", "card.json"]
    again = studio("models", project, "export", "repairer", out, "--json").error
    assert again["kept"] == "It was not touched."
    new = tmp_path / "New.aigc"
    assert studio("project", "new", new).code == 0
    values = studio("models", new, "import", out, "--name", "mine", "--json").values
    assert (values["model"], values["model_id"]) == ("mine", models.repairing.model)


def test_import_of_weights_alone(studio: Studio, project: Path, tmp_path: Path) -> None:
    write_model(tmp_path / "m", value=7)
    alone = (tmp_path / "m" / "weights.safetensors").rename(tmp_path / "wolves.safetensors")
    values = studio("models", project, "import", alone, "--json").values
    assert values["model"] == "wolves"


@pytest.mark.parametrize(
    ("name", "kind"), [("old.pkl", "hostile"), ("x.safetensors", "hostile"), ("none", "missing")]
)
def test_what_is_no_model(
    studio: Studio, project: Path, tmp_path: Path, name: str, kind: str
) -> None:
    (tmp_path / "old.pkl").write_bytes(b"cos\nsystem\n")
    (tmp_path / "x.safetensors").write_bytes(b"rubbish!" * 9)
    error = studio("models", project, "import", tmp_path / name, "--json").error
    assert error["kind"] == kind
    assert studio("models", project, "list", "--json").values["models"] == []


def test_rename_and_remove(studio: Studio, models: Models) -> None:
    words = ("models", models.project)
    taken = studio(*words, "rename", "repairer", "foxes-vae", "--json").values
    assert (taken["model"], taken["before"]) == ("foxes-vae 2", "repairer")
    assert studio(*words, "remove", "foxes-vae 2", "--json").values["removed"]
    assert len(studio(*words, "list", "--json").values["models"]) == 1
    assert studio(*words, "remove", "foxes-vae 2", "--json").error["kind"] == "missing"
    assert studio(*words, "rename", "foxes-vae", "starter:x").code == 2


def test_lineage_goes_back_to_what_is_not_here(studio: Studio, models: Models) -> None:
    words = ("models", models.project)
    line = studio(*words, "lineage", "repairer", "--json").values["lineage"]
    assert [each["model"] for each in line] == ["repairer", "foxes-vae"]
    assert studio(*words, "remove", "foxes-vae").code == 0
    line = studio(*words, "lineage", "repairer", "--json").values["lineage"]
    assert [each["model"] for each in line] == ["repairer", None]


def test_a_placeholder_is_kept_but_cannot_be_used(
    studio: Studio, project: Path, tmp_path: Path
) -> None:
    write_model(tmp_path / "future", family="image-dream", name="dream")
    assert studio("models", project, "import", tmp_path / "future").code == 0
    error = studio("sample", project, "--model", "dream", "--out", tmp_path / "o", "--json").error
    assert "newer version" in error["todo"]
