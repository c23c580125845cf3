"""`sample`, `reconstruct`, `denoise`, `interpolate`, `evaluate`: files, names, recipes, words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from aigc_studio.catalog.recipe import Recipe
from aigc_studio.document.lookup import find_asset
from aigc_studio.document.store import Store
from aigc_studio.media.decode import decode_frames, decode_image
from aigc_studio.media.provenance_reading import read_provenance
from tests.cli.conftest import write_picture
from tests.cli.models import write_model

if TYPE_CHECKING:
    from pydantic import JsonValue

    from tests.cli.conftest import Models, Studio

pytestmark = pytest.mark.usefixtures("fake_worker")


def test_sample(studio: Studio, models: Models, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    called = studio(
        "sample", models.project, "--model", "foxes-vae", "-n", 3, "--seed", 5, "--out", out,
        "--truncation", "0.7", "--json",
    )  # fmt: skip
    values = called.values
    assert called.code == 0, called.err
    assert values["files"] == [str(out / f"000{number}.png") for number in (1, 2, 3)]
    recipes = [Recipe.model_validate(each) for each in values["recipes"]]
    assert values["recipe"] == values["recipes"][0]
    assert [recipe.seed for recipe in recipes] == [5, 6, 7]
    assert recipes[0].settings["truncation"] == 0.7
    assert recipes[0].versions["torch"] == "0.fake"
    assert (values["model"], values["model_id"]) == ("foxes-vae", models.plain.model)
    embedded = read_provenance(Path(values["files"][1]))
    assert embedded is not None
    assert Recipe.model_validate_json(embedded.recipe_json) == recipes[1]
    assert (embedded.author, embedded.rights) == ("Ada; Grace", "CC0")
    assert decode_image(Path(values["files"][0])).channels == 4


def test_the_same_bytes_twice_and_whatever_the_batch(
    studio: Studio, models: Models, tmp_path: Path
) -> None:
    def files(name: str, count: int, seed: int) -> list[bytes]:
        words = ("--model", "foxes-vae", "-n", count, "--seed", seed, "--out", tmp_path / name)
        values = studio("sample", models.project, *words, "--json").values
        return [Path(file).read_bytes() for file in values["files"]]

    first = files("a", 4, 1)
    assert files("a", 4, 1) == first
    assert len(list((tmp_path / "a").iterdir())) == 4
    assert files("b", 1, 3) == first[2:3]


def test_a_strangers_file_is_spared(studio: Studio, models: Models, tmp_path: Path) -> None:
    mine = write_picture(tmp_path / "0001.png", 50)
    before = mine.read_bytes()
    words = ("--model", "foxes-vae", "--out", tmp_path, "--json")
    values = studio("sample", models.project, *words).values
    assert values["files"] == [str(tmp_path / "0001 2.png")]
    assert mine.read_bytes() == before


@pytest.mark.parametrize("form", ["jpg", "webp"])
def test_formats_say_what_they_cannot_hold(
    studio: Studio, models: Models, tmp_path: Path, form: str
) -> None:
    words = ("--model", "foxes-vae", "--format", form, "--out", tmp_path / "o", "--json")
    values = studio("sample", models.project, *words).values
    assert values["files"] == [str(tmp_path / "o" / f"0001.{form}")]
    assert bool(values["notes"]) == (form == "jpg")


def test_scale_and_sheet(studio: Studio, models: Models, tmp_path: Path) -> None:
    words = ("--model", "foxes-vae", "-n", 5, "--scale", 2, "--filter", "nearest", "--sheet")
    values = studio("sample", models.project, *words, "--out", tmp_path / "o", "--json").values
    assert decode_image(Path(values["files"][0])).size == (32, 32)
    assert values["recipe"]["settings"]["scale"] == 2
    sheet, description = values["sheet"]
    assert len(json.loads(Path(description).read_bytes())["frames"]) == 5
    assert decode_image(Path(sheet)).size == (96, 64)


def adopted_upscaler(project: Path, folder: Path) -> str:
    card = write_model(
        folder, name="larger", family="image-upscale", more={"factor": 2, "channels": 4}
    )
    with Store.open(project) as store:
        store.adopt_model(folder, "larger")
        store.save()
    return card.model


def test_upscale_and_exports_by_a_model(studio: Studio, models: Models, tmp_path: Path) -> None:
    larger = adopted_upscaler(models.project, tmp_path / "larger")
    picture = write_picture(tmp_path / "fox.png", 60, 30)
    words = ("--model", "larger", picture, "--out", tmp_path / "u", "--json")
    values = studio("upscale", models.project, *words).values
    assert [Path(file).name for file in values["files"]] == ["fox.png"]
    assert decode_image(Path(values["files"][0])).size == (60, 60)
    assert (values["factor"], values["recipe"]["operation"]) == (2, "upscale")
    assert (values["recipe"]["model"], values["recipe"]["space"]) == (larger, "")
    by = ("--model", "foxes-vae", "--upscale", "larger", "--scale", 2, "--json")
    values = studio("sample", models.project, *by, "-n", 2, "--out", tmp_path / "s").values
    assert [decode_image(Path(file)).size for file in values["files"]] == [(64, 64)] * 2
    settings = values["recipe"]["settings"]
    assert (settings["upscaler"], settings["upscaled"], settings["scale"]) == (larger, 2, 2)
    film = ("--from", "seed:1", "--to", "seed:2", "--steps", 3, "--out", tmp_path / "film.gif")
    values = studio("interpolate", models.project, *by, *film).values
    assert {frame.size for frame in decode_frames(Path(values["files"][0]))} == {(64, 64)}
    assert values["recipe"]["settings"]["upscaler"] == larger


def test_a_pair_shows_a_found_picture_in_either_look(
    studio: Studio, models: Models, tmp_path: Path
) -> None:
    more: dict[str, JsonValue] = {"size": 16, "channels": 4, "latent": 8}
    for name, rebuild in (("finds", 30.0), ("draws", 0.0)):
        card = {**more, "rebuild": rebuild}
        write_model(tmp_path / name, name=name, family="cogan", value=rebuild, more=card)
        with Store.open(models.project) as store:
            store.adopt_model(tmp_path / name, name)
            store.save()
    picture = write_picture(tmp_path / "fox.png", 16, 16)
    words = ("--model", "finds", picture, "--json")
    told = ("--domain", "second")
    for index, search in enumerate(((), ("--search", 20))):
        out = ("--out", tmp_path / f"plain{index}")
        plain = studio("reconstruct", models.project, *words, *search, *out).values
        assert "conditions" not in plain["recipe"]["settings"]
        out = ("--out", tmp_path / f"told{index}")
        shown = studio("reconstruct", models.project, *words, *search, *told, *out).values
        assert shown["recipe"]["settings"]["conditions"] == {"domain": "second"}
    rest = (picture, "--out", tmp_path / "x", "--json")
    failed = studio("reconstruct", models.project, "--model", "draws", *rest)
    assert "cannot show pictures as it sees them" in failed.error["happened"]
    failed = studio("reconstruct", models.project, "--model", "foxes-vae", *told, *rest)
    assert "cannot show one domain" in failed.error["happened"]


def test_a_pair_is_two_files_or_one(studio: Studio, models: Models, tmp_path: Path) -> None:
    more = {"size": 16, "channels": 4, "latent": 8}
    write_model(tmp_path / "two", name="two", family="cogan", more={**more})
    with Store.open(models.project) as store:
        store.adopt_model(tmp_path / "two", "two")
        store.save()
    words = ("--model", "two", "-n", 2, "--out", tmp_path / "o", "--json")
    values = studio("sample", models.project, *words).values
    names = [Path(file).name for file in values["files"]]
    assert names == ["0001-a.png", "0001-b.png", "0002-a.png", "0002-b.png"]
    told = [each["settings"]["conditions"] for each in values["recipes"]]
    assert told == [{"domain": "first"}, {"domain": "second"}] * 2
    assert [each["seed"] for each in values["recipes"]] == [0, 0, 1, 1]
    assert decode_image(Path(values["files"][0])).size == (8, 16)
    for domain in ("first", "both"):
        out = ("--domain", domain, "--out", tmp_path / domain, "--json")
        values = studio("sample", models.project, "--model", "two", *out).values
        assert [Path(file).name for file in values["files"]] == ["0001.png"]
        assert values["recipe"]["settings"]["conditions"] == {"domain": domain}
        ends = ("--from", "seed:1", "--to", "seed:2", "--steps", 3)
        film = ("--domain", domain, "--out", tmp_path / f"{domain}.gif", "--json")
        walked = studio("interpolate", models.project, "--model", "two", *ends, *film).values
        assert walked["recipe"]["settings"]["conditions"] == {"domain": domain}
    out = ("--domain", "first", "--out", tmp_path / "x", "--json")
    plain = ("--model", "foxes-vae", *out)
    for error in (
        studio("sample", models.project, *plain).error,
        studio("interpolate", models.project, *ends, *plain).error,
    ):
        assert "cannot show one domain" in error["happened"]
    values = studio("sample", models.project, "--model", "foxes-vae", *out[2:]).values
    assert "conditions" not in values["recipe"]["settings"]


def test_a_model_that_enlarges_does_nothing_else(
    studio: Studio, models: Models, tmp_path: Path
) -> None:
    adopted_upscaler(models.project, tmp_path / "larger")
    picture = write_picture(tmp_path / "fox.png", 60, 30)
    out = ("--out", tmp_path / "o", "--json")
    for verb, words in (
        ("sample", ()),
        ("reconstruct", (picture,)),
        ("denoise", (picture,)),
    ):
        error = studio(verb, models.project, "--model", "larger", *words, *out).error
        assert "cannot" in error["happened"]
    wrong = studio("upscale", models.project, "--model", "foxes-vae", picture, *out).error
    assert "cannot enlarge pictures" in wrong["happened"]
    by = ("--model", "foxes-vae", "--upscale", "foxes-vae")
    assert "image-upscale" in studio("sample", models.project, *by, *out).error["todo"]


def test_reconstruct_names_results_after_inputs(
    studio: Studio, models: Models, tmp_path: Path
) -> None:
    one = write_picture(tmp_path / "a" / "fox.png", 60, 30)
    other = write_picture(tmp_path / "b" / "fox.png", 61, 50)
    before = one.read_bytes()
    with Store.open(models.project, read_only=True) as store:
        asset = find_asset(store.project, "fox-05").id
    words = ("--model", models.plain.model[:10], one, other, asset, "--out", one.parent)
    values = studio("reconstruct", models.project, *words, "--json").values
    names = [Path(file).name for file in values["files"]]
    assert names[:2] == ["fox 2.png", "fox 3.png"]
    assert one.read_bytes() == before
    sizes = [decode_image(Path(file)).size for file in values["files"]]
    assert sizes == [(30, 30), (50, 50), (40, 40)]
    assert values["psnr"] == [30.0] * 3
    assert len(values["recipe"]["inputs"]) == 1
    assert values["recipe"]["code"]


def test_denoise_needs_a_model_that_repairs(studio: Studio, models: Models, tmp_path: Path) -> None:
    noisy = write_picture(tmp_path / "noisy.png", 70)
    words = ("denoise", models.project, noisy, "--out", tmp_path / "o", "--json")
    error = studio(*words, "--model", "foxes-vae").error
    assert "corruption" in error["todo"]
    values = studio(*words, "--model", "repairer").values
    assert values["recipe"]["operation"] == "denoise"
    assert Path(values["files"][0]).name == "noisy.png"


@pytest.mark.parametrize(
    ("given", "kind", "told"),
    [
        ("none.png", "missing", "neither a file nor an asset"),
        ("sound.wav", "input", "audio"),
        ("poem.txt", "input", "text"),
        ("rubbish.png", "input", "rubbish.png"),
        (".", "input", "folder"),
    ],
)
def test_bad_input(
    studio: Studio, models: Models, tmp_path: Path, given: str, kind: str, told: str
) -> None:
    for name in ("sound.wav", "poem.txt", "rubbish.png"):
        (tmp_path / name).write_bytes(b"rubbish")
    words = ("--model", "foxes-vae", tmp_path / given, "--out", tmp_path / "o", "--json")
    error = studio("reconstruct", models.project, *words).error
    assert error["kind"] == kind
    assert told in error["happened"]


def test_unknown_models(studio: Studio, models: Models, tmp_path: Path) -> None:
    words = ("sample", models.project, "--out", tmp_path / "o", "--json", "--model")
    assert '"foxes-vae"' in studio(*words, "nobody").error["todo"]
    assert studio(*words, "starter:nobody").error["kind"] == "missing"


def test_an_output_folder_that_is_a_file(studio: Studio, models: Models, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("x")
    words = ("--model", "foxes-vae", "--json", "--out")
    assert studio("sample", models.project, *words, taken).error["kind"] == "input"
    assert studio("sample", models.project, *words, taken / "in").error["kind"] in (
        "missing",
        "disk",
    )


def walk(studio: Studio, models: Models, out: Path, *more: object) -> dict[str, Any]:
    """Interpolate between two seeds."""
    words = ("--model", "foxes-vae", "--from", "seed:1", "--to", "seed:2", "--steps", 6)
    called = studio("interpolate", models.project, *words, "--out", out, *more, "--json")
    assert called.code == 0, called.err
    return called.values


@pytest.mark.parametrize("suffix", ["gif", "webp"])
def test_films(studio: Studio, models: Models, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"walk.{suffix}"
    values = walk(studio, models, out, "--scale", 3)
    assert values["files"] == [str(out)]
    frames = list(decode_frames(out))
    assert len(frames) == 6
    assert frames[0].size == (48, 48)
    embedded = read_provenance(out)
    assert embedded is not None
    assert Recipe.model_validate_json(embedded.recipe_json).settings["steps"] == 6


def test_a_loop_comes_back_without_doubling_its_ends(
    studio: Studio, models: Models, tmp_path: Path
) -> None:
    values = walk(studio, models, tmp_path / "walk.gif", "--loop")
    assert len(list(decode_frames(Path(values["files"][0])))) == 10


def test_videos_are_encoded_in_a_child(studio: Studio, models: Models, tmp_path: Path) -> None:
    values = walk(studio, models, tmp_path / "walk.mp4")
    content = (tmp_path / "walk.mp4").read_bytes()
    recipe = Recipe.model_validate(values["recipe"])
    assert content == b"film " + recipe.model_dump_json().encode()
    assert any("transparency" in note for note in values["notes"])


def test_strip_sheet_and_folder(studio: Studio, models: Models, tmp_path: Path) -> None:
    walk(studio, models, tmp_path / "strip.png")
    strip = decode_image(tmp_path / "strip.png")
    assert strip.size == (6 * 16, 16)
    walk(studio, models, tmp_path / "sheet.png", "--sheet")
    assert (tmp_path / "sheet.json").is_file()
    values = walk(studio, models, tmp_path / "frames")
    files = [Path(file) for file in values["files"]]
    assert [file.name for file in files] == [f"000{n}.png" for n in range(1, 7)]
    drawn = [decode_image(file).pixels for file in files]
    assert np.array_equal(drawn[0], strip.pixels[:, :16])
    assert np.array_equal(drawn[-1], strip.pixels[:, -16:])


def test_ends_may_be_pictures_and_assets(studio: Studio, models: Models, tmp_path: Path) -> None:
    with Store.open(models.project, read_only=True) as store:
        asset = find_asset(store.project, "fox-01")
    picture = write_picture(tmp_path / "end.png", 80)
    words = ("--model", "foxes-vae", "--from", asset.id, "--to", picture, "--steps", 3)
    out = tmp_path / "o.gif"
    recipe = studio("interpolate", models.project, *words, "--out", out, "--json").values["recipe"]
    assert recipe["inputs"][0] == asset.sha256
    assert recipe["settings"]["from"] == f"sha256:{asset.sha256}"


@pytest.mark.parametrize(
    ("start", "out", "told"),
    [
        ("text:a fox", "x.gif", "words"),
        ("seed:x", "x.gif", "seed"),
        ("seed:1", "x.wav", "sound"),
        ("seed:1", "x.txt", "text"),
        ("seed:1", "x.avi", ".avi"),
        ("end.png", "end.png", "overwritten"),
    ],
)
def test_walks_that_cannot_be(
    studio: Studio,
    models: Models,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    start: str,
    out: str,
    told: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    before = write_picture(tmp_path / "end.png", 80).read_bytes()
    words = ("--model", "foxes-vae", "--from", start, "--to", "seed:2", "--steps", 3)
    error = studio("interpolate", models.project, *words, "--out", out, "--json").error
    assert told in error["happened"]
    assert (tmp_path / "end.png").read_bytes() == before


def test_evaluate(studio: Studio, models: Models) -> None:
    words = ("evaluate", models.project, "--model", "foxes-vae", "--json")
    held_out = studio(*words).values
    assert held_out["metrics"]["psnr"] == 31.5
    assert held_out["held_out"]
    assert held_out["items"] + held_out["metrics"]["reference"] == 12
    whole = studio(*words, "--collection", "foxes").values
    assert (whole["items"], whole["held_out"]) == (12, False)
    assert "31.5" in studio(*words[:-1]).out


def test_evaluate_without_its_data(studio: Studio, models: Models) -> None:
    with Store.open(models.project) as store:
        from aigc_studio.document import changes

        only = next(iter(store.project.collections))
        store.apply(changes.rename_collection(store.project, only, "wolves"))
        store.save()
    words = ("evaluate", models.project, "--model", "foxes-vae", "--json")
    assert "--collection" in studio(*words).error["todo"]
    assert studio(*words, "--collection", "wolves").values["items"] == 12
