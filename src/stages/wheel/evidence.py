"""What a compiled wheel links: the Debian packages that own its shared libraries, and libraries that nobody owns.

Argument: the file name of a wheel in /srv/wheel. Writes /srv/out/evidence.json. Run with -I -S in a stage that nothing of
the wheel has run in, by programs named by their whole paths. The wheel's files are only read: `ldd` may start them, so what
they need is read out of the ELF files here (System V ABI, chapter 5), and found as the loader finds it (ld.so(8)).
Wheels that were asked for side by side once got the answer of one: this text is in the fingerprint of each, so that those
which were kept with it are built anew.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
from typing import BinaryIO, NamedTuple

WHEELS, OUT = "/srv/wheel", "/srv/out"
ELF = b"\x7fELF"
LDCONFIG, DPKG = "/sbin/ldconfig", "/usr/bin/dpkg"
ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"}
# What a file may be called that dpkg is asked for: no pattern.
NAME = re.compile(r"[\w.+-]{1,200}", re.A)
FOLDER = re.compile(r"/[\w.+/-]{0,500}", re.A)
DEFAULTS = ("/lib", "/usr/lib", "/usr/local/lib")
MOST_OBJECTS, MOST_NEEDED, MOST_TEXT = 20_000, 5_000, 16 << 20
LOAD, DYNAMIC = 1, 2
NEEDED, STRTAB, STRSZ, RPATH, RUNPATH = 1, 5, 10, 15, 29


class Linked(NamedTuple):
    """Of an ELF file: class, byte order and machine; what it needs; where it says to look."""

    kind: bytes
    needed: list[str]
    folders: list[str]


def at(file: BinaryIO, offset: int, size: int) -> bytes:
    file.seek(offset)
    content = file.read(size)
    if len(content) != size:
        raise ValueError("the file ends before its end")
    return content


def linked(file: BinaryIO) -> Linked | None:
    """What a file links; None for one that is no ELF file, or not whole."""
    try:
        return read_elf(file)
    except (ValueError, struct.error, OSError, OverflowError, MemoryError):
        return None


def read_elf(file: BinaryIO) -> Linked | None:
    head = file.read(20)
    if head[:4] != ELF or len(head) < 20 or head[4] not in (1, 2) or head[5] not in (1, 2):
        return None
    order, wide = "<>"[head[5] - 1], head[4] == 2
    kind = head[4:6] + head[18:20]
    start = struct.unpack(order + ("Q" if wide else "I"), at(file, 32 if wide else 28, 8 if wide else 4))[0]
    size, count = struct.unpack(order + "HH", at(file, 54 if wide else 42, 4))
    table = at(file, start, size * count)
    segments = [segment(table[i * size : (i + 1) * size], order, wide) for i in range(count)]
    dynamic = next(((offset, length) for which, offset, _, length in segments if which == DYNAMIC), None)
    if dynamic is None:
        return Linked(kind, [], [])
    entry = struct.Struct(order + ("qQ" if wide else "iI"))
    content = at(file, dynamic[0], min(dynamic[1], 1 << 20) // entry.size * entry.size)
    entries = list(entry.iter_unpack(content))
    values = dict(reversed(entries))
    address = values.get(STRTAB, 0)
    place = next(offset + address - begin for which, offset, begin, length in segments if which == LOAD and begin <= address < begin + length)
    strings = at(file, place, min(values.get(STRSZ, 0), MOST_TEXT))

    def texts(*tags: int) -> list[str]:
        found = [strings[value : strings.index(b"\0", value)] for tag, value in entries if tag in tags]
        return [text.decode("utf-8", "replace") for text in found[:MOST_NEEDED]]

    return Linked(kind, texts(NEEDED), [folder for text in texts(RPATH, RUNPATH) for folder in text.split(":")])


def segment(header: bytes, order: str, wide: bool) -> tuple[int, int, int, int]:
    """Type, offset in the file, address and size there."""
    if wide:
        which, _, offset, address, _, length = struct.unpack(order + "IIQQQQ", header[:40])
    else:
        which, offset, address, _, length = struct.unpack(order + "IIIII", header[:20])
    return which, offset, address, length


def said(*command: str) -> str:
    result = subprocess.run(command, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return result.stdout.decode("utf-8", "replace")


def known_to_loader() -> dict[str, list[str]]:
    """Paths by a library's name, of every architecture that the system has."""
    known: dict[str, list[str]] = {}
    for name, path in re.findall(r"^\t(\S+) \([^)]*\) => (/\S+)$", said(LDCONFIG, "-p"), re.M):
        known.setdefault(name, []).append(path)
    return known


