"""`evaluate`: how good a model is, with seeds and sizes stated."""

from collections.abc import Mapping
from typing import Annotated

import typer

from aigc_studio.cli import places, work
from aigc_studio.cli.arguments import DeviceOption, ModelOption, ProjectArgument, SeedOption
from aigc_studio.cli.report import Grid, Report, figure
from aigc_studio.cli.verbs import options
from aigc_studio.document.chosen import choose_model
from aigc_studio.document.measuring import evaluate_spec

_MEANING = {
    "psnr": "how near what it makes of them is, in dB; more is better",
    "psnr_bicubic": "the same of bicubic interpolation",
    "psnr_lanczos": "the same of a Lanczos filter",
    "gain": "how far it is ahead of Lanczos, in dB",
    "factor": "how many times it enlarges",
    "ssim": "how alike they look, at most 1",
    "psnr_damaged": "the damaged pictures themselves, in dB",
    "psnr_repaired": "what it makes of them, in dB",
    "repair_gain": "what repairing gains, in dB",
    "kl": "what it says of a picture, in nats",
    "active_units": "numbers of the latent that it uses",
    "latent_units": "numbers of the latent",
    "cycle_error": "how far a point moves when decoded and found again; 0 is best",
    "cycle_error_active": "the same, of the numbers in use",
    "kid": "how far new pictures are from the collection; 0 is best",
    "kid_low": "where it may lie, given so few pictures: from",
    "kid_high": "to",
    "kid_floor": "the same between two halves of the collection: what can be hoped for",
    "frechet_distance": "another such distance; 0 is best",
    "precision": "share of new pictures that could be of the collection",
    "recall": "share of the collection that it could have made",
    "density": "precision, steadier; about 1 is best",
    "coverage": "recall, steadier; at most 1",
    "memorisation_rate": "share of new pictures that nearly copy a training picture",
    "memorisation_rate_of_new_pictures": "the same of held-out pictures, to compare with",
}


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("evaluate", **options())(evaluate)


def evaluate(
    project: ProjectArgument,
    model: ModelOption,
    collection: Annotated[
        str | None,
        typer.Option(
            metavar="C", help="Measure on all of it; else on what was held out of training."
        ),
    ] = None,
    samples: Annotated[
        int, typer.Option(metavar="N", min=16, max=50_000, help="Pictures drawn to compare.")
    ] = 512,
    seed: SeedOption = 0,
    device: DeviceOption = "auto",
) -> Report:
    """Measure a model: files are read from disk again, figures stand beside their conditions."""
    store = places.reading(project)
    chosen = choose_model(store, model)
    spec = evaluate_spec(store, chosen, collection, samples=samples, seed=seed, device=device)
    outcome = work.do(spec, "measuring")
    metrics = outcome.values.get("metrics", {})
    figures: dict[str, object] = {
        "project": store.folder,
        "model": chosen.name,
        "model_id": chosen.ref.id,
        "collection": spec.data.name,
        "held_out": collection is None,
        "items": len(spec.data.items),
        "samples": samples,
        "seed": seed,
        **outcome.values,
        "metrics": metrics,
    }
    part = "held out of" if collection is None else "in"
    intro = f'Measured on {len(spec.data.items)} items {part} "{spec.data.name}", seed {seed}.'
    return Report(figures, [intro, *_words(metrics)])


def _words(metrics: object) -> list[str | Grid]:
    table = metrics if isinstance(metrics, Mapping) else {}
    # What is long or tells the conditions is in the JSON, or in lines of its own.
    told = {k: v for k, v in table.items() if not isinstance(v, list | Mapping)}
    words: list[str | Grid] = [Grid(("metric", "", "what it tells"), _rows(told))]
    if None in told.values():
        words.append("-: it takes more pictures to tell.")
    stated = table.get("stated")
    if isinstance(stated, Mapping):
        conditions = (f"{key.replace('_', ' ')} {value}" for key, value in stated.items())
        words.append(f"Measured with: {'; '.join(conditions)}.")
    return words


def _rows(told: Mapping[str, object]) -> list[tuple[str, str, str]]:
    return [
        (
            key.replace("_", " "),
            figure(value) if isinstance(value, int | float) else str(value or "-"),
            _MEANING.get(key, ""),
        )
        for key, value in told.items()
    ]
