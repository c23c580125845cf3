from __future__ import annotations

import contextlib
import errno
import os
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.media import boxes, video
from aigc_studio.media.decode import kind_of
from aigc_studio.media.image import Image
from aigc_studio.media.provenance_reading import read_provenance
from aigc_studio.media.video import encode_mp4, encode_webm, video_frames
from tests.media.helpers import ORIGIN, ball, difference

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.media.image import Pixels


def film(count: int = 10, size: int = 64) -> Pixels:
    frames = [ball(i, count, size).to_mode("rgb", (200, 120, 40)) for i in range(count)]
    return np.stack([frame.pixels for frame in frames])


@pytest.mark.parametrize(
    "codec", [codec for codec in video.MP4_CODECS if codec in av.codecs_available]
)
def test_mp4_round_trip(codec: str, tmp_path: Path) -> None:
    path, frames = tmp_path / "film.mp4", film()
    report = encode_mp4(frames, path, 10, ORIGIN, codecs=[codec])
    back = np.stack([frame.pixels for frame in video_frames(path, 0.1)])
    assert back.shape == frames.shape
    assert difference(back, frames) < 4
    # The background is flat: its colour must not have shifted, whatever the matrix.
    assert np.abs(back[0, 2, 2].astype(int) - frames[0, 2, 2]).max() <= 3
    assert read_provenance(path) == ORIGIN
    assert set(report.embedded) == set(ORIGIN.items())
    assert kind_of(path) == "video"


def test_webm_round_trip(tmp_path: Path) -> None:
    path, frames = tmp_path / "film.webm", film()
    encode_webm(frames, path, 10, ORIGIN)
    assert len(list(video_frames(path, 0.1))) == 10
    found = read_provenance(path)
    assert found is not None
    assert (found.recipe_json, found.author) == (ORIGIN.recipe_json, ORIGIN.author)
    assert found.digital_source_type == ORIGIN.digital_source_type


def test_mp4_begins_to_play_before_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    encode_mp4(film(), path, 10)
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    assert read_provenance(path) is None


@pytest.mark.parametrize("suffix", ["mp4", "webm"])
def test_the_same_bytes_again(suffix: str, tmp_path: Path) -> None:
    encode = encode_mp4 if suffix == "mp4" else encode_webm
    paths = [tmp_path / f"{name}.{suffix}" for name in "ab"]
    for path in paths:
        encode(film(4), path, 10, ORIGIN)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_odd_sizes_are_padded_by_their_edge(tmp_path: Path) -> None:
    path = tmp_path / "odd.mp4"
    report = encode_mp4(film(3)[:, :33, :31], path, 10)
    assert next(video_frames(path)).size == (32, 34)
    assert "even size" in report.notes[0]


def test_the_first_codec_that_exists_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    encode_mp4(film(3), path, 10, codecs=["no-such-codec", "libvpx-vp9"])
    with av.open(str(path)) as container:
        assert container.streams.video[0].codec_context.name.startswith(("vp9", "libvpx"))
    with pytest.raises(StudioError, match="no encoder") as caught:
        encode_mp4(film(3), path, 10, codecs=["no-such-codec"])
    assert caught.value.kind == "missing"


def test_frames_are_taken_by_time(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    encode_mp4(film(30), path, 10)
    assert len(list(video_frames(path, 1.0))) == 3
    assert len(list(video_frames(path, 0.5))) == 6
    assert len(list(video_frames(path, 0.001))) == 30
    assert len(list(video_frames(path, 0.001, limit=7))) == 7
    assert len(list(video_frames(path, 100))) == 1


def written(path: Path, times: list[int], turn: int = 0) -> None:
    """A film whose frames stand at these milliseconds, to be shown turned."""
    pixels = np.zeros((32, 64, 3), np.uint8)
    pixels[:16, :16] = 255
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=1000)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = 64, 32, "yuv420p"
        if turn:
            stream.set_display_rotation(turn)
        for time in times:
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            frame.pts, frame.time_base = time, Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def test_a_variable_rate_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "vfr.mp4"
    written(path, [0, 10, 20, 30, 900, 2500, 2510, 3100])
    assert len(list(video_frames(path, 1.0))) == 3


@pytest.mark.parametrize(("turn", "corner"), [(90, (48, 4)), (180, (28, 60)), (-90, (4, 28))])
def test_turned_films_come_out_upright(turn: int, corner: tuple[int, int], tmp_path: Path) -> None:
    path = tmp_path / "phone.mp4"
    written(path, [0, 40], turn)
    picture = next(video_frames(path))
    assert picture.size == ((32, 64) if abs(turn) == 90 else (64, 32))
    row, column = corner
    assert picture.pixels[row, column].min() > 200
    assert (picture.pixels > 128).mean() == pytest.approx(1 / 8, abs=0.05)


def test_damaged_films_are_refused_in_words(tmp_path: Path) -> None:
    whole = tmp_path / "film.mp4"
    encode_mp4(film(20), whole, 10)
    data = whole.read_bytes()
    for cut in (40, 400, len(data) // 2):
        path = tmp_path / f"{cut}.mp4"
        path.write_bytes(data[:cut])
        with contextlib.suppress(StudioError):
            assert all(isinstance(frame, Image) for frame in video_frames(path, 0.1))
    noise = np.random.default_rng(0).integers(0, 256, 20_000, np.uint8).tobytes()
    scrambled = tmp_path / "noise.mp4"
    scrambled.write_bytes(data[:32] + noise)
    with pytest.raises(StudioError, match="cannot be read as a film"):
        list(video_frames(scrambled))


def test_no_film_at_all(tmp_path: Path) -> None:
    path = tmp_path / "list.mp4"
    path.write_text("#EXTM3U\n/etc/passwd\n")
    with pytest.raises(StudioError, match="does not hold a film"):
        next(video_frames(path))
    with pytest.raises(StudioError) as caught:
        next(video_frames(tmp_path / "gone.mp4"))
    assert caught.value.kind == "missing"


def test_frames_too_large_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "film.mp4"
    encode_mp4(film(2), path, 10)
    monkeypatch.setattr(video, "MAX_PIXELS", 1000)
    with pytest.raises(StudioError, match="64 x 64"):
        next(video_frames(path))


@pytest.mark.parametrize("shape", [(0, 4, 4, 3), (2, 4, 4, 4), (4, 4, 3)])
def test_what_makes_no_film(shape: tuple[int, ...], tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="make no film"):
        encode_mp4(np.zeros(shape, np.uint8), tmp_path / "film.mp4", 10)


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, packet: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(video, "append_xmp", full)
    with pytest.raises(StudioError, match="disk is full"):
        encode_mp4(film(2), tmp_path / "film.mp4", 10, ORIGIN)
    assert not list(tmp_path.iterdir())


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(StudioError) as caught:
        encode_mp4(film(2), tmp_path / "no" / "film.mp4", 10)
    assert caught.value.kind == "missing"


def test_boxes_of_odd_files(tmp_path: Path) -> None:
    path = tmp_path / "odd.mp4"
    for data in (b"", b"\0\0\0\x08free", bytes(64), b"\0\0\0\x01free" + bytes(8)):
        path.write_bytes(data)
        assert boxes.xmp_of_mp4(path, 100) is None
    boxes.append_xmp(path, b"x" * 200)
    path.write_bytes(b"\0\0\0\x08free")
    boxes.append_xmp(path, b"x" * 200)
    assert boxes.xmp_of_mp4(path, 100) is None
    assert boxes.xmp_of_mp4(path, 200) == b"x" * 200
