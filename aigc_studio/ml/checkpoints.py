"""Checkpoints: all state of a run in one safetensors file, bit for bit, without a pickle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from pydantic import Field
from safetensors import SafetensorError, safe_open

from aigc_studio.base import strict_json
from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import disk_errors
from aigc_studio.base.frozen import Frozen
from aigc_studio.base.log import topic
from aigc_studio.catalog.header import METADATA_KEY
from aigc_studio.ml.weights import write_tensors

if TYPE_CHECKING:
    from pathlib import Path

    from torch import Tensor, nn

    from aigc_studio.ml.protocol import Learner

KEEP = 2
_MISFITS = (KeyError, RuntimeError, TypeError, ValueError)
log = topic("train")


class Counters(Frozen):
    """Numbers of a run that are no tensors.

    Attributes:
        step: steps done.
        seconds: compute time so far.
        first, last: losses when they first appeared, and their running mean.
    """

    step: int = Field(default=0, ge=0)
    seconds: float = 0.0
    first: dict[str, float] = Field(default_factory=dict)
    last: dict[str, float] = Field(default_factory=dict)


def save_checkpoint(folder: Path, learner: Learner, counters: Counters) -> Path:
    """Write `<step>.safetensors` aside, sync, rename; then drop all but the newest two.

    Raises:
        StudioError: kind "disk"; earlier checkpoints are kept.
    """
    path = folder / f"{counters.step:09d}.safetensors"
    tensors = {
        **_module_tensors("net", learner.net),
        **_module_tensors("averaged", learner.averaged),
        **_optimiser_tensors(learner),
    }
    note = strict_json.dumps(counters.model_dump(mode="json")).decode()
    with disk_errors(path, kept="The run goes on from its last checkpoint."):
        folder.mkdir(parents=True, exist_ok=True)
        write_tensors(path, tensors, note)
        _sweep(folder)
    return path


def _sweep(folder: Path) -> None:
    kept = _newest_first(folder)[:KEEP]
    for old in folder.iterdir():
        # What a kill left half written goes too; only the run's own worker writes here.
        if old not in kept:
            old.unlink()


def _newest_first(folder: Path) -> list[Path]:
    return sorted(folder.glob("[0-9]*.safetensors"), reverse=True)


def load_newest(folder: Path, learner: Learner) -> Counters:
    """Restore the newest readable checkpoint into `learner`; fresh counters when none lies there.

    Raises:
        StudioError: some lie there, and none can be read; `learner` is then not to be used.
    """
    paths = _newest_first(folder)
    for path in paths:
        try:
            return _load(path, learner)
        except (SafetensorError, OSError, StudioError, *_MISFITS) as error:
            log.warning("checkpoint %s is not readable: %s", path.name, error)
    if paths:
        raise StudioError(
            "The training cannot go on: none of its checkpoints can be read.",
            kept=f"They lie untouched in {folder}.",
            todo="Put back a copy of that folder, or empty it to begin again at step 0.",
        )
    return Counters()


def _load(path: Path, learner: Learner) -> Counters:
    with safe_open(path, framework="pt") as file:
        note = (file.metadata() or {})[METADATA_KEY].encode()
        counters = Counters.model_validate(strict_json.loads(note, path.name))
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    _require_same_shapes(learner, tensors)
    learner.net.load_state_dict(_part(tensors, "net."))
    learner.averaged.load_state_dict(_part(tensors, "averaged."))
    for name, optimiser in learner.optimisers.items():
        _restore_optimiser(optimiser, _part(tensors, f"optimiser.{name}."))
    return counters


def _require_same_shapes(learner: Learner, tensors: dict[str, Tensor]) -> None:
    # Before anything is changed: a fallback to an older one, or to none, must start clean.
    for prefix, module in (("net.", learner.net), ("averaged.", learner.averaged)):
        wanted = {name: tensor.shape for name, tensor in module.state_dict().items()}
        if {name: tensor.shape for name, tensor in _part(tensors, prefix).items()} != wanted:
            raise ValueError(f"its {prefix}* tensors do not fit this run")


def _module_tensors(prefix: str, module: nn.Module) -> dict[str, Tensor]:
    return {
        f"{prefix}.{name}": tensor.detach().cpu().contiguous().clone()
        for name, tensor in module.state_dict().items()
    }


def _optimiser_tensors(learner: Learner) -> dict[str, Tensor]:
    return {
        f"optimiser.{name}.{index}.{key}": torch.as_tensor(value).cpu().contiguous()
        for name, optimiser in learner.optimisers.items()
        for index, state in optimiser.state_dict()["state"].items()
        for key, value in state.items()
    }


def _restore_optimiser(optimiser: torch.optim.Optimizer, tensors: dict[str, Tensor]) -> None:
    # Rates and the like are set anew at every step; only the moments are state.
    state: dict[int, dict[str, Any]] = {}
    for name, tensor in tensors.items():
        index, key = name.split(".", 1)
        state.setdefault(int(index), {})[key] = tensor
    groups = optimiser.state_dict()["param_groups"]
    optimiser.load_state_dict({"state": state, "param_groups": groups})
    for parameter, own in optimiser.state.items():
        # The fused AdamW walks weight and moments side by side in memory, so the moments of a
        # weight that lies channels last must lie so too.
        for key, value in own.items():
            if value.shape == parameter.shape:
                own[key] = torch.empty_like(parameter).copy_(value)


def _part(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): t for name, t in tensors.items() if name.startswith(prefix)}
