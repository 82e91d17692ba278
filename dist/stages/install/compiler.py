"""Compiles what ships, in a process that runs no code of others: the trial imports by what is compiled here.

While the application is imported it asks through a pipe for the byte code of a file, by the path it is imported from, and gets
that of the file that ships: eight bytes of length, then a .pyc file; a length of 0 where there is none. When that pipe is at its end,
a list of files comes on stdin, whose byte code goes to the trees of the image.
Arguments: the pipe of questions, that of answers. Python's settings are those of the image (see compiling.py).
"""

from __future__ import annotations

import gc
import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from pypackager_bytecode import cached, compiled, fits, probe, write
from trees import AHEAD, MADE, ORIGINALS, TARGETS, Named, named_of

LONGEST_QUESTION = 8192
CHUNK = 16


def read(file: str) -> bytes:
    with open(file, "rb") as opened:
        return opened.read()


def made_alike() -> bool:
    """Whether what was compiled ahead was compiled by the settings that this process has."""
    try:
        return read(f"{AHEAD}/probe") == probe()
    except OSError:
        return False


def made_ahead(name: str) -> bytes | None:
    try:
        content = read(cached(f"{AHEAD}{name}"))
        return content if fits(content, read(f"{ORIGINALS['dependencies']}{name}")) else None
    except OSError:
        return None


def answer(path: str) -> tuple[Named | None, bytes]:
    named = named_of(path)
    try:
        return named, compiled(f"{ORIGINALS[named[0]]}{named[1]}", named[1], named[0] == "application") if named else b""
    except Exception:
        return named, b""  # whoever asked finds out what is wrong with it


def serve(questions: int, answers: int) -> None:
    with open(questions, "rb") as asked, open(answers, "wb", buffering=0) as out:
        while (line := asked.readline(LONGEST_QUESTION)).endswith(b"\n"):
            named, content = answer(os.fsdecode(line[:-1]))
            whole = memoryview(len(content).to_bytes(8, "little") + content)
            try:
                while whole:
                    whole = whole[out.write(whole) :]
            except OSError:
                return  # nobody listens any more
            if named and content:
                write(cached(f"{MADE[named[0]]}{named[1]}"), content)


def take_made(named: Named, alike: bool) -> bool:
    """Takes what was compiled to be imported, or ahead of that."""
    kind, name = named
    target = cached(f"{TARGETS[kind]}{name}")
    os.makedirs(os.path.dirname(target), exist_ok=True)
    try:
        os.rename(cached(f"{MADE[kind]}{name}"), target)
        return True
    except OSError:
        content = made_ahead(name) if alike and kind == "dependencies" else None
    if content:
        write(target, content)
    return content is not None


def compile_file(named: Named) -> None:
    kind, name = named
    try:
        content = compiled(f"{ORIGINALS[kind]}{name}", name, kind == "application")
    except Exception:
        return  # it would not be imported either
    write(cached(f"{TARGETS[kind]}{name}"), content)


def compile_files(left: list[Named]) -> None:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("fork")) as pool:
        list(pool.map(compile_file, left, chunksize=CHUNK))


if __name__ == "__main__":
    gc.disable()  # nothing that compiling makes refers to itself
    serve(int(sys.argv[1]), int(sys.argv[2]))
    chosen, alike = json.load(sys.stdin), made_alike()
    left = [(kind, name) for kind, name in chosen if not take_made((kind, name), alike)]
    if left:
        compile_files(left)
