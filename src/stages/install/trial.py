"""Installs the application, imports it once and keeps byte code of just what that touched.

Dependencies are at /mnt (the tree of their stage), the application's wheel at /opt; where it has none,
its source is there, and goes to /app as it is. Writes /srv/app (the
application with its byte code), /srv/bytecode (byte code of dependencies) and, for a Django project with
STATIC_ROOT, /srv/static (its collected static files).
Environment: SOURCE_ONLY (yes/no), MODULES (to import, blank-separated), DJANGO_SETTINGS_MODULE, STATIC (yes/no), APP_UID,
SOURCE_DATE_EPOCH (the application's), DEPENDENCIES_EPOCH.
"""

from __future__ import annotations

import importlib.metadata
import json
import multiprocessing
import os
import py_compile
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from install import install, settle_times

PURELIB = sysconfig.get_path("purelib")
BYTECODE, APP, STATIC = Path("/srv/bytecode"), Path("/srv/app"), Path("/srv/static")
TREES = {"dependencies": Path("/mnt"), "application": APP}
TARGETS = {"dependencies": BYTECODE, "application": APP}  # where their byte code goes
LIMIT_SECONDS = 20
SOURCE_ONLY = os.environ.get("SOURCE_ONLY") == "yes"

# Run in a process of its own: an application may call exit, start threads or hang.
CODE = """
import importlib, importlib.util, json, marshal, os, site, sys
from importlib.machinery import SourceFileLoader

# What is compiled to be imported is kept as byte code (PEP 552, not checked at start): compiling it again would take as
# long as the import. Before a module runs, so that the bytes follow from its source alone, and named as in the image.
compiled, compile_source = {}, SourceFileLoader.source_to_code
targets = json.loads(os.environ["TRIAL_TARGETS"])

def named(code, name):
    consts = tuple(named(const, name) if isinstance(const, type(code)) else const for const in code.co_consts)
    return code.replace(co_filename=name, co_consts=consts)

def keep_compiled(self, data, path, *args, **more):
    code = compile_source(self, data, path, *args, **more)
    tree = next((tree for tree in targets if str(path).startswith(tree + "/")), None)
    if tree and type(self) is SourceFileLoader:  # loaders of other kinds may change what they read
        head = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + importlib.util.source_hash(bytes(data))
        compiled[path] = (tree, head + marshal.dumps(named(code, path[len(tree):])))
    return code

SourceFileLoader.source_to_code = keep_compiled
sys.path[:] = [p for p in sys.path if p]
for folder in json.loads(os.environ["TRIAL_PATHS"]):
    site.addsitedir(folder)
if os.environ["TRIAL_SOURCE"]:
    sys.path.insert(0, os.environ["TRIAL_SOURCE"])
for module in os.environ["TRIAL_MODULES"].split():
    importlib.import_module(module)
if os.environ.get("DJANGO_SETTINGS_MODULE"):
    import django
    django.setup()
    from django.urls import get_resolver
    get_resolver().url_patterns
    from django.core.management import call_command
    with open(os.devnull, "w") as nowhere:
        call_command("check", stdout=nowhere)
files = [getattr(m, "__file__", None) for m in list(sys.modules.values())]
touched = sorted({f for f in files if f and f.endswith(".py")})
for file in touched:
    if file in compiled:
        tree, content = compiled[file]
        folder, name = os.path.split(targets[tree] + file[len(tree):])
        os.makedirs(folder + "/__pycache__", exist_ok=True)
        with open(f"{folder}/__pycache__/{name[:-3]}.{sys.implementation.cache_tag}.pyc", "wb") as out:
            out.write(content)
with open("/srv/touched.json", "w") as out:
    json.dump([file for file in touched if file not in compiled], out)

if os.environ.get("STATIC") == "yes":
    from django.conf import settings
    root = getattr(settings, "STATIC_ROOT", None)
    if "django.contrib.staticfiles" in settings.INSTALLED_APPS and root:
        root = os.path.abspath(str(root))
        for tree in json.loads(os.environ["TRIAL_TREES"]):
            root = root.removeprefix(tree) if root.startswith(tree + "/") else root  # where it will be in the image
        target = "/srv/static" + root
        settings.STATIC_ROOT = target
        call_command("collectstatic", interactive=False, verbosity=0)
        with open("/srv/static-root", "w") as out:
            out.write(target)
    else:
        print("pypackager: note: no static files are collected: STATIC_ROOT is not set", flush=True)
"""


