from __future__ import annotations

import contextlib
import io
import itertools
import struct
import zipfile
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow
from PIL import ImageCms

from aigc_studio.base.errors import StudioError
from aigc_studio.media import decode
from aigc_studio.media.decode import decode_frames, decode_image, kind_of
from aigc_studio.media.encode import encode_bytes, encode_image
from aigc_studio.media.film import save_film
from aigc_studio.media.image import Image
from tests.media.helpers import ball, difference, gradient, noise, png_chunk, png_header

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.media.encode import Format

FORMATS: tuple[Format, ...] = ("png", "jpeg", "webp")


def saved(picture: Pillow.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_png_is_exact(channels: int) -> None:
    image = noise(9, 7, channels)
    assert decode_image(encode_bytes(image, "png")) == image


@pytest.mark.parametrize("form", ["PNG", "BMP", "GIF", "WEBP", "JPEG"])
def test_every_format_is_read(form: str) -> None:
    image = gradient(24, 16)
    options = {"lossless": True} if form == "WEBP" else {"quality": 95} if form == "JPEG" else {}
    back = decode_image(saved(image.to_pillow(), form, **options))
    assert back.size == (24, 16)
    assert difference(back.to_mode("rgb").pixels, image.pixels) < 12


def test_sixteen_bits_become_eight() -> None:
    deep = np.linspace(0, 65535, 64).astype(np.uint16).reshape(8, 8)
    back = decode_image(saved(Pillow.fromarray(deep), "PNG"))
    assert back.mode == "grey"
    assert np.abs(back.pixels[..., 0] - deep / 257).max() <= 0.5


def test_sixteen_bits_with_a_transparent_value() -> None:
    deep = np.array([[0, 1000], [2000, 65535]], np.uint16)
    back = decode_image(saved(Pillow.fromarray(deep), "PNG", transparency=1000))
    assert back.alpha().tolist() == [[255, 0], [255, 255]]


def test_palette_with_transparency_becomes_rgba() -> None:
    palette = Pillow.new("P", (2, 1))
    palette.putpalette([255, 0, 0, 0, 0, 255])
    palette.putpixel((1, 0), 1)
    back = decode_image(saved(palette, "PNG", transparency=1))
    assert back.pixels[0].tolist() == [[255, 0, 0, 255], [0, 0, 255, 0]]


@pytest.mark.parametrize(("mode", "wanted"), [("1", "grey"), ("LA", "rgba"), ("P", "rgb")])
def test_other_modes(mode: str, wanted: str) -> None:
    assert decode_image(saved(Pillow.new(mode, (3, 3)), "PNG")).mode == wanted


def test_cmyk_jpeg_becomes_rgb() -> None:
    ink = Pillow.new("CMYK", (16, 16), (0, 255, 255, 0))
    back = decode_image(saved(ink, "JPEG", quality=95))
    assert back.mode == "rgb"
    assert back.pixels[8, 8, 0] > 200 > 60 > back.pixels[8, 8, 1]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_applied(orientation: int) -> None:
    upright = np.zeros((16, 32, 3), np.uint8)
    upright[:8, :8] = 255
    inverse = {6: 1, 8: 3, 5: None, 7: None}
    stored = upright
    match orientation:
        case 2:
            stored = upright[:, ::-1]
        case 3:
            stored = upright[::-1, ::-1]
        case 4:
            stored = upright[::-1]
        case 5:
            stored = upright.transpose(1, 0, 2)
        case 7:
            stored = upright[::-1, ::-1].transpose(1, 0, 2)
        case 6 | 8:
            stored = np.rot90(upright, inverse[orientation] or 0)
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    picture = Pillow.fromarray(np.ascontiguousarray(stored))
    back = decode_image(saved(picture, "PNG", exif=exif.tobytes()))
    assert np.array_equal(back.pixels, upright)


def test_a_damaged_exif_block_is_ignored() -> None:
    data = saved(gradient(8, 8).to_pillow(), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\x01")
    assert decode_image(data).size == (8, 8)


def test_a_wide_profile_is_converted_and_srgb_left_alone() -> None:
    picture = Pillow.new("RGB", (4, 4), (200, 100, 50))
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # Swapping the red and green columns of sRGB makes a sane profile that is plainly another.
    swapped = srgb.replace(b"rXYZ", b"tmp!").replace(b"gXYZ", b"rXYZ").replace(b"tmp!", b"gXYZ")
    swapped = swapped.replace(b"s\0R\0G\0B", b"s\0w\0a\0p").replace(b"sRGB", b"swap")
    plain = decode_image(saved(picture, "PNG"))
    assert decode_image(saved(picture, "PNG", icc_profile=srgb)) == plain
    assert decode_image(saved(picture, "PNG", icc_profile=lab)) == plain
    assert decode_image(saved(picture, "PNG", icc_profile=b"nonsense" * 50)) == plain
    other = decode_image(saved(picture, "PNG", icc_profile=swapped)).pixels[0, 0]
    assert other[1] > other[0]


def test_a_bomb_is_refused_unread(tmp_path: Path) -> None:
    for side in (10_050, 13_000, 100_000):
        bomb = tmp_path / f"{side}.png"
        bomb.write_bytes(png_header(side, side) + png_chunk(b"IDAT", b"x" * 100))
        with pytest.raises(StudioError, match="claims") as caught:
            decode_image(bomb)
        assert caught.value.kind == "input"


def test_a_large_picture_within_the_limit_gives_no_warning() -> None:
    # Pillow warns from 89 million pixels on; this one is larger and just truncated.
    data = png_header(9_700, 9_700) + png_chunk(b"IDAT", b"")
    with pytest.raises(StudioError, match="damaged"):
        decode_image(data)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("part", [0.0, 0.01, 0.3, 0.7, 0.95])
def test_truncated_files_are_refused(form: Format, part: float, tmp_path: Path) -> None:
    data = encode_bytes(noise(64, 64), form)
    path = tmp_path / "cut.png"
    path.write_bytes(data[: int(len(data) * part)])
    with pytest.raises(StudioError) as caught:
        decode_image(path)
    assert caught.value.kind == "input"
    assert str(path) in caught.value.happened


def test_text_named_png(tmp_path: Path) -> None:
    path = tmp_path / "letter.png"
    path.write_text("BM is not how this letter begins, but it could")
    with pytest.raises(StudioError, match="does not hold a PNG"):
        decode_image(path)
    assert kind_of(path) is None


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StudioError) as caught:
        decode_image(tmp_path / "gone.png")
    assert caught.value.kind == "missing"


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_flipped_bytes_never_crash(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(FORMATS))
    whole = bytearray(encode_bytes(noise(16, 16), form))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(StudioError):
        assert isinstance(decode_image(bytes(whole)), Image)


@pytest.mark.parametrize("suffix", [".gif", ".webp"])
def test_frames_of_a_film(suffix: str, tmp_path: Path) -> None:
    frames = [ball(i, 5) for i in range(5)]
    path = tmp_path / f"film{suffix}"
    save_film(frames, path, 10, lossless=True)
    back = list(decode_frames(path))
    assert len(back) == 5
    assert kind_of(path) == "animation"
    for one, other in zip(back, frames, strict=True):
        assert difference(one.to_mode("rgb").pixels, other.to_mode("rgb").pixels) < 4


def test_frames_of_an_animated_png(tmp_path: Path) -> None:
    path = tmp_path / "film.png"
    first, *others = [ball(i, 4) for i in range(4)]
    rest = [frame.to_pillow() for frame in others]
    first.to_pillow().save(path, save_all=True, append_images=rest, default_image=True)
    assert kind_of(path) == "animation"
    assert list(decode_frames(path)) == others
    assert decode_image(path) == first


def test_a_still_is_a_film_of_one_frame(tmp_path: Path) -> None:
    path = tmp_path / "still.jpg"
    encode_image(gradient(8, 8), path)
    assert len(list(decode_frames(path))) == 1


def million_frames(path: Path) -> None:
    head = b"GIF89a\x01\0\x01\0\x80\0\0" + bytes(6)
    path.write_bytes(head + 1_000_000 * b",\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0")


def test_a_gif_of_a_million_frames_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decode, "MAX_FRAMES", 50)
    path = tmp_path / "endless.gif"
    million_frames(path)
    assert kind_of(path) == "animation"
    frames = decode_frames(path)
    assert len(list(itertools.islice(frames, 50))) == 50
    with pytest.raises(StudioError, match="more than 50 frames"):
        next(frames)


