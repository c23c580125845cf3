"""Do pictures show their words? A judge finds each caption's own picture among a hundred.

The first 100 pictures that were held out of the training of a model of words to pictures are
fixed. For each caption one picture is made from seed 0; EfficientNet-Lite0, which none of our
models ever saw, looks which of the hundred true ones lie nearest. Chance is 10 % for R@10.

    python -m tests.bench.bench_words PROJECT MODEL [--languages en,zh] [--guidance 3]
                                      [--sheet FILE]
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from aigc_studio.catalog.conditions import Conditions
from aigc_studio.catalog.split import held_out
from aigc_studio.document.chosen import choose_model
from aigc_studio.document.lookup import find_collection
from aigc_studio.document.starter import shipped_project
from aigc_studio.document.store import Store
from aigc_studio.media.decode import decode_image
from aigc_studio.media.encode import encode_bytes
from aigc_studio.media.image import Image, grid
from aigc_studio.media.prepare import prepare
from aigc_studio.ml.registry import load_model
from aigc_studio.worker.playing import as_image, preparation_of
from tests.bench.efficientnet import features, fetched
from tests.bench.table import Row, show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from aigc_studio.document.model import Asset
    from aigc_studio.ml.families.image_flow import ImageFlow

LONG = True
COUNT, NEAR = 100, 10
TARGET = 2.5  # times chance
SEED = 0
SHIPPED = "emoji-flow"


def measure() -> list[Row]:
    """Figures of the model that ships."""
    return measure_on(shipped_project(), SHIPPED, ("en", "zh"), 3.0, None)


def chosen(store: Store, collection: str) -> list[Asset]:
    """The first hundred pictures that no training ever sees."""
    assets = [store.project.assets[key] for key in find_collection(store.project, collection).items]
    marks = held_out([asset.sha256 for asset in assets])
    return [asset for asset, out in zip(assets, marks, strict=True) if out][:COUNT]


def recall(made: Tensor, true: Tensor, near: int) -> float:
    """Percent of rows of `made` whose own row of `true` is among the `near` most alike."""
    order = (made @ true.T).argsort(1, descending=True)[:, :near]
    own = np.arange(len(made))[:, None]
    return 100 * float((order.numpy() == own).any(1).mean())


def drawn(model: ImageFlow, captions: Sequence[str], guidance: float) -> list[Image]:
    """One picture of each caption."""
    made = []
    for words in captions:
        told = model.conditioned(Conditions(words=words, guidance=guidance))
        made.append(as_image(told.decode(told.prior(SEED))[0]))
    return made


def measure_on(
    project: Path, word: str, languages: Sequence[str], guidance: float, sheet: Path | None
) -> list[Row]:
    """Figures of a model of a project, for each language."""
    with Store.open(project, read_only=True) as store, tempfile.TemporaryDirectory() as folder:
        model = choose_model(store, word)
        assert model.card.data is not None
        assets = chosen(store, model.card.data.collection)
        loaded = load_model(model.ref, "cpu")
        playing, how = cast("ImageFlow", loaded), preparation_of(loaded)
        true = [prepare(decode_image(store.asset_path(asset)), how) for asset in assets]
        net = fetched(Path(folder))
        originals = [as_image(picture) for picture in true]
        judged = features(net, originals)
        again = [as_image(playing.decode(playing.encode([x], "latent"))[0]) for x in true]
        rows = [_row("autoencoder", recall(features(net, again), judged, NEAR), len(assets), None)]
        shown = [originals]
        for language in languages:
            made = drawn(playing, [asset.captions[language] for asset in assets], guidance)
            shown.append(made)
            found = features(net, made)
            for near in (1, 5, NEAR):
                aim = TARGET if near == NEAR else None
                rows.append(_row(language, recall(found, judged, near), len(assets), aim, near))
    if sheet is not None:
        pictures = [picture for rows_of in zip(*shown, strict=True) for picture in rows_of]
        sheet.write_bytes(encode_bytes(grid(pictures, 6 * len(shown)), "png"))
    return rows


def _row(name: str, value: float, count: int, aim: float | None, near: int = NEAR) -> Row:
    chance = 100 * near / count
    target = None if aim is None else aim * chance
    return Row(f"{name} R@{near}", value, target, "%", "at least", f"chance {chance:g} %")


def main() -> int:
    """Print the figures; exit code 1 when the target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("model")
    parser.add_argument("--languages", default="en,zh")
    parser.add_argument("--guidance", type=float, default=3.0)
    parser.add_argument("--sheet", type=Path)
    asked = parser.parse_args()
    languages = asked.languages.split(",")
    rows = measure_on(asked.project, asked.model, languages, asked.guidance, asked.sheet)
    return 0 if show(rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
