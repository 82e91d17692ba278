"""Questions whose answers take foreign code, each in a process of its own.

This process is started with -I -S and never runs any: what the image's .pth files, sitecustomize and PYTHON* would have
prepared is not here, nor in what is forked from here. A module that is asked for, and all that it imports, can say of itself
what it likes; it cannot answer for another one: answers go through a pipe of that question alone, and are written after the
import by this script.
"""

import json
import os
import select
import signal
import sys
import time

#: Before each line for whoever reads them: the word of this run, from stdin. What else is on stdout, others wrote.
WORD = bytearray(32)
LONGEST, TAIL = 1 << 20, 4096


def hide():
    """Processes of the same user cannot open what this one has open, nor read its memory; nor of those that it forks (prctl(2))."""
    os.readv(0, [WORD])  # right to its place: there is no other copy
    try:
        import ctypes

        ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE
    except (ImportError, OSError, AttributeError):
        pass  # they do not know the word all the same


def tell(value):
    pieces = [WORD, b" ", json.dumps(value).encode() + b"\n"]
    rest = memoryview(pieces[2])[max(0, os.writev(1, pieces) - len(WORD) - 1) :]
    while rest:
        rest = rest[os.write(1, rest) :]


def words(error):
    return f"{type(error).__name__}: {error}"[:2000]


class Question:
    def __init__(self, ask, limit):
        self.token = os.urandom(16).hex().encode()
        self.until = time.monotonic() + limit
        self.limit, self.slow = limit, False
        self.answer, self.said = bytearray(), b""
        self.answers, given = os.pipe()
        self.errors, error = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            self.reply(ask, given, error)
        os.close(given)
        os.close(error)
        self.open = [self.answers, self.errors]

    def reply(self, ask, given, error):
        """In the process of the question."""
        write, leave = os.write, os._exit
        try:
            WORD[:] = bytes(len(WORD))
            os.setsid()
            nothing = os.open(os.devnull, os.O_RDWR)
            for stream, place in ((nothing, 0), (nothing, 1), (error, 2)):
                os.dup2(stream, place)
            for name in os.listdir("/proc/self/fd"):
                if int(name) > 2 and int(name) != given:
                    try:
                        os.close(int(name))
                    except OSError:
                        pass  # that of the list itself
            dumps, token = json.dumps, self.token
            write(given, token + dumps(ask()).encode()[:LONGEST])
            leave(0)
        except BaseException as fault:
            write(2, words(fault).encode(errors="replace"))
        finally:
            leave(1)

    def read(self, pipe):
        content = os.read(pipe, 65536)
        if not content:
            self.open.remove(pipe)
        elif pipe == self.errors:
            self.said = (self.said + content)[-TAIL:]
        elif len(self.answer) < LONGEST:
            self.answer += content

    def is_over(self):
        """Ends it, with what it has started, where its time is up."""
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        if not pid and time.monotonic() < self.until:
            return False
        self.slow = not pid
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except OSError:
            pass  # nothing is left of it
        if not pid:
            _, status = os.waitpid(self.pid, 0)
        for pipe in list(self.open):
            os.set_blocking(pipe, False)
            try:
                while pipe in self.open and len(self.answer) < LONGEST:
                    self.read(pipe)
            except BlockingIOError:
                pass  # who has left the group holds it open
        os.close(self.answers)
        os.close(self.errors)
        self.code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)
        return True

    def end(self):
        """{"answer": …, "said": its last words}, or {"undone": …} where time was up, or {"end": …} where it ended before it answered."""
        if self.slow:
            return {"undone": f"it took longer than {self.limit:.0f} s"}
        said = self.said.decode(errors="replace").strip().splitlines()
        if self.answer.startswith(self.token):
            try:
                return {"answer": json.loads(self.answer[len(self.token) :]), "said": said[-1][:300] if said else ""}
            except ValueError:
                return {"undone": "its answer is too long"}
        return {"end": f"it ended with code {self.code}" + (f": {said[-1]}" if said else "")}


def crowding():
    """How many times longer all takes, where more programs want to run than the machine has cores: 1 to 4."""
    try:
        return min(4.0, max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1)))
    except OSError:
        return 1.0


def ask_all(asked, limits, until, at_once):
    """The ends of questions, each a function, in their order. limits: seconds of each. until: the time when no more is asked"""
    ends, waiting, running = [{"undone": "there was no time left"} for _ in asked], list(enumerate(asked)), {}
    while running or (waiting and time.monotonic() < until):
        while waiting and len(running) < at_once and time.monotonic() < until:
            number, ask = waiting.pop(0)
            running[number] = Question(ask, limits[number])
        poll = select.poll()
        readers = {pipe: question for question in running.values() for pipe in question.open}
        for pipe in readers:
            poll.register(pipe, select.POLLIN)
        for pipe, _ in poll.poll(50):
            readers[pipe].read(pipe)
        for number in [number for number, question in running.items() if question.is_over()]:
            ends[number] = running.pop(number).end()
    return ends


def lines_of(folder):
    """What the .pth files of a folder say: folders, and the names of those files that have code, which is not run."""
    folders, code = [], []
    for name in sorted(name for name in os.listdir(folder) if name.endswith(".pth") and not name.startswith(".")):
        try:
            with open(os.path.join(folder, name), encoding="utf-8-sig", errors="replace") as file:
                lines = file.read(1 << 16).splitlines()
        except OSError:
            continue
        if any(line.startswith(("import ", "import\t")) for line in lines):
            code.append(name)
        plain = [line.rstrip() for line in lines if line.strip() and not line.startswith(("#", "import ", "import\t"))]
        places = [os.path.abspath(os.path.join(folder, line)) for line in plain if "\0" not in line]
        folders += [place for place in places if os.path.exists(place)]
    return folders, code


class Distutils:
    """What setuptools' own .pth file is for: the module that Python 3.12 is without, out of setuptools, where nothing else has it."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        import importlib.util

        setuptools = importlib.util.find_spec("setuptools") if name == "distutils" else None
        if not setuptools or not setuptools.submodule_search_locations:
            return None
        home = list(setuptools.submodule_search_locations)[0]
        vendored = os.path.join(home, "_vendor")
        if os.path.isdir(vendored) and vendored not in sys.path:
            sys.path.append(vendored)  # as importing setuptools does: its distutils requires jaraco.functools
        folder = os.path.join(home, "_distutils")
        return importlib.util.spec_from_file_location(name, f"{folder}/__init__.py", submodule_search_locations=[folder])


def prepare(python):
    """Makes this process the application's Python, as `site` would but for code of .pth files (PEP 405)."""
    import site

    sys.prefix = sys.exec_prefix = python["prefix"]
    sys.executable = python["program"]
    if os.path.isdir(python["folder"]):
        os.chdir(python["folder"])
    named = [*python["paths"], *os.environ.get("PYTHONPATH", "").split(":")]
    sys.path[:0] = [os.path.abspath(folder) for folder in named if folder]
    sys.path += [folder for folder in python["folders"] if folder not in sys.path]
    sys.dont_write_bytecode = True
    sys.meta_path.append(Distutils)
    site.setquit()
    site.setcopyright()
    site.sethelper()
