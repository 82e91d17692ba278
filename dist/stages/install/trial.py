"""Installs the application, imports it once and keeps byte code of just what that touched.

Dependencies are at /mnt (the tree of their stage), byte code of some of them at /srv/ahead, the application's wheel at /opt; where it has none,
its source is there, and goes to /app as it is. Writes /srv/app (the application with its byte code),
/srv/bytecode (byte code of dependencies) and /srv/static (folders that the application's user may write to:
/app, and Django's STATIC_ROOT with its collected files and MEDIA_ROOT).
Scripts of its own that no entry point tells (scripts=[…] of setup.py) are run with --version, to see what they import.
Environment: SOURCE_ONLY (yes/no), MODULES and LATE (to import, blank-separated; the latter need not be there), BYTECODE (used, all, none), DJANGO_SETTINGS_MODULE, STATIC
(auto, always, never), APP_UID, APP_GID, SOURCE_DATE_EPOCH (the application's), DEPENDENCIES_EPOCH. /run/env may hold more variables as JSON.
"""

from __future__ import annotations

import base64
import importlib.metadata
import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
import zlib
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))  # an image's PYTHONSAFEPATH leaves it out
from install import install, settle_times
from pypackager_bytecode import cached, compiled, write

PURELIB = sysconfig.get_path("purelib")
BYTECODE, APP, STATIC = Path("/srv/bytecode"), Path("/srv/app"), Path("/srv/static")
TREES = {"dependencies": Path("/mnt"), "application": APP}
TARGETS = {"application": APP, "dependencies": BYTECODE}
TRIAL, WORK = Path("/srv/trial"), Path("/srv/work")
PYCACHE = Path("/srv/pycache")
LIMIT_SECONDS = 20
SCRIPTS = 8  # run at most
COLLECTING_SECONDS = 120
MOST_SAID = 64_000  # BuildKit leaves the rest of a step's output away after 100 kB in a second
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


def environment() -> dict[str, str]:
    given = Path("/run/env")
    key = "for-the-build-only-" + "0" * 40  # long enough for every rule
    return {
        "SECRET_KEY": key,
        "DJANGO_SECRET_KEY": key,
        **os.environ,
        **(json.loads(given.read_text()) if given.exists() else {}),
        "MODULES": " ".join([*os.environ.get("MODULES", "").split(), *console_script_modules(of_extras=False)]),
        "LATE": " ".join([*os.environ.get("LATE", "").split(), *console_script_modules(of_extras=True)]),
        "TRIAL_PATHS": json.dumps([str(site_folder(tree)) for tree in TREES.values()]),
        "TRIAL_TREES": json.dumps({str(tree): str(TARGETS[kind]) for kind, tree in TREES.items()}),
        "TRIAL_SOURCE": json.dumps(str(APP / "app") if SOURCE_ONLY else ""),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONSAFEPATH": "",
    }


def told(name: str) -> Any:
    file = TRIAL / f"{name}.json"
    return json.loads(file.read_text()) if file.exists() else None


def load() -> str | None:
    """Imports the application and collects its static files. @returns why it came to no end"""
    TRIAL.mkdir(parents=True)
    # What it writes where it is started stays out of the image; what it reads there is there.
    if SOURCE_ONLY:
        shutil.copytree(APP / "app", WORK, symlinks=True)
    else:
        WORK.mkdir()
    command = [sys.executable, str(Path(__file__).with_name("load.py"))]
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
    scripts = Path(f"{APP}/appenv/bin")
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


def chosen_files(cut_short: str | None, noted: list[Path]) -> list[Path]:
    """Python files whose byte code is still to be made: those that importing touched and did not compile itself, or every one."""
    mode, touched = os.environ.get("BYTECODE", "used"), told("touched")
    if mode == "none":
        return []
    if mode == "used" and touched is not None:
        used = sorted({*map(Path, touched), *noted})
        return [f for f in used if f.exists() and any(f.is_relative_to(tree) for tree in TREES.values())]
    if mode == "used":
        reason = told("fault") or cut_short
        print(f"pypackager: notice: byte code is made for every module, because the trial import failed: {reason}", flush=True)
    return sorted(f for tree in TREES.values() for f in tree.rglob("*.py"))


def compile_file(file: Path) -> None:
    kind = next(kind for kind, tree in TREES.items() if file.is_relative_to(tree))
    name = f"/{file.relative_to(TREES[kind])}"
    try:
        content = compiled(str(file), name)
    except Exception:
        return  # it would not be imported either
    write(cached(f"{TARGETS[kind]}{name}"), content)


def keep_bytecode(files: list[Path]) -> None:
    if files:
        with multiprocessing.get_context("fork").Pool() as pool:
            pool.map(compile_file, files, chunksize=16)
    for kind, epoch in (("application", "SOURCE_DATE_EPOCH"), ("dependencies", "DEPENDENCIES_EPOCH")):
        TARGETS[kind].mkdir(parents=True, exist_ok=True)
        settle_times(TARGETS[kind], os.environ[epoch])


def tell_static(cut_short: str | None) -> str | None:
    """Says what became of the static files. @returns the folder that holds them"""
    mode = os.environ.get("STATIC", "never")
    if mode == "never":
        return None
    static = told("static") or {"why": told("fault") or cut_short or "nothing was said"}
    if "why" in static:
        level = "error" if mode == "always" else "note" if static["why"] == "STATIC_ROOT is not set" else "notice"
        print(f"pypackager: {level}: no static files are collected: {static['why']}", flush=True)
        return sys.exit(1) if mode == "always" else None
    count = sum(1 for path in Path(f"{STATIC}{static['root']}").rglob("*") if path.is_file())
    print(f"pypackager: note: {count} static files are collected to {static['root']}", flush=True)
    return static["root"]


def make_folder(path: Path) -> None:
    """A folder below /srv/static; what the image has of the way to it stays as it is there."""
    for folder in [*reversed(path.relative_to(STATIC).parents), path.relative_to(STATIC)]:
        here, there = STATIC / folder, Path("/") / folder
        here.mkdir(exist_ok=True)
        if there.is_dir():
            there_now = there.stat()
            os.chown(here, there_now.st_uid, there_now.st_gid)
            here.chmod(there_now.st_mode & 0o7777)


def keep_places(static_root: str | None) -> None:
    """Folders of the application's user, so that a fresh named volume over them is writable."""
    places = ["/app", *(told("places") or [])]
    if static_root is None and STATIC.exists():
        shutil.rmtree(STATIC)  # half-collected ones are none
    STATIC.mkdir(exist_ok=True)
    for place in places:
        folder = Path(f"{STATIC}{place}")
        make_folder(folder)
        for path in [folder, *folder.rglob("*")] if place == static_root else [folder]:
            os.chown(path, *OWNER, follow_symlinks=False)
    settle_times(STATIC, os.environ["DEPENDENCIES_EPOCH"])


if __name__ == "__main__":
    if SOURCE_ONLY:
        copy_source(Path("/opt"), APP / "app")
    else:
        install(wheels=Path("/opt"), tree=APP)
    end = time.monotonic() + stretched(LIMIT_SECONDS)
    scripts = start_scripts() if os.environ.get("BYTECODE", "used") == "used" else []
    reason = load()
    keep_bytecode(chosen_files(reason, noted_by_scripts(scripts, end)))
    keep_places(tell_static(reason))
    say_imported()  # last: the words for the user must not be the ones that BuildKit leaves away
