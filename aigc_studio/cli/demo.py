"""`demo`: the main job on a copy of the starter project, with something to look at."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.latent import Cap
from aigc_studio.catalog.recipe import Recipe
from aigc_studio.catalog.split import held_out
from aigc_studio.cli import places
from aigc_studio.cli.arguments import DeviceOption, OutFolder
from aigc_studio.cli.exporting import film, folder_at, free_path
from aigc_studio.cli.noise import noisy_copies
from aigc_studio.cli.report import Grid, Report, span
from aigc_studio.cli.verbs import options
from aigc_studio.cli.work import WarmWorker
from aigc_studio.document import export_files, requests, results, starter
from aigc_studio.document.bundle import PACKED
from aigc_studio.document.chosen import ChosenModel, abilities, choose_model
from aigc_studio.document.export_files import Export
from aigc_studio.document.keeping import keep_exports
from aigc_studio.document.model import Asset
from aigc_studio.document.pack import pack
from aigc_studio.document.results import Scaling
from aigc_studio.document.store import Store
from aigc_studio.jobs.runner import JobOutcome
from aigc_studio.jobs.specs import Interpolate
from aigc_studio.media.decode import decode_image
from aigc_studio.media.image import WHITE, Image, grid

if TYPE_CHECKING:
    from pydantic import JsonValue

MAIN_MODEL, REPAIR_MODEL = "emoji-vae", "emoji-repair"
KEPT_COLLECTION = "Made in the demo"
SAMPLES, COLUMNS, TRUNCATION = 48, 8, 0.8
SHOWN, REPAIRED = 10, 8
# A closed walk: each stop is a picture of the collection or a seed, 12 new frames to the next.
STOPS, STEPS, FPS = 6, 13, 24.0
FILM_SIDE, GIF_SIDE, SHEET_SIDE = 256, 128, 96
_SEED = 7


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("demo", **options())(demo)


@dataclass
class _Demo:
    """The demo under way.

    Attributes:
        store: the copy, open for writing.
        files: what was made, by purpose.
    """

    store: Store
    out: Path
    model: ChosenModel
    worker: WarmWorker
    device: str
    files: dict[str, Path] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def path(self, name: str) -> Path:
        """Where a result of this name goes; files that are not ours are spared."""
        return free_path(self.out, name)

    def note(self, purpose: str, export: Export) -> None:
        """Remember an export."""
        self.files[purpose] = export.path
        for beside in export.beside:
            self.files[f"{purpose}_json"] = beside
        self.notes += [f"{export.path.name}: {note}" for note in export.notes]

    @property
    def pictures(self) -> list[Asset]:
        """Pictures the model was not trained on, spread over the collection."""
        data = self.model.card.data
        named = [
            each
            for each in self.store.project.collections.values()
            if data is None or each.name == data.collection
        ]
        items = [self.store.project.assets[item] for each in named[:1] for item in each.items]
        marks = held_out([asset.sha256 for asset in items])
        unseen = [asset for asset, out in zip(items, marks, strict=True) if out] or items
        return unseen[:: max(1, len(unseen) // (SHOWN + STOPS))]

    def enlarged(self, side: int) -> Scaling:
        """So many times that a picture of the model is about `side` pixels."""
        own = self.model.card.config.get("size")
        return Scaling(max(1, side // own) if isinstance(own, int) else 1)


def demo(out: OutFolder, device: DeviceOption = "auto") -> Report:
    """Do the main job on the starter project: samples, reconstructions, a latent film.

    Works on a temporary copy; everything worth looking at lies in DIR afterwards.
    """
    began = time.monotonic()
    folder = folder_at(out)
    copy = starter.temporary_copy()
    with places.writing(copy) as store, WarmWorker() as worker:
        running = _Demo(store, folder, _main_model(store), worker, device)
        for part in (_samples, _reconstructions, _walk, _repair):
            part(running)
        store.save()
    running.files["packed_project"] = pack(copy, folder / f"demo{PACKED}")
    return _summed_up(running, time.monotonic() - began)


def _summed_up(running: _Demo, seconds: float) -> Report:
    values = {
        "project": running.store.folder,
        "model": running.model.name,
        "model_id": running.model.ref.id,
        "out": running.out,
        "files": running.files,
        "notes": running.notes,
        "seconds": round(seconds, 1),
    }
    rows = [(purpose.replace("_", " "), path) for purpose, path in running.files.items()]
    done = f"Done in {span(seconds)}; everything lies in {running.out}"
    return Report(values, [Grid(("what", "where"), rows), *running.notes, done])


def _main_model(store: Store) -> ChosenModel:
    names = [model.name for model in store.project.models.values()]
    preferred = sorted(names, key=lambda name: name != MAIN_MODEL)
    for name in preferred:
        chosen = choose_model(store, name)
        if Cap.SAMPLE | Cap.ENCODE | Cap.DECODE in abilities(chosen.card):
            return chosen
    raise StudioError(
        "The starter project has no model to play with.",
        todo="Install the studio again.",
        kind="missing",
    )


def _samples(running: _Demo) -> None:
    spec = requests.sample_spec(
        running.model, SAMPLES, _SEED, truncation=TRUNCATION, device=running.device
    )
    outcome = running.worker.do(spec, "sampling")
    recipes = results.recipes_of(spec, outcome, running.model)
    _keep(running, outcome, recipes)
    scaling = running.enlarged(SHEET_SIDE)
    sheet = grid(results.images_of(outcome, scaling), COLUMNS, 8, WHITE)
    more: dict[str, JsonValue] = {**scaling.settings, "seeds": list(spec.seeds)}
    whole = results.whole_recipe(spec, outcome.values, running.model, more)
    path = running.path("samples.png")
    running.note("samples", export_files.save_picture(sheet, path, whole, running.model))


def _keep(running: _Demo, outcome: JobOutcome, recipes: Sequence[Recipe]) -> None:
    pictures = results.images_of(outcome)[:COLUMNS]
    keep_exports(running.store, pictures, recipes, running.model, KEPT_COLLECTION)


def _reconstructions(running: _Demo) -> None:
    files = [str(running.store.asset_path(asset)) for asset in running.pictures[:SHOWN]]
    spec = requests.reconstruct_spec(running.store, running.model, files, device=running.device)
    outcome = running.worker.do(spec, "reconstructing")
    originals = [decode_image(path) for path in spec.inputs]
    sheet = grid([*originals, *results.images_of(outcome)], len(originals), 8, WHITE)
    whole = results.whole_recipe(spec, outcome.values, running.model)
    path = running.path("reconstructions.png")
    running.note("reconstructions", export_files.save_picture(sheet, path, whole, running.model))


def _walk(running: _Demo) -> None:
    stops = list(_stops(running))
    frames: list[Image] = []
    for start, end in zip(stops, stops[1:] + stops[:1], strict=True):
        spec = requests.interpolate_spec(
            running.store, running.model, start, end, steps=STEPS, device=running.device
        )
        outcome = running.worker.do(spec, "walking")
        frames += results.images_of(outcome)[:-1]  # its last is the first of the next
    recipe = _walk_recipe(running, spec, outcome, stops)
    scaling = running.enlarged(FILM_SIDE)
    large = [scaling.of(frame) for frame in frames]
    path = running.path("film.webp")
    running.note("film_webp", film(large, path, recipe, running.model, fps=FPS))
    # A GIF of the same size would be many times as large: half the pixels, half the frames.
    path, scaling = running.path("film.gif"), running.enlarged(GIF_SIDE)
    small = [scaling.of(frame) for frame in frames[::2]]
    running.note("film_gif", film(small, path, recipe, running.model, fps=FPS / 2))
    _video(running, large, recipe)
    path = running.path("sprites.png")
    sprites = film(frames[::2], path, recipe, running.model, fps=FPS / 2, sheet=True)
    running.note("sprites", sprites)


def _stops(running: _Demo) -> Iterator[str]:
    pictures = running.pictures[-STOPS:]
    for index in range(STOPS):
        if index % 2 == 0 and index < len(pictures):
            yield str(running.store.asset_path(pictures[index]))
        else:
            yield f"{requests.SEED}{_SEED + index}"


def _walk_recipe(
    running: _Demo, spec: Interpolate, outcome: JobOutcome, stops: Sequence[str]
) -> Recipe:
    named: list[JsonValue] = [
        stop if stop.startswith(requests.SEED) else f"sha256:{Path(stop).stem}" for stop in stops
    ]
    more: dict[str, JsonValue] = {"stops": named, "fps": FPS, "loop": True}
    whole = results.whole_recipe(spec, outcome.values, running.model, more)
    files = tuple(Path(stop).stem for stop in stops if not stop.startswith(requests.SEED))
    return whole.model_copy(update={"inputs": files})


def _video(running: _Demo, frames: Sequence[Image], recipe: Recipe) -> None:
    path = running.path("film.mp4")
    spec, payload = export_files.video_job(frames, path, recipe, running.model, fps=FPS)
    try:
        values = running.worker.do(spec, "encoding film.mp4", payload).values
    except StudioError as error:
        if error.kind != "missing":
            raise
        running.notes.append(f"No MP4: {error}")
        return
    running.note("film_mp4", export_files.video_export(frames, path, recipe, values))


def _repair(running: _Demo) -> None:
    models = {model.name for model in running.store.project.models.values()}
    if REPAIR_MODEL not in models:
        running.notes.append(
            f'No example of repairing: the starter has no model "{REPAIR_MODEL}" yet.'
        )
        return
    model = choose_model(running.store, REPAIR_MODEL)
    clean = [decode_image(running.store.asset_path(a)) for a in running.pictures[:REPAIRED]]
    noisy = noisy_copies(clean, running.out / "noisy", _SEED)
    spec = requests.denoise_spec(
        running.store, model, [str(path) for path in noisy], device=running.device
    )
    outcome = running.worker.do(spec, "repairing")
    rows = [*clean, *(decode_image(path) for path in noisy), *results.images_of(outcome)]
    recipe = results.whole_recipe(spec, outcome.values, model)
    path = running.path("repaired.png")
    sheet = grid(rows, len(clean), 8, WHITE)
    running.note("repaired", export_files.save_picture(sheet, path, recipe, model))
