"""Installs the application, imports it once and keeps byte code of just what that touched.

Dependencies are at /srv/dependencies (the tree of their stage) and, to be imported, at /mnt, byte code of some of them at
/srv/ahead, the application's wheel at /opt; where it has none, its source is there, and goes to /app as it is. Writes /srv/app
(the application with its byte code), /srv/bytecode (byte code of dependencies) and /srv/static (folders that the application's
user may write to: /app, Django's STATIC_ROOT with its collected files and MEDIA_ROOT, Flask's instance folder, WRITABLE).
What is imported is a copy, and what it writes is told and thrown away: of that, byte code is taken where it is of the source
that ships, and what collecting static files made. It runs as root, so it may have changed any program and module of this stage:
what happens after it is done by what was loaded before, and what ships must be as it was.
Scripts of its own that no entry point tells (scripts=[…] of setup.py) are run with --version, to see what they import.
Environment: SOURCE_ONLY (yes/no), KEYS (variables that get a key of the build's own where they are not set), MODULES and LATE (to import, blank-separated; the latter need not be there), BYTECODE (used, all, none), DJANGO_SETTINGS_MODULE, STATIC
(auto, always, never), WRITABLE (paths, blank-separated), APP_UID, APP_GID, SOURCE_DATE_EPOCH (the application's), DEPENDENCIES_EPOCH. /run/env may hold more variables as JSON.
"""

from __future__ import annotations

import base64
import importlib.metadata
import json
import multiprocessing.pool
import multiprocessing.popen_fork
import multiprocessing.queues
import multiprocessing.synchronize
import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import sys
import sysconfig
import time
import zlib
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))  # an image's PYTHONSAFEPATH leaves it out
from install import install
from pypackager_bytecode import HEAD, cached, compiled, head, write
from writes import altered, changed, descendants, elsewhere, set_mark

PURELIB = sysconfig.get_path("purelib")
BYTECODE, APP, STATIC = Path("/srv/bytecode"), Path("/srv/app"), Path("/srv/static")
COPY, COLLECTED = Path("/srv/copy"), Path("/srv/collected")
WORK = COPY / "app"  # the folder that it is started in
# Each stands for / of the image: what is imported, what that is a copy of, where the import leaves byte code, where that goes.
TREES = {"application": COPY, "dependencies": Path("/mnt")}
ORIGINALS = {"application": APP, "dependencies": Path("/srv/dependencies")}
MADE = {"application": Path("/srv/made/app"), "dependencies": Path("/srv/made/bytecode")}
TARGETS = {"application": APP, "dependencies": BYTECODE}
EPOCHS = {"application": "SOURCE_DATE_EPOCH", "dependencies": "DEPENDENCIES_EPOCH"}
TRIAL = Path("/srv/trial")
PYCACHE = Path("/srv/pycache")
LIMIT_SECONDS = 20
SCRIPTS = 8  # run at most
COLLECTING_SECONDS = 120
MOST_SAID = 64_000  # BuildKit leaves the rest of a step's output away after 100 kB in a second
NAMED, TOLD = 5, 100  # of what it wrote: in the notice, and in the log
WRITTEN_BY_CUSTOM = {"cache", "data", "db", "instance", "log", "logs", "media", "storage", "temp", "tmp", "upload", "uploads", "var"}
OF_SYSTEM = re.compile(
    r"/(usr/(s?bin|lib(32|64|x32)?|local/(s?bin|lib(32|64|x32)?))|s?bin|lib(32|64|x32)?|boot|dev|etc|proc|root|sys|appenv/bin)(/|$)"
    r"|/(usr|usr/local|appenv|appenv/lib(/python[\d.]+(/site-packages)?)?)?$"
)
PASSING = ("/tmp/", "/var/tmp/", "/dev/", "/root/")
THROW_AWAY_KEY = "for-the-build-only-2xK9vQ7mZr4TnB8wLcYs6HdJf3GpAe5UoWiNqX1"  # that of plan/throw-away-key.ts
SOURCE_ONLY = os.environ.get("SOURCE_ONLY") == "yes"
OWNER = (int(os.environ["APP_UID"]), int(os.environ["APP_GID"]))


