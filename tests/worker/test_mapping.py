"""Maps by likeness: what is refused, and, where the extra is there, that like lies by like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.latent import Code
from aigc_studio.jobs.runner import run_job
from aigc_studio.jobs.specs import Map
from aigc_studio.worker import mapping

if TYPE_CHECKING:
    from aigc_studio.catalog.latent import Floats


def spec_of(points: Floats) -> Map:
    return Map(points=Code("", "points", {"points": points}).to_bytes(), rounds=100)


@pytest.mark.parametrize(
    "spec",
    [
        Map(points=b"rubbish"),
        spec_of(np.zeros((4, 3), np.float32)),
        spec_of(np.full((9, 3), np.nan, np.float32)),
        spec_of(np.zeros(9, np.float32)),
    ],
    ids=["rubbish", "few", "no numbers", "flat"],
)
def test_what_is_no_set_of_points_is_refused(spec: Map) -> None:
    with pytest.raises(StudioError) as caught:
        run_job(spec)
    assert caught.value.kind == "input"


def test_places_fill_the_square_and_keep_their_shape() -> None:
    places = mapping._fitted(np.array([[10.0, 5.0], [14.0, 5.0], [12.0, 6.0]]))
    assert places.tolist() == [[-1, -0.25], [1, -0.25], [0, 0.25]]
    assert mapping._fitted(np.ones((3, 2))).tolist() == [[0, 0]] * 3


def test_like_lies_beside_like_and_a_map_repeats() -> None:
    pytest.importorskip("openTSNE", reason="the extra `map` is not installed")
    dice = np.random.default_rng(0)
    middles = np.repeat(np.eye(3, 8) * 10, 12, axis=0)
    points = (middles + dice.standard_normal((36, 8))).astype(np.float32)
    first, again = (run_job(spec_of(points)).values["places"] for _ in range(2))
    assert first == again
    places = np.asarray(first, np.float64)
    assert np.abs(places).max() == pytest.approx(1)
    apart = np.linalg.norm(places[:, None] - places[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    assert (apart.argmin(axis=1) // 12 == np.arange(36) // 12).all()
