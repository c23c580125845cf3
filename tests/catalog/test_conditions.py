"""What models take into account of what they are told, and how recipes note it, old ones too."""

from __future__ import annotations

import pytest

from aigc_studio.catalog.conditions import ANYTHING, Conditions, told_in
from aigc_studio.catalog.families import FAMILIES
from aigc_studio.catalog.latent import Cap

TOLD = Conditions(words="fox", label="animal", guidance=5.0, steps=9, domain="second")


def test_each_kind_of_model_hears_its_own() -> None:
    assert TOLD.heard(Cap.SAMPLE) == ANYTHING
    assert TOLD.heard(Cap.PAIR) == Conditions(domain="second")
    assert TOLD.heard(Cap.CONDITION) == TOLD.model_copy(update={"domain": "both"})
    assert TOLD.heard(Cap.CONDITION | Cap.PAIR) == TOLD


def test_what_a_model_does_not_hear_stays() -> None:
    assert TOLD.retold(ANYTHING, Cap.SAMPLE) == TOLD
    assert TOLD.retold(ANYTHING, Cap.PAIR) == TOLD.model_copy(update={"domain": "both"})
    assert TOLD.retold(ANYTHING, Cap.CONDITION) == Conditions(domain="second")


@pytest.mark.parametrize("family", FAMILIES)
def test_a_recipe_names_a_domain_where_there_are_domains(family: str) -> None:
    able = FAMILIES[family].caps
    for told in (TOLD, ANYTHING):
        noted = told.noted(able)
        said = noted.get("conditions", {})
        assert isinstance(said, dict)
        assert ("domain" in said) == (Cap.PAIR in able)
        assert ("words" in said) == (Cap.CONDITION in able and told == TOLD)
        assert told_in(noted) == told.heard(able)


@pytest.mark.parametrize(
    ("settings", "domain"),
    [
        ({"domain": "first"}, "first"),
        ({"domain": "second", "conditions": {"domain": "both", "words": ""}}, "second"),
        ({"domain": "both"}, "both"),
        ({"conditions": {"words": "", "domain": "first"}}, "first"),
        ({"domain": "third"}, "both"),
        ({"conditions": "first"}, "both"),
    ],
)
def test_older_recipes_are_read(settings: dict[str, object], domain: str) -> None:
    assert told_in(settings).domain == domain
