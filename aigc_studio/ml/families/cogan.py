"""`cogan`: play a pair of generators; one point gives a matching picture in each domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, cast

import numpy as np
import torch

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.families import family
from aigc_studio.catalog.latent import Cap, Code, Modality
from aigc_studio.ml.families.cogan_net import CoupledGenerators
from aigc_studio.ml.families.image_vae import to_pixels
from aigc_studio.ml.registry import checked_config
from aigc_studio.ml.stored import (
    ATLAS,
    ATLAS_PARTS,
    NET,
    gaussian_space,
    must_fit,
    part,
    require_known,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from aigc_studio.catalog.cogan import CoganConfig
    from aigc_studio.catalog.conditions import Conditions, Domain
    from aigc_studio.catalog.header import Header
    from aigc_studio.catalog.latent import Space
    from aigc_studio.media.image import Pixels

SPACE = family("cogan").home
_OWN = frozenset(f"{ATLAS}{name}" for name in ATLAS_PARTS)


class Cogan:
    """A trained pair; see `LatentModel` for what each method promises.

    Plainly it decodes the first domain; `conditioned` shows the second, or both side by side.
    """

    modality = Modality.IMAGE
    caps = Cap.SAMPLE | Cap.DECODE | Cap.PAIR

    def __init__(
        self,
        model_id: str,
        config: CoganConfig,
        net: CoupledGenerators,
        space: Space,
        device: str,
        domain: Domain = "first",
    ) -> None:
        self.id = model_id
        self.config = config
        self.net = net.to(device).eval()
        self.spaces = {SPACE: space}
        self.home = SPACE
        self._domain = domain
        self._device = device

    @classmethod
    def load(cls, model_id: str, header: Header, tensors: dict[str, Tensor], device: str) -> Self:
        """Build from stored weights.

        Raises:
            StudioError: kind "hostile" when weights and configuration do not fit.
        """
        config = cast("CoganConfig", checked_config(header))
        with must_fit():
            require_known(tensors, _OWN)
            # Shapes are compared before memory is taken: a configuration may claim anything.
            with torch.device("meta"):
                net = build_generators(config)
            net.load_state_dict(part(tensors, NET), assign=True)
            space = gaussian_space(tensors, SPACE, (config.latent,))
        return cls(model_id, config, net, space, device)

    def conditioned(self, conditions: Conditions) -> Cogan:
        """The same model, showing the domains that are asked for; shares its weights."""
        space, device = self.spaces[SPACE], self._device
        return Cogan(self.id, self.config, self.net, space, device, conditions.domain)

    def prior(self, seed: int, space: str = SPACE, *, temperature: float = 1.0) -> Code:
        """The point `seed` draws from N(0, I); temperature scales its spread."""
        generator = torch.Generator().manual_seed(seed)
        point = torch.randn(1, self.config.latent, generator=generator) * temperature
        return Code(self.id, SPACE, {SPACE: point.numpy()}, seed)

    def encode(self, media: Sequence[Pixels], space: str = SPACE) -> Code:
        """Not to be had.

        Raises:
            StudioError: kind "input".
        """
        raise StudioError(
            "This model makes pictures from points, and finds no points of pictures.",
            kind="input",
            todo="Name points by number, such as seed:123.",
        )

    @torch.no_grad()
    def decode(self, code: Code, *, preview: float = 1.0) -> list[Pixels]:
        """Pictures of points; one at a time, so that a batch never changes a bit."""
        points = torch.from_numpy(np.ascontiguousarray(code.tensors[SPACE])).to(self._device)
        return [self._shown([to_pixels(made)[0] for made in self.net(p[None])]) for p in points]

    def _shown(self, pair: list[Pixels]) -> Pixels:
        match self._domain:
            case "first":
                return pair[0]
            case "second":
                return pair[1]
            case "both":
                side_by_side: Pixels = np.concatenate(pair, axis=1)
                return side_by_side


def build_generators(config: CoganConfig) -> CoupledGenerators:
    """The generators that a configuration describes, with fresh weights."""
    return CoupledGenerators(
        config.size, config.channels, config.latent, config.width, config.apart
    )
