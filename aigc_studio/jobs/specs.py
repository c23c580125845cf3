"""Specs: frozen values that ask a worker process for one piece of work.

Window and command line send the same specs. Paths are absolute; what a bundle keeps of a spec
goes through `jobs.portable` first.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, JsonValue, PlainSerializer, TypeAdapter

from aigc_studio.base.frozen import Frozen
from aigc_studio.catalog.card import ModelCard
from aigc_studio.catalog.conditions import ANYTHING, Conditions
from aigc_studio.catalog.latent_maths import Method
from aigc_studio.catalog.recipe import SHA256
from aigc_studio.catalog.training import Augmentation, TrainOptions
from aigc_studio.media.preparation import Preparation

FilmFormat = Literal["mp4", "gif", "webp"]
# Written with forward slashes everywhere, so that a run's spec opens on another system.
FilePath = Annotated[Path, PlainSerializer(Path.as_posix, return_type=str, when_used="json")]


ShortLine = Annotated[str, Field(max_length=40)]
Sentence = Annotated[str, Field(max_length=4000)]


class ModelRef(Frozen):
    """A model on disk: its weights and their sha256."""

    id: str = Field(pattern=SHA256)
    path: FilePath


class TrainItem(Frozen):
    """One item of a collection: payload file and its hash, its words, author and rights.

    Attributes:
        caption: what people call it in messages.
        captions: words by language, for models that learn words.
        tags: short words that it shares with other items; the frequent ones become labels.
    """

    path: FilePath
    sha256: str
    caption: str = ""
    captions: dict[ShortLine, Sentence] = Field(default_factory=dict, max_length=100)
    tags: tuple[Sentence, ...] = Field(default=(), max_length=200)
    author: str = ""
    rights: str = ""


class DataSet(Frozen):
    """A collection as a training run sees it, in a fixed order.

    Attributes:
        patches: train on so many patches of each picture at its full size; 0 on whole pictures.
    """

    name: str
    items: tuple[TrainItem, ...]
    preparation: Preparation
    patches: int = Field(default=0, ge=0, le=256)


class Train(Frozen):
    """Train a model; the worker writes only below `folder`.

    Attributes:
        run: id of the run; `folder` is `runs/<id>` of the project.
        steps: length of the run; None until `minutes` has been turned into steps.
        minutes: wished length; the worker measures once and stores `steps` in `spec.json`.
        config: the family's configuration without size and channels (they follow the data).
        pair: the second domain, for families that learn from two collections.
        parent: model to start from, with `parent_card` for its history.
        freeze: parts that keep the parent's weights.
        device: "auto", "cpu", "cuda:0" ..., "mps".
        threads: compute threads; None until the first session has settled them. Sums are
            rounded differently by another number, so a resumed run keeps to it.
    """

    kind: Literal["train"] = "train"
    run: str
    folder: FilePath
    name: str
    family: str
    preset: str
    config: dict[str, JsonValue]
    options: TrainOptions
    data: DataSet
    pair: DataSet | None = None
    steps: int | None = Field(default=None, ge=1)
    minutes: float | None = Field(default=None, gt=0)
    seed: int = 0
    device: str = "auto"
    gpus: int = Field(default=1, ge=1)
    parent: ModelRef | None = None
    parent_card: ModelCard | None = None
    freeze: tuple[str, ...] = ()
    threads: int | None = Field(default=None, ge=1)


class Forecast(Frozen):
    """Measure a few real steps of `train` and throw them away: time, memory and disk."""

    kind: Literal["forecast"] = "forecast"
    train: Train


class Sample(Frozen):
    """Draw from a model's fitted prior; result i depends on `seeds[i]` alone."""

    kind: Literal["sample"] = "sample"
    model: ModelRef
    seeds: tuple[int, ...]
    truncation: float = Field(default=1.0, ge=0, le=4)
    conditions: Conditions = ANYTHING
    device: str = "auto"


