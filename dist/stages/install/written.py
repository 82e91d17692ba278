"""What an application does to files while it is imported, in words for the user."""

from __future__ import annotations

import os
from pathlib import Path

import foreign
from places import APP, ASKED, IMAGE, fit
from said import say
from trees import COPY, TREES
from writes import changed, elsewhere

NAMED, TOLD = 5, 100  # of what it wrote: in the notice, and in the log
PASSING = ("/tmp/", "/var/tmp/", "/dev/", "/root/", "/app/.cache/")  # the last are caches of its user
NO_FILES = ("/dev/", "/proc/", "/sys/")


def in_image(path: str) -> str:
    tree = next((tree for tree in TREES.values() if path.startswith(f"{tree}/")), "")
    return path[len(str(tree)) :]


def found_refused() -> list[str]:
    """What the application would have written, where only root may."""
    found = {in_image(path) for path in foreign.told_list("refused") or []}
    return sorted(path for path in found if path.startswith("/") and not path.startswith(NO_FILES))


def found_written() -> tuple[list[str], list[str]]:
    """What the application wrote, and what it removed."""
    written, removed = changed(str(COPY), str(APP))
    return written + elsewhere(), removed


def lacking(paths: list[str]) -> list[str]:
    """Folders that the image will not have: a fresh volume over one of them would be root's."""
    found, users = set(), {"/app", *ASKED, *(foreign.told_list("places") or [])}
    for path in paths:
        way = [str(folder) for folder in [*reversed(Path(path).parents), Path(path)]]
        first = next((at for at in way if not os.path.lexists(f"{APP}{at}") and not os.path.lexists(f"{IMAGE}{at}")), None)
        is_folder = first is not None and (first != path or os.path.isdir(f"{COPY}{first}"))
        of_stage = first is not None and first.startswith("/srv/") and os.path.lexists(first)
        if first and is_folder and not of_stage and fit(first) and not users.intersection(way[1:]) - {"/app"}:
            found.add(first)
    return sorted(found)


def say_written(written: list[str], removed: list[str], refused: list[str], left: list[str]) -> None:
    """Names what is not in the image, though the application wrote it: whoever needs it must learn where it belongs."""
    lasting = [path for path in [*written, *refused] if not f"{path}/".startswith(PASSING)]
    if lasting:
        more = f" and {len(lasting) - NAMED} more" if len(lasting) > NAMED else ""
        named = ", ".join(map(foreign.shown, lasting[:NAMED]))
        folders = lacking(lasting)
        volume = f"name {', '.join(map(foreign.shown, folders[:NAMED]))} in writable and give it a volume" if folders else "give it a volume"
        advice = f"Nothing of that is in the image: {volume} or another path, or let it be made when the application starts."
        say("notice", f"your application writes {named}{more} when it is imported. {advice}", "written")
    rest = [path for path in written if path not in lasting[:NAMED]]
    what_left = "leaves running, which is ended,"
    for what, each in (("also writes", rest), ("may not write", refused), ("removes", removed), (what_left, left)):
        for start in range(0, min(len(each), TOLD), NAMED):
            say("note", f"when it is imported, it {what} {', '.join(map(foreign.shown, each[start:start + NAMED]))}")
        if len(each) > TOLD:
            say("note", f"when it is imported, it {what} {len(each) - TOLD} more")
