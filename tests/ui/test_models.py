"""The place Models, with small real weights and a fake worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel

from aigc_studio.ui.places.models import ModelsPlace
from tests.cli.models import write_model

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio


@pytest.fixture
def place(studio: Studio, project: Path, qtbot: QtBot) -> ModelsPlace:
    studio.session.open(project, wait=True)
    made = ModelsPlace(studio)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    return made


def test_a_card_with_samples_and_what_is_known(place: ModelsPlace, qtbot: QtBot) -> None:
    (key,) = place.cards
    qtbot.waitUntil(lambda: place.studio.showcase.picture(key) is not None)
    assert place.choice == key
    assert place.sheet.name.edit.text() == "foxes-vae"
    shown = {each.text() for each in place.sheet.findChildren(QLabel)}
    assert {"Ada; Grace", "CC0"} <= shown


def test_renamed_removed_and_brought_back(place: ModelsPlace, studio: Studio) -> None:
    (key,) = place.cards
    place.sheet.name.edit.setText("my foxes")
    place.sheet.name.edit.editingFinished.emit()
    assert studio.session.project.models[key].name == "my foxes"
    assert place.cards[key].text() == "my foxes"
    place.sheet.removal_wanted.emit()
    assert not place.cards
    assert place.whole.currentWidget() is place.empty
    studio.session.undo()
    assert list(place.cards) == [key]


def test_models_in_and_out(
    place: ModelsPlace,
    studio: Studio,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    card = write_model(tmp_path / "other", value=7.0, name="owls")
    with qtbot.waitSignal(place.deeds.taken_in):
        assert place.take_files([tmp_path / "other"])
    assert place.choice == card.model
    studio.session.undo()
    assert card.model not in studio.session.project.models
    studio.session.redo()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "out"))
    with qtbot.waitSignal(place.told):
        place.deeds.ask_export(card.model)
    assert (tmp_path / "out" / "owls" / "weights.safetensors").is_file()
    (tmp_path / "foreign.pkl").write_bytes(b"no")
    assert not place.take_files([tmp_path / "foreign.pkl"])


def test_check_reads_to_the_last_byte(place: ModelsPlace, studio: Studio, qtbot: QtBot) -> None:
    (key,) = place.cards
    with qtbot.waitSignal(place.deeds.checked) as told:
        place.sheet.check_wanted.emit()
    assert told.args == [key, ""]
    weights = studio.session.store.model_folder(key) / "weights.safetensors"
    raw = bytearray(weights.read_bytes())
    raw[-1] ^= 1
    weights.write_bytes(raw)
    with qtbot.waitSignal(place.deeds.checked) as told:
        place.sheet.check_wanted.emit()
    assert "altered" in str(told.args[1])
    assert place.sheet.told.property("kind") == "error"


def test_an_unknown_family_is_kept_as_it_is(
    place: ModelsPlace, tmp_path: Path, qtbot: QtBot
) -> None:
    card = write_model(tmp_path / "odd", value=9.0, name="odd", family="image-someday")
    with qtbot.waitSignal(place.deeds.taken_in):
        place.deeds.take_in(tmp_path / "odd")
    assert place.choice == card.model
    assert not place.sheet.play.isEnabled()
    assert place.sheet.export.isEnabled()
    assert "does not know" in place.sheet.told.text()
