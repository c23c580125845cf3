"""`image-flow`: play a trained latent flow (Rombach et al., 2022; Lipman et al., 2023)."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Self, cast

import numpy as np
import torch

from aigc_studio.base import seeds
from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.conditions import ANYTHING
from aigc_studio.catalog.families import family
from aigc_studio.catalog.latent import Cap, Code, Modality, Space
from aigc_studio.ml import flow
from aigc_studio.ml.families.image_flow_net import ImageFlowNet
from aigc_studio.ml.families.image_vae import to_pixels, to_tensor
from aigc_studio.ml.metrics.pictures import psnr
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
from aigc_studio.ml.words import Vocabulary, stacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from torch import Tensor

    from aigc_studio.catalog.conditions import Conditions
    from aigc_studio.catalog.header import Header
    from aigc_studio.catalog.image_flow import ImageFlowConfig
    from aigc_studio.catalog.latent import Floats
    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.flow import Velocity
    from aigc_studio.ml.protocol import Seen

    Kept = Callable[[Tensor, float], Tensor]

NOISE, LATENT = family("image-flow").home, "latent"
VOCABULARY = "words"
_OWN = frozenset(f"{ATLAS}{name}" for name in ATLAS_PARTS)
STEPS = 20
FEWEST_STEPS = 4
BACK = 2  # times as many steps: pictures came back within 47 dB, with as many within 35
_NAMED = 20


def build_net(config: ImageFlowConfig, count: int, *, critic: bool = False) -> ImageFlowNet:
    """The network a configuration describes, with fresh weights, for `count` words."""
    return ImageFlowNet(config, count, critic=critic)


def velocity_of(net: ImageFlowNet, tokens: Tensor, guidance: float) -> Velocity:
    """Velocity given words, guided away from what would come without any.

    Args:
        net: whose flow to follow.
        tokens: words of each point, (B, L) int64.
        guidance: 0 ignores the words, 1 follows them as learned.
    """
    moving = net.flow
    if guidance in (0, 1) or tokens.shape[1] == 1:
        alone = moving.words(tokens if guidance else tokens[:, :1])
        return lambda x, time: moving.told(x, x.new_full((len(x),), time), alone)
    free = torch.zeros_like(tokens)
    free[:, 0] = tokens[:, 0]
    said = moving.words(torch.cat([free, tokens]))

    def both(x: Tensor, time: float) -> Tensor:
        twice = torch.cat([x, x])
        at = twice.new_full((len(twice),), time)
        without, with_words = moving.told(twice, at, said).chunk(2)
        return flow.guided(without, with_words, guidance)

    return both


class ImageFlow:
    """A trained latent flow; see `LatentModel`, `Conditional` and `Layered` for what it promises.

    Two spaces: "noise", Gaussian, where it is played, and "latent", the autoencoder's. A
    differential equation leads from one to the other and back.
    """

    modality = Modality.IMAGE

    def __init__(
        self,
        model_id: str,
        config: ImageFlowConfig,
        net: ImageFlowNet,
        vocabulary: Vocabulary,
        space: Space,
        device: str,
    ) -> None:
        self.id = model_id
        self.config = config
        self.net = net.to(device).eval()
        self.vocabulary = vocabulary
        self.caps = family("image-flow").caps
        if not vocabulary.entries:
            self.caps &= ~Cap.CONDITION
        self.spaces = {NOISE: space, LATENT: _latent_space(config)}
        self.home = NOISE
        self._device = device
        self._conditions = ANYTHING
        self._tokens = stacked([[]])
        self._seen: Seen | None = None

    @classmethod
    def load(cls, model_id: str, header: Header, tensors: dict[str, Tensor], device: str) -> Self:
        """Build from stored weights.

        Raises:
            StudioError: kind "hostile" when weights and configuration do not fit.
        """
        config = cast("ImageFlowConfig", checked_config(header))
        with must_fit():
            vocabulary = Vocabulary.from_tensor(tensors[VOCABULARY])
            rest = {name: tensor for name, tensor in tensors.items() if name != VOCABULARY}
            require_known(rest, _OWN)
            # Shapes are compared before memory is taken: a configuration may claim anything.
            with torch.device("meta"):
                net = build_net(config, len(vocabulary.entries))
            net.load_state_dict(part(tensors, NET), assign=True)
            if not net.measured:
                raise ValueError("the latents' deviation is not above 0")
            space = gaussian_space(tensors, NOISE, config.point)
        return cls(model_id, config, net, vocabulary, space, device)

    def conditioned(self, conditions: Conditions) -> ImageFlow:
        """The same model, told what to take into account; shares its weights.

        Words that it does not know say nothing to it.

        Raises:
            StudioError: kind "input", it knows no such label.
        """
        tokens = self.vocabulary.tokens_of(conditions.words)
        if conditions.label:
            label = self.vocabulary.token_of_label(conditions.label)
            if label is None:
                raise _no_such_label(conditions.label, self.vocabulary.labels)
            tokens = [*tokens, label]
        return self._with(_conditions=conditions, _tokens=stacked([tokens]))

    def watched(self, seen: Seen) -> ImageFlow:
        """The same model, which tells of every step of each picture; shares its weights."""
        return self._with(_seen=seen)

    @torch.no_grad()
    def prior(self, seed: int, space: str = NOISE, *, temperature: float = 1.0) -> Code:
        """Noise from the seed; temperature is its deviation."""
        code = self._code(NOISE, self._noise(seed) * temperature, seed)
        return code if space == NOISE else replace(self.map(code, space), seed=seed)

    @torch.no_grad()
    def encode(self, media: Sequence[Pixels], space: str = NOISE) -> Code:
        """The autoencoder's latents, and from there back to noise; one picture at a time."""
        found = [self.net.encode(to_tensor([item], self._device)) for item in media]
        code = self._code(LATENT, torch.cat(found))
        return code if space == LATENT else self.map(code, space)

    @torch.no_grad()
    def decode(self, code: Code, *, preview: float = 1.0) -> list[Pixels]:
        """Pictures of points of either space; one at a time, so that a batch changes no bit.

        `preview` is the part of the sampler's steps that is taken.
        """
        latents = self._led(code, LATENT, preview)
        return [to_pixels(self.net.decode(point[None]))[0] for point in latents]

    @torch.no_grad()
    def map(self, code: Code, to: str) -> Code:
        """The same points in the other space, along the flow.

        Raises:
            StudioError: kind "input", no way leads there.
        """
        if to not in self.spaces:
            raise StudioError(
                f'This model has no space "{to}".',
                kind="input",
                todo=f"Its spaces: {', '.join(self.spaces)}.",
            )
        return code if code.space == to else self._code(to, self._led(code, to))

    @torch.no_grad()
    def invert(self, item: Pixels, space: str, steps: int) -> Iterator[tuple[Code, float]]:
        """The way back from a picture to noise, each time in steps half as long.

        Yields:
            The best point so far and its PSNR in dB.
        """
        latent, taken = self.encode([item], LATENT), self._steps
        best = self.map(latent, space)
        quality = self._likeness(best, item)
        yield best, quality
        while space == NOISE and taken <= steps:
            again = self._code(NOISE, self._back(self._led(latent, LATENT), taken))
            if (found := self._likeness(again, item)) > quality:
                best, quality = again, found
            yield best, quality
            steps, taken = steps - taken, 2 * taken

    def _likeness(self, code: Code, item: Pixels) -> float:
        return psnr(item[None], self.decode(code)[0][None])

    @torch.no_grad()
    def repainted(self, item: Pixels, mask: Floats | None, *, strength: float, seed: int) -> Pixels:
        """A picture made anew from itself: noised by `strength` of the way, and led back.

        Meng et al., "SDEdit" (2022). Where a mask keeps cells of the latent, they follow their
        own way from the noise to what they were, at each step.
        """
        wanted = self.net.encode(to_tensor([item], self._device))
        steps = round(self._steps * strength)
        if steps == 0:
            return item
        noise = self._noise(seed).to(self._device)
        may_change = _cells(mask, wanted)
        start = 1 - strength

        def kept(x: Tensor, time: float) -> Tensor:
            at = wanted.new_full((1,), time)
            return may_change * x + (1 - may_change) * flow.mixed(noise, wanted, at)

        begin = flow.mixed(noise, wanted, wanted.new_full((1,), start))
        led = self._travel(begin, start, 1.0, steps, kept)
        return to_pixels(self.net.decode(led))[0]

    @property
    def _steps(self) -> int:
        return self._conditions.steps or STEPS

    def _with(self, **changes: object) -> Self:
        other = copy.copy(self)
        other.__dict__.update(changes)
        return other

    def _noise(self, seed: int) -> Tensor:
        generator = torch.Generator().manual_seed(seeds.derive(seed, "noise"))
        return torch.randn(1, *self.config.point, generator=generator)

    def _travel(
        self, x: Tensor, start: float, end: float, steps: int, kept: Kept | None = None
    ) -> Tensor:
        velocity = velocity_of(self.net, self._tokens.to(self._device), self._conditions.guidance)

        def seen(index: int, x: Tensor, slope: Tensor, time: float) -> Tensor:
            if self._seen is not None:
                self._seen(index, steps, lambda: self._glimpse(x + (1 - time) * slope))
            return kept(x, time) if kept else x

        return flow.travel(velocity, x, start=start, end=end, steps=steps, seen=seen)

    @torch.no_grad()
    def _glimpse(self, latent: Tensor) -> Pixels:
        return to_pixels(self.net.decode(latent))[0]

    def _led(self, code: Code, to: str, preview: float = 1.0) -> Tensor:
        points = torch.from_numpy(np.ascontiguousarray(code.tensors[code.space]))
        points = points.to(self._device)
        if code.space == to:
            return points
        if to == NOISE:
            return self._back(points, BACK * self._steps)
        steps = max(FEWEST_STEPS, round(self._steps * preview))
        return torch.cat([self._travel(x[None], 0.0, 1.0, steps) for x in points])

    def _back(self, latents: Tensor, steps: int) -> Tensor:
        return torch.cat([self._travel(x[None], 1.0, 0.0, steps) for x in latents])

    def _code(self, space: str, points: Tensor, seed: int | None = None) -> Code:
        return Code(self.id, space, {space: points.float().cpu().numpy()}, seed)


def _cells(mask: Floats | None, latents: Tensor) -> Tensor:
    """How much each cell of the latent grid may change, (1, 1, H, W) in [0, 1].

    A cell that the mask touches may change: what it does beyond the mask is not shown.
    """
    if mask is None:
        return torch.ones_like(latents[:, :1])
    pixels = torch.from_numpy(np.ascontiguousarray(mask))[None, None].to(latents)
    return torch.nn.functional.adaptive_max_pool2d(pixels, latents.shape[-2:])


def _latent_space(config: ImageFlowConfig) -> Space:
    shape = config.point
    mean, std = np.zeros(shape, np.float32), np.ones(shape, np.float32)
    return Space(LATENT, shape, "euclid", mean=mean, std=std)


def _no_such_label(label: str, known: Sequence[str]) -> StudioError:
    some = ", ".join(known[:_NAMED])
    return StudioError(
        f'This model knows no label "{label}".',
        kind="input",
        todo=f"Its labels: {some}{' ...' if len(known) > _NAMED else ''}."
        if known
        else "It has no labels: ask it by words.",
    )
