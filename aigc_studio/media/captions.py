"""Words for pictures: from a CSV or JSON-lines file, or from the pictures' own names."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, fields
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import disk_errors
from aigc_studio.base.strict_json import loads

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 64 << 20
MAX_ENTRIES = 200_000
MAX_TEXT = 4000
_FILE_NAMES = ("file", "filename", "file_name", "image", "path", "name")
_ALIASES = {
    "text": "caption",
    "label": "caption",
    "description": "caption",
    "zh": "caption_zh",
    "caption_cn": "caption_zh",
    "tag": "tags",
    "artist": "author",
    "license": "rights",
    "copyright": "rights",
}
_NO_WORD = re.compile(r"[\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
# Numbers, and code points such as 1f600: hexadecimal with a digit in it, at least 4 long.
_CODE = re.compile(r"\d+|[uU]?(?=[0-9a-fA-F]*\d)[0-9a-fA-F]{4,}")
# The second pair are the full-width comma and semicolon of Chinese text.
_SEPARATOR = re.compile("[,;\uff0c\uff1b]")


@dataclass(frozen=True)
class CaptionEntry:
    """What a captions file says of one picture; an empty text is not said.

    Attributes:
        caption, caption_zh: the words, in the language of the file and in Chinese.
        tags: comma or semicolon separated in the file.
        author, rights: as recorded for every data file.
    """

    caption: str = ""
    caption_zh: str = ""
    tags: tuple[str, ...] = ()
    author: str = ""
    rights: str = ""


_FIELDS = tuple(field.name for field in fields(CaptionEntry))


def read_captions(path: Path) -> dict[str, CaptionEntry]:
    """Captions by file name (without folders), from .csv, .tsv or .jsonl.

    A CSV may have a header (file, caption, caption_zh, tags, author, rights, in any order);
    without one the columns are taken in that order. UTF-8, with or without a mark, or GBK.

    Raises:
        StudioError: kind "input", naming the line, when the file is not of that form.
    """
    text = _text(path)
    jsonl = path.suffix.lower() in (".jsonl", ".ndjson", ".json")
    entries: dict[str, CaptionEntry] = {}
    for line, name, entry in _json_lines(path, text) if jsonl else _table(path, text):
        if name in entries:
            raise _at(path, line, f'"{name}" stands there twice')
        if len(entries) == MAX_ENTRIES:
            raise _at(path, line, f"more than {MAX_ENTRIES} lines are not read")
        entries[name] = entry
    return entries


def _text(path: Path) -> str:
    with disk_errors(path):
        if path.stat().st_size > MAX_BYTES:
            raise _invalid(path, f"it has more than {MAX_BYTES >> 20} MiB")
        data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _invalid(path, "its text is neither UTF-8 nor GBK")


def _table(path: Path, text: str) -> Iterator[tuple[int, str, CaptionEntry]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(path, text))
    columns: list[str] | None = None
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            if columns is None:
                columns = _header(cells)
                if columns:
                    continue
                columns = ["file", *_FIELDS]
            yield reader.line_num, *_row(path, reader.line_num, columns, cells)
    except csv.Error as error:
        raise _at(path, reader.line_num, str(error)) from error


def _delimiter(path: Path, text: str) -> str:
    first = text.split("\n", 1)[0]
    if path.suffix.lower() == ".tsv":
        return "\t"
    return max(",;\t", key=first.count)


def _header(cells: list[str]) -> list[str]:
    """Column names when these cells are a header, else nothing."""
    names = [_column(cell) for cell in cells]
    return names if "file" in names and "." not in "".join(cells) else []


def _column(cell: str) -> str:
    name = cell.lower().replace(" ", "_").replace("-", "_")
    return "file" if name in _FILE_NAMES else _ALIASES.get(name, name)


def _row(path: Path, line: int, columns: list[str], cells: list[str]) -> tuple[str, CaptionEntry]:
    if len(cells) > len(columns) and any(cells[len(columns) :]):
        raise _at(
            path,
            line,
            f"it has {len(cells)} columns and not {len(columns)}; put text that holds the "
            "separator in double quotes",
        )
    return _entry(path, line, dict(zip(columns, cells, strict=False)))


def _json_lines(path: Path, text: str) -> Iterator[tuple[int, str, CaptionEntry]]:
    for line, source in enumerate(text.splitlines(), 1):
        if not source.strip():
            continue
        record = loads(source.encode(), f"Line {line} of {path}")
        if not isinstance(record, dict):
            raise _at(path, line, "it is no JSON object")
        yield line, *_entry(path, line, {_column(k): _flat(v) for k, v in record.items()})


def _flat(value: object) -> str:
    if isinstance(value, list):
        return ",".join(str(item) for item in value)
    return "" if value is None else str(value)


def _entry(path: Path, line: int, values: dict[str, str]) -> tuple[str, CaptionEntry]:
    # Windows rules split at both kinds of slash, whichever system wrote the file.
    name = PureWindowsPath(values.get("file", "")).name
    if not name:
        raise _at(path, line, "no file is named")
    texts = {field: values.get(field, "").strip() for field in _FIELDS}
    for field, text in texts.items():
        if len(text) > MAX_TEXT:
            raise _at(path, line, f"its {field} is longer than {MAX_TEXT} characters")
    tags = tuple(tag.strip() for tag in _SEPARATOR.split(texts.pop("tags")) if tag.strip())
    return name, CaptionEntry(tags=tags, **texts)


def caption_from_name(name: str) -> str:
    """Words from a file name: "0001f600-grinning-face.webp" is "grinning face".

    Leading numbers and code points are dropped; nothing but those gives an empty caption.
    """
    stem = Path(name[:MAX_TEXT]).stem
    words = [word for word in _NO_WORD.split(stem) if word]
    while words and _CODE.fullmatch(words[0]):
        words.pop(0)
    return " ".join(_CAMEL.sub(" ", word).lower() for word in words)


def _at(path: Path, line: int, reason: str) -> StudioError:
    return _invalid(path, f"line {line}: {reason}")


def _invalid(path: Path, reason: str) -> StudioError:
    return StudioError(
        f"The captions in {path} cannot be used: {reason}.",
        kept="Nothing was imported.",
        todo="Mend the file and import it again.",
        kind="input",
    )
