"""What a model is told of a picture in a step of training: never quite the same words twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, TypeVar

from aigc_studio.ml.augment import uniforms
from aigc_studio.ml.words import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from torch import Tensor

    from aigc_studio.ml.data import PreparedData

Thing = TypeVar("Thing")
_STREAM = 20  # of random numbers; augmentation, corruption and noise have others
_CHOICES = 12  # numbers that settle what is said
_DROPPED = 12  # words of a caption that may be left out one by one
_TAGS_ALONE, _LABEL_ALONE, _BOTH_LANGUAGES = 0.15, 0.08, 0.15
_SHORTENED, _LEFT_OUT = 0.4, 0.3
_TAGS_TOO, _LABEL_TOO = 0.3, 0.15


@dataclass(frozen=True)
class Said:
    """What is known of one picture, as tokens.

    Attributes:
        captions: one for each language.
        tags: each may be several tokens.
        labels: one token each.
    """

    captions: tuple[tuple[int, ...], ...] = ()
    tags: tuple[tuple[int, ...], ...] = ()
    labels: tuple[int, ...] = ()

    @classmethod
    def of(cls, captions: Mapping[str, str], tags: Sequence[str], vocabulary: Vocabulary) -> Self:
        """The known words of a picture's captions and tags."""
        ordered = (captions[language] for language in sorted(captions))
        labels = (vocabulary.token_of_label(tag) for tag in tags)
        return cls(
            _known(ordered, vocabulary),
            _known(tags, vocabulary),
            tuple(label for label in labels if label is not None),
        )

    def drawn(self, dice: Sequence[float], dropout: float) -> list[int]:
        """Tokens to show with the picture once; nothing as often as `dropout` says."""
        if dice[0] < dropout:
            return []
        if self.labels and dice[1] < _LABEL_ALONE:
            return [_picked(self.labels, dice[2])]
        said = self._sentence(dice)
        if self.tags and dice[3] < _TAGS_TOO:
            said = [*said, *_picked(self.tags, dice[4])]
        if self.labels and dice[5] < _LABEL_TOO:
            said = [*said, _picked(self.labels, dice[2])]
        return said

    def _sentence(self, dice: Sequence[float]) -> list[int]:
        if self.tags and (dice[6] < _TAGS_ALONE or not self.captions):
            return [*_picked(self.tags, dice[7]), *_picked(self.tags, dice[8])]
        if not self.captions:
            return []
        if dice[9] < _BOTH_LANGUAGES:
            return [token for caption in self.captions for token in caption]
        caption = list(_picked(self.captions, dice[10]))
        return _shortened(caption, dice[_CHOICES:]) if dice[11] < _SHORTENED else caption


def _known(sentences: Iterable[str], vocabulary: Vocabulary) -> tuple[tuple[int, ...], ...]:
    found = (tuple(vocabulary.tokens_of(sentence)) for sentence in sentences)
    return tuple(tokens for tokens in found if tokens)


def _picked(things: Sequence[Thing], dice: float) -> Thing:
    return things[int(dice * len(things))]


def _shortened(tokens: list[int], dice: Sequence[float]) -> list[int]:
    """Some words left out; the one with the highest number always stays."""
    rolled = list(zip(tokens, dice, strict=False))
    kept = [token for token, roll in rolled if roll >= _LEFT_OUT]
    return kept or [max(rolled, key=lambda pair: pair[1])[0]]


def vocabulary_of(data: PreparedData, most: int) -> Vocabulary:
    """The words of the training part; what only held-out pictures are called is not learned."""
    captions = [data.captions[item] for item in data.training if len(data.captions)]
    tags = [data.tags[item] for item in data.training if len(data.tags)]
    said = [words for each in captions for words in each.values()]
    return Vocabulary.learned([*said, *(tag for each in tags for tag in each)], tags, most)


def said_of(data: PreparedData, vocabulary: Vocabulary) -> list[Said]:
    """What is known of each picture."""
    if not data.captions:
        return [Said()] * len(data.hashes)
    pairs = zip(data.captions, data.tags, strict=True)
    return [Said.of(captions, tags, vocabulary) for captions, tags in pairs]


def drawn(said: Sequence[Said], keys: Tensor, items: Tensor, dropout: float) -> list[list[int]]:
    """Tokens of each item of a batch; `keys` (B,) are those of `ml.augment.item_keys`."""
    dice = uniforms(keys.cpu(), _STREAM, _CHOICES + _DROPPED).tolist()
    pairs = zip(items.tolist(), dice, strict=True)
    return [said[item].drawn(rolls, dropout) for item, rolls in pairs]
