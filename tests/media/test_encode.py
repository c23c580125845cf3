from __future__ import annotations

import errno
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from aigc_studio.base.errors import StudioError
from aigc_studio.media.decode import decode_image
from aigc_studio.media.encode import Encoding, Format, encode_bytes, encode_image
from aigc_studio.media.image import Image
from tests.media.helpers import ORIGIN, ball, difference, gradient, noise


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_png_and_lossless_webp_are_exact(channels: int, tmp_path: Path) -> None:
    image = noise(20, 10, channels)
    encode_image(image, tmp_path / "a.png", ORIGIN)
    encode_image(image, tmp_path / "a.webp", ORIGIN, Encoding(lossless=True))
    assert decode_image(tmp_path / "a.png") == image
    assert decode_image(tmp_path / "a.webp").to_mode("rgba") == image.to_mode("rgba")


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_tiff_is_exact_and_avif_near(channels: int, tmp_path: Path) -> None:
    image = noise(20, 10, channels)
    encode_image(image, tmp_path / "a.tif", ORIGIN)
    encode_image(gradient(64, 64), tmp_path / "a.avif", ORIGIN)
    encode_image(ball(0, 2), tmp_path / "b.avif", ORIGIN)
    assert decode_image(tmp_path / "a.tif") == image
    assert difference(decode_image(tmp_path / "a.avif").pixels, gradient(64, 64).pixels) < 3
    assert decode_image(tmp_path / "b.avif").channels == 4


def test_jpeg_lays_transparency_over_the_background(tmp_path: Path) -> None:
    path = tmp_path / "a.JPG"
    report = encode_image(ball(0, 2), path, None, Encoding(background=(0, 0, 255)))
    corner = decode_image(path).pixels[0, 0]
    assert np.abs(corner.astype(int) - (0, 0, 255)).max() < 6
    assert "JPEG has no transparency" in report.notes[0]


def test_quality_matters() -> None:
    picture = noise(32, 32)
    sizes = [len(encode_bytes(picture, "jpeg", None, Encoding(quality=q))) for q in (20, 95)]
    assert sizes[0] < sizes[1] / 2
    assert difference(decode_image(encode_bytes(picture, "jpeg")).pixels, picture.pixels) < 12


@pytest.mark.parametrize("form", ["png", "jpeg", "webp", "tiff", "avif"])
def test_the_same_bytes_again(form: Format) -> None:
    one, other = (encode_bytes(gradient(32, 32), form, ORIGIN) for _ in range(2))
    assert one == other


def test_exif_is_there_for_old_programs(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    encode_image(gradient(8, 8), path, ORIGIN)
    with Pillow.open(path) as picture:
        exif = picture.getexif()
        assert exif[0x013B].encode("latin-1").decode() == ORIGIN.author


def test_an_unknown_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="which picture format") as caught:
        encode_image(gradient(2, 2), tmp_path / "a.psd")
    assert caught.value.kind == "input"


def test_webp_has_no_room_for_long_pictures() -> None:
    strip = Image(np.zeros((1, 16_384, 3), np.uint8))
    with pytest.raises(StudioError, match="16383"):
        encode_bytes(strip, "webp")


def test_a_full_disk_is_told_and_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"old")

    def full(self: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(StudioError, match="disk is full") as caught:
        encode_image(gradient(4, 4), path)
    assert caught.value.kind == "disk"
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StudioError) as caught:
        encode_image(gradient(4, 4), tmp_path / "no" / "a.png")
    assert caught.value.kind == "missing"
