"""Folders of the application's user, so that a fresh named volume over them is writable."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from foreign import take, told_list
from said import say
from trees import ORIGINALS

APP, STATIC, COLLECTED = ORIGINALS["application"], Path("/srv/static"), Path("/srv/collected")
IMAGE = Path("/srv/image")  # as it was before code of others ran in this stage
SOURCE_ONLY = os.environ.get("SOURCE_ONLY") == "yes"
OWNER = (int(os.environ["APP_UID"]), int(os.environ["APP_GID"]))
WRITTEN_BY_CUSTOM = {"cache", "data", "db", "instance", "log", "logs", "media", "storage", "temp", "tmp", "upload", "uploads", "var"}
OF_SYSTEM = re.compile(os.environ["OF_SYSTEM"])
# Links of the image are followed as it has them, not as an application may have left them.
ASKED = [os.path.realpath(path) for path in os.environ.get("WRITABLE", "").split()]


def fit(path: str) -> bool:
    """Whether a folder of that name may be the application's user's: programs and settings of the system may not."""
    return path.startswith("/") and os.path.realpath(path) == path and not OF_SYSTEM.match(path)


def make_folder(path: Path) -> None:
    """A folder below /srv/static; what the image has of the way to it stays as it is there."""
    for folder in [*reversed(path.relative_to(STATIC).parents), path.relative_to(STATIC)]:
        here, there = STATIC / folder, IMAGE / folder
        if here.is_dir():
            continue  # it may be the user's by now
        here.mkdir()
        if there.is_dir() and not there.is_symlink():
            status = there.stat()
            os.chown(here, status.st_uid, status.st_gid)
            here.chmod(stat.S_IMODE(status.st_mode))


def folders_by_name() -> list[str]:
    """Folders of the source that applications write to by custom; one that holds code is none."""
    if not SOURCE_ONLY:
        return []
    named = [(Path(at), name) for at, folders, _ in os.walk(APP / "app") for name in folders if name.lower() in WRITTEN_BY_CUSTOM]
    return [f"/{(at / name).relative_to(APP)}" for at, name in named if next((at / name).rglob("*.py"), None) is None]


def keep_places(static_root: str | None) -> None:
    """Folders of the application's user, so that a fresh named volume over them is writable."""
    STATIC.mkdir()
    if ASKED:
        mark()
    if SOURCE_ONLY:
        hand_over(str(APP / "app"))  # not before: it would be that of the user who imports
    asked = {*(told_list("places") or []), *ASKED, *folders_by_name()}
    for place in ["/app", *sorted({path for path in asked if fit(path)} - {"/app"})]:
        shipped, folder = f"{APP}{place}", Path(f"{STATIC}{place}")
        if any(os.path.realpath(at) != at for at in (shipped, str(folder))):  # what a link leads to has an owner of its own
            if place == static_root:
                say("warning", f"{place} is a link in the source: the static files are not in the image", "static-link")
            continue
        if place != "/app" and os.path.exists(shipped):
            give(Path(shipped))
            if not os.path.isdir(shipped):
                continue
        make_folder(folder)
        if place == static_root:
            take(COLLECTED, folder)
        give(folder)


def mark() -> None:
    """A file in both trees that names the folders: BuildKit's cache of a COPY does not look at owners alone."""
    for tree in (APP, STATIC):
        make_folder(STATIC / "appenv")
        os.makedirs(tree / "appenv", exist_ok=True)
        (tree / "appenv/.writable").write_text("".join(f"{path}\n" for path in sorted(ASKED)))


def below(place: Path) -> list[str]:
    """A file or folder, and all in it."""
    return [str(place), *(os.path.join(at, name) for at, folders, files in os.walk(place) for name in folders + files)]


def give(place: Path) -> None:
    for path in below(place):
        hand_over(path)


def hand_over(path: str) -> None:
    """To the application's user. In group 0 any uid may stand in for it, as OpenShift starts images: the group may do the same."""
    os.chown(path, *OWNER, follow_symlinks=False)
    if OWNER[0] and not OWNER[1] and not os.path.islink(path):
        mode = stat.S_IMODE(os.lstat(path).st_mode)
        os.chmod(path, mode | (mode & stat.S_IRWXU) >> 3)


