"""THE list of what the monkey can do, each with how often."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.monkey.hand import Hand

    Deed = Callable[[Hand], object]

DEEDS: dict[str, tuple[Deed, float]] = {}


def deed(often: float) -> Callable[[Deed], Deed]:
    """Put a function on the list; `often` compares it with the others."""

    def listed(function: Deed) -> Deed:
        DEEDS[function.__name__] = (function, often)
        return function

    return listed


def chosen(hand: Hand) -> tuple[str, Deed]:
    """Something to do now."""
    names = list(DEEDS)
    (name,) = hand.dice.choices(names, [DEEDS[each][1] for each in names])
    return name, DEEDS[name][0]
