"""`image-gan`: play a trained style-based GAN in z, w, w+ and its noise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, cast

import numpy as np
import torch

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.families import family
from aigc_studio.catalog.latent import Code, Modality, Space
from aigc_studio.catalog.spaces import tiled
from aigc_studio.ml import inversion
from aigc_studio.ml.families.image_gan_export import DIRECTIONS
from aigc_studio.ml.families.image_gan_net import ImageGanNet
from aigc_studio.ml.families.image_vae import to_pixels, to_tensor
from aigc_studio.ml.found import KNOWN, prior_from
from aigc_studio.ml.registry import checked_config
from aigc_studio.ml.stored import ATLAS, ATLAS_PARTS, NET, PRIOR, must_fit, part, require_known

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from torch import Tensor

    from aigc_studio.catalog.header import Header
    from aigc_studio.catalog.image_gan import ImageGanConfig
    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.found import FoundPrior
    from aigc_studio.ml.prior import MixturePrior

Z, W, W_PLUS, NOISE = "z", "w", "w+", "noise"
_KERNEL = 4  # axes of a convolution's weight
_WAYS = {(Z, W), (Z, W_PLUS), (W, W_PLUS)}
_DRAWN = frozenset(f"{PRIOR}{name}" for name in KNOWN)
_OWN = frozenset({*(f"{ATLAS}{name}" for name in ATLAS_PARTS), f"{DIRECTIONS}axes", *_DRAWN})


class ImageGan:
    """A trained image GAN; see `LatentModel`, `Layered`, `Judge`, `Invertible`."""

    modality = Modality.IMAGE

    def __init__(
        self,
        model_id: str,
        config: ImageGanConfig,
        net: ImageGanNet,
        atlas: Mapping[str, Tensor],
        drawn: FoundPrior | MixturePrior | None,
        device: str,
    ) -> None:
        entry = family("image-gan")
        self.id = model_id
        self.config = config
        self.net = net.to(device).eval().requires_grad_(False)
        for parameter in net.parameters():
            if parameter.ndim == _KERNEL:
                # Channels last is the layout that convolutions are quicker in on every device.
                parameter.data = parameter.data.contiguous(memory_format=torch.channels_last)
        self.caps = entry.caps
        self.home = entry.home
        self.spaces = _spaces(config, net, atlas)
        self._mean, self._std = atlas["mean"].to(device), atlas["std"].to(device)
        self._drawn = drawn
        self._device = device
        self._noise = net.usual_noise(torch.device(device))

    @classmethod
    def load(cls, model_id: str, header: Header, tensors: dict[str, Tensor], device: str) -> Self:
        """Build from stored weights.

        Raises:
            StudioError: kind "hostile" when weights and configuration do not fit.
        """
        config = cast("ImageGanConfig", checked_config(header))
        with must_fit():
            require_known(tensors, _OWN)
            _require_directions(tensors, config)
            # Shapes are compared before memory is taken: a configuration may claim anything.
            with torch.device("meta"):
                net = ImageGanNet(config)
            net.load_state_dict(part(tensors, NET), assign=True)
            atlas = _atlas(part(tensors, ATLAS), config)
            rebuilds = config.rebuild > 0
            drawn = prior_from(part(tensors, PRIOR), config.latent) if rebuilds else None
        return cls(model_id, config, net, atlas, drawn, device)

    @torch.no_grad()
    def prior(self, seed: int, space: str = W_PLUS, *, temperature: float = 1.0) -> Code:
        """The point `seed` draws; in w and w+ it lies psi = temperature of the way from the mean.

        Karras et al. (2019), appendix B: w_mean + psi (w - w_mean). Points of z lie on a sphere,
        so there is no nearer or farther for them. A model that rebuilds draws w from where
        pictures were found, any other maps it from z.
        """
        self._require(space)
        count = self.spaces[space].shape[0] if space == NOISE else self.config.latent
        generator = torch.Generator().manual_seed(seed)
        drawn = torch.randn(1, count, generator=generator).to(self._device)
        if space in (Z, NOISE):
            return self._code(space, drawn, seed)
        if self._drawn is None:
            w = self.net.mapping(drawn)
        else:
            w = self._drawn.sample(seed)[None].to(self._device)
        w = self._mean + temperature * (w - self._mean)
        return self._code(space, self._in(space, w), seed)

    @torch.no_grad()
    def encode(self, media: Sequence[Pixels], space: str = W_PLUS) -> Code:
        """Where the encoder finds each picture; one at a time, so that a batch changes no bit.

        Raises:
            StudioError: kind "input", pictures are not looked for in that space.
        """
        if space not in (W, W_PLUS):
            raise _no_way(space)
        found = [self.net.encoder(to_tensor([item], self._device) * 2 - 1) for item in media]
        return self._code(space, self._in(space, torch.cat(found)))

    @torch.no_grad()
    def decode(self, code: Code, *, preview: float = 1.0) -> list[Pixels]:
        """Pictures of points in z, w or w+; one at a time, so that a batch changes no bit.

        The noise is the model's own, always the same, unless the code has a "noise" beside.
        `preview` is accepted for the protocol: one pass is quick enough to be always whole.
        """
        points = self._tensor(self.map(code, W_PLUS).tensors[W_PLUS])
        given = code.tensors.get(NOISE)
        noises = [self._noise] * len(points)
        if given is not None:
            noises = [self.net.noise_of(each[None]) for each in self._tensor(given)]
        return [
            to_pixels((self.net.pictures(point[None], noise) + 1) / 2)[0]
            for point, noise in zip(points, noises, strict=True)
        ]

    @torch.no_grad()
    def map(self, code: Code, to: str) -> Code:
        """The same points in another space: z to w, z and w to w+.

        Raises:
            StudioError: kind "input", no way leads there.
        """
        space = next((name for name in (W_PLUS, W, Z) if name in code.tensors), code.space)
        if space == to:
            return code
        if (space, to) not in _WAYS:
            raise _no_way(to)
        points = self._tensor(code.tensors[space])
        if space == Z:
            points = torch.cat([self.net.mapping(point[None]) for point in points])
        return self._code(to, self._in(to, points), code.seed)

    @torch.no_grad()
    def judge(self, media: Sequence[Pixels]) -> list[float]:
        """How real each picture looks to the discriminator, each for itself."""
        seen = (to_tensor([item], self._device) * 2 - 1 for item in media)
        return [float(self.net.discriminator.alone(picture)) for picture in seen]

    def invert(self, item: Pixels, space: str, steps: int) -> Iterator[tuple[Code, float]]:
        """Search in w or w+ from where the encoder finds the picture.

        In w+ all layers are held near their mean, since pictures far from w are hard to move.

        Raises:
            StudioError: kind "input", pictures are not looked for in that space.
        """
        start = self._tensor(self.encode([item], space).tensors[space])
        goal = to_tensor([item], self._device)
        search = inversion.Search(
            make=lambda w: (self.net.pictures(w, self._noise) + 1) / 2,
            scale=self._std,
            stray=self._stray,
        )
        for point, decibels in inversion.search(search, start, goal, steps):
            yield self._code(space, point), decibels

    def _stray(self, w: Tensor) -> Tensor:
        """How far a point lies from where w is usual, and its layers from each other."""
        layered = self.net.broadcast(w) if w.ndim == 2 else w
        middle = layered.mean(1, keepdim=True)
        apart = ((layered - middle) / self._std).square().mean()
        return apart + 0.1 * ((middle - self._mean) / self._std).square().mean()

    def _in(self, space: str, w: Tensor) -> Tensor:
        return self.net.broadcast(w).contiguous() if space == W_PLUS else w

    def _require(self, space: str) -> None:
        if space not in self.spaces:
            raise _no_way(space)

    def _tensor(self, points: object) -> Tensor:
        return torch.from_numpy(np.array(points, dtype=np.float32)).to(self._device)

    def _code(self, space: str, points: Tensor, seed: int | None = None) -> Code:
        return Code(self.id, space, {space: points.detach().float().cpu().numpy()}, seed)


def _spaces(
    config: ImageGanConfig, net: ImageGanNet, atlas: Mapping[str, Tensor]
) -> dict[str, Space]:
    mean, std, axes = (atlas[name].numpy() for name in ATLAS_PARTS)
    row = Space(W, (config.latent,), "euclid", mean=mean, std=std, axes=axes)
    return {
        W: row,
        W_PLUS: tiled(row, W_PLUS, config.layers),
        Z: Space(Z, (config.latent,), "gaussian"),
        NOISE: Space(NOISE, (net.noise_numbers,), "gaussian"),
    }


def _require_directions(tensors: Mapping[str, Tensor], config: ImageGanConfig) -> None:
    axes = tensors[f"{DIRECTIONS}axes"]
    if axes.ndim != 2 or axes.shape[1] != config.latent:
        raise ValueError("the directions are of another latent space")


def _atlas(atlas: dict[str, Tensor], config: ImageGanConfig) -> dict[str, Tensor]:
    mean, std, axes = (atlas[name] for name in ATLAS_PARTS)
    if mean.shape != (config.latent,) or std.shape != mean.shape or axes.shape[1:] != mean.shape:
        raise ValueError("the latent statistics have the wrong shape")
    return atlas


def _no_way(space: str) -> StudioError:
    return StudioError(
        f"From there no way leads to {space} in this model.",
        kind="input",
        todo="Choose w or w+.",
    )
