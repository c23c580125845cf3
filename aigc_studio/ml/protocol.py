"""What a family must offer: a playable model, and a learner for the one training loop."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import torch
    from torch import Tensor, nn

    from aigc_studio.base.frozen import Frozen
    from aigc_studio.catalog.conditions import Conditions
    from aigc_studio.catalog.header import Header
    from aigc_studio.catalog.latent import Cap, Code, Floats, Modality, Space
    from aigc_studio.catalog.training import TrainOptions
    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.data import PreparedData

    # Called with a step's number, of how many, and what makes the picture as it would become.
    Seen = Callable[[int, int, Callable[[], Pixels]], None]


class Model(Protocol):
    """A trained model of any family; what it can do is in `caps`."""

    id: str
    config: Frozen
    modality: Modality
    caps: Cap

    @classmethod
    def load(cls, model_id: str, header: Header, tensors: dict[str, Tensor], device: str) -> Self:
        """Build from stored weights; raises StudioError when they do not fit the family."""
        ...


class LatentModel(Model, Protocol):
    """A trained model that can be played: one protocol for every family and medium.

    Media are uint8 arrays (H, W, C) as the model sees them: squares of its own size,
    premultiplied where they have alpha. `media.prepare` leads there and back.

    Attributes:
        spaces: the latent spaces whose points it decodes, by name.
        home: the one of them that dock, timeline and films move in, as the family's entry says.
    """

    spaces: Mapping[str, Space]
    home: str

    def prior(self, seed: int, space: str, *, temperature: float = 1.0) -> Code:
        """The one point that `seed` draws; the same whatever else is drawn beside it."""
        ...

    def encode(self, media: Sequence[Pixels], space: str) -> Code:
        """The most likely point of each item (posterior mean)."""
        ...

    def decode(self, code: Code, *, preview: float = 1.0) -> list[Pixels]:
        """Each point's item; item i depends on point i alone, bit for bit."""
        ...


class Upscaler(Model, Protocol):
    """A model with `Cap.UPSCALE`. It has no latent space: it only enlarges.

    Attributes:
        factor: pixels of the result for one of the input, along each side.
        channels: what it sees: 1 grey, 3 colour, 4 premultiplied colour with alpha.
    """

    factor: int
    channels: int

    def upscale(self, picture: Pixels, tell: Callable[[float], None] | None = None) -> Pixels:
        """A picture (H, W, C) of any size, `factor` times as large; tiled, in bounded memory.

        Args:
            picture: as the model sees it.
            tell: called with the part that is done after each tile; what it raises ends the work.
        """
        ...


class Conditional(LatentModel, Protocol):
    """A model with `Cap.CONDITION` or `Cap.PAIR`."""

    def conditioned(self, conditions: Conditions) -> LatentModel:
        """The same model, told what to take into account; shares its weights.

        Raises:
            StudioError: kind "input", it knows no such label.
        """
        ...


class Paired(Conditional, Protocol):
    """A model with `Cap.PAIR` and `Cap.ENCODE`."""

    def like(self, item: Pixels) -> LatentModel:
        """The same model, showing the domain that an item seems to be of; shares its weights."""
        ...


class Gradual(LatentModel, Protocol):
    """A model whose pictures come step by step."""

    def watched(self, seen: Seen) -> LatentModel:
        """The same model, which tells of every step of each picture; shares its weights."""
        ...


class Repainter(Gradual, Protocol):
    """A model with `Cap.REPAINT`."""

    def repainted(self, item: Pixels, mask: Floats | None, *, strength: float, seed: int) -> Pixels:
        """A picture made anew from itself.

        Args:
            item: the picture.
            mask: what may change, (H, W) in [0, 1]; None for all of it.
            strength: part of the way from noise that is gone again; 0 changes nothing, 1 keeps
                nothing.
            seed: of the noise.
        """
        ...


class Judge(Protocol):
    """A model with `Cap.JUDGE`."""

    def judge(self, media: Sequence[Pixels]) -> list[float]:
        """How real each item looks to the discriminator, higher is more real."""
        ...


class Invertible(Protocol):
    """A model with `Cap.INVERT`: it finds an item's point by searching."""

    def invert(self, item: Pixels, space: str, steps: int) -> Iterator[tuple[Code, float]]:
        """The best point so far and its PSNR in dB, better and better; `steps` at most."""
        ...


class Layered(Protocol):
    """A model with several latent spaces and ways between them (`Cap.LAYERS`)."""

    def map(self, code: Code, to: str) -> Code:
        """The same points in another space: z to w, w to w+.

        Raises:
            StudioError: kind "input", no way leads there.
        """
        ...


class Moment(NamedTuple):
    """Where in a run a step stands; all its randomness derives from this.

    Attributes:
        seed: the run's seed.
        step: number of this step, from 0.
        total: steps of the run.
        items: index of each item of the batch in the data, (B,) int64.
    """

    seed: int
    step: int
    total: int
    items: Tensor


class Learner(Protocol):
    """A family while it learns. The loop owns time; the learner owns losses and optimisers."""

    net: nn.Module
    averaged: nn.Module
    optimisers: Mapping[str, torch.optim.Optimizer]

    @classmethod
    def build(
        cls, config: Frozen, options: TrainOptions, data: PreparedData, seed: int, device: str
    ) -> Self:
        """A fresh learner; data-dependent starting values are deterministic in `seed`."""
        ...

    def adopt(self, tensors: Mapping[str, Tensor], freeze: Sequence[str]) -> None:
        """Start from a parent's weights and keep the parts named in `freeze`."""
        ...

    def step(self, batch: Tensor, moment: Moment) -> dict[str, Tensor]:
        """One optimiser step on (B, C, H, W) in [0, 1]; returns detached scalar losses."""
        ...

    def preview(self, data: PreparedData) -> list[Pixels]:
        """Pictures at fixed latents by the averaged weights; touches no state."""
        ...

    def measure(self, data: PreparedData) -> dict[str, float]:
        """Quick figures on the held-out part by the averaged weights; touches no state."""
        ...

    def export(self, data: PreparedData) -> tuple[Frozen, dict[str, Tensor]]:
        """Final configuration and tensors to save, the fitted prior among them."""
        ...
