"""`image-vae`: play a trained image VAE (Kingma and Welling, 2014).

The same class plays the denoising form (Im et al., "Denoising criterion for variational
auto-encoding framework", 2017): its encoder has learned to find the clean picture's point.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, cast

import numpy as np
import torch

from aigc_studio.catalog.families import family
from aigc_studio.catalog.latent import Cap, Code, Modality
from aigc_studio.ml import inversion
from aigc_studio.ml.families.image_vae_net import ImageVaeNet
from aigc_studio.ml.prior import PARTS as PRIOR_PARTS
from aigc_studio.ml.prior import MixturePrior
from aigc_studio.ml.registry import checked_config
from aigc_studio.ml.stored import (
    ATLAS,
    ATLAS_PARTS,
    NET,
    PRIOR,
    gaussian_space,
    must_fit,
    part,
    require_known,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torch import Tensor

    from aigc_studio.catalog.header import Header
    from aigc_studio.catalog.image_vae import ImageVaeConfig
    from aigc_studio.catalog.latent import Floats, Space
    from aigc_studio.media.image import Pixels

SPACE = family("image-vae").home
_OWN = frozenset(
    {*(f"{PRIOR}{name}" for name in PRIOR_PARTS), *(f"{ATLAS}{name}" for name in ATLAS_PARTS)}
)


def to_tensor(media: Sequence[Pixels], device: str) -> Tensor:
    """uint8 pictures (S, S, C) as float32 (B, C, S, S) in [0, 1]."""
    stacked = torch.from_numpy(np.stack(media))
    return stacked.to(device).permute(0, 3, 1, 2).float().div_(255.0)


def to_pixels(pictures: Tensor) -> list[Pixels]:
    """float (B, C, S, S) in [0, 1] as uint8 pictures (S, S, C), rounded to nearest."""
    levels = pictures.detach().float().clamp(0, 1).mul(255.0).round().to(torch.uint8)
    return list(levels.permute(0, 2, 3, 1).cpu().contiguous().numpy())


class ImageVae:
    """A trained image VAE; see `LatentModel` for what each method promises."""

    modality = Modality.IMAGE

    def __init__(
        self,
        model_id: str,
        config: ImageVaeConfig,
        net: ImageVaeNet,
        prior: MixturePrior,
        space: Space,
        device: str,
    ) -> None:
        self.id = model_id
        self.config = config
        self.net = net.to(device).eval()
        self.caps = Cap.SAMPLE | Cap.ENCODE | Cap.DECODE | Cap.INVERT
        if config.corruption != "none":
            self.caps |= Cap.DENOISE
        self.spaces = {SPACE: space}
        self.home = SPACE
        self._prior = prior
        self._device = device

    @classmethod
    def load(cls, model_id: str, header: Header, tensors: dict[str, Tensor], device: str) -> Self:
        """Build from stored weights.

        Raises:
            StudioError: kind "hostile" when weights and configuration do not fit.
        """
        config = cast("ImageVaeConfig", checked_config(header))
        with must_fit():
            require_known(tensors, _OWN)
            # Shapes are compared before memory is taken: a configuration may claim anything.
            with torch.device("meta"):
                net = build_net(config)
            net.load_state_dict(part(tensors, NET), assign=True)
            prior = MixturePrior.from_tensors(part(tensors, PRIOR), config.latent)
            space = gaussian_space(tensors, SPACE, (config.latent,))
        return cls(model_id, config, net, prior, space, device)

    def prior(self, seed: int, space: str = SPACE, *, temperature: float = 1.0) -> Code:
        """The point `seed` draws from the fitted mixture; temperature scales its spread."""
        point = self._prior.sample(seed, temperature=temperature)
        return self._code(point.reshape(1, -1), seed)

    @torch.no_grad()
    def encode(self, media: Sequence[Pixels], space: str = SPACE) -> Code:
        """Posterior means; one picture at a time, so that a batch never changes a bit."""
        means = [self.net.encode(to_tensor([item], self._device))[0] for item in media]
        return self._code(torch.cat(means))

    @torch.no_grad()
    def posterior(self, media: Sequence[Pixels]) -> tuple[Floats, Floats]:
        """Posterior means and variances, (N, Z) float32 each, computed in batches."""
        means, variances = [], []
        for start in range(0, len(media), 128):
            mean, logvar = self.net.encode(to_tensor(media[start : start + 128], self._device))
            means.append(mean.float().cpu())
            variances.append(logvar.float().exp().cpu())
        return torch.cat(means).numpy(), torch.cat(variances).numpy()

    @torch.no_grad()
    def decode(self, code: Code, *, preview: float = 1.0) -> list[Pixels]:
        """Pictures of points; one at a time, so that a batch never changes a bit.

        `preview` is accepted for the protocol: one pass is quick enough to be always whole.
        """
        points = torch.from_numpy(np.ascontiguousarray(code.tensors[SPACE])).to(self._device)
        return [to_pixels(self.net.decode(point[None]))[0] for point in points]

    def invert(self, item: Pixels, space: str, steps: int) -> Iterator[tuple[Code, float]]:
        """Search from the posterior mean; points are held where z is usual."""
        start = torch.from_numpy(self.encode([item]).tensors[SPACE]).to(self._device)
        std = self.spaces[SPACE].std
        search = inversion.Search(
            make=self.net.decode_raw,
            scale=torch.ones_like(start) if std is None else torch.tensor(std).to(self._device),
            stray=lambda z: z.square().mean(),
        )
        goal = to_tensor([item], self._device)
        for point, decibels in inversion.search(search, start, goal, steps):
            yield self._code(point), decibels

    def _code(self, points: Tensor, seed: int | None = None) -> Code:
        return Code(self.id, SPACE, {SPACE: points.float().cpu().numpy()}, seed)


def build_net(config: ImageVaeConfig) -> ImageVaeNet:
    """The network a configuration describes, with fresh weights."""
    return ImageVaeNet(
        size=config.size, channels=config.channels, latent=config.latent, width=config.width
    )
