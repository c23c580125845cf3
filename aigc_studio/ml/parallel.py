"""Training on several GPUs: one process each, the same weights in all, a share of every batch.

Li et al., "PyTorch Distributed: Experiences on Accelerating Data Parallel Training" (2020),
without its buckets: each gradient is averaged as soon as it is there, while backward goes on.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, get_args

import torch
import torch.distributed as dist
from torch.distributed.rendezvous import rendezvous

from aigc_studio.base import seeds
from aigc_studio.base.errors import StudioError
from aigc_studio.jobs.messages import Action, Failed
from aigc_studio.ml.device import resolve_device

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from torch import Tensor, nn

# A pause or the preparing of pictures may take as long as it likes; torchrun sees who died.
_PATIENCE = timedelta(days=365)
_FAILURE = "failure"
_WISHES: tuple[Action | None, ...] = (None, *get_args(Action))


@dataclass(frozen=True)
class Team:
    """The processes that train one model together. A team of one does nothing at all.

    All ranks must call the same methods in the same order, but for `share` and `seed`.

    Attributes:
        rank: which of them this process is, from 0. The first alone talks and writes.
        size: how many they are.
    """

    rank: int = 0
    size: int = 1

    @property
    def first(self) -> bool:
        """Whether this is the rank that talks and writes."""
        return self.rank == 0

    def share(self, items: Tensor) -> Tensor:
        """This rank's part of a batch's items (B,): each `size`-th, from its own rank on."""
        return items if self.size == 1 else items[self.rank :: self.size]

    def seed(self, seed: int) -> int:
        """A seed of this rank's own, so that ranks draw other noise for their items."""
        return seed if self.first else seeds.derive(seed, "rank", self.rank)

    def said(self, number: int) -> int:
        """The first rank's number, in every rank, once all ranks have asked.

        Raises:
            StudioError: kind "crashed", another rank has ended.
        """
        if self.size == 1:
            return number
        # On the CPU, hence by gloo: no rank must wait for its GPU to hear of a wish.
        told = torch.tensor([number if self.first else 0])
        _summed(told)
        return int(told)

    def wished(self, wish: Action | None) -> Action | None:
        """The first rank's wish, in every rank.

        Raises:
            StudioError: as `said`.
        """
        return wish if self.size == 1 else _WISHES[self.said(_WISHES.index(wish))]

    def over_all(self, figures: dict[str, float], part: float) -> dict[str, float]:
        """Means over the whole batch, from each rank's means over `part` of it.

        Raises:
            StudioError: as `said`.
        """
        if self.size == 1 or not figures:
            return figures
        values = torch.tensor([*figures.values()], dtype=torch.float64).mul_(part)
        _summed(values)
        return dict(zip(figures, values.tolist(), strict=True))

    @contextlib.contextmanager
    def in_turn(self) -> Iterator[None]:
        """The first rank goes through the block, then all others do.

        Raises:
            StudioError: as `said`.
        """
        if not self.first:
            self.said(0)
        yield
        if self.first:
            self.said(0)

    def level(self, *modules: nn.Module) -> None:
        """Give all ranks the first one's weights and buffers, bit for bit.

        Raises:
            StudioError: as `said`.
        """
        if self.size == 1:
            return
        for module in modules:
            for tensor in module.state_dict().values():
                with _together():
                    dist.broadcast(tensor, 0)

    @contextlib.contextmanager
    def averaging(self, net: nn.Module, batch: int) -> Iterator[None]:
        """While inside, every gradient of `net` is the batch's once backward returns.

        Backward must meet the same parameters in the same order in every rank.

        Args:
            net: what learns; the gradients of its parameters are those of a mean over items.
            batch: items of the whole batch, see `require_items`.
        """
        if self.size == 1:
            yield
            return
        weight = len(range(self.rank, batch, self.size)) / batch

        def average(parameter: Tensor) -> None:
            if parameter.grad is not None:
                _summed(parameter.grad.mul_(weight))

        learned = [parameter for parameter in net.parameters() if parameter.requires_grad]
        hooks = [each.register_post_accumulate_grad_hook(average) for each in learned]
        try:
            yield
        finally:
            for hook in hooks:
                hook.remove()

    def require_items(self, batch: int) -> None:
        """Check that a batch has an item for each rank.

        Raises:
            StudioError: kind "input", it has fewer.
        """
        if batch < self.size:
            raise StudioError(
                f"A batch of {batch} cannot be shared among {self.size} GPUs.",
                kind="input",
                todo=f"Train with a batch of {self.size} or more: --set batch={self.size}.",
            )


@contextlib.contextmanager
def joined(device: str, in_words: Callable[[Exception], Failed]) -> Iterator[Team]:
    """The team that torchrun's environment names, left at the end; of one without torchrun.

    What another rank failed with is raised in the first rank too, which can tell it.

    Args:
        device: as asked for; "auto" gives each rank its own GPU, or the CPU where none is.
        in_words: an exception as it is to be told.

    Raises:
        StudioError: kind "input", a single GPU was asked for by name; another rank's failure;
            kind "crashed", another rank ended without a word.
    """
    if int(os.environ.get("WORLD_SIZE", "1")) == 1:
        yield Team()
        return
    backend = _backend(device)
    store, rank, size = next(iter(rendezvous("env://")))
    dist.init_process_group(backend, store=store, rank=rank, world_size=size, timeout=_PATIENCE)
    try:
        yield Team(rank, size)
    except Exception as error:
        lost = isinstance(error, _LostError)
        told = store.get(_FAILURE) if lost and store.check([_FAILURE]) else b""
        if rank and not lost:
            store.set(_FAILURE, in_words(error).model_dump_json())
        _break_off(backend)
        if told:
            raise Failed.model_validate_json(told).error() from error
        raise
    dist.destroy_process_group()


def _backend(device: str) -> str:
    if not resolve_device(device).startswith("cuda"):
        return "gloo"
    if device != "auto":
        raise StudioError(
            f"Training on several GPUs takes one for each process, not {device} alone.",
            kind="input",
            todo="Leave out --device, or leave out --gpus.",
        )
    torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))
    return "cpu:gloo,cuda:nccl"


def _break_off(backend: str) -> None:
    world = dist.group.WORLD
    if "nccl" in backend and world is not None:
        # A proper end would wait for sums to which another rank never brings its part.
        world.abort()
    else:
        dist.destroy_process_group()


class _LostError(StudioError):
    """Another rank has ended; why, it may have said before."""


def _summed(tensor: Tensor) -> None:
    with _together():
        dist.all_reduce(tensor)


@contextlib.contextmanager
def _together() -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:
        raise _LostError(
            "Another process of this training ended unexpectedly.",
            kept="The last checkpoint is kept.",
            todo="Start it again; it goes on from there.",
            kind="crashed",
        ) from error
