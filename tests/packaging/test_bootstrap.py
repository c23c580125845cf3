"""The set-up's own decisions; what pip and apt do is tried by every clean checkout."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from setup_steps import console, environment, system, verbs
from setup_steps.environment import Checkout

PACKAGING = Path(__file__).parents[2] / "packaging"


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    steps = tmp_path / "packaging" / "setup_steps"
    steps.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("[project]")
    (tmp_path / "packaging" / "constraints.txt").write_text("torch==2.13.0")
    (tmp_path / "packaging" / "bootstrap.py").write_text("print()")
    (steps / "verbs.py").write_text("pass")
    return Checkout(tmp_path)


def complete(checkout: Checkout) -> None:
    """Make the environment look complete, without installing anything."""
    checkout.tool("aigc-studio").parent.mkdir(parents=True)
    checkout.tool("aigc-studio").touch()
    checkout.tool("python").symlink_to(sys.executable)
    checkout.stamp.write_text(environment.fingerprint(checkout))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Collecting numpy>=1.26\n", "looking for numpy"),
        (
            "  Downloading torch-2.13.0-cp311-cp311-linux_x86_64.whl (191.8 MB)\n",
            "downloading torch (191.8 MB)",
        ),
        (
            "Downloading https://example.org/a/ruff-0.17.6-py3-none-any.whl.metadata (26 kB)",
            "downloading ruff (26 kB)",
        ),
        ("Installing collected packages: mpmath, sympy, torch", "unpacking 3 packages"),
        ("Requirement already satisfied: pip", None),
        ("", None),
    ],
)
def test_news_condenses_what_pip_says(line: str, told: str | None) -> None:
    assert console.news(line) == told


@pytest.mark.parametrize(
    "name", ["pyproject.toml", "packaging/constraints.txt", "packaging/setup_steps/verbs.py"]
)
def test_fingerprint_follows_what_decides_the_installation(checkout: Checkout, name: str) -> None:
    before = environment.fingerprint(checkout)
    assert environment.fingerprint(checkout) == before
    (checkout.root / name).write_text("# other")
    assert environment.fingerprint(checkout) != before


def test_fingerprint_follows_the_torch_index(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = environment.fingerprint(checkout)
    monkeypatch.setenv(environment.TORCH_INDEX, "https://example.org/cpu")
    assert environment.fingerprint(checkout) != before


def test_an_environment_is_complete_only_with_its_stamp_and_program(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "_PROBE", "")
    wanted = environment.fingerprint(checkout)
    assert not environment.is_complete(checkout, wanted)
    complete(checkout)
    assert environment.is_complete(checkout, wanted)
    assert not environment.is_complete(checkout, "other")
    checkout.tool("aigc-studio").unlink()
    assert not environment.is_complete(checkout, wanted)


def test_a_complete_environment_is_left_alone(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "_PROBE", "")
    complete(checkout)
    before = sorted(checkout.venv.rglob("*"))
    environment.set_up(checkout)
    assert sorted(checkout.venv.rglob("*")) == before
    assert capsys.readouterr().out == ""


def test_a_moved_or_foreign_environment_is_not_used(checkout: Checkout) -> None:
    checkout.venv.mkdir()
    config = checkout.venv / "pyvenv.cfg"
    assert not environment.is_usable(checkout)
    config.write_text(f"version = 3.9.1\ncommand = python -m venv {checkout.venv}\n")
    assert not environment.is_usable(checkout)
    config.write_text(f"version = {sys.version.split()[0]}\ncommand = python -m venv /elsewhere\n")
    assert not environment.is_usable(checkout)


@pytest.mark.parametrize(
    ("end", "word"),
    [
        ("OSError: [Errno 28] No space left on device", "disk"),
        ("ERROR: Could not find a version that satisfies torch (from versions: none)", "network"),
        ("Connection broken: NewConnectionError", "network"),
        ("error: something else", "setup.log"),
    ],
)
def test_advice_names_the_cause(end: str, word: str) -> None:
    assert word in environment.advice(end, Path("setup.log"))


def test_too_little_space_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "SPACE", 1 << 62)
    with pytest.raises(console.SetupError, match="GB free") as caught:
        system.check_space(tmp_path, gpu=False)
    assert "larger disk" in caught.value.todo


def test_install_command_is_that_of_the_package_tool_there() -> None:
    sound = system.PORTAUDIO
    assert system.install_command(sound, {"apt-get": "/usr/bin/apt-get"}).endswith("libportaudio2")
    assert system.install_command(sound, {"pacman": "/usr/bin/pacman"}).startswith("pacman -S")
    assert "package tool" in system.install_command(sound, {})
    assert "xcb-cursor" in system.install_command(system.WINDOW, {"zypper": "/usr/bin/zypper"})


def test_venv_package_fits_the_python() -> None:
    minor = f"python3.{sys.version_info.minor}-venv"
    assert system.venv_package(Path("/opt/own/bin/python3")) == minor


def test_demo_goes_home_or_to_a_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert verbs.demo_folder() == tmp_path / "AIGC Studio demo"
    (tmp_path / "file").touch()
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "file")
    monkeypatch.setattr("tempfile.mkdtemp", lambda prefix: str(tmp_path / prefix))
    assert verbs.demo_folder().name.startswith("aigc-studio-demo-")


def test_table_tells_each_part() -> None:
    done = [verbs.Check("format", True, 0.2), verbs.Check("types", False, 12.0)]
    lines = verbs.table(done).splitlines()
    assert [line.split()[:2] for line in lines] == [["format", "pass"], ["types", "FAIL"]]


def test_every_part_of_the_check_runs(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = []

    def fake(checkout: Checkout, name: str, command: list[str]) -> verbs.Check:
        ran.append(name)
        return verbs.Check(name, name != "lint", 0.0)

    monkeypatch.setattr(verbs, "timed", fake)
    assert verbs.check(checkout) == 1
    assert ran == ["format", "lint", "layers", "types", "tests"]


def test_logged_keeps_everything_and_returns_the_exit_code(tmp_path: Path) -> None:
    log = tmp_path / "log"
    program = (
        "import sys; print('Collecting numpy', flush=True); sys.stderr.write('oh\\n'); sys.exit(3)"
    )
    assert console.logged([sys.executable, "-c", program], log) == 3
    assert "Collecting numpy" in log.read_text()
    assert console.tail(log).endswith("| oh")


def test_bootstrap_can_be_read_by_any_python() -> None:
    ast.parse((PACKAGING / "bootstrap.py").read_text(), feature_version=(3, 7))


def test_bootstrap_refuses_an_unknown_verb() -> None:
    command = [sys.executable, str(PACKAGING / "bootstrap.py"), "dance"]
    child = subprocess.run(command, capture_output=True, text=True, check=False)
    assert child.returncode == 2
    assert "invalid choice" in child.stderr
