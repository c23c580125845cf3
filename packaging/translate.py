#!/usr/bin/env python3
"""Refresh the translations: `translate.py` takes the words of the source and compiles them.

`resources/i18n/zh_CN.ts` gets what the source says now: what is new comes in untranslated, what is
gone leaves. Fill in what is missing (an editor for `.ts` files, or any other), then call it again.
"""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as Xml
from pathlib import Path
from typing import TYPE_CHECKING

from source_words import ROOT, Words, collected

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = ROOT / "resources" / "i18n"
LANGUAGE = "zh_CN"


def translations(file: Path) -> dict[str, dict[str, str]]:
    """What a `.ts` file says: context -> source -> translation, "" where it is missing."""
    found: dict[str, dict[str, str]] = {}
    for context in Xml.parse(file).getroot().iter("context") if file.is_file() else ():
        known = found.setdefault(context.findtext("name", ""), {})
        for message in context.iter("message"):
            known[message.findtext("source", "")] = message.findtext("translation", "")
    return found


def as_ts(words: Words, known: Mapping[str, Mapping[str, str]]) -> bytes:
    """The `.ts` file for these words."""
    root = Xml.Element("TS", version="2.1", language=LANGUAGE, sourcelanguage="en")
    for name, sources in words.items():
        context = Xml.SubElement(root, "context")
        Xml.SubElement(context, "name").text = name
        for source in sources:
            message = Xml.SubElement(context, "message")
            Xml.SubElement(message, "source").text = source
            translated = Xml.SubElement(message, "translation")
            translated.text = known.get(name, {}).get(source, "")
            if not translated.text:
                translated.set("type", "unfinished")
    Xml.indent(root)
    head = b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    return head + str(Xml.tostring(root, encoding="unicode")).encode() + b"\n"


def compiled(ts: Path, qm: Path) -> None:
    """Compile a `.ts` file with Qt's own tool."""
    tool = Path(sys.executable).parent / "pyside6-lrelease"
    call = [str(tool), "-silent", str(ts), "-qm", str(qm)]
    subprocess.run(call, check=True, capture_output=True)


def missing(words: Words, known: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Words without a translation."""
    return [
        source
        for name, sources in words.items()
        for source in sources
        if not known.get(name, {}).get(source)
    ]


def main() -> int:
    """Refresh both files; tell what is missing."""
    ts = FOLDER / f"{LANGUAGE}.ts"
    words, known = collected(), translations(ts)
    ts.write_bytes(as_ts(words, known))
    compiled(ts, ts.with_suffix(".qm"))
    left = missing(words, known)
    print(f"{sum(map(len, words.values()))} texts, {len(left)} without a translation")
    for source in left:
        print(f"  {source!r}")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
