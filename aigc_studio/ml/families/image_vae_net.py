"""The network of the `image-vae` family: principal components and what convolutions add.

Both directions have a linear path, fixed at the principal components of the training data,
and a convolutional path that starts at zero. So training starts
at the best linear VAE (Tipping and Bishop, "Probabilistic principal component analysis", 1999)
and has only the rest to learn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

import torch
import torch.nn.functional as F  # noqa: N812  its usual name
from torch import Tensor, nn

from aigc_studio.ml import objectives
from aigc_studio.ml.backbones.conv import ConvDecoder, ConvEncoder, zero_

if TYPE_CHECKING:
    from collections.abc import Mapping

_LOGVAR_RANGE = (-14.0, 4.0)
_INPUT_GAIN = 2.0  # pixels around 0 have a deviation of about 0.3; this brings it near 1
_DETAIL_GAIN = 8.0  # what the linear path leaves over is about 0.1
# Trusting directions that hardly vary in a small set would blow up on unseen pictures.
_LEAST_NOISE = 1e-3
# Sharpness beyond this is given up for a smoother space: 1.5 dB above 64 principal components
# while z is sampled; rebuilt from the mean, held-out pictures came 4 to 6 dB above.
_REFERENCE_RANK = 64
_ENOUGH = 10**-0.15
_HEAVIEST = 16.0
# A repairer is judged by its repairs alone, so its latent may carry more.
_REPAIRER = 0.3
_STIFFNESS = 4.0
_RIDGE = 1e-3


class Shape(NamedTuple):
    """What else grows with the width.

    Attributes:
        blocks: residual blocks on the coarsest grid of encoder and decoder.
        neck: channels between the coarsest grid and z.
        linear_dims: the linear path sees the picture pooled to at most so many numbers.
    """

    blocks: tuple[int, int]
    neck: int
    linear_dims: int


_SHAPES = {0: Shape((1, 2), 16, 1024), 128: Shape((2, 3), 24, 3072), 224: Shape((3, 5), 32, 4096)}


def shape_for(width: int) -> Shape:
    """About 1M parameters at width 96, 3.4M at 160, 14M at 288."""
    return _SHAPES[max(least for least in _SHAPES if least <= width)]


class ImageVaeNet(nn.Module):
    """VAE with one global latent.

    Args:
        size: side of the pictures in pixels; see `plan_grids` for what is possible.
        channels: 1 grey, 3 colour, 4 premultiplied colour with alpha.
        latent: numbers in z.
        width: channels on the coarsest grid.
        shape: depth and necks; by default what suits the width.
    """

    mean: Tensor
    first_logvar: Tensor
    analysis: Tensor
    offset: Tensor
    synthesis: Tensor
    enough: Tensor
    lightest: Tensor

    def __init__(
        self,
        size: int,
        channels: int,
        latent: int,
        width: int,
        shape: Shape | None = None,
    ) -> None:
        super().__init__()
        shape = shape or shape_for(width)
        blocks, neck = shape.blocks, shape.neck
        self.size, self.channels, self.latent = size, channels, latent
        self.pool = _pooling(size, channels, shape.linear_dims)
        side = size // self.pool
        dims = channels * side * side
        self.side = side
        self.register_buffer("mean", torch.full((dims,), 0.5))
        self.register_buffer("analysis", torch.zeros(latent, dims))
        self.register_buffer("offset", torch.zeros(latent))
        self.register_buffer("synthesis", torch.zeros(dims, latent))
        self.register_buffer("first_logvar", torch.zeros(latent))
        self.register_buffer("enough", torch.zeros(()))
        self.register_buffer("lightest", torch.ones(()))
        self.encoder = ConvEncoder(size, 2 * channels, width, blocks[0], neck)
        self.to_mean = nn.Linear(self.encoder.features, latent)
        self.to_logvar = nn.Linear(self.encoder.features, latent)
        zero_(self.to_mean)
        zero_(self.to_logvar)
        self.decoder = ConvDecoder(size, channels, latent, width, blocks[1], neck)

    @torch.no_grad()
    def initialise(self, clean: Tensor, seen: Tensor | None = None) -> None:
        """Set the linear path from data; deterministic, no random numbers.

        Args:
            clean: pictures to learn, (N, C, S, S) in [0, 1]; about 4,000 are plenty.
            seen: for a denoising VAE the same pictures as its encoder will see them. The
                linear encoder is then the ridge regression of clean codes on them.
        """
        flat = self._flat(clean)
        mean = flat.mean(0)
        values, vectors = _principal(flat - mean)
        rank = min(self.latent, len(values))
        left = values[rank:].mean() if len(values) > rank else values.new_zeros(())
        noise = left.clamp_min(_LEAST_NOISE * float(values[:rank].mean()) + 1e-6)
        signal = (values[:rank] - noise).clamp_min(0.0)
        basis = vectors[:, :rank] * signal.sqrt()
        analysis = (basis / (signal + noise)).T
        variance = noise / (signal + noise)
        offset = -(analysis @ mean)
        self.enough.zero_()
        self.lightest.fill_(1.0 if seen is None else _REPAIRER)
        if seen is None:
            few = vectors[:, : min(rank, _REFERENCE_RANK)]
            rebuilt = self._enlarge(mean + (flat - mean) @ few @ few.T)
            self.enough.copy_(_ENOUGH * (rebuilt - clean).square().mean())
        else:
            codes = (flat - mean) @ analysis.T
            analysis, offset = _regression(self._flat(seen), codes)
            guess = self._flat(seen) @ analysis.T + offset
            variance = variance + (guess - codes).square().mean(0)
        self.mean.copy_(mean)
        self._fill(rank, basis, analysis, offset, variance)

    def _fill(
        self, rank: int, basis: Tensor, analysis: Tensor, offset: Tensor, variance: Tensor
    ) -> None:
        for buffer in (self.synthesis, self.analysis, self.offset, self.first_logvar):
            buffer.zero_()
        self.synthesis[:, :rank].copy_(basis)
        self.analysis[:rank].copy_(analysis)
        self.offset[:rank].copy_(offset)
        self.first_logvar[:rank].copy_(variance.clamp(1e-5, 1.0).log())

    def encode(self, pixels: Tensor) -> tuple[Tensor, Tensor]:
        """Posterior mean and log variance, both (B, Z) float32, of (B, C, S, S) in [0, 1]."""
        with torch.autocast(pixels.device.type, enabled=False):
            pixels = pixels.float()
            linear = F.linear(self._flat(pixels), self.analysis, self.offset)
            detail = (pixels - self._draft(linear)) * _DETAIL_GAIN
            inputs = torch.cat([(pixels - 0.5) * _INPUT_GAIN, detail], 1)
        features = self.encoder(inputs.contiguous(memory_format=torch.channels_last))
        mu = linear + self.to_mean(features).float()
        logvar = self.first_logvar + self.to_logvar(features).float()
        return mu, logvar.clamp(*_LOGVAR_RANGE)

    def decode_raw(self, z: Tensor) -> Tensor:
        """Pictures (B, C, S, S), float32, not clipped, of latents (B, Z)."""
        with torch.autocast(z.device.type, enabled=False):
            draft = self._draft(z.float())
            around_zero = ((draft - 0.5) * _INPUT_GAIN).contiguous(
                memory_format=torch.channels_last
            )
        return draft + cast("Tensor", self.decoder(z, around_zero)).float()

    def decode(self, z: Tensor) -> Tensor:
        """Pictures (B, C, S, S) in [0, 1] of latents (B, Z)."""
        return self.decode_raw(z).clamp(0.0, 1.0)

    def forward(self, pixels: Tensor) -> Tensor:
        """Reconstruction by the posterior mean, (B, C, S, S) in [0, 1]."""
        return self.decode(self.encode(pixels)[0])

    def loss(
        self, clean: Tensor, seen: Tensor, noise: Tensor, *, beta: float = 1.0
    ) -> Mapping[str, Tensor]:
        """Negative evidence lower bound for each number of the picture.

        Args:
            clean: what the decoder shall give, (B, C, S, S) in [0, 1].
            seen: what the encoder sees; `clean` itself, or a corrupted form of it.
            noise: standard normal, (B, Z).
            beta: weight of the KL term.

        Returns:
            Scalars: `loss` to minimise; `mse`; `kl` in nats for one picture; `nll`, (D/2) log
            MSE in nats for one picture.
        """
        mu, logvar = self.encode(seen)
        raw = self.decode_raw(objectives.reparameterise(mu, logvar, noise))
        mse = (objectives.leaky_unit(raw) - clean).square().mean()
        dims = clean[0].numel()
        nll = objectives.optimal_sigma_nll(mse, dims)
        kl = objectives.kl_normal(mu, logvar).sum(1).mean()
        weight = beta * self._ease(mse.detach())
        return {"loss": (nll + weight * kl) / dims, "mse": mse, "kl": kl, "nll": nll}

    def _ease(self, mse: Tensor) -> Tensor:
        """How much heavier the KL term may weigh, as pictures are sharper than need be.

        The idea of a wanted distortion is that of Rezende and Viola, "Taming VAEs" (2018); here
        the weight is a plain function of the batch's error, so there is no state to resume.
        Sets that are easy to rebuild so get a smooth space that samples well, hard ones keep
        their detail.
        """
        wanted = (self.enough / (mse + 1e-8)).pow(_STIFFNESS)
        return wanted.clamp_max(_HEAVIEST).maximum(self.lightest)

    def _flat(self, pixels: Tensor) -> Tensor:
        small = F.avg_pool2d(pixels, self.pool) if self.pool > 1 else pixels
        return small.float().reshape(len(pixels), -1)

    def _draft(self, z: Tensor) -> Tensor:
        return self._enlarge(F.linear(z, self.synthesis, self.mean))

    def _enlarge(self, small: Tensor) -> Tensor:
        picture = small.view(-1, self.channels, self.side, self.side)
        if self.pool == 1:
            return picture
        return F.interpolate(picture, scale_factor=float(self.pool), mode="bilinear")


def _pooling(size: int, channels: int, most: int) -> int:
    fits = (p for p in range(1, size + 1) if size % p == 0 and channels * (size // p) ** 2 <= most)
    return next(fits, size)


def _principal(centred: Tensor) -> tuple[Tensor, Tensor]:
    """Variances (R,) and directions (D, R), largest first, of centred rows (N, D)."""
    rows, dims = centred.shape
    if rows < dims:  # the smaller Gram matrix has the same spectrum
        values, left = torch.linalg.eigh(centred @ centred.T / rows)
        values = values.clamp_min(0.0)
        vectors = centred.T @ left / (values * rows).sqrt().clamp_min(1e-6)
    else:
        values, vectors = torch.linalg.eigh(centred.T @ centred / rows)
        values = values.clamp_min(0.0)
    values, vectors = values.flip(0), vectors.flip(1)
    # An eigenvector's sign is arbitrary; fixed here so that latents mean the same everywhere.
    peaks = vectors.gather(0, vectors.abs().argmax(0, keepdim=True))
    return values, vectors * torch.where(peaks < 0, -1.0, 1.0)


def _regression(seen: Tensor, codes: Tensor) -> tuple[Tensor, Tensor]:
    """Ridge regression of codes (N, R) on seen (N, D): weights (R, D) and offset (R,)."""
    mean, middle = seen.mean(0), codes.mean(0)
    centred = seen - mean
    square = centred.T @ centred / len(seen)
    square.diagonal().add_(_RIDGE)
    weights = torch.linalg.solve(square, centred.T @ (codes - middle) / len(seen)).T
    return weights, middle - weights @ mean
