"""Words as tokens: whole words where spaces part them, single characters of Chinese.

A collection of some thousand pictures is too small for pieces of words to get a meaning of
their own, so a word is known or it is not; endings are cut, so that "smiles" is "smiling".
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

import torch

from aigc_studio.ml.backbones.flow_transformer import BEGIN, NOTHING, SPECIAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from torch import Tensor

MOST_TOKENS = 32  # of one sentence; what comes after is not looked at
MOST_WORDS = 32_000
LABEL = "#"
_LONGEST = 60  # characters of one word or label
_FEWEST = 4  # pictures that a label must stand for
_MOST_LABELS = 400
# Chinese, Japanese and Korean characters stand alone; of other scripts letters and digits
# stand together.
_IDEOGRAPH = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = re.compile(rf"[{_IDEOGRAPH}]|[^\W_{_IDEOGRAPH}]+")
_ENDINGS = ("ies", "ing", "ed", "es", "s", "e", "y")
_VOWEL = re.compile("[aeiouy]")


def parts_of(sentence: str) -> list[str]:
    """A sentence's words as they are looked up, in order."""
    plain = unicodedata.normalize("NFKC", sentence).lower().replace("\u2019", "'")
    return [stem(word) for word in _WORD.findall(plain.replace("'s ", " ").replace("'", ""))]


def stem(word: str) -> str:
    """A word without its ending: "smiles", "smiling" and "smile" are "smil"."""
    for ending in _ENDINGS:
        root = word.removesuffix(ending)
        if root != word and len(root) >= 3 and root.isascii() and _VOWEL.search(root):
            return root
    return word


@dataclass(frozen=True)
class Vocabulary:
    """What a model knows by name; its order is that of the model's table.

    Attributes:
        entries: words as `parts_of` gives them, and labels, which begin with "#".
    """

    entries: tuple[str, ...] = ()

    @classmethod
    def learned(cls, sentences: Iterable[str], labels: Iterable[Sequence[str]], most: int) -> Self:
        """The labels that stand for enough pictures, and the most frequent words.

        Args:
            sentences: captions, of all pictures and languages, and labels as words.
            labels: those of each picture.
            most: entries at most.
        """
        words = Counter(word for sentence in sentences for word in parts_of(sentence))
        named = Counter(label for each in labels for label in set(each) if label)
        often = [label for label, count in _ranked(named) if count >= _FEWEST][:_MOST_LABELS]
        fitting = [LABEL + label for label in often if len(label) < _LONGEST]
        plain = [word for word, _ in _ranked(words) if len(word) <= _LONGEST]
        return cls(tuple((fitting + plain)[:most]))

    @classmethod
    def from_tensor(cls, tensor: Tensor) -> Self:
        """Read what `to_tensor` wrote.

        Raises:
            ValueError: the numbers are no list of words.
        """
        if tensor.dtype != torch.uint8 or tensor.ndim != 1:
            raise ValueError("the vocabulary is no line of bytes")
        if len(tensor) > MOST_WORDS * _LONGEST * 4:
            raise ValueError("the vocabulary is too long")
        text = bytes(tensor.tolist()).decode()
        entries = tuple(text.split("\n")) if text else ()
        plain = all(0 < len(each) <= _LONGEST and each.isprintable() for each in entries)
        if not plain or len(entries) > MOST_WORDS or len(set(entries)) != len(entries):
            raise ValueError("the vocabulary is no list of words")
        return cls(entries)

    def to_tensor(self) -> Tensor:
        """As UTF-8 bytes, an entry a line, (N,) uint8."""
        return torch.tensor(list("\n".join(self.entries).encode()), dtype=torch.uint8)

    def extended(self, other: Vocabulary, most: int) -> Vocabulary:
        """These entries in their order, then those of `other` that are new."""
        new = [entry for entry in other.entries if entry not in self._place]
        return Vocabulary((self.entries + tuple(new))[: max(most, len(self.entries))])

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels that can be asked for, the most frequent first."""
        return tuple(e.removeprefix(LABEL) for e in self.entries if e.startswith(LABEL))

    def tokens_of(self, sentence: str) -> list[int]:
        """Tokens of a sentence's known words, in order."""
        return [self._place[word] for word in parts_of(sentence) if word in self._place]

    def token_of_label(self, label: str) -> int | None:
        """The token of a label; None when it is not known."""
        return self._place.get(LABEL + label)

    def unknown(self, sentence: str) -> list[str]:
        """The words of a sentence that say nothing to the model, as they were written."""
        plain = unicodedata.normalize("NFKC", sentence).lower()
        return [word for word in _WORD.findall(plain) if stem(word) not in self._place]

    @cached_property
    def _place(self) -> dict[str, int]:
        return {entry: index for index, entry in enumerate(self.entries, SPECIAL)}


def _ranked(counted: Counter[str]) -> list[tuple[str, int]]:
    """Most frequent first, then by the alphabet: the same order on every machine."""
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def stacked(sentences: Sequence[Sequence[int]]) -> Tensor:
    """Sentences of tokens as one batch, (B, L) int64, filled up to the longest."""
    cut = [[BEGIN, *tokens[: MOST_TOKENS - 1]] for tokens in sentences]
    longest = max(len(tokens) for tokens in cut)
    return torch.tensor([[*tokens, *[NOTHING] * (longest - len(tokens))] for tokens in cut])