class Reconstruct(Frozen):
    """Encode pictures (posterior mean) and decode them again, at the inputs' sizes.

    Attributes:
        conditions: what is shown of a picture that was found, such as a domain of a pair; None
            for what it is itself. How near it comes is told of itself in either case.
    """

    kind: Literal["reconstruct"] = "reconstruct"
    model: ModelRef
    inputs: tuple[FilePath, ...]
    conditions: Conditions | None = None
    device: str = "auto"


class Invert(Frozen):
    """Search for a picture in the model, step by step; answered at the input's size.

    Answers previews as `MediaOut` with a growing index, the last one is the result, and at the
    end `CodeOut` with the PSNR in dB as its quality.

    Attributes:
        space: where to search; the model's home when None.
        steps: of the search; 0 takes what the encoder finds.
        conditions: what the model is told while it searches; the point shows the picture only
            where it is told the same again.
    """

    kind: Literal["invert"] = "invert"
    model: ModelRef
    input: FilePath
    conditions: Conditions = ANYTHING
    steps: int = Field(default=300, ge=0, le=5000)
    space: str | None = Field(default=None, max_length=16)
    device: str = "auto"


class Rank(Frozen):
    """Ask a model's discriminator how real pictures look; answers `scores`, in their order.

    Attributes:
        inputs: what cannot be read gets no score and does not fail the others.
    """

    kind: Literal["rank"] = "rank"
    model: ModelRef
    inputs: tuple[FilePath, ...] = Field(min_length=1, max_length=100_000)
    device: str = "auto"


class Repaint(Frozen):
    """Make a picture anew from itself, or a part of it; one result for each seed.

    Attributes:
        mask: a picture whose white parts may change, laid over the input as a whole; None
            when all may.
        strength: how much is made anew: 0 nothing, 1 all.
    """

    kind: Literal["repaint"] = "repaint"
    model: ModelRef
    input: FilePath
    mask: FilePath | None = None
    strength: float = Field(default=0.6, ge=0, le=1)
    seeds: tuple[int, ...] = (0,)
    conditions: Conditions = ANYTHING
    device: str = "auto"


class Denoise(Frozen):
    """Repair pictures with a denoising model, at the inputs' sizes."""

    kind: Literal["denoise"] = "denoise"
    model: ModelRef
    inputs: tuple[FilePath, ...]
    device: str = "auto"


class Upscale(Frozen):
    """Enlarge pictures by a model's own factor, each exactly so; alpha and mode stay.

    Attributes:
        inputs: picture files; or else
        shapes: (H, W, C) of each picture that travels in this spec's payload, one after the
            other, uint8 with straight alpha.
    """

    kind: Literal["upscale"] = "upscale"
    model: ModelRef
    inputs: tuple[FilePath, ...] = ()
    shapes: tuple[tuple[int, int, int], ...] = ()
    device: str = "auto"


class SeedPoint(Frozen):
    """The point that `Sample` draws for this seed."""

    seed: int


class FilePoint(Frozen):
    """The point a file is encoded to (posterior mean)."""

    path: FilePath


class CodePoint(Frozen):
    """A point given as numbers: safetensors bytes of a `Code` of one item."""

    code: bytes


Point = SeedPoint | FilePoint | CodePoint


class Interpolate(Frozen):
    """Walk from one point to another; `steps` counts both ends.

    Attributes:
        even: points lie so that the pictures are evenly apart, see `catalog.even_pace`.
    """

    kind: Literal["interpolate"] = "interpolate"
    model: ModelRef
    start: Point
    end: Point
    steps: int = Field(ge=2, le=10_000)
    method: Method = "slerp"
    even: bool = False
    conditions: Conditions = ANYTHING
    device: str = "auto"


class Mix(Frozen):
    """One point with the styles of another in some of its layers.

    Attributes:
        base: gives all other layers.
        other: gives the layers from `first` to `last`, both counted, from 0 for the coarsest.
    """

    kind: Literal["mix"] = "mix"
    model: ModelRef
    base: Point
    other: Point
    first: int = Field(ge=0, le=100)
    last: int = Field(ge=0, le=100)
    device: str = "auto"


