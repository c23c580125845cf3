"""THE list of what the monkey can do, each with how often."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.monkey.hand import Hand

    Deed = Callable[[Hand], object]

PATIENCE = 50
WAITS = 0.4


class Listed(NamedTuple):
    """One of the list.

    Attributes:
        do: the function.
        often: how often, compared with the others.
        anywhere: also while a dialog or a menu lies before the window.
        settles: what it does becomes an edit only after a moment of rest.
    """

    do: Deed
    often: float
    anywhere: bool
    settles: bool

    def fits(self, hand: Hand) -> bool:
        """Whether it can be tried now."""
        return self.anywhere or hand.front() is hand.window


DEEDS: dict[str, Listed] = {}


def deed(often: float, *, anywhere: bool = False, settles: bool = False) -> Callable[[Deed], Deed]:
    """Put a function on the list, see `Listed`."""

    def listed(function: Deed) -> Deed:
        DEEDS[function.__name__] = Listed(function, often, anywhere, settles)
        return function

    return listed


def do_one(hand: Hand) -> bool:
    """Do something that can be done now; what finds nothing to do is no deed.

    Returns:
        Whether a person would wait now for what comes of it.
    """
    done = hand.watch.count
    for _ in range(PATIENCE):
        names = [name for name, each in DEEDS.items() if each.fits(hand)]
        (name,) = hand.dice.choices(names, [DEEDS[each].often for each in names])
        hand.watch.deed = name
        DEEDS[name].do(hand)
        if hand.watch.count > done:
            return DEEDS[name].settles and hand.dice.random() < WAITS
    return False
