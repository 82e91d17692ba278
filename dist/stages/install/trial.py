"""Installs the application, imports it once and keeps byte code of just what that touched.

Dependencies are at /srv/dependencies (the tree of their stage), byte code of some of them at /srv/ahead, the image without the
application at /srv/image, the application's wheel at /opt; where it has none, its source is there, and goes to /app as it is. Writes
/srv/app (the application with its byte code), /srv/bytecode (byte code of dependencies), /srv/static (folders that the application's
user may write to: /app, Django's STATIC_ROOT with its collected files and MEDIA_ROOT, Flask's instance folder, WRITABLE) and
/srv/said (its words to the user).
This process is root's, was started with -I -S, and runs no code of others. What is imported is a copy, by the image's user (`foreign`): of
all that it writes, which is told and thrown away, only what collecting static files made is kept. Byte code is made by
another process of root's (`compiler`), of the files that ship.
Scripts of its own that no entry point tells (scripts=[…] of setup.py) are run with --version, to see what they import.
Environment: SOURCE_ONLY (yes/no), START_FOLDER (where the start command works), KEYS (variables that get a key of the build's own
where they are not set), MODULES and LATE (to import, blank-separated; the latter need not be there), BYTECODE (used, all, none),
DJANGO_SETTINGS_MODULE, STATIC (auto, always, never), STATIC_SERVED (yes), WRITABLE (paths, blank-separated), OF_SYSTEM (a pattern of
folders that stay root's), APP_UID, APP_GID, SOURCE_DATE_EPOCH (the application's), DEPENDENCIES_EPOCH. /run/env may hold more variables
as JSON.
"""

from __future__ import annotations

import base64
import importlib.metadata
import json
import os
import pwd
import shutil
import subprocess
import sys
import time
import zlib
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
import foreign
from compiling import Compiler
from install import install
from places import APP, ASKED, COLLECTED, OWNER, SOURCE_ONLY, STATIC, below, fit, keep_places
from said import keep as keep_said
from said import say
from shared import in_order, metadata_folders, name_of, owners, requirements, shared_files
from shared import told as told_shared
from trees import COPY, ORIGINALS, TARGETS, TREES, Named, named_of
from writes import set_mark
from written import found_refused, found_written, say_written

PURELIB = next(Path("/appenv/lib").glob("python3*/site-packages"))
WORK = COPY / "app"  # the folder that it is started in
EPOCHS = {"application": "SOURCE_DATE_EPOCH", "dependencies": "DEPENDENCIES_EPOCH"}
PYCACHE, CODE, SCRIPTS, SCRIPTS_HOME = Path("/srv/pycache"), Path("/srv/code"), Path("/srv/scripts"), Path("/srv/home")
LIMIT_SECONDS = 20
MOST_SCRIPTS = 8
COLLECTING_SECONDS = 120
UNSERVED = "the static files are served by no package of the image: if its urls do not, pages come without styles. Let whitenoise do it (its middleware in MIDDLEWARE), or the web server before it."
MOST_SAID = 64_000  # BuildKit leaves the rest of a step's output away after 100 kB in a second
THROW_AWAY_KEY = "for-the-build-only-2xK9vQ7mZr4TnB8wLcYs6HdJf3GpAe5UoWiNqX1"  # that of plan/throw-away-key.ts


def stretched(seconds: float) -> float:
    """Up to four times as long on a busy machine: what is kept must not depend on what else runs there."""
    return seconds * min(4.0, max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1)))


def site_folder(tree: Path) -> Path:
    return Path(f"{tree}{PURELIB}")


def copy_source(source: Path, folder: Path) -> None:
    """As the release will hold it: readable by the application's user."""
    shutil.copytree(source, folder, symlinks=True)
    subprocess.run(["chmod", "-R", "u=rwX,go=rX", str(folder)], check=True, env=foreign.CLEAN)


def distributions() -> list[importlib.metadata.Distribution]:
    return list(importlib.metadata.Distribution.discover(path=[str(site_folder(TREES["application"]))]))


def console_script_modules(of_extras: bool) -> list[str]:
    """of_extras: of those that say which extra they need (`name = module:object [extra]`), which may not be there."""
    entries = [e for d in distributions() for e in d.entry_points if e.group in ("console_scripts", "gui_scripts")]
    return [e.module for e in entries if e.value.rstrip().endswith("]") == of_extras]


def home() -> str:
    """As Docker sets it for the image's user; where that is the application's folder, the copy of that."""
    try:
        folder = pwd.getpwuid(OWNER[0]).pw_dir
    except KeyError:
        return "/"
    return str(WORK) if folder == "/app" else folder


def import_folders() -> list[str]:
    """Folders of the application's source that its modules are imported from, as the image's PYTHONPATH has them."""
    named = os.environ.get("PYTHONPATH", "").split(":") if SOURCE_ONLY else []
    return [folder for folder in named if f"{folder}/".startswith("/app/")]


