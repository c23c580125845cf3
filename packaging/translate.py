#!/usr/bin/env python3
"""Refresh the translations: `translate.py` collects the words of the window and compiles them.

`resources/i18n/zh_CN.ts` gets what the source says now: what is new comes in untranslated, what is
gone leaves. Fill in what is missing (an editor for `.ts` files, or any other), then call it again.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import xml.etree.ElementTree as Xml
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = (ROOT / "aigc_studio" / "ui", ROOT / "aigc_studio" / "studio")
FOLDER = ROOT / "resources" / "i18n"
CONTEXT = "Studio"
LANGUAGE = "zh_CN"
# Function name -> which of its arguments are words to translate.
COLLECTED = {"tr": (0,), "later": (0,), "counted": (2,), "_words": (0,)}


def words_of(file: Path) -> list[str]:
    """The words in one source file, in order.

    Raises:
        ValueError: `tr`, `later` or `counted` is given what is no plain string.
    """
    found = []
    tree = ast.parse(file.read_text(encoding="utf-8"))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    for node in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        if not isinstance(node.func, ast.Name):
            continue
        for place in COLLECTED.get(node.func.id, ()):
            given = node.args[place]
            if isinstance(given, ast.Constant) and isinstance(given.value, str):
                found.append(given.value)
            elif node.func.id != "tr":
                raise ValueError(f"{file}:{node.lineno}: {node.func.id} needs a plain string")
    return found


def collected() -> list[str]:
    """All words of the window, each once, by file and line."""
    files = [file for source in SOURCES for file in sorted(source.rglob("*.py"))]
    return list(dict.fromkeys(words for file in files for words in words_of(file)))


def translations(file: Path) -> dict[str, str]:
    """What a `.ts` file says: source -> translation, "" where it is missing."""
    if not file.is_file():
        return {}
    found = {}
    for message in Xml.parse(file).getroot().iter("message"):
        words = message.find("translation")
        found[message.findtext("source", "")] = (words.text or "") if words is not None else ""
    return found


def as_ts(words: list[str], known: dict[str, str]) -> bytes:
    """The `.ts` file for these words."""
    root = Xml.Element("TS", version="2.1", language=LANGUAGE, sourcelanguage="en")
    context = Xml.SubElement(root, "context")
    Xml.SubElement(context, "name").text = CONTEXT
    for word in words:
        message = Xml.SubElement(context, "message")
        Xml.SubElement(message, "source").text = word
        translated = Xml.SubElement(message, "translation")
        translated.text = known.get(word, "")
        if not translated.text:
            translated.set("type", "unfinished")
    Xml.indent(root)
    head = b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    text = Xml.tostring(root, encoding="unicode")
    return head + text.encode() + b"\n"


def compiled(ts: Path, qm: Path) -> None:
    """Compile a `.ts` file with Qt's own tool."""
    tool = Path(sys.executable).parent / "pyside6-lrelease"
    call = [str(tool), "-silent", str(ts), "-qm", str(qm)]
    subprocess.run(call, check=True, capture_output=True)


def main() -> int:
    """Refresh both files; tell what is missing."""
    ts = FOLDER / f"{LANGUAGE}.ts"
    words = collected()
    known = translations(ts)
    ts.write_bytes(as_ts(words, known))
    compiled(ts, ts.with_suffix(".qm"))
    missing = [word for word in words if not known.get(word)]
    print(f"{len(words)} texts, {len(missing)} without a translation")
    for word in missing:
        print(f"  {word!r}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
