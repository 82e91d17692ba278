"""Imports the installed application once and keeps byte code of just what that touched.

Dependencies are at /mnt, the application at /opt (trees as /srv/tree of their stages). Writes
/srv/bytecode (byte code of dependencies), /srv/app (the application with its byte code) and, for a Django
project with STATIC_ROOT, /srv/static (its collected static files).
Environment: MODULES (to import, blank-separated), DJANGO_SETTINGS_MODULE, STATIC (yes/no), APP_UID,
SOURCE_DATE_EPOCH (the application's), DEPENDENCIES_EPOCH.
"""

import importlib.metadata
import json
import os
import py_compile
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

PURELIB = sysconfig.get_path("purelib")
TREES = {"dependencies": Path("/mnt"), "application": Path("/opt")}
BYTECODE, APP, STATIC = Path("/srv/bytecode"), Path("/srv/app"), Path("/srv/static")
LIMIT_SECONDS = 20

# Run in a process of its own: an application may call exit, start threads or hang.
IMPORT = """
import importlib, json, os, site, sys
sys.path[:] = [p for p in sys.path if p]
for folder in json.loads(os.environ["TRIAL_PATHS"]):
    site.addsitedir(folder)
for module in os.environ["TRIAL_MODULES"].split():
    importlib.import_module(module)
if os.environ.get("DJANGO_SETTINGS_MODULE"):
    import django
    django.setup()
    from django.urls import get_resolver
    get_resolver().url_patterns
    from django.core.management import call_command
    call_command("check", verbosity=0)
files = [getattr(m, "__file__", None) for m in list(sys.modules.values())]
with open("/srv/touched.json", "w") as out:
    json.dump(sorted({f for f in files if f and f.endswith(".py")}), out)
"""

COLLECT = """
import json, os, site, sys
for folder in json.loads(os.environ["TRIAL_PATHS"]):
    site.addsitedir(folder)
import django
from django.conf import settings
django.setup()
root = getattr(settings, "STATIC_ROOT", None)
if "django.contrib.staticfiles" not in settings.INSTALLED_APPS or not root:
    print("pypackager: note: no static files collected: STATIC_ROOT is not set")
    sys.exit(0)
from django.core.management import call_command
target = "/srv/static" + os.path.abspath(str(root))
settings.STATIC_ROOT = target
call_command("collectstatic", interactive=False, verbosity=0)
with open("/srv/static-root", "w") as out:
    out.write(target)
"""


def site_folder(tree: Path) -> Path:
    return Path(f"{tree}{PURELIB}")


def environment() -> dict[str, str]:
    return {
        **os.environ,
        "TRIAL_PATHS": json.dumps([str(site_folder(tree)) for tree in TREES.values()]),
        "TRIAL_MODULES": os.environ.get("MODULES", ""),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "SECRET_KEY": os.environ.get("SECRET_KEY", "for-the-build-only"),
    }


def run(code: str) -> str | None:
    """The reason why it failed, or None."""
    try:
        result = subprocess.run(
            [sys.executable, "-c", code],
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


def used_files() -> list[Path]:
    """Python files that importing the application touched; every file when that failed."""
    os.environ["MODULES"] = " ".join([*os.environ.get("MODULES", "").split(), *console_script_modules()])
    reason = run(IMPORT)
    if reason is None:
        files = map(Path, json.loads(Path("/srv/touched.json").read_text()))
        return [f for f in files if any(f.is_relative_to(tree) for tree in TREES.values())]
    print(f"pypackager: notice: byte code is made for every module, because the trial import failed: {reason}", flush=True)
    return sorted(f for tree in TREES.values() for f in tree.rglob("*.py"))


def keep_bytecode(files: list[Path]) -> None:
    epochs = {"application": int(os.environ["SOURCE_DATE_EPOCH"]), "dependencies": int(os.environ["DEPENDENCIES_EPOCH"])}
    targets = {"application": APP, "dependencies": BYTECODE}
    shutil.copytree(TREES["application"], APP, symlinks=True, dirs_exist_ok=True)
    for file in files:
        kind = next(kind for kind, tree in TREES.items() if file.is_relative_to(tree))
        inside = file.relative_to(TREES[kind])
        cached = targets[kind] / inside.parent / "__pycache__" / f"{file.stem}.{sys.implementation.cache_tag}.pyc"
        try:
            # Unchecked: the image's files do not change, so their times need not be compared at each start.
            py_compile.compile(
                str(file), cfile=str(cached), dfile=f"/{inside}", doraise=True,
                invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
            )
        except py_compile.PyCompileError:
            continue  # a template or a file for another Python: it would not be imported either
    for kind, target in targets.items():
        target.mkdir(parents=True, exist_ok=True)
        settle(target, epochs[kind])


def settle(tree: Path, epoch: int) -> None:
    for path in [tree, *tree.rglob("*")]:
        os.utime(path, (epoch, epoch), follow_symlinks=False)


def collect_static() -> None:
    """Collects static files; a site whose settings need a service at this point goes without, and says so."""
    STATIC.mkdir(parents=True, exist_ok=True)
    if os.environ.get("STATIC") == "yes":
        reason = run(COLLECT)
        root = Path("/srv/static-root")
        if reason is not None:
            print(f"pypackager: notice: no static files collected: {reason}", flush=True)
            shutil.rmtree(STATIC)
            STATIC.mkdir()
        elif root.exists():
            uid = int(os.environ["APP_UID"])
            folder = Path(root.read_text())
            for path in [folder, *folder.rglob("*")]:
                os.chown(path, uid, uid, follow_symlinks=False)
    settle(STATIC, int(os.environ["DEPENDENCIES_EPOCH"]))


if __name__ == "__main__":
    keep_bytecode(used_files())
    collect_static()
