"""What an image says of itself, from a container of it that has no network: two lines, each the word of this run and a JSON document.

It comes after the texts of the other scripts, with REQUEST: "project" (the name of its package, '' for none), "source" (the
folder of its source where it has no package), "modules" (what its start command imports), "settings" (of Django, '' for
none), "folder" and "paths" (where the start command works and imports from), "limit" (seconds for each question), "describe" (text of the script that tells what is installed, '' for none).

The first line is the system's part, which others wait for; the last one is the rest. All that files tell is told before any
code of the application runs, in processes of its own.
"""

import importlib.metadata
import json
import os
import platform
import re
import shutil
import site
import subprocess
import sys
import sysconfig

#: Of all questions together, in seconds: the container is stopped some time later.
PATIENCE = 60
MOST_PROGRAMS, MOST_METADATA = 50_000, 4 << 20
ASIDE = re.compile(r"^(tests?|testing|docs?|examples?|conftest|setup|benchmarks?)$")


def normalized(name):
    return re.sub(r"[-_.]+", "-", name or "").lower()


def markers():
    version = sys.implementation.version
    return {
        "os_name": os.name,
        "sys_platform": sys.platform,
        "platform_machine": platform.machine(),
        "platform_python_implementation": platform.python_implementation(),
        "platform_release": platform.release(),
        "platform_system": platform.system(),
        "platform_version": platform.version(),
        "python_version": ".".join(platform.python_version_tuple()[:2]),
        "python_full_version": platform.python_version(),
        "implementation_name": sys.implementation.name,
        "implementation_version": f"{version.major}.{version.minor}.{version.micro}",
    }


def described(distribution):
    data = distribution.metadata
    return {
        "name": data["Name"] or "",
        "version": data["Version"] or "",
        "requires": data.get_all("Requires-Dist") or [],
        "requiresPython": data["Requires-Python"] or "",
    }


def top_modules(files):
    """The packages and modules of the project's own wheel: of a namespace, those that lie in it."""
    names = {str(file) for file in files}
    found = set()
    for name in sorted(names):
        parts = name.split("/")
        if parts[0].endswith((".dist-info", ".data")) or ".." in parts or not re.search(r"\.(py|so)$", name):
            continue
        if len(parts) == 1:
            found.add(parts[0].split(".")[0])
            continue
        for depth in range(1, len(parts)):
            if "/".join(parts[:depth]) + "/__init__.py" in names:
                found.add(".".join(parts[:depth]))
                break
    found = {name for name in found if all(part.isidentifier() for part in name.split("."))}
    aside = {name for name in found if ASIDE.match(name.split(".")[0])}
    return sorted(found - aside or aside)


def script_fault(path):
    if not os.path.exists(path):
        return "it is not there"
    if not os.access(path, os.X_OK):
        return "it is not executable"
    with open(path, "rb") as file:
        first = file.readline(512)
    if not first.startswith(b"#!"):
        # Windows' .bat and a completion.sh that is read by a shell lie there too, and are started by nobody here.
        aside = os.path.splitext(path)[1] not in ("", ".py")
        return None if aside or first.startswith(b"\x7fELF") else "it has no interpreter line"
    words = first[2:].decode(errors="replace").split()
    if not words:
        return "its interpreter line is empty"
    if os.path.basename(words[0]) == "env":
        words = [word for word in words[1:] if not word.startswith("-")]
        return None if words and shutil.which(words[0]) else f"its interpreter {' '.join(words[:1])} is not on PATH"
    return None if os.access(words[0], os.X_OK) else f"its interpreter {words[0]} is not there"


def is_wanting(distribution, entry, installed):
    """Whether an entry point is one of an extra (`name = module:object [extra]`) that is not installed."""
    extras = re.search(r"\[([^\]]*)\]", entry.value)
    names = {normalized(extra.strip()) for extra in extras.group(1).split(",")} if extras else set()
    for line in distribution.requires or []:
        of = re.search(r"""extra\s*==\s*['"]([^'"]+)['"]""", line)
        if of and normalized(of.group(1)) in names and normalized(re.match(r"[\w.-]*", line).group()) not in installed:
            return True
    return False


def top(entry):
    return re.split(r"[.:\s]", entry.value.strip())[0]


def application():
    """The Python that PATH leads to, which is the application's: its virtual environment (PEP 405), else this one's system."""
    program = shutil.which("python") or shutil.which("python3") or sys.executable
    prefix = os.path.dirname(os.path.dirname(program))
    if not os.path.isfile(os.path.join(prefix, "pyvenv.cfg")):
        prefix = sys.prefix
    venv = prefix != sys.prefix
    sys.prefix = sys.exec_prefix = prefix  # Debian's Python tells other folders in a virtual environment
    folders = [folder for folder in site.getsitepackages([prefix]) if os.path.isdir(folder)]
    lines = [lines_of(folder) for folder in folders]
    scheme = {"scheme": "venv" if "venv" in sysconfig.get_scheme_names() else "posix_prefix", "vars": {"base": prefix, "platbase": prefix}}
    return {
        "program": program,
        "prefix": prefix,
        "purelib": sysconfig.get_path("purelib", **(scheme if venv else {})),
        "platlib": sysconfig.get_path("platlib", **(scheme if venv else {})),
        "folders": [*folders, *(place for places, _ in lines for place in places)],
        "code": [name for _, names in lines for name in names if name != "pypackager_pid1.pth"],
    }


