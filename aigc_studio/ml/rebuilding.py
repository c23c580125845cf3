"""A step of an autoencoder with a grid of latents: sharp pictures, a gently bounded latent.

Esser, Rombach and Ommer, "Taming transformers" (2021), with the Laplacian pyramid of
Bojanowski et al., "Optimizing the latent space of generative networks" (2018), in place of a
trained feature loss.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F  # noqa: N812  its usual name

from aigc_studio.ml import objectives
from aigc_studio.ml.augment import augment, item_keys, normals
from aigc_studio.ml.device import autocast
from aigc_studio.ml.optimiser import descend

if TYPE_CHECKING:
    from collections.abc import Mapping

    from torch import Tensor

    from aigc_studio.catalog.image_flow import ImageFlowConfig
    from aigc_studio.catalog.training import Augmentation, TrainOptions
    from aigc_studio.ml.families.image_flow_net import ImageFlowNet
    from aigc_studio.ml.protocol import Moment

_LEVELS = 4
_POSTERIOR = 12  # stream of random numbers
_FLIP, _SHIFT = 0.5, 0.06  # what an autoencoder may always learn from
_MOST_ADVERSARIAL = 2.0
_GENTLE = 0.5  # of the weight that would make both gradients equal


def laplacian_error(made: Tensor, wanted: Tensor) -> Tensor:
    """Mean absolute error summed over the bands of a Laplacian pyramid, scalar."""
    left = made - wanted
    error = left.new_zeros(())
    for _ in range(_LEVELS):
        if min(left.shape[-2:]) < 4:
            break
        low = F.avg_pool2d(left, 2)
        error = error + (left - F.interpolate(low, scale_factor=2.0)).abs().mean()
        left = low
    return error + left.abs().mean()


class RebuildingStep:
    """Steps of the autoencoder, with a patch critic in the last of them where one is wished.

    Args:
        net: whose autoencoder and critic learn.
        config, options: weights of the loss, augmentation and clipping.
        optimisers: "autoencoder", and "critic" where there is one.
        bfloat16: whether to compute in it.
    """

    def __init__(
        self,
        net: ImageFlowNet,
        config: ImageFlowConfig,
        options: TrainOptions,
        optimisers: Mapping[str, torch.optim.Optimizer],
        bfloat16: bool,
    ) -> None:
        self._net = net
        self._config = config
        self._options = options
        self._optimisers = optimisers
        self._bfloat16 = bfloat16

    def step(self, batch: Tensor, moment: Moment, steps: int) -> dict[str, Tensor]:
        """One step of `steps` on pictures (B, C, S, S) in [0, 1]; detached losses."""
        pixels = augment(batch, self._augmentation(), moment)
        judged = self._net.critic is not None
        judged = judged and moment.step >= (1 - self._config.critic) * steps
        with autocast(pixels.device.type, bfloat16=self._bfloat16):
            made, kl = self._rebuild(pixels, moment)
            error = laplacian_error(objectives.leaky_unit(made), pixels)
            loss = error + self._config.kl * kl
            if judged:
                loss = loss + self._adversarial(error, made)
        self._apply("autoencoder", loss, self._net.autoencoder)
        figures = {"loss": loss, "error": error, "kl": kl}
        if judged:
            figures["critic"] = self._critic_step(pixels, made.detach())
        return {name: value.detach() for name, value in figures.items()}

    def _augmentation(self) -> Augmentation:
        wishes = self._options.augmentation
        # A mirrored or moved picture is rebuilt as any other; of the flow this is not true.
        update = {"flip": max(_FLIP, wishes.flip), "shift": max(_SHIFT, wishes.shift)}
        return wishes.model_copy(update=update)

    def _rebuild(self, pixels: Tensor, moment: Moment) -> tuple[Tensor, Tensor]:
        mean, logvar = self._net.autoencoder.encode(pixels)
        keys = item_keys(moment.seed, moment.step, moment.items).to(mean.device)
        noise = normals(keys, _POSTERIOR, mean[0].numel()).view_as(mean)
        z = objectives.reparameterise(mean, logvar, noise)
        return self._net.autoencoder.decode(z), objectives.kl_normal(mean, logvar).mean()

    def _adversarial(self, error: Tensor, made: Tensor) -> Tensor:
        """What the critic holds against the picture, weighted so that neither side wins."""
        critic = self._net.critic
        assert critic is not None
        critic.requires_grad_(False)
        against: Tensor = -critic(made).mean()
        critic.requires_grad_(True)
        last = self._net.autoencoder.decoder.leave.weight
        ours = torch.autograd.grad(error, last, retain_graph=True)[0].norm()
        theirs = torch.autograd.grad(against, last, retain_graph=True)[0].norm()
        weight: Tensor = (_GENTLE * ours / (theirs + 1e-6)).clamp(0.0, _MOST_ADVERSARIAL).detach()
        return weight * against

    def _critic_step(self, pixels: Tensor, made: Tensor) -> Tensor:
        """Hinge loss: real patches above 1, made ones below -1."""
        critic = self._net.critic
        assert critic is not None
        with autocast(pixels.device.type, bfloat16=self._bfloat16):
            real, fake = critic(torch.cat([pixels, made.clamp(0.0, 1.0)])).chunk(2)
            loss = 0.5 * (F.relu(1 - real).mean() + F.relu(1 + fake).mean())
        self._apply("critic", loss, critic)
        return loss

    def _apply(self, name: str, loss: Tensor, module: torch.nn.Module) -> None:
        descend(self._optimisers[name], module, loss, self._options)
