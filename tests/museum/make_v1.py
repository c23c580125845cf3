"""How `v1.aigcz` was made: run once, with the studio that wrote format 1. Never run it again."""

from __future__ import annotations

import tempfile
from pathlib import Path

from aigc_studio.catalog.latent import Modality
from aigc_studio.catalog.recipe import Recipe
from aigc_studio.document import changes
from aigc_studio.document.model import Asset, recipe_id
from aigc_studio.document.pack import pack
from aigc_studio.document.store import Store
from tests.document.helpers import png, write_model

HERE = Path(__file__).parent
WHEN = "2026-11-23T20:00:00+00:00"


def picture(store: Store, colour: int, **fields: object) -> Asset:
    """A tiny picture with everything that can be said of one."""
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
    """One of each kind of entity."""
    recipe = Recipe(
        operation="sample",
        model=model,
        family="someday-gan",
        seed=7,
        code=b"\x00\xff code",
        settings={"truncation": 0.7},
        versions={"studio": "0.1.0"},
    )
    drawn = picture(
        store,
        1,
        captions={"en": "a fox", "zh": "狐狸"},
        tags=("red", "animal"),
        author="Ada",
        rights="CC BY 4.0",
        source="fox.png",
    )
    generated = picture(store, 2, recipe=recipe_id(recipe))
    store.apply(changes.add_assets(store.project, [drawn, generated], [recipe]))
    items = [drawn.id, generated.id]
    store.apply(changes.add_collection(store.project, "foxes", items, modality=Modality.IMAGE))


def main() -> None:
    """Write `v1.aigcz` beside this file."""
    with tempfile.TemporaryDirectory() as place:
        card = write_model(Path(place) / "model", family="someday-gan")
        folder = Path(place) / "v1.aigc"
        with Store.create(folder, "museum", author="Ada", rights="CC BY 4.0") as store:
            store.adopt_model(Path(place) / "model")
            fill(store, card.model)
            store.save()
        pack(folder, HERE / "v1.aigcz")


if __name__ == "__main__":
    main()
