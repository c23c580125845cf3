"""What can be done to the pictures of the library, by keys, menus and palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.studio.commands import Command
from aigc_studio.ui.translate import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.ui.places.library import LibraryPlace

    Deed = Callable[[LibraryPlace], object]


def library_commands(
    shown: Callable[[], LibraryPlace | None], go_there: Callable[[], object]
) -> list[Command]:
    """They act on the library while it is shown.

    Args:
        shown: the library, if it is what is shown now.
        go_there: shows it.
    """

    def chosen() -> bool:
        place = shown()
        return place is not None and bool(place.grid.selected())

    def there() -> bool:
        return shown() is not None

    def on(deed: Deed) -> Callable[[], object]:
        def run() -> object:
            place = shown()
            return deed(place) if place else None

        return run

    def find() -> None:
        go_there()
        on(lambda place: place.search.setFocus())()

    def made(
        name: str, title: str, deed: Deed, *keys: str, icon: str = "", all_of_it: bool = False
    ) -> Command:
        enabled = there if all_of_it else chosen
        return Command(f"library.{name}", title, on(deed), keys, "library", enabled, icon=icon)

    return [
        Command("library.find", tr("Search the library"), find, ("Ctrl+F",), icon="search"),
        made("all", tr("Choose all"), lambda p: p.grid.selectAll(), "Ctrl+A", all_of_it=True),
        made("look", tr("Look at it closely"), lambda p: p.look(), "Space", icon="eye"),
        made("details", tr("Show the details"), lambda p: p.show_panel("details"), "Return"),
        made("rename", tr("Rename"), lambda p: p.edit_name(), "F2", icon="rename"),
        made(
            "collect",
            tr("New collection of what is chosen"),
            lambda p: p.deeds.new_collection(),
            icon="collection",
            all_of_it=True,
        ),
        made("alike", tr("Find near duplicates"), lambda p: p.find_alike(), all_of_it=True),
        made("export", tr("Export the chosen pictures..."), lambda p: p.deeds.export()),
        made(
            "remove",
            tr("Remove from the project"),
            lambda p: p.deeds.remove(),
            "Delete",
            icon="trash",
        ),
    ]
