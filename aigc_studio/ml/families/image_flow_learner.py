"""`image-flow` while it learns: first the autoencoder, then the flow over its latents."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Self, cast

import numpy as np
import torch
from torch.nn.utils import convert_conv2d_weight_memory_format

from aigc_studio.base import seeds
from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.training import Augmentation
from aigc_studio.ml import flow
from aigc_studio.ml.augment import augment, item_keys, normals
from aigc_studio.ml.average import averaged_copy
from aigc_studio.ml.device import autocast, uses_bfloat16
from aigc_studio.ml.families.image_flow import VOCABULARY, build_net, velocity_of
from aigc_studio.ml.families.image_flow_space import noise_atlas
from aigc_studio.ml.families.image_vae import to_pixels
from aigc_studio.ml.metrics.pictures import psnr
from aigc_studio.ml.optimiser import adamw, descend
from aigc_studio.ml.rebuilding import RebuildingStep
from aigc_studio.ml.said import drawn, said_of, vocabulary_of
from aigc_studio.ml.stored import ATLAS, NET, part
from aigc_studio.ml.train import rate_factor
from aigc_studio.ml.words import Vocabulary, stacked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from torch import Tensor, nn

    from aigc_studio.base.frozen import Frozen
    from aigc_studio.catalog.image_flow import ImageFlowConfig
    from aigc_studio.catalog.training import TrainOptions
    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.data import Indices, PreparedData
    from aigc_studio.ml.families.image_flow_net import ImageFlowNet
    from aigc_studio.ml.protocol import Moment

SHOWN = 16
MOST_KEPT = 1 << 27  # numbers of encoded pictures that are kept, 512 MB
MEASURED = 128
SCALED_BY = 2048  # pictures that the latents' mean and deviation are taken from
SHOWN_STEPS = 16
SHOWN_GUIDANCE = 3.0
_NOISE, _TIMES = 10, 11  # streams of random numbers


class ImageFlowLearner:
    """See `Learner` for what each method promises.

    The first part of a run's steps is the autoencoder's, the rest the flow's; each part has a
    learning rate schedule of its own. Where the parts meet, the autoencoder becomes its own
    average and is left alone from then on.
    """

    def __init__(
        self,
        config: ImageFlowConfig,
        options: TrainOptions,
        data: PreparedData,
        vocabulary: Vocabulary,
        seed: int,
        device: str,
    ) -> None:
        self.config = config
        self.options = options
        self.device = device
        self.seed = seed
        self._data = data
        self._bfloat16 = uses_bfloat16(options.precision, device)
        self._frozen: frozenset[str] = frozenset()
        self._kept: Tensor | None = None
        self._take(vocabulary)

    @classmethod
    def build(
        cls, config: Frozen, options: TrainOptions, data: PreparedData, seed: int, device: str
    ) -> Self:
        """A fresh learner that knows the words of the training part."""
        shaped = cast("ImageFlowConfig", config)
        return cls(shaped, options, data, vocabulary_of(data, shaped.words), seed, device)

    def adopt(self, tensors: Mapping[str, Tensor], freeze: Sequence[str]) -> None:
        """Start from a parent's weights; words it does not know are added to its own.

        Raises:
            StudioError: the parent has another shape.
        """
        self._frozen = frozenset(freeze)
        known = Vocabulary.from_tensor(tensors[VOCABULARY])
        self._take(known.extended(vocabulary_of(self._data, self.config.words), self.config.words))
        theirs = part(tensors, NET)
        table = "flow.words.table.weight"
        try:
            fresh = self.net.state_dict()[table]
            own = theirs[table].to(fresh)
            theirs[table] = torch.cat([own, fresh[len(own) :]])
            self.net.load_state_dict(theirs, strict=False)
        except (KeyError, RuntimeError) as error:
            raise StudioError(
                "The model to start from has another shape than this training run.",
                kept="Nothing was changed.",
                todo="Use the parent's size, colour, preset and latent (see `models show`).",
                kind="input",
            ) from error
        for name in freeze:
            getattr(self.net, name).requires_grad_(False)
        self._begin()

    def step(self, batch: Tensor, moment: Moment) -> dict[str, Tensor]:
        """One step of the part of the run that `moment` lies in."""
        first = self._first_part(moment.total)
        self.net.train()
        if moment.step < first:
            # Where the pace is measured, steps of the second part may have come before.
            self._learning.autoencoder.requires_grad_(True)
            self._set_rate("autoencoder", moment.step, first)
            return self._rebuilding.step(batch.to(self.device), moment, first)
        if moment.step == first or not self._learning.measured:
            self._settle()
        self._set_rate("flow", moment.step - first, moment.total - first)
        return self._flow_step(batch, moment, moment.step - first)

    @torch.no_grad()
    def preview(self, data: PreparedData) -> list[Pixels]:
        """Held-out pictures and what the autoencoder makes of them; later, new pictures.

        The new ones are of fixed noise, with held-out captions where there are captions.
        """
        items = self._looked_at(data)[:SHOWN]
        with autocast(self.device, bfloat16=self._bfloat16):
            if self._ours.measured:
                return to_pixels(self._imagined(items))
            clean = data.batch(items).to(self.device)
            pairs = zip(to_pixels(clean), to_pixels(self._rebuilt(clean)), strict=True)
        return [picture for pair in pairs for picture in pair]

    @torch.no_grad()
    def measure(self, data: PreparedData) -> dict[str, float]:
        """PSNR in dB of held-out pictures rebuilt; later the flow's loss on them too."""
        items = self._looked_at(data)[:MEASURED]
        clean = data.batch(items).to(self.device)
        with autocast(self.device, bfloat16=self._bfloat16):
            rebuilt = self._rebuilt(clean)
            figures = {"psnr": psnr(np.stack(to_pixels(clean)), np.stack(to_pixels(rebuilt)))}
            if self._ours.measured:
                figures["flow"] = self._held_out_loss(clean, torch.from_numpy(items))
        return figures

    @torch.no_grad()
    def export(self, data: PreparedData) -> tuple[Frozen, dict[str, Tensor]]:
        """Averaged weights, the words, and the atlas of the noise space."""
        net = self._ours
        if not net.measured:  # a snapshot of the run's first part
            net = cast("ImageFlowNet", averaged_copy(net))
            net.measure(self._encoded(net, self._data.training[:SCALED_BY]))
        state = net.state_dict().items()
        tensors = {f"{NET}{k}": v for k, v in state if not k.startswith("critic.")}
        tensors[VOCABULARY] = self.vocabulary.to_tensor()
        with autocast(self.device, bfloat16=self._bfloat16):
            atlas = noise_atlas(net, seeds.derive(self.seed, "atlas"), self.device)
        return self.config, tensors | {f"{ATLAS}{k}": v for k, v in atlas.items()}

    def _take(self, vocabulary: Vocabulary) -> None:
        """Begin with fresh weights for these words."""
        self.vocabulary = vocabulary
        self._said = said_of(self._data, vocabulary)
        torch.manual_seed(seeds.derive(self.seed, "weights"))
        net = build_net(self.config, len(vocabulary.entries), critic=self.config.critic > 0)
        self.net: nn.Module = net.to(self.device)
        # Channels last is the layout that convolutions are quicker in on every device.
        convert_conv2d_weight_memory_format(self.net, torch.channels_last)
        self._begin()

    def _begin(self) -> None:
        self.averaged: nn.Module = averaged_copy(self.net)
        net = self._learning
        self.optimisers = {
            "autoencoder": adamw(net.autoencoder, self.options),
            "flow": adamw(net.flow, self.options),
        }
        if net.critic is not None:
            self.optimisers["critic"] = adamw(net.critic, self.options)
        self._rebuilding = RebuildingStep(
            net, self.config, self.options, self.optimisers, self._bfloat16
        )

    @property
    def _learning(self) -> ImageFlowNet:
        return cast("ImageFlowNet", self.net)

    @property
    def _ours(self) -> ImageFlowNet:
        return cast("ImageFlowNet", self.averaged)

    def _first_part(self, total: int) -> int:
        if "autoencoder" in self._frozen:
            return 0
        return total if "flow" in self._frozen else round(self.config.autoencoder_share * total)

    def _set_rate(self, part_of_run: str, step: int, steps: int) -> None:
        # The loop's schedule is of the whole run; each part shall end at a low rate of its own.
        rate = self.options.learning_rate * rate_factor(step, steps, self.options)
        names = {"autoencoder": ("autoencoder", "critic"), "flow": ("flow",)}[part_of_run]
        for name in names:
            for group in self.optimisers[name].param_groups if name in self.optimisers else ():
                group["lr"] = rate

    @torch.no_grad()
    def _settle(self) -> None:
        """Make the autoencoder its own average, and measure its latents.

        A parent's autoencoder that is kept keeps its scale too: the parent's flow knows it.
        """
        net = self._learning
        if "autoencoder" in self._frozen and net.measured:
            return
        net.autoencoder.load_state_dict(self._ours.autoencoder.state_dict())
        net.autoencoder.requires_grad_(False)
        net.measure(self._encoded(net, self._data.training[:SCALED_BY]))
        self._ours.latent_mean.copy_(net.latent_mean)
        self._ours.latent_std.copy_(net.latent_std)

    def _encoded(self, net: ImageFlowNet, items: Indices) -> Tensor:
        with autocast(self.device, bfloat16=self._bfloat16):
            means = [
                net.autoencoder.encode(self._data.batch(items[at : at + MEASURED]).to(self.device))
                for at in range(0, len(items), MEASURED)
            ]
        return torch.cat([mean for mean, _ in means])

    def _flow_step(self, batch: Tensor, moment: Moment, step: int) -> dict[str, Tensor]:
        net = self._learning
        keys = item_keys(moment.seed, moment.step, moment.items)
        tokens = stacked(drawn(self._said, keys, moment.items, self.config.dropout))
        with autocast(self.device, bfloat16=self._bfloat16):
            data = self._latents(batch, moment)
            loss = self._loss(net, data, keys.to(self.device), tokens.to(self.device))
        descend(self.optimisers["flow"], net.flow, loss, self.options)
        self._hasten_average(step)
        return {"loss": loss.detach(), "flow": loss.detach()}

    @torch.no_grad()
    def _latents(self, batch: Tensor, moment: Moment) -> Tensor:
        net, wishes = self._learning, self.options.augmentation
        count = len(self._data.hashes)
        if wishes != Augmentation() or count * math.prod(self.config.point) > MOST_KEPT:
            return net.encode(augment(batch.to(self.device), wishes, moment))
        # The autoencoder changes no more, so each picture is encoded once in a session.
        if self._kept is None:
            means = self._encoded(net, np.arange(count))
            self._kept = (means - net.latent_mean) / net.latent_std
        return self._kept[moment.items.to(self.device)]

    def _loss(self, net: ImageFlowNet, data: Tensor, keys: Tensor, tokens: Tensor) -> Tensor:
        noise = normals(keys, _NOISE, data[0].numel()).view_as(data)
        time = flow.logit_normal(normals(keys, _TIMES, 1)[:, 0])
        made = net.velocity(flow.mixed(noise, data, time), time, tokens)
        return flow.velocity_loss(made, noise, data)

    @torch.no_grad()
    def _hasten_average(self, step: int) -> None:
        """Let the flow's average forget its first steps, as the loop does at a run's start.

        The loop will keep `decay` of the average; together it is the ramp of `update_average`.
        """
        decay = self.options.ema_decay
        kept = min(decay, (1 + step) / (10 + step)) / decay if decay else 1.0
        if kept < 1:
            mine, theirs = self._ours.flow.parameters(), self._learning.flow.parameters()
            torch._foreach_lerp_([*mine], [*theirs], 1 - kept)

    def _held_out_loss(self, clean: Tensor, items: Tensor) -> float:
        # The same noise, times and words at each look, so that looks can be compared.
        keys = item_keys(seeds.derive(self.seed, "look"), 0, items)
        tokens = stacked(drawn(self._said, keys, items, 0.0)).to(self.device)
        data = self._ours.encode(clean)
        return float(self._loss(self._ours, data, keys.to(self.device), tokens))

    def _rebuilt(self, clean: Tensor) -> Tensor:
        net = self._ours.autoencoder
        return net.decode(net.encode(clean)[0]).clamp(0.0, 1.0)

    def _imagined(self, items: Indices) -> Tensor:
        keys = item_keys(seeds.derive(self.seed, "preview"), 0, torch.from_numpy(items))
        shape = self.config.point
        noise = normals(keys, _NOISE, int(np.prod(shape))).view(-1, *shape).to(self.device)
        words = [
            list(self._said[item].captions[0]) if self._said[item].captions else []
            for item in items.tolist()
        ]
        tokens = stacked(words).to(self.device)
        guidance = SHOWN_GUIDANCE if any(words) else 1.0
        velocity = velocity_of(self._ours, tokens, guidance)
        return self._ours.decode(flow.travel(velocity, noise, steps=SHOWN_STEPS))

    def _looked_at(self, data: PreparedData) -> Indices:
        return data.held_out if len(data.held_out) else data.training
