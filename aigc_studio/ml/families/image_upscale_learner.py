"""`image-upscale` while it learns: true pixels first, a patch critic beside them at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, cast

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812  its usual name
from torch.nn.utils import convert_conv2d_weight_memory_format

from aigc_studio.base import seeds
from aigc_studio.base.errors import StudioError
from aigc_studio.ml.adversarial import (
    balance,
    held_still,
    judged,
    relativistic_generator,
)
from aigc_studio.ml.augment import augment, corrupt, item_keys, uniforms
from aigc_studio.ml.average import averaged_copy
from aigc_studio.ml.device import autocast, uses_bfloat16
from aigc_studio.ml.families.image_upscale import build_net
from aigc_studio.ml.families.image_upscale_net import PatchCritic, UpscalePair
from aigc_studio.ml.families.image_vae import to_pixels
from aigc_studio.ml.metrics.pictures import psnr
from aigc_studio.ml.metrics.upscaling import enlarged_plainly
from aigc_studio.ml.objectives import leaky_unit
from aigc_studio.ml.optimiser import descend
from aigc_studio.ml.stored import NET, part

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from torch import Tensor

    from aigc_studio.base.frozen import Frozen
    from aigc_studio.catalog.image_upscale import ImageUpscaleConfig
    from aigc_studio.catalog.training import TrainOptions
    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.data import PreparedData
    from aigc_studio.ml.families.image_upscale_net import UpscaleNet
    from aigc_studio.ml.protocol import Moment

SHOWN = 16
MEASURED = 64
CRITIC_FROM = 0.7  # part of the run after which the critic joins
GAMMA = 0.05  # of both gradient penalties; made and true patches differ by little
_CRITIC_RATE = 1.0
_TURNS = 20  # stream of random numbers, beside those of `ml.augment`


class ImageUpscaleLearner:
    """See `Learner` for what each method promises."""

    def __init__(
        self, config: ImageUpscaleConfig, options: TrainOptions, net: UpscalePair, device: str
    ) -> None:
        self.config = config
        self.options = options
        self.net = net.to(device)
        convert_conv2d_weight_memory_format(self.net, torch.channels_last)
        self.averaged = averaged_copy(self.net)
        self.device = device
        self.optimisers = _optimisers(self.net, options)
        self._bfloat16 = uses_bfloat16(options.precision, device)

    @classmethod
    def build(
        cls, config: Frozen, options: TrainOptions, data: PreparedData, seed: int, device: str
    ) -> Self:
        """A fresh learner; it starts as bicubic interpolation.

        Raises:
            StudioError: kind "input", the patches cannot be made `factor` times smaller.
        """
        shaped = cast("ImageUpscaleConfig", config)
        if data.size % (8 * shaped.factor):
            raise StudioError(
                f"Patches of {data.size} pixels do not suit a factor of {shaped.factor}.",
                kind="input",
                todo=f"Choose a multiple of {8 * shaped.factor}: --set size=96.",
            )
        torch.manual_seed(seeds.derive(seed, "weights"))
        pair = UpscalePair(build_net(shaped), PatchCritic(shaped.channels))
        return cls(shaped, options, pair, device)

    def adopt(self, tensors: Mapping[str, Tensor], freeze: Sequence[str]) -> None:
        """Start from a parent's weights; the critic, which no model keeps, starts anew.

        Raises:
            StudioError: the parent has another shape.
        """
        try:
            self.net.upscaler.load_state_dict(part(tensors, NET))
        except RuntimeError as error:
            raise StudioError(
                "The model to start from has another shape than this training run.",
                kept="Nothing was changed.",
                todo="Use the parent's factor, colour and preset (see `models show`).",
                kind="input",
            ) from error
        for name in freeze:
            getattr(self.net.upscaler, name).requires_grad_(False)
        self.averaged = averaged_copy(self.net)
        self.optimisers = _optimisers(self.net, self.options)

    def step(self, batch: Tensor, moment: Moment) -> dict[str, Tensor]:
        """One step towards the true pixels, in the last part of the run also past the critic."""
        clean = _turned(augment(batch.to(self.device), self.options.augmentation, moment), moment)
        small = self._worn(clean, moment)
        self.net.train()
        with autocast(self.device, bfloat16=self._bfloat16):
            raw = self.net.upscaler(small)
        made = leaky_unit(raw.float())
        apart = (made - clean).abs().mean()
        if not self._critical(moment):
            self._descend("upscaler", apart)
            return {"loss": apart.detach()}
        with held_still(self.net.critic):
            scores = (self.net.critic(clean), self.net.critic(made))
            pull = relativistic_generator(*scores)
            weight = self.config.sharpness * balance(apart, pull, self.net.upscaler.leave.weight)
            self._descend("upscaler", apart + weight * pull)
        judged = self._judge(clean, made)
        return {"loss": apart.detach(), "generator": pull.detach(), "critic": judged}

    @torch.no_grad()
    def preview(self, data: PreparedData) -> list[Pixels]:
        """Pairs of a plain enlargement and the model's, of held-out patches where there are."""
        clean = self._shown(data, SHOWN // 2)
        small = _small(clean, self.config.factor)
        plain = enlarged_plainly(np.stack(to_pixels(small)), self.config.factor, "lanczos")
        pairs = zip(plain, to_pixels(self._averaged(small)), strict=True)
        return [picture for pair in pairs for picture in pair]

    @torch.no_grad()
    def measure(self, data: PreparedData) -> dict[str, float]:
        """PSNR in dB of enlarged held-out patches."""
        clean = self._shown(data, MEASURED)
        made = self._averaged(_small(clean, self.config.factor))
        return {"psnr": psnr(np.stack(to_pixels(clean)), np.stack(to_pixels(made)))}

    def export(self, data: PreparedData) -> tuple[Frozen, dict[str, Tensor]]:
        """The averaged net; the critic has done its work."""
        return self.config, {f"{NET}{k}": v for k, v in self._averaged.state_dict().items()}

    @property
    def _averaged(self) -> UpscaleNet:
        return cast("UpscalePair", self.averaged).upscaler

    def _critical(self, moment: Moment) -> bool:
        return self.config.sharpness > 0 and moment.step >= CRITIC_FROM * moment.total

    def _shown(self, data: PreparedData, count: int) -> Tensor:
        items = data.held_out if len(data.held_out) else data.training
        # Spread over the pictures: patches of one lie side by side.
        picked = np.linspace(0, len(items) - 1, min(count, len(items))).round().astype(int)
        return data.batch(items[picked]).to(self.device)

    def _worn(self, clean: Tensor, moment: Moment) -> Tensor:
        small = _small(clean, self.config.factor)
        wear, strength = self.config.wear, self.config.wear_strength
        if wear in ("noise", "both"):
            small = corrupt(small, "noise", strength, moment)
        if wear in ("jpeg", "both"):
            small = corrupt(small, "jpeg", strength, moment)
        return small

    def _judge(self, clean: Tensor, made: Tensor) -> Tensor:
        """One step of the critic; its loss."""
        loss, smooth, verdicts = judged(self.net.critic, clean, made)
        self._descend("critic", loss + 0.5 * GAMMA / verdicts * smooth)
        return loss.detach()

    def _descend(self, which: str, loss: Tensor) -> None:
        descend(self.optimisers[which], getattr(self.net, which), loss, self.options)


def _small(clean: Tensor, factor: int) -> Tensor:
    """Area averages, rounded to 8 bits as a small file would hold them."""
    return F.avg_pool2d(clean, factor).mul_(255.0).round_().div_(255.0)


def _turned(pixels: Tensor, moment: Moment) -> Tensor:
    """Each item in one of its eight orientations: detail looks alike in all of them."""
    keys = item_keys(moment.seed, moment.step, moment.items).to(pixels.device)
    mirrored, upside, turned = (uniforms(keys, _TURNS, 3) < 0.5).T[:, :, None, None, None]
    pixels = torch.where(mirrored, pixels.flip(3), pixels)
    pixels = torch.where(upside, pixels.flip(2), pixels)
    whole = torch.where(turned, pixels.transpose(2, 3), pixels)
    return whole.contiguous(memory_format=torch.channels_last)


def _optimisers(pair: UpscalePair, options: TrainOptions) -> dict[str, torch.optim.Optimizer]:
    learned = [parameter for parameter in pair.upscaler.parameters() if parameter.requires_grad]
    rate = options.learning_rate
    return {
        "upscaler": torch.optim.AdamW(
            learned, lr=rate, betas=(0.9, 0.99), weight_decay=options.weight_decay, fused=True
        ),
        "critic": torch.optim.AdamW(
            [{"params": list(pair.critic.parameters()), "rate_scale": _CRITIC_RATE}],
            lr=rate,
            betas=(0.0, 0.99),
            weight_decay=0.0,
            fused=True,
        ),
    }
