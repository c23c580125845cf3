"""Contact sheets of the shipped models and the README's picture, all out of the studio's demo."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageSequence

from starter.packages import BuildError

HELP = Path(__file__).resolve().parents[2] / "resources" / "help"
GAP, WALK, COLUMNS = 12, 20, 10
COLOURS = 255


def draw_sheets() -> None:
    """Run the demo on the shipped project, and keep its sheets in `resources/help`."""
    with tempfile.TemporaryDirectory(prefix="starter-sheets-") as name:
        out = Path(name)
        line = [sys.executable, "-m", "aigc_studio", "demo", "--out", str(out)]
        if subprocess.run(line, check=False).returncode:
            raise BuildError("the demo failed")
        samples, rebuilt, repaired = (
            Image.open(out / f"{sheet}.png").convert("RGB")
            for sheet in ("samples", "reconstructions", "repaired")
        )
        with Image.open(out / "film.webp") as film:
            walk = strip(film)
    HELP.mkdir(exist_ok=True)
    save(stacked([samples, walk]), HELP / "demo.png")
    save(stacked([samples, rebuilt]), HELP / "emoji-vae.png")
    save(repaired, HELP / "emoji-repair.png")


def strip(film: Image.Image) -> Image.Image:
    """Frames of a film side by side, evenly spread, in two rows."""
    count = getattr(film, "n_frames", 1)
    wanted = {round(index * count / WALK) for index in range(WALK)}
    frames = [
        on_white(frame)
        for index, frame in enumerate(ImageSequence.Iterator(film))
        if index in wanted
    ]
    side = frames[0].width // 2
    sheet = Image.new("RGB", (COLUMNS * side, -(-len(frames) // COLUMNS) * side), "white")
    for index, frame in enumerate(frames):
        small = frame.resize((side, side), Image.Resampling.LANCZOS)
        sheet.paste(small, (index % COLUMNS * side, index // COLUMNS * side))
    return sheet


def on_white(picture: Image.Image) -> Image.Image:
    """The picture without its transparency."""
    clear = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("RGB")


def stacked(sheets: list[Image.Image]) -> Image.Image:
    """Sheets below one another, as wide as the first."""
    width = sheets[0].width
    fitted = [
        sheet.resize((width, sheet.height * width // sheet.width), Image.Resampling.LANCZOS)
        for sheet in sheets
    ]
    height = sum(sheet.height for sheet in fitted) + GAP * (len(fitted) - 1)
    whole = Image.new("RGB", (width, height), "white")
    top = 0
    for sheet in fitted:
        whole.paste(sheet, (0, top))
        top += sheet.height + GAP
    return whole


def save(sheet: Image.Image, path: Path) -> None:
    """Write a sheet small: a palette is enough to look at."""
    sheet.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
