"""README and CONTRIBUTING name only what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

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
