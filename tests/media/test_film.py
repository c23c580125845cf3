from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from aigc_studio.base.errors import StudioError
from aigc_studio.media.decode import decode_frames, decode_image
from aigc_studio.media.film import durations, save_film, save_strip
from aigc_studio.media.image import Image
from tests.media.helpers import ORIGIN, ball, difference, gradient, noise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def shown(path: Path) -> list[int]:
    """Milliseconds of each frame."""
    times = []
    with Pillow.open(path) as film:
        for index in range(getattr(film, "n_frames", 1)):
            film.seek(index)
            film.load()
            times.append(round(float(film.info["duration"])))
    return times


@given(st.integers(1, 200), st.floats(0.5, 240), st.sampled_from([100, 1000]))
@settings(max_examples=60)
def test_durations_keep_the_time(count: int, fps: float, parts: int) -> None:
    times = durations(count, fps, parts)
    assert len(times) == count
    assert abs(sum(times) - count * parts / fps) <= 0.5
    assert max(times) - min(times) <= 1


@pytest.mark.parametrize(("suffix", "fps"), [(".gif", 12), (".gif", 24), (".webp", 24)])
def test_durations_are_true(suffix: str, fps: float, tmp_path: Path) -> None:
    path = tmp_path / f"film{suffix}"
    save_film([ball(i, 12) for i in range(12)], path, fps)
    times = shown(path)
    assert len(times) == 12
    assert sum(times) == pytest.approx(12_000 / fps, abs=10)


@pytest.mark.parametrize("suffix", [".gif", ".webp"])
def test_it_tells_how_far_it_is(suffix: str, tmp_path: Path) -> None:
    told: list[float] = []
    save_film([ball(i, 12) for i in range(12)], tmp_path / f"film{suffix}", 10, advance=told.append)
    assert len(told) >= 11
    assert told == sorted(told)
    assert 0 <= told[0] < told[-1] < 1


