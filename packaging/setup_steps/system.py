"""What the machine has: a GPU, disk space, system packages; and how to get what is missing."""

from __future__ import annotations

import ctypes.util
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from setup_steps.console import SetupError, logged, note, step

if TYPE_CHECKING:
    from collections.abc import Mapping

GIGABYTE = 1_000_000_000
SPACE = 3 * GIGABYTE  # measured: 1.3 GB in place, downloads and their unpacked copies beside it
SPACE_WITH_GPU = 12 * GIGABYTE  # an estimate: NVIDIA's libraries are several gigabytes
PORTAUDIO = {
    "apt-get": "apt-get install -y libportaudio2",
    "dnf": "dnf install -y portaudio",
    "pacman": "pacman -S --noconfirm portaudio",
    "zypper": "zypper install -y libportaudio2",
    "apk": "apk add portaudio",
}
# An unreachable mirror shall cost seconds; another apt at work is waited for.
APT_OPTIONS = (
    "-o=Acquire::http::Timeout=15",
    "-o=Acquire::https::Timeout=15",
    "-o=Acquire::Retries=1",
    "-o=DPkg::Lock::Timeout=120",
)


def has_nvidia_gpu() -> bool:
    """Whether a working NVIDIA driver names at least one GPU."""
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return False
    try:
        found = subprocess.run([tool, "-L"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return found.returncode == 0 and b"GPU" in found.stdout


def check_space(folder: Path, *, gpu: bool) -> None:
    """Raise SetupError when the disk of `folder` is too full for a first installation."""
    needed = SPACE_WITH_GPU if gpu else SPACE
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise SetupError(
            f"The disk of {folder} has {free / GIGABYTE:.1f} GB free; "
            f"the installation needs {needed / GIGABYTE:.0f} GB.",
            "Free some space, or move this folder to a larger disk.",
        )


def ensure_venv_module(log: Path) -> None:
    """Make sure that this Python can make virtual environments; Debian leaves that part out."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return
    command = f"apt-get install -y {venv_package()}"
    step("This Python lacks its venv module")
    if not (may_install() and apt_install(command, log)):
        raise SetupError(
            "This Python cannot make a virtual environment.",
            f"Run `{with_sudo(command)}`, then the same command again."
            if shutil.which("apt-get")
            else "Install the venv and ensurepip modules of this Python.",
        )
    importlib.invalidate_caches()


def venv_package(executable: Path = Path(sys.executable)) -> str:
    """Debian's package with the venv module of this Python."""
    of_debian = Path("/usr/bin/python3")
    if of_debian.exists() and of_debian.resolve() == executable.resolve():
        return "python3-venv"
    return f"python{sys.version_info.major}.{sys.version_info.minor}-venv"


def ensure_portaudio(log: Path) -> None:
    """See to the one system library; without it everything but playback and recording works."""
    if not sys.platform.startswith("linux") or ctypes.util.find_library("portaudio"):
        return
    command = portaudio_command({tool: shutil.which(tool) for tool in PORTAUDIO})
    step("PortAudio is missing (the system's library for playback and recording)")
    if may_install() and apt_install(command, log):
        note("installed")
        return
    note("Everything but playback and recording works without it. To install it:")
    note(f"  {with_sudo(command)}")


def portaudio_command(tools: Mapping[str, str | None]) -> str:
    """The command that installs PortAudio with the package tool that is there."""
    there = (command for tool, command in PORTAUDIO.items() if tools.get(tool))
    return next(there, "install PortAudio with your system's package tool")


def with_sudo(command: str) -> str:
    """The command as this user has to type it."""
    return command if is_root() or command.startswith("install ") else f"sudo {command}"


def is_root() -> bool:
    """Whether this process may change the system."""
    return sys.platform != "win32" and os.geteuid() == 0


def may_install() -> bool:
    """Whether missing system packages can be installed without asking."""
    return is_root() and shutil.which("apt-get") is not None


def apt_install(command: str, log: Path) -> bool:
    """Run an `apt-get install`, with fresh package lists if it does not work with the old ones."""
    tool, *arguments = command.split()
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = [tool, *APT_OPTIONS, *arguments]
    note(f"running {command}")
    if logged(install, log, env) == 0:
        return True
    return logged([tool, *APT_OPTIONS, "update"], log, env) == 0 and logged(install, log, env) == 0
