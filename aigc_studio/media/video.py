"""MP4 and WebM films in and out, by PyAV; only ever called in a worker process.

A damaged film can crash a decoder, which then costs a job and never the unsaved work.
"""

from __future__ import annotations

import contextlib
import math
import os
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import disk_errors, written_aside
from aigc_studio.media.boxes import append_xmp
from aigc_studio.media.decode import MAX_PIXELS, kind_of
from aigc_studio.media.embed import xmp_packet
from aigc_studio.media.encode import EncodeReport
from aigc_studio.media.gif import unheard
from aigc_studio.media.image import Image

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from av import VideoFrame
    from av.container import InputContainer, OutputContainer
    from av.video.stream import VideoStream

    from aigc_studio.media.gif import Advance
    from aigc_studio.media.image import Pixels
    from aigc_studio.media.provenance import Provenance

# In order of preference; the installers that we ship have no H.264.
MP4_CODECS = ("libx264", "libsvtav1", "libaom-av1", "libvpx-vp9")
WEBM_CODECS = ("libvpx-vp9", "libsvtav1", "libaom-av1")
_OPTIONS: dict[str, dict[str, str]] = {
    "libx264": {"crf": "16", "preset": "medium"},
    "libsvtav1": {"crf": "24", "preset": "8"},
    "libaom-av1": {"crf": "24", "cpu-used": "6"},
    "libvpx-vp9": {"crf": "20", "b": "0", "cpu-used": "4", "row-mt": "1"},
}
# Without these marks players guess the colour matrix from the height, and colours shift.
_BT709, _LIMITED_RANGE = 1, 1
# Times are sums of parts that are no whole milliseconds.
_CLOCK_ERROR = 1e-4
# No playlists, which name other files, and nothing from the net.
_INPUT_OPTIONS = {
    "protocol_whitelist": "file",
    "format_whitelist": "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,flv,mpeg,mpegvideo,mpegts,"
    "asf,ogg",
}


def encode_mp4(
    frames: Pixels,
    path: Path,
    fps: float,
    provenance: Provenance | None = None,
    *,
    codecs: Sequence[str] = MP4_CODECS,
    advance: Advance = unheard,
) -> EncodeReport:
    """Write an MP4: H.264 where there is an encoder, else AV1 or VP9; yuv420p, fast start.

    Args:
        frames: uint8 (N, H, W, 3); an odd height or width is padded by its edge.
        fps: frames a second, above 0, at most 240.
        advance: called with the part that is done, 0 to 1; what it raises ends the work.

    Raises:
        StudioError: kind "input" for frames that make no film, "missing" without an encoder,
            "disk".
    """
    return _encode(frames, path, fps, provenance, "mp4", codecs, advance)


def encode_webm(
    frames: Pixels,
    path: Path,
    fps: float,
    provenance: Provenance | None = None,
    *,
    codecs: Sequence[str] = WEBM_CODECS,
    advance: Advance = unheard,
) -> EncodeReport:
    """Write a WebM (VP9, else AV1); see `encode_mp4`."""
    return _encode(frames, path, fps, provenance, "webm", codecs, advance)


def _encode(
    frames: Pixels,
    path: Path,
    fps: float,
    provenance: Provenance | None,
    form: str,
    codecs: Sequence[str],
    advance: Advance,
) -> EncodeReport:
    _check(frames, fps)
    codec = _available(codecs)
    even = _even(frames)
    with disk_errors(path, kept="The project is unchanged."), written_aside(path) as aside:
        with _container(aside, form) as container:
            container.metadata.update(_tags(provenance))
            _write(container, even, codec, fps, advance)
        if provenance and form == "mp4":
            append_xmp(aside, xmp_packet(provenance))
    notes = () if even.shape == frames.shape else ("It was padded to an even size.",)
    held = provenance.items() if provenance else ()
    return EncodeReport(path, held, notes=notes, codec=codec)


def _check(frames: Pixels, fps: float) -> None:
    shaped = frames.ndim == 4 and frames.shape[3] == 3 and frames.dtype == np.uint8
    if not shaped or 0 in frames.shape or not 0 < fps <= 240:
        raise StudioError(
            f"These frames make no film: {frames.dtype} {frames.shape} at {fps} frames a second.",
            kept="Nothing was written.",
            kind="input",
        )


def _available(codecs: Sequence[str]) -> str:
    from av.codec import Codec
    from av.codec.codec import UnknownCodecError

    for name in codecs:
        with contextlib.suppress(UnknownCodecError):
            return Codec(name, "w").name
    raise StudioError(
        "This machine has no encoder for films.",
        kept="GIF, WebP and sprite sheets can be written.",
        todo="Install PyAV with pip: pip install --force-reinstall av.",
        kind="missing",
    )


def _even(frames: Pixels) -> Pixels:
    down, across = frames.shape[1] % 2, frames.shape[2] % 2
    if not down and not across:
        return frames
    return np.pad(frames, ((0, 0), (0, down), (0, across), (0, 0)), mode="edge")


