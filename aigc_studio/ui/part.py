"""What every place and editor is to the window, and what it can ask of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.studio.studio import Studio


class Part(QWidget):
    """Base of what fills the window below its tabs.

    Signals:
        place_wanted(str): show another place, by its id.
        document_wanted(str, str): open a document, by its kind and its id.
        project_wanted(object): open a project; a Path, or None for the starter.
        keeping_wanted(object): open what was left of the starter at this Path, and keep it as a
            project.
        run_wanted(object, str): open the project at this Path and go on with this run.
        files_given(object, str): bring files in (paths, and the collection's name or "").
        told(object): a StudioError, or a str that all went well, for the message bar.
    """

    place_wanted = Signal(str)
    document_wanted = Signal(str, str)
    project_wanted = Signal(object)
    keeping_wanted = Signal(object)
    run_wanted = Signal(object, str)
    files_given = Signal(object, str)
    told = Signal(object)

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.studio = studio
        # Where keys go when a page comes, so that no button looks chosen before Tab was pressed.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def came(self) -> None:
        """It is shown again; what is only looked up when needed can be refreshed here."""

    def take_files(self, paths: list[Path], collection: str = "") -> bool:
        """Files were dropped on the window; answers whether this part takes them."""
        return False
