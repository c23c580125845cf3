"""From tokens to what Qt paints with: palette, fonts and one style sheet."""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from aigc_studio.ui import icons, theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from aigc_studio.ui.theme import Colours, Look

# A generic "Sans" is what a bare Linux answers when asked for its font: then rather one of these.
_LINUX_FONTS = ("Inter", "Noto Sans", "Ubuntu", "Cantarell", "Noto Sans CJK SC")
_CHINESE_FONTS = ("Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC")
_GENERIC = ("", "Sans", "Sans Serif", "DejaVu Sans")


def dress(app: QApplication, look: Look) -> None:
    """Wear `look`: every widget, icon and font of the application follows."""
    theme.wear(look)
    app.setStyle("Fusion")
    app.setPalette(palette(look.colours))
    app.setFont(font(theme.BODY))
    app.setStyleSheet(style_sheet(theme.look()))
    icons.redress(app)


def font(size: int, *, semibold: bool = False) -> QFont:
    """The window's font at a size of the tokens, with figures of one width."""
    made = QFont(_families())
    made.setPixelSize(theme.px(size))
    made.setFeature(QFont.Tag("tnum"), 1)
    if semibold:
        made.setWeight(QFont.Weight.DemiBold)
    return made


@cache
def _families() -> list[str]:
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    first = [system]
    if sys.platform.startswith("linux") and system in _GENERIC:
        first = [name for name in _LINUX_FONTS if QFontDatabase.hasFamily(name)][:1] + first
    return [*first, *(name for name in _CHINESE_FONTS if QFontDatabase.hasFamily(name))]


def palette(colours: Colours) -> QPalette:
    """The palette, for what no style sheet reaches."""
    made = QPalette()
    role = QPalette.ColorRole
    for where, colour in (
        (role.Window, colours.window),
        (role.WindowText, colours.text),
        (role.Base, colours.field),
        (role.AlternateBase, colours.panel),
        (role.Text, colours.text),
        (role.Button, colours.raised),
        (role.ButtonText, colours.text),
        (role.BrightText, colours.error),
        (role.ToolTipBase, colours.raised),
        (role.ToolTipText, colours.text),
        (role.PlaceholderText, colours.secondary),
        (role.Highlight, colours.selected),
        (role.HighlightedText, colours.text),
        (role.Link, colours.accent),
        (role.LinkVisited, colours.accent),
        (role.Accent, colours.accent),
    ):
        made.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, where, faded(colours))
    return made


def faded(colours: Colours) -> QColor:
    """The colour of what cannot be used now: half way between secondary text and panel."""
    one, other = QColor(colours.secondary), QColor(colours.panel)
    return QColor(
        (one.red() + other.red()) // 2,
        (one.green() + other.green()) // 2,
        (one.blue() + other.blue()) // 2,
    )


def style_sheet(look: Look) -> str:
    """The style sheet of the whole application."""
    words = {
        name: value for name, value in vars(look.colours).items() if isinstance(value, str)
    } | {
        "faded": faded(look.colours).name(),
        "body": f"{look.px(theme.BODY)}px",
        "caption": f"{look.px(theme.CAPTION)}px",
        "heading": f"{look.px(theme.HEADING)}px",
        "title": f"{look.px(theme.HEADING * 1.5)}px",
        "control": f"{look.px(theme.CONTROL) - 2}px",  # the edge is 1 px at each side
        "whole": f"{look.px(theme.CONTROL)}px",
        "inner": f"{look.px(theme.CONTROL) - 4}px",
        "target": f"{look.px(theme.TARGET)}px",
        "toolbar": f"{look.px(theme.TOOLBAR)}px",
        "radius": f"{theme.RADIUS_CONTROL}px",
        "card": f"{theme.RADIUS_CARD}px",
        "s1": f"{theme.SPACE[0]}px",
        "s2": f"{theme.SPACE[1]}px",
        "s3": f"{theme.SPACE[2]}px",
        "s4": f"{theme.SPACE[3]}px",
        "handle": f"{look.px(16)}px",
        "handle_half": f"{look.px(8)}px",
        "handle_back": f"{-(look.px(16) - 4) // 2}px",
        "mark": f"{look.px(16)}px",
        "check": icons.file("check", look.colours.on_accent),
        "tick": icons.file("check", look.colours.text),
        "down": icons.file("chevron-down", look.colours.secondary),
        "up": icons.file("chevron-up", look.colours.secondary),
        "cross": icons.file("close", look.colours.secondary),
        "dot": icons.file("dot", look.colours.on_accent),
    }
    sheet = _SHEET
    for name in sorted(words, key=len, reverse=True):
        sheet = sheet.replace(f"@{name}", words[name])
    return sheet


