"""THE list of model families: add one entry here and one file in `ml/families`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.cogan import CoganConfig
from aigc_studio.catalog.image_flow import ImageFlowConfig
from aigc_studio.catalog.image_gan import ImageGanConfig
from aigc_studio.catalog.image_upscale import ImageUpscaleConfig
from aigc_studio.catalog.image_vae import ImageVaeConfig
from aigc_studio.catalog.latent import Cap, Modality
from aigc_studio.catalog.training import Augmentation, TrainOptions
from aigc_studio.media.preparation import Preparation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigc_studio.base.frozen import Frozen
    from aigc_studio.catalog.latent import Geometry

DEFAULT_PRESET = "tiny"
# Two players that chase each other have no resting place that decay could draw them to.
_GAN: Mapping[str, Any] = {"learning_rate": 2e-3, "weight_decay": 0.0, "clip": 10.0}
_COGAN: Mapping[str, Any] = {
    "learning_rate": 1e-3,
    "weight_decay": 0.0,
    "clip": 10.0,
    "latent": 64,
    "fold": 0,
    "gamma": 5.0,
    "rebuild": 60.0,
    "alike": 4.0,
}


@dataclass(frozen=True)
class Family:
    """One family of models.

    Attributes:
        id: the word used on the command line and in files.
        modality: the medium it makes.
        goal: what an artist wants who chooses it, one line.
        config: the class of its configuration.
        presets: settings by preset name (fields of config, TrainOptions or Augmentation).
        caps: what its models can do.
        implementation: "module:Class" that plays its models, imported only by `ml`.
        learner: "module:Class" that trains them.
        parts: names that `--freeze` accepts.
        home: the latent space that dock, timeline and films move in; "" without one.
        geometry: of that space.
        layered: a point of that space has a row for each layer; the configuration tells how many
            (`layers`), and the statistics in a weights file are those of one row.
        patches: it learns from so many patches of each picture at its full size; 0 from whole
            pictures as squares.
        pairs: it learns from two collections, one for each domain.
    """

    id: str
    modality: Modality
    goal: str
    config: type[Frozen]
    presets: Mapping[str, Mapping[str, Any]]
    caps: Cap
    implementation: str
    learner: str
    parts: tuple[str, ...] = ()
    home: str = "z"
    geometry: Geometry = "gaussian"
    layered: bool = False
    patches: int = 0
    pairs: bool = False


FAMILIES: Mapping[str, Family] = {
    family.id: family
    for family in (
        Family(
            id="image-vae",
            modality=Modality.IMAGE,
            goal="explore shapes: a smooth map of your pictures to wander through",
            config=ImageVaeConfig,
            presets={
                "tiny": {"width": 96, "latent": 128, "batch": 64, "learning_rate": 2e-3},
                "desk": {"width": 160, "latent": 128, "batch": 64, "learning_rate": 1e-3},
                "large": {"width": 288, "latent": 128, "batch": 128, "learning_rate": 5e-4},
            },
            caps=Cap.SAMPLE | Cap.ENCODE | Cap.DECODE | Cap.DENOISE | Cap.INVERT,
            implementation="aigc_studio.ml.families.image_vae:ImageVae",
            learner="aigc_studio.ml.families.image_vae_learner:ImageVaeLearner",
            parts=("encoder", "decoder"),
        ),
        Family(
            id="image-gan",
            modality=Modality.IMAGE,
            goal="sharp samples: new pictures with crisp detail, steered by styles",
            config=ImageGanConfig,
            presets={
                # On two cores pictures seen count for more than width, and the logistic loss
                # sees nearly twice as many an hour.
                "tiny": {
                    **_GAN,
                    "width": 128,
                    "latent": 128,
                    "fold": 0,
                    "loss": "logistic",
                    "rebuild": 30.0,
                    "batch": 16,
                },
                "desk": {**_GAN, "width": 384, "wide": 16, "latent": 256, "batch": 32},
                "large": {**_GAN, "width": 512, "wide": 32, "latent": 512, "batch": 64},
            },
            caps=(Cap.SAMPLE | Cap.ENCODE | Cap.DECODE | Cap.INVERT | Cap.LAYERS | Cap.JUDGE),
            implementation="aigc_studio.ml.families.image_gan:ImageGan",
            learner="aigc_studio.ml.families.image_gan_learner:ImageGanLearner",
            parts=("mapping", "synthesis", "discriminator-early"),
            home="w+",
            geometry="euclid",
            layered=True,
        ),
        Family(
            id="image-upscale",
            modality=Modality.IMAGE,
            goal="enlarge pictures 2 or 4 times, with the detail that yours have",
            config=ImageUpscaleConfig,
            presets={
                "tiny": {"width": 48, "blocks": 8, "batch": 16, "learning_rate": 1e-3},
                "desk": {"width": 96, "blocks": 12, "batch": 32, "learning_rate": 5e-4},
                "large": {"width": 160, "blocks": 20, "batch": 32, "learning_rate": 2e-4},
            },
            caps=Cap.UPSCALE,
            implementation="aigc_studio.ml.families.image_upscale:ImageUpscale",
            learner="aigc_studio.ml.families.image_upscale_learner:ImageUpscaleLearner",
            parts=("body",),
            home="",
            patches=16,
        ),
        Family(
            id="cogan",
            modality=Modality.IMAGE,
            goal="make matching pairs: one picture in two looks, such as outline and colour",
            config=CoganConfig,
            presets={
                "tiny": {**_COGAN, "width": 96, "batch": 16},
                "desk": {**_COGAN, "width": 160, "batch": 32},
                "large": {
                    **_COGAN,
                    "width": 320,
                    "latent": 128,
                    "batch": 64,
                    "learning_rate": 5e-4,
                },
            },
            caps=Cap.SAMPLE | Cap.ENCODE | Cap.DECODE | Cap.INVERT | Cap.PAIR,
            implementation="aigc_studio.ml.families.cogan:Cogan",
            learner="aigc_studio.ml.families.cogan_learner:CoganLearner",
            parts=("trunk", "ends"),
            pairs=True,
        ),
        Family(
            id="image-flow",
            modality=Modality.IMAGE,
            goal="words to pictures: new pictures by words, by label, or of anything",
            config=ImageFlowConfig,
            presets={
                "tiny": {"latent": 8, "patch": 2, "batch": 64, "learning_rate": 1e-3},
                "desk": {
                    "width": 208,
                    "critic": 0.4,
                    "dim": 448,
                    "heads": 7,
                    "depth": 7,
                    "batch": 128,
                    "learning_rate": 5e-4,
                    "ema_decay": 0.999,
                },
                "large": {
                    "width": 448,
                    "blocks": 3,
                    "critic": 0.4,
                    "dim": 640,
                    "heads": 10,
                    "depth": 10,
                    "batch": 256,
                    "learning_rate": 3e-4,
                    "ema_decay": 0.9995,
                },
            },
            caps=Cap.SAMPLE | Cap.ENCODE | Cap.DECODE | Cap.INVERT | Cap.CONDITION | Cap.REPAINT,
            implementation="aigc_studio.ml.families.image_flow:ImageFlow",
            learner="aigc_studio.ml.families.image_flow_learner:ImageFlowLearner",
            parts=("autoencoder", "flow"),
            home="noise",
        ),
    )
}


@dataclass(frozen=True)
class Settings:
    """One training run's settings, each in its own place."""

    config: dict[str, Any]
    options: TrainOptions
    preparation: Preparation