def stretched(seconds: float) -> float:
    """Up to four times as long on a busy machine: what is kept must not depend on what else runs there."""
    return seconds * min(4.0, max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1)))


def site_folder(tree: Path) -> Path:
    return Path(f"{tree}{PURELIB}")


def copy_source(source: Path, folder: Path) -> None:
    """As the release will hold it: readable by the application's user."""
    shutil.copytree(source, folder, symlinks=True)
    subprocess.run(["chmod", "-R", "u=rwX,go=rX", str(folder)], check=True)
    os.chown(folder, *OWNER)


def distributions() -> list[importlib.metadata.Distribution]:
    return list(importlib.metadata.Distribution.discover(path=[str(site_folder(TREES["application"]))]))


def console_script_modules(of_extras: bool) -> list[str]:
    """of_extras: of those that say which extra they need (`name = module:object [extra]`), which may not be there."""
    entries = [e for d in distributions() for e in d.entry_points if e.group in ("console_scripts", "gui_scripts")]
    return [e.module for e in entries if e.value.rstrip().endswith("]") == of_extras]


def home() -> dict[str, str]:
    """The folder of the image's user, where that is the application's."""
    try:
        return {"HOME": str(WORK)} if pwd.getpwuid(OWNER[0]).pw_dir == "/app" else {}
    except KeyError:
        return {}


def environment() -> dict[str, str]:
    given = Path("/run/env")
    return {
        **{name: THROW_AWAY_KEY for name in os.environ.get("KEYS", "").split()},
        **os.environ,
        **(json.loads(given.read_text()) if given.exists() else {}),
        "MODULES": " ".join([*os.environ.get("MODULES", "").split(), *console_script_modules(of_extras=False)]),
        "LATE": " ".join([*os.environ.get("LATE", "").split(), *console_script_modules(of_extras=True)]),
        "TRIAL_PATHS": json.dumps([str(site_folder(tree)) for tree in TREES.values()]),
        "TRIAL_TREES": json.dumps({str(tree): str(MADE[kind]) for kind, tree in TREES.items()}),
        "TRIAL_SOURCE": json.dumps(str(WORK) if SOURCE_ONLY else ""),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONSAFEPATH": "",
        **home(),
    }


def told(name: str) -> Any:
    file = TRIAL / f"{name}.json"
    return json.loads(file.read_text()) if file.exists() else None


def copy_application() -> None:
    """What is imported: no program that runs from here on sees the tree that ships."""
    subprocess.run(["cp", "-a", "--reflink=auto", str(APP), str(COPY)], check=True)
    WORK.mkdir(exist_ok=True)
    prctl(4, 0)  # PR_SET_DUMPABLE: no other process reads or writes the memory of this one
    set_mark()


def load() -> str | None:
    """Imports the application and collects its static files. @returns why it came to no end"""
    TRIAL.mkdir(parents=True)
    command = [sys.executable, str(Path(__file__).with_name("load.py"))]
    prctl(36, 1)  # PR_SET_CHILD_SUBREAPER: what it leaves running becomes a child of this process, and can be found
    child = subprocess.Popen(command, env=environment(), cwd=WORK, stdin=subprocess.DEVNULL)
    try:
        code = child.wait(stretched(LIMIT_SECONDS))
    except subprocess.TimeoutExpired:
        try:
            if told("touched") is None:
                raise
            code = child.wait(stretched(COLLECTING_SECONDS))
        except subprocess.TimeoutExpired as error:
            child.kill()
            child.wait()
            return f"it took longer than {error.timeout:.0f} s"
    return f"it ended with exit code {code}" if code else None


def prctl(option: int, value: int) -> None:
    try:
        import ctypes

        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
    except (ImportError, OSError, AttributeError):
        pass


