"""The commands of timelines; they act on the canvas that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.studio.commands import Command
from aigc_studio.ui.playing import show_dock
from aigc_studio.ui.translate import later, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.document.tracks import Easing
    from aigc_studio.studio.studio import Studio

EASINGS: dict[Easing, str] = {
    "linear": later("Even"),
    "ease": later("Slow at both ends"),
    "ease-in": later("Slow at first"),
    "ease-out": later("Slow at the end"),
    "hold": later("Stay"),
}


def timeline_commands(studio: Studio) -> list[Command]:
    """What can be done with the timeline."""
    return [
        *_playing(studio), *_going(studio), *_keys(studio), *_easings(studio), *_marks(studio),
    ]  # fmt: skip


def _playing(studio: Studio) -> list[Command]:
    stage = studio.stage

    def living() -> bool:
        return studio.living.target is not None

    return [
        Command(
            "timeline.play",
            tr("Play or pause"),
            studio.head.toggle,
            ("F8",),
            enabled=_has_keys(studio),
            checked=lambda: studio.head.playing,
            icon="play",
        ),
        Command(
            "timeline.key",
            tr("Add key"),
            studio.recorder.add_key,
            ("K",),
            "dock",  # after a move on the pad as well
            lambda: studio.recorder.can_key,
            icon="key-add",
        ),
        Command(
            "timeline.record",
            tr("Record move"),
            lambda: _arm(studio),
            enabled=living,
            checked=lambda: studio.recorder.armed,
            icon="record",
        ),
        Command(
            "timeline.auto_key",
            tr("Keys by themselves"),
            lambda: studio.recorder.set_auto_key(not studio.recorder.auto_key),
            checked=lambda: studio.recorder.auto_key,
        ),
        Command(
            "timeline.loop",
            tr("Make loop"),
            studio.keys.toggle_loop,
            enabled=_has_keys(studio),
            checked=lambda: bool(stage.canvas and stage.canvas.timeline.loop),
            icon="loop",
        ),
        Command(
            "timeline.even",
            tr("Even pace"),
            studio.evening.toggle,
            enabled=lambda: bool(stage.canvas and stage.canvas.timeline.keyframes),
            checked=lambda: studio.evening.is_even,
        ),
    ]


def _arm(studio: Studio) -> None:
    studio.recorder.arm(not studio.recorder.armed)
    if studio.recorder.armed:
        show_dock(studio)  # what is recorded is dragged there


def _going(studio: Studio) -> list[Command]:
    head, keys = studio.head, studio.keys

    def one(key: str, title: str, run: Callable[[], object], shortcut: str) -> Command:
        has_keys = _has_keys(studio)
        return Command(f"timeline.{key}", title, run, (shortcut,), "timeline", has_keys)

    return [
        one(
            "back",
            tr("One frame back"),
            lambda: head.show_frame(head.frame - 1),
            "Left",
        ),
        one("on", tr("One frame on"), lambda: head.show_frame(head.frame + 1), "Right"),
        one("first", tr("To the beginning"), lambda: head.show_frame(0), "Home"),
        one("last", tr("To the end"), lambda: head.show_frame(1 << 20), "End"),
        one("previous_key", tr("To the key before"), keys.go_to_previous, "["),
        one("next_key", tr("To the next key"), keys.go_to_next, "]"),
    ]


def _keys(studio: Studio) -> list[Command]:
    keys, chosen = studio.keys, _chosen(studio)

    def one(
        key: str, title: str, run: Callable[[], object], *shortcuts: str, icon: str = ""
    ) -> Command:
        return Command(f"timeline.{key}", title, run, shortcuts, "timeline", chosen, icon=icon)

    return [
        one("earlier", tr("Move keys one frame back"), lambda: keys.move(-1), "Alt+Left"),
        one("later", tr("Move keys one frame on"), lambda: keys.move(1), "Alt+Right"),
        one("copy_keys", tr("Copy keys"), keys.copy, "Ctrl+C", icon="copy"),
        Command(
            "timeline.paste_keys",
            tr("Paste keys at the play head"),
            keys.paste,
            ("Ctrl+V",),
            "timeline",
            lambda: keys.can_paste,
            icon="paste",
        ),
        Command(
            "timeline.all_keys",
            tr("Select all keys"),
            keys.choose_all,
            ("Ctrl+A",),
            "timeline",
            _has_keys(studio),
        ),
        one("remove_keys", tr("Remove keys"), keys.remove, "Del", "Backspace", icon="trash"),
    ]


def _easings(studio: Studio) -> list[Command]:
    def one(number: int, easing: Easing, words: str) -> Command:
        return Command(
            f"timeline.{easing}",
            tr("Way to the next key: {easing}", easing=tr(words)),
            lambda: studio.keys.ease(easing),
            (str(number),),
            "timeline",
            _chosen(studio),
            lambda: {key.easing for key in studio.keys.chosen} == {easing},
        )

    return [one(number + 1, *each) for number, each in enumerate(EASINGS.items())]


def _marks(studio: Studio) -> list[Command]:
    desk = studio.markers

    def there() -> bool:
        return studio.stage.canvas is not None

    def some() -> bool:
        return bool(desk.markers)

    return [
        Command(
            "timeline.marker",
            tr("Add a marker"),
            desk.add,
            ("Shift+M",),
            "dock",
            there,
            icon="marker",
        ),
        Command(
            "timeline.previous_marker",
            tr("To the marker before"),
            desk.go_to_previous,
            ("Shift+[", "{"),
            "timeline",
            some,
        ),
        Command(
            "timeline.next_marker",
            tr("To the next marker"),
            desk.go_to_next,
            ("Shift+]", "}"),
            "timeline",
            some,
        ),
        Command(
            "timeline.beats",
            tr("Show beats"),
            desk.toggle_beats,
            enabled=there,
            checked=lambda: desk.beats is not None,
        ),
        Command("timeline.tap", tr("Tap the tempo"), desk.tap, ("T",), "timeline", there),
    ]


def _has_keys(studio: Studio) -> Callable[[], bool]:
    return lambda: bool(studio.stage.canvas and studio.stage.canvas.timeline.all_keys)


def _chosen(studio: Studio) -> Callable[[], bool]:
    return lambda: bool(studio.stage.chosen_keys)
