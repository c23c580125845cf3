from __future__ import annotations

import copy

from aigc_studio.base.errors import StudioError


def test_all_parts_are_told_in_order() -> None:
    error = StudioError("It broke.", kept="All is kept.", todo="Try again.")
    assert str(error) == "It broke. All is kept. Try again."
    assert str(StudioError("It broke.", todo="Try again.")) == "It broke. Try again."
    assert error.kind == "failed"


def test_a_copy_keeps_every_part() -> None:
    error = StudioError("It broke.", kept="All is kept.", todo="Try again.", kind="busy")
    twin = copy.copy(error)
    assert (str(twin), twin.kind, twin.args) == (str(error), "busy", ("It broke.",))
