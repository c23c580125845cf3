"""The pack of pixel tiles that the starter project is built from: 32 x 32 items and monsters.

They are files of Debian's source package `crawl`, fetched by apt with lists of its own, so that
nothing of the system is changed and no code of the package runs. The package says of its tiles
that most, and not all, are CC0; `tiles.txt` names those whose bytes are also those of a file in
the releases of https://github.com/crawl/tiles, whose makers asked every artist, and which are
not in its list of tiles of unknown licence. They are taken as they are, byte for byte.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from PIL import Image

from starter.emoji import CREDITS, RESOURCES, put_section
from starter.packages import BuildError, Files

HERE = Path(__file__).resolve().parent
CHOSEN = HERE / "tiles.txt"
LICENCE_FILE = RESOURCES / "starter" / "LICENSE-tiles.txt"
SECTION = '## Pixel tiles (the collection "tiles" of the starter project)'

PACKAGE, VERSION, SUITE = "crawl", "0.28.0", "bookworm"
ARCHIVE = f"{PACKAGE}_{VERSION}.orig.tar.xz"
SHA256 = "5a6be168f8888b84bdb199184ca20bd8636f77ba7e9e0124ebee8850092f2f47"
MIRROR = "http://deb.debian.org/debian"
KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg"
INSIDE = f"stone_soup-{VERSION}/source/rltiles/"
LICENCE = f"stone_soup-{VERSION}/docs/license/cc0.txt"

AUTHOR, RIGHTS = "Dungeon Crawl Stone Soup tile artists", "CC0-1.0"
SIDE = 32
EXPECTED_COUNT = range(300, 601)
LIMIT_BYTES = 1_000_000
# What a folder's pictures are, where their names alone do not say.
NOUNS = {
    "amulet": "amulet",
    "book": "book",
    "gold": "gold coins",
    "potion": "potion",
    "ring": "ring",
    "rod": "rod",
    "scroll": "scroll",
    "staff": "staff",
    "wand": "wand",
}
CLASSES = {"item": "item", "mon": "monster"}


def fetch(scratch: Path) -> Files:
    """The chosen tiles and the licence by their path in the archive.

    Raises:
        BuildError: apt is not there, or the archive is not what it was.
    """
    apt = shutil.which("apt-get")
    if apt is None:
        raise BuildError("apt-get was not found; it comes with Debian and Ubuntu")
    for folder in ("lists/partial", "cache/archives/partial"):
        (scratch / folder).mkdir(parents=True)
    sources = scratch / "sources.list"
    sources.write_text(f"deb-src [signed-by={KEYS}] {MIRROR} {SUITE} main\n", encoding="ascii")
    own = {
        "Dir::Etc::SourceList": sources,
        "Dir::Etc::SourceParts": "/dev/null",
        "Dir::State::Lists": scratch / "lists",
        "Dir::Cache": scratch / "cache",
    }
    options = [word for key, value in own.items() for word in ("-o", f"{key}={value}")]
    print(f"fetching the source of {PACKAGE} {VERSION}", flush=True)
    # Debian's own changes, which are not needed, may have moved on: the archive alone counts.
    for words in (["update"], ["source", "--download-only", PACKAGE]):
        subprocess.run([apt, *options, *words], cwd=scratch, capture_output=True, check=False)
    archive = scratch / ARCHIVE
    if not archive.is_file():
        raise BuildError(f"apt could not fetch {ARCHIVE} from {MIRROR}")
    return unpack(archive)


def unpack(archive: Path) -> Files:
    """Read what is wanted into memory, so that no path of the archive touches the disk.

    Raises:
        BuildError: the archive is not the one this script was written for.
    """
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    if digest != SHA256:
        raise BuildError(f"{ARCHIVE} has changed: its hash is {digest}")
    wanted = {INSIDE + path for path in chosen()} | {LICENCE}
    files: Files = {}
    with tarfile.open(archive, "r:xz") as tar:
        for member in tar:
            if member.isfile() and member.name in wanted:
                content = tar.extractfile(member)
                files[member.name.removeprefix(INSIDE)] = content.read() if content else b""
    if len(files) != len(wanted):
        raise BuildError(f"{ARCHIVE} lacks some of the chosen tiles")
    return files


def chosen() -> list[str]:
    """Paths below `rltiles` of the tiles that are taken."""
    return CHOSEN.read_text("utf-8").split()


def words_of(path: str) -> tuple[str, list[str]]:
    """The caption and the tags of a tile, out of its path.

    "item/potion/sky_blue.png" is a "sky blue potion", tagged "potion" and "item".
    """
    kind, *folders = path.split("/")[:-1]
    bare = re.sub(r"(_(ego|art|new|old))?_?\d*$", "", Path(path).stem)
    noun = NOUNS.get(folders[-1], "")
    spelled = re.sub(r"[_-]+", " ", bare).strip()
    spelled = re.sub(r"^draco job (.*)", r"draconian \1", spelled)
    spelled = re.sub(r"^draco base (.*)", r"\1 draconian", spelled)
    spelled = re.sub(rf"^{noun} (.+)", rf"\1 {noun}", spelled) if noun else spelled
    caption = spelled if not noun or noun.split()[0] in spelled else f"{spelled} {noun}".strip()
    tags = [folder.replace("_", " ") for folder in reversed(folders)]
    return caption, [*tags, CLASSES[kind]]


def check(path: str, content: bytes) -> None:
    """Refuse what is no small picture with clear parts."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            alpha = picture.convert("RGBA").getchannel("A").getextrema()
            fits = picture.format == "PNG" and picture.size == (SIDE, SIDE) and alpha[0] == 0
    except OSError as error:
        raise BuildError(f"{path} is not a readable picture: {error}") from error
    if not fits:
        raise BuildError(f"{path} is no PNG of {SIDE} x {SIDE} with clear parts")


