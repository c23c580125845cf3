"""Kills and full disks: whatever happens, the old or the new state is there, whole."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.document import bundle, changes, journal
from aigc_studio.document.check import check
from aigc_studio.document.manifest import is_bundle
from aigc_studio.document.store import Store
from tests.document.helpers import add_picture, write_model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aigc_studio.document.model import Project

SOAK = int(os.environ.get("AIGC_SOAK", "1"))
KILLS = 200 if SOAK > 1 else 10
posix_only = pytest.mark.skipif(os.name == "nt", reason="needs fork and SIGKILL")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the project of a test lies."""
    return tmp_path / "foxes.aigc"


def die_at(operation: int) -> None:
    """Let this process die by SIGKILL at its n-th operation on the disk, half done if a write."""
    left = [operation]

    def doomed(real: Callable[..., Any], half: Callable[..., object] | None) -> Callable[..., Any]:
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            left[0] -= 1
            if left[0] == 0:
                if half is not None:
                    half(*args)
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **kwargs)

        return wrapper

    write, write_bytes = os.write, Path.write_bytes
    half_writes: dict[str, Callable[..., object]] = {
        "write": lambda handle, data: write(handle, bytes(data)[: len(data) // 2])
    }
    for name in ("write", "fsync", "replace", "rename", "unlink", "mkdir", "ftruncate", "open"):
        setattr(os, name, doomed(getattr(os, name), half_writes.get(name)))
    Path.write_bytes = doomed(  # type: ignore[method-assign]
        write_bytes, lambda path, data: write_bytes(path, data[: len(data) // 2])
    )


def in_child(work: Callable[[], None]) -> int:
    """Run `work` in a fork of this process; answers the signal it died of, 0 when it ended."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


@posix_only
def test_a_kill_at_any_operation_of_a_save_leaves_old_or_new(folder: Path, tmp_path: Path) -> None:
    with Store.create(folder) as store:
        add_picture(store, 0)
        store.save()
        old = store.project

    def edit_and_save(operation: int) -> None:
        write_model(tmp_path / "model", value=operation)
        with Store.open(folder) as store:
            die_at(operation)
            add_picture(store, operation)
            store.adopt_model(tmp_path / "model")
            store._journal.flush()
            store.save()
            store.apply(changes.set_project(store.project, name="unsaved"))

    operation, died = 0, True
    while died:
        operation += 1
        died = in_child(partial(edit_and_save, operation)) == signal.SIGKILL
        with Store.open(folder) as store:
            assert set(old.assets) <= set(store.project.assets)
            assert store.missing == ()
            for asset in store.project.assets.values():
                assert store.asset_path(asset).stat().st_size == asset.bytes
            for model in store.project.models:
                assert store.model_folder(model)
            store.save()
        assert [problem for problem in check(folder) if problem.weight == "error"] == []
        assert check(folder) == []
        old = store.project
    assert operation > 25  # the injection reached every step
    assert old.name == "unsaved"  # the last one was not killed; its journal was recovered


@posix_only
def test_a_kill_while_a_project_is_made_lets_it_be_made_again(folder: Path) -> None:
    def create(operation: int) -> None:
        die_at(operation)
        Store.create(folder).close()

    operation, died = 0, True
    while died:
        operation += 1
        died = in_child(partial(create, operation)) == signal.SIGKILL
        if is_bundle(folder):
            Store.open(folder).close()
            break
    else:
        pytest.fail("never made")
    assert operation > 3


SAVER = """
import sys
from pathlib import Path
from aigc_studio.document import changes
from aigc_studio.document.store import Store
from tests.document.helpers import add_picture
with Store.open(Path(sys.argv[1])) as store:
    number = int(store.project.rights or 0)
    while True:
        number += 1
        add_picture(store, number)
        store.apply(changes.set_project(store.project, rights=str(number)))
        store.save()
        print(number, flush=True)
"""
TYPIST = """
import sys, time
from pathlib import Path
from aigc_studio.document import changes
from aigc_studio.document.store import Store
with Store.open(Path(sys.argv[1])) as store:
    while True:
        store.apply(changes.set_project(store.project, rights=repr(time.time())))
        print(store.project.rights, flush=True)
        time.sleep(0.01)
"""


def killed(code: str, folder: Path, seconds: float) -> list[str]:
    """Run `code` on the project, kill it after its first line and `seconds`; what it printed."""
    command = [sys.executable, "-c", code, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        first = child.stdout.readline()
        time.sleep(seconds)
        child.kill()
        return [first, *child.stdout.read().splitlines()]


@pytest.mark.soak
@posix_only
def test_sigkill_while_saving_loses_nothing_saved(folder: Path) -> None:
    Store.create(folder).close()
    dice = random.Random(1)
    for _ in range(KILLS):
        printed = killed(SAVER, folder, dice.uniform(0, 0.15))
        with Store.open(folder, read_only=True) as store:
            assert int(store.project.rights) >= int(printed[-1])
            assert len(store.project.assets) == int(store.project.rights)
        with Store.open(folder):
            pass
        assert [problem for problem in check(folder) if problem.weight == "error"] == []


@posix_only
def test_sigkill_loses_at_most_the_last_second(folder: Path) -> None:
    Store.create(folder).close()
    for seconds in (0.0, 1.5):
        last = float(killed(TYPIST, folder, seconds)[-1])
        with Store.open(folder) as store:
            kept = float(store.project.rights or last - 0.5)
            assert last - kept < 1.0
            store.save()


def test_a_torn_or_foreign_journal_is_passed_over(folder: Path) -> None:
    with Store.create(folder) as store:
        for number in range(3):
            store.apply(changes.set_project(store.project, rights=str(number)))
    file = folder / bundle.JOURNAL
    whole = file.read_bytes()
    lines = whole.splitlines(keepends=True)
    revision = bundle.read_manifest(folder)[1]
    torn = {
        2: [whole[:-1], whole[:-20], whole.replace(b'"2"', b'"3"', 1), whole + b"\xff\x00{"],
        1: [lines[0] + lines[2], lines[0] + b"\n" + lines[1]],
        0: [b"", lines[1], whole.replace(revision.encode(), b"0" * 64)],
    }
    for kept, cases in torn.items():
        for case in cases:
            file.write_bytes(case)
            found = journal.read_journal(file, revision)
            expected = 3 if case.startswith(whole) else kept
            assert len(found.edits) == expected
    assert journal.read_journal(file, revision).edits == ()
    file.write_bytes(whole[:-5])
    with Store.open(folder) as store:
        assert store.recovered == 2
        store.apply(changes.set_project(store.project, rights="behind the tear"))
    with Store.open(folder) as store:
        assert (store.recovered, store.project.rights) == (3, "behind the tear")


def test_an_edit_that_does_not_fit_ends_the_recovery(folder: Path) -> None:
    with Store.create(folder) as store:
        for number in range(3):
            store.apply(changes.set_project(store.project, rights=str(number)))
        wrong = changes.set_project(store.project, rights="x")
        store._journal.append(wrong)
        store._journal.append(wrong)
    with Store.open(folder) as store:
        assert (store.recovered, store.project.rights) == (4, "x")


def test_undone_and_saved_again_is_not_done_again(folder: Path) -> None:
    with Store.create(folder) as store:
        store.apply(changes.set_project(store.project, rights="x"))
        store._journal.flush()
        store.save()
        store.undo()
        store.save()
    with Store.open(folder) as store:
        assert (store.recovered, store.project.rights) == (0, "")


def test_payloads_are_durable_before_the_commit(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trace: list[str] = []
    names: dict[int, str] = {}
    real_open, real_fsync, real_replace = os.open, os.fsync, os.replace

    def opened(path: Any, *args: Any, **kwargs: Any) -> int:
        handle = real_open(path, *args, **kwargs)
        names[handle] = Path(path).name
        return handle

    def synced(handle: int) -> None:
        trace.append(f"sync {names.get(handle, '?')}")
        real_fsync(handle)

    def replaced(source: Any, target: Any, **_: Any) -> None:
        trace.append(f"replace {Path(target).name}")
        real_replace(source, target)

    with Store.create(folder) as store:
        monkeypatch.setattr(os, "open", opened)
        monkeypatch.setattr(os, "fsync", synced)
        monkeypatch.setattr(os, "replace", replaced)
        monkeypatch.setattr(journal, "FLUSH_SECONDS", 60.0)
        assets = [add_picture(store, number) for number in range(20)]
        store.save()
    commit = trace.index("replace manifest.json")
    for asset in assets:
        assert trace.index(f"sync {asset.file_name}") < trace.index("sync assets") < commit


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bool], None]]:
    """A switch that makes every write to the journal fail as on a full disk."""
    real = os.write
    full = [False]

    def write(handle: int, data: Any) -> int:
        if full[0] and Path(f"/proc/self/fd/{handle}").readlink().name == bundle.JOURNAL:
            real(handle, bytes(data)[:10])
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(handle, data)

    monkeypatch.setattr(os, "write", write)
    monkeypatch.setattr(journal, "FLUSH_SECONDS", 0.01)
    yield lambda state: full.__setitem__(0, state)
    full[0] = False


def wait_for_failure(store: Store) -> None:
    """Until the journal's thread has met the full disk."""
    deadline = time.monotonic() + 5
    while store._journal._failure is None and time.monotonic() < deadline:
        time.sleep(0.01)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
def test_a_full_disk_is_told_at_the_next_edit_and_loses_nothing(
    folder: Path, full_disk: Callable[[bool], None]
) -> None:
    with Store.create(folder) as store:
        store.save()
        full_disk(True)
        store.apply(changes.set_project(store.project, rights="one"))
        wait_for_failure(store)
        with pytest.raises(StudioError, match="disk is full") as caught:
            store.apply(changes.set_project(store.project, rights="two"))
        assert caught.value.kind == "disk"
        assert store.project.rights == "one"
        full_disk(False)
        store._journal.flush()
        store.apply(changes.set_project(store.project, rights="two"))
    with Store.open(folder) as store:
        assert store.project.rights == "two"


def test_an_unwritable_folder_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.create(folder) as store:
        store.save()
        store.apply(changes.set_project(store.project, rights="x"))
        with monkeypatch.context() as patch:
            patch.setattr("tempfile.mkstemp", refuse)
            patch.setattr(Path, "open", refuse)
            with pytest.raises(StudioError, match="may not be read or written"):
                store.save()
            with pytest.raises(StudioError, match="may not be read or written"):
                store.add_payload(b"x", "png")
        assert store.modified
        store.save()


def refuse(*_: object, **__: object) -> NoReturn:
    """As a folder without the right to write does."""
    raise PermissionError(errno.EACCES, "Permission denied")


def mounted(place: Path) -> bool:
    """Try to mount a tiny disk of 256 KiB."""
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="needs root on Linux")
def test_a_really_full_disk_keeps_the_last_save(tmp_path: Path) -> None:
    if not mounted(tmp_path / "disk"):
        pytest.skip("may not mount")
    folder = tmp_path / "disk" / "foxes.aigc"
    try:
        with Store.create(folder) as store:
            add_picture(store, 1)
            store.save()
            (tmp_path / "disk" / "fill").write_bytes(b"x" * (200 << 10))
            saved = fill(store)
            with pytest.raises(StudioError, match="disk is full"):
                store.add_payload(b"x" * (300 << 10), "png")
            with Store.open(folder, read_only=True) as seen:
                assert seen.project == saved
            (tmp_path / "disk" / "fill").unlink()
            store.save()
        assert [problem for problem in check(folder) if problem.weight == "error"] == []
        assert list(folder.rglob(".part-*")) == []
    finally:
        subprocess.run(["umount", str(tmp_path / "disk")], check=True)


def fill(store: Store) -> Project:
    """Save ever larger projects until the disk is full; the last one that was saved."""
    saved = store.project
    with pytest.raises(StudioError, match="disk is full"):  # noqa: PT012 (whichever is first)
        for number in range(500):
            saved = bundle.read_manifest(store.folder)[0]
            store.apply(changes.add_collection(store.project, f"{number} {'x' * 150}"))
            store.save()
    return saved
