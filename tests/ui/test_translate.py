"""Every visible string goes through `tr`, and every one of them has its Chinese."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest
import translate as packaging
from PySide6.QtCore import QTranslator
from PySide6.QtGui import QTextDocument
from source_words import WINDOW, collected, texts

from aigc_studio.ui import translate
from aigc_studio.ui.help_viewer import pages
from aigc_studio.ui.menus import MENUS
from aigc_studio.ui.translate import CHINESE, ENGLISH, counted, tr
from aigc_studio.ui.wording import undo_words, worded

UI = Path(translate.__file__).parent
ROOMS = ("document", "studio", "ui")
# What these are called with is seen or read out, at the place that stands here.
VISIBLE = {
    "setText": 0,
    "setToolTip": 0,
    "setWindowTitle": 0,
    "setPlaceholderText": 0,
    "setAccessibleName": 0,
    "setAccessibleDescription": 0,
    "setStatusTip": 0,
    "setInformativeText": 0,
    "setTitle": 0,
    "setSuffix": 0,
    "addAction": 0,
    "addMenu": 0,
    "addTab": 1,
    "addItem": 0,
    "addButton": 0,
    "setHeaderLabels": 0,
    "Command": 1,
    "label": 0,
    "button": 0,
    "tool": 1,
    "EmptyPlace": 1,
    "ActionCard": 1,
    "NumberField": 0,
    "QLabel": 0,
    "QPushButton": 0,
    "QCheckBox": 0,
    "QGroupBox": 0,
    "say": 0,
}
# A name is a name in every language.
NAMES = {"AIGC Studio", "-vae", "A", "B"}


def spoken(node: ast.expr) -> list[str]:
    """The literal words in an expression that did not go through `tr`."""
    match node:
        case ast.Constant(value=str(words)):
            return [words]
        case ast.JoinedStr(values=parts):
            return [words for part in parts for words in spoken(part)]
        case ast.BinOp(left=left, right=right):
            return spoken(left) + spoken(right)
        case ast.IfExp(body=body, orelse=other):
            return spoken(body) + spoken(other)
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return [words for part in parts for words in spoken(part)]
    return []


@pytest.mark.parametrize("file", sorted(UI.rglob("*.py")), ids=lambda path: path.name)
def test_visible_words_go_through_tr(file: Path) -> None:
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            place = VISIBLE.get(name, -1)
            if 0 <= place < len(node.args):
                words = spoken(node.args[place])
                found += [f"{file.name}:{node.lineno}: {each!r}" for each in words if plain(each)]
    assert not found


def plain(words: str) -> bool:
    """Whether these are words that someone would have to translate."""
    return any(letter.isalpha() for letter in words) and words not in NAMES


def test_every_text_is_translated_and_none_is_left_over() -> None:
    known = packaging.translations(packaging.FOLDER / "zh_CN.ts")
    words = collected()
    assert not packaging.missing(words, known), "run packaging/translate.py"
    for context, sources in words.items():
        assert not set(known[context]) - set(sources), "run packaging/translate.py"


def test_translations_keep_the_places_of_values() -> None:
    for known in packaging.translations(packaging.FOLDER / "zh_CN.ts").values():
        for source, words in known.items():
            assert fields(source) == fields(words), source


def fields(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_the_compiled_file_is_fresh() -> None:
    translator = QTranslator()
    assert translator.load("zh_CN", str(packaging.FOLDER))
    for context, known in packaging.translations(packaging.FOLDER / "zh_CN.ts").items():
        for source, words in known.items():
            assert translator.translate(context, source) == words, "run packaging/translate.py"


@pytest.mark.usefixtures("dressed")
def test_speaking() -> None:
    assert translate.speak(CHINESE) == CHINESE
    assert tr("Undo") == "\u64a4\u9500"
    assert counted(1, "{n} picture", "{n} pictures") == "1 \u5f20\u56fe\u7247"
    assert translate.speak(ENGLISH) == ENGLISH
    assert tr("Undo") == "Undo"
    assert counted(1, "{n} picture", "{n} pictures") == "1 picture"
    assert counted(1500, "{n} picture", "{n} pictures") == "1,500 pictures"


@pytest.mark.usefixtures("dressed")
def test_errors_are_worded_in_the_language() -> None:
    sentence = "/home/ada/Foxes.aigc is in use by a window (process 12)."
    assert worded(sentence) == sentence
    translate.speak(CHINESE)
    assert worded("Nothing was changed.") == "\u6ca1\u6709\u4efb\u4f55\u6539\u52a8\u3002"
    assert worded(sentence).startswith("/home/ada/Foxes.aigc \u6b63\u88ab a window")
    assert worded("Nobody ever wrote this.") == "Nobody ever wrote this."
    translate.speak(ENGLISH)


@pytest.mark.usefixtures("dressed")
def test_what_stands_in_an_error_is_worded_too() -> None:
    translate.speak(CHINESE)
    refused = "The weights weights.safetensors were refused: its header is malformed."
    assert worded(refused).endswith("\u5b83\u7684\u6587\u4ef6\u5934\u683c\u5f0f\u6709\u8bef\u3002")
    few = worded('"foxes" has 1 usable pictures (1 broken, 2 empty); at least 8 are needed.')
    assert "1 \u5f20\u635f\u574f\u30012 \u5f20\u7a7a\u767d" in few
    conflict = worded('"Rename a model" cannot be done: the name "fox" is taken twice.')
    assert not any("a" <= sign <= "z" for sign in conflict.replace("fox", ""))
    translate.speak(ENGLISH)


@pytest.mark.usefixtures("dressed")
def test_steps_are_worded_and_names_in_them_stay() -> None:
    assert undo_words("Rename a layer") == "Rename a layer"
    translate.speak(CHINESE)
    assert undo_words("Rename a layer") == "\u91cd\u547d\u540d\u56fe\u5c42"
    assert undo_words('Add "Add a layer"') == "\u6dfb\u52a0\u201cAdd a layer\u201d"
    translate.speak(ENGLISH)


def test_no_step_is_overlooked() -> None:
    # Whatever becomes the label of an edit is a literal somewhere, or handed on by that name.
    for file in sorted(path for room in ROOMS for path in (UI.parent / room).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                for word in node.keywords:
                    told = ast.unparse(word.value)
                    if word.arg == "label" and not list(texts(word.value, {})):
                        assert "label" in told.lower() or told == "''", f"{file}: {told}"


def test_the_manual_is_the_same_in_both_languages() -> None:
    english, chinese = pages(ENGLISH), pages(CHINESE)
    assert [page.key for page in english] == [page.key for page in chinese]
    for one, other in zip(english, chinese, strict=True):
        assert one.text != other.text
        assert one.text.count("\n## ") == other.text.count("\n## "), one.key
        assert one.text.count("\n- ") == other.text.count("\n- "), one.key
        assert one.text.count("\n|") == other.text.count("\n|"), one.key


@pytest.mark.usefixtures("dressed")
@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_the_manual_is_whole(language: str) -> None:
    manual = pages(language)
    known = packaging.translations(packaging.FOLDER / "zh_CN.ts")[WINDOW]
    said = set(known.values()) if language == CHINESE else set(known)
    menus = {known[title] if language == CHINESE else title for title in MENUS.values()}
    for page in manual:
        document = QTextDocument()
        document.setMarkdown(page.text)
        assert "*" not in document.toPlainText(), f"{page.key}: a mark that is none"
        slanted = re.search(r"(?<!\*)\*[^*\s]", page.text)
        assert not (language == CHINESE and slanted), f"{page.key}: Chinese is never slanted"
        for path in re.findall(r"\*\*([^*\n]+ > [^*\n]+)\*\*", page.text):
            menu, _, command = path.partition(" > ")
            assert menu in menus, f"{page.key}: no menu {menu}"
            assert command in said, f"{page.key}: no command {command}"
        for linked in re.findall(r"\]\(([^)]+)\.md\)", page.text):
            assert linked.partition("-")[2] in {each.key for each in manual}, linked