def write(files: Files, folder: Path) -> None:
    """Write every tile and one JSON line on each, in the order of `tiles.txt`."""
    lines = []
    for path in chosen():
        check(path, files[path])
        name = path.replace("/", "-").replace("_", "-")
        (folder / name).write_bytes(files[path])
        caption, tags = words_of(path)
        line = {"file": name, "caption": caption, "tags": tags, "author": AUTHOR}
        line |= {"rights": RIGHTS, "source": f"Debian {PACKAGE} {VERSION}, rltiles/{path}"}
        lines.append(json.dumps(line, ensure_ascii=False) + "\n")
    (folder / "captions.jsonl").write_text("".join(lines), encoding="utf-8", newline="\n")


def credit(count: int) -> str:
    """Return the pack's section of CREDITS.md."""
    return f"""{SECTION}

- What: {count} pixel pictures of items and monsters, {SIDE} x {SIDE} PNG, with names and tags.
- Pictures: by the artists of Dungeon Crawl Stone Soup, after RLTiles (public domain); CC0 1.0
  Universal; out of `rltiles` in the Debian source package `{PACKAGE}` {VERSION}.
- Chosen: only files that are byte for byte also in the CC0 releases of
  https://github.com/crawl/tiles and not in its list of tiles of unknown licence.
- Licence text: `starter/LICENSE-tiles.txt`, out of the same package.
- Changed: renamed; names and tags are made of their paths.
- Made by: `packaging/build_starter.py`.
"""


def build(pack: Path) -> None:
    """Make the pack aside, check it, then put it in the folder `pack`.

    Raises:
        BuildError: the package is not what it was.
    """
    with tempfile.TemporaryDirectory(prefix="tiles-pack-") as name:
        scratch = Path(name)
        files = fetch(scratch)
        folder = scratch / "tiles"
        folder.mkdir()
        write(files, folder)
        count, size = len(chosen()), sum(len(content) for content in files.values())
        print(f"{count} tiles, {size / 1e6:.2f} MB in all")
        if count not in EXPECTED_COUNT or size > LIMIT_BYTES:
            raise BuildError(f"{count} tiles of {size} bytes are not what is expected")
        shutil.rmtree(pack, ignore_errors=True)
        shutil.copytree(folder, pack)
        LICENCE_FILE.write_bytes(files[LICENCE].replace(b"\r\n", b"\n"))
        put_section(CREDITS, SECTION, credit(count))
