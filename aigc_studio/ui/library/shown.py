"""Which assets are shown, and how they stand in the grid."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from aigc_studio.catalog.latent import Modality
from aigc_studio.ui.translate import worn
from aigc_studio.ui.widgets.flow_grid import GridItem

if TYPE_CHECKING:
    from collections.abc import Collection as Group
    from collections.abc import Iterable, Iterator

    from aigc_studio.document.model import Asset, Project


def shown_assets(project: Project, collection_id: str, words: str) -> Iterator[Asset]:
    """The pictures of a collection that hold all words.

    Args:
        collection_id: "" for everything in the library.
        words: each may be a part of a word; "" for all.
    """
    collection = project.collections.get(collection_id)
    ids = collection.items if collection else _everything(project)
    wanted = words.casefold().split()
    for key in ids:
        asset = project.assets[key]
        in_library = collection is not None or not asset.render
        if in_library and asset.kind is Modality.IMAGE and matches(asset, wanted):
            yield asset


def _everything(project: Project) -> Iterable[str]:
    """In the order of the collections: that of the table is chance once it was saved."""
    gathered = chain.from_iterable(each.items for each in project.collections.values())
    return dict.fromkeys(chain(gathered, project.assets))


def matches(asset: Asset, wanted: list[str]) -> bool:
    """Whether an asset's name, captions, tags, author or rights hold every word."""
    if not wanted:
        return True
    said = (asset.name, *asset.captions.values(), *asset.tags, asset.author, asset.rights)
    hay = "\n".join(said).casefold()
    return all(word in hay for word in wanted)


def title_of(asset: Asset) -> str:
    """What an asset is called: its caption in the window's language, else any, else its name."""
    return asset.captions.get(worn()) or asset.caption or asset.name


class GridItems:
    """Assets as they stand in the grid; remembered, since thousands are listed at every edit."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Asset, bool, str, GridItem]] = {}

    def of(self, assets: Iterable[Asset], missing: Group[str]) -> list[GridItem]:
        """The items of assets, in their order; `missing` are ids whose file is not there."""
        language, known = worn(), self._known
        fresh: dict[str, tuple[Asset, bool, str, GridItem]] = {}
        for asset in assets:
            lost, last = asset.id in missing, known.get(asset.id)
            if last is None or last[0] is not asset or last[1:3] != (lost, language):
                last = (asset, lost, language, _grid_item(asset, missing=lost))
            fresh[asset.id] = last
        known.update(fresh)
        return [each[3] for each in fresh.values()]

    def forget(self) -> None:
        """Another project is open."""
        self._known.clear()


def _grid_item(asset: Asset, *, missing: bool) -> GridItem:
    lines = [asset.name, *asset.captions.values(), ", ".join(asset.tags)]
    badge = "warning" if missing else "wand" if made_here(asset) else ""
    return GridItem(
        asset.id,
        title_of(asset),
        "\n".join(dict.fromkeys(line for line in lines if line)),
        badge,
    )


def made_here(asset: Asset) -> bool:
    """Whether a model made it."""
    return asset.recipe is not None or asset.generated