def site_folder(tree: Path) -> Path:
    return Path(f"{tree}{PURELIB}")


def copy_source(source: Path, folder: Path) -> None:
    """As the release will hold it: readable by the application's user, who owns the folder itself."""
    shutil.copytree(source, folder, symlinks=True)
    subprocess.run(["chmod", "-R", "u=rwX,go=rX", str(folder)], check=True)
    uid = int(os.environ["APP_UID"])
    os.chown(folder, uid, uid)


def environment() -> dict[str, str]:
    return {
        **os.environ,
        "TRIAL_PATHS": json.dumps([str(site_folder(tree)) for tree in TREES.values()]),
        "TRIAL_TARGETS": json.dumps({str(tree): str(TARGETS[kind]) for kind, tree in TREES.items()}),
        "TRIAL_TREES": json.dumps(list(map(str, TREES.values()))),
        "TRIAL_SOURCE": str(APP / "app") if SOURCE_ONLY else "",
        "TRIAL_MODULES": os.environ.get("MODULES", ""),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "SECRET_KEY": os.environ.get("SECRET_KEY", "for-the-build-only"),
    }


def run() -> str | None:
    """The reason why the trial failed, or None."""
    try:
        result = subprocess.run(
            [sys.executable, "-c", CODE],
            env=environment(), cwd="/tmp", text=True, timeout=LIMIT_SECONDS,
            stdin=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )
    except subprocess.TimeoutExpired:
        return f"it took longer than {LIMIT_SECONDS} s"
    if result.returncode:
        return (result.stderr.strip().splitlines() or [f"exit code {result.returncode}"])[-1]
    return None


def console_script_modules() -> list[str]:
    scripts = importlib.metadata.Distribution.discover(path=[str(site_folder(TREES["application"]))])
    return [e.module for d in scripts for e in d.entry_points if e.group in ("console_scripts", "gui_scripts")]


def uncompiled_files() -> list[Path]:
    """Python files that importing the application touched and that it has no byte code of yet; every file when that failed."""
    os.environ["MODULES"] = " ".join([*os.environ.get("MODULES", "").split(), *console_script_modules()])
    reason = run()
    touched = Path("/srv/touched.json")
    if touched.exists():
        if reason:
            print(f"pypackager: notice: no static files are collected: {reason}", flush=True)
        files = map(Path, json.loads(touched.read_text()))
        return [f for f in files if any(f.is_relative_to(tree) for tree in TREES.values())]
    print(f"pypackager: notice: byte code is made for every module, because the trial import failed: {reason}", flush=True)
    return sorted(f for tree in TREES.values() for f in tree.rglob("*.py"))


def compile_file(file: Path) -> None:
    kind = next(kind for kind, tree in TREES.items() if file.is_relative_to(tree))
    inside = file.relative_to(TREES[kind])
    cached = TARGETS[kind] / inside.parent / "__pycache__" / f"{file.stem}.{sys.implementation.cache_tag}.pyc"
    try:
        # Unchecked: the image's files do not change, so their times need not be compared at each start.
        py_compile.compile(
            str(file), cfile=str(cached), dfile=f"/{inside}", doraise=True,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )
    except py_compile.PyCompileError:
        pass  # a template or a file for another Python: it would not be imported either


def keep_bytecode(files: list[Path]) -> None:
    if files:
        with multiprocessing.get_context("fork").Pool() as pool:
            pool.map(compile_file, files, chunksize=16)
    for kind, epoch in (("application", "SOURCE_DATE_EPOCH"), ("dependencies", "DEPENDENCIES_EPOCH")):
        TARGETS[kind].mkdir(parents=True, exist_ok=True)
        settle_times(TARGETS[kind], os.environ[epoch])


def keep_static() -> None:
    """Collected static files belong to the application's user, so that a fresh named volume over them is writable."""
    STATIC.mkdir(parents=True, exist_ok=True)
    root = Path("/srv/static-root")
    if root.exists():
        uid = int(os.environ["APP_UID"])
        folder = Path(root.read_text())
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, uid, uid, follow_symlinks=False)
    else:
        shutil.rmtree(STATIC)  # half-collected ones are none
        STATIC.mkdir()
    settle_times(STATIC, os.environ["DEPENDENCIES_EPOCH"])


if __name__ == "__main__":
    if SOURCE_ONLY:
        copy_source(Path("/opt"), APP / "app")
    else:
        install(wheels=Path("/opt"), tree=APP)
    keep_bytecode(uncompiled_files())
    keep_static()
