"""Library, Models, Train, and the dialogs, each by keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from aigc_studio.ui.help_viewer import HelpViewer
from aigc_studio.ui.palette import Palette
from aigc_studio.ui.settings_dialog import SettingsDialog

if TYPE_CHECKING:
    from aigc_studio.studio.studio import Studio
    from tests.ui.keyboard.hand import Hand


def test_the_library(opened: Hand, studio: Studio) -> None:
    hand = opened
    hand.press("Ctrl+2")
    hand.wait(lambda: hand.at("Pictures"))
    hand.press("End")
    hand.press("Home")
    hand.press("F2")
    hand.press("Ctrl+A")
    hand.type("Reynard")
    hand.press("Return")
    assert "Reynard" in {asset.name for asset in studio.session.project.assets.values()}
    hand.tab_to("Pictures")
    hand.press("Home")
    hand.press("Shift+Right")
    hand.tab_to("New collection")
    hand.press("Return")
    hand.wait(lambda: sizes(studio) == [2, 5])
    hand.press("Esc")  # its name could be typed at once
    hand.press("Ctrl+Z")
    assert sizes(studio) == [5]
    hand.press("Ctrl+Z")
    assert "Reynard" not in {asset.name for asset in studio.session.project.assets.values()}


def sizes(studio: Studio) -> list[int]:
    return sorted(len(each.items) for each in studio.session.project.collections.values())


def test_models(opened: Hand, studio: Studio) -> None:
    hand = opened
    hand.press("Ctrl+3")
    hand.tab_to("foxes-vae")
    hand.press("Return")
    hand.tab_to("Name")
    hand.press("Ctrl+A")
    hand.type("Reynard")
    hand.press("Return")
    assert [model.name for model in studio.session.project.models.values()] == ["Reynard"]
    hand.tab_to("Play")
    hand.press("Return")
    hand.wait(lambda: studio.instrument.result is not None)
    hand.press("F6")
    assert hand.at("Dock")


def test_training(opened: Hand, studio: Studio) -> None:
    hand = opened
    hand.press("Ctrl+4")
    hand.tab_to("Explore shapes")
    hand.press("Down")
    hand.press("Up")
    hand.tab_to("How large?")
    hand.press("Right")
    hand.tab_to("How long?")
    hand.press("Ctrl+A")
    hand.type("30")
    hand.tab_to("Name of the model")
    hand.type("long")
    hand.tab_to("Start training")
    hand.press("Return")
    hand.wait(lambda: studio.desk.busy)
    hand.wait(lambda: states(studio) == ["running"])
    hand.tab_to("Pause")
    hand.press("Return")
    hand.wait(lambda: states(studio) == ["paused"])
    hand.tab_to("Go on")
    hand.press("Return")
    hand.wait(lambda: states(studio) == ["running"])
    hand.tab_to("Stop")
    hand.press("Return")
    hand.wait(lambda: not studio.desk.busy)
    assert states(studio) == ["stopped"]


def states(studio: Studio) -> list[str]:
    return [view.state for view in studio.runs.all]


def test_the_palette_the_settings_and_the_manual(opened: Hand, studio: Studio) -> None:
    hand = opened
    hand.press("Ctrl+Shift+P")
    hand.wait(lambda: isinstance(QApplication.activeWindow(), Palette))
    hand.type("models")
    hand.press("Return")
    hand.wait(lambda: hand.window.shown_page == "models")
    hand.press("Ctrl+,")
    hand.wait(lambda: isinstance(QApplication.activeWindow(), SettingsDialog))
    hand.tab_to("Theme")
    hand.press("Right")
    assert studio.settings.values.theme != "system"
    hand.press("Esc")
    hand.press("F1")
    hand.wait(lambda: isinstance(QApplication.activeWindow(), HelpViewer))
    hand.press("Esc")
    hand.press("Ctrl+1")
    assert hand.window.shown_page == "home"
