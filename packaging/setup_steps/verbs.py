"""The verbs of `bootstrap.py`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from setup_steps.console import note, step
from setup_steps.environment import Checkout, set_up

SOAK_FACTOR = "20"
MOST_WORKERS = 4  # each takes up to 2 GB of memory


@dataclass(frozen=True)
class Check:
    """One part of the whole check, and how it went."""

    name: str
    passed: bool
    seconds: float


def do(verb: str) -> int:
    """Set up, then do what `verb` says; the exit code."""
    checkout = Checkout(Path(__file__).resolve().parents[2])
    start = time.monotonic()
    set_up(checkout)
    if verb == "run":
        return run(checkout)
    if verb == "test":
        return check(checkout)
    if verb == "soak":
        return soak(checkout)
    print(f"Ready ({time.monotonic() - start:.1f} s): {checkout.tool('aigc-studio')}")
    return 0


def run(checkout: Checkout) -> int:
    """Open the studio on the starter project, or do its main job where no window can be."""
    studio = str(checkout.tool("aigc-studio"))
    if has_window(checkout) and has_display():
        return subprocess.run([studio, "starter"], check=False).returncode
    out = demo_folder()
    step("The main job, without a window")
    code = subprocess.run([studio, "demo", "--out", str(out)], check=False).returncode
    if code == 0:
        print(f"The results are in {out}")
    return code


def has_window(checkout: Checkout) -> bool:
    """Whether this version has a window."""
    return (checkout.root / "aigc_studio" / "ui").is_dir()


def has_display() -> bool:
    """Whether a window could be shown."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def demo_folder() -> Path:
    """A folder for the demo's results: in the home folder, or a temporary one."""
    try:
        folder = Path.home() / "AIGC Studio demo"
        folder.mkdir(exist_ok=True)
    except (OSError, RuntimeError):
        pass
    else:
        if os.access(folder, os.W_OK):
            return folder
    return Path(tempfile.mkdtemp(prefix="aigc-studio-demo-"))


def check(checkout: Checkout) -> int:
    """The whole check: every part runs, whatever the others said."""
    python = str(checkout.tool("python"))
    cores = os.cpu_count() or 1
    workers = min(cores, MOST_WORKERS)
    # Each worker starts trainings and engines of its own; together they take the cores once.
    os.environ.setdefault("OMP_NUM_THREADS", str(max(1, cores // workers)))
    parts = {
        "format": [python, "-m", "ruff", "format", "--check"],
        "lint": [python, "-m", "ruff", "check"],
        "layers": [str(checkout.tool("lint-imports"))],
        "types": [python, "-m", "mypy"],
        "tests": [python, "-m", "pytest", "-n", str(workers), "--dist", "worksteal"],
    }
    done = [timed(checkout, name, command) for name, command in parts.items()]
    print("\n" + table(done))
    return 0 if all(part.passed for part in done) else 1


def soak(checkout: Checkout) -> int:
    """The tests marked `soak`, with their long counts."""
    os.environ["AIGC_SOAK"] = SOAK_FACTOR
    patience = ["--timeout=7200", "-o", "faulthandler_timeout=0"]
    command = [str(checkout.tool("python")), "-m", "pytest", "-m", "soak", *patience]
    done = timed(checkout, "soak", command)
    print("\n" + table([done]))
    return 0 if done.passed else 1


def timed(checkout: Checkout, name: str, command: list[str]) -> Check:
    """Run one part, its output straight to the terminal."""
    step(name)
    start = time.monotonic()
    child = subprocess.run(command, cwd=checkout.root, stdin=subprocess.DEVNULL, check=False)
    seconds = time.monotonic() - start
    if child.returncode:
        note(f"{name} failed: {' '.join(command)}")
    return Check(name, child.returncode == 0, seconds)


def table(done: list[Check]) -> str:
    """The parts as lines: name, outcome, time."""
    return "\n".join(
        f"{part.name:<8} {'pass' if part.passed else 'FAIL'} {part.seconds:7.1f} s" for part in done
    )
