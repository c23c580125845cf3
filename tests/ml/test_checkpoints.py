"""Checkpoints: everything comes back, two are kept, and a broken one costs only itself."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from aigc_studio.base.errors import StudioError
from aigc_studio.ml.checkpoints import KEEP, Counters, load_newest, save_checkpoint
from aigc_studio.ml.protocol import Moment
from tests.ml.helpers import learner_for, prepared, state_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from torch import Tensor

    from aigc_studio.ml.protocol import Learner

pytestmark = pytest.mark.usefixtures("one_thread")
DATA = prepared()


def stepped(steps: int = 1) -> Learner:
    """A learner after a few true steps."""
    learner = learner_for(DATA)
    for step in range(steps):
        items = DATA.batch_items(1, step, 4)
        learner.step(DATA.batch(items), Moment(1, step, 10, items))
    return learner


def counters(step: int) -> Counters:
    return Counters(step=step, seconds=step / 8, first={"loss": 1.5}, last={"loss": 0.1})


def same(one: dict[str, Tensor], other: dict[str, Tensor]) -> bool:
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "checkpoints"


@pytest.fixture
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.WARNING, "aigc_studio.train"):
        yield caplog


def test_everything_comes_back_bit_for_bit(folder: Path) -> None:
    learner = stepped(3)
    save_checkpoint(folder, learner, counters(3))
    again = learner_for(DATA, seed=9)
    assert not same(state_of(again), state_of(learner))
    assert load_newest(folder, again) == counters(3)
    assert same(state_of(again), state_of(learner))


def test_states_of_random_generators_in_older_ones_are_passed_over(folder: Path) -> None:
    learner = stepped(2)
    path = save_checkpoint(folder, learner, counters(2))
    several = {f"rng.{name}": torch.zeros(16) for name in ("cpu", "cuda0", "cuda2", "cuda10")}
    rewritten(path, lambda tensors: tensors.update(several))
    again, random = learner_for(DATA, seed=9), torch.get_rng_state()
    assert load_newest(folder, again) == counters(2)
    assert same(state_of(again), state_of(learner))
    assert torch.equal(torch.get_rng_state(), random)


def test_moments_lie_in_memory_as_their_weights_do(folder: Path) -> None:
    learner, again = stepped(2), learner_for(DATA)
    save_checkpoint(folder, learner, counters(2))
    load_newest(folder, again)
    for parameter, moments in again.optimisers["all"].state.items():
        for each in (moments["exp_avg"], moments["exp_avg_sq"]):
            assert each.stride() == parameter.stride()


def test_a_restored_learner_steps_like_the_first(folder: Path) -> None:
    learner, again = stepped(2), learner_for(DATA, seed=9)
    save_checkpoint(folder, learner, counters(2))
    load_newest(folder, again)
    items = DATA.batch_items(1, 2, 4)
    for each in (learner, again):
        each.step(DATA.batch(items), Moment(1, 2, 10, items))
    assert same(state_of(again), state_of(learner))


def test_no_checkpoint_is_a_fresh_start(folder: Path) -> None:
    learner = learner_for(DATA)
    before = {name: tensor.clone() for name, tensor in state_of(learner).items()}
    assert load_newest(folder, learner) == Counters()
    assert same(state_of(learner), before)


def test_two_are_kept_and_leftovers_go(folder: Path) -> None:
    learner = stepped()
    folder.mkdir()
    for name in (".part-x.safetensors", ".tmpAb12"):
        (folder / name).write_bytes(b"half")
    for step in (1, 20, 300, 100_000_000):
        path = save_checkpoint(folder, learner, counters(step))
        assert path.is_file()
    left = sorted(each.name for each in folder.iterdir())
    assert left == ["000000300.safetensors", "100000000.safetensors"]
    assert len(left) == KEEP
    assert load_newest(folder, learner).step == 100_000_000


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def rubbish(path: Path) -> None:
    path.write_bytes(b"rubbish!" * 99)


def rewritten(path: Path, change: Callable[[dict[str, Tensor]], object], note: str = "") -> None:
    with safe_open(path, "pt") as file:
        kept = file.metadata()["aigc"]
    tensors = load_file(path)
    change(tensors)
    save_file(tensors, path, metadata={"aigc": note or kept})


def without(name: str) -> Callable[[Path], None]:
    return lambda path: rewritten(path, lambda tensors: tensors.pop(name))


def noted(note: str) -> Callable[[Path], None]:
    return lambda path: rewritten(path, lambda tensors: None, note)


def of_another_shape(path: Path) -> None:
    rewritten(path, lambda tensors: tensors.update({"net.mean": torch.zeros(7)}))


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(cut, id="truncated"),
        pytest.param(empty, id="empty"),
        pytest.param(rubbish, id="rubbish"),
        pytest.param(of_another_shape, id="another shape"),
        pytest.param(without("net.mean"), id="net lacks one"),
        pytest.param(without("averaged.mean"), id="average lacks one"),
        pytest.param(noted("{}x"), id="note is no json"),
        pytest.param(noted('{"step": -1}'), id="note is senseless"),
    ],
)
def test_a_broken_newest_falls_back_to_the_older(
    folder: Path, quiet: pytest.LogCaptureFixture, spoil: Callable[[Path], None]
) -> None:
    older = stepped(1)
    save_checkpoint(folder, older, counters(1))
    spoil(save_checkpoint(folder, stepped(2), counters(2)))
    again = learner_for(DATA, seed=9)
    assert load_newest(folder, again) == counters(1)
    assert same(state_of(again), state_of(older))
    assert "000000002.safetensors" in quiet.text


@pytest.mark.parametrize("spoil", [cut, of_another_shape, without("net.mean")])
def test_only_broken_ones_never_start_the_run_anew(
    folder: Path, quiet: pytest.LogCaptureFixture, spoil: Callable[[Path], None]
) -> None:
    for step in (1, 2):
        spoil(save_checkpoint(folder, stepped(step), counters(step)))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(StudioError, match="none of its checkpoints") as caught:
        load_newest(folder, learner_for(DATA))
    assert str(folder) in caught.value.kept
    assert "step 0" in caught.value.todo
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert len(quiet.records) == 2


def test_a_full_disk_leaves_the_older_one_whole(folder: Path) -> None:
    resource = pytest.importorskip("resource")  # a limit on file sizes fails as a full disk does
    learner = stepped()
    save_checkpoint(folder, learner, counters(1))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, limits[1]))
    try:
        with pytest.raises(StudioError) as caught:
            save_checkpoint(folder, learner, counters(2))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert caught.value.kind == "disk"
    assert "last checkpoint" in caught.value.kept
    assert [path.name for path in folder.iterdir()] == ["000000001.safetensors"]
    assert load_newest(folder, learner) == counters(1)
