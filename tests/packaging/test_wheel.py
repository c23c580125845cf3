"""The wheel carries the resources to where `base.paths` looks for them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hatchling import build

from aigc_studio.base import paths

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The files of a wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        wheel = folder / build.build_wheel(str(folder))
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_wheel_has_all_resources(names: set[str]) -> None:
    resources = ROOT / "resources"
    there = {path.relative_to(resources).as_posix() for path in _files(resources)}
    packed = {name.removeprefix("aigc_studio/_resources/") for name in names if "_res" in name}
    assert packed == there


def test_wheel_has_all_modules_and_nothing_else(names: set[str]) -> None:
    modules = {path.relative_to(ROOT).as_posix() for path in _files(ROOT / "aigc_studio")}
    rest = {name for name in names if "_resources/" not in name and ".dist-info/" not in name}
    assert rest == modules


def test_checkout_uses_its_own_resources() -> None:
    assert paths.resources() == ROOT / "resources"


def _files(folder: Path) -> list[Path]:
    return [p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
