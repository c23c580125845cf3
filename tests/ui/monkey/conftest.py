"""The window as a person has it, with a project, a canvas with layers, and a painting worker."""

from __future__ import annotations

import logging
import secrets
import sys
from random import Random
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QFileDialog

from aigc_studio.document.canvas_edits import add_canvas
from aigc_studio.document.laying import add_layer
from aigc_studio.document.store import Store
from aigc_studio.studio.session import Session
from aigc_studio.studio.studio import Studio
from aigc_studio.ui.application import Face
from aigc_studio.ui.new_project import NewProject
from aigc_studio.ui.projects import Projects
from tests.cli.models import write_model
from tests.studio.helpers import PAINTING, settled, use_worker
from tests.ui.monkey.hand import Hand
from tests.ui.monkey.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.logging import _QtMessageCapture as QtLog
    from pytestqt.qtbot import QtBot

    from aigc_studio.document.model import Model


LOG = "deeds.txt"


@pytest.fixture(autouse=True)
def _painting_worker(_fake_worker: None, monkeypatch: pytest.MonkeyPatch) -> None:
    use_worker(monkeypatch, PAINTING)


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """What the monkey's dice begin with; given by a parameter."""
    return int(request.param)


@pytest.fixture
def dice(seed: int, monkeypatch: pytest.MonkeyPatch) -> Random:
    """The only chance there is."""
    made = Random(seed)
    monkeypatch.setattr(secrets, "randbelow", made.randrange)
    return made


@pytest.fixture
def _answered(dice: Random, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dialogs of the system are answered, and nobody leaves the project."""
    (tmp_path / "out").mkdir()
    files = sorted(str(path) for path in (tmp_path / "pictures").iterdir())
    weights = str(tmp_path / "model" / "weights.safetensors")

    def several(*_: object, **__: object) -> tuple[list[str], str]:
        return dice.choice(([], files[:2])), ""

    def single(*_: object, **__: object) -> tuple[str, str]:
        return dice.choice(("", files[0], weights)), ""

    def folder(*_: object, **__: object) -> str:
        return dice.choice(("", str(tmp_path / "out"), str(tmp_path / "pictures")))

    def answered(dialog: QFileDialog) -> None:
        if path := dice.choice(("", files[0])):
            dialog.fileSelected.emit(path)
        dialog.close()

    monkeypatch.setattr(QFileDialog, "open", answered)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", several)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", single)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", folder)
    monkeypatch.setattr(NewProject, "exec", lambda _self: 0)
    monkeypatch.setattr(Projects, "leave", lambda *_: False)


@pytest.fixture
def project(tmp_path: Path, project: Path) -> Path:
    """With a model that repaints."""
    write_model(tmp_path / "flow", value=2.0, name="foxes-flow", family="image-flow")
    with Store.open(project) as store:
        store.adopt_model(tmp_path / "flow")
        store.save()
    return project


@pytest.fixture
def face(
    dressed: QApplication, tmp_path: Path, project: Path, _answered: None, qtbot: QtBot
) -> Iterator[Face]:
    """The window, a canvas with a living layer and a picture shown in it."""
    studio = Studio(tmp_path / "settings.json")
    studio.settings.change(language="en", theme="dark")
    made = Face(dressed, studio)
    made.window.resize(1440, 900)
    made.begin()
    qtbot.waitExposed(made.window)
    studio.session.open(project, wait=True)
    qtbot.waitUntil(lambda: studio.choice.model is not None)
    edit = add_canvas(studio.session.project, "Foxes", 64, 64)
    studio.session.apply(edit)
    key = edit.changes[0].key
    asset = next(iter(studio.session.project.assets))
    studio.session.apply(add_layer(studio.session.project, key, asset))
    made.window.documents.open("canvas", key)
    settled(studio, qtbot)
    studio.commands.run("play.place")
    studio.session.save()
    yield made
    made.window.retire()
    made.end()
    studio.deleteLater()
    made.deleteLater()
    # Home waits for the look it takes at a project when it is deleted, which is to be now.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def hand(
    face: Face,
    dice: Random,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtlog: QtLog,
    request: pytest.FixtureRequest,
) -> Iterator[Hand]:
    """The monkey's hand at that window."""
    if not hasattr(request.node, "qt_log_capture"):
        pytest.fail("Qt's warnings are not heard with -s; use -rP to read what is told")
    watch = Watch(monkeypatch, qtlog, face.studio, tmp_path / LOG)
    logging.getLogger().addHandler(watch)
    files = sorted(str(path) for path in (tmp_path / "pictures").iterdir())
    (tmp_path / "notes.txt").write_text("no picture")
    files += [str(tmp_path / "notes.txt"), str(tmp_path / "pictures")]
    made = Hand(face, dice, watch, files)
    usual = Session.adopt

    def adopt(session: Session, run: Path, name: str = "") -> Model | None:
        model = usual(session, run, name)
        if model is not None:
            made.brought.add(model.id)
        return model

    monkeypatch.setattr(Session, "adopt", adopt)
    yield made
    logging.getLogger().removeHandler(watch)
    sys.stdout.write("\n".join(("The last deeds:", *watch.did, "")))  # seen when a test fails
