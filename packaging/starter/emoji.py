"""The emoji pack that the starter project is built from: pictures and their words.

The packages below are fetched by name into a temporary
folder, checked against their pinned hashes, and never installed: no code of theirs runs.
It takes about three minutes. A second run writes the same bytes as long as Pillow's libwebp
stays the same.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import tempfile
import unicodedata
from dataclasses import asdict, dataclass
from pathlib import Path

from PIL import Image

from starter.packages import BuildError, Files, Package, fetch

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
LICENCE_FILE = RESOURCES / "starter" / "LICENSE-emoji.txt"
CREDITS = RESOURCES / "CREDITS.md"
SECTION = '## Emoji (the collection "emoji" of the starter project)'

SIDE = 64  # the starter models train at this size, and a lossless 96 would take twice the room
EXPECTED_COUNT = range(1400, 1651)
LIMIT_BYTES = 7_000_000
LEFT_OUT_GROUPS = {"component", "flags"}
LEFT_OUT_SUBGROUPS = {"keycap"}

PICTURES = Package(
    "@lobehub/fluent-emoji-3d",
    "1.1.0",
    "sha512-Wlq2lVStTnr8BDpIJ0pEnTKO4LuDxxqTEhTvRtD1DLRF0me7ogeRQjKoehDHXuVJ2Qaecgl5wRBv60lUAG3h7g==",
    r"assets/[0-9a-f_-]+\.webp",
)
LABELS = Package(
    "emojibase-data",
    "17.0.0",
    "sha512-Yvgb5AWoHViHV/gq1qr5ZAarcBip+B27/ZLRsUJkbgAEaLlZ/fof9g882LTpmEpyhBNEC0m2SEmItljHsTygjA==",
    r"(en|zh)/data\.json|meta/groups\.json|LICENSE",
)
# The pictures' package holds no licence file, and the one in `fluentui-emoji` names its packager
# alone; this small one carries Microsoft's own text.
PICTURE_LICENCE = Package(
    "fluentui-emoji-js",
    "1.2.1",
    "sha512-op+kOdVGkHXpLGAHNchIgPEUTLstV/N8rjZnGa9sk+ks5J+kLZRdUEvM/MLGUFhtxlEl1nsYMlDx6k4JNWIRKA==",
    r"LICENSE",
)
# Emojibase takes its words from CLDR 48, whose licence asks to travel with them.
WORD_LICENCE = Package(
    "cldr-core",
    "48.2.0",
    "sha512-zfmLothncSwfv2jlevoSrgI2VGgH8SDGHXst6jUEotHA8nq9Igeg9jzdJDFtBso9pgJuG89DK16TzrmZDdo2Bg==",
    r"LICENSE",
)
LICENCES = (
    ("Pictures: Fluent Emoji", PICTURE_LICENCE, "Microsoft Corporation"),
    ("Labels and tags, as collected by Emojibase", LABELS, "Miles Johnson"),
    ("Labels and tags, as written by the Unicode CLDR project", WORD_LICENCE, "Unicode, Inc."),
)


@dataclass(frozen=True)
class Emoji:
    """One picture to make: where it lies in its package, and its words."""

    file: str
    member: str
    caption: str
    caption_zh: str
    tags: list[str]
    tags_zh: list[str]


def bare(hexcode: str) -> str:
    """Drop variation selectors and leading zeros, on which the two packages do not agree."""
    parts = (part.lstrip("0") for part in hexcode.lower().split("-"))
    return "-".join(part for part in parts if part != "fe0f")


def slug(label: str) -> str:
    """Turn an English label into lower-case ASCII words joined by hyphens."""
    ascii_label = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_label.lower()).strip("-")


def left_out_numbers(labels: Files) -> tuple[set[int | None], set[int]]:
    """Return Emojibase's numbers of the groups and of the subgroups that are left out."""
    meta = json.loads(labels["meta/groups.json"])
    groups = {int(n) for n, name in meta["groups"].items() if name in LEFT_OUT_GROUPS}
    subgroups = {int(n) for n, name in meta["subgroups"].items() if name in LEFT_OUT_SUBGROUPS}
    if len(groups) != len(LEFT_OUT_GROUPS) or len(subgroups) != len(LEFT_OUT_SUBGROUPS):
        raise BuildError(f"{LABELS.name} no longer names {LEFT_OUT_GROUPS | LEFT_OUT_SUBGROUPS}")
    return groups | {None}, subgroups  # regional letters have no group


