"""Presets: points of the dock under names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QToolButton

from aigc_studio.document.preset_edits import remove_preset
from aigc_studio.ui.dock.trail import keep_preset
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import tool

if TYPE_CHECKING:
    from aigc_studio.document.canvas import Preset
    from aigc_studio.studio.studio import Studio


def presets_button(studio: Studio) -> QToolButton:
    """A button with a menu of the presets."""
    made = tool("star", tr("Presets"))
    menu = QMenu(made)
    menu.aboutToShow.connect(lambda: fill(menu, studio))
    made.setMenu(menu)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return made


def fill(menu: QMenu, studio: Studio) -> None:
    """Fill the menu with what the project has now."""
    menu.clear()
    if not studio.session.is_open:
        return
    result = studio.instrument.result
    keep = menu.addAction(tr("Keep this as a preset"))
    keep.setEnabled(result is not None and bool(result.number))
    keep.triggered.connect(lambda: result and keep_preset(studio, result))
    presets = list(studio.session.project.presets.values())
    if not presets:
        return
    menu.addSeparator()
    for preset in presets:
        menu.addAction(preset.name).triggered.connect(
            lambda _=False, preset=preset: recall(studio, preset)
        )
    menu.addSeparator()
    gone = menu.addMenu(tr("Remove"))
    for preset in presets:
        gone.addAction(preset.name).triggered.connect(
            lambda _=False, key=preset.id: studio.session.do(
                lambda project: remove_preset(project, key)
            )
        )


def recall(studio: Studio, preset: Preset) -> bool:
    """Go to where a preset was kept."""
    point = preset.point
    return studio.instrument.play_at(point.model, point.numbers.copy(), point.truncation)
