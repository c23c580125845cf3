"""The window's process: refused in words without a display, ended by Ctrl+C as by a person."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.ui.app import require_display
from tests.ui.without_torch import ROOMS

if TYPE_CHECKING:
    from pathlib import Path

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays of Linux")


@LINUX
def test_without_a_display_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(StudioError, match="no display") as caught:
        require_display()
    assert "command line" in caught.value.todo


@LINUX
def test_a_missing_library_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":0")

    def missing(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr("ctypes.CDLL", missing)
    with pytest.raises(StudioError) as caught:
        require_display()
    assert "libxcb-cursor0" in caught.value.todo


def test_the_window_imports_nothing_heavy() -> None:
    code = (
        "import sys, aigc_studio.ui.application, aigc_studio.ui.places.home;"
        "heavy = {'torch', 'av', 'sounddevice', 'rich', 'typer', 'numpy', 'PIL.Image',"
        " 'aigc_studio.jobs.specs', 'aigc_studio.document.model'} & set(sys.modules);"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_windows_process_never_loads_torch(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "tests.ui.without_torch"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(tmp_path)}
    done = subprocess.run(line, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    told = done.stdout.splitlines()
    rooms = dict(each.split() for each in told[: len(ROOMS)])
    assert list(rooms) == list(ROOMS)
    assert all(int(count) > 3 for count in rooms.values())
    assert told[len(ROOMS) :] == ["played"]


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_ctrl_c_closes_the_window(tmp_path: Path) -> None:
    line = [sys.executable, "-c", _PROGRAM]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(tmp_path)}
    with subprocess.Popen(line, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"seen\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0


_PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from aigc_studio.ui import application
from aigc_studio.ui.application import Face

begin = Face.begin
def told(self, project=""):
    self.window.painted.connect(lambda: print("seen", flush=True))
    begin(self, project)
Face.begin = told
sys.exit(application.run())
"""
