"""pip's own reader of requirements files: what each of them requires, as JSON.

stdin: a list of {path: text} (base64 of its bytes); each is read from its requirements.txt, in a folder beside the same
folders. stdout: for each a list of what is required, or the error's words.
"""

from __future__ import annotations

import base64
import json
import logging
import os
import sys
import tempfile
from pathlib import Path

from pip._internal.exceptions import InstallationError
from pip._internal.network.session import PipSession
from pip._internal.req.constructors import install_req_from_parsed_requirement
from pip._internal.req.req_file import parse_requirements
from pip._internal.utils.misc import is_installable_dir
from pip._vendor.packaging.utils import canonicalize_name

PROJECTS = ("w", "w/libs/billing", "w/libs/my lib", "w/core", "shared")
logging.disable(logging.CRITICAL)
SESSION = PipSession()


def path_of(link) -> str:
    return os.path.relpath(link.file_path, os.getcwd()).replace("\\", "/")


def place_of(link) -> str:
    if link is None:
        return ""
    below = f"|{link.subdirectory_fragment}" if link.subdirectory_fragment else ""
    return (path_of(link) if link.scheme == "file" else link.url_without_fragment) + below


def told(parsed) -> dict:
    requirement = install_req_from_parsed_requirement(parsed)
    named, link = requirement.req, requirement.link
    if link and link.scheme == "file" and os.path.isdir(link.file_path) and not is_installable_dir(link.file_path):
        raise InstallationError(f"{link} is not installable")  # as pip says of an editable one when it is built
    return {
        "name": canonicalize_name(named.name) if named else "",
        "extras": sorted({canonicalize_name(extra) for extra in {*requirement.extras, *(named.extras if named else ())}}),
        "specifier": "" if link else str(named.specifier),
        "marker": str(requirement.markers or ""),
        "place": place_of(link),
        "editable": requirement.editable,
        "constraint": requirement.constraint,
        "hashes": sorted(f"{kind}:{one}" for kind, all_ in (parsed.options or {}).get("hashes", {}).items() for one in all_),
    }


def judge(files: dict[str, str], top: Path) -> list | str:
    for name, data in files.items():
        (top / "w" / name).parent.mkdir(parents=True, exist_ok=True)
        (top / "w" / name).write_bytes(base64.b64decode(data))
    try:
        return [told(parsed) for parsed in parse_requirements("requirements.txt", SESSION)]
    except Exception as error:  # whatever pip says no by
        return f"{type(error).__name__}: {error}"
    finally:
        for name in files:
            (top / "w" / name).unlink()


with tempfile.TemporaryDirectory() as folder:
    for project in PROJECTS:
        (Path(folder) / project).mkdir(parents=True)
        (Path(folder) / project / "pyproject.toml").touch()
    (Path(folder) / "w/libs/empty").mkdir()
    os.chdir(Path(folder) / "w")
    os.environ.pop("TOKEN", None)
    print(json.dumps([judge(files, Path(folder)) for files in json.load(sys.stdin)]))
