"""The acceptance check of the image VAE, through the command line alone.

Imports 3,000 pictures, trains the tiny preset for some minutes, and compares what it makes of
held-out pictures with principal components of the same training pictures, computed here.

    python -m tests.bench.bench_reconstruct [FOLDER] [--minutes 5] [--set k=v]... [--skip-denoise]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from tests.bench.pictures import write_glyphs
from tests.bench.table import Row, show

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Unit = npt.NDArray[np.float64]

LONG = True
SIDE, TRAINED, HELD_OUT = 28, 3000, 300
COMPONENTS, DENOISING_COMPONENTS = 64, (16, 32, 64)
SIGMA = 0.2
GAIN_DB, DENOISING_GAIN_DB = 1.7, 3.0
COLLECTION = "pictures"


@dataclass(frozen=True)
class Wishes:
    """What is asked of a run.

    Attributes:
        folder: grey pictures of 28 px; letters are drawn where there is none.
        minutes: of training, for each of the two models.
        sets: further `--set` values, "k=v".
        denoise: whether to check the denoising form too.
        keep: folder to work in and leave behind; a temporary one when None.
    """

    folder: Path | None = None
    minutes: float = 5.0
    sets: Sequence[str] = field(default=())
    denoise: bool = True
    keep: Path | None = None


def measure(wishes: Wishes = Wishes()) -> list[Row]:
    """Both checks."""
    with tempfile.TemporaryDirectory() as place:
        work = wishes.keep or Path(place)
        work.mkdir(parents=True, exist_ok=True)
        folder = wishes.folder or _drawn(work / "drawn")
        return _Check(work, folder, wishes).rows()


def _drawn(folder: Path) -> Path:
    write_glyphs(folder, TRAINED + HELD_OUT, SIDE)
    return folder


class _Check:
    def __init__(self, work: Path, folder: Path, wishes: Wishes) -> None:
        self._work = work
        self._wishes = wishes
        self._project = work / "Check.aigc"
        trained, held_out = _parts(folder)
        self._training, self._clean = _read(trained), _read(held_out)
        self._held_out = _written(work / "clean", self._clean)
        studio("project", "new", self._project)
        copies = work / "to-train"
        _written(copies, self._training)
        studio("import", self._project, copies, "--collection", COLLECTION)

    def rows(self) -> list[Row]:
        rows = self._reconstruction()
        return rows + self._denoising() if self._wishes.denoise else rows

    def _reconstruction(self) -> list[Row]:
        report = self._trained("plain")
        made = self._made("reconstruct", report["model"], self._held_out)
        principal = projected(self._training, self._clean, COMPONENTS)
        beside = f"{COMPONENTS} principal components"
        return _gains("reconstruct", self._clean, made, principal, GAIN_DB, beside, report)

    def _denoising(self) -> list[Row]:
        generator = np.random.default_rng(1)
        noise = generator.normal(scale=SIGMA, size=self._clean.shape)
        noisy = _written(self._work / "noisy", self._clean + noise)
        seen = _read(noisy)
        report = self._trained("denoising", "--set", "corruption=noise")
        made = self._made("denoise", report["model"], noisy)
        tried = {k: projected(self._training, seen, k) for k in DENOISING_COMPONENTS}
        best = max(tried, key=lambda k: mean_psnr(tried[k], self._clean))
        rows = _gains(
            "denoise",
            self._clean,
            made,
            tried[best],
            DENOISING_GAIN_DB,
            f"{best} principal components, the best of {DENOISING_COMPONENTS}",
            report,
        )
        return [*rows, Row("denoise: noisy input", mean_psnr(seen, self._clean), unit="dB")]

    def _trained(self, name: str, *more: str) -> dict[str, Any]:
        sets = [part for value in self._wishes.sets for part in ("--set", value)]
        return studio(
            "train", self._project, "--collection", COLLECTION, "--family", "image-vae",
            "--preset", "tiny", "--minutes", self._wishes.minutes, "--seed", 0,
            "--name", name, *sets, *more,
        )  # fmt: skip

    def _made(self, verb: str, model: str, inputs: Sequence[Path]) -> Unit:
        out = self._work / verb
        report = studio(verb, self._project, "--model", model, *inputs, "--out", out)
        return _read([Path(file) for file in report["files"]])


def studio(*words: object) -> dict[str, Any]:
    """One call of the command line; its JSON. Progress goes on to our stderr."""
    line = [sys.executable, "-m", "aigc_studio", *map(str, words), "--json"]
    done = subprocess.run(line, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise RuntimeError(
            f"{' '.join(line[:5])} ... ended with {done.returncode}: {done.stdout!r}"
        )
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def projected(training: Unit, pictures: Unit, components: int) -> Unit:
    """Pictures (N, H, W) on the strongest principal components of (M, H, W), clipped to [0, 1]."""
    flat = training.reshape(len(training), -1)
    mean = flat.mean(0)
    axes = np.linalg.svd(flat - mean, full_matrices=False)[2][:components]
    points = (pictures.reshape(len(pictures), -1) - mean) @ axes.T
    flattened: Unit = np.clip(points @ axes + mean, 0, 1)
    return flattened.reshape(pictures.shape)


def mean_psnr(ours: Unit, theirs: Unit) -> float:
    """Mean over the pictures of 10 log10(1 / MSE), in dB."""
    errors = ((ours - theirs) ** 2).mean(axis=(1, 2))
    return float(-10 * np.log10(np.maximum(errors, 1e-10)).mean())


def pooled_psnr(ours: Unit, theirs: Unit) -> float:
    """10 log10(1 / MSE) over all pictures at once, in dB."""
    return float(-10 * np.log10(max(1e-10, float(((ours - theirs) ** 2).mean()))))


def _gains(
    verb: str, clean: Unit, made: Unit, principal: Unit, target: float, beside: str,
    report: dict[str, Any],
) -> list[Row]:  # fmt: skip
    speed = f"{report['steps']} steps, {report['items_per_second']:.0f} pictures/s"
    rows = []
    for name, figure in (("mean of pictures", mean_psnr), ("pooled error", pooled_psnr)):
        ours, theirs = figure(made, clean), figure(principal, clean)
        note = f"{ours:.2f} dB against {theirs:.2f} dB of {beside}; {speed}"
        label = f"{verb}: gain in PSNR, {name}"
        rows.append(Row(label, ours - theirs, target, "dB", "at least", note))
    return rows


def _parts(folder: Path) -> tuple[list[Path], list[Path]]:
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".png", ".jpg"))
    order = np.random.default_rng(0).permutation(len(files))
    picked = [files[index] for index in order[: TRAINED + HELD_OUT]]
    cut = max(1, len(picked) * TRAINED // (TRAINED + HELD_OUT))
    return picked[:cut], picked[cut:]


def _read(paths: Sequence[Path]) -> Unit:
    arrays = [np.asarray(Image.open(path).convert("L"), np.float64) / 255 for path in paths]
    return np.stack(arrays)


def _written(folder: Path, pictures: Unit) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{index:05d}.png" for index in range(len(pictures))]
    levels = np.clip(np.round(pictures * 255), 0, 255).astype(np.uint8)
    for path, level in zip(paths, levels, strict=True):
        Image.fromarray(level).save(path)
    return paths


def _wishes() -> Wishes:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--set", action="append", default=[], metavar="K=V", dest="sets")
    parser.add_argument("--skip-denoise", action="store_false", dest="denoise")
    parser.add_argument("--keep", type=Path, metavar="DIR")
    return Wishes(**vars(parser.parse_args()))


if __name__ == "__main__":
    sys.exit(0 if show(measure(_wishes())) else 1)
