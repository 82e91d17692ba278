"""What an application wrote while it was imported, by the paths that it has in the image.

Everything is compared with a mark that was set before: the time of an inode's last change cannot be set by a program, so
that a new mode, a link or a file of an old time shows, too.
"""

from __future__ import annotations

import filecmp
import os
import stat
import subprocess
from pathlib import Path

from foreign import CLEAN

MARK = "/srv/mark"
# What is looked through elsewhere is what programs write to: not Debian's files, not what stands here for the image.
NOT_LOOKED_AT = ("/dev", "/media", "/opt", "/proc", "/srv", "/sys", "/usr")


def set_mark() -> None:
    Path(MARK).touch()


def newer(root: str, *but: str) -> list[tuple[str, str]]:
    """Kinds (d, f, l, …) and paths of all that changed below a folder since the mark, in order."""
    pruned = [word for path in but for word in ("-path", path, "-prune", "-o")]
    command = ["find", root, "-xdev", *pruned, "-newercc", MARK, "-printf", "%y%p\\0"]
    told = os.fsdecode(subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=CLEAN).stdout)
    return sorted((each[0], each[1:]) for each in told.split("\0") if each)


def same(one: str, other: str) -> bool:
    try:
        before, now = os.lstat(one), os.lstat(other)
        if before.st_mode != now.st_mode:
            return False
        if stat.S_ISLNK(now.st_mode):
            return os.readlink(one) == os.readlink(other)
        return stat.S_ISREG(now.st_mode) and filecmp.cmp(one, other, shallow=False)
    except OSError:
        return False


def changed(copy: str, original: str) -> tuple[list[str], list[str]]:
    """What was written in a copy of a tree, and what was removed from it."""
    written, removed = [], []
    found = newer(copy)
    filled = {os.path.dirname(path) for _, path in found}
    for kind, path in found:
        inside = path[len(copy) :]
        before = original + inside
        if kind != "d":
            if not same(before, path):
                written.append(inside)
        elif os.path.isdir(before):
            removed += [f"{inside}/{name}" for name in sorted({*os.listdir(before)} - {*os.listdir(path)})]
            if inside and os.stat(before).st_mode != os.stat(path).st_mode:
                written.append(inside)
        elif path not in filled and inside != "/app":
            written.append(inside)  # an empty folder
    return written, removed


def elsewhere() -> list[str]:
    """What was written outside of the copies. A folder that something passed through is left out."""
    found = newer("/", *NOT_LOOKED_AT)
    paths = {path for _, path in found}
    filled = {os.path.dirname(path) for path in paths}
    return [path for kind, path in found if kind != "d" or (path not in filled and path != "/" and os.path.dirname(path) in paths)]
