"""Arguments and options that several commands share."""

import re
from typing import Annotated

import typer

from aigc_studio.base.seeds import MAX_SEED

_DEVICE = re.compile(r"auto|cpu|mps|cuda(:\d+)?")


def _device(value: str) -> str:
    if not _DEVICE.fullmatch(value):
        raise typer.BadParameter("Choose auto, cpu, cuda:0 (1, 2 ...) or mps.")
    return value


ProjectArgument = Annotated[
    str,
    typer.Argument(
        metavar="PROJECT",
        help="Folder of the project, or: starter (a temporary copy of the one that ships).",
        show_default=False,
    ),
]
CollectionOption = Annotated[
    str,
    typer.Option("--collection", metavar="C", help="Name of the collection.", show_default=False),
]
ModelOption = Annotated[
    str,
    typer.Option(
        "--model",
        metavar="M",
        help="Name or id of a model; starter:NAME for one that ships.",
        show_default=False,
    ),
]
OutFolder = Annotated[
    str,
    typer.Option("--out", metavar="DIR", help="Folder for the results.", show_default=False),
]
SeedOption = Annotated[
    int,
    typer.Option("--seed", metavar="S", min=0, max=MAX_SEED, help="Decides everything random."),
]
DeviceOption = Annotated[
    str,
    typer.Option("--device", callback=_device, help="auto, cpu, cuda:0 ..., mps (untested)."),
]
ScaleOption = Annotated[
    int, typer.Option("--scale", min=1, max=64, help="Enlarge results this many times.")
]

WordsOption = Annotated[
    str,
    typer.Option("--words", metavar="W", help="What is to be seen, for models that know words."),
]
LabelOption = Annotated[
    str, typer.Option("--label", metavar="L", help="One of the model's labels, such as animal.")
]
GuidanceOption = Annotated[
    float | None,
    typer.Option(
        "--guidance",
        metavar="G",
        min=0,
        max=20,
        help="How strictly words are followed; 1 is as learned, 3 is usual.",
    ),
]
SamplerStepsOption = Annotated[
    int,
    typer.Option(
        "--sampler-steps", metavar="N", min=0, max=200, help="More is finer; 0 is the model's own."
    ),
]


UpscaleOption = Annotated[
    str | None,
    typer.Option(
        "--upscale",
        metavar="M",
        help="Enlarge results with this model of the family image-upscale, before --scale.",
    ),
]


def pairs(values: list[str]) -> dict[str, str]:
    """`--set k=v` values as a table."""
    table = {}
    for value in values:
        key, sign, rest = value.partition("=")
        if not sign or not key.strip():
            raise typer.BadParameter(f'"{value}" is not of the form name=value.')
        table[key.strip()] = rest.strip()
    return table
