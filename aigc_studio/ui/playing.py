"""Play a model: the instrument takes it up, and the dock comes into sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aigc_studio.document.chosen import ChosenModel
    from aigc_studio.studio.studio import Studio

DOCK = "view.dock"


def play(studio: Studio, model: str) -> bool:
    """Take up a model by its id or name; answers whether it can be played, else it was told."""
    return studio.choice.use(model) and show_dock(studio)


def play_chosen(studio: Studio, model: ChosenModel) -> bool:
    """Take up a model that need not be in the project, such as a snapshot of a run."""
    return studio.choice.use_chosen(model) and show_dock(studio)


def show_dock(studio: Studio) -> bool:
    """Let the dock come into sight; answers True."""
    if DOCK in studio.commands:
        shown = studio.commands[DOCK].checked
        if shown is not None and not shown():
            studio.commands.run(DOCK)
    return True
