"""Where the trial has what: each tree stands for / of the image."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Tuple

COPY, AHEAD = Path("/srv/copy"), Path("/srv/ahead")
# What is imported, and what of it ships: the application is imported from a copy, which it may write to.
TREES = {"application": COPY, "dependencies": Path("/srv/dependencies")}
ORIGINALS = {"application": Path("/srv/app"), "dependencies": Path("/srv/dependencies")}
# Byte code: what was compiled for the import, and where that goes which is kept.
MADE = {"application": Path("/srv/made/app"), "dependencies": Path("/srv/made/bytecode")}
TARGETS = {"application": Path("/srv/app"), "dependencies": Path("/srv/bytecode")}

Named = Tuple[str, str]  # a kind of tree, and a path in the image


def named_of(path: str) -> Named | None:
    """What a Python file that is imported is in the image; None for one that does not ship."""
    if os.path.normpath(path) != path or not path.endswith(".py"):
        return None
    kind = next((kind for kind, tree in TREES.items() if path.startswith(f"{tree}/")), None)
    name = path[len(str(TREES[kind])) :] if kind else ""
    return (kind, name) if kind and os.path.isfile(f"{ORIGINALS[kind]}{name}") else None
