"""Frames on the pipe between parent and worker: a header, JSON, and raw bytes beside it."""

from __future__ import annotations

import contextlib
import struct
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pydantic import ValidationError

from aigc_studio.base.errors import StudioError
from aigc_studio.jobs.messages import ENVELOPE, AnyEnvelope

if TYPE_CHECKING:
    from collections.abc import Sequence

Payload = bytes | bytearray | memoryview

MAX_JSON = 64 << 20
MAX_PAYLOAD = 2 << 30
MAGIC = b"AIGC"
HEADER = struct.Struct("<4sIQ")
# Memory is taken as bytes arrive: a header that lies about its lengths costs no more than this.
FIRST_ROOM = 16 << 20


@dataclass(frozen=True)
class Frame:
    """One message and the raw bytes that came with it."""

    envelope: AnyEnvelope
    payload: Payload = b""


class Source(Protocol):
    """An unbuffered binary stream to read from (a pipe's `FileIO`)."""

    def readinto(self, buffer: memoryview, /) -> int | None:
        """Fill some of `buffer`; 0 at the end of the stream."""


class Sink(Protocol):
    """An unbuffered binary stream to write to; may write less than it is given."""

    def write(self, data: Payload, /) -> int | None:
        """Write some of `data` and answer how much."""

    def close(self) -> None:
        """Close the stream."""


class Decoder:
    """Turns bytes, however they are cut, into frames.

    `room` and `advance` let a reader fill the decoder's own memory; `feed` copies instead.
    After a StudioError the stream is lost: its frames can no longer be told apart.
    """

    def __init__(self) -> None:
        self._part = _Part(HEADER.size)
        self._json: bytes | None = None
        self._lengths: tuple[int, int] | None = None

    @property
    def between_frames(self) -> bool:
        """Whether the stream may end here without losing anything."""
        return self._lengths is None and self._part.filled == 0

    def room(self) -> memoryview:
        """The memory where the next bytes belong; never empty."""
        return self._part.room()

    def advance(self, count: int) -> Frame | None:
        """Say that `count` bytes of `room` were filled; answers a frame that this completed.

        Raises:
            StudioError: kind "hostile": no stream of ours, or a message out of bounds.
        """
        self._part.filled += count
        while self._part.is_whole:
            if frame := self._next_part():
                return frame
        return None

    def feed(self, data: Payload) -> list[Frame]:
        """Take some bytes of the stream and answer the frames they complete.

        Raises:
            StudioError: as `advance`.
        """
        frames = []
        rest = memoryview(data).cast("B")
        while rest:
            room = self.room()
            count = min(len(room), len(rest))
            room[:count] = rest[:count]
            if frame := self.advance(count):
                frames.append(frame)
            rest = rest[count:]
        return frames

    def _next_part(self) -> Frame | None:
        whole = self._part.data
        if self._lengths is None:
            self._lengths = _lengths(whole)
            self._part = _Part(self._lengths[0])
        elif self._json is None:
            self._json = bytes(whole)
            self._part = _Part(self._lengths[1])
        else:
            frame = Frame(_envelope(self._json), whole)
            self._part, self._json, self._lengths = _Part(HEADER.size), None, None
            return frame
        return None


class _Part:
    """A piece of known length that fills up; memory grows with what really arrives."""

    def __init__(self, length: int) -> None:
        self.length = length
        self.filled = 0
        self.data = bytearray(min(length, FIRST_ROOM))

    @property
    def is_whole(self) -> bool:
        return self.filled == self.length

    def room(self) -> memoryview:
        if self.filled == len(self.data):
            # A new array rather than a resize: somebody may still hold a view of the old one.
            bigger = bytearray(min(self.length, 2 * len(self.data)))
            bigger[: self.filled] = self.data
            self.data = bigger
        return memoryview(self.data)[self.filled :]


class Reader:
    """Reads frames from a stream, blocking."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._decoder = Decoder()

    def read(self) -> Frame | None:
        """The next frame, or None at the end of the stream.

        Raises:
            StudioError: kind "crashed" when the stream ends inside a frame, "hostile" when
                it holds something else.
            OSError: the stream cannot be read.
        """
        while True:
            count = self._source.readinto(self._decoder.room())
            if not count:
                self._check_end()
                return None
            if frame := self._decoder.advance(count):
                return frame

    def _check_end(self) -> None:
        if not self._decoder.between_frames:
            raise StudioError("The other process ended in the middle of a message.", kind="crashed")


class Writer:
    """Writes frames to a stream; any thread may call it, frames never mix."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._lock = threading.Lock()

    def write(self, envelope: AnyEnvelope, payload: Payload = b"") -> None:
        """Write one frame, blocking until the stream has taken all of it.

        Raises:
            StudioError: kind "input", the message is out of bounds; nothing was written.
            OSError: the stream cannot be written (BrokenPipeError: nobody reads it).
        """
        parts = encode(envelope, payload)
        with self._lock:
            for part in parts:
                _write_all(self._sink, part)

    def close(self, *, timeout: float) -> bool:
        """Close the stream; False when a frame was still stuck in it after `timeout` seconds."""
        if not self._lock.acquire(timeout=timeout):
            return False
        try:
            with contextlib.suppress(OSError):
                self._sink.close()
        finally:
            self._lock.release()
        return True


def encode(envelope: AnyEnvelope, payload: Payload = b"") -> Sequence[Payload]:
    """The pieces of a frame, in order; the payload is not copied.

    Raises:
        StudioError: kind "input", the message is out of bounds.
    """
    body = envelope.model_dump_json().encode()
    raw = memoryview(payload).cast("B")
    if len(body) > MAX_JSON or len(raw) > MAX_PAYLOAD:
        raise StudioError(
            f"The request is too large to send: {len(body)} + {len(raw)} bytes.",
            kept="Nothing was started.",
            todo="Ask for fewer things at a time.",
            kind="input",
        )
    return (HEADER.pack(MAGIC, len(body), len(raw)) + body, raw)


def _write_all(sink: Sink, data: Payload) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[sink.write(rest) or 0 :]


def _lengths(header: Payload) -> tuple[int, int]:
    magic, json_length, payload_length = HEADER.unpack(header)
    if magic != MAGIC:
        raise _refused("it does not speak our language")
    if not 0 < json_length <= MAX_JSON or payload_length > MAX_PAYLOAD:
        raise _refused("a message is out of bounds")
    return json_length, payload_length


def _envelope(body: bytes) -> AnyEnvelope:
    try:
        return ENVELOPE.validate_json(body)
    except ValidationError as error:
        raise _refused(f"a message is malformed ({error.error_count()} errors)") from error


def _refused(reason: str) -> StudioError:
    return StudioError(
        f"What came from the other process was refused: {reason}.",
        kind="hostile",
        todo="Try again; if it happens again, reinstall the studio.",
    )
