"""Small projects, pictures and models for tests."""

from __future__ import annotations

import hashlib
import json
import struct
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image as Pillow

from aigc_studio.base import strict_json
from aigc_studio.catalog.card import ModelCard
from aigc_studio.catalog.latent import Modality
from aigc_studio.document import changes
from aigc_studio.document.model import Asset

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.document.store import Store


def sha(text: str | bytes) -> str:
    """Hex SHA-256."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def asset_named(name: str, **fields: object) -> Asset:
    """An asset whose payload is nowhere."""
    given = {"kind": Modality.IMAGE, "extension": "png", "bytes": 1, **fields}
    return Asset.model_validate({"id": sha(name)[:16], "sha256": sha(name), "name": name, **given})


def png(colour: int = 0, side: int = 9) -> bytes:
    """A small picture; each colour another payload."""
    stream = BytesIO()
    picture = Pillow.new("RGB", (side, side), (colour % 256, colour // 256 % 256, 7))
    picture.putpixel((0, 0), (255, 255, 255))
    picture.save(stream, "PNG")
    return stream.getvalue()


def add_picture(store: Store, colour: int, **fields: object) -> Asset:
    """A picture with its payload, as one edit."""
    data = png(colour)
    sha256, size = store.add_payload(data, "png")
    asset = asset_named(f"picture {colour}", id=sha256[:16], sha256=sha256, bytes=size, **fields)
    store.apply(changes.add_asset(store.project, asset))
    return asset


def write_model(folder: Path, family: str = "image-vae", value: float = 1.0) -> ModelCard:
    """A safetensors file of one number and its card; equal values give equal weights."""
    folder.mkdir(parents=True, exist_ok=True)
    config: dict[str, object] = {"width": 4}
    note = strict_json.dumps({"family": family, "config": config}).decode()
    tensor = {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}
    header = json.dumps({"__metadata__": {"aigc": note}, "w": tensor}).encode()
    raw = struct.pack("<Q", len(header)) + header + struct.pack("<f", value)
    (folder / "weights.safetensors").write_bytes(raw)
    card = ModelCard.model_validate(
        {
            "model": sha(raw),
            "name": "my foxes",
            "family": family,
            "modality": Modality.IMAGE,
            "config": config,
            "created": "2026-11-23T20:00:00+00:00",
        }
    )
    (folder / "card.json").write_bytes(card.model_dump_json(indent=2).encode())
    return card
