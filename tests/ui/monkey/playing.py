"""What can be done with the dock and its trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QSlider, QToolButton

from aigc_studio.ui.dock.dock import DIRECTIONS, MIX, NEARBY, PAD, Dock
from aigc_studio.ui.dock.tile import Tile
from aigc_studio.ui.play_mode import ResultView
from tests.ui.monkey.deeds import deed
from tests.ui.monkey.drawing import editor_of
from tests.ui.monkey.going import in_a_menu
from tests.ui.monkey.hand import ARROWS, KEYS_ON_THE_WAY

if TYPE_CHECKING:
    from aigc_studio.ui.dock.map import Map
    from tests.ui.monkey.hand import Hand


def dock_of(hand: Hand) -> Dock | None:
    """The dock, beside a canvas; shown if it is not."""
    if editor_of(hand) and not hand.window.dock_place.is_shown():
        hand.run("view.dock")
        QApplication.processEvents()
    found = hand.window.dock
    return found if isinstance(found, Dock) and found.isVisible() else None


def pad_of(hand: Hand) -> Map | None:
    """The pad, shown."""
    dock = dock_of(hand)
    if dock is None:
        return None
    dock.show_page(PAD)
    return dock.pad.map


@deed(9, settles=True)
def drag_on_the_pad(hand: Hand) -> None:
    """The instrument follows; now and then a key is pressed meanwhile."""
    pad = pad_of(hand)
    if pad:
        then = hand.dice.choice(KEYS_ON_THE_WAY) if hand.dice.random() < 0.25 else ""
        hand.drag(pad, [hand.point(pad) for _ in range(hand.dice.randrange(1, 7))], then=then)


@deed(4, settles=True)
def arrows_on_the_pad(hand: Hand) -> None:
    """In small and large steps."""
    pad = pad_of(hand)
    if pad:
        pad.setFocus()
        for _ in range(hand.dice.randrange(1, 5)):
            hand.press(hand.dice.choice(ARROWS), hand.keys())


@deed(3, settles=True)
def another_page(hand: Hand) -> None:
    """Pad, directions, mix; then one of their sliders."""
    dock = dock_of(hand)
    if dock:
        key = hand.dice.choice((PAD, DIRECTIONS, MIX))
        hand.watch.note(f"page {key}")
        dock.show_page(key)
        slider = hand.any_of(QSlider, dock)
        if slider:
            hand.drag(slider, [hand.point(slider) for _ in range(3)])


@deed(3, settles=True)
def sources(hand: Hand) -> None:
    """Take where we are into the mix, or something out, and go between what there is."""
    dock = dock_of(hand)
    if dock:
        dock.show_page(MIX)
        rows = dock.mix.rows
        hand.watch.note(f"a source beside {len(rows)}")
        if rows and hand.dice.random() < 0.3:
            hand.studio.blend.remove(hand.dice.choice(rows).source.number)
        else:
            dock.mix.take()
        slider = hand.any_of(QSlider, dock.mix)
        if slider:
            hand.drag(slider, [hand.point(slider) for _ in range(3)])


@deed(3, settles=True)
def chance(hand: Hand) -> None:
    """Random, nearby, find."""
    hand.run(hand.dice.choice(("play.random", "play.nearby")))


@deed(3, settles=True)
def pick(hand: Hand) -> None:
    """A variation, or a result of the trail; by the other button its menu."""
    tile = hand.any_of(Tile)
    if tile is None:
        return
    if hand.dice.random() < 0.3:
        hand.click(tile, button=Qt.MouseButton.RightButton)
        tile.customContextMenuRequested.emit(QPoint(4, 4))
        in_a_menu(hand)
    else:
        hand.click(tile)


@deed(2)
def presets(hand: Hand) -> None:
    """Keep or recall one."""
    dock = dock_of(hand)
    star = hand.any_of(type(dock.tools["play.random"]), dock) if dock else None
    if star is not None and star.menu() is not None:
        menu = star.menu()
        hand.watch.note("menu of presets")
        menu.popup(star.mapToGlobal(QPoint(0, 0)))
        in_a_menu(hand)


@deed(1.5)
def recipe(hand: Hand) -> None:
    """Copy the recipe, paste it or something else."""
    dock = dock_of(hand)
    if dock:
        hand.watch.note("recipe")
        dock.recipe.copy()
        if hand.dice.random() < 0.3:
            QApplication.clipboard().setText(hand.text())
        dock.recipe.paste()


@deed(6)
def lay_down(hand: Hand) -> None:
    """Place the picture on the canvas."""
    canvas = hand.studio.stage.canvas
    if canvas is None or len(canvas.layers) < 12:
        hand.run("play.place")


@deed(2)
def drag_the_preview(hand: Hand) -> None:
    """Out of the dock, to the canvas."""
    dock = dock_of(hand)
    if dock:
        far = QPoint(-dock.width(), hand.dice.randrange(400))
        hand.drag(dock.preview, [dock.preview.rect().center(), QPoint(-20, 30), far])


@deed(3, settles=True)
def judge(hand: Hand) -> None:
    """Like or dislike what is seen, and learn from it."""
    hand.run(hand.dice.choice(("play.like", "play.dislike")))
    dock = dock_of(hand)
    if dock and dock.directions.lessons.learn.isEnabled() and hand.dice.random() < 0.5:
        dock.show_page(DIRECTIONS)
        hand.click(dock.directions.lessons.learn)


@deed(2)
def directions(hand: Hand) -> None:
    """Hold one, keep or remove one, rename one; another kind."""
    dock = dock_of(hand)
    if dock is None:
        return
    dock.show_page(DIRECTIONS)
    if dock.directions.kinds is not None and hand.dice.random() < 0.4:
        kinds = dock.directions.kinds.findChildren(QToolButton)
        hand.click(hand.dice.choice(kinds))
    elif dock.directions.rows:
        row = hand.dice.choice(dock.directions.rows)
        hand.click(hand.any_of(QToolButton, row))


@deed(1)
def locked(hand: Hand) -> None:
    """Hold the strongest, or let everything go."""
    count = hand.dice.choice((0, 0, 1, 2, 4))
    hand.watch.note(f"hold the {count} strongest")
    if count:
        hand.studio.lock.hold_strongest(count)
    else:
        hand.studio.lock.let_go()


@deed(3, settles=True)
def generations(hand: Hand) -> None:
    """Pick of nine, go on, go back, end."""
    dock = dock_of(hand)
    if dock is None or not dock.nearby.tiles:
        return
    dock.show_page(NEARBY)
    nearby = dock.nearby
    hand.click(hand.dice.choice((*nearby.tiles, nearby.on, nearby.on, nearby.back, nearby.done)))


@deed(2, settles=True)
def walk(hand: Hand) -> None:
    """Start or stop walking; make a loop of it."""
    if hand.dice.random() < 0.3 and hand.studio.living.target is not None:
        hand.watch.note("a loop of chance")
        hand.studio.wander.loop(hand.dice.choice((1.0, 3.0)), hand.dice.randrange(100))
    else:
        hand.run("play.walk")


@deed(2)
def compare(hand: Hand) -> None:
    """Before, after, side by side."""
    hand.run(
        hand.dice.choice(
            ("play.compare", "play.compare", "play.pin_a", "play.pin_b", "play.beside")
        )
    )


@deed(1, settles=True)
def other_map(hand: Hand) -> None:
    """The map by likeness, or that of directions."""
    hand.run("play.map")


@deed(0.7, settles=True)
def alone(hand: Hand) -> None:
    """Play mode, a drag in it, and out again."""
    hand.run(hand.dice.choice(("play.mode", "play.result")))
    QApplication.processEvents()
    for view in [each for each in QApplication.topLevelWidgets() if isinstance(each, ResultView)]:
        hand.drag(view, [hand.point(view) for _ in range(3)])
        view.close()
