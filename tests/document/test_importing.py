"""Import: what comes in, under which words, and what is left out and why."""

from __future__ import annotations

import time
import zipfile
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image as Pillow

from aigc_studio.base.errors import StudioError
from aigc_studio.document.importing import clean_name, import_files
from aigc_studio.document.store import Store
from aigc_studio.media.captions import CaptionEntry
from aigc_studio.media.image import Image
from tests.document.helpers import png

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty open project."""
    with Store.create(tmp_path / "foxes.aigc") as opened:
        yield opened


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    """A folder as people have them: pictures, by-products, broken and foreign files."""
    folder = tmp_path / "drop"
    (folder / "b deeper").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (folder / "001-red_fox.png").write_bytes(png(1))
    (folder / "same as red.png").write_bytes(png(1))
    (folder / "b deeper" / "狐狸.PNG").write_bytes(png(2))
    Pillow.new("RGB", (9, 7), "red").save(folder / "b deeper" / "photo.jpg")
    (folder / "broken.png").write_bytes(png(3)[:40])
    (folder / "notes.txt").write_text("hello")
    (folder / "Thumbs.db").write_bytes(b"x")
    (folder / ".hidden" / "secret.png").write_bytes(png(4))
    (folder / ".DS_Store").write_bytes(b"x")
    return folder


def test_a_folder_comes_in_as_one_step(store: Store, drop: Path) -> None:
    seen: list[tuple[int, int]] = []
    report = import_files(
        store,
        [drop],
        "foxes",
        captions={"photo.jpg": CaptionEntry("a photo", "照片", ("red",), rights="CC0")},
        author="Ada",
        progress=lambda *at: seen.append(at),
    )
    assert [asset.name for asset in report.added] == ["001-red_fox", "photo", "狐狸"]
    red, photo, fox = report.added
    assert (red.captions, red.author, red.source) == ({"en": "red fox"}, "Ada", "001-red_fox.png")
    assert photo.captions == {"en": "a photo", "zh": "照片"}
    assert (photo.tags, photo.rights, photo.author) == (("red",), "CC0", "Ada")
    assert (photo.extension, photo.width, photo.height) == ("jpg", 9, 7)
    assert (fox.captions, fox.extension) == ({"zh": "狐狸"}, "png")
    assert store.asset_path(red).read_bytes() == png(1)
    assert {finding.path.name: finding.verdict for finding in report.left_out} == {
        "broken.png": "broken",
        "notes.txt": "unsupported",
    }
    assert all(finding.reason for finding in report.left_out)
    assert report.collection
    assert report.collection.items == tuple(asset.id for asset in report.added)
    assert seen[-1] == (6, 6)
    store.undo()
    assert (store.project.assets, store.project.collections) == ({}, {})


def test_a_second_import_extends_and_amends(store: Store, drop: Path) -> None:
    import_files(store, [drop], "foxes")
    (drop / "new.png").write_bytes(png(9))
    words = {"001-red_fox.png": CaptionEntry("a very red fox")}
    report = import_files(store, [drop], "foxes", captions=words)
    assert [asset.name for asset in report.added] == ["new"]
    assert len(report.already_there) == 3
    assert report.already_there[0].caption == "a very red fox"
    assert report.collection
    assert len(report.collection.items) == 4
    assert [group.name for group in store.project.collections.values()] == ["foxes"]


def test_frames_of_animations_and_films_are_assets(store: Store, tmp_path: Path) -> None:
    frames = [Pillow.new("RGB", (9, 9), (value, 0, 0)) for value in (10, 90, 200)]
    frames[0].save(tmp_path / "run.gif", save_all=True, append_images=frames[1:])
    (tmp_path / "film.mp4").write_bytes(b"\0\0\0\x18ftypisom" + bytes(600))

    def film(path: Path) -> Iterator[Image]:
        assert path.name == "film.mp4"
        yield Image(np.full((9, 9, 3), 77, np.uint8))
        raise StudioError("The film is damaged.", kind="input")

    both = [tmp_path / "run.gif", tmp_path / "film.mp4"]
    report = import_files(store, both, "moving", video_frames=film)
    names = [(asset.name, asset.extension) for asset in report.added]
    assert names == [(f"run 000{n}", "png") for n in (1, 2, 3)] + [("film 0001", "png")]
    assert [finding.reason for finding in report.left_out] == ["The film is damaged."]
    without = import_files(store, [tmp_path / "film.mp4"], "moving")
    assert [finding.verdict for finding in without.left_out] == ["unsupported"]


def test_numbered_pictures_come_in_the_order_of_their_numbers(store: Store, tmp_path: Path) -> None:
    names = ["fox 1.png", "fox 2.png", "fox 10.png", "fox 100.png"]
    (tmp_path / "drop").mkdir()
    with zipfile.ZipFile(tmp_path / "foxes.zip", "w") as archive:
        for number, name in enumerate(sorted(names)):
            (tmp_path / "drop" / name).write_bytes(png(number))
            archive.writestr(name, png(10 + number))
    for source in ("drop", "foxes.zip"):
        report = import_files(store, [tmp_path / source], source)
        assert [f"{asset.name}.png" for asset in report.added] == names


def test_zips_are_unpacked_and_hostile_ones_left_out(store: Store, tmp_path: Path) -> None:
    for name, inner in (("good.zip", "a/fox.png"), ("evil.zip", "../../evil.png")):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr(inner, png(1))
            archive.writestr("broken.png", png(2)[:40])
    report = import_files(store, [tmp_path / "good.zip", tmp_path / "evil.zip"], "zips")
    assert [asset.name for asset in report.added] == ["fox"]
    left = [finding.path.relative_to(tmp_path).as_posix() for finding in report.left_out]
    assert left == ["good.zip/broken.png", "evil.zip"]
    assert list(tmp_path.rglob("evil.png")) == []
    assert list(store.folder.rglob(".part-*")) == []


def test_nothing_in_leaves_nothing_behind(store: Store, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    report = import_files(store, [tmp_path / "notes.txt"], "foxes")
    assert (report.added, report.collection) == ((), None)
    assert not store.modified
    with pytest.raises(StudioError, match="does not exist"):
        import_files(store, [tmp_path / "nowhere"], "foxes")


def test_names_no_project_can_hold_are_cleaned() -> None:
    assert clean_name("a\x1b[2J/b\udcff.png") == "a [2J b?.png"
    assert clean_name("\x00") == "unnamed"
    assert len(clean_name("x" * 500)) < 200


def test_thousands_of_small_pictures_come_in_quickly(store: Store, tmp_path: Path) -> None:
    count = 400
    for number in range(count):
        (tmp_path / f"{number}.png").write_bytes(png(number, side=28))
    begin = time.monotonic()
    report = import_files(store, [tmp_path / f"{number}.png" for number in range(count)], "many")
    store.save()
    assert len(report.added) == count
    assert count / (time.monotonic() - begin) > 100  # hundreds a second on a quiet machine
