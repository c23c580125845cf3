"""THE list of what fills the window: places, editors, the dock. Each loads when first shown."""

from __future__ import annotations

import importlib
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigc_studio.ui.translate import later

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


@dataclass(frozen=True)
class Place:
    """A place with a tab of its own.

    Attributes:
        id: of the place; the command that goes there is "go.<id>".
        title: on its tab, in English.
        icon: on its tab.
        where: "module:Class" below `aigc_studio.ui`; called with the Studio.
        needs_project: there is nothing in it without an open project.
        dock: whether the dock stands beside it.
        takes_files: whether files that are dropped anywhere end up here.
    """

    id: str
    title: str
    icon: str
    where: str
    needs_project: bool = True
    dock: bool = False
    takes_files: bool = False


@dataclass(frozen=True)
class Editor:
    """What opens documents of one kind, each in a tab with its name.

    Attributes:
        kind: of the documents.
        table: field of `Project` that holds them, by id, with a `name`.
        icon: on the tabs.
        where: "module:Class" below `aigc_studio.ui`; called with the Studio and the id.
        new: id of the command that makes a new one, for the "+" beside the tabs.
        edits: module below `aigc_studio.document` with `rename_<kind>` and `remove_<kind>`.
    """

    kind: str
    table: str
    icon: str
    where: str
    new: str
    edits: str


PLACES = (
    Place("home", later("Home"), "home", "places.home:HomePlace", needs_project=False),
    Place("library", later("Library"), "library", "places.library:LibraryPlace", takes_files=True),
    Place("models", later("Models"), "models", "places.models:ModelsPlace"),
    Place("train", later("Train"), "train", "places.train:TrainPlace"),
)
EDITORS = (
    Editor(
        kind="canvas",
        table="canvases",
        icon="canvas",
        where="editors.canvas.editor:CanvasEditor",
        new="canvas.new",
        edits="canvas_edits",
    ),
)
# "module:Class" below `aigc_studio.ui`, called with the Studio; "" for none.
DOCK = "dock.dock:Dock"


# Set by `load`. To make a place before would wait for the thread that loads it.
loaded = threading.Event()


def load() -> None:
    """Load all of it now, in a thread, so that the first look at a place takes less."""
    for where in (DOCK, *(each.where for each in (*EDITORS, *PLACES))):
        importlib.import_module(f"aigc_studio.ui.{where.partition(':')[0]}")
    loaded.set()


def build(where: str, *given: object) -> QWidget:
    """Load and make what `where` names."""
    module, _, name = where.partition(":")
    made: QWidget = getattr(importlib.import_module(f"aigc_studio.ui.{module}"), name)(*given)
    return made
