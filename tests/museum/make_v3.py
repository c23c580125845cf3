"""How `v3.aigcz` was made: run once, with the studio that wrote format 3. Never run it again."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from aigc_studio.catalog.conditions import Conditions
from aigc_studio.catalog.latent import Modality
from aigc_studio.catalog.recipe import Recipe
from aigc_studio.document import (
    canvas_edits,
    changes,
    direction_edits,
    filter_edits,
    group_edits,
    layer_edits,
    laying,
    marker_edits,
    mask_edits,
    preset_edits,
    timeline_edits,
)
from aigc_studio.document.canvas import LatentPoint, packed
from aigc_studio.document.model import Asset, recipe_id
from aigc_studio.document.pack import pack
from aigc_studio.document.store import Store
from aigc_studio.document.tracks import Beats
from aigc_studio.media.filters import Blur, Levels, Noise
from aigc_studio.media.placing import Adjust, Crop
from tests.document.helpers import png, write_model

HERE = Path(__file__).parent
WHEN = "2026-11-24T00:00:00+00:00"
CODE = np.array([0.5, -1.25, 3.0, 0.1], np.float32)


def picture(store: Store, colour: int, **fields: object) -> Asset:
    """A tiny picture."""
    sha256, size = store.add_payload(png(colour, side=8), "png")
    return changes.made(
        Asset,
        id=sha256[:16],
        kind=Modality.IMAGE,
        sha256=sha256,
        extension="png",
        name=f"picture {colour}",
        bytes=size,
        width=8,
        height=8,
        created=WHEN,
        **fields,
    )


def fill(store: Store, model: str) -> None:
    """One of each kind of entity; a canvas with every kind of layer and key."""
    told = Conditions(words="a red fox", guidance=4.0)
    point = LatentPoint(model=model, code=packed(CODE), seed=7, truncation=0.7, conditions=told)
    recipe = Recipe(operation="sample", model=model, family="someday-gan", seed=7)
    drawn = picture(store, 1, captions={"en": "a fox"}, author="Ada", rights="CC BY 4.0")
    result = picture(store, 2, recipe=recipe_id(recipe), render=True)
    store.apply(changes.add_asset(store.project, drawn))
    store.apply(changes.add_collection(store.project, "foxes", [drawn.id]))
    store.apply(canvas_edits.add_canvas(store.project, "night", 64, 48, background="#102030"))
    (canvas,) = store.project.canvases
    store.apply(laying.add_layer(store.project, canvas, drawn.id, x=10.5, y=12.0))
    store.apply(laying.add_living(store.project, canvas, result, point, recipe))
    plain, living = (layer.id for layer in store.project.canvases[canvas].layers)
    store.apply(
        layer_edits.edit_layers(
            store.project,
            canvas,
            {
                plain: {
                    "rotation": 30.0,
                    "opacity": 0.5,
                    "sampling": "pixels",
                    "crop": Crop(left=1, top=2, width=5, height=4),
                    "adjust": Adjust(brightness=0.25, hue=-40.0),
                }
            },
        )
    )
    timed = timeline_edits.add_keys(store.project, canvas, living, {0: CODE, 12: -CODE}, "ease-out")
    store.apply(timed)
    store.apply(timeline_edits.add_number(store.project, canvas, plain, "x", 6, 20.0, "hold"))
    store.apply(timeline_edits.add_number(store.project, canvas, living, "guidance", 3, 2.0))
    store.apply(timeline_edits.set_timeline(store.project, canvas, fps=12.0, frames=24, loop=True))
    store.apply(marker_edits.add_marker(store.project, canvas, 5, "chorus"))
    store.apply(marker_edits.set_beats(store.project, canvas, Beats(bpm=90.0, snap=True)))
    for each in (Levels(gamma=1.5), Blur(radius=2.0, enabled=False), Noise(amount=0.2, seed=3)):
        store.apply(filter_edits.add_filter(store.project, canvas, plain, each))
    store.apply(layer_edits.set_blend(store.project, canvas, [living], "multiply"))
    store.apply(group_edits.group_layers(store.project, canvas, [plain, living], "both"))
    mask = picture(store, 3, render=True)
    store.apply(mask_edits.add_mask(store.project, canvas, plain, mask))
    store.apply(preset_edits.add_preset(store.project, "calm", point, lock=("colour",)))
    store.apply(direction_edits.add_direction(store.project, "brighter", model, "z", CODE))


def main() -> None:
    """Write `v3.aigcz` beside this file."""
    with tempfile.TemporaryDirectory() as place:
        card = write_model(Path(place) / "model", family="someday-gan")
        folder = Path(place) / "v3.aigc"
        with Store.create(folder, "museum", author="Ada", rights="CC BY 4.0") as store:
            store.adopt_model(Path(place) / "model")
            fill(store, card.model)
            store.save()
        pack(folder, HERE / "v3.aigcz")


if __name__ == "__main__":
    main()
