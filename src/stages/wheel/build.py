"""Builds one wheel without an index: of the project (argument: a folder) or of an sdist (a file).

Writes the wheel to /srv/out, its METADATA beside it, and for compiled wheels `evidence.json`:
the Debian packages that own the shared libraries it links (ldd, dpkg -S), and libraries nobody owns.
Where the build backend asks for more than [build-system] says (PEP 517, get_requires_for_build_wheel) and
that is not at hand, it writes `requires.json`, the list of it, and no wheel.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import Any

UV = "/media/uv"
OUT = Path("/srv/out")
ELF = b"\x7fELF"


def unpacked(sdist: Path) -> Path:
    """Always in the same place: compilers write their working folder into what they make, and uv's is a random one."""
    target = Path("/srv/unpacked")
    # Nothing but plain files inside; Pythons that cannot be told so do it here all the same, where nothing else is.
    plain = {} if sdist.suffix == ".zip" or not hasattr(tarfile, "data_filter") else {"filter": "data"}
    shutil.unpack_archive(sdist, target, **plain)
    return next(entry for entry in sorted(target.iterdir()) if entry.is_dir())


def build(source: str) -> Path | None:
    folder = Path(source) if Path(source).is_dir() else unpacked(Path(source))
    if not (folder / "pyproject.toml").exists() and not (folder / "setup.py").exists():
        # setup.cfg alone: setuptools builds that, but uv does not see a project in it. The source is a
        # passing copy, so this is written nowhere else.
        (folder / "pyproject.toml").write_text(
            '[build-system]\nrequires = ["setuptools>=40.8.0"]\nbuild-backend = "setuptools.build_meta"\n'
        )
    command = [UV, "build", "--wheel", "--no-cache", "--python", "/appenv/bin/python", "--out-dir", str(OUT)]
    # Settings of uv in the source are for its developers: what it requires was resolved without them too.
    command += ["--no-index", "--find-links", "/opt", "--no-sources", "--no-config", str(folder)]
    # A wheel's files must not depend on the builder's umask or on the order of a set.
    os.umask(0o022)
    # Settings of uv that the parent image brings are for its own builds.
    own = {name: value for name, value in os.environ.items() if not name.startswith("UV_")}
    result = subprocess.run(command, env={**own, "PYTHONHASHSEED": "0"})
    (OUT / ".gitignore").unlink(missing_ok=True)
    if result.returncode:
        # Asked only now: the answer is rarely more than what is at hand, and asking takes as long as a small build.
        more = missing_requires(folder)
        if not more:
            sys.exit(result.returncode)
        (OUT / "requires.json").write_text(json.dumps(more))
        return None
    return next(OUT.glob("*.whl"))


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


def missing_requires(source: Path) -> list[str]:
    """What the backend asks for and /opt does not hold; nothing where it cannot be asked."""
    with tempfile.TemporaryDirectory() as temp:
        written = source / "pyproject.toml"
        system = read_toml(written).get("build-system", {}) if written.exists() else {}
        requires = system.get("requires", ["setuptools>=40.8.0"])
        backend = system.get("build-backend", "setuptools.build_meta:__legacy__")
        python = f"{temp}/env/bin/python"
        install = [UV, "pip", "install", "--quiet", "--no-cache", "--no-index", "--find-links", "/opt", "--python", python]
        answer = Path(temp, "answer")
        steps = [
            [UV, "venv", "--quiet", "--python", "/appenv/bin/python", f"{temp}/env"],
            [*install, *requires],
            [python, "-c", ASK, json.dumps([backend, system.get("backend-path", [])]), str(answer)],
        ]
        for step in steps:
            if subprocess.run(step, cwd=source, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode:
                return []
        asked = json.loads(answer.read_text())
        at_hand = not asked or subprocess.run([*install, "--dry-run", *asked], stderr=subprocess.DEVNULL).returncode == 0
        return [] if at_hand else asked


def read_toml(file: Path) -> dict[str, Any]:
    try:
        import tomllib
    except ImportError:  # Python 3.10 and older: the parser inside the pip that ensurepip brings
        import ensurepip

        folders = [Path(ensurepip.__file__).parent / "_bundled", Path("/usr/share/python-wheels")]
        sys.path += [str(wheel) for folder in folders for wheel in folder.glob("pip-*.whl")]
        from pip._vendor import tomli as tomllib
    return tomllib.loads(file.read_text("utf-8"))


def shared_objects(folder: Path) -> list[Path]:
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == ELF:
                    found.append(path)
    return found


def owner(library: str) -> str | None:
    """The package that owns a library: dpkg knows the path as shipped, which a merged /usr may spell otherwise."""
    for path in dict.fromkeys([library, os.path.realpath(library), library.removeprefix("/usr"), "/usr" + library]):
        answer = subprocess.run(["dpkg", "-S", path], capture_output=True, text=True)
        if answer.returncode == 0:
            return answer.stdout.split(":", 1)[0].split(",")[0].strip()
    return None


def evidence(wheel: Path) -> dict[str, list[str]]:
    packages: set[str] = set()
    missing: set[str] = set()
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)
        for path in shared_objects(Path(folder)):
            answer = subprocess.run(["ldd", str(path)], capture_output=True, text=True).stdout
            for line in answer.splitlines():
                name, arrow, rest = line.strip().partition(" => ")
                if not arrow:
                    continue
                if rest.startswith("not found"):
                    missing.add(name)
                    continue
                library = rest.split(" (")[0]
                # What Python's own image brings under /usr/local belongs to no package and is in base already.
                if not library.startswith((folder, "/usr/local/")):
                    found = owner(library)
                    packages.add(found) if found else missing.add(name)
    return {"packages": sorted(packages), "missing": sorted(missing)}


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    wheel = build(sys.argv[1])
    if wheel is None:
        return
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.endswith(".dist-info/METADATA") and name.count("/") == 1:
                (OUT / "METADATA").write_bytes(archive.read(name))
    if not wheel.name.endswith("-any.whl"):
        (OUT / "evidence.json").write_text(json.dumps(evidence(wheel), sort_keys=True))


if __name__ == "__main__":
    main()
