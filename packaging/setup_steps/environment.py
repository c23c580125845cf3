"""The virtual environment at the root of the checkout, and the stamp that says it is complete."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from setup_steps import system
from setup_steps.console import SetupError, logged, note, step, tail

if TYPE_CHECKING:
    from pathlib import Path

# By exact version and first: a local build such as 2.13.0+cpu, where pip knows one, then wins.
TORCH = "torch==2.13.0"
TORCH_INDEX = "AIGC_STUDIO_TORCH_INDEX"
_PROBE = (
    "import sys, importlib.util as u;"
    "sys.exit(not all(map(u.find_spec, ('aigc_studio', 'torch', 'pytest'))))"
)
# Under exact versions pip calls an index that does not answer an impossible resolution.
_NO_NETWORK = ("NewConnectionError", "Max retries", "from versions: none", "ResolutionImpossible")


@dataclass(frozen=True)
class Checkout:
    """The folders of one checkout."""

    root: Path

    @property
    def venv(self) -> Path:
        """The virtual environment."""
        return self.root / ".venv"

    @property
    def log(self) -> Path:
        """Everything that pip and apt said."""
        return self.venv / "setup.log"

    @property
    def stamp(self) -> Path:
        """Holds the fingerprint of what was installed completely."""
        return self.venv / "setup.stamp"

    @property
    def constraints(self) -> Path:
        """Exact versions."""
        return self.root / "packaging" / "constraints.txt"

    def tool(self, name: str) -> Path:
        """A program of the environment."""
        if sys.platform == "win32":
            return self.venv / "Scripts" / f"{name}.exe"
        return self.venv / "bin" / name


def set_up(checkout: Checkout) -> None:
    """Install what is missing; nothing, and quickly, when all is there.

    Raises:
        SetupError: what stands in the way, in words.
    """
    wanted = fingerprint(checkout)
    if is_complete(checkout, wanted):
        return
    print(f"Setting up AIGC Studio in {checkout.venv}", flush=True)
    prepare_environment(checkout)
    for part in (system.PORTAUDIO, system.WINDOW):
        system.ensure_part(part, checkout.log)
    install_torch(checkout)
    step("Installing AIGC Studio, its libraries and the check tools")
    pip_install(checkout, "-e", f"{checkout.root}[dev]")
    checkout.stamp.write_text(wanted, encoding="utf-8")
    print("Set up.", flush=True)


def fingerprint(checkout: Checkout) -> str:
    """A hash of everything that decides what is installed."""
    here = checkout.root / "packaging"
    files = [checkout.root / "pyproject.toml", checkout.constraints, here / "bootstrap.py"]
    files += sorted((here / "setup_steps").glob("*.py"))
    words = [str(checkout.root), sys.version, os.environ.get(TORCH_INDEX, "")]
    parts = [word.encode() for word in words]
    parts += [path.read_bytes() for path in files if path.exists()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_complete(checkout: Checkout, wanted: str) -> bool:
    """Whether the environment was set up completely, and is still whole at first sight."""
    if _read(checkout.stamp) != wanted or not checkout.tool("aigc-studio").exists():
        return False
    return _succeeds([str(checkout.tool("python")), "-c", _PROBE])


def prepare_environment(checkout: Checkout) -> None:
    """A virtual environment with pip: the one that is there if it can be used, or a new one."""
    checkout.venv.mkdir(exist_ok=True)
    checkout.stamp.unlink(missing_ok=True)
    if is_usable(checkout):
        return
    shutil.rmtree(checkout.venv)
    checkout.venv.mkdir()
    system.check_space(checkout.root, gpu=system.has_nvidia_gpu())
    system.ensure_venv_module(checkout.log)
    step(f"Making the environment with Python {sys.version.split()[0]}")
    if logged([sys.executable, "-m", "venv", str(checkout.venv)], checkout.log):
        raise SetupError(
            "The virtual environment could not be made.",
            f"Install `{system.venv_package()}` if this is Debian or Ubuntu, and try again.",
            tail(checkout.log),
        )


def is_usable(checkout: Checkout) -> bool:
    """Whether the environment was made here (it cannot be moved), by this Python, with pip."""
    lines = _read(checkout.venv / "pyvenv.cfg").splitlines()
    fields = dict(line.split(" = ", 1) for line in lines if " = " in line)
    python = f"{sys.version_info.major}.{sys.version_info.minor}."
    return (
        fields.get("version", "").startswith(python)
        and fields.get("command", "").endswith(f" {checkout.venv}")
        and _succeeds([str(checkout.tool("python")), "-m", "pip", "--version"])
    )


def install_torch(checkout: Checkout) -> None:
    """Install torch alone, so that the choice of its build depends on nothing else."""
    gpu = system.has_nvidia_gpu()
    step(f"Installing {TORCH} ({'an NVIDIA GPU is here' if gpu else 'no NVIDIA GPU here'})")
    index = os.environ.get(TORCH_INDEX)
    if not gpu and not index and sys.platform.startswith("linux"):
        note(f"the CPU build if pip knows where to find it; {TORCH_INDEX} may name its index")
    pip_install(checkout, TORCH, *(["--extra-index-url", index] if index else []))


def pip_install(checkout: Checkout, *what: str) -> None:
    """Run pip under the constraints.

    Raises:
        SetupError: with the end of the log and what to do.
    """
    options = ["--no-input", "--disable-pip-version-check", "-c", str(checkout.constraints)]
    command = [str(checkout.tool("python")), "-m", "pip", "install", *options, *what]
    if logged(command, checkout.log):
        said = checkout.log.read_text(encoding="utf-8", errors="replace").rpartition("\n$ ")[2]
        todo = advice(said, checkout.log)
        raise SetupError("pip could not install everything.", todo, tail(checkout.log))


def advice(said: str, log: Path) -> str:
    """What to do about what pip said: the cause may stand far above its last words."""
    if "No space left" in said:
        return "Free some disk space, then give the same command again; it goes on from here."
    if any(words in said for words in _NO_NETWORK):
        return "Check the network (or pip's index settings), then give the same command again."
    return f"Read {log}, then give the same command again; it goes on from here."


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _succeeds(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
