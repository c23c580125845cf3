"""Maps of points on which like lies beside like, by openTSNE (the extra `map`)."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.base.errors import StudioError
from aigc_studio.base.seeds import derive
from aigc_studio.catalog.latent import Code

if TYPE_CHECKING:
    from types import ModuleType

    from aigc_studio.catalog.latent import Floats
    from aigc_studio.catalog.whitening import Doubles
    from aigc_studio.jobs.specs import Map
    from aigc_studio.worker.reporter import Reporter

FEWEST, MOST = 5, 20_000


def handle(spec: Map, reporter: Reporter) -> None:
    """Lay the points out.

    Raises:
        StudioError: kind "missing", the extra is not installed; kind "input", no points, too
            few or too many.
    """
    points = _points(spec.points)
    places = _fitted(laid_out(points, spec))
    reporter.result({"places": [[float(x), float(y)] for x, y in places]})


def laid_out(points: Floats, spec: Map) -> Doubles:
    """Places in the plane, (n, 2); the same for the same points and seed.

    Raises:
        StudioError: kind "missing", the extra is not installed.
    """
    # One thread and exact neighbours: sums come in one order, so that a map repeats.
    made = _open_tsne().TSNE(
        perplexity=min(spec.perplexity, (len(points) - 1) / 3),
        n_iter=spec.rounds,
        neighbors="exact",
        negative_gradient_method="bh",
        n_jobs=1,
        random_state=derive(spec.seed, "map") % (1 << 32),
    )
    return np.asarray(made.fit(points), np.float64)


def _open_tsne() -> ModuleType:
    try:
        return importlib.import_module("openTSNE")
    except ImportError as error:
        raise StudioError(
            "The map by likeness needs openTSNE, which is not installed.",
            kept="The map of the two strongest directions stays.",
            todo='Install the extra: pip install "aigc-studio[map]".',
            kind="missing",
        ) from error


def _points(data: bytes) -> Floats:
    try:
        points = Code.from_bytes(data, "", "points").tensors["points"]
    except (ValueError, KeyError) as error:
        raise StudioError("There are no points to be mapped.", kind="input") from error
    if points.ndim != 2 or not np.isfinite(points).all():
        raise StudioError("There are no points to be mapped.", kind="input")
    if not FEWEST <= len(points) <= MOST:
        raise StudioError(
            f"A map takes {FEWEST} to {MOST} points; these are {len(points)}.", kind="input"
        )
    return points


def _fitted(places: Doubles) -> Doubles:
    middle = (places.max(axis=0) + places.min(axis=0)) / 2
    widest = float(np.abs(places - middle).max())
    fitted: Doubles = (places - middle) / max(widest, 1e-12)
    return fitted
