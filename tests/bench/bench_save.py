"""Saving a small edit in a bundle of 5,000 assets and 1 GB.

python -m tests.bench.bench_save [--assets N] [--folder DIR]
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

from aigc_studio.catalog.latent import Modality
from aigc_studio.document import changes
from aigc_studio.document.manifest import MANIFEST
from aigc_studio.document.model import Asset, now
from aigc_studio.document.store import Store
from tests.bench.table import Row, show

ASSETS, TOTAL = 5000, 1 << 30
TIMES = 20
TARGET_MS = 50.0


def measure(assets: int = ASSETS, folder: Path | None = None) -> list[Row]:
    """Edit and save 20 times, each beside a bare synced write of as many bytes."""
    with (
        tempfile.TemporaryDirectory(dir=folder) as place,
        Store.create(Path(place) / "Large.aigc") as store,
    ):
        _fill(store, assets)
        times = [_saved(store, number) for number in range(TIMES)]
        size = (store.folder / MANIFEST).stat().st_size
    saves, bare = ([1e3 * pair[index] for pair in times] for index in (0, 1))
    return _rows(saves, bare, size)


def _fill(store: Store, count: int) -> None:
    # Real files of their own content; zeros behind the head let file systems keep them sparse.
    body = bytes(TOTAL // ASSETS)
    filled = [_asset(store, f"picture {number}".encode() + body) for number in range(count)]
    store.apply(changes.add_assets(store.project, filled))
    ids = [asset.id for asset in filled]
    store.apply(changes.add_collection(store.project, "everything", ids))
    store.save()
    if hasattr(os, "sync"):
        os.sync()  # or the disk would still be writing the gigabyte while we measure


def _asset(store: Store, content: bytes) -> Asset:
    sha256, size = store.add_payload(content, "png")
    name = content[:16].rstrip(b"\0").decode()
    return Asset(
        id=sha256[:16],
        kind=Modality.IMAGE,
        sha256=sha256,
        extension="png",
        name=name,
        bytes=size,
        width=256,
        height=256,
        captions={"en": f"{name}, drawn in ink on paper", "zh": "墨水画"},
        author="An Artist",
        rights="CC BY 4.0",
        source=f"{name}.png",
        created=now(),
    )


def _saved(store: Store, number: int) -> tuple[float, float]:
    asset = list(store.project.assets)[number * 97 % len(store.project.assets)]
    started = time.perf_counter()
    store.apply(changes.set_caption(store.project, asset, f"a new caption {number}"))
    store.save()
    saved = time.perf_counter() - started
    raw = (store.folder / MANIFEST).read_bytes()
    return saved, _bare_write(store.folder.parent / "bare", raw)


def _bare_write(path: Path, raw: bytes) -> float:
    started = time.perf_counter()
    with path.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    return time.perf_counter() - started


def _rows(saves: list[float], bare: list[float], size: int) -> list[Row]:
    median, usual = statistics.median(saves), statistics.median(bare)
    note = f"{median / usual:.2f} x a bare synced write of {size / 1e6:.1f} MB ({usual:.1f} ms)"
    worst = f"bare write's worst {max(bare):.1f} ms"
    return [
        Row("save a small edit: median", median, TARGET_MS, "ms", note=note),
        Row(f"save a small edit: worst of {TIMES}", max(saves), TARGET_MS, "ms", note=worst),
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assets", type=int, default=ASSETS)
    parser.add_argument("--folder", type=Path, help="where, to measure another disk")
    asked = parser.parse_args()
    show(measure(asked.assets, asked.folder))
