"""Tiny pictures, prepared data and a tiny learner that trains for real."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

from aigc_studio.catalog.image_vae import ImageVaeConfig
from aigc_studio.catalog.training import TrainOptions
from aigc_studio.jobs.specs import ModelRef
from aigc_studio.media.preparation import Preparation
from aigc_studio.ml.data import PreparedData, split
from aigc_studio.ml.registry import learner_class, load_model
from aigc_studio.ml.weights import save_weights

if TYPE_CHECKING:
    from pathlib import Path

    from torch import Tensor

    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.protocol import LatentModel, Learner


def discs(count: int, size: int = 16, channels: int = 1, seed: int = 0) -> Pixels:
    """Soft discs, (N, S, S, C) uint8; with four channels premultiplied by their alpha."""
    dice = np.random.default_rng(seed)
    at = (np.arange(size) + 0.5) / size
    middle = dice.uniform(0.3, 0.7, (count, 2, 1, 1))
    far = np.hypot(at[:, None] - middle[:, 0], at[None, :] - middle[:, 1])
    inside = 1 / (1 + np.exp((far - dice.uniform(0.15, 0.35, (count, 1, 1))) * 24))
    shades = dice.uniform(0.4, 1.0, (count, 1, 1, channels))
    if channels == 4:
        shades[..., 3] = 1.0
    made: Pixels = np.rint(inside[..., None] * shades * 255).astype(np.uint8)
    return made


def prepared(count: int = 24, size: int = 16, channels: int = 1, seed: int = 0) -> PreparedData:
    """Discs as the loop sees them."""
    pixels = discs(count, size, channels, seed)
    hashes = tuple(hashlib.sha256(picture.tobytes()).hexdigest() for picture in pixels)
    training, held_out = split(hashes)
    return PreparedData(pixels, hashes, training, held_out, Preparation(), "0" * 64)


def options(**changes: Any) -> TrainOptions:
    """Options of a tiny run."""
    wishes = {"batch": 4, "learning_rate": 3e-3, "warmup": 2, "precision": "float32"}
    return TrainOptions.model_validate({**wishes, **changes})


def config_for(data: PreparedData, **changes: Any) -> ImageVaeConfig:
    """The smallest configuration that fits the data."""
    wishes = {"latent": 4, "width": 8, "components": 2, "size": data.size}
    return ImageVaeConfig.model_validate({**wishes, "channels": data.channels, **changes})


def learner_for(
    data: PreparedData, wishes: TrainOptions | None = None, *, seed: int = 1, **changes: Any
) -> Learner:
    """A fresh tiny learner."""
    config = config_for(data, **changes)
    return learner_class("image-vae").build(config, wishes or options(), data, seed, "cpu")


def saved(learner: Learner, data: PreparedData, path: Path) -> ModelRef:
    """What the learner exports, as a weights file."""
    config, tensors = learner.export(data)
    return ModelRef(id=save_weights(path, tensors, "image-vae", config), path=path)


def playable(learner: Learner, data: PreparedData, path: Path) -> LatentModel:
    """What the learner exports, saved and loaded again."""
    return load_model(saved(learner, data, path), "cpu")


def state_of(learner: Learner) -> dict[str, Tensor]:
    """Weights, their average and the optimisers' moments by name."""
    tensors = {f"net.{name}": t for name, t in learner.net.state_dict().items()}
    tensors |= {f"averaged.{name}": t for name, t in learner.averaged.state_dict().items()}
    for name, optimiser in learner.optimisers.items():
        for index, state in optimiser.state_dict()["state"].items():
            tensors |= {f"moments.{name}.{index}.{key}": value for key, value in state.items()}
    return tensors
