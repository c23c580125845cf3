"""Prepared training data: one memory-mapped uint8 array, a fixed split, a derived order."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import IO, TYPE_CHECKING

import numpy as np
import torch
from pydantic import ValidationError

from aigc_studio.base import seeds, strict_json
from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import disk_errors, write_atomic
from aigc_studio.base.frozen import Frozen
from aigc_studio.catalog.split import held_out
from aigc_studio.media.clean import survey
from aigc_studio.media.decode import decode_image
from aigc_studio.media.patches import patches_each, patches_of, resolve_patches
from aigc_studio.media.preparation import Preparation
from aigc_studio.media.prepare import prepare, resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import numpy.typing as npt
    from torch import Tensor

    from aigc_studio.jobs.specs import DataSet, TrainItem
    from aigc_studio.media.clean import Finding
    from aigc_studio.media.image import Pixels

    Indices = npt.NDArray[np.int64]

FEWEST = 2
CHANNELS = {"grey": 1, "rgb": 3, "rgba": 4}


class _Note(Frozen):
    """Beside the array: what it was made of, and the resolved preparation."""

    fingerprint: str
    preparation: Preparation
    hashes: tuple[str, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class PreparedData:
    """Training items ready for the loop.

    Attributes:
        pixels: (N, S, S, C) uint8, premultiplied where C is 4.
        hashes: sha256 of each item's payload; patches of one picture share it.
        training, held_out: indices into `pixels`; disjoint, together all items.
        preparation: resolved, with size and colour.
        fingerprint: sha256 over the payload hashes and the wished preparation.
        left_out: one sentence for each item that could not be used.
        pair: the second domain, for families that learn from two collections.
        captions: words of each item by language; empty where nothing is known.
        tags: those of each item.
    """

    pixels: Pixels
    hashes: tuple[str, ...]
    training: Indices
    held_out: Indices
    preparation: Preparation
    fingerprint: str
    left_out: tuple[str, ...] = ()
    pair: PreparedData | None = None
    captions: tuple[Mapping[str, str], ...] = ()
    tags: tuple[tuple[str, ...], ...] = ()

    @property
    def size(self) -> int:
        """Side of the squares in pixels."""
        return int(self.pixels.shape[1])

    @property
    def channels(self) -> int:
        """1 grey, 3 colour, 4 premultiplied colour with alpha."""
        return int(self.pixels.shape[3])

    @property
    def pictures(self) -> int:
        """Pictures that the items are of."""
        return len(set(self.hashes))

    @property
    def pictures_held_out(self) -> int:
        """How many of them are kept from training."""
        return len({self.hashes[index] for index in self.held_out})

    def batch_items(self, seed: int, step: int, batch: int) -> Tensor:
        """Indices of the items of one step, (batch,) int64; a function of seed and step.

        Items come in epochs, each a fresh permutation of the training part; a batch may span
        the end of one epoch and the start of the next.
        """
        count = len(self.training)
        positions = np.arange(step * batch, (step + 1) * batch)
        picked = [_epoch_order(seed, int(p) // count, count)[p % count] for p in positions]
        return torch.from_numpy(self.training[np.asarray(picked)])

    def batch(self, items: Tensor | Indices) -> Tensor:
        """Items as float32 (B, C, S, S) in [0, 1], channels last in memory."""
        chosen = np.asarray(items)
        gathered = torch.from_numpy(np.ascontiguousarray(self.pixels[chosen]))
        return gathered.permute(0, 3, 1, 2).to(torch.float32).div_(255.0)


@lru_cache(maxsize=4)
def _epoch_order(seed: int, epoch: int, count: int) -> Indices:
    generator = np.random.Generator(np.random.Philox(seeds.derive(seed, "order", epoch)))
    return generator.permutation(count)


def split(hashes: tuple[str, ...]) -> tuple[Indices, Indices]:
    """Indices of the training part and the held-out part, see `catalog.split`.

    All patches of a picture are on its side.
    """
    pictures = tuple(dict.fromkeys(hashes))
    marks = dict(zip(pictures, held_out(pictures), strict=True))
    out = np.array([marks[sha256] for sha256 in hashes], dtype=bool)
    return np.flatnonzero(~out), np.flatnonzero(out)


def fingerprint_of(data: DataSet) -> str:
    """Sha256 over the items' payload hashes, in order, and the wished preparation."""
    value: dict[str, object] = {
        "items": [item.sha256 for item in data.items],
        "preparation": data.preparation.model_dump(mode="json"),
    }
    if data.patches:
        value["patches"] = data.patches
    return hashlib.sha256(strict_json.dumps(value)).hexdigest()


def prepare_data(
    data: DataSet,
    folder: Path,
    progress: Callable[[int, int], None],
    *,
    fewest: int = FEWEST,
) -> PreparedData:
    """Decode and prepare a collection into `folder`, or take what an earlier call left there.

    Args:
        data: the collection; what `media.clean.survey` finds unfit or twice is left out and
            named, never fatal.
        folder: holds `pixels.npy` and `prepared.json`; made when missing.
        progress: called with items done and items in all.
        fewest: usable pictures that are needed; training needs two.

    Raises:
        StudioError: kind "input" with fewer usable pictures, saying why the others
            are not; "disk" when it is full.
    """
    found = load_prepared(data, folder)
    if found is not None:
        return found
    with disk_errors(folder, kept="The collection itself is untouched."):
        folder.mkdir(parents=True, exist_ok=True)
        note = _write(data, folder, progress, fewest)
        write_atomic(folder / "prepared.json", note.model_dump_json().encode())
    ready = load_prepared(data, folder)
    if ready is None:
        raise StudioError("The prepared pictures changed while they were written.", kind="disk")
    return ready


