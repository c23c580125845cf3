"""Directions of latent spaces under names, as plain frozen data."""

from __future__ import annotations

from aigc_studio.document.canvas import KeptVector
from aigc_studio.document.fields import Hash


class Direction(KeptVector):
    """A direction that was learned or found in a model, offered in every space like its own.

    Attributes:
        model: sha256 of the weights it was found in; it need not be in the project.
    """

    model: Hash
