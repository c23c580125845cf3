"""`image-gan` while it learns: discriminator, generator and encoder take a step each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, cast

import numpy as np
import torch

from aigc_studio.base import seeds
from aigc_studio.base.errors import StudioError
from aigc_studio.ml import adversarial
from aigc_studio.ml.augment import augment, item_keys
from aigc_studio.ml.average import averaged_copy
from aigc_studio.ml.device import autocast, uses_bfloat16
from aigc_studio.ml.diff_augment import diff_augment
from aigc_studio.ml.families.image_gan_draws import Draws, held
from aigc_studio.ml.families.image_gan_export import exported
from aigc_studio.ml.families.image_gan_net import ImageGanNet
from aigc_studio.ml.families.image_vae import to_pixels
from aigc_studio.ml.metrics.pictures import psnr
from aigc_studio.ml.stored import NET, part

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager

    from torch import Tensor, nn

    from aigc_studio.base.frozen import Frozen
    from aigc_studio.catalog.image_gan import ImageGanConfig
    from aigc_studio.catalog.training import TrainOptions
    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.data import PreparedData
    from aigc_studio.ml.protocol import Moment

SHOWN = 32
MEASURED = 64
RAMP = 0.3  # probability of augmentation at the end of the relativistic loss's ramp
TARGET = 0.6  # of the mean sign of D(x), section 3.1 of the paper on limited data
ADAPTED_OVER = 100_000  # pictures in which the probability could rise from 0 to 1
# Beyond this augmentations leak into what is made: the paper finds 0.8 for moves and colours, but
# with a cutout among three kinds hardly one picture in a hundred is then seen as it is.
HIGHEST = 0.3
LAZY_PENALTY, LAZY_PATH = 16, 8
ENCODE_EVERY, ENCODED = 2, 4  # steps, and the part of the batch it then learns on
_REBUILT = 2.0
_FORGET = 0.05
_REAL, _MADE, _AGAIN = 16, 17, 18  # streams of random numbers


class ImageGanLearner:
    """See `Learner` for what each method promises."""

    def __init__(
        self,
        config: ImageGanConfig,
        options: TrainOptions,
        net: ImageGanNet,
        seed: int,
        device: str,
    ) -> None:
        self.config = config
        self.options = options
        self.net = net.to(device)
        self.averaged = averaged_copy(self.net)
        self.device = device
        self.seed = seed
        self.optimisers = _optimisers(self.net, options)
        self._bfloat16 = uses_bfloat16(options.precision, device)
        self._usual_noise = self.net.usual_noise(torch.device(device))

    @classmethod
    def build(
        cls, config: Frozen, options: TrainOptions, data: PreparedData, seed: int, device: str
    ) -> Self:
        """A fresh learner; weights are standard normal, see `backbones.equalised`."""
        shaped = cast("ImageGanConfig", config)
        torch.manual_seed(seeds.derive(seed, "weights"))
        return cls(shaped, options, ImageGanNet(shaped), seed, device)

    def adopt(self, tensors: Mapping[str, Tensor], freeze: Sequence[str]) -> None:
        """Start from a parent's weights; what its augmentation had come to begins anew.

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
        for buffer in (self.net.probability, self.net.signs):
            buffer.zero_()
        for name in freeze:
            self.net.freeze(name)
        self.averaged = averaged_copy(self.net)
        self.optimisers = _optimisers(self.net, self.options)

    def step(self, batch: Tensor, moment: Moment) -> dict[str, Tensor]:
        """One step of each optimiser; the encoder's comes with every second."""
        self.net.train()
        real = augment(batch.to(self.device), self.options.augmentation, moment) * 2 - 1
        keys = item_keys(moment.seed, moment.step, moment.items)
        draws = Draws(self.net, moment, self.device)
        probability = self._probability(moment)
        with self._autocast():
            w = self._styles(draws, len(real))
            made = self.net.pictures(w, draws.noise(len(real)))
        seen = diff_augment(real, probability, keys, _REAL)
        figures = self._judge(seen, diff_augment(made.detach(), probability, keys, _MADE), moment)
        figures |= self._make(seen, diff_augment(made, probability, keys, _AGAIN), w, made, moment)
        if moment.step % ENCODE_EVERY == 0:
            figures |= self._find(real, draws)
        figures["augmentation"] = torch.tensor(probability)
        return {name: value.detach().float() for name, value in figures.items()}

    def _judge(self, real: Tensor, made: Tensor, moment: Moment) -> dict[str, Tensor]:
        """The discriminator's step."""
        relativistic = self.config.loss == "relativistic"
        penalised = relativistic or moment.step % LAZY_PENALTY == 0
        real, made = (each.requires_grad_(penalised) for each in (real.detach(), made))
        with self._autocast():
            of_real = self.net.discriminator.of_real(real)
            of_made = self.net.discriminator(made)
        loss = _DISCRIMINATOR[self.config.loss](of_real, of_made)
        figures = {"discriminator": loss, "real": of_real.mean(), "made": of_made.mean()}
        if penalised:
            figures["penalty"] = adversarial.gradient_penalty(of_real, real)
            if relativistic:
                figures["penalty"] = figures["penalty"] + adversarial.gradient_penalty(
                    of_made, made
                )
            times = 1 if relativistic else LAZY_PENALTY
            loss = loss + 0.5 * self._gamma(moment) * times * figures["penalty"]
        self._descend("discriminator", loss, self.net.critic)
        self._adapt(of_real.detach(), len(real))
        return figures

    def _make(
        self, real: Tensor, seen: Tensor, w: Tensor, made: Tensor, moment: Moment
    ) -> dict[str, Tensor]:
        """The generator's step; `seen` is what it made, as the discriminator is shown it."""
        with held(self.net.critic), self._autocast():
            of_made = self.net.discriminator(seen)
            if self.config.loss == "relativistic":
                with torch.no_grad():
                    of_real = self.net.discriminator(real)
                loss = adversarial.relativistic_generator(of_real, of_made)
            else:
                loss = adversarial.logistic_generator(of_made)
        figures = {"loss": loss}
        if self.config.path_length > 0 and moment.step % LAZY_PATH == 0:
            figures["path"] = self._path(w, made, moment)
            loss = loss + self.config.path_length * LAZY_PATH * figures["path"]
        self._descend("generator", loss, self.net.generator)
        return figures

    def _path(self, w: Tensor, made: Tensor, moment: Moment) -> Tensor:
        """Mean of (|J_w^T y| - a)^2, a their running mean; Karras et al. (2020), eq. 4."""
        generator = torch.Generator().manual_seed(seeds.derive(moment.seed, "path", moment.step))
        noise = torch.randn(made.shape, generator=generator).to(self.device)
        lengths = adversarial.path_lengths(made, w, noise)
        self.net.path_length.lerp_(lengths.detach().mean(), 0.01)
        return (lengths - self.net.path_length).square().mean()

    def _find(self, real: Tensor, draws: Draws) -> dict[str, Tensor]:
        """The encoder's step: points of made pictures, and real pictures made again."""
        count = max(1, len(real) // ENCODED)
        averaged = self._averaged
        with self._autocast():
            with torch.no_grad():
                w = averaged.mapping(draws.points[:count])
                made = averaged.pictures(w, self._usual_noise)
            of_points = (self.net.encoder(made) - w).square().mean()
            again = averaged.pictures(self.net.encoder(real[:count]), self._usual_noise)
        loss = of_points + _REBUILT * (again - real[:count]).square().mean()
        self._descend("encoder", loss, self.net.finder)
        return {"encoder": loss}

    def _styles(self, draws: Draws, count: int) -> Tensor:
        """w for each layer, (B, L, W); some change to another point's from a random layer on."""
        w = self.net.broadcast(self.net.mapping(draws.points[:count]))
        if self.config.mixing > 0:
            other = self.net.broadcast(self.net.mapping(draws.points[count:]))
            w = torch.where(draws.crossings(count, self.config.mixing)[:, :, None], other, w)
        return w

    def _probability(self, moment: Moment) -> float:
        if self.config.loss == "logistic":
            return float(self.net.probability)
        highest = RAMP if self.config.augment is None else self.config.augment
        return highest * min(1.0, 2 * moment.step / max(1, moment.total))

    @torch.no_grad()
    def _adapt(self, of_real: Tensor, count: int) -> None:
        """Move the augmentation's probability against overfitting; the paper's r_t, eq. 1."""
        self.net.signs.lerp_(of_real.sign().mean(), _FORGET)
        if self.config.loss == "logistic":
            target = TARGET if self.config.augment is None else self.config.augment
            self.net.probability.add_((self.net.signs - target).sign() * count / ADAPTED_OVER)
            self.net.probability.clamp_(0.0, HIGHEST)

    def _gamma(self, moment: Moment) -> float:
        """Weight of the penalties; the relativistic one fades."""
        area = (self.config.size / 64) ** 2
        if self.config.loss == "logistic":
            # Weaker, and the discriminator of a small collection leaves the generator behind.
            return self.config.gamma or area
        return (self.config.gamma or area) * adversarial.fading(moment.step, moment.total)

    def _descend(self, name: str, loss: Tensor, learned: list[nn.Parameter]) -> None:
        if not learned:  # all of it is frozen
            return
        optimiser = self.optimisers[name]
        optimiser.zero_grad(set_to_none=True)
        loss.backward(inputs=learned)
        torch.nn.utils.clip_grad_norm_(learned, self.options.clip)
        optimiser.step()

    def _autocast(self) -> AbstractContextManager[object]:
        return autocast(self.device, bfloat16=self._bfloat16)

    @torch.no_grad()
    def preview(self, data: PreparedData) -> list[Pixels]:
        """Pictures at fixed points by the averaged weights."""
        generator = torch.Generator().manual_seed(seeds.derive(self.seed, "preview"))
        z = torch.randn(SHOWN, self.config.latent, generator=generator).to(self.device)
        made = self._averaged.pictures(self._averaged.mapping(z), self._usual_noise)
        return to_pixels((made + 1) / 2)

    @torch.no_grad()
    def measure(self, data: PreparedData) -> dict[str, float]:
        """PSNR in dB of held-out pictures found by the encoder and made again."""
        items = (data.held_out if len(data.held_out) else data.training)[:MEASURED]
        real = data.batch(items).to(self.device)
        found = self._averaged.encoder(real * 2 - 1)
        again = (self._averaged.pictures(found, self._usual_noise) + 1) / 2
        return {"psnr": psnr(np.stack(to_pixels(real)), np.stack(to_pixels(again)))}

    @torch.no_grad()
    def export(self, data: PreparedData) -> tuple[Frozen, dict[str, Tensor]]:
        """Averaged weights, the statistics of w, and its strongest directions."""
        return self.config, exported(self._averaged)

    @property
    def _averaged(self) -> ImageGanNet:
        return cast("ImageGanNet", self.averaged)


_DISCRIMINATOR = {
    "relativistic": adversarial.relativistic_discriminator,
    "logistic": adversarial.logistic_discriminator,
}


def _optimisers(net: ImageGanNet, options: TrainOptions) -> dict[str, torch.optim.Optimizer]:
    """Adam without momentum, which keeps two players from circling each other."""
    players = {"generator": net.generator, "discriminator": net.critic, "encoder": net.finder}
    return {
        name: torch.optim.AdamW(
            learned,
            lr=options.learning_rate,
            betas=(0.9 if name == "encoder" else 0.0, 0.99),
            weight_decay=options.weight_decay,
            fused=True,
        )
        for name, learned in players.items()
        if learned
    }
