"""Byte code as the image holds it: named as there, and not compared with its source at each start (PEP 552).

It is made in two places, in the trial that imports the application and ahead of it; both by this, so that the bytes
follow from the source alone. The module's name is one that no application has: it is loaded beside the application's.
"""

from __future__ import annotations

import importlib.util
import marshal
import os
import sys
from types import CodeType

UNCHECKED_HASH = (1).to_bytes(4, "little")
HEAD = 16


def bytecode(code: CodeType, source: bytes, name: str) -> bytes:
    """The content of a .pyc file. name: the path of the source in the image."""
    head = importlib.util.MAGIC_NUMBER + UNCHECKED_HASH + importlib.util.source_hash(source)
    return head + marshal.dumps(named(code, name))


def code_of(content: bytes, source: bytes, path: str) -> CodeType | None:
    """What `bytecode` wrote, named by the path that it is loaded from; None where it is of another source or Python."""
    if content[:4] != importlib.util.MAGIC_NUMBER or content[8:HEAD] != importlib.util.source_hash(source):
        return None
    return named(marshal.loads(content[HEAD:]), path)


def named(code: CodeType, name: str) -> CodeType:
    consts = tuple(named(const, name) if isinstance(const, CodeType) else const for const in code.co_consts)
    return code.replace(co_filename=name, co_consts=consts)


def cached(file: str) -> str:
    """Where Python looks for the byte code of a file (PEP 3147)."""
    folder, name = os.path.split(file)
    return f"{folder}/__pycache__/{name[:-3]}.{sys.implementation.cache_tag}.pyc"


def write(file: str, content: bytes) -> None:
    os.makedirs(os.path.dirname(file), exist_ok=True)
    with open(file, "wb") as out:
        out.write(content)
