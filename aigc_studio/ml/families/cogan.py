"""`cogan`: play a pair of generators; one point gives a matching picture in each domain."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Self, cast

import numpy as np
import torch

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.families import family
from aigc_studio.catalog.latent import Cap, Code, Modality
from aigc_studio.ml import inversion
from aigc_studio.ml.families.cogan_net import DOMAINS, CoupledMakers
from aigc_studio.ml.families.image_vae import to_pixels, to_tensor
from aigc_studio.ml.found import KNOWN, FoundPrior
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

    from aigc_studio.catalog.cogan import CoganConfig
    from aigc_studio.catalog.conditions import Conditions, Domain
    from aigc_studio.catalog.header import Header
    from aigc_studio.catalog.latent import Floats, Space
    from aigc_studio.media.image import Pixels

SPACE = family("cogan").home
_DOMAINS: tuple[Domain, ...] = ("first", "second")
_LEAST = 1e-6  # of a number's spread
_OWN = frozenset(
    {*(f"{ATLAS}{name}" for name in ATLAS_PARTS), *(f"{PRIOR}{name}" for name in KNOWN)}
)


class Cogan:
    """A trained pair; see `LatentModel` for what each method promises.

    Plainly it decodes the first domain; `conditioned` shows the second, or both side by side.
    Where it rebuilds, pictures of either domain are found, whichever is shown: so line art is
    shown in colour.
    """

    modality = Modality.IMAGE

    def __init__(
        self,
        model_id: str,
        config: CoganConfig,
        net: CoupledMakers,
        space: Space,
        drawn: FoundPrior | None,
        device: str,
    ) -> None:
        self.id = model_id
        self.config = config
        self.net = net.to(device).eval().requires_grad_(False)
        self.caps = family("cogan").caps
        if drawn is None:
            self.caps &= ~(Cap.ENCODE | Cap.INVERT)
        self.spaces = {SPACE: space}
        self.home = SPACE
        self._drawn = drawn
        self._domain: Domain = "first"
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
                net = CoupledMakers(config)
            net.load_stored(part(tensors, NET), assign=True)
            space = gaussian_space(tensors, SPACE, (config.latent,))
            rebuilds = config.rebuild > 0
            drawn = FoundPrior.stored(part(tensors, PRIOR), config.latent) if rebuilds else None
        return cls(model_id, config, net, space, drawn, device)

    def conditioned(self, conditions: Conditions) -> Cogan:
        """The same model, showing the domains that are asked for; shares its weights."""
        return self._showing(conditions.domain)

    @torch.no_grad()
    def like(self, item: Pixels) -> Cogan:
        """The same model, showing the domain that a picture seems to be of.

        Raises:
            StudioError: kind "input", this model finds no pictures.
        """
        return self._showing(_DOMAINS[self._found(item)[1]])

    def _showing(self, domain: Domain) -> Cogan:
        other = copy.copy(self)
        other.__dict__["_domain"] = domain
        return other

    def prior(self, seed: int, space: str = SPACE, *, temperature: float = 1.0) -> Code:
        """The point `seed` draws; temperature scales how far it lies from the middle.

        A model that rebuilds draws among where pictures were found, any other from N(0, I).
        """
        if self._drawn is None:
            generator = torch.Generator().manual_seed(seed)
            drawn = torch.randn(self.config.latent, generator=generator)
        else:
            drawn = self._drawn.sample(seed)
        middle = torch.from_numpy(self._statistic("mean"))
        return self._code((middle + temperature * (drawn - middle))[None], seed)

    @torch.no_grad()
    def encode(self, media: Sequence[Pixels], space: str = SPACE) -> Code:
        """Where each picture is found, in the domain in which it is rebuilt best; one at a time.

        Raises:
            StudioError: kind "input", this model finds no pictures.
        """
        return self._code(torch.cat([self._found(item)[0] for item in media]))

    def invert(self, item: Pixels, space: str, steps: int) -> Iterator[tuple[Code, float]]:
        """Search from where the picture is found, for its like in its own domain.

        Raises:
            StudioError: kind "input", this model finds no pictures.
        """
        with torch.no_grad():
            start, domain = self._found(item)
        mean, std = (torch.from_numpy(self._statistic(n)).to(start) for n in ("mean", "std"))
        scale = std.clamp_min(_LEAST)
        search = inversion.Search(
            make=lambda z: self.net.generators.one(z, domain),
            scale=scale,
            stray=lambda z: ((z - mean) / scale).square().mean(),
        )
        goal = to_tensor([item], self._device)
        for point, decibels in inversion.search(search, start, goal, steps):
            yield self._code(point), decibels

    def _found(self, item: Pixels) -> tuple[Tensor, int]:
        """The point (1, Z) of a picture, and the domain it seems to be of."""
        if self._drawn is None:
            raise StudioError(
                "This model makes pictures from points, and finds no points of pictures.",
                kind="input",
                todo="Name points by number, such as seed:123.",
            )
        goal = to_tensor([item], self._device)
        points = [self.net.found(goal * 2 - 1, domain) for domain in range(DOMAINS)]
        made = [self.net.generators.one(z, domain) for domain, z in enumerate(points)]
        off = [float((each.clamp(0, 1) - goal).square().mean()) for each in made]
        domain = off.index(min(off))
        return points[domain], domain

    def _statistic(self, name: str) -> Floats:
        value: Floats = getattr(self.spaces[SPACE], name)
        return value

    def _code(self, points: Tensor, seed: int | None = None) -> Code:
        return Code(self.id, SPACE, {SPACE: points.float().cpu().numpy()}, seed)

    @torch.no_grad()
    def decode(self, code: Code, *, preview: float = 1.0) -> list[Pixels]:
        """Pictures of points; one at a time, so that a batch never changes a bit."""
        points = torch.from_numpy(np.ascontiguousarray(code.tensors[SPACE])).to(self._device)
        return [
            self._shown([to_pixels(made)[0] for made in self.net.generators(p[None])])
            for p in points
        ]

    def _shown(self, pair: list[Pixels]) -> Pixels:
        match self._domain:
            case "first":
                return pair[0]
            case "second":
                return pair[1]
            case "both":
                side_by_side: Pixels = np.concatenate(pair, axis=1)
                return side_by_side
