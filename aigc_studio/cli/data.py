"""`import`, `prepare` and `derive`: pictures into a project, and what is made of them."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from aigc_studio.base.errors import StudioError
from aigc_studio.cli import places, work
from aigc_studio.cli.arguments import CollectionOption, ProjectArgument
from aigc_studio.cli.progress import Shown
from aigc_studio.cli.report import Grid, Report
from aigc_studio.cli.verbs import options
from aigc_studio.document.bundle import ASSETS
from aigc_studio.document.deriving import Look, derive
from aigc_studio.document.importing import ImportReport, import_files
from aigc_studio.document.lookup import find_collection
from aigc_studio.document.model import Asset
from aigc_studio.document.preparing import Alike, Outlook, outlook
from aigc_studio.jobs.specs import ExtractFrames
from aigc_studio.media.captions import read_captions
from aigc_studio.media.clean import Finding
from aigc_studio.media.image import Image

_MOST_ROWS = 40


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("import", **options())(import_)
    app.command("prepare", **options())(prepare)
    app.command("derive", **options())(derive_)


def import_(
    project: ProjectArgument,
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...", help="Pictures, folders, zips, GIFs, films.", show_default=False
        ),
    ],
    collection: CollectionOption,
    captions: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="CSV or JSONL: file, caption, tags, author, rights."),
    ] = None,
    author: Annotated[str, typer.Option(help="Recorded with every file.")] = "",
    rights: Annotated[str, typer.Option(help="Recorded with every file.")] = "",
    every: Annotated[
        float, typer.Option(metavar="SECONDS", min=0.001, help="Films: one frame so often.")
    ] = 1.0,
) -> Report:
    """Bring pictures into a collection; it is made when there is none of this name.

    Broken files are listed and left out, never fatal. The originals are copied, not moved.
    """
    listed = places.as_path(captions) if captions else None
    with places.writing(project) as store, Shown("importing") as shown:
        report = import_files(
            store,
            [places.as_path(path) for path in paths],
            collection,
            captions=read_captions(listed) if listed else None,
            author=author,
            rights=rights,
            progress=shown.count,
            video_frames=lambda video: _frames_of(video, every),
            skip=[listed] if listed else [],
        )
        store.save()
        smallest = report.collection.preparation.smallest if report.collection else 0
        return _imported(store.folder, report, smallest)


def _frames_of(video: Path, every: float) -> Iterator[Image]:
    # A damaged film can take a decoder down, which then costs the child and not the import.
    outcome = work.do(ExtractFrames(video=video.absolute(), every=every), f"reading {video.name}")
    return iter([Image(pixels) for _, pixels in outcome.media])


def _imported(folder: Path, report: ImportReport, smallest: int) -> Report:
    tiny = [asset for asset in report.added if 0 < min(asset.width, asset.height) < smallest]
    collection = report.collection
    values = {
        "project": folder,
        "collection": collection.name if collection else None,
        "items": len(collection.items) if collection else 0,
        "added": len(report.added),
        "already_there": len(report.already_there),
        "assets": [asset.id for asset in report.added],
        "left_out": [_left_out(finding) for finding in report.left_out],
        "tiny": [_tiny(asset, smallest) for asset in tiny],
    }
    if not report.added and not report.already_there:
        raise _nothing(report.left_out)
    words: list[str | Grid] = [
        f'{len(report.added)} pictures were added to "{values["collection"]}", '
        f"{len(report.already_there)} were there already. It has {values['items']} now."
    ]
    rows = [(f.path.name, f.verdict, f.reason) for f in report.left_out]
    rows += [(asset.name, "tiny", _tiny_words(asset, smallest)) for asset in tiny]
    return Report(values, words + _table("Left out", ("file", "verdict", "reason"), rows))


def _nothing(left_out: Sequence[Finding]) -> StudioError:
    first = f" {left_out[0].path}: {left_out[0].reason}" if left_out else ""
    return StudioError(
        f"None of the {len(left_out)} files could be imported.{first}",
        kept="The project is unchanged.",
        todo="Import PNG, JPEG, WebP, GIF, BMP, TIFF or AVIF pictures, zips of them, or films.",
        kind="input",
    )


def _left_out(finding: Finding) -> dict[str, object]:
    return {"path": finding.path, "verdict": finding.verdict, "reason": finding.reason}


def _tiny(asset: Asset, smallest: int) -> dict[str, object]:
    return {"asset": asset.id, "name": asset.name, "reason": _tiny_words(asset, smallest)}


def _tiny_words(asset: Asset, smallest: int) -> str:
    return f"{asset.width} x {asset.height} pixels; training leaves out below {smallest}."


def _table(
    title: str, columns: tuple[str, ...], rows: Sequence[Sequence[object]]
) -> list[str | Grid]:
    more = f" (the first {_MOST_ROWS} of {len(rows)})" if len(rows) > _MOST_ROWS else ""
    return [Grid(columns, rows[:_MOST_ROWS], f"{title}{more}")] if rows else []


def prepare(project: ProjectArgument, collection: CollectionOption) -> Report:
    """Show what training would leave out, change or find twice, and why; nothing is written."""
    store = places.reading(project)
    chosen = find_collection(store.project, collection)
    assets = [store.project.assets[item] for item in chosen.items]
    with Shown("looking at pictures") as shown:
        found = outlook(assets, store.folder / ASSETS, chosen.preparation, shown.count)
    values = {"project": store.folder, "collection": chosen.name, **_outlook_values(found)}
    words = _outlook_words(chosen.name, found)
    return Report(values, [*words, *_alike_words(found, store.project.assets)])


def _outlook_values(found: Outlook) -> dict[str, object]:
    return {
        "items": found.items,
        "usable": found.usable,
        "held_out": found.held_out,
        "preparation": found.preparation.model_dump(mode="json") if found.preparation else None,
        "left_out": [vars(note) for note in found.left_out],
        "duplicates": [vars(note) for note in found.duplicates],
        "changed": [vars(note) for note in found.changed],
        "alike": [vars(group) for group in found.alike],
    }


def _outlook_words(name: str, found: Outlook) -> list[str | Grid]:
    words: list[str | Grid] = [
        f'"{name}": {found.usable} of {found.items} pictures can be trained on, '
        f"{found.held_out} of them are kept for measuring."
    ]
    if found.preparation:
        side, colour = found.preparation.size, found.preparation.colour
        words.append(f"Each becomes {side} x {side} pixels, {colour}, {found.preparation.fit}.")
    columns = ("asset", "name", "what", "why")
    for title in ("left_out", "duplicates", "changed"):
        notes = getattr(found, title)
        rows = [(note.asset, note.name, note.verdict, note.reason) for note in notes]
        words += _table(title.replace("_", " ").capitalize(), columns, rows)
    return words


def _alike_words(found: Outlook, assets: Mapping[str, Asset]) -> list[str | Grid]:
    rows = [
        (group.keep, assets[group.keep].name, ", ".join(_others(group, assets)))
        for group in found.alike
    ]
    columns = ("asset", "best kept", "looks almost the same")
    return _table("Near duplicates; training takes them all", columns, rows)


def _others(group: Alike, assets: Mapping[str, Asset]) -> list[str]:
    return [assets[each].name for each in group.assets if each != group.keep]


def derive_(
    project: ProjectArgument,
    collection: CollectionOption,
    look: Annotated[
        Look, typer.Option("--as", help="outline: clean line drawings.", show_default=False)
    ],
    name: Annotated[
        str, typer.Option(help="Of the new collection; C and the look when nothing is said.")
    ] = "",
) -> Report:
    """Make a second collection of the same pictures in another look, such as their outlines.

    Author and rights go with each picture. Two such collections train a pair (family cogan).
    """
    with places.writing(project) as store, Shown("drawing") as shown:
        chosen = find_collection(store.project, collection)
        report = derive(store, chosen, look, name, shown.count)
        store.save()
        return _imported(store.folder, report, 0)
