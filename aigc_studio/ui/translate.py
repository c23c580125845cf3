"""Words for people, in their language: `tr` around every visible string."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from aigc_studio.base.paths import resources

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

CONTEXT = "Studio"
ENGLISH, CHINESE = "en", "zh_CN"
LANGUAGES = {ENGLISH: "English", CHINESE: "\u7b80\u4f53\u4e2d\u6587"}
_WIDE_STOPS = ("\u3002", "\uff01", "\uff1f")
_worn: list[QTranslator] = []


def tr(text: str, **values: object) -> str:
    """`text` in the language that is worn now.

    Args:
        text: English, a literal: `packaging/translate.py` collects it from the source.
        values: for the places `{name}` in the text.
    """
    found = QCoreApplication.translate(CONTEXT, text)
    return found.format(**values) if values else found


def later(text: str) -> str:
    """Mark a literal that `tr` will be given elsewhere, for tables made before any language."""
    return text


def counted(number: int, one: str, many: str) -> str:
    """Words with a number, `{n}` in both.

    Args:
        one, many: English, literals; other languages translate `many` for every number.
    """
    found = QCoreApplication.translate(CONTEXT, many)
    if found == many and number == 1:
        found = one
    return found.format(n=f"{number:,}")


def listed(words: Iterable[str]) -> str:
    """Words in a row, with what the language puts between them."""
    return tr(", ").join(words)


def titled(title: str, words: str) -> str:
    """Words behind what they are about."""
    return tr("{title}: {words}", title=title, words=words)


def together(sentences: Iterable[str]) -> str:
    """Sentences one after another; full-width stops bring their own room."""
    said = ""
    for sentence in filter(None, sentences):
        said += sentence if not said or said.endswith(_WIDE_STOPS) else f" {sentence}"
    return said


def folder() -> Path:
    """Where the translations lie, `zh_CN.ts` and `zh_CN.qm`."""
    return resources() / "i18n"


def language(wished: str = "system") -> str:
    """The language to wear: the wished one, or that of the system where we speak it."""
    if wished in LANGUAGES:
        return wished
    system = QLocale.system()
    chinese = system.language() == QLocale.Language.Chinese
    traditional = system.script() == QLocale.Script.TraditionalHanScript
    return CHINESE if chinese and not traditional else ENGLISH


@functools.cache
def worn() -> str:
    """The language that is worn now, as captions call it: "en" or "zh"."""
    return QLocale().name().partition("_")[0]


def speak(wished: str = "system") -> str:
    """Wear a language, Qt's own words too; what was said before stays as it was said.

    Returns:
        The language that is worn now.
    """
    for translator in _worn:
        QCoreApplication.removeTranslator(translator)
    _worn.clear()
    chosen = language(wished)
    QLocale.setDefault(QLocale(chosen))
    worn.cache_clear()
    if chosen != ENGLISH:
        qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        _wear(f"qtbase_{chosen}", qt)
        _wear(chosen, str(folder()))
    return chosen


def _wear(name: str, place: str) -> None:
    translator = QTranslator()
    if translator.load(name, place):
        QCoreApplication.installTranslator(translator)
        _worn.append(translator)