def start_folder() -> Path:
    """Where the start command works, in the copy."""
    folder = Path(f"{COPY}{os.environ.get('START_FOLDER', '/app')}")
    return folder if folder.is_dir() else WORK


def environment(compiler: Compiler) -> dict[str, str]:
    given = Path("/run/env")
    return {
        **{name: THROW_AWAY_KEY for name in os.environ.get("KEYS", "").split()},
        **os.environ,
        **(json.loads(given.read_text()) if given.exists() else {}),
        "MODULES": " ".join([*os.environ.get("MODULES", "").split(), *console_script_modules(of_extras=False)]),
        "LATE": " ".join([*os.environ.get("LATE", "").split(), *console_script_modules(of_extras=True)]),
        "TRIAL_PATHS": json.dumps([str(site_folder(tree)) for tree in TREES.values()]),
        "TRIAL_TREES": json.dumps([str(tree) for tree in TREES.values()]),
        "TRIAL_COMPILER": json.dumps(compiler.asking),
        "TRIAL_SOURCE": json.dumps([f"{COPY}{folder}" for folder in import_folders()]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONSAFEPATH": "",
        "HOME": home(),
    }


def say_shared() -> None:
    """Of files that several packages bring, the project's among them."""
    dependencies, own = site_folder(TREES["dependencies"]), site_folder(APP)
    shared = shared_files(dependencies, own)
    if not shared:
        return
    ours = [name_of(folder) for folder in metadata_folders(own)]
    order = [*in_order(owners(shared) - set(ours), requirements(dependencies)), *ours]
    for level, text in told_shared(shared, order):
        say(level, text, "shared-files")


def copy_application() -> list[Path]:
    """What is imported, and where its user may write. @returns scripts to run beside the import"""
    subprocess.run(["cp", "-a", "--reflink=auto", str(APP), str(COPY)], check=True, env=foreign.CLEAN)
    foreign.own(WORK, foreign.TOLD_IN, COLLECTED, PYCACHE, SCRIPTS, SCRIPTS_HOME, Path("/app"))
    for folder in filter(fit, ASKED):
        # As the image will have it: an application may look for it when it is imported.
        for place in (Path(f"{COPY}{folder}"), Path(folder)):
            if not os.path.lexists(place):
                foreign.own(place)
    foreign.own_all(COPY)
    foreign.open_folders()
    CODE.mkdir()
    for name in ("load.py", "pypackager_bytecode.py", "pypackager_static.py"):  # readable, whatever the context's modes
        (CODE / name).write_bytes((HERE / name).read_bytes())
    scripts = own_scripts()
    if scripts:
        path = "".join(f"import site; site.addsitedir({str(site_folder(tree))!r})\n" for tree in TREES.values())
        Path(PURELIB, "trial.pth").write_text(path)  # of this stage alone; its folder changes, too
    set_mark()
    return scripts


def load(env: dict[str, str], compiler: Compiler) -> str | None:
    """Imports the application and collects its static files. @returns why it came to no end"""
    command = [sys.executable, str(CODE / "load.py")]
    child = foreign.start_shown(command, env=env, cwd=start_folder(), pass_fds=compiler.asking)
    compiler.hang_up()
    try:
        code = child.wait(stretched(LIMIT_SECONDS))
    except subprocess.TimeoutExpired:
        try:
            if foreign.told("touched", list) is None:
                raise
            code = child.wait(stretched(COLLECTING_SECONDS))
        except subprocess.TimeoutExpired as error:
            child.kill()
            child.wait()
            return f"it took longer than {error.timeout:.0f} s"
    return f"it ended with exit code {code}" if code else None


def say_imported(used: list[Named] | None) -> None:
    """What was imported of dependencies, for whoever reads the log: the next run compiles that ahead."""
    if used is None:
        return
    imported = [name[1:] for kind, name in used if kind == "dependencies"]
    text = base64.b64encode(zlib.compress("\n".join(imported).encode())).decode()
    if len(text) > MOST_SAID:
        return
    for start in range(0, len(text), 800):
        print(f"pypackager: imported: {text[start:start + 800]}")
    print("pypackager: imported: .", flush=True)


def own_scripts() -> list[Path]:
    """Scripts of the application that are files of their own, for their byte code; what manage.py imports, the site does too."""
    scripts = Path(f"{COPY}/appenv/bin")
    made = {e.name for d in distributions() for e in d.entry_points}
    found = sorted(scripts.iterdir()) if os.environ.get("BYTECODE", "used") == "used" and scripts.is_dir() else []
    return [f for f in found if f.name not in {*made, "manage.py"} and f.read_bytes()[:20].startswith(b"#!/appenv/bin/python")][:MOST_SCRIPTS]


def start_scripts(scripts: list[Path], env: dict[str, str]) -> list[subprocess.Popen[bytes]]:
    """Runs them beside the import; Python notes below PYCACHE what they import, in children of theirs too."""
    path = ":".join([*(f"{tree}/appenv/bin" for tree in TREES.values()), os.environ["PATH"]])
    told = {"PATH": path, "HOME": str(SCRIPTS_HOME), "PYTHONPYCACHEPREFIX": str(PYCACHE), "PYTHONDONTWRITEBYTECODE": ""}
    nowhere = subprocess.DEVNULL
    return [foreign.start([str(f), "--version"], env={**env, **told}, cwd=SCRIPTS, stdout=nowhere, stderr=nowhere) for f in scripts]


def noted_by_scripts(running: list[subprocess.Popen[bytes]], end: float) -> list[str]:
    """Files that they imported; those that take too long are ended with all others."""
    for child in running:
        try:
            child.wait(max(0.0, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    notes = [os.path.join(at[len(str(PYCACHE)) :], name) for at, _, names in os.walk(PYCACHE) for name in names if name.endswith(".pyc")]
    return [f"{note.rpartition('/')[0]}/{note.rpartition('/')[2].split('.')[0]}.py" for note in notes]


def used_files(noted: list[str]) -> list[Named] | None:
    """Python files that ship and that the import touched, by its own word; None where it came to no end."""
    touched = foreign.told_list("touched")
    if touched is None:
        return None
    return sorted({named for path in [*map(os.path.normpath, touched), *noted] if (named := named_of(path))})


def chosen_files(used: list[Named] | None, cut_short: str | None) -> list[Named]:
    """Those whose byte code is kept."""
    mode = os.environ.get("BYTECODE", "used")
    if mode == "none":
        return []
    if mode == "used" and used is not None:
        return used
    if mode == "used":
        reason = foreign.shown(foreign.told("fault", str) or cut_short or "nothing was said", 400)
        say("notice", f"byte code is made for every module, because the trial import failed: {reason}", "byte-code")
    return sorted((kind, str(f)[len(str(tree)) :]) for kind, tree in ORIGINALS.items() for f in tree.rglob("*.py"))


def served() -> bool:
    """Whether the start command or a package serves the static files; Django does not on its own, but while it debugs."""
    packages = ("whitenoise", "servestatic", "dj_static", "blacknoise")
    return os.environ.get("STATIC_SERVED") == "yes" or any((site_folder(TREES["dependencies"]) / name).is_dir() for name in packages)


def tell_static(cut_short: str | None) -> str | None:
    """Says what became of the static files. @returns the folder that holds them"""
    mode = os.environ.get("STATIC", "never")
    if mode == "never":
        return None
    static = foreign.told("static", dict) or {}
    root, why = str(static.get("root") or ""), str(static.get("why") or foreign.told("fault", str) or cut_short or "nothing was said")
    if "broken" in static:
        broken = foreign.shown(str(static["broken"]))
        say("error", f"the static file {broken} cannot be served: {foreign.shown(why)}", "static-broken")
        sys.exit(1)
    if root and not (root.isprintable() and fit(root)):
        root, why = "", f"STATIC_ROOT {root} is a folder of the system"
    if not root:
        kind = "warning" if static.get("manifest") else "note" if why == "STATIC_ROOT is not set" else "notice"
        level = "error" if mode == "always" else kind
        until = "; until collectstatic has run, pages that name one answer 500" if level == "warning" else ""
        say(level, f"no static files are collected: {foreign.shown(why, 400)}{until}", "no-static")
        return sys.exit(1) if mode == "always" else None
    count = sum(len(names) for _, _, names in os.walk(COLLECTED))
    say("note", f"{count} static {'file is' if count == 1 else 'files are'} collected to {foreign.shown(root)}")
    return root if count == 0 or served() else say("notice", UNSERVED, "unserved") or root


def settle() -> None:
    trees = {**{TARGETS[kind]: epoch for kind, epoch in EPOCHS.items()}, STATIC: "DEPENDENCIES_EPOCH"}
    for tree, epoch in trees.items():
        tree.mkdir(parents=True, exist_ok=True)
        seconds = int(os.environ[epoch])
        for path in below(tree):
            os.utime(path, (seconds, seconds), follow_symlinks=False)


if __name__ == "__main__":
    foreign.protect()
    compiler = Compiler()  # it starts meanwhile
    if SOURCE_ONLY:
        copy_source(Path("/opt"), APP / "app")
    else:
        install(wheels=Path("/opt"), tree=APP)
    say_shared()
    own = copy_application()
    env = environment(compiler)  # before anything of others runs
    end = time.monotonic() + stretched(LIMIT_SECONDS)
    scripts = start_scripts(own, env)
    reason = load(env, compiler)
    noted = noted_by_scripts(scripts, end)
    left = foreign.end_all()  # from here on nothing changes any more
    written, removed = found_written()  # before anything is added to the tree that they are compared with
    used = used_files(noted)
    compiler.keep(chosen_files(used, reason))
    keep_places(tell_static(reason))
    settle()
    say_written(written, removed, found_refused(), left)
    keep_said()
    say_imported(used)  # last: the words for the user must not be the ones that BuildKit leaves away
