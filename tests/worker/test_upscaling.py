"""Enlarging pictures of every mode by models of every kind, files or payload."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageFilter

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.image_upscale import ImageUpscaleConfig
from aigc_studio.jobs.specs import Evaluate, ModelRef, Upscale
from aigc_studio.media.encode import encode_bytes
from aigc_studio.media.image import Image
from aigc_studio.media.preparation import Preparation
from aigc_studio.ml.families.image_upscale import build_net
from aigc_studio.ml.weights import save_weights
from aigc_studio.worker import measuring, upscaling
from aigc_studio.worker.control import Control
from aigc_studio.worker.upscaling import enlarged, spread_colours
from tests.worker.test_pairs import data_set
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


class Sharp(Blurred):
    """Bicubic with sharper edges, as a net draws them: no channel knows of another."""

    def upscale(self, picture: Pixels, tell: Callable[[float], None] | None = None) -> Pixels:
        size = (picture.shape[1] * 2, picture.shape[0] * 2)
        made = []
        for plane in np.moveaxis(picture, 2, 0):
            large = Pillow.fromarray(plane).resize(size, Pillow.Resampling.BICUBIC)
            made.append(np.asarray(large.filter(ImageFilter.UnsharpMask(2, 120, 0))))
        return np.stack(made, axis=2)


def disc(colour: tuple[int, int, int], side: int = 40) -> Image:
    """A disc with a soft edge on clear ground, whose clear pixels are black."""
    middle = np.arange(side) + 0.5 - side / 2
    away = np.hypot(middle[:, None], middle)
    alpha = np.rint(255 * np.clip(side / 3 - away + 0.5, 0, 1)).astype(np.uint8)
    pixels = np.dstack([np.where(alpha > 0, np.uint8(part), np.uint8(0)) for part in colour])
    return Image(np.dstack([pixels, alpha]))


@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize("colour", [(200, 40, 120), (255, 255, 255), (0, 128, 255)])
def test_a_disc_keeps_its_colour_up_to_its_edge(
    channels: int, colour: tuple[int, int, int]
) -> None:
    after = enlarged(cast("Upscaler", Sharp(channels)), disc(colour)).pixels
    seen = after[..., 3] > 8
    assert np.unique(after[..., 3]).size > 20  # its edge is soft
    assert np.abs(after[seen][:, :3].astype(int) - colour).max() <= 4


def test_colours_go_on_where_nothing_is_seen() -> None:
    pixels = np.zeros((37, 50, 4), np.uint8)
    pixels[:, :10] = (250, 10, 20, 255)
    pixels[:, 40:] = (10, 240, 20, 255)
    pixels[5, 20] = (255, 255, 255, 1)  # hardly there
    spread = spread_colours(Image(pixels)).astype(int)
    assert (spread[:, :10] == (250, 10, 20)).all()
    assert (spread[:, 40:] == (10, 240, 20)).all()
    assert np.abs(spread[:, 10:12] - (250, 10, 20)).max() <= 2
    assert spread[5, 20, 2] < 128
    assert (spread_colours(Image(np.zeros((3, 5, 4), np.uint8))) == 0).all()


def test_all_the_work_is_told_in_order() -> None:
    told: list[float] = []
    enlarged(model(4), picture("rgba"), told.append)
    assert told == [0.5, 1.0]


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


@pytest.mark.parametrize("channels", [3, 4])
def test_a_model_is_measured_beside_plain_filters(tmp_path: Path, channels: int) -> None:
    config = ImageUpscaleConfig.model_validate({"channels": channels, "width": 8, "blocks": 1})
    tensors = {f"net.{name}": each for name, each in build_net(config).state_dict().items()}
    path = tmp_path / "w.safetensors"
    key = save_weights(path, tensors, "image-upscale", config)
    data = data_set(tmp_path / "pictures", 0).model_copy(
        update={"patches": 4, "preparation": Preparation()}
    )
    heard = Heard()
    ref = ModelRef(id=key, path=path)
    measuring.evaluate(Evaluate(model=ref, data=data, reference=()), heard.reporter)
    metrics = heard.values["metrics"]
    assert metrics["factor"] == 2
    assert metrics["stated"]["channels"] == channels
    assert metrics["stated"]["pictures"] == len(data.items)
    for way in ("bicubic", "lanczos"):
        assert 5 < metrics[f"psnr_{way}"] < 60
    # Fresh weights add nothing to bicubic interpolation.
    assert metrics["psnr"] == pytest.approx(metrics["psnr_bicubic"], abs=2)
    assert metrics["gain"] == pytest.approx(metrics["psnr"] - metrics["psnr_lanczos"])
