"""Whether modules can be imported, and what entry points name is there and can be called."""

import importlib
import os
import re
import traceback


def faults_of(python, module, attributes):
    """In a process of its own. @returns a fault and its place, each None for none, for each of the attributes, '' for the module itself"""
    prepare(python)
    try:
        found = importlib.import_module(module)
    except SystemExit as error:
        told = f"(exit code {error.code})" if isinstance(error.code, (int, type(None))) else f"({error.code})"
        return [[f"it ends the program when it is imported {told}"[:300], None]] * len(attributes)
    except BaseException as error:
        return [[words(error), place_of(error, python)]] * len(attributes)
    return [[fault_of(found, attribute), None] for attribute in attributes]


def place_of(error, python):
    """Where a fault was raised: the last line of its traceback that is not of Python's own library.

    @returns "file" and "line", "of": the package that the file is of, and "lacks": for a name that a module has not, that
    module's package; '' for what is of none
    """
    try:
        own = [python["folder"], *python["paths"], "/app"]
        folders = [os.path.abspath(folder) for folder in [*python["folders"], *own] if folder]
        for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
            if frame.f_code.co_filename.startswith("<"):
                continue  # of the import system, or computed
            file = os.path.abspath(frame.f_code.co_filename)
            below = [folder for folder in folders if file.startswith(folder + "/")]
            if below:
                inside = file[len(max(below, key=len)) + 1 :]
                lacking = getattr(error, "path", None) or ""
                return {"file": inside, "line": line, "of": package_of(file, folders), "lacks": package_of(lacking, folders)}
    except Exception:
        pass  # the fault is told without it
    return None


def package_of(file, folders):
    """Name and version of the package whose RECORD has a file. @see PEP 376"""
    for folder in folders:
        if not file.startswith(folder + "/"):
            continue
        listed = f"\n{file[len(folder) + 1 :]},"
        for entry in os.listdir(folder):
            home = os.path.join(folder, entry)
            if not entry.endswith(".dist-info") or not os.path.isfile(os.path.join(home, "RECORD")):
                continue
            with open(os.path.join(home, "RECORD"), encoding="utf-8", errors="replace") as record:
                if listed not in "\n" + record.read(1 << 22):
                    continue
            with open(os.path.join(home, "METADATA"), encoding="utf-8", errors="replace") as metadata:
                told = dict(re.findall(r"^(Name|Version): *(\S+)", metadata.read(1 << 14), re.M))
            return f"{told.get('Name', '')} {told.get('Version', '')}"[:200]
    return ""


def fault_of(found, attributes):
    try:
        for name in filter(None, attributes.split(".")):
            found = getattr(found, name)
    except BaseException as error:
        return words(error)
    return "it cannot be called" if attributes and not callable(found) else None


def import_questions(python, wanted):
    """@returns the targets of each question, and the questions: one for each module"""
    modules = {}
    for target in wanted:
        modules.setdefault(target["object"].partition(":")[0].strip(), []).append(target)
    attributes = {name: [target["object"].partition(":")[2].strip() for target in modules[name]] for name in modules}
    return list(modules.values()), [lambda name=name: faults_of(python, name, attributes[name]) for name in modules]


def judged(targets, end):
    """The targets of a question with the fault of each, or with why it was not looked at."""
    faults = end.get("answer")
    if "undone" in end:
        return [{**target, "undone": end["undone"]} for target in targets]
    whole = isinstance(faults, list) and len(faults) == len(targets)
    if not whole or not all(isinstance(one, list) and len(one) == 2 for one in faults):
        early = end.get("end", "it gave an odd answer").replace("it ended with code 0", "it ends the program when it is imported (exit code 0)")
        faults = [[early, None]] * len(targets)
    said = end.get("said")
    if said:  # whoever ends a program says why before
        faults = [[f"{fault}: {said}" if str(fault).startswith("it ends the program") else fault, at] for fault, at in faults]
    return [{**target, "fault": fault, "at": at} for target, (fault, at) in zip(targets, faults)]
