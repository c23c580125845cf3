"""What can be done in the library, with models and with training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton

from aigc_studio.document import canvas_edits
from aigc_studio.ui.places.library import LibraryPlace
from aigc_studio.ui.places.models import ModelsPlace
from aigc_studio.ui.places.train import TrainPlace
from aigc_studio.ui.widgets.line_field import LineField
from tests.ui.monkey.deeds import deed
from tests.ui.monkey.going import in_a_menu

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView

    from tests.ui.monkey.hand import Hand

ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab)


def library_of(hand: Hand) -> LibraryPlace | None:
    """The library, shown."""
    if not isinstance(hand.place, LibraryPlace):
        hand.go("library")
    return hand.place if isinstance(hand.place, LibraryPlace) else None


@deed(5)
def choose_pictures(hand: Hand) -> None:
    """One, several, all; then perhaps remove them or ask for their menu."""
    library = library_of(hand)
    if library is None or not library.grid.items.rowCount():
        return
    hand.click(library.grid.viewport(), _row(hand, library.grid), hand.keys())
    match hand.dice.randrange(8):
        case 0:
            hand.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        case 1:
            hand.press(Qt.Key.Key_Delete)
        case 2:
            library.grid.menu_wanted.emit(hand.window.mapToGlobal(QPoint(300, 300)))
            in_a_menu(hand)
            in_a_menu(hand)
        case 3:
            hand.press(hand.dice.choice((Qt.Key.Key_Return, Qt.Key.Key_F2, Qt.Key.Key_Down)))


@deed(5)
def describe_pictures(hand: Hand) -> None:
    """Names, captions, tags, rights."""
    library = library_of(hand)
    field = hand.any_of(LineField, library.details) if library else None
    if field:
        hand.click(field.edit)
        hand.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        hand.type(hand.text())
        hand.press(hand.dice.choice(ENDS))


@deed(5)
def use_collections(hand: Hand) -> None:
    """Make, choose, rename, remove."""
    library = library_of(hand)
    if library is None:
        return
    many = len(hand.studio.session.project.collections) > 6
    port = library.collections.viewport()
    hand.click(port, _row(hand, library.collections))
    match 1 if many else hand.dice.randrange(4):
        case 0:
            hand.watch.note("new collection")
            library.deeds.new_collection()
            hand.type(hand.text())
            hand.press(hand.dice.choice(ENDS))
        case 1:
            hand.press(Qt.Key.Key_Delete)
        case 2:
            hand.press(Qt.Key.Key_F2)
            hand.type(hand.text())
            hand.press(hand.dice.choice(ENDS))
        case _:
            library.collections._menu(_row(hand, library.collections))
            in_a_menu(hand)


@deed(4)
def drag_pictures(hand: Hand) -> None:
    """Onto a collection."""
    library = library_of(hand)
    if library is None or not library.grid.items.rowCount():
        return
    port = library.grid.viewport()
    target = library.collections.viewport()
    over = target.mapTo(hand.window, _row(hand, library.collections))
    end = port.mapFrom(hand.window, over)
    start = _row(hand, library.grid)
    hand.drag(port, [start, start - QPoint(40, 0), end])


@deed(2)
def search_and_prepare(hand: Hand) -> None:
    """Words in the search, the panel of preparation."""
    library = library_of(hand)
    if library is None:
        return
    if hand.dice.random() < 0.5:
        hand.click(library.search)
        hand.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        hand.type(hand.dice.choice(("fox", "", "zzz", hand.text())))
    else:
        hand.click(hand.any_of(QAbstractButton, library))


@deed(3)
def use_models(hand: Hand) -> None:
    """Choose a card, rename it, and what its sheet offers."""
    if not isinstance(hand.place, ModelsPlace):
        hand.go("models")
    place = hand.place
    if not isinstance(place, ModelsPlace):
        return
    if place.cards:
        hand.click(hand.dice.choice(list(place.cards.values())))
    sheet = place.sheet
    match hand.dice.randrange(4):
        case 0:
            hand.click(sheet.name.edit)
            hand.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            hand.type(hand.text())
            hand.press(hand.dice.choice(ENDS))
        case 1:
            buttons = (sheet.play, sheet.train, sheet.export, sheet.check, sheet.remove)
            hand.click(hand.dice.choice(buttons))
        case 2:
            hand.run("edit.undo")


@deed(3)
def wish_for_training(hand: Hand) -> None:
    """Fields of the form, the variations; nothing is started."""
    if not isinstance(hand.place, TrainPlace):
        hand.go("train")
    if isinstance(hand.place, TrainPlace):
        form = hand.place.form
        hand.click(form, hand.point(form))
        hand.type(hand.text())


@deed(1)
def rename_or_remove_a_canvas(hand: Hand) -> None:
    """Documents come and go under the window."""
    project = hand.studio.session.project
    if not project.canvases:
        return
    key = hand.dice.choice(list(project.canvases))
    if hand.dice.random() < 0.5 or len(project.canvases) < 3:
        name = hand.text()
        hand.watch.note(f"rename a canvas {name!r}")
        hand.studio.session.do(lambda p: canvas_edits.rename_canvas(p, key, name))
    else:
        hand.watch.note("remove a canvas")
        hand.studio.session.do(lambda p: canvas_edits.remove_canvas(p, key))


def _row(hand: Hand, view: QAbstractItemView) -> QPoint:
    model = view.model()
    row = hand.dice.randrange(max(model.rowCount(), 1))
    return view.visualRect(model.index(row, 0)).center()