def end_left_running() -> list[str]:
    """Ends what the application left running, before it writes more. @returns its programs"""
    found: dict[int, str] = {}
    while left := descendants():
        for pid in left:
            try:
                found.setdefault(pid, Path(f"/proc/{pid}/cmdline").read_text("utf-8", "replace").replace("\0", " ").strip()[:80])
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass  # it has ended meanwhile
        time.sleep(0.01)
    return sorted({*found.values()})


def shown(text: str) -> str:
    return "".join(each if each.isprintable() else "?" for each in text)[:200]


def found_written() -> tuple[list[str], list[str]]:
    """What the application wrote, and what it removed."""
    written, removed = [], []
    for kind, tree in TREES.items():
        more, less = changed(str(tree), str(ORIGINALS[kind]))
        written, removed = written + more, removed + less
    return written + elsewhere(but=(f"{PURELIB}/trial.pth",)), removed


def refuse_touched() -> None:
    """Ends the stage where what ships is not as it was before code of others ran."""
    found = altered(APP) or next((str(folder) for folder in (BYTECODE, STATIC) if os.path.lexists(folder)), None)
    if found:
        print(f"pypackager: error: code that was imported wrote to {shown(found)}, where the image is made", flush=True)
        sys.exit(1)


def say_written(written: list[str], removed: list[str], left: list[str]) -> None:
    """Names what is not in the image, though the application wrote it: whoever needs it must learn where it belongs."""
    lasting = [path for path in written if not path.startswith(PASSING)]
    if lasting:
        more = f" and {len(lasting) - NAMED} more" if len(lasting) > NAMED else ""
        named = ", ".join(map(shown, lasting[:NAMED]))
        advice = "Nothing of that is in the image: give it a volume or another path, or let it be made when the application starts."
        print(f"pypackager: notice: your application writes {named}{more} when it is imported. {advice}", flush=True)
    rest = [path for path in written if path not in lasting[:NAMED]]
    for what, each in (("also writes", rest), ("removes", removed), ("leaves running, which is ended,", left)):
        for start in range(0, min(len(each), TOLD), NAMED):
            print(f"pypackager: note: when it is imported, it {what} {', '.join(map(shown, each[start:start + NAMED]))}", flush=True)
        if len(each) > TOLD:
            print(f"pypackager: note: when it is imported, it {what} {len(each) - TOLD} more", flush=True)


def say_imported() -> None:
    """What was imported of dependencies, for whoever reads the log: the next run compiles that ahead."""
    imported = told("imported")
    if imported is None:
        return
    text = base64.b64encode(zlib.compress("\n".join(imported).encode())).decode()
    if len(text) > MOST_SAID:
        return
    for start in range(0, len(text), 800):
        print(f"pypackager: imported: {text[start:start + 800]}")
    print("pypackager: imported: .", flush=True)


def own_scripts() -> list[Path]:
    """Scripts of the application that are files of their own; what manage.py imports, the site does too."""
    scripts = Path(f"{COPY}/appenv/bin")
    made = {e.name for d in distributions() for e in d.entry_points}
    found = sorted(scripts.iterdir()) if scripts.is_dir() else []
    return [f for f in found if f.name not in {*made, "manage.py"} and f.read_bytes()[:20].startswith(b"#!/appenv/bin/python")][:SCRIPTS]


def start_scripts() -> list[subprocess.Popen[bytes]]:
    """Runs them beside the import; Python notes below PYCACHE what they import, in children of theirs too."""
    scripts = own_scripts()
    if not scripts:
        return []
    lines = [f"import site; site.addsitedir({str(site_folder(tree))!r})\n" for tree in TREES.values()]
    Path(PURELIB, "trial.pth").write_text("".join(lines))  # of this stage alone
    path = ":".join([*(f"{tree}/appenv/bin" for tree in TREES.values()), os.environ["PATH"]])
    told = {"PATH": path, "HOME": "/srv/home", "PYTHONPYCACHEPREFIX": str(PYCACHE), "PYTHONDONTWRITEBYTECODE": ""}
    env, cwd = {**environment(), **told}, Path("/srv/scripts")
    cwd.mkdir()
    nowhere = subprocess.DEVNULL
    return [
        subprocess.Popen([str(f), "--version"], env=env, cwd=cwd, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True)
        for f in scripts
    ]