def own_part(distribution, installed, bin_folder):
    """Files, scripts and entry points of the project's package, but for those of extras that are not installed.
    installed: normalised names."""
    files = distribution.files or []
    scripts = [os.path.join(bin_folder, file.name) for file in files if re.search(r"(^|/)\.\./bin/[^/]+$", str(file))]
    every = [entry for entry in distribution.entry_points if entry.group in ("console_scripts", "gui_scripts")]
    entries = [entry for entry in every if not is_wanting(distribution, entry, installed)]
    wanting = {top(entry) for entry in every} - {top(entry) for entry in entries}
    for entry in every:
        path = os.path.join(bin_folder, entry.name)
        if path not in scripts:
            scripts.append(path)
    return {
        "files": [str(file) for file in files if ".." not in str(file) and os.path.exists(file.locate())],
        "scripts": [{"name": os.path.basename(path), "fault": script_fault(path)} for path in sorted(scripts)],
        "entries": [{"kind": "entry point", "name": entry.name, "object": entry.value.split("[")[0].strip()} for entry in entries],
        "modules": [name for name in top_modules(files) if name not in wanting],
    }


INSIDE_COMPILER = re.compile(r"^(cc1|cc1plus|rustlib|clang-\d+)$")


def system():
    """Programs of the whole file system, and the folders that the image's user owns: those are not looked into."""
    uid = os.getuid()
    programs, owned = [], []
    for where, below, files in os.walk("/"):
        if where == "/":
            below[:] = [name for name in below if name not in ("proc", "sys", "dev")]
        if where == sys.prefix or (uid and os.lstat(where).st_uid == uid):
            owned += [where] if where != sys.prefix else []
            below.clear()
            continue
        if len(programs) > MOST_PROGRAMS:
            raise OSError("there are more programs than any system has")
        all_are = os.path.basename(where) in ("bin", "sbin")
        programs += [os.path.join(where, name) for name in files if all_are or INSIDE_COMPILER.match(name)]
    return {"programs": programs, "owned": sorted(owned) if uid else None}


def contents_by(text, limit):
    """What the script of SBOMs tells, which runs nothing of the image either."""
    command = [sys.executable, "-I", "-S", "-B", "-c", text]
    try:
        result = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=limit)
        return json.loads(result.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None


def is_readable(distribution):
    """Whether the metadata of a distribution are as long as any are."""
    folder = getattr(distribution, "_path", None)
    names = ("METADATA", "RECORD", "entry_points.txt")
    sizes = [os.path.getsize(os.path.join(folder, name)) for name in names if folder and os.path.exists(os.path.join(folder, name))]
    return max(sizes, default=0) <= MOST_METADATA * 8


def main(request):
    hide()
    python = {**application(), "folder": request["folder"], "paths": request["paths"]}
    request["limit"] *= crowding()
    places = [python["purelib"], python["platlib"]]
    found = list(importlib.metadata.distributions(path=places))
    distributions = [d for d in found if is_readable(d)]
    unique = {(normalized(d.metadata["Name"]), d.version, str(d._path) if hasattr(d, "_path") else ""): d for d in distributions}
    project = next((d for d in unique.values() if normalized(d.metadata["Name"]) == normalized(request["project"])), None)
    bin_folder = os.path.join(python["prefix"], "bin")
    own = own_part(project, {name for name, _, _ in unique}, bin_folder) if project and request["project"] else None
    wanted = [{"kind": "module", "name": name, "object": name} for name in (own["modules"] if own else request["modules"])]
    wanted += own["entries"] if own else []
    has_django = any(normalized(d.metadata["Name"]) == "django" for d in unique.values())
    settings = os.environ.get("DJANGO_SETTINGS_MODULE") or request["settings"]
    try:
        whole = system()
    except OSError:
        whole = None
    tell({"system": whole})
    try:
        linked = libraries([folder for folder in (python["prefix"], "/app") if os.path.isdir(folder)])
    except Exception as error:
        linked = {"undone": f"{type(error).__name__}: {error}"}
    report = {
        "contents": contents_by(request["describe"], request["limit"]) if request["describe"] else None,
        "uid": os.getuid(),
        "gid": os.getgid(),
        "markers": markers(),
        "distributions": [described(d) for d in unique.values()],
        "own": own and {key: own[key] for key in ("files", "scripts", "modules")},
        "libraries": linked,
        "unread": python["code"],
        "oversized": sorted({os.path.basename(str(d._path)) for d in found if not is_readable(d)}),
    }
    tell({**report, **asked(request, python, own, wanted, settings if has_django else "")})


def asked(request, python, own, wanted, settings):
    """What takes code of the application: nothing after this is read from its files."""
    limit, until, at_once = request["limit"], time.monotonic() + PATIENCE * crowding(), max(2, min(4, os.cpu_count() or 2))
    if settings:
        os.environ["DJANGO_SETTINGS_MODULE"] = settings
        sys.argv = ["manage.py", "check"]  # settings may look for the command
    places = [os.path.realpath(os.path.join(python["purelib"], name)) for name in own["files"]] if own else []
    site_asked = Site(python, places, own["modules"] if own else [], request["source"], limit)
    targets, questions = import_questions(python, wanted)
    # A site has several questions within its own.
    limits = [*([3 * limit] if settings else []), *(limit for _ in questions)]
    ends = ask_all([*([site_asked.whole] if settings else []), *questions], limits, until, at_once)
    told = site_lines(ends.pop(0)) if settings else None
    return {"imports": [target for some, end in zip(targets, ends) for target in judged(some, end)], "site": told}
