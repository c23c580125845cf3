"""What the machine has: a GPU, disk space, system packages; and how to get what is missing."""

from __future__ import annotations

import ctypes.util
import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from setup_steps.console import SetupError, logged, note, step

if TYPE_CHECKING:
    from collections.abc import Mapping

GIGABYTE = 1_000_000_000
SPACE = 3 * GIGABYTE  # measured: 1.3 GB in place, downloads and their unpacked copies beside it
SPACE_WITH_GPU = 12 * GIGABYTE  # an estimate: NVIDIA's libraries are several gigabytes


@dataclass(frozen=True)
class SystemPart:
    """Libraries of the system that pip cannot bring.

    Attributes:
        title: what is missing, in words.
        libraries: names that the loader must find.
        packages: those that bring them, by package tool.
        otherwise: what works without them.
    """

    title: str
    libraries: tuple[str, ...]
    packages: Mapping[str, str]
    otherwise: str


PORTAUDIO = SystemPart(
    "PortAudio (the system's library for playback and recording)",
    ("portaudio",),
    {
        "apt-get": "libportaudio2",
        "dnf": "portaudio",
        "pacman": "portaudio",
        "zypper": "libportaudio2",
        "apk": "portaudio",
    },
    "Everything but playback and recording works without it.",
)
WINDOW = SystemPart(
    "Libraries that a window needs",
    (
        "EGL",
        "GL",
        "fontconfig",
        "dbus-1",
        "xkbcommon",
        "xkbcommon-x11",
        "xcb-cursor",
        "xcb-icccm",
        "xcb-image",
        "xcb-keysyms",
        "xcb-render-util",
        "xcb-shape",
    ),
    {
        "apt-get": "libegl1 libgl1 libfontconfig1 libdbus-1-3 libxkbcommon0 libxkbcommon-x11-0 "
        "libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 "
        "libxcb-shape0",
        "dnf": "libglvnd-egl libglvnd-glx fontconfig dbus-libs libxkbcommon libxkbcommon-x11 "
        "xcb-util-cursor xcb-util-wm xcb-util-image xcb-util-keysyms xcb-util-renderutil",
        "pacman": "libglvnd fontconfig dbus libxkbcommon libxkbcommon-x11 xcb-util-cursor "
        "xcb-util-wm xcb-util-image xcb-util-keysyms xcb-util-renderutil",
    },
    "The command line works without them.",
)
INSTALL = {
    "apt-get": "apt-get install -y",
    "dnf": "dnf install -y",
    "pacman": "pacman -S --noconfirm",
    "zypper": "zypper install -y",
    "apk": "apk add",
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


def ensure_part(part: SystemPart, log: Path) -> None:
    """See to libraries of the system; the studio works without them, in part."""
    if not sys.platform.startswith("linux") or all(map(ctypes.util.find_library, part.libraries)):
        return
    command = install_command(part, {tool: shutil.which(tool) for tool in INSTALL})
    step(f"{part.title}: not on this machine")
    if may_install() and apt_install(command, log):
        note("installed")
        return
    note(f"{part.otherwise} To install:")
    note(f"  {with_sudo(command)}")


def install_command(part: SystemPart, tools: Mapping[str, str | None]) -> str:
    """The command that installs a part with the package tool that is there."""
    there = (
        f"{INSTALL[tool]} {packages}" for tool, packages in part.packages.items() if tools.get(tool)
    )
    return next(there, f"install with your system's package tool: {', '.join(part.libraries)}")


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
