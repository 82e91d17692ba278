"""Builds one wheel without an index: of the project (argument: a folder) or of an sdist (a file).

Writes the wheel to /srv/out. All that runs here is the wheel's own: what the wheel says is read out of it elsewhere, and what it
links by `evidence.py` in a stage of its own. Where the build backend asks for more than [build-system] says (PEP 517, get_requires_for_build_wheel) and
that is not at hand, it writes `requires.json`, the list of it, and no wheel.
"""

from __future__ import annotations

import collections
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # an image's PYTHONSAFEPATH leaves it out
from environment import ENVIRONMENT, INSTALL, PYTHON, UV, build_system, forget_settings, is_made, make

OUT = Path("/srv/out")
# Always the same place, as that of the environment.
UNPACKED = Path("/srv/unpacked")
# What lies above a project that reads there: ABOVE says where it belongs in it.
REPOSITORY = Path("/srv/repository")


def unpacked(sdist: Path) -> Path:
    # Nothing but plain files inside; Pythons that cannot be told so do it here all the same, where nothing else is.
    plain = {} if sdist.suffix == ".zip" or not hasattr(tarfile, "data_filter") else {"filter": "data"}
    shutil.unpack_archive(sdist, UNPACKED, **plain)
    return next(entry for entry in sorted(UNPACKED.iterdir()) if entry.is_dir())


def build(source: str) -> None:
    folder = Path(source) if Path(source).is_dir() else unpacked(Path(source))
    if os.environ.get("ABOVE"):
        folder = Path(shutil.copytree(folder, REPOSITORY / os.environ["ABOVE"], symlinks=True, dirs_exist_ok=True))
    if not (folder / "pyproject.toml").exists() and not (folder / "setup.py").exists():
        # setup.cfg alone: setuptools builds that, but uv does not see a project in it. The source is a
        # passing copy, so this is written nowhere else.
        (folder / "pyproject.toml").write_text(
            '[build-system]\nrequires = ["setuptools>=40.8.0"]\nbuild-backend = "setuptools.build_meta"\n'
        )
    # A wheel's files must not depend on the builder's umask or on the order of a set.
    os.umask(0o022)
    forget_settings()
    os.environ.update(PYTHONHASHSEED="0", VIRTUAL_ENV=str(ENVIRONMENT), PATH=f"{ENVIRONMENT}/bin:{os.environ['PATH']}")
    more, unasked = make_environment(folder)
    if more:
        (OUT / "requires.json").write_text(json.dumps(more))
        return
    command = [UV, "build", "--wheel", "--no-cache", "--no-build-isolation", "--python", PYTHON]
    # Settings of uv in the source are for its developers: what it requires was resolved without them too.
    try:
        run_quietly([*command, "--no-sources", "--no-config", "--out-dir", str(OUT), str(folder)])
    except subprocess.CalledProcessError as error:
        # It may fail for want of what its backend was to ask for: why that could not be asked is then the cause.
        if not {line.strip() for line in unasked.splitlines()} <= {line.strip() for line in error.output.splitlines()}:
            print(unasked, flush=True)
        raise
    (OUT / ".gitignore").unlink(missing_ok=True)


# What BuildKit takes of a step's output before it leaves the rest away is about a megabyte.
SHOWN = 2000
# As a shell says it, whose caller may go on without an answer.
WITHOUT_GIT = re.compile(r"\bsh: (line )?\d{1,9}: git: (command )?not found")


def run_quietly(command: list[str]) -> None:
    """Shows a line in a while, and all that was said where it fails: a big project says ten thousand lines, whose way
    to the user takes longer than the build, and of which BuildKit would leave the last ones away."""
    said: collections.deque[str] = collections.deque(maxlen=SHOWN)
    shown = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace") as process:
        for line in process.stdout or ():
            said.append(line)
            if time.monotonic() - shown > 2:
                shown = time.monotonic()
                print(line, end="", flush=True)
    if process.returncode:
        sys.stdout.writelines(said)
        sys.stdout.flush()
        raise subprocess.CalledProcessError(process.returncode, command, "".join(said))
    if any(WITHOUT_GIT.search(line) for line in said):
        (OUT / "called-git").touch()  # told by who takes the wheel, in runs that build nothing too


# In an environment of the static build requirements; the backend's own output is not the answer.
ASK = """
import importlib, json, os, sys
(name, path), answer_file = json.loads(sys.argv[1]), sys.argv[2]  # setup.py gets an argv of its own
sys.path[:0] = [os.path.abspath(p) for p in path]
module, _, attribute = name.partition(":")
backend = importlib.import_module(module)
for part in filter(None, attribute.split(".")):
    backend = getattr(backend, part)
hook = getattr(backend, "get_requires_for_build_wheel", None)
answer = hook() if hook else []
with open(answer_file, "w") as out:
    json.dump(list(answer), out)
"""


def make_environment(folder: Path) -> tuple[list[str], str]:
    """The environment of the build, with what its backend asks for. Gives that, where /opt does not hold it, and what a
    backend said that could not be asked."""
    system = build_system(folder)
    if not is_made(system):
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        make(system)
    with tempfile.TemporaryDirectory() as temp:
        answer = Path(temp, "answer")
        ask = [PYTHON, "-c", ASK, json.dumps([system["build-backend"], system["backend-path"]]), str(answer)]
        asking = subprocess.run(ask, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        if asking.returncode:
            return [], asking.stdout[-10_000:]
        asked: list[str] = json.loads(answer.read_text())
    if not asked or subprocess.run([*INSTALL, *asked], stderr=subprocess.DEVNULL).returncode == 0:
        return [], ""
    return asked, ""


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    ahead = ENVIRONMENT.exists()
    try:
        build(sys.argv[1])
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
    # The stage's layer need not hold what the wheel was made in; one that was made ahead is in the layer below.
    for folder in (UNPACKED, *([] if ahead else [ENVIRONMENT])):
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
