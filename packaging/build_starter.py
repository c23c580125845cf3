#!/usr/bin/env python3
"""Build the starter project: `.venv/bin/python packaging/build_starter.py WORK`.

WORK is a folder to work in, kept between calls. The pictures come from the project that ships,
or with --pictures anew from their packages (that needs npm, and three minutes); likewise the pixel
tiles with --tiles (that needs apt-get, and one minute). Then each recipe
in `packaging/starter/*.json` is followed: its stages are trained one after the other, each from
the weights of the one before; those that the model's card names already are left out, and what
was broken off is resumed, so that long training may be spread over days and machines. At the end
the project, the contact sheets and the README's picture are put in their places.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from starter import emoji, project, tiles
from starter.packages import BuildError
from starter.sheets import draw_sheets


def main() -> int:
    """Do what the command line asks for; the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("work", type=Path)
    parser.add_argument("--pictures", action="store_true", help="make the pictures anew")
    parser.add_argument("--only", metavar="NAME", help="follow this recipe alone")
    parser.add_argument("--tiles", action="store_true", help="make the pixel tiles anew")
    wishes = parser.parse_args()
    pack = wishes.work / "emoji" if wishes.pictures else None
    tiles_pack = wishes.work / "tiles" if wishes.tiles or wishes.pictures else None
    try:
        if pack:
            emoji.build(pack)
        if tiles_pack:
            tiles.build(tiles_pack)
        project.build(wishes.work, pack, tiles_pack, wishes.only)
        draw_sheets()
    except KeyError as error:
        print(f"The starter was not built: a package lacks {error}", file=sys.stderr)
        return 1
    except BuildError as error:
        print(f"The starter was not built: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