@pytest.mark.parametrize("suffix", [".gif", ".webp"])
def test_it_can_be_given_up_at_every_frame(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"film{suffix}"
    path.write_bytes(b"an older film")
    frames = [ball(i, 6) for i in range(6)]
    left: Iterator[bool] = iter(())

    def give_up(part: float) -> None:
        if not next(left, None):
            raise StudioError("Enough.")

    for times in range(5):
        left = iter([True] * times)
        with pytest.raises(StudioError, match="Enough"):
            save_film(frames, path, 10, advance=give_up)
    assert path.read_bytes() == b"an older film"
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_gif_transparency_leaves_no_trail(tmp_path: Path) -> None:
    path = tmp_path / "film.gif"
    frames = [ball(i, 6) for i in range(6)]
    save_film(frames, path, 10)
    for back, frame in zip(decode_frames(path), frames, strict=True):
        opaque = frame.alpha() >= 128
        assert np.array_equal(back.alpha() == 255, opaque)
        assert difference(back.pixels[opaque][:, :3], frame.pixels[opaque][:, :3]) < 6


def test_gif_with_few_colours_is_exact(tmp_path: Path) -> None:
    path = tmp_path / "pixels.gif"
    colours = np.random.default_rng(0).integers(0, 256, (200, 3), np.uint8)
    choice = np.random.default_rng(1).integers(0, 200, (4, 20, 20))
    frames = [Image(colours[picked]) for picked in choice]
    save_film(frames, path, 10)
    assert [frame.to_mode("rgb") for frame in decode_frames(path)] == frames


def test_gif_colours_are_close_with_one_palette(tmp_path: Path) -> None:
    path = tmp_path / "film.gif"
    frames = [Image(np.roll(gradient(64, 64).pixels, 8 * i, axis=1)) for i in range(4)]
    save_film(frames, path, 10)
    for back, frame in zip(decode_frames(path), frames, strict=True):
        assert difference(back.to_mode("rgb").pixels, frame.pixels) < 8


def test_gif_keeps_equal_frames(tmp_path: Path) -> None:
    path = tmp_path / "still.gif"
    save_film([gradient(8, 8)] * 3 + [ball(0, 1, 8).to_mode("rgb")] * 2, path, 10)
    assert len(list(decode_frames(path))) == 5
    clear = Image(np.zeros((8, 8, 4), np.uint8))
    save_film([clear, clear, ball(0, 1, 8), clear], path, 10)
    assert [bool(f.to_mode("rgba").alpha().any()) for f in decode_frames(path)] == [
        False,
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(("loop", "stored"), [(0, 0), (1, None), (3, 2)])
def test_gif_loops(loop: int, stored: int | None, tmp_path: Path) -> None:
    path = tmp_path / "film.gif"
    save_film([noise(4, 4, 1, 0), noise(4, 4, 1, 1)], path, 10, loop)
    with Pillow.open(path) as film:
        assert film.info.get("loop") == stored


def test_gif_holds_the_recipe_as_comment(tmp_path: Path) -> None:
    path = tmp_path / "film.gif"
    save_film([ball(i, 2) for i in range(2)], path, 10, 0, ORIGIN)
    with Pillow.open(path) as film:
        assert film.info["comment"].decode() == ORIGIN.recipe_json


def test_gif_says_when_it_is_slower(tmp_path: Path) -> None:
    path = tmp_path / "fast.gif"
    report = save_film([ball(i, 10, 16) for i in range(10)], path, 100)
    assert "slower" in report.notes[0]
    assert min(shown(path)) == 20


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".png"])
def test_the_same_bytes_again(suffix: str, tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    for folder in (first, second):
        folder.mkdir()
        save_film([ball(i, 4) for i in range(4)], folder / f"f{suffix}", 10, 0, ORIGIN)
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes()


def test_sheet_and_its_description(tmp_path: Path) -> None:
    frames = [ball(i, 5) for i in range(5)]
    report = save_film(frames, tmp_path / "walk.png", 10, 0, ORIGIN)
    sheet = decode_image(report.path)
    told = json.loads(report.beside[0].read_text())
    assert list(told["frames"]) == [f"walk-{i}" for i in range(5)]
    for frame, entry in zip(frames, told["frames"].values(), strict=True):
        box = entry["frame"]
        assert sheet.cropped(box["x"], box["y"], box["w"], box["h"]) == frame
        assert entry["duration"] == 100
    meta = told["meta"]
    assert (meta["image"], meta["fps"]) == ("walk.png", 10)
    assert meta["size"] == {"w": sheet.width, "h": sheet.height}
    assert meta["author"] == ORIGIN.author
    assert json.loads(meta["recipe_json"].replace("]]>", ""))["operation"] == "sample"


def test_strip(tmp_path: Path) -> None:
    frames = [noise(4, 6, 1, seed) for seed in range(3)]
    save_strip(frames, tmp_path / "strip.png")
    strip = decode_image(tmp_path / "strip.png")
    assert strip.size == (12, 6)
    assert strip.cropped(4, 0, 4, 6) == frames[1]


def test_what_makes_no_film(tmp_path: Path) -> None:
    frame, path = noise(4, 4), tmp_path / "film.gif"
    with pytest.raises(StudioError, match="there is none"):
        save_film([], path, 10)
    with pytest.raises(StudioError, match="one size"):
        save_film([frame, noise(5, 4)], path, 10)
    with pytest.raises(StudioError, match="frames a second"):
        save_film([frame], path, 0)
    with pytest.raises(StudioError, match="times to play"):
        save_film([frame], path, 10, -1)
    with pytest.raises(StudioError, match="which film format"):
        save_film([frame], tmp_path / "film.mov", 10)
    assert not list(tmp_path.iterdir())


def test_a_sheet_too_large_is_refused(tmp_path: Path) -> None:
    frame = Image(np.zeros((2000, 2000, 1), np.uint8))
    with pytest.raises(StudioError, match="too large"):
        save_film([frame] * 30, tmp_path / "sheet.png", 10)
