"""Films by the command line with the real worker: frames are counted by decoding them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as Pillow

from aigc_studio.catalog.even_pace import differences, largest_step
from aigc_studio.media.decode import decode_image
from aigc_studio.media.seamless import seamless
from aigc_studio.media.video import video_frames
from tests.e2e.conftest import asked

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.conftest import Trained

STEPS = 9


def walked(trained: Trained, out: Path, *more: object) -> dict[str, Any]:
    """A walk between two seeds."""
    words = ("--model", "round", "--from", "seed:1", "--to", "seed:2", "--steps", STEPS)
    return asked("interpolate", trained.project, *words, "--out", out, *more)


@pytest.mark.parametrize("suffix", [".webm", ".mp4"])
def test_every_frame_is_in_the_video(trained: Trained, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"film{suffix}"
    assert walked(trained, out)["files"] == [str(out)]
    frames = list(video_frames(out, every_seconds=1e-3))
    assert len(frames) == STEPS
    assert not np.array_equal(frames[0].pixels, frames[-1].pixels)
    assert [path.name for path in tmp_path.iterdir()] == [out.name]  # nothing beside it


def test_numbered_pictures_with_one_recipe(trained: Trained, tmp_path: Path) -> None:
    values = walked(trained, tmp_path / "film" / "disc-###.png")
    names = [f"disc-{number:03}.png" for number in range(1, STEPS + 1)]
    assert values["files"] == [str(tmp_path / "film" / name) for name in names]
    assert values["beside"] == [str(tmp_path / "film" / "disc.json")]
    told = json.loads((tmp_path / "film" / "disc.json").read_bytes())
    assert told["frames"] == names
    assert json.loads(told["recipe_json"])["settings"]["steps"] == STEPS
    assert {path.name for path in (tmp_path / "film").iterdir()} == {*names, "disc.json"}


def test_a_loop_closes_bit_for_bit(trained: Trained, tmp_path: Path) -> None:
    walked(trained, tmp_path / "there-##.png")
    walked(trained, tmp_path / "loop-##.png", "--loop")
    there = [decode_image(tmp_path / f"there-{n:02}.png") for n in range(1, STEPS + 1)]
    count = 2 * STEPS - 2
    loop = [decode_image(tmp_path / f"loop-{n:02}.png") for n in range(1, count + 1)]
    assert loop == [*there, *there[-2:0:-1]]
    # The frame after the last is the one before it on the way there: the first.
    assert loop[-1] == there[1]
    assert loop[0] == there[0]


def test_an_even_pace_is_evener_and_keeps_the_ends(trained: Trained, tmp_path: Path) -> None:
    films = {}
    for name, more in (("plain", ()), ("even", ("--even",))):
        values = walked(trained, tmp_path / name / "#.png", *more)
        films[name] = [decode_image(tmp_path / name / f"{n}.png").pixels for n in range(1, 10)]
        assert values["recipe"]["settings"].get("even", False) is (name == "even")
    for end in (0, -1):
        assert np.array_equal(films["plain"][end], films["even"][end])
    plain, even = (largest_step(differences(films[name])) for name in ("plain", "even"))
    assert even <= plain
    assert even < 1.3


def test_tiles(trained: Trained, tmp_path: Path) -> None:
    words = ("sample", trained.project, "--model", "round", "-n", 2, "--seed", 5)
    plain = asked(*words, "--out", tmp_path / "plain")["files"]
    values = asked(*words, "--out", tmp_path / "tiles", "--tile")
    assert values["recipe"]["settings"]["tile"] == 0.25
    for one, other in zip(plain, values["files"], strict=True):
        with Pillow.open(other) as opened:
            tile = np.asarray(opened)
        expected = seamless(decode_image(tmp_path / "plain" / one))
        assert np.array_equal(tile, expected.pixels)
