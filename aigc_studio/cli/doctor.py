"""`doctor`: what this machine has, what is missing, how to get it."""

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil
import typer

from aigc_studio import __version__
from aigc_studio.base.errors import StudioError
from aigc_studio.cli import work
from aigc_studio.cli.report import Grid, Report, size
from aigc_studio.cli.verbs import options
from aigc_studio.document import starter
from aigc_studio.jobs.specs import Probe
from aigc_studio.media.devices import output_devices

_ENOUGH_MEMORY, _ENOUGH_DISK = 4 << 30, 2 << 30
_INSTALL = f'"{sys.executable}" -m pip install --force-reinstall'


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        ok: False where something does not work as it is.
        get: the exact command or step that mends it; empty when nothing needs mending.
    """

    what: str
    ok: bool
    found: str
    get: str = ""


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("doctor", **options())(doctor)


def doctor() -> Report:
    """Tell what this machine has, what is missing, and the exact command to get it.

    Ends with 0 even when something is missing: nothing but training needs all of it.
    """
    probed = _probed()
    findings = [_python(), *_torch(probed), _memory(), _disk(), _films(), _sound(), _starter()]
    values: dict[str, object] = {
        "ok": all(finding.ok for finding in findings),
        "version": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        **{key: probed.get(key) for key in ("torch", "devices", "bfloat16", "threads")},
        "mps": "untested",
        "cpu_cores": os.cpu_count(),
        "memory_bytes": psutil.virtual_memory().total,
        "free_disk_bytes": shutil.disk_usage(tempfile.gettempdir()).free,
        "findings": [vars(finding) for finding in findings],
    }
    rows = [
        ("yes" if finding.ok else "NO", finding.what, finding.found, finding.get)
        for finding in findings
    ]
    return Report(values, [Grid(("works", "what", "found", "how to get it"), rows)])


def _probed() -> Mapping[str, object]:
    # torch is asked for in a child: its import is slow, and a broken one may crash.
    try:
        return work.do(Probe(), "looking at this machine").values
    except StudioError as error:
        return {"problem": error.happened}


def _python() -> Finding:
    ok = (3, 11) <= sys.version_info < (3, 14)
    get = "" if ok else "Install Python 3.11, 3.12 or 3.13 and run packaging/bootstrap.py with it."
    return Finding("Python 3.11 to 3.13", ok, platform.python_version(), get)


def _torch(probed: Mapping[str, object]) -> list[Finding]:
    if "problem" in probed:
        get = f"{_INSTALL} torch"
        return [Finding("PyTorch", False, str(probed["problem"]), get)]
    devices = probed.get("devices")
    named = [str(device) for device in devices] if isinstance(devices, list) else []
    threads = f"{probed.get('threads')} threads"
    mps = "untested" if any("mps" in name for name in named) else "untested; not on this machine"
    fast = (
        "computed faster" if probed.get("bfloat16") else "not computed faster here; float32 it is"
    )
    return [
        Finding("PyTorch", True, f"{probed.get('torch')}, {threads}"),
        Finding("devices", True, ", ".join(named) or "cpu"),
        Finding("bfloat16", True, fast),
        Finding("mps (Apple GPU)", True, mps),
    ]


def _memory() -> Finding:
    memory = psutil.virtual_memory()
    found = f"{size(memory.available)} free of {size(memory.total)}"
    ok = memory.available >= _ENOUGH_MEMORY // 4
    return Finding("memory", ok, found, "" if ok else "Close other programs before training.")


def _disk() -> Finding:
    folder = Path.cwd()
    free = shutil.disk_usage(folder).free
    ok = free >= _ENOUGH_DISK
    get = "" if ok else "Free some space, or keep projects on another disk."
    return Finding("disk", ok, f"{size(free)} free at {folder}", get)


def _films() -> Finding:
    try:
        found = f"PyAV {version('av')}"
    except PackageNotFoundError:
        return Finding("films (MP4)", False, "PyAV is not installed", f"{_INSTALL} av")
    try:
        codec = _film_codec()
    except StudioError as error:
        return Finding("films (MP4)", False, f"{found}; {error.happened}", f"{_INSTALL} av")
    return Finding("films (MP4)", True, f"{found}, {codec}")


def _film_codec() -> str:
    """Encode a film of two frames in a child and tell what it was encoded with."""
    from aigc_studio.jobs.specs import EncodeFilm

    with tempfile.TemporaryDirectory(prefix="aigc-doctor-") as folder:
        shape = (2, 16, 16, 3)
        spec = EncodeFilm(out=Path(folder) / "probe.mp4", shape=shape, fps=10)
        values = work.do(spec, "trying a film", bytes(2 * 16 * 16 * 3)).values
    codec = str(values["codec"])
    return "H.264" if "264" in codec else f"{codec}; no H.264 here, pip's av has it"


def _sound() -> Finding:
    try:
        found = output_devices()
    except StudioError as error:
        return Finding("sound (PortAudio)", False, error.happened, error.todo)
    names = ", ".join(found[:5])
    return Finding("sound (PortAudio)", True, names or "PortAudio, but no device that plays")


def _starter() -> Finding:
    try:
        return Finding("starter project", True, str(starter.shipped_project()))
    except StudioError as error:
        return Finding("starter project", False, error.happened, error.todo)
