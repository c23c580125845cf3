"""Frames survive any cutting of the stream, and a hostile stream is refused."""

from __future__ import annotations

import io
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_studio.base.errors import StudioError
from aigc_studio.jobs import wire
from aigc_studio.jobs.messages import Answer, AnyEnvelope, Command, Progress, Request, Result
from aigc_studio.jobs.specs import Encode, ModelRef
from aigc_studio.jobs.wire import Decoder, Frame, Reader, Writer

MODEL = ModelRef(id="0" * 64, path=Path("/m"))

envelopes: st.SearchStrategy[AnyEnvelope] = st.one_of(
    st.sampled_from(["pause", "resume", "stop"]).map(lambda word: Command(action=word)),
    st.text(max_size=20).map(lambda text: Answer(stamp=1, message=Result(values={"t": text}))),
    st.integers(0, 9).map(
        lambda stamp: Request(stamp=stamp, spec=Encode(model=MODEL, inputs=(Path("a"),)))
    ),
)
frames = st.lists(st.tuples(envelopes, st.binary(max_size=300)), max_size=6)


def _stream(parts: list[tuple[AnyEnvelope, bytes]]) -> bytes:
    return b"".join(bytes(piece) for part in parts for piece in wire.encode(*part))


def _plain(found: list[Frame]) -> list[tuple[AnyEnvelope, bytes]]:
    return [(frame.envelope, bytes(frame.payload)) for frame in found]


@given(frames, st.data())
def test_any_cutting_gives_the_same_frames(
    parts: list[tuple[AnyEnvelope, bytes]], data: st.DataObject
) -> None:
    stream = _stream(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=20)))
    decoder, found = Decoder(), []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        found += decoder.feed(stream[start:end])
    assert _plain(found) == parts
    assert decoder.between_frames


@given(frames)
def test_reader_reads_what_writer_wrote(parts: list[tuple[AnyEnvelope, bytes]]) -> None:
    sink = io.BytesIO()
    writer = Writer(sink)
    for part in parts:
        writer.write(*part)
    reader = Reader(io.BytesIO(sink.getvalue()))
    assert _plain(list(iter(reader.read, None))) == parts


@given(st.binary(min_size=16, max_size=200))
def test_garbage_is_refused_or_waits(junk: bytes) -> None:
    if junk[:4] != wire.MAGIC:
        with pytest.raises(StudioError) as caught:
            Decoder().feed(junk)
        assert caught.value.kind == "hostile"


@pytest.mark.parametrize(
    ("json_length", "payload_length"), [(wire.MAX_JSON + 1, 0), (2, wire.MAX_PAYLOAD + 1), (0, 0)]
)
def test_lengths_are_bounded(json_length: int, payload_length: int) -> None:
    with pytest.raises(StudioError, match="out of bounds"):
        Decoder().feed(wire.HEADER.pack(wire.MAGIC, json_length, payload_length))


@pytest.mark.parametrize("body", [b"{}", b"[", b'{"type":"command","action":"explode"}', b"\xff"])
def test_malformed_messages_are_refused(body: bytes) -> None:
    with pytest.raises(StudioError, match="malformed"):
        Decoder().feed(wire.HEADER.pack(wire.MAGIC, len(body), 0) + body)


def test_a_promised_gigabyte_is_not_allocated() -> None:
    decoder = Decoder()
    body = b"".join(bytes(piece) for piece in wire.encode(Command(action="stop")))[16:]
    decoder.feed(wire.HEADER.pack(wire.MAGIC, len(body), wire.MAX_PAYLOAD) + body)
    assert len(decoder.room()) <= wire.FIRST_ROOM


def test_memory_grows_with_what_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "FIRST_ROOM", 16)
    payload = os.urandom(1000)
    frame, *rest = Decoder().feed(_stream([(Command(action="stop"), payload)]))
    assert bytes(frame.payload) == payload
    assert not rest


def test_a_stream_that_ends_inside_a_frame_is_told() -> None:
    stream = _stream([(Command(action="stop"), b"payload")])
    with pytest.raises(StudioError) as caught:
        Reader(io.BytesIO(stream[:-1])).read()
    assert caught.value.kind == "crashed"


def test_too_large_a_message_is_refused_before_it_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wire, "MAX_PAYLOAD", 10)
    sink = io.BytesIO()
    with pytest.raises(StudioError) as caught:
        Writer(sink).write(Command(action="stop"), b"12345678901")
    assert caught.value.kind == "input"
    assert sink.getvalue() == b""


class _Trickle(io.BytesIO):
    """Takes a few bytes at a time, as a full pipe does."""

    def write(self, data: wire.Payload, /) -> int:  # type: ignore[override]
        return super().write(memoryview(data)[:7])


def test_threads_do_not_mix_frames() -> None:
    sink = _Trickle()
    writer = Writer(sink)

    def talk(stamp: int) -> None:
        for step in range(50):
            message = Progress(step=step, total=50, seconds=0)
            writer.write(Answer(stamp=stamp, message=message), bytes([stamp]) * 99)

    threads = [threading.Thread(target=talk, args=(stamp,)) for stamp in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = Decoder().feed(sink.getvalue())
    assert len(found) == 200
    for frame in found:
        assert isinstance(frame.envelope, Answer)
        assert set(frame.payload) == {frame.envelope.stamp}
