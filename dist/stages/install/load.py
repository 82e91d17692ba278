"""Imports the application as its start does, in a process of its own: it may call exit, start threads or hang.

It runs as a user that may write to copies alone, which are thrown away, and what it says is data of others.
Environment: PATHS (site folders), SOURCE (folders for sys.path, the first one first), TREES (folders that stand for / of the image),
COMPILER (two open pipes: questions to compiler.py, and its answers), all with TRIAL_ before and as JSON; MODULES; LATE
(modules that need not be there); DJANGO_SETTINGS_MODULE; STATIC (auto, always, never).
Leaves in /srv/trial what it found out, each as a JSON file: touched (files that were imported), fault (why that failed),
refused (what it might not write), places (folders that Django's settings or Flask's applications write to), static (the
STATIC_ROOT of the files in /srv/collected, or why there are none, or
which of them names one that is not there).
"""

from __future__ import annotations

import ast
import atexit
import importlib
import json
import os
import site
import sys
import threading
from importlib.machinery import SourceFileLoader
from types import CodeType
from typing import Any

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from pypackager_bytecode import cached, code_of, probe
from pypackager_static import collect, uncollected

COLLECTED, DEPENDENCIES = "/srv/collected", "/srv/dependencies"
AHEAD = "/srv/ahead"  # what was compiled of the dependencies ahead; that which ships is taken from there by others
TREES: list[str] = json.loads(os.environ["TRIAL_TREES"])
MOST_REFUSED = 1000


def tell(name: str, value: Any) -> None:
    with open(f"/srv/trial/{name}.json", "w") as out:
        json.dump(value, out)


class Compiler:
    """Asks compiler.py, one question at a time: another thread, or a process that was forked from here, compiles by itself."""

    def __init__(self) -> None:
        self.asked, self.answers = json.loads(os.environ["TRIAL_COMPILER"])
        for pipe in (self.asked, self.answers):
            os.set_inheritable(pipe, False)
        self.lock, self.process = threading.Lock(), os.getpid()
        self.write, self.read = os.write, os.read  # an application may put others there

    def exactly(self, size: int) -> bytes:
        pieces = []
        while size > 0:
            pieces.append(self.read(self.answers, size) or self.ended())
            size -= len(pieces[-1])
        return b"".join(pieces)

    def ended(self) -> bytes:
        raise EOFError

    def of(self, path: str) -> bytes:
        """The byte code of a file that ships; nothing where there is none."""
        if os.getpid() != self.process or not self.lock.acquire(blocking=False):
            return b""
        usable, self.process = self.process, 0  # a question that is cut short is the last one
        try:
            self.write(self.asked, os.fsencode(path) + b"\n")
            content = self.exactly(int.from_bytes(self.exactly(8), "little"))
            self.process = usable
            return content
        except (OSError, EOFError):
            return b""
        finally:
            self.lock.release()


compiler = Compiler()
compile_source = SourceFileLoader.source_to_code


def read(file: str) -> bytes:
    try:
        with open(file, "rb") as opened:
            return opened.read()
    except OSError:
        return b""


MADE_ALIKE = read(f"{AHEAD}/probe") == probe()


def made_ahead(path: str) -> bytes:
    return read(cached(AHEAD + path[len(DEPENDENCIES) :])) if MADE_ALIKE and tree_of(path) == DEPENDENCIES else b""


def compile_elsewhere(self: SourceFileLoader, data: bytes, path: str, *args: Any, **more: Any) -> CodeType:
    """What is compiled to be imported is kept as byte code: compiling it again would take as long as the import. It is
    compiled where nothing of this process can change it."""
    if tree_of(str(path)) and type(self) is SourceFileLoader:  # loaders of other kinds may change what they read
        for content in (made_ahead, compiler.of):
            code = code_of(content(str(path)), bytes(data), str(path))
            if code:
                return code
    return compile_source(self, data, path, *args, **more)


def tree_of(path: str) -> str | None:
    return next((tree for tree in TREES if f"{path}/".startswith(f"{tree}/")), None)


REFUSED: set[str] = set()


def note_refused(event: str, args: tuple[Any, ...]) -> None:
    """Notes what it would write where it may not: an application may well go on without a word (PEP 578)."""
    if event not in ("open", "os.mkdir"):
        return
    try:
        if event == "open" and not args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            return
        path = os.path.abspath(os.fsdecode(args[0]))
        there = os.path.lexists(path)
        if event == "open" and os.path.isdir(path):
            return  # a file without a name (O_TMPFILE), or a mistake
        at = path if there else os.path.dirname(path)
        if os.path.exists(at) and not os.access(at, os.W_OK) and not (there and event == "os.mkdir") and len(REFUSED) < MOST_REFUSED:
            REFUSED.add(path)
    except Exception:
        pass  # a number in the place of a path


