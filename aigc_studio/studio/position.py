"""The point of a latent space where the instrument stands: plain numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigc_studio.catalog.latent import Floats
    from aigc_studio.studio.steering import Steering

LEAST_TRUNCATION, MOST_TRUNCATION = 0.05, 2.0


class Position:
    """A point of one space, and its truncation; nowhere until a space is entered.

    Attributes:
        steering: the movements of the space; None nowhere.
        code: the point, float32 of the space's shape; None nowhere.
        truncation: how far from the mean: below 1 more typical, above 1 stranger.
    """

    def __init__(self) -> None:
        self.steering: Steering | None = None
        self.code: Floats | None = None
        self.truncation = 1.0
        self._untruncated: Floats | None = None

    def enter(self, steering: Steering | None) -> None:
        """Go into a space, to none of its points yet; None leaves all of them."""
        self.steering = steering
        self.code = self._untruncated = None

    @property
    def amounts(self) -> list[float]:
        """How far along every axis, in standard deviations, strongest axis first."""
        if self.steering is None or self.code is None:
            return []
        return [float(amount) for amount in self.steering.amounts(self.code)]

    @property
    def on_pad(self) -> tuple[float, float]:
        """The amounts along the two strongest axes."""
        found = self.amounts
        return (found[0], found[1]) if len(found) > 1 else (0.0, 0.0)

    def stand(self, code: Floats) -> None:
        """Be at a point, which was truncated as much as `truncation` says.

        Raises:
            StudioError: kind "input", it is no point of this space.
        """
        assert self.steering is not None
        code = self.steering.fitted(code)
        self._untruncated = self.steering.pulled(code, 1 / self.truncation)
        self.code = code

    def at(self, amounts: Mapping[int, float]) -> Floats | None:
        """The point with other amounts along some axes; axes that are not there are left out."""
        if self.steering is None or self.code is None:
            return None
        there = {axis: far for axis, far in amounts.items() if axis < len(self.steering.axes)}
        return self.steering.moved(self.code, there)

    def truncate(self, factor: float) -> bool:
        """Note another truncation, as of a point to come; answers whether it is another."""
        within = min(max(float(factor), LEAST_TRUNCATION), MOST_TRUNCATION)
        changed, self.truncation = within != self.truncation, within
        return changed

    def pull(self) -> bool:
        """Go where the truncation takes the point; answers whether there is one.

        It is always counted from the point that nothing was truncated of, so that going back
        and forth adds up to nothing.
        """
        if self.steering is None or self._untruncated is None:
            return False
        self.code = self.steering.pulled(self._untruncated, self.truncation)
        return True
