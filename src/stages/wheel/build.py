"""Builds one wheel without an index: of the project (argument: a folder) or of an sdist (a file).

Writes the wheel to /srv/out, its METADATA beside it, and for compiled wheels `evidence.json`:
the Debian packages that own the shared libraries it links (ldd, dpkg -S), and libraries nobody owns.
"""

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

UV = "/media/uv"
OUT = Path("/srv/out")
ELF = b"\x7fELF"


def build(source: str) -> Path:
    folder = Path(source)
    if folder.is_dir() and not (folder / "pyproject.toml").exists() and not (folder / "setup.py").exists():
        # setup.cfg alone: setuptools builds that, but uv does not see a project in it. The source is a
        # passing copy, so this is written nowhere else.
        (folder / "pyproject.toml").write_text(
            '[build-system]\nrequires = ["setuptools>=40.8.0"]\nbuild-backend = "setuptools.build_meta"\n'
        )
    command = [UV, "build", "--wheel", "--no-cache", "--python", "/appenv/bin/python", "--out-dir", str(OUT)]
    command += ["--no-index", "--find-links", "/opt", source]
    # A wheel's files must not depend on the builder's umask or on the order of a set.
    os.umask(0o022)
    result = subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": "0"})
    if result.returncode:
        sys.exit(result.returncode)
    (OUT / ".gitignore").unlink(missing_ok=True)
    return next(OUT.glob("*.whl"))


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
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.endswith(".dist-info/METADATA") and name.count("/") == 1:
                (OUT / "METADATA").write_bytes(archive.read(name))
    if not wheel.name.endswith("-any.whl"):
        (OUT / "evidence.json").write_text(json.dumps(evidence(wheel), sort_keys=True))


if __name__ == "__main__":
    main()
