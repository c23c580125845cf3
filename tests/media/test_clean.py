from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.media.clean import content_hash, survey
from aigc_studio.media.encode import encode_bytes, encode_image
from aigc_studio.media.image import Image
from aigc_studio.media.preparation import Preparation
from tests.media.helpers import gradient, noise, png_header

if TYPE_CHECKING:
    from pathlib import Path


def test_every_sort_of_file(tmp_path: Path) -> None:
    good = noise(20, 20)
    encode_image(good, tmp_path / "a-good.png")
    good.to_pillow().save(tmp_path / "b-same.bmp")
    encode_image(noise(7, 40), tmp_path / "c-tiny.png")
    encode_image(Image(np.zeros((9, 9, 4), np.uint8)), tmp_path / "d-clear.png")
    encode_image(Image(np.full((9, 9, 3), 80, np.uint8)), tmp_path / "e-flat.png")
    (tmp_path / "f-cut.png").write_bytes(encode_bytes(good, "png")[:200])
    (tmp_path / "g-bomb.png").write_bytes(png_header(100_000, 100_000))
    (tmp_path / "h-text.png").write_text("no picture")
    (tmp_path / "i-notes.txt").write_text("no picture")
    (tmp_path / "j-nothing.jpg").touch()
    (tmp_path / "k-film.mp4").write_bytes(b"\0\0\0\x18ftypisom" + bytes(16))
    with zipfile.ZipFile(tmp_path / "l.zip", "w") as archive:
        archive.writestr("a", "b")
    encode_image(gradient(20, 20), tmp_path / "m-good.jpg")
    paths = [*sorted(tmp_path.iterdir()), tmp_path / "n-gone.png", tmp_path]
    seen: list[tuple[int, int]] = []
    findings = survey(paths, Preparation(), lambda done, of: seen.append((done, of)))
    verdicts = [finding.verdict for finding in findings]
    assert verdicts == [
        "ok",
        "duplicate",
        "tiny",
        "empty",
        "empty",
        "broken",
        "broken",
        "broken",
        "unsupported",
        "broken",
        "unsupported",
        "unsupported",
        "ok",
        "broken",
        "broken",
    ]
    assert [finding.path for finding in findings] == paths
    assert findings[1].same_as == paths[0]
    assert all(finding.reason for finding in findings if finding.verdict != "ok")
    assert seen[-1] == (15, 15)


def test_the_same_path_twice_is_a_duplicate(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    encode_image(noise(9, 9), path)
    assert [f.verdict for f in survey([path, path], Preparation())] == ["ok", "duplicate"]


def test_content_hash_sees_what_the_eye_sees() -> None:
    grey = noise(6, 6, 1)
    assert content_hash(grey) == content_hash(grey.to_mode("rgba"))
    hidden = np.zeros((4, 4, 4), np.uint8)
    coloured = hidden.copy()
    coloured[..., 0] = 99
    assert content_hash(Image(hidden)) == content_hash(Image(coloured))
    assert content_hash(noise(4, 9)) != content_hash(noise(9, 4))
