"""Compiles what the application imported of its dependencies the last time, while its wheel is still being built.

No code of anybody runs here. Dependencies are at /media (the tree of their stage), the list is /opt/imported.txt: paths
in that tree, a line each. Byte code goes below /srv/ahead; the trial takes it where its source is the same, and
compiles the rest itself: the list decides over time alone. It never fails, whatever is on the list.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # an image's PYTHONSAFEPATH leaves it out
from pypackager_bytecode import cached, compiled, probe, write

TREE, AHEAD, LISTED = Path("/media"), "/srv/ahead", Path("/opt/imported.txt")
# Before, byte code follows from more than its source.
OLDEST = (3, 11)


def compile_file(name: str) -> None:
    try:
        write(cached(f"{AHEAD}/{name}"), compiled(f"{TREE}/{name}", f"/{name}"))
    except Exception:
        pass  # another version of the package, a file for another Python, or one that is too deep


if __name__ == "__main__":
    Path(AHEAD).mkdir(parents=True)
    Path(AHEAD, "probe").write_bytes(probe())
    # One name for a file: it is in its byte code.
    names = [name for name in LISTED.read_text("utf-8").splitlines() if os.path.normpath(f"/{name}") == f"/{name}"]
    if names and sys.version_info >= OLDEST:
        try:
            with ProcessPoolExecutor(mp_context=multiprocessing.get_context("fork")) as pool:
                list(pool.map(compile_file, names, chunksize=16))
        except Exception:
            pass  # a process that was ended: what it did not make the trial makes
