from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path
from typing import NoReturn

import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import (
    CHUNK,
    disk_errors,
    folder_bytes,
    link_or_copy,
    sha256_of,
    write_atomic,
    written_aside,
)


@pytest.mark.parametrize(
    ("number", "words", "kind"),
    [
        (errno.ENOSPC, "The disk is full: here was not written.", "disk"),
        (errno.EACCES, "here may not be read or written.", "disk"),
        (errno.EPERM, "here may not be read or written.", "disk"),
        (errno.EROFS, "here may not be written: its disk is read-only.", "disk"),
        (errno.ENOENT, "here does not exist.", "missing"),
        (errno.EIO, "here could not be read or written", "disk"),
    ],
)
def test_refusals_in_words(number: int, words: str, kind: str) -> None:
    with pytest.raises(StudioError) as caught, disk_errors(Path("here"), kept="All is kept."):
        raise OSError(number, "system's words")
    error = caught.value
    assert error.happened.startswith(words)
    assert (error.kind, error.kept) == (kind, "All is kept.")


def test_the_missing_file_is_the_one_named(tmp_path: Path) -> None:
    inner = tmp_path / "inner" / "gone"
    with pytest.raises(StudioError, match="gone does not exist"), disk_errors(tmp_path):
        inner.read_bytes()


def test_studio_errors_pass_as_they_are() -> None:
    error = StudioError("A.")
    with pytest.raises(StudioError) as caught, disk_errors(Path("here")):
        raise error
    assert caught.value is error


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    write_atomic(target, b"old")

    def fail() -> NoReturn:
        with written_aside(target) as aside:
            assert (aside.parent, aside.suffix) == (tmp_path, ".txt")
            aside.write_bytes(b"half of the n")
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        fail()
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("durable", [True, False])
def test_a_write_replaces_the_old_file(tmp_path: Path, durable: bool) -> None:
    target = tmp_path / "a.txt"
    for data in (b"old", b"new"):
        write_atomic(target, data, durable=durable)
        assert target.read_bytes() == data
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask to follow")
def test_files_follow_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomic(tmp_path / "a", b"")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1])
def test_sha256_reads_every_byte(tmp_path: Path, size: int) -> None:
    data = bytes(size) + b"end"
    (tmp_path / "data").write_bytes(data)
    assert sha256_of(tmp_path / "data") == hashlib.sha256(data).hexdigest()


def test_a_link_or_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"abc")
    link_or_copy(source, tmp_path / "linked")

    def refuse(*_: object) -> NoReturn:
        raise OSError(errno.EXDEV, "Cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    link_or_copy(source, tmp_path / "copied")
    assert (tmp_path / "linked").read_bytes() == (tmp_path / "copied").read_bytes() == b"abc"
    assert (tmp_path / "copied").stat().st_nlink == 1


def test_folder_bytes_counts_links_as_links(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "one").write_bytes(bytes(10))
    (tmp_path / "a" / "b" / "two").write_bytes(bytes(5))
    assert folder_bytes(tmp_path) == 15
    assert folder_bytes(tmp_path / "a" / "b") == 5
    assert folder_bytes(tmp_path / "nothing") == 0
