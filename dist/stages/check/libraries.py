"""Shared libraries: what the loader itself says of every program and library below some folders.

`ldd` is a script that does the same, three times slower. A library that a package carries with it and
finds by its own path is found here too, since the loader looks for it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

ELF = b"\x7fELF"
NO_ELF = (".py", ".pyc", ".pyi", ".html", ".js", ".css", ".po", ".mo", ".txt", ".json", ".svg", ".png", ".h", ".md", ".rst")
#: Of the machine's own graphics driver, which no image holds.
DRIVER = re.compile(r"^lib(cuda|nvidia-[\w-]+|nvcuvid|nvoptix)\.so")


def loader() -> str | None:
    """The dynamic loader of this very process."""
    with open("/proc/self/maps") as maps:
        for line in maps:
            path = line.split()[-1]
            if os.path.basename(path).startswith(("ld-linux", "ld-2", "ld64", "ld.so")):
                return path
    return None


def head(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(20)
    except OSError:
        return b""


def candidates(folders: list[str]) -> tuple[list[str], set[str]]:
    """Programs and libraries for this machine, and the names of all libraries that are somewhere there."""
    own = head(sys.executable)
    objects, names = [], set()
    for folder in folders:
        for where, below, files in os.walk(folder):
            below.sort()
            for name in sorted(files):
                if name.endswith(NO_ELF):
                    continue
                path = os.path.join(where, name)
                if ".so" in name:
                    names.add(name)
                # The same class, byte order and machine; packages bring some for other ones.
                start = head(path) if not os.path.islink(path) else b""
                if start[:4] == ELF and start[4:6] == own[4:6] and start[18:20] == own[18:20]:
                    objects.append(path)
    return objects, names


def lacking(path: str, program: str) -> set[str]:
    # Its own folder may be a symbolic link's: the loader is asked by the real path.
    answer = subprocess.run(
        [program, "--list", os.path.realpath(path)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL, text=True, errors="replace", timeout=20 * crowding(),
    ).stdout
    found = set(re.findall(r"^[ \t]*(\S+) => not found", answer, re.M))
    found |= set(re.findall(r"error while loading shared libraries: (\S+): cannot open", answer))
    return found | set(re.findall(r"version `([^']+)' not found", answer))


def is_loaded(path: str) -> bool:
    """Whether Python or a shell loads a file by itself: a module of Python (PEP 489), or a program. Others are loaded where a program
    asks for them, as plugins are; what those lack that a module links is told of the module too."""
    if os.path.basename(os.path.dirname(path)) in ("bin", "sbin") or ".so" not in os.path.basename(path):
        return True
    with open(path, "rb") as file:
        return b"PyInit" in file.read()


def libraries(folders: list[str]) -> dict:
    """How many were looked at, and what each lacks."""
    program = loader()
    if program is None:
        return {"undone": "the image's loader was not found"}
    objects, names = candidates(folders)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda path: lacking(path, program), objects))
    missing = []
    for path, lacks in zip(objects, answers):
        # Packages load what others of them carry before they need it.
        wanted = [name for name in sorted(lacks) if name not in names and not DRIVER.match(name) and "musl" not in name]
        loaded = bool(wanted) and is_loaded(path)
        missing += [{"file": path, "library": name, "loaded": loaded} for name in wanted]
    return {"count": len(objects), "missing": missing}
