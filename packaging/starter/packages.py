"""Fetch pinned npm packages by name; read their files, run nothing of them."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


Files = dict[str, bytes]


class BuildError(Exception):
    """Something of the starter could not be built; the message says what was not as expected."""


@dataclass(frozen=True)
class Package:
    """One npm package: exact version, registry integrity, and a pattern of the files wanted."""

    name: str
    version: str
    integrity: str
    wanted: str


def fetch(package: Package, scratch: Path) -> Files:
    """Download one package and return its wanted files by their path inside it."""
    folder = scratch / package.name.replace("/", "+")
    folder.mkdir()
    npm = shutil.which("npm")
    if npm is None:
        raise BuildError("npm was not found; install Node.js, which brings it")
    wanted = f"{package.name}@{package.version}"
    print(f"fetching {wanted}", flush=True)
    command = [npm, "pack", wanted, "--ignore-scripts", "--pack-destination", str(folder)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    archives = list(folder.glob("*.tgz"))
    if done.returncode or len(archives) != 1:
        raise BuildError(f"npm could not fetch {wanted}:\n{done.stderr.strip()}")
    check_integrity(package, archives[0].read_bytes())
    return unpack(package, archives[0])


def check_integrity(package: Package, archive: bytes) -> None:
    """Refuse an archive other than the one this script was written for."""
    digest = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if digest != package.integrity:
        raise BuildError(f"{package.name} {package.version} has changed: its hash is {digest}")


def unpack(package: Package, archive: Path) -> Files:
    """Read the wanted files into memory, so that no path of the archive touches the disk."""
    files: Files = {}
    with tarfile.open(archive, "r:gz") as tar:
        for member in tar:
            name = member.name.partition("/")[2]
            if member.isfile() and re.fullmatch(package.wanted, name):
                content = tar.extractfile(member)
                files[name] = content.read() if content else b""
    if not files:
        raise BuildError(f"{package.name} {package.version} holds no file like {package.wanted}")
    return files
