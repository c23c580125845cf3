"""README and CONTRIBUTING name only what is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from aigc_studio.cli.verbs import application

ROOT = Path(__file__).parents[2]
_PATH = re.compile(r"`([\w./-]+/[\w.-]*)`")
_LINK = re.compile(r"\]\(([^):#]+)\)")


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_named_paths_are_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = {*_PATH.findall(text), *_LINK.findall(text)}
    places = (ROOT, ROOT / "aigc_studio")
    # `.venv` is made by the set-up, and tests may run in an environment of another kind.
    shipped = {name for name in named if not name.startswith(".venv/")}
    gone = {name for name in shipped if not any((place / name).exists() for place in places)}
    assert not gone


MANUALS = [f"resources/help/{language}/11-command-line.md" for language in ("en", "zh_CN")]


def calls(text: str) -> list[list[str]]:
    """The commands that a page gives, in words: lines of code blocks, code in lists and tables."""
    blocks = re.findall(r"^aigc-studio (.+?)(?:  +#.*)?$", text, re.MULTILINE)
    inline = re.findall(r"^(?:- |[^|\n]*?)`aigc-studio ([a-z].+?)`", text, re.MULTILINE)
    rows = re.findall(r"^\| `(.+?)` \|", text, re.MULTILINE)
    return [shlex.split(each) for each in (*blocks, *inline, *rows)]


@pytest.mark.parametrize("page", ["README.md", *MANUALS])
def test_named_commands_are_there(page: str) -> None:
    found = calls((ROOT / page).read_text(encoding="utf-8"))
    assert len(found) > 5
    for verb, *words in found:
        group = get_command(application(verb))
        assert isinstance(group, TyperGroup)
        command = group.commands[verb]
        verbs = [each for word in words[:2] for each in word.split("/")]
        if isinstance(command, TyperGroup):
            deeds = [command.commands[each] for each in verbs if each in command.commands]
            several = [each for word in words[:2] if "/" in word for each in word.split("/")]
            assert deeds, f"{verb} {words}: no such deed"
            assert set(several) <= set(command.commands), f"{verb}: {several}"
        else:
            deeds = [command]
        known = {name for deed in deeds for param in deed.params for name in param.opts}
        given = {word for word in words if re.match("--?[a-z]", word)}
        assert given <= known, f"{verb}: {given - known}"
