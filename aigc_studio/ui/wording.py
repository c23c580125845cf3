"""The words of errors in the language that is worn.

Errors are made in rooms that know no language; their sentences are templates in the source, which
`packaging/translate.py` collects. Here a finished sentence finds its template again.
"""

from __future__ import annotations

import re
import string
import xml.etree.ElementTree as Xml
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QLocale

from aigc_studio.ui.translate import folder

CONTEXT = "Errors"
_LEAST_LITERAL = 8  # letters that a template must hold, or it would be found in anything


@dataclass(frozen=True)
class Template:
    """A sentence with places: how it looks when finished, and what it says in the language."""

    finished: re.Pattern[str]
    words: str
    literal: int


def worded(sentence: str) -> str:
    """A sentence of an error in the language that is worn; as it is where nobody translated it."""
    for template in _templates(QLocale().name()):
        found = template.finished.fullmatch(sentence)
        if found:
            return template.words.format(*found.groups())
    return sentence


@cache
def _templates(language: str) -> list[Template]:
    file = folder() / f"{language}.ts"
    if not file.is_file():
        return []
    made = []
    for context in Xml.parse(file).getroot().iter("context"):
        if context.findtext("name") == CONTEXT:
            for message in context.iter("message"):
                source = message.findtext("source", "")
                made.append(_template(source, message.findtext("translation", "")))
    usable = (each for each in made if each.words and each.literal >= _LEAST_LITERAL)
    return sorted(usable, key=lambda each: -each.literal)  # what says most is most likely meant


def _template(source: str, words: str) -> Template:
    pattern, literal = [], 0
    for text, field, _, _ in string.Formatter().parse(source):
        pattern.append(re.escape(text))
        literal += sum(letter.isalpha() for letter in text)
        if field is not None:
            pattern.append("(.*?)")
    return Template(re.compile("".join(pattern), re.DOTALL), words, literal)
