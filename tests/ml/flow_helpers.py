"""A tiny `image-flow` with words, that trains for real."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import torch

from aigc_studio.catalog.image_flow import ImageFlowConfig
from aigc_studio.jobs.specs import ModelRef
from aigc_studio.ml.families.image_flow_learner import ImageFlowLearner
from aigc_studio.ml.protocol import Moment
from aigc_studio.ml.registry import load_model
from aigc_studio.ml.weights import save_weights
from tests.ml.helpers import options, prepared

if TYPE_CHECKING:
    from pathlib import Path

    from torch import Tensor

    from aigc_studio.catalog.training import TrainOptions
    from aigc_studio.ml.backbones.flow_transformer import Block
    from aigc_studio.ml.data import PreparedData
    from aigc_studio.ml.families.image_flow import ImageFlow
    from aigc_studio.ml.families.image_flow_net import ImageFlowNet

SIZES = ("small", "large", "round")
CHINESE = {"small": "小圆", "large": "大圆", "round": "圆"}


def told(count: int = 24, channels: int = 1) -> PreparedData:
    """Discs with words in two languages and tags."""
    data = prepared(count, 16, channels)
    words = [SIZES[index % len(SIZES)] for index in range(count)]
    captions = tuple({"en": f"{word} disc", "zh": CHINESE[word]} for word in words)
    return replace(data, captions=captions, tags=tuple((word, "shape") for word in words))


def flow_config(data: PreparedData, **changes: Any) -> ImageFlowConfig:
    """The smallest configuration that fits the data."""
    wishes = {"latent": 2, "width": 8, "blocks": 1, "dim": 16, "depth": 1, "heads": 2}
    shape = {"size": data.size, "channels": data.channels}
    return ImageFlowConfig.model_validate({**wishes, **shape, **changes})


def flow_learner(
    data: PreparedData, wishes: TrainOptions | None = None, *, seed: int = 1, **changes: Any
) -> ImageFlowLearner:
    """A fresh tiny learner."""
    config = flow_config(data, **changes)
    return ImageFlowLearner.build(config, wishes or options(), data, seed, "cpu")


def trained(learner: ImageFlowLearner, data: PreparedData, count: int = 6) -> ImageFlowLearner:
    """Some steps of both parts of a run; what is exported is the net itself."""
    for step in range(count):
        items = data.batch_items(1, step, 4)
        learner.step(data.batch(items), Moment(1, step, count, items))
    # What starts at zero would stay near it for long: so that pictures and words differ.
    torch.manual_seed(4)
    net = net_of(learner)
    reading = cast("Block", net.flow.blocks[0]).read
    for layer in (net.autoencoder.decoder.leave, reading.leave, net.flow.leave):
        torch.nn.init.normal_(layer.weight, std=0.2)
    learner.averaged.load_state_dict(learner.net.state_dict())
    return learner


def exported(learner: ImageFlowLearner, data: PreparedData, path: Path) -> ModelRef:
    """What the learner exports, as a weights file."""
    config, tensors = learner.export(data)
    return ModelRef(id=save_weights(path, tensors, "image-flow", config), path=path)


def played(learner: ImageFlowLearner, data: PreparedData, path: Path) -> ImageFlow:
    """What the learner exports, saved and loaded again."""
    return cast("ImageFlow", load_model(exported(learner, data, path), "cpu"))


def net_of(learner: ImageFlowLearner) -> ImageFlowNet:
    """The net that learns."""
    return cast("ImageFlowNet", learner.net)


def whole_state(learner: ImageFlowLearner) -> dict[str, Tensor]:
    """Weights, their average and all optimisers' moments by name."""
    tensors = {f"net.{name}": t for name, t in learner.net.state_dict().items()}
    tensors |= {f"averaged.{name}": t for name, t in learner.averaged.state_dict().items()}
    for name, optimiser in learner.optimisers.items():
        for index, state in optimiser.state_dict()["state"].items():
            tensors |= {f"{name}.{index}.{key}": value for key, value in state.items()}
    return tensors
