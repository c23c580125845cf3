"""The commands of the dock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.catalog.latent import Cap
from aigc_studio.studio.commands import Command
from aigc_studio.studio.presets import dislike, star
from aigc_studio.ui.translate import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.studio.trail import Played
    from aigc_studio.ui.dock.dock import Dock


def dock_commands(dock: Dock) -> list[Command]:
    """What can be done with the instrument."""
    studio, instrument = dock.studio, dock.studio.instrument

    def can(ability: Cap) -> bool:
        return ability in studio.choice.abilities

    return [
        Command(
            "play.place",
            tr("Place on the canvas"),
            studio.living.place,
            ("Ctrl+Return",),
            enabled=lambda: instrument.result is not None and studio.session.is_open,
            icon="plus",
        ),
        Command(
            "play.random",
            tr("Random"),
            studio.explorer.random,
            ("R",),
            "dock",
            lambda: can(Cap.SAMPLE),
            icon="random",
        ),
        Command(
            "play.nearby",
            tr("Surprise me near here"),
            studio.picking.begin,
            ("Shift+R",),
            "dock",
            lambda: can(Cap.DECODE) and instrument.code is not None,
            icon="nearby",
        ),
        Command(
            "play.find",
            tr("Find in model..."),
            dock.ask_find,
            ("F",),
            "dock",
            lambda: can(Cap.ENCODE),
            icon="search",
        ),
        Command(
            "play.like",
            tr("Like: star what is seen"),
            lambda: _star(dock),
            ("+",),
            "dock",
            _rests(dock),
            icon="star",
        ),
        Command(
            "play.dislike",
            tr("Dislike: learn from it"),
            lambda: _dislike(dock),
            ("-",),
            "dock",
            _rests(dock),
        ),
    ]


def _rests(dock: Dock) -> Callable[[], bool]:
    def rests() -> bool:
        result = dock.studio.instrument.result
        return result is not None and result.number > 0

    return rests


def _star(dock: Dock) -> None:
    result = dock.studio.instrument.result
    if result:
        star(dock.studio.session, dock.studio.instrument, _entry(dock, result), starred=True)


def _dislike(dock: Dock) -> None:
    result = dock.studio.instrument.result
    if result:
        dislike(dock.studio.session, dock.studio.instrument, _entry(dock, result))


def _entry(dock: Dock, result: Played) -> Played:
    """What the trail says of it by now: whether it was liked or disliked before."""
    return dock.studio.instrument.trail.find(result) or result
