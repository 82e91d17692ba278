"""Runs code of others as a user that owns nothing of what ships, reads what it leaves, and ends all of it.

What that user may write to is below /srv in folders of its own, and, as far as nothing there is started or loaded by root, in
folders where applications make theirs.
"""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread
from typing import IO, Any

try:
    import ctypes

    LIBC = ctypes.CDLL(None)
except (ImportError, OSError):
    LIBC = None  # a Python without it: programs of the image that become root ask for a password

# The image's user; an image that runs as root is tried as nobody.
USER, GROUP = (int(os.environ[name]) or 65534 for name in ("APP_UID", "APP_GID"))
# Programs of root after it ran: no folder that it may write to, no variable that an application sets.
CLEAN = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
OPENED = ("/", "/home", "/media", "/mnt", "/opt", "/run", "/var", "/var/cache", "/var/lib", "/var/local", "/var/log", "/var/opt", "/var/spool")
PR_SET_NO_NEW_PRIVS = 38
LARGEST_ANSWER = 16_000_000
LONGEST_LINE = 1 << 20
SHOWING: list[Thread] = []
TOLD_IN = Path("/srv/trial")


def protect() -> None:
    """Before anything is made below /srv: a parent image may have given that away, or say what modes new files have."""
    os.umask(0o022)
    os.chown("/srv", 0, 0)
    os.chmod("/srv", 0o755)


def own(*folders: Path) -> None:
    """Makes folders of its own."""
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
        os.chown(folder, USER, GROUP)


def own_all(tree: Path) -> None:
    subprocess.run(["chown", "-hR", f"{USER}:{GROUP}", str(tree)], check=True, env=CLEAN)


def open_folders() -> None:
    """Lets it make files and folders where only root may, as an application of root's would: what is there stays root's."""
    for folder in OPENED:
        try:
            os.chmod(folder, stat.S_IMODE(os.lstat(folder).st_mode) | 0o1003)
        except OSError:
            pass  # it is not there, or a mount
    if int(os.environ["APP_UID"]) == 0:
        os.chown("/root", USER, GROUP)


def start(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
    def restrict() -> None:
        if LIBC:
            LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)

    as_user: dict[str, Any] = {"user": USER, "group": GROUP, "extra_groups": [], "preexec_fn": restrict}
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, **as_user, **options)


def start_shown(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
    """With its output in that of the stage, until all has ended."""
    child = start(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    SHOWING.append(Thread(target=show, args=(child.stdout,), daemon=True))
    SHOWING[-1].start()
    return child


def show(words: IO[bytes]) -> None:
    """Marks what has the form of words of ours to the run."""
    for line in iter(lambda: words.readline(LONGEST_LINE), b""):
        sys.stdout.buffer.write(line.replace(b"pypackager:", b"> pypackager:"))
        sys.stdout.buffer.flush()


def running() -> dict[int, str]:
    """Its processes, and their programs."""
    found = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            lines = dict(line.split(":", 1) for line in Path(f"/proc/{entry}/status").read_text("utf-8", "replace").splitlines() if ":" in line)
            if int(lines["Uid"].split()[0]) == USER and lines["State"].split()[0] not in "ZX":
                found[int(entry)] = Path(f"/proc/{entry}/cmdline").read_text("utf-8", "replace").replace("\0", " ").strip()[:80]
        except (OSError, ValueError, LookupError):
            pass  # it has ended meanwhile
    return found


def end_all() -> list[str]:
    """Ends all its processes, whatever they have become. @returns the programs that were left"""
    ended: dict[int, str] = {}
    while left := running():
        ended = {**left, **ended}
        pid = os.fork()
        if pid == 0:
            try:
                os.setgroups([])
                os.setresgid(GROUP, GROUP, GROUP)
                os.setresuid(USER, USER, USER)
                os.kill(-1, signal.SIGKILL)  # at once: none can start another meanwhile
            finally:
                os._exit(0)
        os.waitpid(pid, 0)
        time.sleep(0.005)
    for words in SHOWING:
        words.join(10)
    return sorted({*ended.values()})


def told(name: str, kind: type) -> Any:
    """What it said, where it said such a thing: no link, pipe or flood."""
    try:
        with open(os.open(TOLD_IN / f"{name}.json", os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST_ANSWER:
                return None
            value = json.loads(file.read(LARGEST_ANSWER))
    except (OSError, ValueError, RecursionError):
        return None
    return value if isinstance(value, kind) else None


def told_list(name: str) -> list[str] | None:
    value = told(name, list)
    return None if value is None else [text for text in value if isinstance(text, str) and text.isprintable()]


def take(folder: Path, target: Path) -> None:
    """Copies what it made in the place of an empty folder: a link of it, hard or not, might lead to what is not its own."""
    target.rmdir()
    subprocess.run(["cp", "-R", "--no-dereference", "--preserve=mode,timestamps", str(folder), str(target)], check=True, env=CLEAN)


def shown(text: str, most: int = 200) -> str:
    return "".join(each if each.isprintable() else "?" for each in text)[:most]
