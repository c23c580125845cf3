"""What a picture is called in training: by all its words, in turns, and always the same way."""

from __future__ import annotations

import torch

from aigc_studio.ml.augment import item_keys
from aigc_studio.ml.said import drawn, said_of, vocabulary_of
from tests.ml.flow_helpers import told
from tests.ml.helpers import prepared

DATA = told(30)
WORDS = vocabulary_of(DATA, 100)
ITEMS = torch.zeros(1, dtype=torch.int64)


def sentences(count: int, dropout: float = 0.12) -> list[tuple[int, ...]]:
    """What the first picture is called in so many steps."""
    said = said_of(DATA, WORDS)
    keys = (item_keys(1, step, ITEMS) for step in range(count))
    return [tuple(drawn(said, key, ITEMS, dropout)[0]) for key in keys]


def test_words_of_the_training_part_are_known() -> None:
    assert {"disc", "small", "圆", "大"} <= set(WORDS.entries)
    assert "shape" in WORDS.labels


def test_a_picture_is_called_by_every_language_and_label_and_by_nothing() -> None:
    met = sentences(600)
    english = tuple(WORDS.tokens_of(DATA.captions[0]["en"]))
    chinese = tuple(WORDS.tokens_of(DATA.captions[0]["zh"]))
    label = WORDS.token_of_label("shape")
    assert {english, chinese, (label,), ()} <= set(met)
    assert 0.08 < met.count(()) / len(met) < 0.16
    assert any(label in each and len(each) > 1 for each in met)
    assert any(len(each) == 1 and each[0] in english for each in met)  # some words left out


def test_without_dropout_something_is_always_said() -> None:
    assert () not in sentences(300, dropout=0.0)


def test_the_same_step_says_the_same_whatever_stands_beside() -> None:
    said, items = said_of(DATA, WORDS), torch.tensor([4, 0, 9, 0])
    keys = item_keys(7, 3, items)
    together = drawn(said, keys, items, 0.1)
    alone = drawn(said, item_keys(7, 3, items[:1]), items[:1], 0.1)
    assert together[0] == alone[0]
    assert drawn(said, keys, items, 0.1) == together


def test_pictures_without_words_are_told_nothing() -> None:
    data = prepared(8)
    assert vocabulary_of(data, 100).entries == ()
    assert drawn(said_of(data, vocabulary_of(data, 100)), item_keys(1, 1, ITEMS), ITEMS, 0.0) == [
        []
    ]
