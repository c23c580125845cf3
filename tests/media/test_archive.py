from __future__ import annotations

import contextlib
import stat
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_studio.base.errors import StudioError
from aigc_studio.media import archive as module
from aigc_studio.media.archive import extract_pictures
from aigc_studio.media.decode import decode_image
from aigc_studio.media.encode import encode_bytes
from tests.media.helpers import noise

PICTURE = encode_bytes(noise(6, 6), "png")


def packed(path: Path, entries: dict[str, bytes], mode: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", mode) as archive:
        for name, data in entries.items():
            archive.writestr(zipfile.ZipInfo(name), data, mode)
    return path


def files_below(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_pictures_come_out_and_nothing_else(tmp_path: Path) -> None:
    entries = {
        "cats/one.png": PICTURE,
        "cats/two.png": PICTURE,
        "readme.txt": b"words",
        "fake.png": b"words",
        "__MACOSX/cats/._one.png": PICTURE,
        "no-suffix": PICTURE,
        "cats\\three.png": PICTURE,
        'odd:"name?.png': PICTURE,
        "con.png": PICTURE,
    }
    out = tmp_path / "out"
    found = extract_pictures(packed(tmp_path / "a.zip", entries), out)
    assert files_below(out) == {
        "cats/one.png",
        "cats/two.png",
        "no-suffix",
        "cats/three.png",
        "odd__name_.png",
        "_con.png",
    }
    assert {p.relative_to(out).as_posix() for p in found} == files_below(out)
    assert decode_image(found[0]) == noise(6, 6)


def test_nothing_is_replaced(tmp_path: Path) -> None:
    source = packed(tmp_path / "a.zip", {"one.png": PICTURE})
    (tmp_path / "one.png").write_bytes(b"mine")
    assert extract_pictures(source, tmp_path) == [tmp_path / "one 2.png"]
    assert (tmp_path / "one.png").read_bytes() == b"mine"


@pytest.mark.parametrize(
    "name", ["../a.png", "x/../../a.png", "/a.png", "\\a.png", "C:\\a.png", "..\\a.png", "c:a.png"]
)
def test_paths_that_leave_the_folder(name: str, tmp_path: Path) -> None:
    source = packed(tmp_path / "a.zip", {"good.png": PICTURE, name: PICTURE})
    out = tmp_path / "out"
    with pytest.raises(StudioError, match="leads out") as caught:
        extract_pictures(source, out)
    assert caught.value.kind == "hostile"
    assert not files_below(out)
    assert files_below(tmp_path) == {"a.zip"}


def test_links_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.png")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(StudioError, match="is a link"):
        extract_pictures(tmp_path / "a.zip", tmp_path / "out")


def test_encrypted_archives_are_told_in_words(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"one.png": PICTURE})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(StudioError, match="password"):
        extract_pictures(path, tmp_path / "out")


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    source = packed(tmp_path / "a.zip", {"big.bmp": b"BM" + bytes(20 << 20)})
    with pytest.raises(StudioError, match="unpacks to far more"):
        extract_pictures(source, tmp_path / "out")


@pytest.mark.parametrize(
    ("limit", "words"), [("MAX_ENTRIES", "files"), ("MAX_TOTAL_BYTES", "unpacks to more")]
)
def test_counts_and_sizes_are_bounded(
    limit: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, limit, 1)
    source = packed(tmp_path / "a.zip", {"1.png": PICTURE, "2.png": PICTURE})
    with pytest.raises(StudioError, match=words):
        extract_pictures(source, tmp_path / "out")


def test_a_fault_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"1.png": PICTURE, "2.png": PICTURE}, mode=zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    data[data.rindex(b"IEND") - 10] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(StudioError, match="damaged"):
        extract_pictures(path, tmp_path / "out")
    assert not files_below(tmp_path / "out")


def test_no_zip_and_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(StudioError, match="damaged"):
        extract_pictures(tmp_path / "a.zip", tmp_path / "out")
    with pytest.raises(StudioError) as caught:
        extract_pictures(tmp_path / "gone.zip", tmp_path / "out")
    assert caught.value.kind == "missing"


@given(
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=6),
    st.floats(0.5, 1.5),
)
@settings(max_examples=60, deadline=None)
def test_damaged_archives_never_crash_nor_escape(
    flips: list[tuple[float, int]], length: float
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        inside = Path(folder) / "in"
        inside.mkdir()
        entries = {"a/1.png": PICTURE, "2.png": PICTURE, "3.txt": b"words" * 9}
        path = packed(inside / "a.zip", entries)
        whole = bytearray(path.read_bytes())
        for place, value in flips:
            whole[int(place * len(whole))] = value
        path.write_bytes(whole[: int(length * len(whole))])
        with contextlib.suppress(StudioError):
            for picture in extract_pictures(path, inside / "out"):
                assert picture.resolve().is_relative_to((inside / "out").resolve())
                picture.unlink()
        assert not files_below(inside / "out")
        assert [p.name for p in Path(folder).iterdir()] == ["in"]


@given(st.text(max_size=60))
@settings(max_examples=100)
def test_any_name_stays_inside(name: str) -> None:
    try:
        inner = module._safe_path(name, Path("a.zip"))
    except StudioError:
        return
    assert not inner.is_absolute()
    assert ".." not in inner.parts
    assert (Path("/x") / inner).is_relative_to("/x")
