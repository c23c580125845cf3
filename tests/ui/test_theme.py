"""Contrast of every pair of colours that is used, the style sheet, scale and motion."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from aigc_studio.ui import icons, style, theme
from aigc_studio.ui.theme import DARK, LIGHT, Colours, Look, contrast
from aigc_studio.ui.widgets.basics import button, tool
from aigc_studio.ui.widgets.number_field import NumberField
from aigc_studio.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

BOTH = pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
GROUNDS = ("window", "panel", "raised", "field", "hover", "selected")
SECONDARY_GROUNDS = ("window", "panel", "raised", "field", "hover")
MEANING = ("accent", "ok", "warn", "error")


@BOTH
@pytest.mark.parametrize("ground", [*GROUNDS, "stage"])
def test_text_can_be_read_everywhere(colours: Colours, ground: str) -> None:
    assert contrast(colours.text, getattr(colours, ground)) >= theme.READABLE


@BOTH
@pytest.mark.parametrize("ground", SECONDARY_GROUNDS)
def test_secondary_text_can_be_read(colours: Colours, ground: str) -> None:
    assert contrast(colours.secondary, getattr(colours, ground)) >= theme.READABLE


@BOTH
@pytest.mark.parametrize("meaning", MEANING)
@pytest.mark.parametrize("ground", ["window", "panel", "raised"])
def test_colours_with_a_meaning_can_be_read(colours: Colours, meaning: str, ground: str) -> None:
    assert contrast(getattr(colours, meaning), getattr(colours, ground)) >= theme.READABLE


@BOTH
@pytest.mark.parametrize("fill", ["accent_fill", "accent_hover", "accent_pressed"])
def test_primary_buttons_can_be_read(colours: Colours, fill: str) -> None:
    assert contrast(colours.on_accent, getattr(colours, fill)) >= theme.READABLE


@BOTH
@pytest.mark.parametrize("ground", ["window", "panel", "raised", "field"])
def test_edges_and_the_focus_can_be_seen(colours: Colours, ground: str) -> None:
    assert contrast(colours.edge, getattr(colours, ground)) >= 3
    assert contrast(colours.accent, getattr(colours, ground)) >= 3


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


@BOTH
@pytest.mark.parametrize("scale", [0.8, 1.0, 2.0])
def test_every_token_of_the_sheet_is_known(
    dressed: QApplication, colours: Colours, scale: float
) -> None:
    sheet = style.style_sheet(Look(colours=colours, text_scale=scale))
    assert "@" not in sheet
    used = {word.upper() for word in re.findall(r"#[0-9A-Fa-f]{6}", sheet)}
    known = {str(value).upper() for value in vars(colours).values()}
    assert used <= known | {style.faded(colours).name().upper()}


def test_colours_stand_only_in_the_theme() -> None:
    for file in Path(theme.__file__).parent.rglob("*.py"):
        if file.name != "theme.py":
            found = re.findall(r"#[0-9A-Fa-f]{6}\b", file.read_text(encoding="utf-8"))
            assert not found, f"{file}: {found}"


def test_scale_and_motion() -> None:
    look = Look(text_scale=2.0, reduced_motion=True)
    assert look.px(theme.BODY) == 26
    assert look.motion(theme.MOTION) == 0
    assert Look().motion(theme.MOTION) == theme.MOTION
    theme.wear(Look(text_scale=9))
    assert theme.look().text_scale == theme.LARGEST_TEXT
    theme.wear(Look())


def test_dressing_reaches_widgets_and_icons(dressed: QApplication) -> None:
    button = QPushButton("x")
    icons.dress(button, "play")
    before = button.icon().pixmap(16, 16).toImage()
    style.dress(dressed, Look(colours=LIGHT))
    assert dressed.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.window)
    assert button.icon().pixmap(16, 16).toImage() != before
    button.deleteLater()


def test_icons_of_another_look_are_not_kept(dressed: QApplication) -> None:
    icons.picture("play", "#123456")
    style.dress(dressed, theme.Look(text_scale=1.5))
    kept = icons._picture.cache_info().currsize
    for scale in (1.1, 1.2, 1.3, 1.5):
        icons.picture("play", "#123456", round(100 * scale))
        style.dress(dressed, theme.Look(text_scale=scale))
    assert icons._picture.cache_info().currsize == kept


@pytest.mark.parametrize("name", sorted(path.stem for path in icons.folder().glob("*.svg")))
def test_every_icon_draws_something_in_its_colour(dressed: QApplication, name: str) -> None:
    assert "currentColor" in icons.source(name)
    image = icons.picture(name, "#FF0000", 16, 2.0).toImage()
    strongest = max(
        (image.pixelColor(x, y) for x in range(32) for y in range(32)), key=QColor.alpha
    )
    assert strongest.alpha() > 128
    assert strongest.red() > 200
    assert strongest.blue() < 50


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_every_control_is_as_high_as_the_tokens_say(
    dressed: QApplication, qtbot: QtBot, scale: float
) -> None:
    style.dress(dressed, theme.Look(text_scale=scale))
    choices = QComboBox()
    choices.addItem("Foxes")
    controls = (
        button("Go", icon="plus"),
        button("Go", kind="primary"),
        tool("plus", "More"),
        tool("plus", "More", kind=""),
        Segmented({"a": "A", "b": "B"}),
        NumberField("Size", 0, 1).spin,
        QLineEdit("Foxes"),
        choices,
    )
    around = QWidget()
    qtbot.addWidget(around)
    stack = QVBoxLayout(around)
    for each in controls:
        stack.addWidget(each)
    around.show()
    assert {each.height() for each in controls} == {theme.px(theme.CONTROL)}


def test_numbers_do_not_touch_the_edge_of_their_field(dressed: QApplication, qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    field, line = NumberField("Size", 0, 1), QLineEdit("0")
    stack = QVBoxLayout(around)
    stack.addWidget(QPushButton())  # has the focus, whose edge is thicker
    stack.addWidget(field)
    stack.addWidget(line)
    around.show()
    assert abs(first_ink(field.spin) - first_ink(line)) <= 2


def first_ink(widget: QWidget) -> int:
    """How far from the left the text begins, past the edge and its corner."""
    drawn = widget.grab().toImage()
    row = range(4, drawn.width())
    lines = range(6, drawn.height() - 6)
    ground = drawn.pixelColor(4, drawn.height() // 2)
    return next(x for x in row if any(drawn.pixelColor(x, y) != ground for y in lines))
