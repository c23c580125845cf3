from __future__ import annotations

import importlib
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.media.devices import output_devices

if TYPE_CHECKING:
    from collections.abc import Callable


class PortAudioError(Exception):
    """Stands for sounddevice's own."""


def with_sound(monkeypatch: pytest.MonkeyPatch, query: Callable[[], Any]) -> None:
    fake = SimpleNamespace(query_devices=query, PortAudioError=PortAudioError)
    monkeypatch.setattr(importlib, "import_module", lambda _: fake)


def test_outputs_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    devices = [
        {"name": "Speakers", "max_output_channels": 2},
        {"name": "Microphone", "max_output_channels": 0},
        {"name": "Speakers", "max_output_channels": 2},
        {"name": "HDMI", "max_output_channels": 8},
    ]
    with_sound(monkeypatch, lambda: devices)
    assert output_devices() == ["Speakers", "HDMI"]


def test_without_portaudio_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_library(_: str) -> None:
        raise OSError("PortAudio library not found")

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(importlib, "import_module", no_library)
    with pytest.raises(StudioError, match="apt-get install libportaudio2") as caught:
        output_devices()
    assert caught.value.kind == "missing"


def test_a_dumb_sound_system(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent() -> None:
        raise PortAudioError("no host API")

    with_sound(monkeypatch, silent)
    with pytest.raises(StudioError, match="does not answer"):
        output_devices()
