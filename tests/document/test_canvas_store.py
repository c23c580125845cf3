"""Canvases on disk: journal, old journals, sweep, check, pack; and what their pictures are."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pytest

from aigc_studio.base import strict_json
from aigc_studio.catalog.recipe import Recipe
from aigc_studio.document import bundle, canvas_edits, changes, layer_edits, laying
from aigc_studio.document.canvas import LatentPoint, packed
from aigc_studio.document.canvas_credits import canvas_provenance
from aigc_studio.document.check import check
from aigc_studio.document.chosen import ChosenModel
from aigc_studio.document.manifest import MANIFEST
from aigc_studio.document.migrations import migrated
from aigc_studio.document.model import SCHEMA_VERSION
from aigc_studio.document.pack import pack, unpack
from aigc_studio.document.rendering import Pictures, rendered, rgb_of
from aigc_studio.document.renders import flat_of, flat_png, render_of
from aigc_studio.document.store import Store
from aigc_studio.jobs.specs import ModelRef
from aigc_studio.media.image import Image
from aigc_studio.media.provenance_reading import read_provenance
from tests.document.helpers import add_picture, sha, write_model

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aigc_studio.document.canvas import Canvas
    from aigc_studio.document.model import Asset

POINT = LatentPoint(model=sha("m"), code=packed(np.ones(4, np.float32)))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A saved project with a picture on a canvas."""
    with Store.create(tmp_path / "night.aigc", author="Ada", rights="CC0") as store:
        asset = add_picture(store, 1, width=9, height=9)
        store.apply(changes.add_collection(store.project, "all", [asset.id]))
        store.apply(canvas_edits.add_canvas(store.project, "night", 20, 16))
        store.apply(laying.add_layer(store.project, canvas_of(store).id, asset.id))
        store.save()
        yield store


def canvas_of(store: Store) -> Canvas:
    """The one canvas."""
    (canvas,) = store.project.canvases.values()
    return canvas


def rendered_once(store: Store, tmp_path: Path, colour: int) -> tuple[Asset, Recipe]:
    """A living layer's render, its payload on disk."""
    card = write_model(tmp_path / "m")
    ref = ModelRef(id=card.model, path=tmp_path / "m" / "weights.safetensors")
    model = ChosenModel(ref, "foxes", tmp_path / "m", card)
    recipe = Recipe(operation="decode", model=card.model, family="image-vae", seed=colour)
    picture = Image(np.full((8, 8, 3), colour, np.uint8))
    return render_of(store, picture, recipe, model, f"foxes {colour}"), recipe


FEW = 20


def lines(store: Store) -> list[bytes]:
    """Of the journal, after it has been written."""
    store._journal.flush()
    return (store.folder / bundle.JOURNAL).read_bytes().splitlines()


def test_a_drag_is_few_lines_of_the_journal_and_one_step_when_recovered(store: Store) -> None:
    canvas = canvas_of(store)
    (layer,) = canvas.layers
    with store.gesture("Move a layer"):
        for step in range(200):
            edit = layer_edits.place_layer(store.project, canvas.id, layer.id, float(step), 1.0)
            store.apply(edit)
            if step == 100:
                assert len(lines(store)) < FEW
    written = len(lines(store))
    assert written < FEW  # one for each time that the journal was brought to the disk
    moved = store.project
    store.apply(layer_edits.set_opacity(store.project, canvas.id, [layer.id], 0.5))
    assert len(lines(store)) == written + 1  # the next step does not join
    store.close()
    with Store.open(store.folder) as again:
        again.undo()
        assert again.project == moved
        assert canvas_of(again).layers[0].x == 199
        again.undo()
        again.undo()
        assert canvas_of(again) == canvas


def test_a_drag_back_to_where_it_began_leaves_no_step(store: Store) -> None:
    canvas = canvas_of(store)
    (layer,) = canvas.layers
    with store.gesture("Move a layer"):
        for x in (1.0, 2.0, layer.x):
            store.apply(layer_edits.place_layer(store.project, canvas.id, layer.id, x, layer.y))
    assert not store.modified
    store.close()
    with Store.open(store.folder) as again:
        assert canvas_of(again) == canvas
        assert again.undo() is None


def aged(store: Store) -> bytes:
    """The project as format 1 wrote it, without canvases; returns the manifest's bytes."""
    document = json.loads((store.folder / MANIFEST).read_bytes())
    for table in ("canvases", "presets", "directions"):
        del document[table]
    for asset in document["assets"].values():
        del asset["generated"], asset["render"]
    return json.dumps({**document, "schema_version": 1}).encode()


def test_the_journal_of_an_older_studio_is_not_lost(tmp_path: Path) -> None:
    with Store.create(tmp_path / "old.aigc") as store:
        asset = add_picture(store, 1)
        store.save()
        store.apply(changes.set_caption(store.project, asset.id, "a fox"))
    raw = aged(store)
    (store.folder / MANIFEST).write_bytes(raw)
    journal = store.folder / bundle.JOURNAL
    entry = json.loads(journal.read_bytes())
    del entry["crc"]
    for side in ("before", "after"):
        for field in ("generated", "render"):
            del entry["edit"]["changes"][0][side][field]
    entry |= {"schema": 1, "base": bundle.revision(raw)}
    entry["crc"] = zlib.crc32(strict_json.dumps(entry))
    journal.write_bytes(strict_json.dumps(entry) + b"\n")
    with Store.open(store.folder) as again:
        assert again.recovered == 1
        assert again.project.assets[asset.id].caption == "a fox"
        again.apply(canvas_edits.add_canvas(again.project, "new"))
    with Store.open(store.folder) as again:
        assert again.recovered == 2
        assert canvas_of(again).name == "new"
        again.save()
    assert f'"schema_version":{SCHEMA_VERSION}'.encode() in (store.folder / MANIFEST).read_bytes()


