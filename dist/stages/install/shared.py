"""Files that several packages bring with different content.

uv installs all wheels at once, so that chance decides whose such a file is. They are installed once more, one after the other, in
the order of pip: the last one's is kept, in every build. The trial tells of them.
"""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path
from typing import Iterator

# What packages leave beside themselves by mistake, and nobody imports.
BY_MISTAKE = re.compile(r"(tests?|docs?|examples?|benchmarks?|scripts|tools)/|[^/]+$(?<!\.py)", re.IGNORECASE)
SHOWN = 3


def metadata_folders(site: Path) -> list[Path]:
    return sorted(site.glob("*.dist-info"))


def normalized(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def name_of(folder: Path) -> str:
    return normalized(folder.name.split("-")[0])


def recorded(folder: Path) -> Iterator[tuple[str, str]]:
    """Paths relative to the folder of packages, with their hashes. https://packaging.python.org/en/latest/specifications/recording-installed-packages/"""
    with (folder / "RECORD").open(encoding="utf-8", errors="replace", newline="") as record:
        for row in csv.reader(record):
            if len(row) > 1 and row[1]:
                yield (os.path.normpath(row[0]) if row[0].startswith(".") else row[0]), row[1]


def shared_files(*sites: Path) -> dict[str, list[str]]:
    """Packages by the files that they bring alike by name and not by content; a later tree's come last."""
    first: dict[str, tuple[str, str]] = {}
    brought: dict[str, list[str]] = {}
    differ: set[str] = set()
    for folder in [folder for site in sites for folder in metadata_folders(site) if (folder / "RECORD").is_file()]:
        name = name_of(folder)
        for path, content in recorded(folder):
            begun = first.setdefault(path, (name, content))
            if begun[0] == name:
                continue
            brought.setdefault(path, [begun[0]]).append(name)
            if begun[1] != content:
                differ.add(path)
    return {path: names for path, names in brought.items() if path in differ}


def requirements(site: Path) -> dict[str, list[str]]:
    """Names that each package requires, whatever the markers say."""
    line = re.compile(r"^Requires-Dist:\s*([A-Za-z0-9][\w.-]*)", re.MULTILINE)
    found = {}
    for folder in metadata_folders(site):
        file = folder / "METADATA"
        text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
        found[name_of(folder)] = [normalized(name) for name in line.findall(text)]
    return found


def in_order(names: set[str], requires: dict[str, list[str]]) -> list[str]:
    """As pip installs them: first those that require nothing, then those that require none but these, and so on; each time from z to a."""
    left = {name: set(of) - {name} for name, of in requires.items()}
    order: list[str] = []
    while left:
        ready = [name for name, of in left.items() if not of & left.keys()] or list(left)  # or a circle
        order += sorted(ready, reverse=True)
        left = {name: of for name, of in left.items() if name not in ready}
    return [name for name in order if name in names]


def owners(shared: dict[str, list[str]]) -> set[str]:
    return {name for names in shared.values() for name in names}


def told(shared: dict[str, list[str]], order: list[str]) -> list[tuple[str, str]]:
    """A level and a line for each set of packages that bring the same files."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for path, names in sorted(shared.items()):
        if not BY_MISTAKE.match(path) and path.isprintable():
            groups.setdefault(tuple(sorted(set(names), key=order.index)), []).append(path)
    return [line(names, paths) for names, paths in groups.items()]


def line(names: tuple[str, ...], paths: list[str]) -> tuple[str, str]:
    level = "notice" if all(path.endswith("/__init__.py") for path in paths) else "warning"
    more = f" and {len(paths) - SHOWN} more" if len(paths) > SHOWN else ""
    files = ", ".join(path.replace("../", "")[:200] for path in paths[:SHOWN]) + more  # programs lie above
    return level, f"{', '.join(names[:-1])} and {names[-1]} bring different files of one name ({files}): the image has those of {names[-1]}"
