"""Settings of a training run that every family shares."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from aigc_studio.base.frozen import Frozen

Precision = Literal["auto", "float32", "bfloat16"]


class Augmentation(Frozen):
    """Random changes of each training picture; probabilities and strengths in [0, 1].

    Attributes:
        flip: probability of a left-right mirror.
        shift: largest shift as a part of the side.
        rotate: largest turn in degrees.
        scale: largest change of size as a part.
        colour: strength of brightness, contrast and saturation jitter.
    """

    flip: float = Field(default=0.0, ge=0, le=1)
    shift: float = Field(default=0.0, ge=0, le=0.5)
    rotate: float = Field(default=0.0, ge=0, le=180)
    scale: float = Field(default=0.0, ge=0, le=0.5)
    colour: float = Field(default=0.0, ge=0, le=1)


class TrainOptions(Frozen):
    """What the one training loop needs to know, whatever the family.

    Attributes:
        batch: items a step.
        learning_rate: peak of the schedule (AdamW).
        warmup: steps of linear warm-up, at most a tenth of the run.
        final_rate: rate at the end as a part of the peak (cosine schedule).
        weight_decay: decoupled weight decay.
        clip: gradient norm is clipped at this value.
        ema_decay: decay of the averaged weights, ramped up in the first steps.
        precision: "auto" uses bfloat16 autocast where the device computes it faster.
        checkpoint_seconds: longest time between checkpoints; the first ones come closer.
        preview_seconds: time between previews; evaluation and previews stay under 5 %.
        augmentation: random changes of the training items.
    """

    batch: int = Field(default=64, ge=1, le=4096)
    learning_rate: float = Field(default=1e-3, gt=0, le=1)
    warmup: int = Field(default=100, ge=0)
    final_rate: float = Field(default=0.02, ge=0, le=1)
    weight_decay: float = Field(default=1e-2, ge=0)
    clip: float = Field(default=1.0, gt=0)
    ema_decay: float = Field(default=0.998, ge=0, lt=1)
    precision: Precision = "auto"
    checkpoint_seconds: float = Field(default=25.0, gt=0, le=30)
    preview_seconds: float = Field(default=15.0, gt=0)
    augmentation: Augmentation = Augmentation()
