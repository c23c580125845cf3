"""`cogan` while it learns: two critics and two generators at once, from pictures that are no pairs.

With rebuilding, encoders find the pictures of both domains in one space, and the generators
learn to make them again. Each picture is judged in both domains, so that what was found of one
must look real in the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, cast

import numpy as np
import torch
from torch.nn.utils import convert_conv2d_weight_memory_format

from aigc_studio.base import seeds
from aigc_studio.base.errors import StudioError
from aigc_studio.ml import adversarial
from aigc_studio.ml.augment import augment
from aigc_studio.ml.average import averaged_copy
from aigc_studio.ml.families.cogan_export import exported
from aigc_studio.ml.families.cogan_made import Made, changed, generator_of, unlike
from aigc_studio.ml.families.cogan_net import DOMAINS, CoupledPair
from aigc_studio.ml.families.image_vae import to_pixels
from aigc_studio.ml.found import among, rebuilding
from aigc_studio.ml.metrics.pictures import psnr
from aigc_studio.ml.optimiser import descend
from aigc_studio.ml.stored import NET, part

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from torch import Tensor, nn

    from aigc_studio.base.frozen import Frozen
    from aigc_studio.catalog.cogan import CoganConfig
    from aigc_studio.catalog.training import TrainOptions
    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.data import PreparedData
    from aigc_studio.ml.families.cogan_net import CoupledMakers
    from aigc_studio.ml.protocol import Moment

SHOWN = 16
MEASURED = 64
LAZY_PENALTY = 16  # steps
ALONE = 0.25  # part of the run in which pictures are rebuilt and nobody judges them
BACK_EVERY = 2  # steps


class CoganLearner:
    """See `Learner` for what each method promises."""

    def __init__(
        self,
        config: CoganConfig,
        options: TrainOptions,
        data: PreparedData,
        seed: int,
        device: str,
    ) -> None:
        self.config = config
        self.options = options
        self.net: nn.Module = CoupledPair(config).to(device)
        convert_conv2d_weight_memory_format(self.net, torch.channels_last)
        self.seed = seed
        self.device = device
        self._second = _pair_of(data)
        self._adopted = False
        self._begin()

    @classmethod
    def build(
        cls, config: Frozen, options: TrainOptions, data: PreparedData, seed: int, device: str
    ) -> Self:
        """A fresh learner.

        Raises:
            StudioError: kind "input", there is no second domain.
        """
        torch.manual_seed(seeds.derive(seed, "weights"))
        return cls(cast("CoganConfig", config), options, data, seed, device)

    def adopt(self, tensors: Mapping[str, Tensor], freeze: Sequence[str]) -> None:
        """Start from a parent's makers; the critics, which no model keeps, start anew.

        Raises:
            StudioError: the parent has another shape.
        """
        try:
            self._learning.makers.load_stored(part(tensors, NET))
        except RuntimeError as error:
            raise StudioError(
                "The model to start from has another shape than this training run.",
                kept="Nothing was changed.",
                todo="Use the parent's size, colour, preset and latent (see `models show`).",
                kind="input",
            ) from error
        for name in freeze:
            getattr(self._learning.makers.generators, name).requires_grad_(False)
        self._adopted = True
        self._begin()

    def _begin(self) -> None:
        self.averaged = averaged_copy(self.net)
        self.optimisers = _optimisers(self._learning, self.options)

    def step(self, batch: Tensor, moment: Moment) -> dict[str, Tensor]:
        """One step of the critics and one of the makers, each on both domains."""
        self.net.train()
        real = [batch.to(self.device), self._other(len(batch), moment)]
        real = [augment(each, self.options.augmentation, moment) * 2 - 1 for each in real]
        made = self._make(real, moment)
        agreed = self._agree(real, made, moment)
        weights = {"rebuilt": self.config.rebuild, "alike": self.config.alike}
        loss = real[0].new_zeros(())
        for name, value in agreed.items():
            loss = loss + weights.get(name, 1.0) * value
        figures = {"loss": loss, **agreed}
        if not self._alone(moment):
            # Of one domain, so that chance stands where it does in every family of two players.
            figures["discriminator"] = self._judge(real, made, moment) / DOMAINS
            pull = self._pull(made, moment)
            figures["loss"] = pull / DOMAINS
            loss = loss + pull
        descend(self.optimisers["makers"], self._learning.makers, loss, self.options)
        return {name: value.detach() for name, value in figures.items()}

    def _alone(self, moment: Moment) -> bool:
        """Whether pictures are rebuilt and nobody judges: nothing is to be told from nothing."""
        return self._rebuilds and not self._adopted and moment.step < ALONE * moment.total

    def _make(self, real: list[Tensor], moment: Moment) -> Made:
        count = len(real[0])
        if not self._rebuilds:
            return self._made(self._noise(count, moment, "points"), 0)
        half = (count + 1) // 2
        found = torch.cat([self._found(each[:half], domain) for domain, each in enumerate(real)])
        if self._alone(moment):
            return self._made(found, half)
        order = torch.randperm(len(found), generator=generator_of(moment, "order"))
        far = torch.rand(len(found), generator=generator_of(moment, "far"))
        beside = among(found[order.to(self.device)], far.to(self.device))[:half]
        return self._made(torch.cat([found, beside]), half)

    def _made(self, z: Tensor, found: int) -> Made:
        return Made(z, found, [each * 2 - 1 for each in self._learning.makers.generators(z)])

    def _judge(self, real: list[Tensor], made: Made, moment: Moment) -> Tensor:
        """One step of the critics; their loss without its penalty."""
        penalised = moment.step % LAZY_PENALTY == 0
        loss = penalty = real[0].new_zeros(())
        for domain, pictures in enumerate(real):
            true = changed(pictures, moment, f"real {domain}").requires_grad_(penalised)
            fake = changed(made.pictures[domain].detach(), moment, f"made {domain}")
            of_true, of_fake = (self._learning.critics(each, domain)[:, 0] for each in (true, fake))
            loss = loss + adversarial.logistic_discriminator(of_true, of_fake)
            if penalised:
                penalty = penalty + adversarial.gradient_penalty(of_true, true)
        whole = loss + 0.5 * self.config.gamma * LAZY_PENALTY * penalty
        descend(self.optimisers["critics"], self._learning.critics, whole, self.options)
        return loss.detach()

    def _pull(self, made: Made, moment: Moment) -> Tensor:
        """What the critics make of it, to be lowered by the makers."""
        pull = made.z.new_zeros(())
        with adversarial.held_still(self._learning.critics):
            for domain, pictures in enumerate(made.pictures):
                seen = changed(pictures, moment, f"again {domain}")
                of_made = self._learning.critics(seen, domain)[:, 0]
                pull = pull + adversarial.logistic_generator(of_made)
        return pull

    def _agree(self, real: list[Tensor], made: Made, moment: Moment) -> dict[str, Tensor]:
        """What the makers are to lower besides, scalars.

        `alike`, how far pairs lie apart. Where pictures are found: `rebuilt` and `apart` of
        both domains, each of which is found where N(0, I) is; and now and then `encoder`, how
        far from its point a picture is found by what it became in the other domain.
        """
        figures = {"alike": unlike(*made.pictures)} if self.config.alike > 0 else {}
        if not made.found:
            return figures
        normal = self._noise(made.found * DOMAINS, moment, "normal")
        for domain, pictures in enumerate(made.pictures):
            own = made.own(domain)
            off = rebuilding(real[domain][: made.found], pictures[own], made.z[own], normal)
            figures |= {name: figures.get(name, 0) + value for name, value in off.items()}
        if moment.step % BACK_EVERY == 0 and not self._alone(moment):
            figures["encoder"] = self._back(made)
        return figures

    def _back(self, made: Made) -> Tensor:
        """Squared distance of points from where their pictures in the other domain are found."""
        off = made.z.new_zeros(())
        for domain, pictures in enumerate(made.pictures):
            there = made.own(DOMAINS - 1 - domain)
            again = self._found(pictures[there], domain)
            off = off + (again - made.z[there].detach()).square().mean()
        return off

    @torch.no_grad()
    def preview(self, data: PreparedData) -> list[Pixels]:
        """Pairs at fixed points: the first domain, beside it the second."""
        first, second = (to_pixels(made) for made in self._averaged.generators(self._shown(data)))
        return [picture for pair in zip(first, second, strict=True) for picture in pair]

    def _shown(self, data: PreparedData) -> Tensor:
        if not self._rebuilds:
            generator = torch.Generator().manual_seed(seeds.derive(self.seed, "preview"))
            return torch.randn(SHOWN, self.config.latent, generator=generator).to(self.device)
        real = data.batch(data.training[:SHOWN]).to(self.device) * 2 - 1
        found = self._averaged.found(real, 0)
        return among(found, torch.full((len(found),), 0.5, device=self.device))

    @torch.no_grad()
    def measure(self, data: PreparedData) -> dict[str, float]:
        """PSNR in dB of held-out pictures of the first domain found and made again, if any are."""
        if not self._rebuilds:
            return {}
        items = (data.held_out if len(data.held_out) else data.training)[:MEASURED]
        real = data.batch(items).to(self.device)
        again = self._averaged.generators.one(self._averaged.found(real * 2 - 1, 0), 0)
        return {"psnr": psnr(np.stack(to_pixels(real)), np.stack(to_pixels(again)))}

    @torch.no_grad()
    def export(self, data: PreparedData) -> tuple[Frozen, dict[str, Tensor]]:
        """The averaged makers, and what is known of their space."""
        parts = [data, self._second]
        return self.config, exported(self._averaged, self.config, parts, self.seed, self.device)

    @property
    def _learning(self) -> CoupledPair:
        return cast("CoupledPair", self.net)

    @property
    def _averaged(self) -> CoupledMakers:
        return cast("CoupledPair", self.averaged).makers

    @property
    def _rebuilds(self) -> bool:
        return self.config.rebuild > 0

    def _found(self, pictures: Tensor, domain: int) -> Tensor:
        return self._learning.makers.found(pictures, domain)

    def _other(self, count: int, moment: Moment) -> Tensor:
        """As many pictures of the second domain; which is no matter of the first's."""
        seed = seeds.derive(moment.seed, "pair")
        items = self._second.batch_items(seed, moment.step, count)
        return self._second.batch(items).to(self.device)

    def _noise(self, count: int, moment: Moment, stream: str) -> Tensor:
        drawn = torch.randn(count, self.config.latent, generator=generator_of(moment, stream))
        return drawn.to(self.device)


def _pair_of(data: PreparedData) -> PreparedData:
    if data.pair is None:
        raise StudioError(
            "This family learns from two collections, and only one was named.",
            kind="input",
            todo="Name the other one too; on the command line with --pair NAME.",
        )
    return data.pair


def _optimisers(pair: CoupledPair, options: TrainOptions) -> dict[str, torch.optim.Optimizer]:
    return {
        name: torch.optim.Adam(
            [parameter for parameter in part.parameters() if parameter.requires_grad],
            lr=options.learning_rate,
            betas=(0.0, 0.99),
            fused=True,
        )
        for name, part in (("makers", pair.makers), ("critics", pair.critics))
    }
