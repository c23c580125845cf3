"""A zoo of hostile bundles; each is refused in words before anything is read or written."""

from __future__ import annotations

import json
import os
import stat
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.recipe import Recipe
from aigc_studio.document import (
    canvas_edits,
    changes,
    direction_edits,
    laying,
    preset_edits,
    timeline_edits,
)
from aigc_studio.document.canvas import LatentPoint, packed
from aigc_studio.document.manifest import MANIFEST
from aigc_studio.document.migrations import migrated
from aigc_studio.document.model import SCHEMA_VERSION
from aigc_studio.document.pack import pack, unpack
from aigc_studio.document.store import Store
from tests.document.helpers import add_picture, sha, write_model

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from aigc_studio.document.model import Asset

Document = dict[str, Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound project with a picture, a collection, a recipe and a model."""
    write_model(tmp_path / "model")
    recipe = Recipe(operation="sample", model=sha("m"), family="x", settings={"truncation": 1.0})
    with Store.create(tmp_path / "foxes.aigc") as store:
        asset = add_picture(store, 1, captions={"en": "a fox"})
        store.apply(changes.add_collection(store.project, "foxes", [asset.id]))
        store.apply(changes.add_assets(store.project, [], [recipe]))
        store.adopt_model(tmp_path / "model")
        draw(store, asset)
        store.save()
    return tmp_path / "foxes.aigc"


def draw(store: Store, asset: Asset) -> None:
    """A canvas with a plain and a living layer and a key; a preset, a direction."""
    numbers = np.ones(4, np.float32)
    point = LatentPoint(model=sha("gone"), code=packed(numbers))
    store.apply(canvas_edits.add_canvas(store.project, "night"))
    (canvas,) = store.project.canvases
    store.apply(laying.add_layer(store.project, canvas, asset.id))
    edit = laying.add_living(store.project, canvas, asset, point)
    store.apply(edit)
    (living,) = canvas_edits.new_layers(edit)
    store.apply(timeline_edits.add_key(store.project, canvas, living, 3, numbers))
    store.apply(preset_edits.add_preset(store.project, "calm", point))
    store.apply(direction_edits.add_direction(store.project, "wide", sha("gone"), "z", numbers))


def first(table: str) -> Callable[[Document], Document]:
    """The first entry of a table."""
    return lambda document: next(iter(document[table].values()))


ASSET, MODEL, GROUP, RECIPE = (
    first(name) for name in ("assets", "models", "collections", "recipes")
)
CANVAS, PRESET, WAY = first("canvases"), first("presets"), first("directions")


def layer(document: Document) -> Document:
    """The living layer of the canvas."""
    found: Document = CANVAS(document)["layers"][1]
    return found


def key(document: Document) -> Document:
    """The one key of the canvas."""
    found: Document = CANVAS(document)["timeline"]["keyframes"][0]
    return found


def number(document: Document, *, times: int = 1, **fields: object) -> None:
    """Keys of a number of the layer that has the key of points."""
    made = {"frame": 0, "layer": key(document)["layer"], "track": "x", "value": 1.0, **fields}
    CANVAS(document)["timeline"].update(numbers=[made] * times)


ANIMALS: dict[str, Callable[[Document], object]] = {
    "path in sha256": lambda d: ASSET(d).update(sha256="../../etc/passwd"),
    "path in extension": lambda d: ASSET(d).update(extension="/../x"),
    "newline after extension": lambda d: ASSET(d).update(extension="png\n"),
    "path in source": lambda d: ASSET(d).update(source="/home/ada/secret.png"),
    "id of another hash": lambda d: ASSET(d).update(sha256=sha("else")),
    "unknown field": lambda d: ASSET(d).update(exec="rm -rf /"),
    "number as text": lambda d: ASSET(d).update(width="12"),
    "negative size": lambda d: ASSET(d).update(bytes=-1),
    "absurd size": lambda d: ASSET(d).update(bytes=1 << 60),
    "absurd width": lambda d: ASSET(d).update(width=1 << 40),
    "endless caption": lambda d: ASSET(d).update(captions={"en": "x" * 20_001}),
    "control character in name": lambda d: ASSET(d).update(name="a\x1b[2J"),
    "list for a table": lambda d: d.update(assets=[]),
    "entry under another key": lambda d: d["assets"].update({sha("x")[:16]: ASSET(d)}),
    "unknown table": lambda d: d.update(plugins={}),
    "dangling item": lambda d: GROUP(d).update(items=[sha("x")[:16]]),
    "dangling recipe": lambda d: ASSET(d).update(recipe=sha("x")[:32]),
    "altered recipe": lambda d: RECIPE(d).update(seed=3),
    "infinite number": lambda d: RECIPE(d).update(settings={"truncation": "@1e999"}),
    "path as model id": lambda d: d["models"].update({"../x": {**MODEL(d), "id": "../x"}}),
    "name taken twice": lambda d: d["collections"].update(
        {sha("y")[:16]: {**GROUP(d), "id": sha("y")[:16]}}
    ),
    "layer without a picture": lambda d: layer(d).update(asset=sha("x")[:16]),
    "layer without a name": lambda d: layer(d).update(name=""),
    "two layers of one id": lambda d: layer(d).update(id=CANVAS(d)["layers"][0]["id"]),
    "layer with a path": lambda d: layer(d).update(file="../../etc/passwd"),
    "infinite place": lambda d: layer(d).update(x="@1e999"),
    "no number for a place": lambda d: layer(d).update(x=None),
    "absurd place": lambda d: layer(d).update(y=1e30),
    "scale nought": lambda d: layer(d).update(scale=0),
    "opacity two": lambda d: layer(d).update(opacity=2),
    "hue beyond the wheel": lambda d: layer(d)["adjust"].update(hue=1e9),
    "crop of nothing": lambda d: layer(d).update(
        crop={"left": 0, "top": 0, "width": 0, "height": 1}
    ),
    "wrong base64": lambda d: layer(d)["living"].update(code="not base64!"),
    "code of three bytes": lambda d: layer(d)["living"].update(code="AAAA"),
    "code of nothing": lambda d: layer(d)["living"].update(code=""),
    "code that is no number": lambda d: layer(d)["living"].update(code="AADAfwAAgD8AAIA_AACAPw=="),
    "endless code": lambda d: layer(d)["living"].update(code="AAAA" * (1 << 17)),
    "path as model of a layer": lambda d: layer(d)["living"].update(model="../x"),
    "endless truncation": lambda d: layer(d)["living"].update(truncation=1e9),
    "layers without end": lambda d: CANVAS(d).update(layers=CANVAS(d)["layers"] * 600),
    "canvas as large as a field": lambda d: CANVAS(d).update(width=1 << 30),
    "colour that is code": lambda d: CANVAS(d).update(background="url(x)"),
    "canvas under another key": lambda d: d["canvases"].update({sha("x")[:16]: CANVAS(d)}),
    "frames without end": lambda d: CANVAS(d)["timeline"].update(frames=1 << 40),
    "no frames a second": lambda d: CANVAS(d)["timeline"].update(fps=0),
    "keys without end": lambda d: CANVAS(d)["timeline"].update(keyframes=[key(d)] * 20_001),
    "key of a plain layer": lambda d: key(d).update(layer=CANVAS(d)["layers"][0]["id"]),
    "key of no layer": lambda d: key(d).update(layer=sha("x")[:16]),
    "key of another space": lambda d: key(d).update(code="AACAPw=="),
    "key before the beginning": lambda d: key(d).update(frame=-1),
    "unknown easing": lambda d: key(d).update(easing="bounce"),
    "two keys at once": lambda d: CANVAS(d)["timeline"].update(keyframes=[key(d)] * 2),
    "numbers without end": lambda d: number(d, times=20_001),
    "number of no track": lambda d: number(d, track="../x"),
    "number out of bounds": lambda d: number(d, track="opacity", value=2.0),
    "number that is none": lambda d: number(d, value="NaN"),
    "two numbers at once": lambda d: number(d, times=2),
    "marker with a line": lambda d: CANVAS(d)["timeline"].update(
        markers=[{"frame": 0, "name": "a\nb", "sign": "flag"}]
    ),
    "two markers at once": lambda d: CANVAS(d)["timeline"].update(
        markers=[{"frame": 0, "name": "a"}] * 2
    ),
    "beats without end": lambda d: CANVAS(d)["timeline"].update(beats={"bpm": 1e9}),
    "pace that goes back": lambda d: key(d).update(
        pace={"way": "0" * 16, "parts": [0.0, 0.9, 0.1, 1.0]}
    ),
    "preset of axis -1": lambda d: PRESET(d).update(axes=[0, -1]),
    "locks without end": lambda d: PRESET(d).update(lock=["x"] * 1000),
    "direction of no numbers": lambda d: WAY(d).update(vector="AADAfw=="),
    "direction of no space": lambda d: WAY(d).update(space="../z"),
    "direction without end": lambda d: WAY(d).update(vector="AAAA" * 90_000),
    "no version": lambda d: d.pop("schema_version"),
    "version as text": lambda d: d.update(schema_version="1"),
    "version true": lambda d: d.update(schema_version=True),
    "version nought": lambda d: d.update(schema_version=0),
    "too deep": lambda d: d.update(name=json.loads("[" * 90 + "]" * 90)),
}


@pytest.mark.parametrize("animal", ANIMALS)
def test_a_hostile_manifest_is_refused(folder: Path, animal: str) -> None:
    file = folder / MANIFEST
    document = json.loads(file.read_bytes())
    ANIMALS[animal](document)
    file.write_text(json.dumps(document).replace('"@1e999"', "1e999"))
    expect_refusal(folder)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b"\x80\x04K\x01.",
        b'{"schema_version": 1, "schema_version": 1}',
        b'{"schema_version": NaN}',
        b'{"schema_version": 1, "id": "\\ud800", "name": "x"}',
        b"\xff\xfe",
    ],
)
def test_what_is_no_manifest_is_refused(folder: Path, raw: bytes) -> None:
    (folder / MANIFEST).write_bytes(raw)
    expect_refusal(folder)


def expect_refusal(folder: Path) -> None:
    """Opening is refused as hostile, in either way, and changes nothing."""
    before = sorted(path for path in folder.rglob("*") if path.name != "lock")
    for read_only in (True, False):
        with pytest.raises(StudioError) as caught:
            Store.open(folder, read_only=read_only)
        assert caught.value.kind == "hostile"
        assert len(str(caught.value)) < 600
    assert sorted(path for path in folder.rglob("*") if path.name != "lock") == before


def test_a_newer_format_is_refused_in_words(folder: Path) -> None:
    file = folder / MANIFEST
    now, later = (
        b'"schema_version":%d' % number for number in (SCHEMA_VERSION, SCHEMA_VERSION + 1)
    )
    file.write_bytes(file.read_bytes().replace(now, later))
    with pytest.raises(StudioError, match="newer studio") as caught:
        Store.open(folder)
    assert caught.value.kind == "input"


def test_migrations_run_in_order() -> None:
    steps: dict[int, Callable[[Document], Document]] = {
        1: lambda document: {**document, "canvases": {}},
        2: lambda document: {**document, "canvases": {"a": len(document["canvases"])}},
    }
    old = {"schema_version": 1, "name": "x"}
    new = migrated(old, "it", steps=steps, current=3)
    assert new == {"schema_version": 3, "name": "x", "canvases": {"a": 0}}
    assert old == {"schema_version": 1, "name": "x"}


@pytest.mark.skipif(os.name == "nt", reason="needs links and pipes")
@pytest.mark.parametrize("place", ["assets/x.png", "runs/r/previews", "manifest2", "models/m"])
def test_links_and_pipes_are_refused(folder: Path, place: str) -> None:
    target = folder / place
    target.parent.mkdir(parents=True, exist_ok=True)
    target.symlink_to("/etc")
    expect_refusal(folder)
    target.unlink()
    os.mkfifo(target)
    expect_refusal(folder)


def repacked(folder: Path, change: Callable[[zipfile.ZipFile, dict[str, bytes]], object]) -> Path:
    """The project packed by a stranger, who may change everything."""
    packed = pack(folder, folder.with_suffix(".aigcz"))
    with zipfile.ZipFile(packed) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        change(archive, files)
        for name, data in files.items():
            archive.writestr(name, data)
    return packed


def asset_name(files: dict[str, bytes]) -> str:
    """The entry of the one payload."""
    return next(name for name in files if name.startswith("assets/"))


def link(archive: zipfile.ZipFile, files: dict[str, bytes]) -> None:
    """The payload as a symbolic link."""
    entry = zipfile.ZipInfo(asset_name(files))
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    files.pop(entry.filename)
    archive.writestr(entry, "/etc/passwd")


ZIPS: dict[str, Callable[[zipfile.ZipFile, dict[str, bytes]], object]] = {
    "climbs out": lambda _, files: files.update({"../evil": b"x"}),
    "climbs out of runs": lambda _, files: files.update({"runs/r/../../../evil": b"x"}),
    "absolute": lambda _, files: files.update({"/etc/evil": b"x"}),
    "backslashes": lambda _, files: files.update({"runs\\..\\evil": b"x"}),
    "drive": lambda _, files: files.update({"C:/evil": b"x"}),
    "hidden": lambda _, files: files.update({"runs/r/.bashrc": b"x"}),
    "foreign": lambda _, files: files.update({"models/run.pkl": b"x"}),
    "same name in other case": lambda _, files: files.update({"MANIFEST.json": b"x"}),
    "link": link,
    "altered payload": lambda _, files: files.update({asset_name(files): b"x"}),
    "missing payload": lambda _, files: files.pop(asset_name(files)),
    "no manifest": lambda _, files: files.pop("manifest.json"),
    "bomb": lambda _, files: files.update({"runs/r/zeros": bytes(50 << 20)}),
    "altered weights": lambda _, files: files.update(
        {name: b"x" for name in files if name.endswith("weights.safetensors")}
    ),
    "foreign card": lambda _, files: files.update(
        {
            name: data.replace(b'"model": "', b'"model": "f')
            for name, data in files.items()
            if name.endswith("card.json")
        }
    ),
}


@pytest.mark.parametrize("animal", ZIPS)
def test_a_hostile_zip_is_refused(folder: Path, tmp_path: Path, animal: str) -> None:
    packed = repacked(folder, ZIPS[animal])
    expect_no_unpacking(packed, tmp_path)


def expect_no_unpacking(packed: Path, tmp_path: Path) -> None:
    """Refused, and nothing is left of it anywhere."""
    with pytest.raises(StudioError) as caught:
        unpack(packed, tmp_path / "out" / "new.aigc")
    assert caught.value.kind in ("hostile", "missing")
    assert list((tmp_path / "out").iterdir()) == []
    assert not list(tmp_path.rglob("*evil*"))


def test_broken_zips_are_refused(folder: Path, tmp_path: Path) -> None:
    packed = pack(folder, tmp_path / "x.aigcz")
    whole = packed.read_bytes()
    cut = [whole[:100], whole[:-30], b"", b"PK\x03\x04" + whole[4:200], whole.replace(b"PK", b"KP")]
    for raw in cut:
        packed.write_bytes(raw)
        expect_no_unpacking(packed, tmp_path)
    flipped = bytearray(whole)
    flipped[len(whole) // 3] ^= 0x40
    packed.write_bytes(flipped)
    expect_no_unpacking(packed, tmp_path)


def test_a_name_twice_is_refused(folder: Path, tmp_path: Path) -> None:
    packed = tmp_path / "x.aigcz"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("manifest.json", b"{}")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("manifest.json", b"{}")
    expect_no_unpacking(packed, tmp_path)
