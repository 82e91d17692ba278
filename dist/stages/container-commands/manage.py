"""Becomes the program that runs the project's management commands, and says on stderr which one it is.

Arguments: the name of the project's distribution, then what the program gets, untouched. In this order: manage.py on
PATH; manage.py in the working folder or a folder of PYTHONPATH; a console script of the project whose module does manage.py's work;
`python -m django` where DJANGO_SETTINGS_MODULE is set.
"""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import sys
from pathlib import Path

WORK = "execute_from_command_line"


def normal(name):
    return re.sub(r"[-_.]+", "-", name or "").lower()


def does_the_work(module):
    """Whether the module's file calls Django's command line; it is not imported, its parent packages neither."""
    parts = Path(*module.split("."))
    for folder in map(Path, sys.path):
        for file in (folder / parts.with_suffix(".py"), folder / parts / "__init__.py"):
            if file.is_file():
                return WORK in file.read_text(encoding="utf-8", errors="replace")
    return False


def console_script(project):
    for distribution in importlib.metadata.distributions():
        if normal(distribution.metadata["Name"]) != normal(project):
            continue
        for entry in distribution.entry_points:
            module = entry.value.partition(":")[0].strip()
            if entry.group == "console_scripts" and does_the_work(module):
                return shutil.which(entry.name)
    return None


def find(project):
    """The program's words, and what it is."""
    on_path = shutil.which("manage.py")
    if on_path:
        return [on_path], on_path
    for folder in [os.curdir, *os.environ.get("PYTHONPATH", "").split(":")]:
        file = os.path.join(folder, "manage.py")
        if os.path.isfile(file):
            return [sys.executable, file], os.path.abspath(file)
    script = console_script(project)
    if script:
        return [script], f"the console script {script}"
    settings = os.environ.get("DJANGO_SETTINGS_MODULE")
    if settings and importlib.util.find_spec("django"):
        return [sys.executable, "-m", "django"], f"python -m django with {settings}"
    return None


def main():
    project, *words = sys.argv[1:]
    found = find(project)
    if not found:
        sys.exit(
            "pypackager: error: the image has no manage.py on PATH, no console script that does its work, "
            "and no DJANGO_SETTINGS_MODULE with Django"
        )
    program, name = found
    print(f"pypackager: note: manage is {name}", file=sys.stderr, flush=True)
    os.execv(program[0], [*program, *words])


if __name__ == "__main__":
    main()