def find_pictures(pictures: Files) -> dict[str, str]:
    """Map codes, both as written and bare, to paths in the pictures' package."""
    found: dict[str, str] = {}
    for member in sorted(pictures):
        found.setdefault(bare(Path(member).stem), member)
    # A few emoji are there twice; the fully written code is the newer drawing.
    return found | {Path(member).stem: member for member in pictures}


def choose(pictures: Files, labels: Files) -> list[Emoji]:
    """Pair pictures with words, in file order.

    Emojibase lists skin tones below their plain emoji, so its top level has none.
    """
    found = find_pictures(pictures)
    groups, subgroups = left_out_numbers(labels)
    chinese = {entry["hexcode"]: entry for entry in json.loads(labels["zh/data.json"])}
    chosen = []
    for entry in json.loads(labels["en/data.json"]):
        code = entry["hexcode"].lower()
        member = found.get(code) or found.get(bare(code))
        if member is None or entry.get("group") in groups or entry["subgroup"] in subgroups:
            continue
        entry_zh = chinese[entry["hexcode"]]
        chosen.append(
            Emoji(
                file=f"{int(code.partition('-')[0], 16):08x}-{slug(entry['label'])}.webp",
                member=member,
                caption=entry["label"],
                caption_zh=entry_zh["label"],
                tags=entry["tags"],
                tags_zh=entry_zh["tags"],
            )
        )
    return sorted(chosen, key=lambda emoji: emoji.file)


def check_words(emojis: list[Emoji]) -> None:
    """Refuse a choice with empty, shared or missing words, or with clashing file names."""
    for field in ("file", "caption", "caption_zh"):
        values = [getattr(emoji, field) for emoji in emojis]
        if not all(values) or len(set(values)) < len(values):
            raise BuildError(f"some emoji have an empty or shared {field}")
    bare_ones = [emoji.file for emoji in emojis if not (emoji.tags and emoji.tags_zh)]
    if bare_ones:
        raise BuildError(f"without tags: {', '.join(bare_ones)}")


def solid_alpha(value: int) -> int:
    """Undo Lanczos ringing, which leaves a faint halo outside a shape and faint holes inside."""
    if value < 4:
        return 0
    return 255 if value > 251 else value


def seven_bits(value: int) -> int:
    """Round a colour to 7 bits: an error of 1 in 255, unseen, for a fifth of the bytes."""
    return round(round(value * 127 / 255) * 255 / 127)


