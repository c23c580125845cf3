"""`image-upscale`: enlarge pictures of any size with a trained net, tile by tile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, cast

import numpy as np
import torch
from torch.nn.utils import convert_conv2d_weight_memory_format

from aigc_studio.catalog.latent import Cap, Modality
from aigc_studio.ml.families.image_upscale_net import UpscaleNet
from aigc_studio.ml.families.image_vae import to_pixels, to_tensor
from aigc_studio.ml.registry import checked_config
from aigc_studio.ml.stored import NET, must_fit, part, require_known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from torch import Tensor

    from aigc_studio.catalog.header import Header
    from aigc_studio.catalog.image_upscale import ImageUpscaleConfig
    from aigc_studio.media.image import Pixels

TILE = 128  # pixels of the input, without what is seen around it


class ImageUpscale:
    """A trained net that enlarges; see `Upscaler` for what each method promises."""

    modality = Modality.IMAGE
    caps = Cap.UPSCALE

    def __init__(
        self, model_id: str, config: ImageUpscaleConfig, net: UpscaleNet, device: str
    ) -> None:
        self.id = model_id
        self.config = config
        self.net = net.to(device).eval()
        convert_conv2d_weight_memory_format(self.net, torch.channels_last)
        self.factor, self.channels = int(config.factor), int(config.channels)
        self._device = device

    @classmethod
    def load(cls, model_id: str, header: Header, tensors: dict[str, Tensor], device: str) -> Self:
        """Build from stored weights.

        Raises:
            StudioError: kind "hostile" when weights and configuration do not fit.
        """
        config = cast("ImageUpscaleConfig", checked_config(header))
        with must_fit():
            require_known(tensors, ())
            # Shapes are compared before memory is taken: a configuration may claim anything.
            with torch.device("meta"):
                net = build_net(config)
            net.load_state_dict(part(tensors, NET), assign=True)
        return cls(model_id, config, net, device)

    @torch.no_grad()
    def upscale(self, picture: Pixels, tell: Callable[[float], None] | None = None) -> Pixels:
        """A picture (H, W, C), `factor` times as large.

        Every tile is seen with as much around it as the net looks at, so no seam can be seen;
        beyond the edge the outermost pixels are repeated.
        """
        height, width, channels = picture.shape
        made = np.empty((height * self.factor, width * self.factor, channels), np.uint8)
        reach = self.net.reach
        around = np.pad(picture, ((reach, reach), (reach, reach), (0, 0)), mode="edge")
        tiles = list(_tiles(height, width))
        for number, (top, left, high, wide) in enumerate(tiles, start=1):
            seen = around[top : top + high + 2 * reach, left : left + wide + 2 * reach]
            whole = to_pixels(self.net(to_tensor([seen], self._device)))[0]
            f, rim = self.factor, reach * self.factor
            kept = whole[rim : rim + high * f, rim : rim + wide * f]
            made[top * f : (top + high) * f, left * f : (left + wide) * f] = kept
            if tell:
                tell(number / len(tiles))
        return made


def _tiles(height: int, width: int) -> Iterator[tuple[int, int, int, int]]:
    """Top, left, height and width of each tile."""
    for top in range(0, height, TILE):
        for left in range(0, width, TILE):
            yield top, left, min(TILE, height - top), min(TILE, width - left)


def build_net(config: ImageUpscaleConfig) -> UpscaleNet:
    """The network a configuration describes, with fresh weights."""
    return UpscaleNet(config.channels, config.factor, config.width, config.blocks)
