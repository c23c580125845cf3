"""Enlarging pictures of every mode by models of every kind, files or payload."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.jobs.specs import ModelRef, Upscale
from aigc_studio.media.encode import encode_bytes
from aigc_studio.media.image import Image
from aigc_studio.worker import upscaling
from aigc_studio.worker.control import Control
from aigc_studio.worker.upscaling import enlarged
from tests.worker.test_training_parts import Heard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.protocol import Upscaler

REF = ModelRef.model_validate({"id": "a" * 64, "path": "/nowhere"})
MODES = {"grey": 1, "rgb": 3, "rgba": 4}


class Blurred:
    """Repeats pixels, and is off by one where it should be sure."""

    factor = 2

    def __init__(self, channels: int) -> None:
        self.channels = channels

    def upscale(self, picture: Pixels, tell: Callable[[float], None] | None = None) -> Pixels:
        assert picture.shape[2] == self.channels
        if tell:
            tell(1.0)
        large = picture.repeat(2, axis=0).repeat(2, axis=1).astype(int)
        made: Pixels = np.clip(large + np.where(large > 127, -1, 1), 0, 255).astype(np.uint8)
        return made


def model(channels: int) -> Upscaler:
    return cast("Upscaler", Blurred(channels))


def picture(mode: str, width: int = 9, height: int = 7) -> Image:
    pixels = np.random.default_rng(1).integers(0, 256, (height, width, MODES[mode]), np.uint8)
    if mode == "rgba":
        pixels[:, :4, 3], pixels[:, 4:, 3] = 0, 255
    return Image(pixels)


@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize("mode", MODES)
def test_mode_and_exact_size_are_kept(mode: str, channels: int) -> None:
    before = picture(mode)
    after = enlarged(model(channels), before)
    assert after.mode == mode
    assert after.size == (18, 14)
    near = np.abs(
        after.premultiplied().astype(int) - before.premultiplied().repeat(2, 0).repeat(2, 1)
    )
    assert near.max() <= 2


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_what_is_clear_or_solid_around_stays_so(channels: int) -> None:
    alpha = enlarged(model(channels), picture("rgba")).alpha()
    assert (alpha[:, :6] == 0).all()
    assert (alpha[:, 10:] == 255).all()


def test_pictures_in_the_payload(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = SimpleNamespace(upscaler=lambda ref, device: model(4))
    monkeypatch.setattr(upscaling, "SHELF", shelf)
    given = [picture("rgba"), picture("grey", 5, 4)]
    shapes = tuple((image.height, image.width, image.channels) for image in given)
    payload = b"".join(image.pixels.tobytes() for image in given)
    heard = Heard()
    upscaling.handle(Upscale(model=REF, shapes=shapes), payload, heard.reporter, Control())
    assert heard.values["factor"] == 2
    with pytest.raises(StudioError, match="incomplete"):
        upscaling.handle(
            Upscale(model=REF, shapes=shapes), payload[1:], Heard().reporter, Control()
        )
    wrong = Upscale(model=REF, shapes=((2, 2, 2),))
    with pytest.raises(StudioError, match="cannot be enlarged"):
        upscaling.handle(wrong, bytes(8), Heard().reporter, Control())


def test_a_stop_ends_it_between_tiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = SimpleNamespace(upscaler=lambda ref, device: model(3))
    monkeypatch.setattr(upscaling, "SHELF", shelf)
    file = tmp_path / "a.png"
    file.write_bytes(encode_bytes(picture("rgb"), "png"))
    control = Control()
    control.put("stop")
    with pytest.raises(StudioError, match="cancelled"):
        upscaling.handle(Upscale(model=REF, inputs=(file,)), b"", Heard().reporter, control)


def test_a_result_too_large_is_refused() -> None:
    with pytest.raises(StudioError, match="18000 x 2"):
        enlarged(model(3), Image(np.zeros((1, 9000, 3), np.uint8)))
