"""Whatever can be set on the command line is written: `--set fold=1` means the number."""

from __future__ import annotations

import pytest

from aigc_studio.catalog.families import FAMILIES


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_every_number_of_a_family_can_be_written(family: str) -> None:
    config = FAMILIES[family].config
    plain = config.model_validate({"size": 64} if "size" in config.model_fields else {})
    for name, value in plain.model_dump().items():
        if name == "channels" or not isinstance(value, int | float):
            continue  # follows the data, or is a word already
        written = str(value).lower()
        again = config.model_validate({**plain.model_dump(), name: written})
        assert getattr(again, name) == value, name
