from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import NoReturn

import pytest
from filelock import FileLock

from aigc_studio.base.errors import StudioError
from aigc_studio.base.locks import Lock, holder_of, is_held

HOLDER = """
import sys
from pathlib import Path
from aigc_studio.base.locks import Lock
lock = Lock(Path(sys.argv[1]), "somebody")
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lock"


def test_one_holder_at_a_time(path: Path) -> None:
    assert not is_held(path)
    with Lock(path, "window") as first:
        assert first.held
        assert is_held(path)
        with pytest.raises(StudioError, match=f"window \\(process {os.getpid()} on") as caught:
            Lock(path, "command").acquire()
        assert caught.value.kind == "busy"
    assert not first.held
    assert not is_held(path)
    with Lock(path, "command"):
        assert is_held(path)


def test_release_is_harmless_when_not_held(path: Path) -> None:
    lock, other = Lock(path, "window"), Lock(path, "command")
    lock.acquire()
    other.release()
    assert is_held(path)
    lock.release()
    lock.release()
    assert not is_held(path)


def test_a_lock_dies_with_its_process(path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"held"
        assert is_held(path)
        with pytest.raises(StudioError, match="somebody"):
            Lock(path, "window").acquire()
        process.kill()
    assert not is_held(path)  # though its tag still lies there
    with Lock(path, "window"):
        assert "window" in str(holder_of(path.with_name("lock.holder")))


def test_without_a_tag_the_lock_is_free_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    lock = Lock(path, "window")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", full)
        with pytest.raises(OSError, match="No space"):
            lock.acquire()
    assert not lock.held
    assert not is_held(path)
    with Lock(path, "command"):
        pass


def test_a_tag_that_stays_does_not_keep_the_lock(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise PermissionError(13, "Permission denied")

    lock = Lock(path, "window")
    lock.acquire()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        lock.release()
    assert not is_held(path)


def test_a_glance_at_the_lock_sends_nobody_away(path: Path) -> None:
    glance = FileLock(path, thread_local=False)  # what `is_held` does, slower
    glance.acquire()
    ending = threading.Timer(0.01, glance.release)
    ending.start()
    with Lock(path, "window") as lock:
        assert lock.held
    ending.join()


def test_two_glances_do_not_take_each_other_for_a_holder(path: Path) -> None:
    glance = FileLock(path, thread_local=False)
    glance.acquire()
    ending = threading.Timer(0.01, glance.release)
    ending.start()
    assert not is_held(path)
    ending.join()


@pytest.mark.parametrize("content", [None, "", "{}", "[1]", '{"pid": 1}', "\udcff"])
def test_a_tag_that_says_nothing(path: Path, content: str | None) -> None:
    if content is not None:
        path.write_bytes(content.encode(errors="surrogateescape"))
    assert holder_of(path) == "another process"
