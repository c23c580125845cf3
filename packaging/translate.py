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
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "aigc_studio"
FOLDER = ROOT / "resources" / "i18n"
LANGUAGE = "zh_CN"
WINDOW, ERRORS = "Studio", "Errors"
# Function -> which of its arguments are words of the window.
COLLECTED = {"tr": (0,), "later": (0,), "counted": (2,), "_words": (0,)}
Words = Mapping[str, Sequence[str]]  # by context


def collected() -> Words:
    """All words by context, each once, in the order of the source."""
    window = [*sorted((PACKAGE / "ui").rglob("*.py")), *sorted((PACKAGE / "studio").rglob("*.py"))]
    # Those of the command line never reach the window.
    rooms = (each for each in sorted(PACKAGE.rglob("*.py")) if each.parent.name != "cli")
    return {
        WINDOW: list(dict.fromkeys(each for file in window for each in words_of(file))),
        ERRORS: list(dict.fromkeys(each for file in rooms for each in sentences_of(file))),
    }


def calls(file: Path) -> Iterator[tuple[str, ast.Call]]:
    """The calls in one source file, in order: name of the function, and the call."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    for node in sorted(found, key=lambda call: (call.lineno, call.col_offset)):
        if isinstance(node.func, ast.Name):
            yield node.func.id, node


def words_of(file: Path) -> Iterator[str]:
    """The words of the window in one source file.

    Raises:
        ValueError: `later` or `counted` is given what is no plain string.
    """
    for name, call in calls(file):
        for place in COLLECTED.get(name, ()):
            given = call.args[place]
            if isinstance(given, ast.Constant) and isinstance(given.value, str):
                yield given.value
            elif name != "tr":
                raise ValueError(f"{file}:{call.lineno}: {name} needs a plain string")


def sentences_of(file: Path) -> Iterator[str]:
    """The sentences of the errors in one source file, their values as `{0}`, `{1}` ..."""
    named = assigned(file)
    for name, call in calls(file):
        # `kept` and `todo` are handed on by helpers, too.
        spoken = [each.value for each in call.keywords if each.arg in ("kept", "todo")]
        first = call.args[:1] if name == "StudioError" else []
        for given in [*first, *spoken]:
            either = [given.body, given.orelse] if isinstance(given, ast.IfExp) else [given]
            for each in either:
                values = named.get(each.id, []) if isinstance(each, ast.Name) else [each]
                yield from filter(letters, map(template, values))


def assigned(file: Path) -> dict[str, list[ast.expr]]:
    """What is assigned to each name in one source file."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node.value)
    return found


def letters(text: str) -> bool:
    """Whether there is anything to translate."""
    return any(sign.isalpha() for sign in text)


def template(node: ast.expr) -> str:
    """A string of the source with numbered places; "" for what is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    parts, places = [], 0
    for part in node.values if isinstance(node, ast.JoinedStr) else ():
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
        else:
            parts.append(f"{{{places}}}")
            places += 1
    return "".join(parts)


def translations(file: Path) -> dict[str, dict[str, str]]:
    """What a `.ts` file says: context -> source -> translation, "" where it is missing."""
    found: dict[str, dict[str, str]] = {WINDOW: {}, ERRORS: {}}
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
