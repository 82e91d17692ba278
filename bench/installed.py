"""Prints how many bytes of an image are installed files: those that the installed distributions record, the byte
code beside them, and those of the Debian packages that are named. Each file counts once, at its own length."""

import importlib.metadata
import importlib.util
import os
import stat
import sys
from pathlib import Path


def recorded():
    for distribution in importlib.metadata.distributions():
        for file in distribution.files or []:
            path = Path(os.path.normpath(distribution.locate_file(file)))
            yield path
            if path.suffix == ".py":
                yield Path(importlib.util.cache_from_source(str(path)))


def packaged(names):
    for name in names:
        yield from map(Path, Path(f"/var/lib/dpkg/info/{name}.list").read_text().splitlines())


def length(path):
    try:
        found = path.lstat()
    except OSError:
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else 0


print(sum(map(length, {*recorded(), *packaged(sys.argv[1:])})))
