"""Library, Models and Train as they work together in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QWidget

from aigc_studio.ui.parts import PLACES
from aigc_studio.ui.places.library import LibraryPlace
from aigc_studio.ui.places.models import ModelsPlace
from aigc_studio.ui.places.train import TrainPlace
from tests.cli.conftest import write_picture

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.ui.main_window import MainWindow

P = TypeVar("P", bound=QWidget)


def _shown(window: MainWindow, kind: type[P]) -> P:
    shown = window.pages.currentWidget()
    assert isinstance(shown, kind)
    return shown


def _open(window: MainWindow, project: Path, place: str) -> None:
    window.studio.session.open(project, wait=True)
    window.show_place(place)


def test_files_dropped_anywhere_come_to_the_library(
    window: MainWindow, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    _open(window, project, "models")
    write_picture(tmp_path / "owls" / "owl.png", 77)
    with qtbot.waitSignal(window.studio.importer.ended):
        assert window.give_files([tmp_path / "owls"], "owls")
    names = {each.name for each in window.studio.session.project.collections.values()}
    assert names == {"foxes", "owls"}
    assert "1 picture came in." in [each.happened for each in window.messages.messages()]


def test_from_a_collection_to_its_training(window: MainWindow, project: Path) -> None:
    _open(window, project, "library")
    key = next(iter(window.studio.session.project.collections))
    library = _shown(window, LibraryPlace)
    library.collections.choose(key)
    library.prepare.training_wanted.emit()
    train = _shown(window, TrainPlace)
    assert train.form.collection.currentData() == key
    window.studio.forecaster.cancel()


def test_from_a_model_to_further_training(window: MainWindow, project: Path) -> None:
    _open(window, project, "models")
    models = _shown(window, ModelsPlace)
    models.sheet.train_wanted.emit()
    train = _shown(window, TrainPlace)
    assert train.form.parent_model.currentData() == models.choice
    window.studio.forecaster.cancel()


def test_closing_the_project_empties_every_place(window: MainWindow, project: Path) -> None:
    for place in PLACES:
        _open(window, project, place.id)
    library = window.pages.place(next(place for place in PLACES if place.id == "library"))
    assert isinstance(library, LibraryPlace)
    library.grid.selectAll()
    window.studio.session.close()
    assert not library.grid.items.items
    window.studio.session.open(project, wait=True)
    assert len(library.grid.items.items) == 5
