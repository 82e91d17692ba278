"""Installs every wheel of a folder into a tree, without an index and without byte code.

The tree holds what the release image takes by COPY: nothing of base, no traces of the tool, and file
times that are SOURCE_DATE_EPOCH, so that the same wheels give the same layer.
"""

import csv
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # an image's PYTHONSAFEPATH leaves it out
from shared import in_order, name_of, owners, requirements, shared_files

UV = "/media/uv"


def requirement(wheel: Path) -> str:
    name, version = wheel.name.split("-")[:2]
    # By name and version, not by path: a path would be written to direct_url.json.
    return f"{name}=={version}"


def forget_tool_traces(prefix: Path) -> None:
    """Drops uv's note of when it installed, and the note's line in RECORD."""
    (prefix / ".lock").unlink(missing_ok=True)
    for note in prefix.glob("lib/python*/site-packages/*.dist-info/uv_cache.json"):
        note.unlink()
        record = note.with_name("RECORD")
        with record.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.reader(file) if row and not row[0].endswith("/uv_cache.json")]
        with record.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)


def settle_times(tree: Path, epoch: str) -> None:
    # find and touch, not Python: ten times faster for thousands of files.
    subprocess.run(["find", str(tree), "-exec", "touch", "-h", "-d", f"@{epoch}", "{}", "+"], check=True)


def run_uv(wheels: Path, prefix: Path, *what: str) -> None:
    command = [UV, "pip", "install", "--quiet", "--no-cache", "--no-index", "--no-deps", "--find-links", str(wheels)]
    # A hard link into the tree from uv's passing cache: each file is written once.
    command += ["--python", "/appenv/bin/python", "--prefix", str(prefix), "--link-mode", "hardlink"]
    # Settings of uv that the parent image brings are for its own builds.
    own = {name: value for name, value in os.environ.items() if not name.startswith("UV_")}
    result = subprocess.run([*command, *what], env=own)
    if result.returncode:
        sys.exit(result.returncode)


def settle_shared(wheels: Path, prefix: Path, found: list[Path]) -> None:
    """Files that several packages bring are those of the last one, whatever uv installed last."""
    for site in prefix.glob("lib/python3*/site-packages"):
        shared = shared_files(site)
        lines = {name_of(wheel): requirement(wheel) for wheel in found}
        for name in in_order(owners(shared), requirements(site)) if shared else []:
            if name in lines:
                run_uv(wheels, prefix, "--reinstall", lines[name])


def install(wheels: Path, tree: Path) -> None:
    prefix = tree / "appenv"
    prefix.mkdir(parents=True, exist_ok=True)
    found = sorted(wheels.glob("*.whl"))
    if found:
        run_uv(wheels, prefix, *map(requirement, found))
        settle_shared(wheels, prefix, found)
    forget_tool_traces(prefix)


if __name__ == "__main__":
    install(wheels=Path("/opt"), tree=Path("/srv/tree"))
    settle_times(Path("/srv/tree"), os.environ["SOURCE_DATE_EPOCH"])