def shrink(picture: Image.Image) -> Image.Image:
    """Return the picture as SIDE x SIDE straight RGBA, clear pixels being all zero."""
    side = max(picture.size)
    square = Image.new("RGBA", (side, side))
    square.paste(picture, ((side - picture.width) // 2, (side - picture.height) // 2))
    # Premultiplied, clear pixels weigh nothing, so that no dark fringe grows at the edges.
    small = square.convert("RGBa").resize((SIDE, SIDE), Image.Resampling.LANCZOS).convert("RGBA")
    alpha = small.getchannel("A").point([solid_alpha(v) for v in range(256)])
    colours = small.convert("RGB").point([seven_bits(v) for v in range(256)] * 3)
    colours.putalpha(alpha)
    seen = alpha.point([0] + [255] * 255)
    return Image.composite(colours, Image.new("RGBA", colours.size), seen)


def convert(member: str, content: bytes) -> Image.Image:
    """Decode and shrink one picture of the package."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.mode != "RGBA" or min(picture.size) < SIDE:
                raise BuildError(f"{member} is {picture.mode} {picture.size}, not a large RGBA")
            return shrink(picture)
    except OSError as error:
        raise BuildError(f"{member} is not a readable picture: {error}") from error


def write_pictures(emojis: list[Emoji], pictures: Files, folder: Path) -> list[Emoji]:
    """Write every picture, leave out those that look the same as an earlier one, list the rest."""
    first_with: dict[bytes, str] = {}
    kept = []
    for number, emoji in enumerate(emojis, 1):
        picture = convert(emoji.member, pictures[emoji.member])
        twin = first_with.setdefault(picture.tobytes(), emoji.file)
        if twin != emoji.file:
            print(f"left out {emoji.file}: the same picture as {twin}")
            continue
        # Exact, or else the encoder fills clear pixels with whatever packs best.
        picture.save(folder / emoji.file, "WEBP", lossless=True, exact=True, quality=100, method=6)
        kept.append(emoji)
        if number % 200 == 0 or number == len(emojis):
            print(f"{number} of {len(emojis)} pictures", flush=True)
    return kept


def write_captions(emojis: list[Emoji], folder: Path) -> None:
    """Write one JSON line per picture, in file order."""
    lines = []
    for emoji in emojis:
        line = asdict(emoji)
        member = line.pop("member")
        line |= {"author": "Microsoft Corporation", "rights": "MIT"}
        line["source"] = f"npm {PICTURES.name} {PICTURES.version}, {member}"
        lines.append(json.dumps(line, ensure_ascii=False) + "\n")
    (folder / "captions.jsonl").write_text("".join(lines), encoding="utf-8", newline="\n")


def licence_text(fetched: dict[str, Files]) -> str:
    """Join the licences of pictures and words, each as it stands in its package."""
    parts = []
    for what, package, holder in LICENCES:
        text = fetched[package.name]["LICENSE"].decode("utf-8").replace("\r\n", "\n")
        if holder not in text:
            raise BuildError(f"the licence in {package.name} does not name {holder}")
        body = "\n".join(line.strip() for line in text.strip().splitlines())
        parts.append(f"{what}\n(from npm {package.name} {package.version})\n\n{body}\n")
    return "\n\n".join(parts)


def credit(count: int) -> str:
    """Return the pack's section of CREDITS.md."""
    return f"""{SECTION}

- What: {count} pictures, {SIDE} x {SIDE} RGBA WebP, with names and tags in English and Chinese.
- Pictures: Fluent Emoji, 3-D style, by Microsoft Corporation, MIT License; npm
  `{PICTURES.name}` {PICTURES.version} (packed by LobeHub, MIT License).
- Names and tags: npm `{LABELS.name}` {LABELS.version}, by Miles Johnson, MIT License, from
  the Unicode CLDR project, copyright Unicode, Inc., Unicode License v3.
- Licence texts: `starter/LICENSE-emoji.txt`, out of npm `{PICTURE_LICENCE.name}`
  {PICTURE_LICENCE.version}, `{LABELS.name}` {LABELS.version}
  and `{WORD_LICENCE.name}` {WORD_LICENCE.version}.
- Changed: flags, skin tones, keycaps, regional letters and pictures there twice left out; made
  smaller from 256 x 256; colours rounded to 7 bits; stored without further loss; renamed.
- Made by: `packaging/build_starter.py`.
- Models trained on them: `emoji-vae` and `emoji-repair`, by the same script;
  Apache-2.0 like the studio.
"""


def put_section(path: Path, section: str, text: str) -> None:
    """Put a pack's section into a page of credits and leave the other sections alone."""
    old = path.read_text(encoding="utf-8") if path.exists() else "# Credits\n"
    parts = [part.strip() + "\n" for part in re.split(r"^(?=## )", old, flags=re.MULTILINE)]
    mine = [i for i, part in enumerate(parts) if part.startswith(section)]
    # A new pack comes after the one before it, ahead of what is no pack.
    place = slice(mine[0], mine[0] + 1) if mine else slice(2, 2)
    parts[place] = [text]
    path.write_text("\n".join(parts), encoding="utf-8", newline="\n")


def check_size(folder: Path, count: int) -> None:
    """Refuse a pack with an odd number of pictures or one too heavy for the checkout."""
    size = sum(path.stat().st_size for path in folder.iterdir())
    print(f"{count} pictures, {size / 1e6:.2f} MB in all")
    if count not in EXPECTED_COUNT:
        raise BuildError(f"{count} pictures is not within {EXPECTED_COUNT}")
    if size > LIMIT_BYTES:
        raise BuildError(f"the pack weighs {size} bytes, more than {LIMIT_BYTES}")


def build(pack: Path) -> None:
    """Make the pack aside, check it, then put it in the folder `pack`.

    Raises:
        BuildError: a package is not what it was.
    """
    with tempfile.TemporaryDirectory(prefix="emoji-pack-") as scratch:
        _build(Path(scratch), pack)


def _build(scratch: Path, pack: Path) -> None:
    packages = (PICTURES, LABELS, PICTURE_LICENCE, WORD_LICENCE)
    fetched = {package.name: fetch(package, scratch) for package in packages}
    emojis = choose(fetched[PICTURES.name], fetched[LABELS.name])
    check_words(emojis)
    folder = scratch / "emoji"
    folder.mkdir()
    kept = write_pictures(emojis, fetched[PICTURES.name], folder)
    write_captions(kept, folder)
    check_size(folder, len(kept))
    shutil.rmtree(pack, ignore_errors=True)
    shutil.copytree(folder, pack)
    LICENCE_FILE.write_text(licence_text(fetched), encoding="utf-8", newline="\n")
    put_section(CREDITS, SECTION, credit(len(kept)))
