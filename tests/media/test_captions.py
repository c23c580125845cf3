from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_studio.base.errors import StudioError
from aigc_studio.media import captions
from aigc_studio.media.captions import CaptionEntry, caption_from_name, read_captions


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_table_with_a_header(encoding: str, tmp_path: Path) -> None:
    text = (
        "File,Caption,caption_zh,tags,author,rights\r\n"
        'pics/a.png,"a red, round apple",一个红苹果,"fruit\uff1bred, round",王,CC0\r\n'
        "\r\n"
        "b.png,two\r\n"
    )
    assert read_captions(written(tmp_path / "c.csv", text, encoding)) == {
        "a.png": CaptionEntry(
            "a red, round apple", "一个红苹果", ("fruit", "red", "round"), "王", "CC0"
        ),
        "b.png": CaptionEntry("two"),
    }


@pytest.mark.parametrize(("name", "sign"), [("c.csv", ";"), ("c.tsv", "\t"), ("c.csv", ",")])
def test_a_table_without_a_header(name: str, sign: str, tmp_path: Path) -> None:
    path = written(tmp_path / name, f"a.png{sign}an apple\nb.png{sign}a pear\n")
    assert {k: v.caption for k, v in read_captions(path).items()} == {
        "a.png": "an apple",
        "b.png": "a pear",
    }


def test_other_names_and_order_of_columns(tmp_path: Path) -> None:
    path = written(tmp_path / "c.csv", "Text,File Name,License,mood\nhello,a.png,CC0,glad\n")
    assert read_captions(path) == {"a.png": CaptionEntry("hello", rights="CC0")}


def test_json_lines(tmp_path: Path) -> None:
    text = '{"file_name": "x\\\\a.png", "text": "an apple", "tags": ["red", "round"]}\n\n'
    path = written(tmp_path / "c.jsonl", text + '{"file": "b.png", "caption": null}')
    assert read_captions(path) == {
        "a.png": CaptionEntry("an apple", tags=("red", "round")),
        "b.png": CaptionEntry(),
    }


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("c.csv", "file,caption\na.png,one\na.png,two\n", "line 3.*twice"),
        ("c.csv", "file,caption\na.png,one,two\n", "line 2.*double quotes"),
        ("c.csv", "file,caption\n,one\n", "line 2.*no file"),
        ("c.csv", f"file,caption\na.png,{'x' * 5000}\n", "line 2.*longer"),
        ("c.csv", f"file,caption\na.png,{'x' * 200_000}\n", "line 2.*limit"),
        ("c.jsonl", '{"file": "a.png"}\n[]\n', "line 2.*object"),
        ("c.jsonl", '{"file": "a.png"}\n{oops\n', "Line 2"),
        ("c.jsonl", '{"caption": "a"}\n', "line 1.*no file"),
    ],
)
def test_faults_are_told_with_their_line(name: str, text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(StudioError, match=words):
        read_captions(written(tmp_path / name, text))


def test_files_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_bytes(b"\xff\xff\xff\x80")
    with pytest.raises(StudioError, match="neither UTF-8 nor GBK"):
        read_captions(path)
    with pytest.raises(StudioError):
        read_captions(tmp_path / "gone.csv")


def test_lines_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(captions, "MAX_ENTRIES", 2)
    path = written(tmp_path / "c.csv", "".join(f"{i}.png,x\n" for i in range(5)))
    with pytest.raises(StudioError, match="line 3"):
        read_captions(path)


@given(st.binary(max_size=300), st.sampled_from(["c.csv", "c.jsonl"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            found = read_captions(path)
        except StudioError:
            return
    assert all(found)


@pytest.mark.parametrize(
    ("name", "caption"),
    [
        ("0001f600-grinning-face.webp", "grinning face"),
        ("1f1e9-1f1ea-flag.png", "flag"),
        ("u1f431_cat_face.png", "cat face"),
        ("012 - red_apple (2).PNG", "red apple 2"),
        ("RedApple.png", "red apple"),
        ("HTMLPage.png", "html page"),
        ("IMG_1234.jpg", "img 1234"),
        ("face.png", "face"),
        ("decade-of-beads.png", "decade of beads"),
        ("一个红苹果.png", "一个红苹果"),
        ("001.png", ""),
        ("", ""),
    ],
)
def test_captions_from_names(name: str, caption: str) -> None:
    assert caption_from_name(name) == caption


@given(st.text(max_size=50))
def test_any_name_gives_words(name: str) -> None:
    caption = caption_from_name(name)
    assert "_" not in caption
    assert caption == " ".join(caption.split())