def find(name: str, of: Linked, known: dict[str, list[str]]) -> tuple[str, Linked] | None:
    """A library of the system, as the loader would find it for a file."""
    if not NAME.fullmatch(name):
        return None
    folders = [folder.rstrip("/") for folder in of.folders if FOLDER.fullmatch(folder) and ".." not in folder]
    for path in [*(f"{folder}/{name}" for folder in folders), *known.get(name, []), *(f"{folder}/{name}" for folder in DEFAULTS)]:
        if not os.path.isfile(path):
            continue
        with open(path, "rb") as file:
            found = linked(file)
        if found and found.kind == of.kind:
            return path, found
    return None


def objects(wheel: str) -> tuple[list[Linked], set[str]]:
    """The ELF files of a wheel, and the names of all of its files, which find each other by their own paths."""
    found, names = [], set()
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.infolist():
            names.add(member.filename.rpartition("/")[2])
            if len(found) == MOST_OBJECTS or member.is_dir():
                continue
            with archive.open(member) as packed:
                if packed.read(4) != ELF:
                    continue
                with tempfile.TemporaryFile() as file:
                    file.write(ELF)
                    shutil.copyfileobj(packed, file)
                    file.seek(0)
                    one = linked(file)
                    if one:
                        found.append(one)
    return found, names


def libraries(wheel: str) -> tuple[dict[str, str], set[str]]:
    """Names of the system's libraries by their paths, those that they need in turn too; and names that are not found."""
    waiting, own = objects(wheel)
    known = known_to_loader()
    paths: dict[str, str] = {}
    missing: set[str] = set()
    seen: set[tuple[str, bytes]] = set()
    while waiting:
        one = waiting.pop()
        for name in one.needed:
            if name.rpartition("/")[2] in own or (name, one.kind) in seen:
                continue
            seen.add((name, one.kind))
            if len(seen) > MOST_NEEDED:
                sys.exit(f"pypackager: error[many-libraries]: the wheel needs more than {MOST_NEEDED} libraries")
            found = find(name, one, known)
            if found is None:
                missing.add(name)
            else:
                paths[found[0]] = name
                waiting.append(found[1])
    return paths, missing


def spellings(library: str) -> list[str]:
    """dpkg knows the path as shipped, which a merged /usr may spell otherwise."""
    unmerged = library[4:] if library.startswith("/usr/") else library
    return [library, os.path.realpath(library), unmerged, "/usr" + library]


def owners(paths: list[str]) -> dict[str, str]:
    """The packages that own libraries, as far as one does. dpkg reads all of its lists at each call: it is asked once."""
    asked = sorted({spelling for path in paths for spelling in spellings(path)})
    told = said(DPKG, "-S", *asked) if asked else ""
    # `libc6:amd64: /usr/lib/…`, several packages with commas between them; lines of diversions name none.
    lines = [line.rpartition(": ") for line in told.splitlines() if not line.startswith("diversion by ")]
    known = {path: names.split(",")[0].split(":")[0].strip() for names, _, path in lines}
    found = {path: next((known[one] for one in spellings(path) if one in known), None) for path in paths}
    return {path: name for path, name in found.items() if name}


def shown(name: str) -> str:
    return name if NAME.fullmatch(name) else "a library with an odd name"


def main() -> None:
    linked_paths, missing = libraries(f"{WHEELS}/{sys.argv[1]}")
    # What Python's own image brings under /usr/local belongs to no package and is in base already.
    paths = sorted(path for path in linked_paths if not path.startswith("/usr/local/"))
    packages = owners(paths)
    missing |= {linked_paths[path] for path in paths if path not in packages}
    os.makedirs(OUT, exist_ok=True)
    with open(f"{OUT}/evidence.json", "w", encoding="utf-8") as out:
        json.dump({"packages": sorted(set(packages.values())), "missing": sorted({*map(shown, missing)})}, out)


if __name__ == "__main__":
    main()
