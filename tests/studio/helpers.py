"""What tests of the studio and of the window share."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent

from aigc_studio.document.importing import import_files
from aigc_studio.document.store import Store
from tests.cli.conftest import write_picture
from tests.cli.models import write_model

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio

PAINTING, TRAINING = "tests.studio.painting_worker", "tests.cli.fake_worker"


def use_worker(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    """Let every worker process be this module."""

    def command(*options: str) -> list[str]:
        return [sys.executable, "-m", module, *options]

    # In this order: what is first imported here must not take the fake for the true one.
    for starter in ("launch", "runner", "child"):
        monkeypatch.setattr(f"aigc_studio.jobs.{starter}.worker_command", command)


def keep_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the person's own folders lie in the test's."""
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    monkeypatch.setenv("HOME", str(folder / "home"))


def write_project(folder: Path) -> Path:
    """A project with five pictures in "foxes" and a model."""
    project = folder / "Foxes.aigc"
    for number in range(5):
        write_picture(folder / "pictures" / f"fox-{number}.png", number)
    write_model(folder / "model", value=1.0, name="foxes-vae")
    with Store.create(project, author="Ada") as store:
        import_files(store, [folder / "pictures"], "foxes")
        store.adopt_model(folder / "model")
        store.save()
    return project


def put_away(studio: Studio) -> None:
    """End a studio and everything that belongs to it."""
    studio.close()
    studio.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def settled(studio: Studio, qtbot: QtBot) -> None:
    """Wait until the present point has a picture that stands in the trail."""

    def rests() -> bool:
        result = studio.instrument.result
        return result is not None and result.number > 0

    qtbot.waitUntil(rests, timeout=20_000)
