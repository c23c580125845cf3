"""Sound outputs of this machine; playback needs the PortAudio library, everything else does not."""

from __future__ import annotations

import importlib
import sys

from aigc_studio.base.errors import StudioError

_HOW_TO_INSTALL = {
    "linux": "Install it: apt-get install libportaudio2 (Debian, Ubuntu), dnf install portaudio "
    "(Fedora), pacman -S portaudio (Arch).",
    "darwin": "Install it: brew install portaudio.",
    "win32": "Install the package again: pip install --force-reinstall sounddevice.",
}


def output_devices() -> list[str]:
    """Names of the devices that can play sound, the system's order, each name once.

    Raises:
        StudioError: kind "missing", naming what to install when PortAudio is not there; kind
            "failed" when the sound system does not answer.
    """
    try:
        sound = importlib.import_module("sounddevice")
    except (OSError, ImportError) as error:
        raise _missing() from error
    try:
        devices = [dict(device) for device in sound.query_devices()]
    except sound.PortAudioError as error:
        raise StudioError(
            f"The sound system does not answer: {error}.",
            kept="Everything but playback and recording works.",
            todo="Check that a sound device is connected and switched on.",
        ) from error
    names = [str(device["name"]) for device in devices if device["max_output_channels"] > 0]
    return list(dict.fromkeys(names))


def _missing() -> StudioError:
    return StudioError(
        "The PortAudio library is not installed, so sound cannot be played or recorded.",
        kept="Everything else works.",
        todo=_HOW_TO_INSTALL.get(sys.platform, "Install PortAudio with your system's tools."),
        kind="missing",
    )