# `@name` stands for a token. Widgets choose a rule by the property "kind".
_SHEET = """
* { outline: none; }
QWidget { color: @text; }
QWidget:disabled { color: @faded; }
QMainWindow, QDialog, QMessageBox { background: @window; }
QToolTip { background: @raised; color: @text; border: 1px solid @edge; padding: @s1 @s2; }

QLabel { background: transparent; }
QLabel[kind="title"] { font-size: @title; font-weight: 600; }
QLabel[kind="heading"] { font-size: @heading; font-weight: 600; }
QLabel[kind="strong"] { font-weight: 600; }
QLabel[kind="caption"] { font-size: @caption; color: @secondary; }
QLabel[kind="secondary"] { color: @secondary; }
QLabel[kind="ok"] { color: @ok; } QLabel[kind="warn"] { color: @warn; }
QLabel[kind="error"] { color: @error; }

QFrame[kind="panel"] { background: @panel; border: none; }
QFrame[kind="card"] { background: @panel; border: 1px solid @line; border-radius: @card; }
QFrame[kind="raised"] { background: @raised; border: 1px solid @line; border-radius: @card; }
QFrame[kind="popover"] { background: @raised; border: 1px solid @edge; border-radius: @card; }
QFrame[kind="stage"] { background: @stage; border: none; }
QFrame[kind="line"] { background: @line; border: none; }
QFrame[kind="bar"] { background: @panel; border: none; border-bottom: 1px solid @line; }
QFrame[kind="foot"] { background: @panel; border: none; border-top: 1px solid @line; }
QFrame[kind="message"] { background: @raised; border: none; border-bottom: 1px solid @line; }

QPushButton, QToolButton {
    background: @raised; border: 1px solid @edge; border-radius: @radius;
    min-height: @control; padding: 0 @s3;
}
QToolButton { padding: 0 @s1; min-width: @target; max-height: @control; }
QPushButton:hover, QToolButton:hover { background: @hover; }
QPushButton:pressed, QToolButton:pressed, QPushButton:checked, QToolButton:checked {
    background: @selected;
}
QPushButton:disabled, QToolButton:disabled { border-color: @line; background: @panel; }
QPushButton[kind="primary"], QPushButton:default {
    background: @accent_fill; border-color: @accent_fill; color: @on_accent; font-weight: 600;
}
QPushButton[kind="primary"]:hover, QPushButton:default:hover { background: @accent_hover; }
QPushButton[kind="primary"]:pressed, QPushButton:default:pressed { background: @accent_pressed; }
QPushButton[kind="primary"]:disabled, QPushButton:default:disabled {
    background: @hover; border-color: @hover; color: @faded;
}
QPushButton[kind="quiet"], QToolButton[kind="quiet"], QToolButton[kind="tool"] {
    background: transparent; border-color: transparent;
}
QPushButton[kind="quiet"] { color: @accent; }
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover, QToolButton[kind="tool"]:hover {
    background: @hover;
}
QToolButton[kind="tool"]:checked { background: @selected; }
QPushButton[kind="danger"] { color: @error; }
QToolButton::menu-indicator, QPushButton::menu-indicator { image: none; width: 0; }

QFrame[kind="segments"] { background: @field; border: 1px solid @edge; border-radius: @radius; }
QToolButton[kind="segment"] {
    background: transparent; border: none; border-radius: 3px; padding: 0 @s3; color: @secondary;
    min-height: @inner; max-height: @inner;
}
QToolButton[kind="segment"]:hover { background: @hover; color: @text; }
QToolButton[kind="segment"]:checked { background: @selected; color: @text; font-weight: 600; }
QToolButton[kind="picture"] {
    max-height: 1000px; padding: @s1; color: @secondary; background: transparent;
}
QToolButton[kind="picture"]:checked {
    border: 2px solid @accent; background: @selected; color: @text;
}
QToolButton[kind="place"] {
    background: transparent; border: none; border-radius: @radius; padding: 0 @s3;
    color: @secondary; min-height: @whole; max-height: @whole;
}
QToolButton[kind="place"]:hover { background: @hover; color: @text; }
QToolButton[kind="place"]:checked { background: @selected; color: @text; font-weight: 600; }
QAbstractButton[kind="choice"] {
    background: transparent; border: 1px solid transparent; border-radius: @card;
}
QAbstractButton[kind="choice"]:hover { background: @hover; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox {
    background: @field; border: 1px solid @edge; border-radius: @radius;
    min-height: @control; padding: 0 @s2;
    selection-background-color: @selected; selection-color: @text;
}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus {
    border: 2px solid @accent; padding: 0 7px; min-height: @inner;
}
QSpinBox, QDoubleSpinBox { max-height: @control; }
QSpinBox:focus, QDoubleSpinBox:focus { max-height: @inner; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus {
    border: none; min-height: 0; padding: 0;
}
QLineEdit:read-only { background: @panel; }
QComboBox::drop-down { border: none; width: @target; }
QComboBox::down-arrow { image: url(@down); width: @mark; height: @mark; }
QComboBox:hover { background: @hover; }
QComboBox QAbstractItemView {
    background: @raised; border: 1px solid @edge; padding: @s1;
    selection-background-color: @selected;
}
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::down-button {
    border: none; background: transparent; width: @target;
}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url(@up); width: 12px; height: 12px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url(@down); width: 12px; height: 12px; }

QCheckBox, QRadioButton { spacing: @s2; min-height: @target; background: transparent; }
QCheckBox::indicator, QRadioButton::indicator {
    width: @mark; height: @mark; background: @field;
    border: 1px solid @edge; border-radius: @radius;
}
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:checked, QRadioButton::indicator:checked {
    background: @accent_fill; border-color: @accent_fill;
}
QCheckBox::indicator:checked { image: url(@check); }
QRadioButton::indicator:checked { image: url(@dot); }

QSlider { min-height: @target; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @edge; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: @accent; }
QSlider::handle:horizontal {
    width: @handle; margin: @handle_back 0; border-radius: @handle_half; background: @text;
}
QSlider::groove:vertical { width: 4px; border-radius: 2px; background: @edge; }
QSlider::handle:vertical {
    height: @handle; margin: 0 @handle_back; border-radius: @handle_half; background: @text;
}

QProgressBar {
    background: @field; border: none; border-radius: 2px; min-height: 4px; max-height: 4px;
}
QProgressBar::chunk { background: @accent; border-radius: 2px; }

QMenuBar { background: transparent; spacing: 0; }
QMenuBar::item { background: transparent; padding: @s1 @s2; border-radius: @radius; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @raised; border: 1px solid @edge; padding: @s1; }
QMenu::item { padding: 6px @s4 6px @s2; border-radius: @radius; min-width: 160px; }
QMenu::item:selected { background: @selected; }
QMenu::item:disabled { color: @faded; }
QMenu::icon { padding-left: @s2; }
QMenu::indicator { width: @mark; height: @mark; padding-left: @s2; }
QMenu::indicator:checked { image: url(@tick); }
QMenu::separator { height: 1px; background: @line; margin: @s1 @s2; }

QTabBar { qproperty-drawBase: 0; background: transparent; }
QTabBar::tab {
    background: transparent; color: @secondary; padding: 0 @s3; border-radius: @radius;
    min-height: @whole; max-height: @whole; margin-right: 2px;
}
QTabBar::tab:hover { background: @hover; color: @text; }
QTabBar::tab:selected { background: @selected; color: @text; }
QTabBar[kind="away"]::tab:selected { background: transparent; color: @secondary; }
QTabBar[kind="away"]::tab:selected:hover { background: @hover; color: @text; }
QTabBar QLineEdit { min-height: 0; }
QTabBar::close-button { image: url(@cross); width: @mark; height: @mark; margin-right: 6px; }
QTabBar::close-button:hover { background: @hover; border-radius: @radius; }
QTabBar QToolButton { min-width: 0; border: none; background: @panel; }
QTabWidget::pane { border: none; }

QAbstractItemView {
    background: @panel; border: none; selection-background-color: @selected; selection-color: @text;
}
QListView::item, QTreeView::item, QTableView::item { padding: 6px @s2; }
QListView::item:hover, QTreeView::item:hover { background: @hover; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {
    background: @selected; color: @text;
}
QHeaderView::section {
    background: @panel; color: @secondary; border: none; border-bottom: 1px solid @line;
    padding: @s1 @s2;
}
QTableView { gridline-color: @line; }

QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QTextBrowser, QTextBrowser:focus { background: @panel; border: none; padding: @s3; }
QFrame[kind="popover"] QAbstractItemView { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @edge; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; } QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @secondary; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSplitter::handle { background: @line; }
QSplitter::handle:horizontal { width: 1px; } QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: @accent; }
QGroupBox { border: none; margin-top: 24px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }
"""
