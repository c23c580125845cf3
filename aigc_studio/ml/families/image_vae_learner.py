"""`image-vae` while it learns: ELBO steps, previews, quick figures, export with fitted prior."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, cast

import numpy as np
import torch
from torch.nn.utils import convert_conv2d_weight_memory_format

from aigc_studio.base import seeds
from aigc_studio.base.errors import StudioError
from aigc_studio.ml.augment import augment, corrupt
from aigc_studio.ml.average import averaged_copy
from aigc_studio.ml.device import autocast, uses_bfloat16
from aigc_studio.ml.families.image_vae import build_net, to_pixels
from aigc_studio.ml.metrics.pictures import psnr
from aigc_studio.ml.optimiser import descend
from aigc_studio.ml.prior import fit_mixture
from aigc_studio.ml.protocol import Moment
from aigc_studio.ml.stored import ATLAS, NET, PRIOR, part

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from torch import Tensor

    from aigc_studio.base.frozen import Frozen
    from aigc_studio.catalog.image_vae import ImageVaeConfig
    from aigc_studio.catalog.training import TrainOptions
    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.data import PreparedData
    from aigc_studio.ml.families.image_vae_net import ImageVaeNet

SHOWN = 16
MEASURED = 128
CHUNK = 128
AXES = 16
INITIAL = 4096  # pictures that starting values are taken from
INITIAL_NUMBERS = 1 << 28  # and the most they may fill, 1 GB as float32
COPIES = 3


class ImageVaeLearner:
    """See `Learner` for what each method promises."""

    def __init__(
        self,
        config: ImageVaeConfig,
        options: TrainOptions,
        net: ImageVaeNet,
        seed: int,
        device: str,
    ) -> None:
        self.config = config
        self.options = options
        self.net = net.to(device)
        # Channels last is the layout that convolutions are quicker in on every device.
        convert_conv2d_weight_memory_format(self.net, torch.channels_last)
        self.averaged = averaged_copy(self.net)
        self.device = device
        self.seed = seed
        self.optimisers = {"all": _optimiser(self.net, options)}
        self._bfloat16 = uses_bfloat16(options.precision, device)

    @classmethod
    def build(
        cls, config: Frozen, options: TrainOptions, data: PreparedData, seed: int, device: str
    ) -> Self:
        """A fresh learner; the linear path starts at the data's principal components."""
        shaped = cast("ImageVaeConfig", config)
        torch.manual_seed(seeds.derive(seed, "weights"))
        net = build_net(shaped)
        clean = data.batch(data.training[: _initial(shaped)])
        if shaped.corruption == "none":
            net.initialise(clean)
        else:
            # Several damaged copies of each steady the regression that the encoder starts from.
            copies = [_damaged(clean, shaped, seed, copy) for copy in range(COPIES)]
            net.initialise(clean.repeat(COPIES, 1, 1, 1), torch.cat(copies))
        return cls(shaped, options, net, seed, device)

    def adopt(self, tensors: Mapping[str, Tensor], freeze: Sequence[str]) -> None:
        """Start from a parent's weights.

        Raises:
            StudioError: the parent has another shape.
        """
        try:
            self.net.load_state_dict(part(tensors, NET))
        except RuntimeError as error:
            raise StudioError(
                "The model to start from has another shape than this training run.",
                kept="Nothing was changed.",
                todo="Use the parent's size, colour, preset and latent (see `models show`).",
                kind="input",
            ) from error
        for name in freeze:
            getattr(self.net, name).requires_grad_(False)
        self.averaged = averaged_copy(self.net)
        self.optimisers = {"all": _optimiser(self.net, self.options)}

    def step(self, batch: Tensor, moment: Moment) -> dict[str, Tensor]:
        """One AdamW step on the ELBO; the corrupted picture goes in, the clean one is asked for."""
        clean = augment(batch.to(self.device), self.options.augmentation, moment)
        seen = corrupt(clean, self.config.corruption, self.config.corruption_strength, moment)
        noise = self._noise(len(batch), moment)
        self.net.train()
        with autocast(self.device, bfloat16=self._bfloat16):
            losses = self.net.loss(clean, seen, noise, beta=self.config.beta)
        descend(self.optimisers["all"], self.net, losses["loss"], self.options)
        return {name: value.detach() for name, value in losses.items()}

    @torch.no_grad()
    def preview(self, data: PreparedData) -> list[Pixels]:
        """Pairs of what the model is shown and what it makes of it, held-out where there are."""
        _, seen = self._shown(data, SHOWN)
        made = self._averaged.decode(self._averaged.encode(seen)[0])
        pairs = zip(to_pixels(seen), to_pixels(made), strict=True)
        return [picture for pair in pairs for picture in pair]

    @torch.no_grad()
    def measure(self, data: PreparedData) -> dict[str, float]:
        """PSNR in dB of reconstructions (repairs, in the denoising form) of held-out pictures."""
        clean, seen = self._shown(data, MEASURED)
        made = self._averaged.decode(self._averaged.encode(seen)[0])
        return {"psnr": psnr(np.stack(to_pixels(clean)), np.stack(to_pixels(made)))}

    @torch.no_grad()
    def export(self, data: PreparedData) -> tuple[Frozen, dict[str, Tensor]]:
        """Averaged weights, the mixture fitted to the training posteriors, and the atlas."""
        means, variances = self._posteriors(data)
        prior = fit_mixture(
            means, variances, self.config.components, seeds.derive(self.seed, "prior")
        )
        tensors = {f"{NET}{k}": v for k, v in self.averaged.state_dict().items()}
        tensors |= {f"{PRIOR}{k}": v for k, v in prior.tensors().items()}
        tensors |= {f"{ATLAS}{k}": v for k, v in atlas(means).items()}
        return self.config, tensors

    @property
    def _averaged(self) -> ImageVaeNet:
        return cast("ImageVaeNet", self.averaged)

    def _noise(self, count: int, moment: Moment) -> Tensor:
        generator = torch.Generator().manual_seed(seeds.derive(moment.seed, "eps", moment.step))
        return torch.randn(count, self.config.latent, generator=generator).to(self.device)

    def _shown(self, data: PreparedData, count: int) -> tuple[Tensor, Tensor]:
        # The same pictures and the same corruption each time, so that looks can be compared.
        items = (data.held_out if len(data.held_out) else data.training)[:count]
        clean = data.batch(items).to(self.device)
        moment = Moment(self.seed, 0, 1, torch.from_numpy(items))
        return clean, corrupt(
            clean, self.config.corruption, self.config.corruption_strength, moment
        )

    def _posteriors(self, data: PreparedData) -> tuple[Tensor, Tensor]:
        encoded = [
            self._averaged.encode(data.batch(data.training[start : start + CHUNK]).to(self.device))
            for start in range(0, len(data.training), CHUNK)
        ]
        means = torch.cat([mean for mean, _ in encoded]).float().cpu()
        return means, torch.cat([logvar for _, logvar in encoded]).float().exp().cpu()


