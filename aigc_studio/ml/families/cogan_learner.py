"""`cogan` while it learns: two relativistic pairings at once, from pictures that are no pairs."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Self, cast

import torch
from torch.nn.utils import convert_conv2d_weight_memory_format

from aigc_studio.base import seeds
from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.training import Augmentation
from aigc_studio.ml.adversarial import (
    held_still,
    judged,
    relativistic_generator,
)
from aigc_studio.ml.augment import augment
from aigc_studio.ml.average import averaged_copy
from aigc_studio.ml.families.cogan import build_generators
from aigc_studio.ml.families.cogan_net import DOMAINS, CoupledCritics, CoupledPair
from aigc_studio.ml.families.image_vae import to_pixels
from aigc_studio.ml.optimiser import descend
from aigc_studio.ml.stored import ATLAS, NET, part

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from torch import Tensor

    from aigc_studio.base.frozen import Frozen
    from aigc_studio.catalog.cogan import CoganConfig
    from aigc_studio.catalog.training import TrainOptions
    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.data import PreparedData
    from aigc_studio.ml.families.cogan_net import CoupledGenerators
    from aigc_studio.ml.protocol import Moment

SHOWN = 16
AXES = 16
# Critics soon know a small collection by heart; moved pictures keep them from it.
MOVED = Augmentation(shift=0.125)


class CoganLearner:
    """See `Learner` for what each method promises."""

    def __init__(
        self,
        config: CoganConfig,
        options: TrainOptions,
        net: CoupledPair,
        data: PreparedData,
        seed: int,
        device: str,
    ) -> None:
        self.config = config
        self.options = options
        self.net = net.to(device)
        convert_conv2d_weight_memory_format(self.net, torch.channels_last)
        self.averaged = averaged_copy(self.net)
        self.seed = seed
        self.device = device
        self.optimisers = _optimisers(self.net, options)
        self._second = _pair_of(data)

    @classmethod
    def build(
        cls, config: Frozen, options: TrainOptions, data: PreparedData, seed: int, device: str
    ) -> Self:
        """A fresh learner.

        Raises:
            StudioError: kind "input", there is no second domain.
        """
        shaped = cast("CoganConfig", config)
        torch.manual_seed(seeds.derive(seed, "weights"))
        critics = CoupledCritics(shaped.size, shaped.channels, shaped.width, shaped.apart)
        pair = CoupledPair(build_generators(shaped), critics)
        return cls(shaped, options, pair, data, seed, device)

    def adopt(self, tensors: Mapping[str, Tensor], freeze: Sequence[str]) -> None:
        """Start from a parent's generators; the critics, which no model keeps, start anew.

        Raises:
            StudioError: the parent has another shape.
        """
        try:
            self.net.generators.load_state_dict(part(tensors, NET))
        except RuntimeError as error:
            raise StudioError(
                "The model to start from has another shape than this training run.",
                kept="Nothing was changed.",
                todo="Use the parent's size, colour, preset and latent (see `models show`).",
                kind="input",
            ) from error
        for name in freeze:
            getattr(self.net.generators, name).requires_grad_(False)
        self.averaged = averaged_copy(self.net)
        self.optimisers = _optimisers(self.net, self.options)

    def step(self, batch: Tensor, moment: Moment) -> dict[str, Tensor]:
        """One step of the critics, one of the generators, each on both domains."""
        self.net.train()
        real = [batch.to(self.device), self._other(len(batch), moment)]
        real = [augment(each, self.options.augmentation, moment) for each in real]
        seen = [_moved(each, moment, f"real {domain}") for domain, each in enumerate(real)]
        with torch.no_grad():
            made = self.net.generators(self._noise(len(batch), moment, "critics"))
        critics = self._judge(seen, [_moved(m, moment, f"made {d}") for d, m in enumerate(made)])
        made = self.net.generators(self._noise(len(batch), moment, "generators"))
        with held_still(self.net.critics):
            pull = self._pairing(seen, [_moved(m, moment, f"new {d}") for d, m in enumerate(made)])
            self._descend("generators", pull)
        # Of one domain, so that chance stands where it does in every family of two players.
        return {"loss": pull.detach() / DOMAINS, "discriminator": critics / DOMAINS}

    @torch.no_grad()
    def preview(self, data: PreparedData) -> list[Pixels]:
        """Pairs at fixed points: the first domain, beside it the second."""
        generator = torch.Generator().manual_seed(seeds.derive(self.seed, "preview"))
        points = torch.randn(SHOWN, self.config.latent, generator=generator).to(self.device)
        first, second = (to_pixels(made) for made in self._averaged(points))
        return [picture for pair in zip(first, second, strict=True) for picture in pair]

    def measure(self, data: PreparedData) -> dict[str, float]:
        """Nothing: what a pair is worth is told by many samples, see `evaluate`."""
        return {}

    @torch.no_grad()
    def export(self, data: PreparedData) -> tuple[Frozen, dict[str, Tensor]]:
        """The averaged generators, and the strongest directions of their first layer.

        Eigenvectors of W^T W: Shen and Zhou, "Closed-form factorization of latent semantics in
        GANs" (2021), eq. 5; signs are fixed so that the largest entry is positive.
        """
        tensors = {f"{NET}{k}": v for k, v in self._averaged.state_dict().items()}
        weight = self._averaged.dense.weight.double().cpu()
        vectors = torch.linalg.eigh(weight.T @ weight).eigenvectors.flip(1).T[:AXES]
        largest = vectors.gather(1, vectors.abs().argmax(1, keepdim=True))
        latent = self.config.latent
        tensors[f"{ATLAS}mean"], tensors[f"{ATLAS}std"] = torch.zeros(latent), torch.ones(latent)
        tensors[f"{ATLAS}axes"] = (vectors * largest.sign()).float()
        return self.config, tensors

    @property
    def _averaged(self) -> CoupledGenerators:
        return cast("CoupledPair", self.averaged).generators

    def _other(self, count: int, moment: Moment) -> Tensor:
        """As many pictures of the second domain; which is no matter of the first's."""
        seed = seeds.derive(moment.seed, "pair")
        items = self._second.batch_items(seed, moment.step, count)
        return self._second.batch(items).to(self.device)

    def _noise(self, count: int, moment: Moment, stream: str) -> Tensor:
        seed = seeds.derive(moment.seed, "z", stream, moment.step)
        generator = torch.Generator().manual_seed(seed)
        return torch.randn(count, self.config.latent, generator=generator).to(self.device)

    def _pairing(self, real: list[Tensor], made: list[Tensor]) -> Tensor:
        critics = self.net.critics
        losses = [
            relativistic_generator(critics(real[domain], domain), critics(made[domain], domain))
            for domain in range(DOMAINS)
        ]
        return torch.stack(losses).sum()

    def _judge(self, real: list[Tensor], made: list[Tensor]) -> Tensor:
        """One step of the critics; their loss without its penalties."""
        judgements = [
            judged(functools.partial(self.net.critics, domain=domain), real[domain], made[domain])
            for domain in range(DOMAINS)
        ]
        loss = torch.stack([each.loss for each in judgements]).sum()
        smooth = torch.stack([each.penalty for each in judgements]).sum()
        self._descend("critics", loss + 0.5 * self.config.gamma * smooth)
        return loss.detach()

    def _descend(self, which: str, loss: Tensor) -> None:
        descend(self.optimisers[which], getattr(self.net, which), loss, self.options)


def _pair_of(data: PreparedData) -> PreparedData:
    if data.pair is None:
        raise StudioError(
            "This family learns from two collections, and only one was named.",
            kind="input",
            todo="Name the other one too; on the command line with --pair NAME.",
        )
    return data.pair


def _moved(pictures: Tensor, moment: Moment, stream: str) -> Tensor:
    apart = moment._replace(seed=seeds.derive(moment.seed, stream))
    return augment(pictures, MOVED, apart)


def _optimisers(pair: CoupledPair, options: TrainOptions) -> dict[str, torch.optim.Optimizer]:
    return {
        name: torch.optim.Adam(
            [parameter for parameter in part.parameters() if parameter.requires_grad],
            lr=options.learning_rate,
            betas=(0.0, 0.99),
            fused=True,
        )
        for name, part in (("generators", pair.generators), ("critics", pair.critics))
    }
