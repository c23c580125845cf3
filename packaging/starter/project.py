"""The starter project, made with the studio's own commands from the recipes beside this file."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from starter.packages import BuildError
from starter.scene import compose

HERE = Path(__file__).resolve().parent
SHIPPED = HERE.parents[1] / "resources" / "starter" / "project" / "Starter.aigc"
COLLECTION, TILES = "emoji", "tiles"
LIMIT_BYTES, LIMIT_FILE = 40 << 20, 15 << 20


def studio(*words: object) -> dict[str, Any]:
    """One call of the studio; its JSON. Progress goes on to our standard error."""
    line = [sys.executable, "-m", "aigc_studio", *map(str, words), "--json"]
    print(f"aigc-studio {' '.join(map(str, words))}", flush=True)
    done = subprocess.run(line, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise BuildError(f"it ended with {done.returncode}: {done.stdout.decode()}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def begin(project: Path, pack: Path | None) -> None:
    """Make the working project, unless it is there already."""
    if project.is_dir():
        return
    if pack is None:
        shutil.copytree(SHIPPED, project)
        return
    studio("project", "new", project)
    captions = pack / "captions.jsonl"
    studio("import", project, pack, "--collection", COLLECTION, "--captions", captions)


def add_tiles(project: Path, pack: Path | None) -> None:
    """Bring the pixel tiles into the working project, unless they are there already."""
    there = [each["name"] for each in studio("project", "info", project)["collections"]]
    if TILES in there:
        return
    if pack is None:
        raise BuildError("the project has no tiles yet: build it once with --tiles")
    captions = pack / "captions.jsonl"
    studio("import", project, pack, "--collection", TILES, "--captions", captions)


def follow(project: Path, recipe: dict[str, Any]) -> None:
    """Train the stages of a recipe that its model has not been through yet."""
    name = recipe["name"]
    there = {model["name"]: model for model in studio("models", project, "list")["models"]}
    done = 0
    if name in there:
        done = len(studio("models", project, "show", name)["card"]["history"])
    for stage in recipe["stages"][done:]:
        train(project, recipe, stage, grown=done > 0)
        done += 1


def train(project: Path, recipe: dict[str, Any], stage: dict[str, Any], *, grown: bool) -> None:
    """Train one stage, or go on with it, and give its model the recipe's name."""
    name, aside = recipe["name"], f"{recipe['name']} next"
    runs = studio("runs", project, "list")["runs"]
    begun = [run for run in runs if run["name"] == aside and run["state"] != "finished"]
    if begun:
        report = studio("runs", project, "resume", begun[-1]["run"])
    else:
        settings = [f"{key}={value}" for key, value in stage["set"].items()]
        report = studio(
            "train", project, "--collection", recipe["collection"], "--family", recipe["family"],
            "--preset", stage["preset"], "--steps", stage["steps"], "--seed", stage["seed"],
            "--name", aside, *(word for pair in settings for word in ("--set", pair)),
            *(("--from", name) if grown else ()),
            *(word for part in stage.get("freeze", ()) for word in ("--freeze", part)),
        )  # fmt: skip
    for model in studio("models", project, "list")["models"]:
        # The stage before, and what an interrupted run left.
        if model["name"].startswith(name) and model["id"] != report["model_id"]:
            studio("models", project, "remove", model["id"])
    studio("models", project, "rename", report["model_id"], name)


def deliver(project: Path) -> None:
    """Put what ships in its place, and refuse what would weigh too much."""
    studio("project", "check", project)
    aside = SHIPPED.with_name("next")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    shutil.copy2(project / "manifest.json", aside)
    shutil.copytree(project / "assets", aside / "assets")
    for model in studio("models", project, "list")["models"]:
        # Weights of earlier stages may lie there still, until the project is opened again.
        shutil.copytree(project / "models" / model["id"], aside / "models" / model["id"])
    files = [path for path in aside.rglob("*") if path.is_file()]
    sizes = [path.stat().st_size for path in files]
    print(f"{len(files)} files, {sum(sizes) / 1e6:.1f} MB, the largest {max(sizes) / 1e6:.1f} MB")
    if sum(sizes) > LIMIT_BYTES or max(sizes) > LIMIT_FILE:
        raise BuildError("the project weighs too much to ship")
    shutil.rmtree(SHIPPED, ignore_errors=True)
    aside.rename(SHIPPED)


def build(work: Path, pack: Path | None, tiles: Path | None, only: str | None) -> None:
    """Follow the recipes in the folder `work`, compose the canvas, put the project where it ships.

    Args:
        work: kept between calls.
        pack: pictures to begin with; those of the project that ships when None.
        tiles: pixel tiles to bring in; None when the project has them.
        only: name of the one recipe to follow; all when None.

    Raises:
        BuildError: a command failed, or the project weighs too much.
    """
    work.mkdir(parents=True, exist_ok=True)
    project = work / SHIPPED.name
    begin(project, pack)
    add_tiles(project, tiles)
    for path in sorted(HERE.glob("*.json")):
        recipe = json.loads(path.read_text("utf-8"))
        if only in (None, recipe["name"]):
            follow(project, recipe)
    compose(project)
    deliver(project)