def words(fault: BaseException) -> str:
    text = " ".join(f"{type(fault).__name__}: {fault}".split())
    for tree in TREES:
        text = text.replace(f"{tree}/app", "/app")
    return text[:300]


def place(value: Any) -> str | None:
    """Where a folder of the settings will be in the image; None where the settings have none."""
    if not value:
        return None
    path = os.path.normpath(os.path.join("/app", str(value)))
    path = path[len(tree_of(path) or "") :] or "/"
    return os.path.realpath(path)  # links of the image are followed: /var/run is /run


def set_up_django() -> None:
    import django

    django.setup()
    from django.conf import settings

    tell_places([getattr(settings, name, None) for name in ("STATIC_ROOT", "MEDIA_ROOT")])


def tell_places(folders: list[Any]) -> None:
    found = [place(folder) for folder in folders]
    tell("places", sorted({path for path in found if path}))


def instance_folders() -> list[str]:
    """Where Flask keeps what the project's applications write: of those that are there, and of those that its modules make later."""
    kind = getattr(sys.modules.get("flask"), "Flask", None)
    if kind is None:
        return []
    found: list[str] = []
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None) or ""
        if tree_of(file) in (None, DEPENDENCIES):
            continue
        found += [value.instance_path for value in list(vars(module).values()) if kind in type(value).__mro__]
        if file.endswith(".py"):
            with open(file, "rb") as source:
                calls = [node for node in ast.walk(ast.parse(source.read())) if isinstance(node, ast.Call)]
            found += [folder_of(call, module.__name__, kind) for call in calls if is_of(called(call.func, vars(module)), kind)]
    return found


def called(func: ast.expr, values: dict[str, Any]) -> Any:
    """What `Flask(…)` and `flask.Flask(…)` call."""
    if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name):
        return getattr(values.get(func.value.id), func.attr, None)
    return values.get(func.id) if isinstance(func, ast.Name) else None


def is_of(value: Any, kind: type) -> bool:
    return isinstance(value, type) and kind in value.__mro__


def folder_of(call: ast.Call, module: str, kind: type) -> str:
    """By Flask's own rule for the name that it is called with; that of the module where only running it would tell."""
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    name = text_of(call.args[0] if call.args else named.get("import_name"), module)
    return text_of(named.get("instance_path"), module) or kind(name or module).instance_path


def text_of(value: ast.expr | None, module: str) -> str:
    if isinstance(value, ast.Name) and value.id == "__name__":
        return module
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""


def load_site() -> None:
    from django.core.management import CommandError, call_command
    from django.urls import get_resolver

    get_resolver().url_patterns
    try:
        with open(os.devnull, "w") as nowhere:
            call_command("check", stdout=nowhere, stderr=nowhere)
    except CommandError:
        pass  # what it finds is for the checks to tell; here it was to import what it imports


def main() -> None:
    sys.path[:] = [folder for folder in sys.path if folder != HERE]
    SourceFileLoader.source_to_code = compile_elsewhere  # type: ignore[method-assign]
    sys.addaudithook(note_refused)
    for folder in json.loads(os.environ["TRIAL_PATHS"]):
        site.addsitedir(folder)
    sys.path[:0] = json.loads(os.environ["TRIAL_SOURCE"])
    django = bool(os.environ.get("DJANGO_SETTINGS_MODULE"))
    ready = fault = None
    if django:
        sys.argv = ["manage.py", "collectstatic"]  # settings may look for the command
        try:
            set_up_django()
            ready = True
        except BaseException as error:
            fault = error
    try:
        for module in os.environ.get("LATE", "").split():
            try:
                importlib.import_module(module)
            except Exception:
                pass  # another version of the server, or one without that part
        for module in os.environ.get("MODULES", "").split():
            importlib.import_module(module)
        if ready:
            load_site()
    except BaseException as error:
        fault = fault or error
    if fault:
        tell("fault", words(fault))
    else:
        files = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
        tell("touched", sorted({file for file in files if file and file.endswith(".py")}))
        if not django:
            tell_places(instance_folders())
    if django and os.environ.get("STATIC") != "never":
        try:
            if not ready and fault:
                raise fault
            tell("static", {"root": collect(COLLECTED, place)})
        except BaseException as error:
            tell("static", uncollected(error, words))


def end() -> None:
    """As Python ends, but for taking its modules apart, which takes longer than the rest of it."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    tell("refused", sorted(REFUSED))
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass  # the application may have closed it
    os._exit(0)


main()
end()
