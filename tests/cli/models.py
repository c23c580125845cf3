"""Models of one number that look like trained ones."""

from __future__ import annotations

import hashlib
import json
import struct
from typing import TYPE_CHECKING

from aigc_studio.base import strict_json
from aigc_studio.catalog.card import DataNote, ModelCard
from aigc_studio.catalog.latent import Modality

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import JsonValue


def write_model(
    folder: Path,
    *,
    value: float = 1.0,
    name: str = "foxes-vae",
    family: str = "image-vae",
    corruption: str = "none",
    parent: str | None = None,
    data: str = "foxes",
    more: dict[str, JsonValue] | None = None,
) -> ModelCard:
    """Weights and card; equal values and settings give equal weights. `more` is its config."""
    folder.mkdir(parents=True, exist_ok=True)
    config: dict[str, JsonValue] = {
        "size": 32,
        "channels": 4,
        "latent": 8,
        "width": 16,
    }
    if family == "image-vae":
        config["corruption"] = corruption
    config = config if more is None else more
    note = strict_json.dumps({"family": family, "config": config}).decode()
    tensor = {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}
    header = json.dumps({"__metadata__": {"aigc": note}, "w": tensor}).encode()
    raw = struct.pack("<Q", len(header)) + header + struct.pack("<f", value)
    (folder / "weights.safetensors").write_bytes(raw)
    card = ModelCard(
        model=hashlib.sha256(raw).hexdigest(),
        name=name,
        family=family,
        modality=Modality.IMAGE,
        config=config,
        parent=parent,
        data=DataNote(
            collection=data,
            items=12,
            held_out=1,
            fingerprint="f",
            authors=("Ada", "Grace"),
            rights=("CC0",),
        ),
        created="2026-11-23T20:00:00+00:00",
    )
    (folder / "card.json").write_bytes(card.model_dump_json(indent=2).encode())
    return card