def test_a_format_1_document_gets_empty_tables() -> None:
    old = {"schema_version": 1, "name": "x"}
    assert migrated(old, "it") == {
        "schema_version": SCHEMA_VERSION,
        "name": "x",
        "canvases": {},
        "presets": {},
    }


def test_the_sweep_spares_what_layers_show_and_takes_what_none_shows(
    store: Store, tmp_path: Path
) -> None:
    canvas = canvas_of(store).id
    first, recipe = rendered_once(store, tmp_path, 10)
    store.apply(laying.add_living(store.project, canvas, first, POINT, recipe))
    living = canvas_of(store).layers[1].id
    second, recipe = rendered_once(store, tmp_path, 20)
    store.apply(canvas_edits.set_render(store.project, canvas, living, second, POINT, recipe))
    assert store.asset_path(first).is_file()
    store.undo()  # the payload is still there for it
    assert canvas_of(store).layers[1].asset == first.id
    store.redo()
    store.save()
    store.close()
    with Store.open(store.folder) as again:
        assert again.missing == ()
        assert again.asset_path(second).is_file()
        assert not (again.folder / bundle.ASSETS / first.file_name).exists()


def test_a_missing_model_is_a_note_and_the_bundle_travels(store: Store, tmp_path: Path) -> None:
    asset, recipe = rendered_once(store, tmp_path, 10)
    canvas = canvas_of(store).id
    store.apply(laying.add_living(store.project, canvas, asset, POINT, recipe))
    store.save()
    (problem,) = check(store.folder)
    assert (problem.weight, problem.where) == ("note", 'canvas "night"')
    assert "last render" in problem.what
    folder = unpack(pack(store.folder, tmp_path / "x.aigcz"), tmp_path / "copy.aigc")
    with Store.open(folder) as copy:
        assert copy.project == store.project
        assert copy.missing == ()


def test_what_is_rendered(store: Store, tmp_path: Path) -> None:
    pictures = Pictures(store.asset_path)
    canvas = canvas_of(store)
    clear = rendered(store.project, canvas, pictures)
    (asset,) = store.project.assets.values()
    picture = pictures(asset)
    assert clear.size == (20, 16)
    assert np.array_equal(clear.pixels[3:12, 5:14, :3], picture.pixels)
    assert clear.alpha().sum() == 255 * 81
    store.apply(canvas_edits.edit_canvas(store.project, canvas.id, background="#102030"))
    full = rendered(store.project, canvas_of(store), pictures, factor=2.0)
    assert full.size == (40, 32)
    assert tuple(full.pixels[0, 0]) == (16, 32, 48) == rgb_of("#102030")
    layer = canvas.layers[0].id
    other = Image(np.full((9, 9, 3), 77, np.uint8))
    shown = rendered(store.project, canvas_of(store), pictures, shown={layer: other})
    assert (shown.pixels[3:12, 5:14] == 77).all()
    store.apply(layer_edits.set_visible(store.project, canvas.id, [layer], visible=False))
    assert (
        not rendered(store.project, canvas_of(store), pictures, factor=0.5).pixels.std((0, 1)).any()
    )


def test_flattened_layers_look_the_same_and_say_where_they_come_from(
    store: Store, tmp_path: Path
) -> None:
    pictures = Pictures(store.asset_path)
    asset, recipe = rendered_once(store, tmp_path, 10)
    canvas = canvas_of(store).id
    store.apply(laying.add_living(store.project, canvas, asset, POINT, recipe, x=6, y=5))
    before = canvas_of(store)
    ids = {layer.id for layer in before.layers}
    look = rendered(store.project, before, pictures)
    flat = flat_of(store, *flat_png(store.project, before, ids, pictures), before, ids)
    store.apply(laying.flatten_layers(store.project, canvas, ids, flat))
    assert rendered(store.project, canvas_of(store), pictures) == look
    assert (flat.author, flat.generated, flat.render) == ("Ada", True, True)
    (living,) = canvas_of(store).layers
    assert living.living is None
    file = read_provenance(store.asset_path(flat))
    assert file is not None
    assert "compositeWithTrainedAlgorithmicMedia" in file.digital_source_type


def test_an_export_says_what_it_is_made_of(store: Store, tmp_path: Path) -> None:
    plain = canvas_provenance(store.project, canvas_of(store))
    assert (plain.author, plain.rights, plain.title) == ("Ada", "CC0", "night")
    assert plain.digital_source_type == ""
    asset, recipe = rendered_once(store, tmp_path, 10)
    canvas = canvas_of(store)
    store.apply(laying.add_living(store.project, canvas.id, asset, POINT, recipe))
    mixed = canvas_provenance(store.project, canvas_of(store), film=True)
    assert mixed.digital_source_type.endswith("compositeWithTrainedAlgorithmicMedia")
    told = json.loads(mixed.recipe_json)
    assert told["operation"] == "canvas"
    assert list(told["recipes"]) == [asset.recipe]
    assert told["canvas"]["timeline"]["fps"] == 24
    plain_id = canvas.layers[0].id
    store.apply(canvas_edits.remove_layers(store.project, canvas.id, {plain_id}))
    alone = canvas_provenance(store.project, canvas_of(store))
    assert alone.digital_source_type.endswith("/trainedAlgorithmicMedia")
    assert "timeline" not in json.loads(alone.recipe_json)["canvas"]