def _tags(provenance: Provenance | None) -> dict[str, str]:
    if provenance is None:
        return {}
    tags = {
        "title": provenance.title,
        "artist": provenance.author,
        "copyright": provenance.rights,
        "comment": provenance.recipe_json,
        "digital_source_type": provenance.digital_source_type,
    }
    return {key: _plain(text) for key, text in tags.items() if text}


def _plain(text: str) -> str:
    return text.replace("\0", "").encode(errors="replace").decode()


@contextlib.contextmanager
def _container(path: Path, form: str) -> Iterator[OutputContainer]:
    import av

    # "bitexact" leaves out times and random numbers: equal films, equal bytes.
    options = {"fflags": "+bitexact"} | ({"movflags": "+faststart"} if form == "mp4" else {})
    os.environ.setdefault("SVT_LOG", "1")  # the AV1 encoder talks to stderr unless told not to
    try:
        with av.open(str(path), "w", format=form, options=options) as container:
            yield container
    except av.error.FFmpegError as error:
        if isinstance(error, OSError) and error.errno:
            raise OSError(error.errno, error.strerror) from error
        raise StudioError(f"The film could not be encoded: {error}.") from error


def _write(
    container: OutputContainer, frames: Pixels, codec: str, fps: float, advance: Advance
) -> None:
    import av

    rate = Fraction(fps).limit_denominator(1001)
    stream = container.add_stream(codec, rate=rate, options=_OPTIONS.get(codec, {}))
    if not isinstance(stream, av.VideoStream):
        raise TypeError(f"{codec} is no encoder of pictures")
    stream.height, stream.width = frames.shape[1], frames.shape[2]
    stream.pix_fmt = "yuv420p"
    context = stream.codec_context
    context.colorspace = context.color_primaries = context.color_trc = _BT709
    context.color_range = _LIMITED_RANGE
    for number, pixels in enumerate(frames):
        advance(number / len(frames))
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")
        planar = frame.reformat(format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG")
        container.mux(stream.encode(planar))
    container.mux(stream.encode(None))


def read_tags(path: Path) -> Mapping[str, str]:
    """The container's metadata, keys in lower case; empty when it cannot be read."""
    import av

    try:
        with av.open(str(path.absolute()), options=_INPUT_OPTIONS, metadata_errors="replace") as c:
            return {key.lower(): value for key, value in c.metadata.items()}
    except (av.error.FFmpegError, OSError, ValueError):
        return {}


def video_frames(path: Path, every_seconds: float = 1.0, limit: int = 2000) -> Iterator[Image]:
    """Pictures of a film, upright: the first frame, then one every `every_seconds`.

    Args:
        every_seconds: by the frames' own times, so that a variable rate does no harm.
        limit: most pictures to take.

    Raises:
        StudioError: kind "input" when it holds no film or is damaged (pictures before the
            damage have been yielded), "missing" when there is no file.
    """
    if kind_of(path) != "video":
        raise _unreadable(path, "it does not hold a film that is known here")
    taken, due = 0, 0.0
    for frame, time in _decoded(path):
        if taken == limit:
            return
        if time + _CLOCK_ERROR >= due:
            yield _upright(frame)
            taken += 1
            due = (math.floor((time + _CLOCK_ERROR) / every_seconds) + 1) * every_seconds


def _decoded(path: Path) -> Iterator[tuple[VideoFrame, float]]:
    """Frames and their times in seconds from the first."""
    import av

    try:
        with av.open(str(path.absolute()), options=_INPUT_OPTIONS, metadata_errors="replace") as c:
            yield from _timed(c, path)
    except (av.error.FFmpegError, ValueError) as error:
        raise _unreadable(path, f"it is damaged ({error})") from error


def _timed(container: InputContainer, path: Path) -> Iterator[tuple[VideoFrame, float]]:
    if not container.streams.video:
        raise _unreadable(path, "there are no pictures in it")
    stream = container.streams.video[0]
    _check_size(stream, path)
    stream.thread_type = "AUTO"
    step = 1 / float(stream.average_rate or 25)
    start: float | None = None
    time = -step
    for frame in container.decode(stream):
        if frame.width * frame.height > MAX_PIXELS:
            raise _unreadable(path, "its frames are too large")
        time = time + step if frame.pts is None or frame.time is None else frame.time
        start = time if start is None else start
        yield frame, time - start
    if start is None:
        raise _unreadable(path, "no frame of it can be decoded")


def _check_size(stream: VideoStream, path: Path) -> None:
    # A stream whose codec is unknown has no width, whatever PyAV's types say.
    width, height = getattr(stream, "width", 0), getattr(stream, "height", 0)
    if not width or not height:
        raise _unreadable(path, "its pictures are of an unknown sort")
    if width * height > MAX_PIXELS:
        raise _unreadable(path, f"its frames have {width} x {height} pixels")


def _upright(frame: VideoFrame) -> Image:
    pixels = np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
    # `rotation` says how far the player must turn the frame counter-clockwise.
    return Image(np.rot90(pixels, round(frame.rotation / 90) % 4))


def _unreadable(path: Path, reason: str) -> StudioError:
    return StudioError(
        f"{path} cannot be read as a film: {reason}.",
        kept="Pictures taken before are kept.",
        todo="Convert it to MP4 with another program, or leave it out.",
        kind="input",
    )
