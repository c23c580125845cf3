"""Pictures to measure with, drawn from whatever fonts this machine has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    import numpy.typing as npt

    Pixels = npt.NDArray[np.uint8]
    Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

FONT_FOLDERS = ("/usr/share/fonts", "/System/Library/Fonts", "C:/Windows/Fonts")
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabdefghkmnqrt0123456789&?@#"
_LARGE = 3  # drawn so many times larger, then reduced, so that edges are smooth


def glyphs(count: int, side: int = 28, seed: int = 0) -> Pixels:
    """Letters, each turned, slanted, resized and shaded at random, (N, side, side) uint8."""
    generator = np.random.default_rng(seed)
    fonts = _font_files()
    return np.stack([_glyph(generator, fonts, side) for _ in range(count)])


def write_glyphs(folder: Path, count: int, side: int = 28, seed: int = 0) -> list[Path]:
    """The same as PNG files in a folder, in order."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{index:05d}.png" for index in range(count)]
    for path, picture in zip(paths, glyphs(count, side, seed), strict=True):
        Image.fromarray(picture).save(path)
    return paths


def _font_files() -> list[Path]:
    found = [path for folder in FONT_FOLDERS for path in Path(folder).rglob("*.ttf")]
    return sorted(found)[:40]


def _font(files: list[Path], index: int, size: int) -> Font:
    if not files:
        return ImageFont.load_default(size)
    return ImageFont.truetype(files[index % len(files)], size)


def _glyph(generator: np.random.Generator, files: list[Path], side: int) -> Pixels:
    large = side * _LARGE
    font = _font(files, int(generator.integers(1 << 16)), int(large * generator.uniform(0.5, 0.9)))
    canvas = Image.new("L", (large, large))
    letter = LETTERS[int(generator.integers(len(LETTERS)))]
    shade = int(generator.integers(120, 256))
    ImageDraw.Draw(canvas).text((large / 2, large / 2), letter, shade, font, anchor="mm")
    return np.asarray(_bent(generator, canvas).resize((side, side), Image.Resampling.BOX))


def _bent(generator: np.random.Generator, canvas: Image.Image) -> Image.Image:
    turn = np.deg2rad(generator.normal(scale=10))
    slant, reach = generator.normal(scale=0.2), canvas.width / 2
    across, down = generator.normal(scale=0.05 * canvas.width, size=2)
    turned = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    matrix = turned @ np.array([[1, slant], [0, 1]])
    offset = np.array([reach + across, reach + down]) - matrix @ np.array([reach, reach])
    plan = (*matrix[0], offset[0], *matrix[1], offset[1])
    return canvas.transform(canvas.size, Image.Transform.AFFINE, plan, Image.Resampling.BILINEAR)