def test_a_film_of_too_many_pixels_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "film.gif"
    save_film([ball(i, 5) for i in range(5)], path, 10)
    monkeypatch.setattr(decode, "MAX_FILM_PIXELS", 3 * 48 * 48)
    with pytest.raises(StudioError, match="pixels in all"):
        list(decode_frames(path))


def test_a_claimed_gif_canvas_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "vast.gif"
    path.write_bytes(b"GIF89a\xff\xff\xff\xff\x80\0\0" + bytes(6) + b";")
    with pytest.raises(StudioError):
        list(decode_frames(path))


def test_kinds_by_content(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "zip.png", "w") as archive:
        archive.writestr("a", "b")
    samples = {
        "film.png": b"\0\0\0\x18ftypisom" + bytes(16),
        "film.avi": b"RIFF" + struct.pack("<I", 100) + b"AVI LIST",
        "film.mkv": b"\x1aE\xdf\xa3" + bytes(20),
        "song.m4a": b"\0\0\0\x18ftypM4A " + bytes(16),
        "song.wav": b"RIFF" + struct.pack("<I", 100) + b"WAVEfmt ",
        "list.m3u8": b"#EXTM3U\n",
        "empty": b"",
    }
    for name, data in samples.items():
        (tmp_path / name).write_bytes(data)
    found = {path.name: kind_of(path) for path in tmp_path.iterdir()}
    assert found == {
        "zip.png": "archive",
        "film.png": "video",
        "film.avi": "video",
        "film.mkv": "video",
        "song.m4a": None,
        "song.wav": None,
        "list.m3u8": None,
        "empty": None,
    }


def test_a_damaged_picture_is_still_an_image(tmp_path: Path) -> None:
    path = tmp_path / "cut.gif"
    path.write_bytes(b"GIF89a\x01")
    assert kind_of(path) == "image"