def noted_by_scripts(running: list[subprocess.Popen[bytes]], end: float) -> list[Path]:
    for child in running:
        try:
            child.wait(max(0.0, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
    notes = [Path("/") / note.relative_to(PYCACHE) for note in PYCACHE.rglob("*.pyc")]
    return [note.with_name(note.name.split(".")[0] + ".py") for note in notes]


Named = tuple[str, str]  # a kind of tree, and a path in the image


def chosen_files(cut_short: str | None, noted: list[Path]) -> list[Named]:
    """Python files that ship whose byte code is kept: of those that importing touched, or of every one."""
    mode, touched = os.environ.get("BYTECODE", "used"), told("touched")
    if mode == "none":
        return []
    if mode == "used" and touched is not None:
        used = sorted({*(os.path.normpath(str(file)) for file in touched), *map(str, noted)})
        named = [(kind, file[len(str(tree)) :]) for file in used for kind, tree in TREES.items() if file.startswith(f"{tree}/")]
        return [(kind, name) for kind, name in named if name.endswith(".py") and Path(f"{ORIGINALS[kind]}{name}").is_file()]
    if mode == "used":
        reason = told("fault") or cut_short
        print(f"pypackager: notice: byte code is made for every module, because the trial import failed: {reason}", flush=True)
    return sorted((kind, str(f)[len(str(tree)) :]) for kind, tree in ORIGINALS.items() for f in tree.rglob("*.py"))


def take_made(named: Named) -> bool:
    """Takes byte code that the import left, where it is of the source that ships."""
    kind, name = named
    made, target = cached(f"{MADE[kind]}{name}"), cached(f"{TARGETS[kind]}{name}")
    try:
        status = os.lstat(made)
        with open(made, "rb") as file, open(f"{ORIGINALS[kind]}{name}", "rb") as text:
            fits = file.read(HEAD) == head(text.read(), kind == "application")
        if not fits or not stat.S_ISREG(status.st_mode) or status.st_nlink != 1:
            return False
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.rename(made, target)
    except OSError:
        return False
    return True


def compile_file(named: Named) -> None:
    kind, name = named
    try:
        content = compiled(f"{ORIGINALS[kind]}{name}", name, kind == "application")
    except Exception:
        return  # it would not be imported either
    write(cached(f"{TARGETS[kind]}{name}"), content)


def keep_bytecode(chosen: list[Named]) -> None:
    left = [named for named in chosen if not take_made(named)]
    if left:
        with multiprocessing.get_context("fork").Pool() as pool:
            pool.map(compile_file, left, chunksize=16)


def tell_static(cut_short: str | None) -> str | None:
    """Says what became of the static files. @returns the folder that holds them"""
    mode = os.environ.get("STATIC", "never")
    if mode == "never":
        return None
    static = told("static") or {"why": told("fault") or cut_short or "nothing was said"}
    if "broken" in static:
        print(f"pypackager: error: the static file {shown(str(static['broken']))} cannot be served: {shown(str(static['why']))}", flush=True)
        sys.exit(1)
    if not fit(str(static.get("root", "/app"))):
        static = {"why": f"STATIC_ROOT {shown(str(static['root']))} is a folder of the system"}
    if "why" in static:
        kind = "warning" if static.get("manifest") else "note" if static["why"] == "STATIC_ROOT is not set" else "notice"
        level = "error" if mode == "always" else kind
        until = "; until collectstatic has run, pages that name one answer 500" if level == "warning" else ""
        print(f"pypackager: {level}: no static files are collected: {static['why']}{until}", flush=True)
        return sys.exit(1) if mode == "always" else None
    count = sum(1 for path in Path(f"{COLLECTED}{static['root']}").rglob("*") if path.is_file())
    print(f"pypackager: note: {count} static files are collected to {static['root']}", flush=True)
    return str(static["root"])


def make_folder(path: Path) -> None:
    """A folder below /srv/static; what the image has of the way to it stays as it is there."""
    for folder in [*reversed(path.relative_to(STATIC).parents), path.relative_to(STATIC)]:
        here, there = STATIC / folder, Path("/") / folder
        here.mkdir(exist_ok=True)
        if there.is_dir():
            there_now = there.stat()
            os.chown(here, there_now.st_uid, there_now.st_gid)
            here.chmod(there_now.st_mode & 0o7777)


def folders_by_name() -> list[str]:
    """Folders of the source that applications write to by custom; one that holds code is none."""
    if not SOURCE_ONLY:
        return []
    named = [(Path(at), name) for at, folders, _ in os.walk(APP / "app") for name in folders if name.lower() in WRITTEN_BY_CUSTOM]
    return [f"/{(at / name).relative_to(APP)}" for at, name in named if next((at / name).rglob("*.py"), None) is None]


def keep_places(static_root: str | None) -> None:
    """Folders of the application's user, so that a fresh named volume over them is writable."""
    STATIC.mkdir()
    asked = [*(told("places") or []), *os.environ.get("WRITABLE", "").split(), *folders_by_name()]
    for place in ["/app", *sorted({path for path in asked if isinstance(path, str) and fit(path)} - {"/app"})]:
        shipped, folder = f"{APP}{place}", Path(f"{STATIC}{place}")
        if os.path.realpath(shipped) != shipped:  # what a link leads to has an owner of its own
            if place == static_root:
                print(f"pypackager: warning: {place} is a link in the source: the static files are not in the image", flush=True)
            continue
        if place != "/app" and os.path.exists(shipped):
            give(Path(shipped))
            if not os.path.isdir(shipped):
                continue
        make_folder(folder)
        if place == static_root:
            folder.rmdir()
            Path(f"{COLLECTED}{place}").rename(folder)
        give(folder)


def below(place: Path) -> list[str]:
    """A file or folder, and all in it."""
    return [str(place), *(os.path.join(at, name) for at, folders, files in os.walk(place) for name in folders + files)]


def give(place: Path) -> None:
    for path in below(place):
        os.chown(path, *OWNER, follow_symlinks=False)


def settle() -> None:
    trees = {**{TARGETS[kind]: epoch for kind, epoch in EPOCHS.items()}, STATIC: "DEPENDENCIES_EPOCH"}
    for tree, epoch in trees.items():
        tree.mkdir(parents=True, exist_ok=True)
        seconds = int(os.environ[epoch])
        for path in below(tree):
            os.utime(path, (seconds, seconds), follow_symlinks=False)


def fit(path: str) -> bool:
    """Whether a folder of that name may be the application's user's: programs and settings of the system may not."""
    return path.startswith("/") and os.path.normpath(path) == path and not OF_SYSTEM.match(path)


if __name__ == "__main__":
    if SOURCE_ONLY:
        copy_source(Path("/opt"), APP / "app")
    else:
        install(wheels=Path("/opt"), tree=APP)
    copy_application()
    end = time.monotonic() + stretched(LIMIT_SECONDS)
    scripts = start_scripts() if os.environ.get("BYTECODE", "used") == "used" else []
    reason = load()
    noted = noted_by_scripts(scripts, end)
    left = end_left_running()
    written, removed = found_written()  # before anything is added to the tree that they are compared with
    end_left_running()  # of programs that were changed
    refuse_touched()
    keep_bytecode(chosen_files(reason, noted))
    keep_places(tell_static(reason))
    settle()
    say_written(written, removed, left)
    say_imported()  # last: the words for the user must not be the ones that BuildKit leaves away
