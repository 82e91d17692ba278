"""Compiles what the application imported of its dependencies the last time, while its wheel is still being built.

No code of anybody runs here. Dependencies are at /media (the tree of their stage), the list is /opt/imported.txt: paths
in that tree, a line each. Byte code goes below /srv/ahead; the trial takes it where its source is the same, and
compiles the rest itself: the list decides over time alone.
"""

from __future__ import annotations

import multiprocessing
from importlib.machinery import SourceFileLoader
from pathlib import Path

from pypackager_bytecode import bytecode, cached, write

TREE, AHEAD, LISTED = Path("/media"), "/srv/ahead", Path("/opt/imported.txt")


def compile_file(name: str) -> None:
    path = TREE / name
    try:
        source = path.read_bytes()
        code = SourceFileLoader(path.stem, str(path)).source_to_code(source, str(path))
    except (OSError, SyntaxError, ValueError):
        return  # another version of the package, or a file for another Python
    write(cached(f"{AHEAD}/{name}"), bytecode(code, source, f"/{name}"))


if __name__ == "__main__":
    Path(AHEAD).mkdir(parents=True)
    names = [name for name in LISTED.read_text("utf-8").splitlines() if ".." not in name.split("/")]
    if names:
        with multiprocessing.get_context("fork").Pool() as pool:
            pool.map(compile_file, names, chunksize=16)
