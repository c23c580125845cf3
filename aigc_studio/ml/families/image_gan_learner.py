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
from aigc_studio.ml.families.image_gan_players import Players
from aigc_studio.ml.families.image_gan_points import Points, points_of
from aigc_studio.ml.families.image_vae import to_pixels
from aigc_studio.ml.found import among, rebuilding
from aigc_studio.ml.metrics.pictures import psnr
from aigc_studio.ml.stored import NET, part

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager

    from torch import Tensor

    from aigc_studio.base.frozen import Frozen
    from aigc_studio.catalog.image_gan import ImageGanConfig
    from aigc_studio.catalog.training import TrainOptions
    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.data import PreparedData
    from aigc_studio.ml.protocol import Moment

SHOWN = 32
CHUNK = 128
MEASURED = 64
RAMP = 0.3  # probability of augmentation at the end of the relativistic loss's ramp
TARGET = 0.6  # of the mean sign of D(x), section 3.1 of the paper on limited data
ADAPTED_OVER = 100_000  # pictures in which the probability could rise from 0 to 1
# Beyond this augmentations leak into what is made: the paper finds 0.8 for moves and colours, but
# with a cutout among three kinds hardly one picture in a hundred is then seen as it is.
HIGHEST = 0.3
LAZY_PENALTY, LAZY_PATH = 16, 8
ENCODE_EVERY, ENCODED = 2, 4  # steps, and the part of the batch it then learns on
ALONE = 24_000  # pictures
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
        self._players = Players(self.net, options)
        self._adopted = False
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
        self._players = Players(self.net, self.options)
        self._adopted = True

    def step(self, batch: Tensor, moment: Moment) -> dict[str, Tensor]:
        """One step of each player; without rebuilding the encoder's comes with every second."""
        self.net.train()
        real = augment(batch.to(self.device), self.options.augmentation, moment) * 2 - 1
        draws = Draws(self.net, moment, self.device)
        alone = self._rebuilds and not self._adopted and moment.step < self._alone(moment)
        figures = self._begin(real, draws) if alone else self._play(real, draws, moment)
        return {name: value.detach().float() for name, value in figures.items()}

    def _begin(self, real: Tensor, draws: Draws) -> dict[str, Tensor]:
        """Nobody judges yet: there is nothing to be told from nothing."""
        with self._autocast():
            found = self.net.encoder(real)
            made = self.net.pictures(found, draws.noise(len(real)))
        figures = rebuilding(real, made, found, self.net.mapping(draws.points))
        loss = self.config.rebuild * figures["rebuilt"] + figures["apart"]
        self._players.descend(loss, "generator", "encoder")
        return figures

    def _play(self, real: Tensor, draws: Draws, moment: Moment) -> dict[str, Tensor]:
        """The discriminator's step, the generator's, and the encoder's."""
        keys = item_keys(moment.seed, moment.step, moment.items)
        probability = self._probability(moment)
        with self._autocast():
            points = points_of(
                self.net, real, draws, mixing=self.config.mixing, rebuilds=self._rebuilds
            )
            made = self.net.pictures(points.w, draws.noise(len(real)))
        seen = diff_augment(real, probability, keys, _REAL)
        figures = self._judge(seen, diff_augment(made.detach(), probability, keys, _MADE), moment)
        again = diff_augment(made, probability, keys, _AGAIN)
        figures |= self._make(seen, again, real, points, made, moment)
        if moment.step % ENCODE_EVERY == 0 and not self._rebuilds:
            figures |= self._find(real, draws)
        figures["augmentation"] = torch.tensor(probability)
        return figures

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
        self._players.descend(loss, "discriminator")
        self._adapt(of_real.detach(), len(real))
        return figures

    def _make(
        self,
        real: Tensor,
        seen: Tensor,
        clean: Tensor,
        points: Points,
        made: Tensor,
        moment: Moment,
    ) -> dict[str, Tensor]:
        """The generator's step; `seen` is what it made, as the discriminator is shown it.

        With rebuilding it is the encoder's too, which is told where to find what.
        """
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
            figures["path"] = self._path(points.w, made, moment)
            loss = loss + self.config.path_length * LAZY_PATH * figures["path"]
        if not self._rebuilds:
            self._players.descend(loss, "generator")
            return figures
        many = len(points.found)
        figures |= rebuilding(clean[:many], made[:many], points.found, points.mapped)
        loss = loss + self.config.rebuild * figures["rebuilt"] + figures["apart"]
        if moment.step % ENCODE_EVERY == 0 and points.between:
            beside = slice(many, many + min(points.between, len(made) // ENCODED))
            with self._autocast():
                again = self.net.encoder(made[beside].detach())
            figures["encoder"] = (again - points.w[beside, 0].detach()).square().mean()
            loss = loss + figures["encoder"]
        self._players.descend(loss, "generator", "encoder")
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
        self._players.descend(loss, "encoder")
        return {"encoder": loss}

    def _alone(self, moment: Moment) -> int:
        """Steps at the beginning in which pictures are rebuilt and nobody judges them."""
        return min(moment.total // 4, ALONE // self.options.batch)

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
            return self.config.gamma or max(1.0, area)
        return (self.config.gamma or area) * adversarial.fading(moment.step, moment.total)

    def _autocast(self) -> AbstractContextManager[object]:
        return autocast(self.device, bfloat16=self._bfloat16)

    @torch.no_grad()
    def preview(self, data: PreparedData) -> list[Pixels]:
        """Pictures at fixed points by the averaged weights."""
        w = self._shown(data)
        return to_pixels((self._averaged.pictures(w, self._usual_noise) + 1) / 2)

    def _shown(self, data: PreparedData) -> Tensor:
        """Points like those that will be drawn: among found ones, or mapped from z."""
        if not self._rebuilds:
            generator = torch.Generator().manual_seed(seeds.derive(self.seed, "preview"))
            z = torch.randn(SHOWN, self.config.latent, generator=generator).to(self.device)
            return cast("Tensor", self._averaged.mapping(z))
        real = data.batch(data.training[:SHOWN]).to(self.device) * 2 - 1
        halfway = torch.full((len(real),), 0.5, device=self.device)
        return among(self._averaged.encoder(real), halfway)

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
        return self.config, exported(self._averaged, self._found(data), self.seed)

    def _found(self, data: PreparedData) -> Tensor | None:
        """Where all training pictures are found, (N, W) on the CPU; None without rebuilding."""
        if not self._rebuilds:
            return None
        parts = [
            self._averaged.encoder(data.batch(items).to(self.device) * 2 - 1).cpu()
            for items in np.array_split(data.training, max(1, len(data.training) // CHUNK))
        ]
        return torch.cat(parts)

    @property
    def optimisers(self) -> Mapping[str, torch.optim.Optimizer]:
        """By player."""
        return self._players.optimisers

    @property
    def _rebuilds(self) -> bool:
        return self.config.rebuild > 0

    @property
    def _averaged(self) -> ImageGanNet:
        return cast("ImageGanNet", self.averaged)


_DISCRIMINATOR = {
    "relativistic": adversarial.relativistic_discriminator,
    "logistic": adversarial.logistic_discriminator,
}
