"""The commands of the dock."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from aigc_studio.catalog.latent import Cap
from aigc_studio.studio.commands import Command
from aigc_studio.studio.presets import dislike, star
from aigc_studio.ui.dock.map import MODE
from aigc_studio.ui.keys import shown_keys
from aigc_studio.ui.play_mode import play_mode, show_result
from aigc_studio.ui.translate import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.studio.trail import Played
    from aigc_studio.ui.dock.dock import Dock


COMPARE = "play.compare"
_MORE = (
    "play.walk",
    COMPARE,
    "play.pin_a",
    "play.pin_b",
    "play.beside",
    "play.mode",
    "play.result",
)


def dock_commands(dock: Dock) -> list[Command]:
    """What can be done with the instrument."""
    return [
        *_ways(dock),
        *_comparing(dock),
        *_alone(dock),
    ]


def _ways(dock: Dock) -> list[Command]:
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
        Command(
            "play.walk",
            tr("Walk by chance"),
            studio.wander.toggle,
            ("W",),
            "dock",
            lambda: instrument.code is not None,
            lambda: studio.wander.is_walking,
            icon="walk",
        ),
        Command(
            MODE,
            tr("Map by likeness"),
            lambda: _show_other_map(dock),
            ("M",),
            "dock",
            lambda: can(Cap.ENCODE),
            lambda: studio.atlas.wish == "likeness",
            icon="likeness",
        ),
    ]


def _comparing(dock: Dock) -> list[Command]:
    compare, instrument = dock.studio.compare, dock.studio.instrument

    def seen() -> bool:
        return instrument.result is not None

    def comparable() -> bool:
        return compare.before is not None

    return [
        Command(
            COMPARE,
            tr("Show what was before"),
            lambda: compare.show_before(not compare.is_before),
            ("\\",),
            "dock",
            comparable,
            lambda: compare.is_before,
            icon="compare",
        ),
        Command(
            "play.pin_a",
            tr("Pin as A"),
            lambda: compare.pin("a"),
            ("A",),
            "dock",
            seen,
            lambda: compare.pinned("a") is not None,
        ),
        Command(
            "play.pin_b",
            tr("Pin as B"),
            lambda: compare.pin("b"),
            ("B",),
            "dock",
            seen,
            lambda: compare.pinned("b") is not None,
        ),
        Command(
            "play.beside",
            tr("Side by side"),
            lambda: compare.show_beside(not compare.is_beside),
            ("Shift+\\",),
            "dock",
            comparable,
            lambda: compare.is_beside,
            icon="compare",
        ),
    ]


def _show_other_map(dock: Dock) -> None:
    atlas = dock.studio.atlas
    atlas.show("directions" if atlas.wish == "likeness" else "likeness")


def _alone(dock: Dock) -> list[Command]:
    studio, choice = dock.studio, dock.studio.choice

    def plays() -> bool:
        return choice.model is not None

    return [
        Command(
            "play.mode",
            tr("Play mode"),
            lambda: play_mode(studio, dock.window()),
            ("Shift+F11",),
            enabled=plays,
            icon="zoom-fit",
        ),
        Command(
            "play.result",
            tr("Result on another display"),
            lambda: show_result(studio, dock.window()),
            ("Ctrl+Shift+F11",),
            enabled=plays,
        ),
    ]


def more_menu(dock: Dock) -> QMenu:
    """What has no button of its own in the dock, in a menu below its button."""
    menu = QMenu(dock)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    commands = dock.studio.commands
    for command_id in _MORE:
        if command_id in commands:
            command = commands[command_id]
            keys = shown_keys(commands.keys_of(command_id)[:1])
            action = menu.addAction(f"{command.title}\t{keys}" if keys else command.title)
            action.setEnabled(command.enabled())
            action.setCheckable(command.checked is not None)
            action.setChecked(command.checked is not None and command.checked())
            action.triggered.connect(partial(commands.run, command_id))
    menu.popup(dock.more.mapToGlobal(QPoint(0, dock.more.height())))
    return menu


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
