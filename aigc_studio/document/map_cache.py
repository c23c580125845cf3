"""Maps by likeness in a project's `cache` folder: safe to delete, and never packed.

A file holds where the pictures of some data lie, on the map and in the model's space. It is named
by what it was made of, so that it is found again only where all of that is the same. Whatever is
damaged is passed over, as if it were not there.
"""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.base import strict_json
from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import write_atomic
from aigc_studio.base.log import topic

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from aigc_studio.catalog.latent import Floats
    from aigc_studio.jobs.specs import Map

log = topic("maps")
FOLDER = "cache"
MOST_FILES, MOST_BYTES = 12, 32 << 20
_SUFFIX = ".map"
_VERSION = 1
_NUMBER = np.dtype("<f4")
_DIGEST = hashlib.sha256().digest_size


@dataclass(frozen=True)
class KeptMap:
    """Where pictures lie.

    Attributes:
        assets: their ids.
        places: on the map, (n, 2).
        points: in the model's space, (n, Z).
    """

    assets: tuple[str, ...]
    places: Floats
    points: Floats


def key_of(model: str, assets: Iterable[str], spec: Map) -> str:
    """The name of a map of these assets.

    Args:
        model: sha256 of the weights.
        spec: how the map is made; its points do not count, they come from model and assets.
    """
    how = {"perplexity": spec.perplexity, "rounds": spec.rounds, "seed": spec.seed}
    made_of = {"version": _VERSION, "model": model, "assets": sorted(assets), "how": how}
    return hashlib.sha256(strict_json.dumps(made_of)).hexdigest()


def write(folder: Path, key: str, kept: KeptMap) -> None:
    """Keep a map in the project at `folder`; the oldest ones beyond the bounds go.

    Nothing is lost where the disk refuses: the map is made again.
    """
    told = {"assets": list(kept.assets), "numbers": int(kept.points.shape[1])}
    head = strict_json.dumps(told) + b"\n"
    body = head + b"".join(
        np.ascontiguousarray(each, _NUMBER).tobytes() for each in (kept.places, kept.points)
    )
    data = hashlib.sha256(body).digest() + body
    if len(data) > MOST_BYTES // 2:
        return
    try:
        (folder / FOLDER).mkdir(exist_ok=True)
        write_atomic(folder / FOLDER / f"{key}{_SUFFIX}", data, durable=False)
        _tidy(folder / FOLDER)
    except (OSError, StudioError) as error:
        log.debug("a map is not kept: %s", error)


def read(folder: Path, key: str) -> KeptMap | None:
    """The map of this name; None where there is none, or none that can be used."""
    path = folder / FOLDER / f"{key}{_SUFFIX}"
    try:
        if not path.is_file() or path.is_symlink() or path.stat().st_size > MOST_BYTES // 2:
            return None
        return _parsed(path.read_bytes())
    except (OSError, StudioError, ValueError) as error:
        log.debug("a map is passed over: %s", error)
        return None


def _parsed(data: bytes) -> KeptMap:
    digest, body = data[:_DIGEST], data[_DIGEST:]
    if hashlib.sha256(body).digest() != digest:
        raise ValueError("it is damaged")
    head, _, numbers = body.partition(b"\n")
    told = strict_json.loads(head, "A map")
    match told:
        case {"assets": [*assets], "numbers": int(size)} if all(
            isinstance(each, str) for each in assets
        ):
            pass
        case _:
            raise ValueError("it says nothing of what it holds")
    flat = np.frombuffer(numbers, _NUMBER).astype(np.float32)
    count = len(assets)
    if not assets or size < 1 or flat.size != count * (2 + size) or not np.isfinite(flat).all():
        raise ValueError("its numbers are not those of a map")
    places, points = flat[: 2 * count], flat[2 * count :]
    return KeptMap(tuple(assets), places.reshape(count, 2), points.reshape(count, size))


def _tidy(folder: Path) -> None:
    """Let the newest files stay, within the bounds."""
    ages = {path: path.stat() for path in folder.glob(f"*{_SUFFIX}")}
    left = MOST_BYTES
    for number, path in enumerate(sorted(ages, key=lambda each: -ages[each].st_mtime_ns)):
        left -= ages[path].st_size
        if number >= MOST_FILES or left < 0:
            with contextlib.suppress(FileNotFoundError):
                path.unlink()
