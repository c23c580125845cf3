"""Directions of latent spaces under names, as plain frozen data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigc_studio.base.frozen import Frozen
from aigc_studio.document.canvas import Numbers, unpacked
from aigc_studio.document.fields import Hash, Id, Name, SpaceName

if TYPE_CHECKING:
    from aigc_studio.catalog.latent import Floats


class Direction(Frozen):
    """A direction that was learned or found in a model, offered in every space like its own.

    Attributes:
        model: sha256 of the weights it was found in; it need not be in the project.
        space: name of the latent space.
        vector: one standard deviation along it, as float32 bytes, see `canvas.packed`.
    """

    id: Id
    name: Name
    model: Hash
    space: SpaceName = "z"
    vector: Numbers

    @property
    def numbers(self) -> Floats:
        """The vector as one flat float32 array (read-only)."""
        return unpacked(self.vector)

    def fits(self, space: str, size: int) -> bool:
        """Whether it lies in a space of this name and so many numbers."""
        return self.space == space and self.numbers.size == size
