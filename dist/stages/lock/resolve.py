"""Resolves requirements to a pylock.toml in the image they will run in (PEP 751).

Environment: DAY and MOMENT (nothing younger is resolved; RFC 3339, or empty).
Reads /opt/requirements.txt, /opt/constraints.txt, /opt/overrides.txt, /opt/build-constraints.txt, /opt/options.txt (words of uv's command line)
and the secrets /run/index (addresses: the default index, then the extra ones) and /run/pins (JSON: packages that come from one index alone), writes /srv/out/pylock.toml. Of
folders with a requirements.txt each is resolved for itself, side by side, to a folder of that name in /srv/out. Where
/opt/pinned is there, the requirements are all that a lock of the user names: only their files are chosen.
/opt/environment.json tells the backends of folders their versions.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

UV = "/media/uv"
ASKED = Path("/opt")
OUT = Path("/srv/out")
UNBOUNDED = "# exclude-newer is off: the index tells no upload times"  # that of run/lock/ensure-lock.ts
CONSTRAINTS = Path("/opt/constraints.txt")
OVERRIDES = Path("/opt/overrides.txt")
BUILD_CONSTRAINTS = Path("/opt/build-constraints.txt")
OPTIONS = Path("/opt/options.txt")
WORDS = OPTIONS.read_text().split() if OPTIONS.exists() else []
PINNED = Path("/opt/pinned").exists()
INDEX = Path("/run/index")
PINS = Path("/run/pins")
SOURCELESS = Path("/opt/sourceless.txt")
ENVIRONMENT = Path("/opt/environment.json")
# An index that never answers costs a minute, not two; effects/downloads.ts waits as long.
PATIENCE = {"UV_HTTP_TIMEOUT": "20", "UV_HTTP_RETRIES": "2"}
# What an index says that fails: no other attempt helps, and none may run foreign code instead.
FAILED = ("error sending request", "Failed to fetch", "timed out", "HTTP status", "could not be queried", "An index (")


def indexes() -> dict[str, str]:
    """A package comes from the first index that has it, the extra ones before the default: so a public package
    never takes the place of a private one (uv's first-index strategy; a failing index ends the search)."""
    default, *extra = (INDEX.read_text() if INDEX.exists() else "").split("\n") or [""]
    named = {"UV_DEFAULT_INDEX": default, "UV_INDEX": " ".join(extra).strip()}
    return {"UV_INDEX_STRATEGY": "first-index", **{name: value for name, value in named.items() if value}}


def environment() -> dict[str, str]:
    """uv's: settings of uv that the parent image brings are for its own builds."""
    return {**{name: value for name, value in os.environ.items() if not name.startswith("UV_")}, **PATIENCE, **indexes()}


def requirements(given: Path, folder: Path) -> list[str]:
    """The requirements as arguments of uv. Only a project can say that a package comes from one index alone, so one
    is made of those that do (uv's sources count for what a project requires itself)."""
    # Folders and repositories are named where they are mounted.
    if not PINS.exists():
        return ["--no-sources", str(given)]
    pins = json.loads(PINS.read_text())
    pinned, others = [], []
    for line in given.read_text().splitlines():
        name = re.sub(r"[-_.]+", "-", (re.match(r"\s*([A-Za-z0-9][\w.-]*)", line) or [line, line])[1]).lower()
        (pinned if name in pins["packages"] and "@" not in line.split(";")[0] else others).append(line)
    text = ['[project]', 'name = "pypackager-pinned"', 'version = "0"', f"dependencies = {json.dumps(pinned)}"]
    for name, url in pins["indexes"].items():
        text += ["[[tool.uv.index]]", f"name = {json.dumps(name)}", f"url = {json.dumps(url)}", "explicit = true"]
    text += ["[tool.uv.sources]"]
    for name, entries in pins["packages"].items():
        tables = [", ".join(f"{key} = {json.dumps(value)}" for key, value in entry.items() if value) for entry in entries]
        text += [json.dumps(name) + " = [" + ", ".join("{ " + table + " }" for table in tables) + "]"]
    (folder / "pyproject.toml").write_text("\n".join(text) + "\n")
    (folder / "requirements.txt").write_text("\n".join(others) + "\n")
    sourceless = SOURCELESS.read_text().split() if SOURCELESS.exists() else []
    without = [word for name in sourceless if name not in pins["packages"] for word in ("--no-sources-package", name)]
    return [*without, str(folder / "pyproject.toml"), str(folder / "requirements.txt")]


def compile_lock(asked: Path, newest: str) -> tuple[int, str]:
    """The newest versions that go together, a source distribution where the newest has no wheel, as pip and uv choose.
    @returns uv's exit code and what it said"""
    # Not quietly: that a file has no upload time is a warning.
    command = [UV, "pip", "compile", "--no-header", "--no-annotate", "--format", "pylock.toml"]
    command += ["--python", "/appenv/bin/python", "--output-file", str(OUT / asked.relative_to(ASKED) / "pylock.toml")]
    command += ["--exclude-newer", newest] if newest else []
    command += ["--no-deps"] if PINNED else []
    command += ["--constraints", str(CONSTRAINTS)] if CONSTRAINTS.exists() else []
    command += ["--overrides", str(OVERRIDES)] if OVERRIDES.exists() else []
    command += ["--build-constraints", str(BUILD_CONSTRAINTS)] if BUILD_CONSTRAINTS.exists() else []
    command += WORDS
    told = json.loads(ENVIRONMENT.read_text()) if ENVIRONMENT.exists() else {}
    with tempfile.TemporaryDirectory() as folder:  # it may hold logins, and stays in no layer
        command += requirements(asked / "requirements.txt", Path(folder))
        uv = subprocess.Popen(command, env={**environment(), **told, **TELLS_OF_CODE}, text=True, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        said = "".join(line for line in uv.stderr if not is_of_code(line))
        return uv.wait(), said


# uv leaves such a file out by its date, and may say no more of it in the end than that there are no versions.
NO_UPLOAD_TIME = ("missing an upload date", "upload time", "publish time")


def fault_in(said: str) -> str:
    return "".join(line for line in said.splitlines(keepends=True) if not line.startswith("warning: "))


def bounds() -> list[str]:
    """The day before the exact moment, so that commits of a day share a lock."""
    day, moment = os.environ.get("DAY", ""), os.environ.get("MOMENT", "")
    return [""] if PINNED else list(dict.fromkeys([day, moment or day]))


# What foreign code could read in this stage, by where it lies.
READABLE = {
    "/run/netrc": "index-credentials",
    "/run/index": "the addresses of the indexes, with their passwords",
    "/run/pins": "the addresses of tool.uv.sources, with their passwords",
    "/srv/local": "the packages of folders and repositories",
    "/srv/files": "wheels and sdists of the workspace",
}
told_of_code = Lock()


# uv says it of each source distribution at this level, just before: it alone knows which it has to ask.
TELLS_OF_CODE = {"RUST_LOG": "uv_distribution::source=debug"}
RUNS_CODE = re.compile(r"DEBUG (?:Preparing metadata for|Building): ([\w.-]+)(?:==(\S+))?")


def is_of_code(line: str) -> bool:
    """Whether a line of uv is one of TELLS_OF_CODE. The first one that code follows is told: it may be the last moment to stop it."""
    runs = RUNS_CODE.match(line)
    if runs and told_of_code.acquire(blocking=False):
        found = [what for path, what in READABLE.items() if Path(path).is_file() or (Path(path).is_dir() and any(Path(path).iterdir()))]
        print(
            f"pypackager: note: no wheel tells what {' '.join(filter(None, runs.groups()))} requires, so code of source distributions is run now; "
            f"it has the network and can read {', '.join(found) or 'no secret'}",
            flush=True,
        )
    return line.startswith("DEBUG ")


def resolve(asked: Path) -> tuple[list[str], str | None]:
    """@returns what is worth a note, and what uv said where it failed"""
    (OUT / asked.relative_to(ASKED)).mkdir(parents=True, exist_ok=True)
    notes = []
    for newest in bounds():
        code, said = compile_lock(asked, newest)
        if code and newest and any(sign in said for sign in NO_UPLOAD_TIME):
            notes = ["notice[no-upload-times]: the index tells no upload times, so exclude-newer is off"]
            code, said = compile_lock(asked, "")
        if code == 0:
            return notes, None
        fault = fault_in(said)
        if any(sign in fault for sign in FAILED):
            break
    return notes, fault


def main() -> int:
    sets = sorted((file.parent for file in ASKED.glob("*/requirements.txt")), key=lambda folder: int(folder.name)) or [ASKED]
    with ThreadPoolExecutor() as pool:
        ends = list(pool.map(resolve, sets))
    notes = list(dict.fromkeys(note for notes, _ in ends for note in notes))
    if notes and sets == [ASKED] and (OUT / "pylock.toml").exists():
        with (OUT / "pylock.toml").open("a", encoding="utf-8") as lock:
            lock.write(f"\n{UNBOUNDED}\n")  # whoever has the lock says so, in runs that resolve nothing too
    else:
        for note in notes:
            print("pypackager: " + note, flush=True)
    faults = [(asked, fault) for asked, (_, fault) in zip(sets, ends) if fault is not None]
    if not faults:
        return 0
    asked, fault = faults[0]  # those of several would be read as one
    if asked != ASKED:
        lines = (asked / "requirements.txt").read_text().splitlines()
        sys.stderr.write(f"of the build requirements {', '.join(lines)}:\n")
    sys.stderr.write(fault)
    return 1


if __name__ == "__main__":
    sys.exit(main())
