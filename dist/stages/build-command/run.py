"""Runs the user's commands in the builder, on a copy of the source at /application, and keeps what they changed.

Reads /srv/source, /srv/commands/commands.json (lines of a shell) and /wheelhouse, whose wheels are installed into
/appenv first. Writes changed and new files to /srv/out/files, the paths of removed ones to /srv/out/removed.json, and those of links,
which are left out, to /srv/out/links.json.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

UV = "/media/uv"
SOURCE, APPLICATION, OUT = Path("/srv/source"), Path("/application"), Path("/srv/out")
WHEELHOUSE, PIP, TOOLS = Path("/wheelhouse"), Path("/opt/wheel-tools/pip"), Path("/tmp/build-command")


def prints(folder: Path) -> dict[str, str]:
    """What each file is, by its path: content and executable bit, or where a link leads."""
    found = {}
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for path in (Path(place, name) for name in [*files, *folders]):
            name = str(path.relative_to(folder))
            if path.is_symlink():
                found[name] = f"link {os.readlink(path)}"
            elif path.is_file():
                found[name] = f"{path.stat().st_mode & 0o100} {hashlib.sha256(path.read_bytes()).hexdigest()}"
    return found


def install_dependencies() -> None:
    wheels = sorted(map(str, WHEELHOUSE.glob("*.whl")))
    command = [UV, "pip", "install", "--quiet", "--no-cache", "--no-index", "--no-deps", "--no-config"]
    if wheels and subprocess.run([*command, "--python", "/appenv/bin/python", *wheels]).returncode:
        sys.exit(1)


def environment() -> dict[str, str]:
    env = {**os.environ, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(WHEELHOUSE), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    env |= {"PIP_ROOT_USER_ACTION": "ignore", "PYTHONDONTWRITEBYTECODE": "1"}
    if PIP.exists() and not shutil.which("pip"):
        TOOLS.mkdir(parents=True)
        shim = TOOLS / "pip"
        shim.write_text(f'#!/bin/sh\nexec /appenv/bin/python {PIP} "$@"\n')
        shim.chmod(0o755)
        env["PATH"] = f"{env['PATH']}:{TOOLS}"
    return env


def run(lines: list[str]) -> None:
    env = environment()
    for line in lines:
        print(f"$ {line}", flush=True)
        code = subprocess.run(["sh", "-c", line], cwd=APPLICATION, env=env, stdin=subprocess.DEVNULL).returncode
        if code:
            print(f'pypackager: error[build-command]: build-command "{line}" ended with code {code}', flush=True)
            sys.exit(1)


def keep_changes(before: dict[str, str], after: dict[str, str]) -> None:
    kept = OUT / "files"
    kept.mkdir(parents=True)
    changed = sorted(name for name in after if before.get(name) != after[name])
    links = [name for name in changed if after[name].startswith("link ")]
    for name in changed:
        if name in links:
            continue
        (kept / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(APPLICATION / name, kept / name)
    (OUT / "removed.json").write_text(json.dumps(sorted(before.keys() - after.keys())))
    (OUT / "links.json").write_text(json.dumps(links))


if __name__ == "__main__":
    os.chdir("/")  # an own builder may begin in /application, which is about to be another folder
    shutil.rmtree(APPLICATION, ignore_errors=True)
    shutil.copytree(SOURCE, APPLICATION, symlinks=True)
    install_dependencies()
    before = prints(APPLICATION)
    run(json.loads(Path("/srv/commands/commands.json").read_text()))
    keep_changes(before, prints(APPLICATION))
