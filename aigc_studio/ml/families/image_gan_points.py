"""Where in w the pictures of a training step of the `image-gan` family are made.

With rebuilding, the encoder finds real pictures in w while the generator learns to make them
again: Larsen et al., "Autoencoding beyond pixels using a learned similarity metric" (2016), with
the generator's w in the place of a VAE's latent. A small collection then gives every picture a
say from the first step on, and no kind of picture is dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch

from aigc_studio.ml.found import among

if TYPE_CHECKING:
    from torch import Tensor

    from aigc_studio.ml.families.image_gan_draws import Draws
    from aigc_studio.ml.families.image_gan_net import ImageGanNet


class Points(NamedTuple):
    """The points of a step; real pictures that were found come first, then what lies between.

    Attributes:
        w: one for each picture and layer, (B, L, W).
        found: where the encoder finds the first F real pictures, (F, W); F is 0 without
            rebuilding.
        between: how many lie between those, after them.
        mapped: points of z, mapped, (2 B, W), some of which are the rest.
    """

    w: Tensor
    found: Tensor
    between: int
    mapped: Tensor


def points_of(
    net: ImageGanNet, real: Tensor, draws: Draws, *, mixing: float, rebuilds: bool
) -> Points:
    """For as many pictures as there are real ones, (B, C, S, S) in [-1, 1].

    Half of them are found, a quarter lies between, a quarter is mapped from z; all are mapped
    without rebuilding.

    Args:
        mixing: probability that a mapped one takes its styles from two points of z.
    """
    count = len(real)
    mapped = net.mapping(draws.points)
    many = (count + 1) // 2 if rebuilds else 0
    between = (count - many) // 2 if rebuilds else 0
    found = net.encoder(real[:many]) if many else mapped[:0]
    beside = among(found, draws.angles(many))[:between] if between else mapped[:0]
    drawn = net.broadcast(mapped[:count])
    if mixing > 0:
        other = net.broadcast(mapped[count:])
        drawn = torch.where(draws.crossings(count, mixing)[:, :, None], other, drawn)
    w = torch.cat([net.broadcast(torch.cat([found, beside])), drawn[many + between :]])
    return Points(w, found, between, mapped)