class Decode(Frozen):
    """Decode points given as numbers; the pad's request. `preview` < 1 may trade quality."""

    kind: Literal["decode"] = "decode"
    model: ModelRef
    code: bytes
    preview: float = Field(default=1.0, gt=0, le=1)
    conditions: Conditions = ANYTHING
    device: str = "auto"


class Encode(Frozen):
    """Find pictures in the model: one point each, answered as `CodeOut`."""

    kind: Literal["encode"] = "encode"
    model: ModelRef
    inputs: tuple[FilePath, ...]
    conditions: Conditions = ANYTHING
    device: str = "auto"


class Evaluate(Frozen):
    """Measure a model on given items (files are read from disk again).

    Attributes:
        items: the pictures to measure on, none of them trained on when `held_out`.
        reference: training pictures, for the memorisation check; may be empty.
        pair: as `data`, of the second domain of a pair of generators.
        pair_reference: as `reference`, of the second domain.
    """

    kind: Literal["evaluate"] = "evaluate"
    model: ModelRef
    data: DataSet
    reference: tuple[TrainItem, ...] = ()
    pair: DataSet | None = None
    pair_reference: tuple[TrainItem, ...] = ()
    samples: int = Field(default=512, ge=16, le=50_000)
    seed: int = 0
    device: str = "auto"


class Vary(Frozen):
    """Show how training would vary pictures: each `times` times, as prepared and augmented.

    Answers `times` pictures for the first input, then for the next, at most 256 in all.
    """

    kind: Literal["vary"] = "vary"
    inputs: tuple[FilePath, ...] = Field(min_length=1, max_length=16)
    preparation: Preparation = Preparation()
    augmentation: Augmentation = Augmentation()
    times: int = Field(default=4, ge=1, le=16)
    seed: int = 0


class Map(Frozen):
    """Lay points out in a plane so that like lies beside like; needs the extra `map`.

    Answers `places`, one pair for each point, within [-1, 1]. Van der Maaten and Hinton,
    "Visualizing data using t-SNE" (2008).

    Attributes:
        points: safetensors bytes with "points", float32 (n, Z), measured in what shall count.
        perplexity: about how many neighbours each point has; fewer where there are few points.
        rounds: steps of the optimisation after its exaggerated beginning.
    """

    kind: Literal["map"] = "map"
    points: bytes = Field(max_length=1 << 26)
    perplexity: float = Field(default=20.0, ge=2, le=200)
    rounds: int = Field(default=300, ge=10, le=5000)
    seed: int = Field(default=0, ge=0)


class ExtractFrames(Frozen):
    """Decode a video file and answer one picture every `every` seconds."""

    kind: Literal["extract-frames"] = "extract-frames"
    video: FilePath
    every: float = Field(default=1.0, gt=0)
    limit: int = Field(default=2000, ge=1, le=100_000)


class EncodeFilm(Frozen):
    """Encode frames that travel as this spec's payload (N, H, W, 3 uint8) to a video file.

    Attributes:
        comment: the recipe as JSON; embedded like author, rights and title.
    """

    kind: Literal["encode-film"] = "encode-film"
    out: FilePath
    shape: tuple[int, int, int, int]
    fps: float = Field(gt=0, le=240)
    comment: str = Field(default="", max_length=1 << 20)
    author: str = ""
    rights: str = ""
    title: str = ""


class Probe(Frozen):
    """Ask the worker what it has: devices, precisions, threads, versions (for `doctor`)."""

    kind: Literal["probe"] = "probe"


AnySpec = (
    Train
    | Forecast
    | Sample
    | Reconstruct
    | Invert
    | Rank
    | Repaint
    | Denoise
    | Upscale
    | Interpolate
    | Mix
    | Decode
    | Encode
    | Evaluate
    | Vary
    | Map
    | ExtractFrames
    | EncodeFilm
    | Probe
)
Spec = Annotated[AnySpec, Field(discriminator="kind")]
SPEC: TypeAdapter[AnySpec] = TypeAdapter(Spec)
