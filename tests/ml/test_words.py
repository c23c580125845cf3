"""Words as tokens: languages, endings, round trips, and vocabularies that are not to be trusted."""

from __future__ import annotations

import pytest
import torch

from aigc_studio.ml.backbones.flow_transformer import BEGIN, NOTHING, SPECIAL
from aigc_studio.ml.words import MOST_TOKENS, Vocabulary, parts_of, stacked, stem

SENTENCES = ["red heart", "smiling cat", "a red apple", "红心", "微笑的猫"]
LABELS = [["food"], ["animal", "food"], ["food"], ["food"], ["animal"]]


def test_words_are_parted_by_spaces_and_chinese_by_characters() -> None:
    assert parts_of("Red HEART, (big)") == ["red", "heart", "big"]
    assert parts_of("微笑的猫 cat") == ["微", "笑", "的", "猫", "cat"]
    assert parts_of("three o\u2019clock") == ["thre", "oclock"]
    assert parts_of("\uff32\uff45\uff44") == ["red"]  # full-width letters
    assert parts_of("?! ...") == []


@pytest.mark.parametrize(
    "alike",
    [("smile", "smiles", "smiling", "smiled"), ("cat", "cats"), ("berry", "berries")],
)
def test_endings_do_not_matter(alike: tuple[str, ...]) -> None:
    assert len({stem(word) for word in alike}) == 1


@pytest.mark.parametrize("word", ["red", "ring", "bed", "bus", "king", "sky", "string", "猫"])
def test_short_words_keep_what_looks_like_an_ending(word: str) -> None:
    assert stem(word) == word


def test_frequent_words_and_labels_are_learned() -> None:
    vocabulary = Vocabulary.learned(SENTENCES, LABELS, 100)
    assert vocabulary.labels == ("food",)
    assert vocabulary.entries[1] == "red"  # the only one that is there twice
    tokens = vocabulary.tokens_of("the red cats")
    assert tokens == [SPECIAL + 1, SPECIAL + vocabulary.entries.index("cat")]
    assert vocabulary.token_of_label("food") == SPECIAL
    assert vocabulary.token_of_label("animal") is None
    assert vocabulary.unknown("the red 狗") == ["the", "狗"]
    assert len(Vocabulary.learned(SENTENCES, LABELS, 3).entries) == 3


def test_a_vocabulary_survives_its_file() -> None:
    vocabulary = Vocabulary.learned(SENTENCES, LABELS, 100)
    again = Vocabulary.from_tensor(vocabulary.to_tensor())
    assert again == vocabulary
    assert again.tokens_of("红心 apple") == vocabulary.tokens_of("红心 apple")
    assert Vocabulary.from_tensor(Vocabulary().to_tensor()).entries == ()


def test_new_words_stand_behind_the_old() -> None:
    old = Vocabulary(("red", "cat"))
    longer = old.extended(Vocabulary(("dog", "cat", "fox")), 3)
    assert longer.entries == ("red", "cat", "dog")
    assert old.extended(Vocabulary(("dog",)), 1).entries == ("red", "cat")


@pytest.mark.parametrize(
    "tensor",
    [
        torch.tensor([1.0, 2.0]),
        torch.zeros(2, 2, dtype=torch.uint8),
        torch.tensor(list(b"red\n\ncat"), dtype=torch.uint8),
        torch.tensor(list(b"red\nred"), dtype=torch.uint8),
        torch.tensor(list(b"re\x00d"), dtype=torch.uint8),
        torch.tensor([255, 254], dtype=torch.uint8),
        torch.tensor(list(b"x" * 1000), dtype=torch.uint8),
        torch.tensor(list("\n".join(map(str, range(40_000))).encode()), dtype=torch.uint8),
    ],
)
def test_what_is_no_vocabulary_is_refused(tensor: torch.Tensor) -> None:
    with pytest.raises(ValueError, match=r"vocabulary|codec"):
        Vocabulary.from_tensor(tensor)


def test_sentences_are_stacked_and_bounded() -> None:
    batch = stacked([[], [5, 6], list(range(2, 200))])
    assert batch.shape == (3, MOST_TOKENS)
    assert batch[0].tolist() == [BEGIN] + [NOTHING] * (MOST_TOKENS - 1)
    assert batch[1, :3].tolist() == [BEGIN, 5, 6]
    assert stacked([[]]).tolist() == [[BEGIN]]
