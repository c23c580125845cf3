"""Words to exit codes: commands, projects, usage, `--json` anywhere."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.families import FAMILIES
from aigc_studio.cli import verbs
from aigc_studio.cli.entry import run, take_json
from aigc_studio.cli.report import as_json, figure, size, span

if TYPE_CHECKING:
    from tests.cli.conftest import Studio


@pytest.mark.parametrize("words", [("families", "--json"), ("--json", "families")])
def test_json_before_and_after(studio: Studio, words: tuple[str, ...]) -> None:
    called = studio(*words)
    assert called.code == 0
    assert [each["id"] for each in called.values["families"]] == list(FAMILIES)


def test_families_for_people(studio: Studio) -> None:
    called = studio("families")
    assert called.code == 0
    assert "image-vae" in called.out
    assert "denoise" in called.out


def test_json_after_two_dashes_is_a_word() -> None:
    assert take_json(["a", "--json", "--", "--json"]) == (["a", "--", "--json"], True)
    assert take_json(["a", "--", "--json"]) == (["a", "--", "--json"], False)


@pytest.mark.parametrize("verb", [(), *[(verb,) for verb in verbs.VERBS]])
def test_every_command_has_help(studio: Studio, verb: tuple[str, ...]) -> None:
    called = studio(*verb, "--help")
    assert called.code == 0
    assert "--json" in called.out


@pytest.mark.parametrize("group", ["runs", "models"])
def test_help_behind_a_project_does_not_open_it(studio: Studio, group: str) -> None:
    called = studio(group, "Nowhere.aigc", "list", "--help")
    assert called.code == 0
    assert "Usage" in called.out


def test_version(studio: Studio) -> None:
    assert studio("--version").out.startswith("aigc-studio ")


@pytest.mark.parametrize(
    "words",
    [
        ("families", "--nonsense"),
        ("train", "p"),
        ("train", "p", "--collection", "c", "--family", "f", "--steps", "0"),
        ("train", "p", "--collection", "c", "--family", "f", "--steps", "1", "--minutes", "1"),
        ("train", "p", "--collection", "c", "--family", "f", "--set", "latent"),
        ("train", "p", "--collection", "c", "--family", "f", "--device", "gpu"),
        ("sample", "p", "--model", "m", "--out", "o", "-n", "none"),
        ("interpolate", "p", "--model", "m", "--from", "a", "--to", "b", "--steps", "1"),
        ("interpolate", "p", "--model", "m", "--from", "a", "--to", "b", "--method", "x"),
        ("project", "destroy", "p"),
        ("runs", "p"),
        ("tran", "p", "--collection", "c"),
    ],
)
def test_wrong_usage_ends_with_two(studio: Studio, words: tuple[str, ...]) -> None:
    called = studio(*words)
    assert called.code == 2
    assert not called.out
    assert "Error" in called.err
    values = studio(*words, "--json").values
    assert values["error"]["kind"] == "usage"


def test_a_bare_group_shows_its_help(studio: Studio) -> None:
    called = studio("project", "--json")
    assert called.code == 2
    assert "unpack" in called.err
    assert "\n" not in called.values["error"]["happened"]


def test_usage_names_the_command_that_was_meant(studio: Studio) -> None:
    assert '"train"' in studio("tran", "p").err


@pytest.mark.parametrize("verb", verbs.PLANNED)
def test_a_planned_command_is_no_project(studio: Studio, verb: str) -> None:
    assert "later version" in studio(verb, "p.aigc", "--json").error["happened"]


def test_a_word_that_is_neither(studio: Studio) -> None:
    error = studio("familes", "--json").error
    assert '"families"' in error["happened"]
    assert error["kind"] == "missing"


def test_without_a_window_the_command_line_is_named(studio: Studio, project: Path) -> None:
    error = studio(project, "--json").error
    assert "window" in error["happened"]
    assert "demo" in error["todo"]
    assert studio().code == 1


def test_the_window_opens_on_what_was_named(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[str] = []

    def window(name: str) -> int:
        opened.append(name)
        return 0

    monkeypatch.chdir(project.parent)
    for words in ([], ["starter"], [project.name]):
        assert run(words, window=window) == 0
    assert opened == ["", "starter", project.name]
    assert run(["nothing-there"], window=window) == 1
    assert len(opened) == 3
    assert capsys.readouterr().out == ""


def test_a_project_called_like_a_planned_command(
    studio: Studio, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.parent)
    project.rename(project.with_name("search"))
    assert "window" in studio("search", "--json").error["happened"]


def test_an_unexpected_error_is_told_in_words(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("aigc_studio.cli.window.open_window", broken)
    error = studio("x", "--json").error
    assert "RuntimeError: boom" in error["happened"]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(13, "no", "/x/y"), "may not be read or written"),
        (OSError(28, "full", "/x/y"), "disk is full"),
        (KeyboardInterrupt(), "Ctrl+C"),
        (StudioError("A.", kept="B.", todo="C."), "A."),
    ],
)
def test_errors_end_with_one_and_words(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, error: BaseException, words: str
) -> None:
    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr("aigc_studio.cli.window.open_window", broken)
    assert words in studio("x", "--json").error["happened"]
    called = studio("x")
    assert called.code == 1
    assert not called.out


def test_json_is_pure_and_finite() -> None:
    values = {"a": float("nan"), "b": [float("inf"), 1.5], "c": {"d": ("x", None, True)}}
    assert json.loads(as_json(values)) == {
        "a": None,
        "b": [None, 1.5],
        "c": {"d": ["x", None, True]},
    }
    assert as_json({"狐": "狐"}).isascii()


def test_numbers_for_people() -> None:
    assert [span(12.4), span(200), span(3900)] == ["12 s", "3 min 20 s", "1 h 05 min"]
    assert [size(999), size(1_500_000), size(5e12)] == ["999 bytes", "2 MB", "5000.0 GB"]
    assert [figure(0.123456), figure(12345), figure(float("nan"))] == ["0.1235", "12,345", "-"]


def test_a_broken_pipe_is_no_failure() -> None:
    line = [sys.executable, "-m", "aigc_studio", "families", "--json"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_an_output_that_cannot_be_written() -> None:
    line = [sys.executable, "-m", "aigc_studio", "families", "--json"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(line, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(b"It was done, but")
    assert b"Traceback" not in done.stderr


def test_the_command_line_starts_without_the_heavy_packages() -> None:
    code = (
        "import sys; from aigc_studio.cli.entry import run; run(['families', '--json']);"
        "heavy = {'torch', 'av', 'PIL', 'PySide6', 'rich', 'sounddevice'} & set(sys.modules);"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
