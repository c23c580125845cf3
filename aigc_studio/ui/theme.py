"""THE tokens: every colour, size and duration of the window stands here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

Scheme = Literal["dark", "light"]

SPACE = (4, 8, 12, 16, 24, 32)
RADIUS_CONTROL, RADIUS_CARD, RADIUS_DIALOG = 4, 8, 12
BODY, CAPTION, HEADING = 13, 12, 16
LINE_HEIGHT, LINE_HEIGHT_CHINESE = 1.4, 1.6
ICON, ICON_TOOLBAR, ICON_EMPTY = 16, 20, 32
CONTROL, TARGET, TOOLBAR, STATUS_BAR = 28, 24, 40, 28
FOCUS_WIDTH, FOCUS_GAP = 2, 2
THUMBNAIL_SMALL, THUMBNAIL, THUMBNAIL_LARGE, THUMBNAIL_PAD = 64, 96, 160, 32
DOCK_WIDTH, DOCK_NARROWEST, DOCK_WIDEST, DOCK_HEADER = 320, 280, 420, 40
SIDE_WIDTH, RAIL_WIDTH, DIALOG_WIDTH, PAGE_WIDTH = 240, 48, 560, 960
RAIL_BELOW, DRAWER_BELOW = 1280, 1180
TIMELINE_RULER, TIMELINE_TRACK, TIMELINE_KEY = 24, 32, 10
TIMELINE_NUMBER, TIMELINE_MARKS = 24, 22
MOTION_SHORT, MOTION, MOTION_LONG = 80, 140, 200
PATIENCE_LINE, PATIENCE_NAME = 150, 1000  # ms until a progress line, until the work's name
SMALLEST_TEXT, LARGEST_TEXT = 0.8, 2.0
READABLE = 4.5  # the least contrast of text, WCAG 2.2 AA


@dataclass(frozen=True)
class Colours:
    """One colour scheme, as `#rrggbb`.

    Attributes:
        window, panel, raised: grounds, from back to front.
        field, hover, selected: grounds of what can be typed in, is pointed at, is chosen.
        stage: ground behind pictures; primary text only.
        edge: outlines of controls.
        line: hairlines between grounds, which carry no meaning.
        accent: links, the focus ring, what is played.
        accent_fill, on_accent: ground and text of primary buttons.
        accent_hover, accent_pressed: of that ground.
        plots: lines of diagrams, in order; after the last come dashes.
    """

    scheme: Scheme
    window: str
    panel: str
    raised: str
    field: str
    hover: str
    selected: str
    stage: str
    text: str
    secondary: str
    edge: str
    line: str
    accent: str
    accent_fill: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    ok: str
    warn: str
    error: str
    plots: tuple[str, ...]
    waveform: str


DARK = Colours(
    scheme="dark",
    window="#181818",
    panel="#202020",
    raised="#2A2A2A",
    field="#141414",
    hover="#333333",
    selected="#1B3552",
    stage="#3A3A3A",
    text="#E8E8E8",
    secondary="#B0B0B0",
    edge="#808080",
    line="#383838",
    accent="#5CABFF",
    accent_fill="#1F6FC4",
    accent_hover="#2474C8",
    accent_pressed="#195FAA",
    on_accent="#FFFFFF",
    ok="#5BC98A",
    warn="#E5B454",
    error="#FF8585",
    plots=("#4AEEFC", "#E69F00", "#F3E9A0", "#916FB5"),
    waveform="#9AA7B4",
)
LIGHT = Colours(
    scheme="light",
    window="#ECECEC",
    panel="#F6F6F6",
    raised="#FFFFFF",
    field="#FFFFFF",
    hover="#E0E0E0",
    selected="#CFE3F8",
    stage="#C4C4C4",
    text="#1B1B1B",
    secondary="#565656",
    edge="#707070",
    line="#D4D4D4",
    accent="#0A5FB4",
    accent_fill="#0A5FB4",
    accent_hover="#1569BE",
    accent_pressed="#084E95",
    on_accent="#FFFFFF",
    ok="#1B6B3A",
    warn="#7A5200",
    error="#B3261E",
    plots=("#1A41A3", "#AA6900", "#472B31", "#2E9C82"),
    waveform="#4A5A6A",
)


@dataclass(frozen=True)
class Look:
    """How the window looks now.

    Attributes:
        colours: of the scheme.
        text_scale: what all text and controls are multiplied by, 0.8 to 2.
        reduced_motion: nothing moves by itself.
        chinese: lines of text stand wider apart.
    """

    colours: Colours = DARK
    text_scale: float = 1.0
    reduced_motion: bool = False
    chinese: bool = False

    def px(self, size: float) -> int:
        """A size that follows the scale of text, in pixels."""
        return max(1, round(size * self.text_scale))

    def motion(self, duration: int) -> int:
        """A duration in ms; 0 when motion is reduced."""
        return 0 if self.reduced_motion else duration

    @property
    def line_height(self) -> float:
        """Distance of lines in texts, as a factor of the size."""
        return LINE_HEIGHT_CHINESE if self.chinese else LINE_HEIGHT


class _Worn:
    """The look of this process; widgets ask for it when they paint."""

    look = Look()


def look() -> Look:
    """The look that is worn now; ask when painting, do not keep it."""
    return _Worn.look


def wear(worn: Look) -> None:
    """Change what `look` answers; `style.dress` also repaints everything."""
    scale = min(max(worn.text_scale, SMALLEST_TEXT), LARGEST_TEXT)
    _Worn.look = replace(worn, text_scale=scale)


def colours() -> Colours:
    """The colours that are worn now."""
    return _Worn.look.colours


def px(size: float) -> int:
    """`size` of the tokens at the present scale of text, in pixels."""
    return _Worn.look.px(size)


@cache
def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2)."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
