"""Whether modules can be imported, and what entry points name is there and can be called."""

import importlib


def faults_of(python, module, attributes):
    """In a process of its own. @returns a fault, or None, for each of the attributes, '' for the module itself"""
    prepare(python)
    try:
        found = importlib.import_module(module)
    except SystemExit as error:
        return [f"it ends the program when it is imported (exit code {error.code})"[:200]] * len(attributes)
    except BaseException as error:
        return [words(error)] * len(attributes)
    return [fault_of(found, attribute) for attribute in attributes]


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
    if not isinstance(faults, list) or len(faults) != len(targets):
        early = end.get("end", "it gave an odd answer").replace("it ended with code 0", "it ends the program when it is imported (exit code 0)")
        faults = [early] * len(targets)
    said = end.get("said")
    if said:  # whoever ends a program says why before
        faults = [f"{fault}: {said}" if str(fault).startswith("it ends the program") else fault for fault in faults]
    return [{**target, "fault": fault} for target, fault in zip(targets, faults)]