def _initial(config: ImageVaeConfig) -> int:
    copies = 1 if config.corruption == "none" else COPIES
    return min(INITIAL, INITIAL_NUMBERS // (config.size**2 * config.channels * copies))


def _damaged(clean: Tensor, config: ImageVaeConfig, seed: int, copy: int) -> Tensor:
    moment = Moment(seeds.derive(seed, "start"), copy, COPIES, torch.arange(len(clean)))
    return corrupt(clean, config.corruption, config.corruption_strength, moment)


def _optimiser(net: ImageVaeNet, options: TrainOptions) -> torch.optim.Optimizer:
    learned = [parameter for parameter in net.parameters() if parameter.requires_grad]
    # Weight decay pulls on matrices and kernels alone, not on biases and norms.
    groups = [
        {"params": [p for p in learned if p.ndim > 1], "weight_decay": options.weight_decay},
        {"params": [p for p in learned if p.ndim <= 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=options.learning_rate, betas=(0.9, 0.99), fused=True)


def atlas(means: Tensor) -> dict[str, Tensor]:
    """What is typical in the space: mean, spread, and the strongest directions of (N, Z) points.

    Directions are principal axes of the posterior means, strongest first, signs fixed so that
    the largest entry is positive.
    """
    centre = means.mean(0)
    centred = (means - centre).double()
    covariance = centred.T @ centred / max(1, len(means) - 1)
    vectors = torch.linalg.eigh(covariance).eigenvectors.flip(1).T[:AXES]
    largest = vectors.gather(1, vectors.abs().argmax(1, keepdim=True))
    axes = vectors * largest.sign()
    return {"mean": centre, "std": centred.std(0, correction=0).float(), "axes": axes.float()}
