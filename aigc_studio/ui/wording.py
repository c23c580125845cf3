"""Words from the rooms below the window, in the language that is worn.

Errors, reasons and steps of the undo list are made in rooms that know no language; their sentences
are templates in the source, which `packaging/source_words.py` collects. Here a finished sentence
finds its template again, and so does what stands in it.
"""

from __future__ import annotations

import re
import string
import xml.etree.ElementTree as Xml
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from aigc_studio.ui.translate import folder, together

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigc_studio.base.errors import StudioError

ERRORS, STEPS = "Errors", "Steps"
_LEAST_LITERAL = 4  # letters that a template with places must hold, or anything would be one


@dataclass(frozen=True)
class Template:
    """A sentence with places: how it looks when finished, and what it says in the language."""

    begins: str
    finished: re.Pattern[str]
    words: str
    literal: int

    def values(self, sentence: str) -> tuple[str, ...] | None:
        """What stands in the places; None for another sentence."""
        if not sentence.startswith(self.begins):  # most are told apart by that, and it is fast
            return None
        found = self.finished.fullmatch(sentence)
        return found and found.groups()


@dataclass(frozen=True)
class Phrases:
    """The sentences of one context: those without places by themselves, and the templates."""

    plain: Mapping[str, str]
    templates: tuple[Template, ...]


def worded(sentence: str) -> str:
    """A sentence of an error, or a reason; as it is where nobody translated it."""
    phrases = _phrases(QLocale().name(), ERRORS)
    if sentence in phrases.plain:
        return phrases.plain[sentence]
    for template in phrases.templates:
        values = template.values(sentence)
        if values is not None:
            return template.words.format(*map(_inner, values))
    return sentence


def undo_words(label: str) -> str:
    """The name of a step in the undo list; names of things stand in it as they are."""
    phrases = _phrases(QLocale().name(), STEPS)
    for template in phrases.templates:
        values = template.values(label)
        if values is not None:
            return template.words.format(*values)
    return phrases.plain.get(label, label)


def told(error: StudioError) -> str:
    """All that an error says, in one line."""
    return together(map(worded, (error.happened, error.kept, error.todo)))


def foreign(text: str) -> str:
    """Mark what comes to stand in sentences: words of Python, libraries, the system; names."""
    return text


FOREIGN = (
    foreign("No space left on device"),
    foreign("Permission denied"),
    foreign("No such file or directory"),
    foreign("Is a directory"),
    foreign("Not a directory"),
    foreign("Read-only file system"),
    foreign("Input/output error"),
    foreign("File name too long"),
    foreign("Too many open files"),
    foreign("Field required"),
    foreign("Extra inputs are not permitted"),
    foreign("Value error, {0}"),
    foreign("Input should be {0}"),
    foreign("Input should be less than {0}"),
    foreign("Input should be less than or equal to {0}"),
    foreign("Input should be greater than {0}"),
    foreign("Input should be greater than or equal to {0}"),
    foreign("Input should be a finite number"),
    foreign("Input should be a valid number"),
    foreign("Input should be a valid integer"),
    foreign("Input should be a valid string"),
    foreign("String should have at least {0} character"),
    foreign("String should have at most {0} characters"),
    foreign("String should match pattern {0}"),
    foreign("image"),
    foreign("audio"),
    foreign("text"),
    foreign("recipe json"),
    foreign("author"),
    foreign("rights"),
    foreign("title"),
    foreign("software"),
    foreign("digital source type"),
    foreign("{0} broken"),
    foreign("{0} tiny"),
    foreign("{0} empty"),
    foreign("{0} duplicate"),
    foreign("{0} unsupported"),
)


def _inner(value: str) -> str:
    """What stands in a sentence: a reason, several of them, the name of a step, or a name."""
    parts = value.split(", ")
    said = [worded(part) for part in parts]
    if not any(map(str.__eq__, said, parts)):
        return "\u3001".join(said)
    whole = worded(value)
    return undo_words(value) if whole == value else whole


@cache
def _phrases(language: str, wanted: str) -> Phrases:
    plain, templates = {}, []
    for source, words in _translated(language, wanted).items():
        template = _template(source, words)
        if template.finished.groups:
            templates.append(template)
        else:
            plain[source.format()] = words.format()
    least = _LEAST_LITERAL if wanted == ERRORS else 1
    usable = [each for each in templates if each.literal >= least]
    # What says most is most likely meant.
    return Phrases(plain, tuple(sorted(usable, key=lambda each: -each.literal)))


def _translated(language: str, wanted: str) -> dict[str, str]:
    file = folder() / f"{language}.ts"
    if not file.is_file():
        return {}
    contexts = Xml.parse(file).getroot().iter("context")
    messages = (
        message
        for context in contexts
        if context.findtext("name") == wanted
        for message in context.iter("message")
    )
    found = {each.findtext("source", ""): each.findtext("translation", "") for each in messages}
    return {source: words for source, words in found.items() if words}


def _template(source: str, words: str) -> Template:
    pattern, literal = [], 0
    parts = list(string.Formatter().parse(source))
    for text, field, _, _ in parts:
        pattern.append(re.escape(text))
        literal += sum(letter.isalpha() for letter in text)
        if field is not None:
            pattern.append("(.*?)")
    finished = re.compile("".join(pattern), re.DOTALL)
    return Template(parts[0][0] if parts else "", finished, words, literal)
