"""Provenance as the blocks that picture files carry: XMP, EXIF and PNG text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image as Pillow

from aigc_studio.media import provenance as names
from aigc_studio.media.provenance import NAMESPACES, RECIPE_KEY, Provenance

if TYPE_CHECKING:
    from collections.abc import Mapping

_PACKET = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {spaces}>'
    '<rdf:Description rdf:about="">{body}</rdf:Description>'
    '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
)


def xmp_packet(provenance: Provenance, *, extended: str = "") -> bytes:
    """The XMP packet, UTF-8; the same provenance gives the same bytes.

    Args:
        extended: name of a second packet that holds what is too long for this one (JPEG).
    """
    body = [
        _element("xmp:CreatorTool", provenance.software),
        _list("dc:creator", "Seq", provenance.author),
        _list("dc:rights", "Alt", provenance.rights),
        _list("dc:title", "Alt", provenance.title),
        _element("Iptc4xmpExt:DigitalSourceType", provenance.digital_source_type),
        _element(RECIPE_KEY, provenance.recipe_json),
        _element("xmpNote:HasExtendedXMP", extended),
    ]
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    return _PACKET.format(spaces=spaces, body="".join(body)).encode()


def _element(name: str, text: str) -> str:
    return f"<{name}>{_xml(text)}</{name}>" if text else ""


def _list(name: str, kind: str, text: str) -> str:
    language = ' xml:lang="x-default"' if kind == "Alt" else ""
    item = f"<rdf:li{language}>{_xml(text)}</rdf:li>"
    return f"<{name}><rdf:{kind}>{item}</rdf:{kind}></{name}>" if text else ""


_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


def _xml(text: str) -> str:
    # By hand: `xml.sax.saxutils.escape` would load the whole of HTTP and TLS for it.
    kept = "".join(sign for sign in text if _may_stand(sign))
    return kept.translate(_ESCAPES)


def _may_stand(sign: str) -> bool:
    # XML 1.0 has no place for control characters, lone surrogates and two non-characters.
    return sign in "\t\n\r" or (
        sign >= " " and not "\ud800" <= sign <= "\udfff" and sign not in "\ufffe\uffff"
    )


def exif_block(provenance: Provenance) -> bytes:
    """An EXIF block with Artist, Copyright, Software and ImageDescription; UTF-8 text."""
    exif = Pillow.Exif()
    for tag, text in exif_texts(provenance).items():
        exif[tag] = text
    return exif.tobytes()


def exif_texts(provenance: Provenance) -> Mapping[int, bytes]:
    """What EXIF and TIFF say of a work, UTF-8, by the numbers of their tags."""
    texts = {
        names.TITLE_TAG: provenance.title,
        names.SOFTWARE_TAG: provenance.software,
        names.AUTHOR_TAG: provenance.author,
        names.RIGHTS_TAG: provenance.rights,
    }
    return {
        tag: text.replace("\0", "").encode(errors="replace") for tag, text in texts.items() if text
    }


def text_chunks(provenance: Provenance) -> Mapping[str, str]:
    """PNG text by keyword: the registered ones, and the recipe under a name of our own."""
    chunks = {
        "Title": provenance.title,
        "Author": provenance.author,
        "Copyright": provenance.rights,
        "Software": provenance.software,
        "Source": provenance.digital_source_type,
        RECIPE_KEY: provenance.recipe_json,
    }
    return {key: text.replace("\0", "") for key, text in chunks.items() if text}
