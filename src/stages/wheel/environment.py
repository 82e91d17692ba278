"""The environment that a build backend works in (PEP 518): a virtual environment with what [build-system] requires.

Run for a folder with a pyproject.toml, or without one, it makes that folder's environment ahead of the source, so that
a change of the source finds it there with the byte code of its backend. It never fails then: what cannot be made is
made again beside the source, where a failure is the wheel's own.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

UV = "/media/uv"
# Always the same place: compilers write the paths of headers into what they make, and uv would choose random ones.
ENVIRONMENT = Path("/srv/build-env")
PYTHON = str(ENVIRONMENT / "bin/python")
MADE_FOR = ENVIRONMENT / "made-for.json"
INSTALL = [UV, "pip", "install", "--quiet", "--no-cache", "--no-config", "--no-index", "--find-links", "/opt", "--python", PYTHON]


def build_system(folder: Path) -> dict[str, Any]:
    """[build-system] of a project, with the defaults of PEP 517 and 518."""
    written = folder / "pyproject.toml"
    table = read_toml(written).get("build-system", {}) if written.exists() else {}
    return {
        "requires": table.get("requires", ["setuptools>=40.8.0"]),
        "build-backend": table.get("build-backend", "setuptools.build_meta:__legacy__"),
        "backend-path": table.get("backend-path", []),
    }


def read_toml(file: Path) -> dict[str, Any]:
    try:
        import tomllib
    except ImportError:  # Python 3.10 and older: the parser inside the pip that ensurepip brings
        import ensurepip

        folders = [Path(ensurepip.__file__).parent / "_bundled", Path("/usr/share/python-wheels")]
        sys.path += [str(wheel) for folder in folders for wheel in folder.glob("pip-*.whl")]
        from pip._vendor import tomli as tomllib
    return tomllib.loads(file.read_text("utf-8"))


def make(system: dict[str, Any]) -> None:
    """Makes the environment. Raises CalledProcessError where /opt lacks something."""
    subprocess.run([UV, "venv", "--quiet", "--no-config", "--python", "/appenv/bin/python", str(ENVIRONMENT)], check=True)
    if system["requires"]:
        subprocess.run([*INSTALL, *system["requires"]], check=True)
    MADE_FOR.write_text(json.dumps(system["requires"]))


def is_made(system: dict[str, Any]) -> bool:
    return MADE_FOR.exists() and json.loads(MADE_FOR.read_text()) == system["requires"]


def forget_settings() -> None:
    """Settings of uv that the parent image brings are for its own builds."""
    for name in [name for name in os.environ if name.startswith("UV_")]:
        del os.environ[name]


def main() -> None:
    forget_settings()
    try:
        system = build_system(Path(sys.argv[1]))
        make(system)
    except Exception:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        return
    if not system["backend-path"]:  # one of the project's own is not here
        load = [PYTHON, "-c", "import sys, importlib; importlib.import_module(sys.argv[1])", str(system["build-backend"]).partition(":")[0]]
        env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONHASHSEED": "0"}
        subprocess.run(load, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
