"""Byte code as the image holds it, named as there (PEP 552). That of dependencies is not compared with its source at each
start; that of the project is, by a hash: a settings file may be mounted over the one that it was made of.

It is made in two places, beside the trial that imports the application and ahead of it; both by this, so that the bytes
follow from the source alone. From 3.11 on they do: what `marshal` writes of a constant depends on whether something else
in the process has interned its text or shares it, so each module gets constants of its own. Before, it depends on who
holds a name, too.
The module's name is one that no application has: it is loaded beside the application's.
"""

from __future__ import annotations

import importlib.util
import marshal
import os
import sys
from importlib.machinery import SourceFileLoader
from types import CodeType
from typing import Any

UNCHECKED_HASH, CHECKED_HASH = 1, 3
HEAD = 16


def head(source: bytes, checked: bool) -> bytes:
    """What a .pyc file of a source begins with, HEAD bytes."""
    flags = CHECKED_HASH if checked else UNCHECKED_HASH
    return importlib.util.MAGIC_NUMBER + flags.to_bytes(4, "little") + importlib.util.source_hash(source)


def bytecode(code: CodeType, source: bytes, name: str, checked: bool = False) -> bytes:
    """The content of a .pyc file. name: the path of the source in the image."""
    return head(source, checked) + marshal.dumps(named(code, name, {}))


def compiled(file: str, name: str, checked: bool = False) -> bytes:
    """The byte code of a source. name: its path in the image.
    @raises whatever compiling raises: a template or a file for another Python is no module"""
    with open(file, "rb") as text:
        source = text.read()
    return bytecode(SourceFileLoader(name, file).source_to_code(source, file), source, name, checked)


def fits(content: bytes, source: bytes) -> bool:
    """Whether byte code is of a source and this Python."""
    return content[:4] == importlib.util.MAGIC_NUMBER and content[8:HEAD] == importlib.util.source_hash(source)


def code_of(content: bytes, source: bytes, path: str) -> CodeType | None:
    """What `bytecode` wrote, named by the path that it is loaded from; None where it is of another source or Python."""
    return named(marshal.loads(content[HEAD:]), path) if fits(content, source) else None


def named(code: CodeType, name: str, texts: dict[str, str] | None = None) -> CodeType:
    """The code with another file name. texts: the module's own copies of its texts, where it gets such."""
    more = {} if texts is None or not hasattr(code, "co_qualname") else {"co_qualname": own(code.co_qualname, texts)}
    return code.replace(co_filename=name, co_consts=tuple(constant(const, name, texts) for const in code.co_consts), **more)


def constant(value: Any, name: str, texts: dict[str, str] | None) -> Any:
    kind = type(value)
    if kind is CodeType:
        return named(value, name, texts)
    if texts is None:
        return value
    if kind is str:
        return own(value, texts)
    if kind is tuple:
        return tuple(constant(each, name, texts) for each in value)
    return frozenset(constant(each, name, texts) for each in sorted(value, key=repr)) if kind is frozenset else value


def own(text: str, texts: dict[str, str]) -> str:
    if len(text) < 2 and text < "\u0100":
        return sys.intern(text)  # there is one of these in a process, which others may intern
    if text not in texts:
        texts[text] = text.encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass")
    return texts[text]


def cached(file: str) -> str:
    """Where Python looks for the byte code of a file (PEP 3147, PEP 488)."""
    folder, name = os.path.split(file)
    level = f".opt-{sys.flags.optimize}" if sys.flags.optimize else ""
    return f"{folder}/__pycache__/{name[:-3]}.{sys.implementation.cache_tag}{level}.pyc"


# Has all that Python's settings leave out of byte code: assertions, texts of documentation, columns of a line.
PROBE = b"""def f(x):
    "d"
    assert x
    return x.y + 1
"""


def probe() -> bytes:
    """The same in two processes whose settings make the same byte code (PYTHONOPTIMIZE, PYTHONNODEBUGRANGES, …)."""
    return bytecode(compile(PROBE, "probe", "exec", dont_inherit=True), PROBE, "probe")


def write(file: str, content: bytes) -> None:
    """Whole or not at all, whatever ends this process or fills the disk."""
    os.makedirs(os.path.dirname(file), exist_ok=True)
    with open(f"{file}.part", "wb") as out:
        out.write(content)
    os.replace(f"{file}.part", file)
