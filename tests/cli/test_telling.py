"""`sample --words`, `translate`, `repaint`: who can be told, and what the recipe says of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aigc_studio.catalog.recipe import Recipe
from aigc_studio.document.store import Store
from aigc_studio.media.decode import decode_image
from aigc_studio.media.encode import encode_image
from aigc_studio.media.provenance import COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA, Provenance
from aigc_studio.media.provenance_reading import read_provenance
from tests.cli.conftest import write_picture
from tests.cli.models import write_model

if TYPE_CHECKING:
    from aigc_studio.catalog.card import ModelCard
    from tests.cli.conftest import Models, Studio

pytestmark = pytest.mark.usefixtures("fake_worker")


@pytest.fixture
def listener(models: Models, tmp_path: Path) -> ModelCard:
    """A model of the project that knows words."""
    card = write_model(tmp_path / "flow", value=3.0, name="foxes-flow", family="image-flow")
    with Store.open(models.project) as store:
        store.adopt_model(tmp_path / "flow")
        store.save()
    return card


def test_sample_by_words(
    studio: Studio, models: Models, listener: ModelCard, tmp_path: Path
) -> None:
    words = ("--words", " red   heart ", "--label", "animal", "--guidance", 4.5)
    called = studio(
        "sample", models.project, "--model", "foxes-flow", "-n", 2, *words,
        "--sampler-steps", 12, "--out", tmp_path / "o", "--json",
    )  # fmt: skip
    told = {"words": "red heart", "label": "animal", "guidance": 4.5, "steps": 12}
    assert called.values["recipe"]["settings"]["conditions"] == told
    embedded = read_provenance(Path(called.values["files"][1]))
    assert embedded is not None
    recipe = Recipe.model_validate_json(embedded.recipe_json)
    assert (recipe.settings["conditions"], recipe.seed) == (told, 1)


def test_nothing_told_is_nothing_in_the_recipe(
    studio: Studio, models: Models, listener: ModelCard, tmp_path: Path
) -> None:
    words = ("--model", "foxes-flow", "--out", tmp_path / "o", "--json")
    values = studio("sample", models.project, *words).values
    assert "conditions" not in values["recipe"]["settings"]


def test_a_model_that_knows_no_words_is_told_none(
    studio: Studio, models: Models, tmp_path: Path
) -> None:
    words = ("--model", "foxes-vae", "--words", "red heart", "--out", tmp_path / "o", "--json")
    assert "told by words" in studio("sample", models.project, *words).error["happened"]


def test_words_have_a_bound(
    studio: Studio, models: Models, listener: ModelCard, tmp_path: Path
) -> None:
    words = ("--model", "foxes-flow", "--words", "red " * 200, "--out", tmp_path / "o", "--json")
    assert "500" in studio("sample", models.project, *words).error["todo"]


def test_translate_takes_the_newest_able_model(
    studio: Studio, models: Models, listener: ModelCard, tmp_path: Path
) -> None:
    words = ("--from", "text:红心", "--to", "image", "-n", 2, "--seed", 9)
    called = studio("translate", models.project, *words, "--out", tmp_path / "o", "--json")
    values = called.values
    assert values["model"] == "foxes-flow"
    assert values["recipe"]["model"] == listener.model
    assert values["recipe"]["settings"]["conditions"]["words"] == "红心"
    assert values["seeds"] == [9, 10]
    assert [Path(file).name for file in values["files"]] == ["0001.png", "0002.png"]
    again = ("--model", "foxes-vae", *words, "--out", tmp_path / "o", "--json")
    assert "told by words" in studio("translate", models.project, *again).error["happened"]


def test_translate_falls_back_to_what_ships(
    studio: Studio,
    listener: ModelCard,
    shipped: Path,
    tmp_path: Path,
) -> None:
    plain = tmp_path / "Plain.aigc"
    Store.create(plain).close()
    words = ("--from", "text:a fox", "--to", "image", "--out", tmp_path / "o", "--json")
    assert studio("translate", plain, *words).values["model"] == "starter:foxes-flow"


@pytest.mark.parametrize(
    ("source", "target", "kind", "told"),
    [
        ("image:x.png", "text", "missing", "words of pictures"),
        ("text:a fox", "audio", "missing", "sounds of words"),
        ("text:a fox", "smell", "input", "smell"),
        ("a fox", "image", "input", "what to translate"),
        ("text:", "image", "input", "what to translate"),
    ],
)
def test_ways_that_are_not_there(
    studio: Studio, models: Models, tmp_path: Path, source: str, target: str, kind: str, told: str
) -> None:
    words = ("--from", source, "--to", target, "--out", tmp_path / "o", "--json")
    error = studio("translate", models.project, *words).error
    assert error["kind"] == kind
    assert told in error["happened"]


@pytest.mark.usefixtures("no_starter")
def test_translate_without_an_able_model(studio: Studio, models: Models, tmp_path: Path) -> None:
    words = ("--from", "text:a fox", "--to", "image", "--out", tmp_path / "o", "--json")
    assert studio("translate", models.project, *words).error["kind"] == "missing"


def test_repaint(studio: Studio, models: Models, listener: ModelCard, tmp_path: Path) -> None:
    picture, mask = (write_picture(tmp_path / f"{name}.png", 3) for name in ("fox", "mask"))
    words = ("--model", "foxes-flow", picture, "-n", 2, "--seed", 4, "--out", tmp_path, "--json")
    values = studio("repaint", models.project, *words, "--words", "a cat").values
    recipe = values["recipe"]
    assert (recipe["operation"], recipe["seed"]) == ("repaint", 4)
    assert len(recipe["inputs"]) == 1
    assert recipe["settings"]["strength"] == 0.6
    assert recipe["settings"]["conditions"]["words"] == "a cat"
    masked = studio("repaint", models.project, *words, "--mask", mask).values["recipe"]
    assert masked["settings"]["strength"] == 1.0
    assert masked["settings"]["masked"] is True
    assert len(masked["inputs"]) == 2
    gentle = studio("repaint", models.project, *words, "--strength", 0.25).values["recipe"]
    assert gentle["settings"]["strength"] == 0.25


def test_a_repaint_names_whose_picture_it_was(
    studio: Studio, models: Models, listener: ModelCard, tmp_path: Path
) -> None:
    def repainted(picture: Path, name: str) -> Provenance:
        words = ("--model", "foxes-flow", picture, "--out", tmp_path / name, "--json")
        studio("repaint", models.project, *words)
        told = read_provenance(tmp_path / name / "0001.png")
        assert told is not None
        return told

    picture = write_picture(tmp_path / "fox.png", 99)
    unknown = repainted(picture, "unknown")
    own = Provenance(author="Kim", rights="CC BY 4.0", digital_source_type="")
    signed = tmp_path / "signed.png"
    encode_image(decode_image(picture.read_bytes()), signed, own)
    by_file = repainted(signed, "by-file")
    words = ("--collection", "hers", "--author", "Bo", "--rights", "MIT", "--json")
    studio("import", models.project, picture, *words)
    by_bytes = repainted(picture, "by-bytes")
    assert (unknown.author, unknown.rights) == ("Ada; Grace", "CC0")
    assert "Kim" in by_file.author.split("; ")
    assert "CC BY 4.0" in by_file.rights.split("; ")
    assert "Bo" in by_bytes.author.split("; ")
    assert by_bytes.rights == "CC0; MIT"
    kinds = {each.digital_source_type for each in (unknown, by_file, by_bytes)}
    assert kinds == {COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA}


def test_who_cannot_repaint(studio: Studio, models: Models, tmp_path: Path) -> None:
    picture = write_picture(tmp_path / "fox.png", 3)
    words = ("--model", "foxes-vae", picture, "--out", tmp_path, "--json")
    assert "repaint" in studio("repaint", models.project, *words).error["happened"]


def test_a_walk_by_words(
    studio: Studio, models: Models, listener: ModelCard, tmp_path: Path
) -> None:
    walk = ("--from", "seed:1", "--to", "seed:2", "--steps", 3, "--out", tmp_path / "o.gif")
    words = ("interpolate", models.project, "--model", "foxes-flow", *walk, "--json")
    recipe = studio(*words, "--words", "a fox").values["recipe"]
    assert recipe["settings"]["conditions"]["words"] == "a fox"
    told = studio(*words[:4], "--from", "text:a fox", *walk[2:], "--json").error
    assert "--words" in told["todo"]
