"""Where a work comes from: recipe, author, rights and the IPTC digital source type.

`embed` writes it as XMP (which Photoshop, Lightroom, news agencies and search engines read),
as EXIF and as PNG text; `provenance_reading` reads it back.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from aigc_studio import __version__

TRAINED_ALGORITHMIC_MEDIA = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA = (
    "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
)
SOFTWARE = f"AIGC Studio {__version__}"
RECIPE_KEY = "aigc:recipe"

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpNote": "http://ns.adobe.com/xmp/note/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "aigc": "https://aigc-studio.org/ns/1.0/",
}
# EXIF tag numbers.
TITLE_TAG, SOFTWARE_TAG, AUTHOR_TAG, RIGHTS_TAG = 0x010E, 0x0131, 0x013B, 0x8298


@dataclass(frozen=True)
class Provenance:
    """What is known of a work's origin; an empty text is unknown.

    Attributes:
        recipe_json: the recipe that made it, as JSON.
        author, rights, title: as on the model's data or as the artist wrote them.
        software: the program that wrote the file.
        digital_source_type: an IPTC NewsCode URI; empty for a work not said to be generated.
    """

    recipe_json: str = ""
    author: str = ""
    rights: str = ""
    title: str = ""
    software: str = SOFTWARE
    digital_source_type: str = TRAINED_ALGORITHMIC_MEDIA

    def items(self) -> tuple[str, ...]:
        """Names of the fields that say something, in a fixed order."""
        return tuple(f.name for f in fields(self) if getattr(self, f.name))