def family(family_id: str) -> Family:
    """Look up a family.

    Raises:
        StudioError: no such family; the message lists those there are.
    """
    if family_id not in FAMILIES:
        known = ", ".join(sorted(FAMILIES))
        raise StudioError(
            f'There is no model family "{family_id}".', kind="input", todo=f"Families: {known}."
        )
    return FAMILIES[family_id]


def settings(
    family_id: str,
    preset: str | None,
    sets: Mapping[str, str],
    preparation: Preparation = Preparation(),
) -> Settings:
    """Sort preset and `--set` values into configuration, options and preparation.

    Args:
        family_id: the family.
        preset: name of the preset; None takes the smallest.
        sets: raw values by field name; they win over the preset.
        preparation: what the collection asks for, unless `sets` says else.

    Raises:
        StudioError: unknown preset or field, or a value that does not fit.
    """
    entry = family(family_id)
    chosen = preset or DEFAULT_PRESET
    if chosen not in entry.presets:
        raise StudioError(
            f'{family_id} has no preset "{chosen}".',
            kind="input",
            todo=f"Presets: {', '.join(entry.presets)}.",
        )
    values: dict[str, Any] = {**entry.presets[chosen], **sets}
    config = {k: values.pop(k) for k in list(values) if k in entry.config.model_fields}
    prepare = {k: values.pop(k) for k in list(values) if k in Preparation.model_fields}
    augment = {k: values.pop(k) for k in list(values) if k in Augmentation.model_fields}
    options = {k: values.pop(k) for k in list(values) if k in TrainOptions.model_fields}
    if values:
        raise _unknown(entry, next(iter(values)))
    if "size" in config:  # the model's size follows the prepared data's
        prepare["size"] = config.pop("size")
    try:
        return Settings(
            config=config,
            options=TrainOptions(augmentation=Augmentation(**augment), **options),
            preparation=Preparation.model_validate({**preparation.model_dump(), **prepare}),
        )
    except ValidationError as error:
        raise invalid_setting(error) from error


def invalid_setting(error: ValidationError) -> StudioError:
    """A pydantic complaint about a setting in words."""
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"])
    return StudioError(
        f'The setting "{name}" cannot be {first["input"]!r}: {first["msg"]}.',
        kind="input",
        todo="Choose another value.",
    )


def _unknown(entry: Family, name: str) -> StudioError:
    known = (
        *entry.config.model_fields,
        *TrainOptions.model_fields,
        *Augmentation.model_fields,
        *Preparation.model_fields,
    )
    names = sorted(set(known) - {"augmentation"})
    return StudioError(
        f'There is no setting "{name}".', kind="input", todo=f"Settings: {', '.join(names)}."
    )
