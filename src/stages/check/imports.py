"""Imports what it is given, in a process of its own: an application may end the process, or never return.

Argument: a JSON list of {"kind": "module" | "entry point", "name", "object"}. A JSON line is written before
and after each, so that what an end of the process leaves out is known.
"""

import importlib
import json
import os
import sys

answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # what the application prints is not an answer
sys.path[:] = [path for path in sys.path if path]


def say(**answer):
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def fault_of(target):
    module, _, attributes = target.partition(":")
    try:
        found = importlib.import_module(module)
        for name in filter(None, attributes.split(".")):
            found = getattr(found, name)
        if attributes and not callable(found):
            return "it cannot be called"
        return None
    except SystemExit as error:
        return f"it ends the program when it is imported (exit code {error.code})"
    except BaseException as error:
        return f"{type(error).__name__}: {error}"


for entry in json.loads(sys.argv[1]):
    say(begun=entry["name"])
    say(name=entry["name"], kind=entry["kind"], fault=fault_of(entry["object"]))
os._exit(0)  # threads that an import started are not waited for
