from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL.PngImagePlugin import PngInfo

from aigc_studio.media.embed import exif_block, text_chunks, xmp_packet
from aigc_studio.media.encode import encode_image
from aigc_studio.media.film import save_film
from aigc_studio.media.image import Image
from aigc_studio.media.provenance import TRAINED_ALGORITHMIC_MEDIA, Provenance
from aigc_studio.media.provenance_reading import parse_xmp, read_provenance
from tests.media.helpers import ORIGIN, ball, gradient

if TYPE_CHECKING:
    from pathlib import Path

# What XML 1.0 can hold; a carriage return is kept by a character reference.
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=80
)


@given(st.builds(Provenance, TEXTS, TEXTS, TEXTS, TEXTS, st.just("Studio"), st.just("urn:x")))
@settings(max_examples=60)
def test_xmp_round_trip(origin: Provenance) -> None:
    packet = xmp_packet(origin)
    assert parse_xmp(packet) == origin
    assert xmp_packet(origin) == packet


def test_control_characters_do_not_break_the_packet() -> None:
    odd = Provenance(author="A\x00B\x1b\ud800C\r\nD")
    assert parse_xmp(xmp_packet(odd)).author == "ABC\r\nD"


def test_the_packet_is_what_iptc_asks_for() -> None:
    root = ElementTree.fromstring(xmp_packet(ORIGIN).decode().replace("\ufeff", ""))
    key = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType"
    found = next(root.iter(key))
    assert found.text == TRAINED_ALGORITHMIC_MEDIA
    creator = next(root.iter("{http://purl.org/dc/elements/1.1/}creator"))
    assert creator[0].tag.endswith("Seq")


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp", ".tif", ".avif"])
@pytest.mark.parametrize("length", [0, 200_000])
def test_every_picture_format_gives_it_back(suffix: str, length: int, tmp_path: Path) -> None:
    path = tmp_path / f"picture{suffix}"
    origin = replace(ORIGIN, recipe_json=ORIGIN.recipe_json + " " * length + "é")
    report = encode_image(gradient(16, 16), path, origin)
    assert read_provenance(path) == origin
    assert set(report.embedded) == set(origin.items())
    assert report.dropped == ()


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".png"])
def test_every_film_format_gives_it_back(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"film{suffix}"
    save_film([ball(i, 3) for i in range(3)], path, 10, 0, ORIGIN)
    assert read_provenance(path) == ORIGIN


def test_png_text_alone_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "stripped.png"
    info = PngInfo()
    for keyword, text in text_chunks(ORIGIN).items():
        info.add_itxt(keyword, text)
    gradient(4, 4).to_pillow().save(path, pnginfo=info)
    assert read_provenance(path) == ORIGIN


def test_exif_alone_gives_author_and_rights(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    gradient(8, 8).to_pillow().save(path, exif=exif_block(ORIGIN))
    found = read_provenance(path)
    assert found is not None
    assert (found.author, found.rights, found.title) == (
        ORIGIN.author,
        ORIGIN.rights,
        ORIGIN.title,
    )
    assert found.digital_source_type == ""


def test_attributes_and_several_authors_are_read() -> None:
    packet = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
      <rdf:Description xmp:CreatorTool="Krita"><dc:creator><rdf:Seq><rdf:li>Ann</rdf:li>
      <rdf:li>Bo</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF>"""
    found = parse_xmp(packet)
    assert (found.author, found.software) == ("Ann, Bo", "Krita")


def test_nothing_to_tell_is_none(tmp_path: Path) -> None:
    plain = tmp_path / "plain.png"
    encode_image(Image(np.zeros((2, 2, 3), np.uint8)), plain)
    text = tmp_path / "text.txt"
    text.write_text("words")
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert [read_provenance(path) for path in (plain, text, broken)] == [None, None, None]


def test_an_xml_bomb_says_nothing() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    assert parse_xmp(bomb).items() == ()
    assert parse_xmp(b"<a>" * 10).items() == ()
    assert parse_xmp(b"\xff\xfe\x00").items() == ()


def test_a_damaged_exif_block_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "photo.webp"
    block = exif_block(ORIGIN)
    gradient(8, 8).to_pillow().save(path, exif=block[: len(block) // 2])
    read_provenance(path)
