"""`families`: what can be trained."""

import typer

from aigc_studio.catalog.families import DEFAULT_PRESET, FAMILIES, Family
from aigc_studio.cli.report import Grid, Report
from aigc_studio.cli.verbs import options


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("families", **options())(families)


def families() -> Report:
    """List the model families: id, medium, presets, what their models can do."""
    entries = [_values(family) for family in FAMILIES.values()]
    rows = [
        (
            entry.id,
            entry.modality.value,
            ", ".join(entry.presets),
            ", ".join(_capabilities(entry)),
            entry.goal,
        )
        for entry in FAMILIES.values()
    ]
    grid = Grid(("id", "medium", "presets", "capabilities", "to"), rows)
    return Report({"families": entries, "default_preset": DEFAULT_PRESET}, [grid])


def _values(family: Family) -> dict[str, object]:
    return {
        "id": family.id,
        "modality": family.modality.value,
        "goal": family.goal,
        "presets": list(family.presets),
        "preset_settings": {name: dict(values) for name, values in family.presets.items()},
        "capabilities": _capabilities(family),
        "settings": [name for name in family.config.model_fields if name != "channels"],
        "parts": list(family.parts),
    }


def _capabilities(family: Family) -> list[str]:
    return [cap.name.lower() for cap in family.caps if cap.name]