def prepare_pair(
    data: DataSet, pair: DataSet | None, folder: Path, progress: Callable[[int, int], None]
) -> PreparedData:
    """`prepare_data`, with the second domain alike in size and colour where there is one.

    The richer colour of both holds; the second lies in the folder `pair` inside `folder`.
    """
    first = prepare_data(data, folder, progress)
    if pair is None:
        return first
    wishes = pair.preparation.model_copy(update={"size": first.size})
    aside = folder / "pair"
    second = prepare_data(pair.model_copy(update={"preparation": wishes}), aside, progress)
    colour = max(first, second, key=lambda each: each.channels).preparation.colour
    if first.channels != second.channels:
        same = {"colour": colour}
        wished = data.preparation.model_copy(update=same)
        first = prepare_data(data.model_copy(update={"preparation": wished}), folder, progress)
        wishes = wishes.model_copy(update=same)
        second = prepare_data(pair.model_copy(update={"preparation": wishes}), aside, progress)
    return replace(first, pair=second)


def load_prepared(data: DataSet, folder: Path) -> PreparedData | None:
    """Prepared data left by an earlier call for the same items and wishes, else None."""
    try:
        raw = strict_json.loads((folder / "prepared.json").read_bytes(), "prepared.json")
        note = _Note.model_validate(raw)
        pixels = np.load(folder / "pixels.npy", mmap_mode="r", allow_pickle=False)
    except (OSError, EOFError, ValueError, ValidationError, StudioError):
        return None
    side, channels = note.preparation.size, CHANNELS.get(note.preparation.colour)
    fits = pixels.shape == (len(note.hashes), side, side, channels) and pixels.dtype == np.uint8
    if note.fingerprint != fingerprint_of(data) or not fits:
        return None
    training, held_out = split(note.hashes)
    said = {item.sha256: item for item in data.items}
    return PreparedData(
        pixels,
        note.hashes,
        training,
        held_out,
        note.preparation,
        note.fingerprint,
        note.left_out,
        captions=tuple(said[each].captions for each in note.hashes),
        tags=tuple(said[each].tags for each in note.hashes),
    )


def _write(data: DataSet, folder: Path, progress: Callable[[int, int], None], fewest: int) -> _Note:
    total = 2 * len(data.items)
    looked = _look(data, lambda done, _: progress(done, total), fewest)
    usable = [(item, found.info) for item, found in looked if found.info]
    infos = [info for _, info in usable]
    settle = resolve_patches if data.patches else resolve
    resolved = settle(data.preparation, infos)
    hashes: list[str] = []
    # Written, not mapped: on a full disk a write fails in words, a mapped page kills the process.
    with (folder / "pixels.npy").open("wb") as file:
        _write_header(file, resolved, 0)
        for index, (item, _) in enumerate(usable):
            for pixels in _items_of(item, resolved, data.patches, len(usable)):
                file.write(pixels.tobytes())
                hashes.append(item.sha256)
            progress(len(data.items) + index + 1, total)
        file.seek(0)
        _write_header(file, resolved, len(hashes))
    return _Note(
        fingerprint=fingerprint_of(data),
        preparation=resolved,
        hashes=tuple(hashes),
        left_out=tuple(_in_words(item, found) for item, found in looked if not found.info),
    )


def _write_header(file: IO[bytes], resolved: Preparation, count: int) -> None:
    # numpy leaves room for more digits of the first axis, so that the length stays the same.
    side, channels = resolved.size or 0, CHANNELS[resolved.colour]
    header = {"descr": "|u1", "fortran_order": False, "shape": (count, side, side, channels)}
    np.lib.format.write_array_header_1_0(file, header)


def _items_of(item: TrainItem, resolved: Preparation, patches: int, pictures: int) -> list[Pixels]:
    image = decode_image(item.path)
    if not patches:
        return [prepare(image, resolved)]
    return patches_of(image, resolved, patches_each(patches, pictures))


def _look(
    data: DataSet, progress: Callable[[int, int], None], fewest: int
) -> list[tuple[TrainItem, Finding]]:
    # `prepare` of the command line asks `survey` too: what it calls left out is left out here.
    findings = survey([item.path for item in data.items], data.preparation, progress)
    if sum(found.verdict == "ok" for found in findings) < fewest:
        raise _too_few(data.name, findings, fewest)
    return list(zip(data.items, findings, strict=True))


def _in_words(item: TrainItem, found: Finding) -> str:
    return f"{item.caption or item.sha256[:12]}: {found.reason}"


def _too_few(name: str, findings: list[Finding], fewest: int) -> StudioError:
    verdicts = Counter(found.verdict for found in findings)
    usable = verdicts.pop("ok", 0)
    others = ", ".join(f"{count} {verdict}" for verdict, count in verdicts.items())
    needed = f"at least {fewest} are needed."
    return StudioError(
        f'"{name}" has {usable} usable pictures ({others}); {needed}'
        if others
        else f'"{name}" has {usable} usable pictures; {needed}',
        kind="input",
        todo="Import more pictures, or see what was left out with `prepare`.",
    )
