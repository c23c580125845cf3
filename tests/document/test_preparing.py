"""What `prepare` shows of a collection is what training takes of it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.latent import Modality
from aigc_studio.document.model import Asset
from aigc_studio.document.preparing import Outlook, outlook
from aigc_studio.jobs.specs import DataSet, TrainItem
from aigc_studio.media import clean
from aigc_studio.media.decode import decode_image
from aigc_studio.media.encode import encode_bytes
from aigc_studio.media.image import Image
from aigc_studio.media.preparation import Preparation
from aigc_studio.ml import data as ml_data
from aigc_studio.ml.data import PreparedData, prepare_data
from tests.media.helpers import noise

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GOOD = [encode_bytes(noise(20, 20, 3, seed), "png") for seed in range(14)]
UNFIT = {
    "broken": GOOD[0][:200],
    "tiny": encode_bytes(noise(7, 40), "png"),
    "clear": encode_bytes(Image(np.zeros((20, 20, 4), np.uint8)), "png"),
    "flat": encode_bytes(Image(np.full((20, 20, 3), 80, np.uint8)), "png"),
    "same": encode_bytes(noise(20, 20, 3, 3).to_mode("rgba"), "png"),
}


def items(folder: Path, payloads: list[bytes], *names: str) -> tuple[TrainItem, ...]:
    """Files as a collection holds them; the last ones carry `names`."""
    captions = [f"good {number}" for number in range(len(payloads) - len(names))] + list(names)
    folder.mkdir(exist_ok=True)
    made = []
    for caption, payload in zip(captions, payloads, strict=True):
        sha256 = hashlib.sha256(payload).hexdigest()
        path = folder / f"{sha256}.png"
        path.write_bytes(payload)
        made.append(TrainItem(path=path, sha256=sha256, caption=caption))
    return tuple(made)


def prepared(given: tuple[TrainItem, ...], folder: Path) -> PreparedData:
    """The collection as training sees it."""
    return prepare_data(data_set(given), folder, lambda _done, _total: None)


def data_set(given: tuple[TrainItem, ...]) -> DataSet:
    """A collection "foxes"."""
    return DataSet(name="foxes", items=given, preparation=Preparation())


def as_asset(item: TrainItem) -> Asset:
    """The same in a project."""
    return Asset(
        id=item.sha256[:16],
        kind=Modality.IMAGE,
        sha256=item.sha256,
        extension="png",
        name=item.caption,
        bytes=1,
    )


def outlook_of(given: tuple[TrainItem, ...], folder: Path) -> Outlook:
    """The collection as `prepare` shows it."""
    assets = [as_asset(item) for item in given]
    return outlook(assets, folder, Preparation(), lambda _done, _total: None)


def test_training_takes_what_prepare_promises(tmp_path: Path) -> None:
    given = items(tmp_path / "assets", [*GOOD, *UNFIT.values()], *UNFIT)
    taken = prepared(given, tmp_path / "data")
    shown = outlook_of(given, tmp_path / "assets")
    out = {note.asset for note in (*shown.left_out, *shown.duplicates)}
    assert list(taken.hashes) == [item.sha256 for item in given if item.sha256[:16] not in out]
    assert (len(taken.hashes), len(taken.held_out)) == (shown.usable, shown.held_out) == (14, 3)
    assert taken.preparation == shown.preparation
    assert [note.verdict for note in shown.left_out] == ["broken", "tiny", "empty", "empty"]
    assert [note.name for note in shown.duplicates] == ["same"]
    assert [words.partition(": ")[0] for words in taken.left_out] == list(UNFIT)
    assert all(words.partition(": ")[2] for words in taken.left_out)


def test_a_picture_is_looked_at_once_and_prepared_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def counted(name: str) -> Callable[[Path], Image]:
        def read(path: Path) -> Image:
            calls.append(name)
            return decode_image(path)

        return read

    for module in (clean, ml_data):
        monkeypatch.setattr(module, "decode_image", counted(module.__name__))
    given = items(tmp_path / "assets", [*GOOD, UNFIT["flat"]])
    prepared(given, tmp_path / "data")
    assert (calls.count(clean.__name__), calls.count(ml_data.__name__)) == (15, 14)
    prepared(given, tmp_path / "data")
    assert len(calls) == 29


@pytest.mark.parametrize("good", [0, 1])
def test_when_too_little_is_left_the_reasons_are_told(tmp_path: Path, good: int) -> None:
    payloads = [*GOOD[3 : 3 + good], *UNFIT.values()]
    given = items(tmp_path / "assets", payloads, *UNFIT)
    with pytest.raises(StudioError) as caught:
        prepared(given[: good + 4], tmp_path / "data")
    told = f'"foxes" has {good} usable pictures (1 broken, 1 tiny, 2 empty)'
    assert caught.value.happened.startswith(told)
    assert caught.value.kind == "input"
    assert "prepare" in caught.value.todo
    assert not (tmp_path / "data" / "pixels.npy").exists()


def test_nothing_usable_is_an_outlook_too(tmp_path: Path) -> None:
    given = items(tmp_path / "assets", list(UNFIT.values())[:4], *list(UNFIT)[:4])
    shown = outlook_of(given, tmp_path / "assets")
    assert (shown.items, shown.usable, shown.held_out, shown.preparation) == (4, 0, 0, None)
    assert len(shown.left_out) == 4
