"""Asks a Django site what it thinks of itself, in a process of its own.

Argument: JSON with "own" (files of the project, absolute), "tops" (its packages), and "folder" ('' or the
folder whose modules are all its own). Writes a JSON line for each of: settings, apps, setup, deploy, migrations.
"""

import importlib
import io
import json
import os
import re
import sys
import warnings
from contextlib import redirect_stderr, redirect_stdout

answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
sys.path[:] = [path for path in sys.path if path]
warnings.simplefilter("ignore")
request = json.loads(sys.argv[1])
own_files = set(request["own"])


def say(section, **answer):
    answers.write(json.dumps({"section": section, **answer}) + "\n")
    answers.flush()


def words(error):
    return f"{type(error).__name__}: {error}"


def is_own(folder):
    folder = os.path.realpath(folder)
    if request["folder"]:
        return folder == request["folder"] or folder.startswith(request["folder"] + "/")
    return any(name.startswith(folder + "/") for name in own_files)


def names_own(entry):
    """Whether an entry of INSTALLED_APPS is the project's; by name, since it may not be importable."""
    top = os.path.join(request["folder"], entry.split(".")[0])
    if request["folder"]:
        return os.path.isdir(top) or os.path.isfile(top + ".py")
    return any(entry == name or entry.startswith(name + ".") for name in request["tops"])


def look_at_apps(settings):
    from django.apps import AppConfig

    faults = []
    for entry in settings.INSTALLED_APPS:
        try:
            importlib.import_module(AppConfig.create(entry).name)
        except BaseException as error:
            # One that is nowhere was left out of the wheel or of the requirements: no site starts without it.
            absent = isinstance(error, ModuleNotFoundError) and error.name == entry.split(".")[0]
            faults.append({"app": entry, "own": absent or names_own(entry), "fault": words(error)})
    return faults


def look_at_deployment():
    from django.core import checks

    found = checks.run_checks(include_deployment_checks=True)
    found = [message for message in found if message.level >= checks.WARNING and not message.is_silenced()]
    return [{"id": message.id or "", "text": str(message.msg).strip().splitlines()[0]} for message in found]


def look_at_migrations():
    from django.apps import apps
    from django.core.management import call_command

    own = [config for config in apps.get_app_configs() if is_own(config.path)]
    models = [config for config in own if any(model._meta.managed and not model._meta.proxy for model in config.get_models())]
    without, labels = [], []
    for config in own:
        try:
            importlib.import_module(f"{config.name}.migrations")
            labels.append(config.label)
        except ModuleNotFoundError:
            if config in models:
                without.append(config.label)
    out = io.StringIO()
    pending = False
    if labels:
        try:
            with redirect_stdout(out), redirect_stderr(out):
                call_command("makemigrations", *labels, check_changes=True, dry_run=True, interactive=False, verbosity=1)
        except SystemExit as error:
            pending = bool(error.code)
    changes = re.findall(r"^\s+(?:[-+~]|- )\s*(.+)$", out.getvalue(), re.M)
    return {"labels": labels, "pending": pending, "changes": changes[:5], "without": without}


def main():
    try:
        import django
        from django.conf import settings

        installed = list(settings.INSTALLED_APPS)
    except BaseException as error:
        say("settings", fault=words(error))
        return
    say("settings", fault=None)
    faults = look_at_apps(settings)
    say("apps", count=len(installed), faults=faults)
    try:
        django.setup()
    except BaseException as error:
        say("setup", fault=words(error))
        return
    for section, look in (("deploy", look_at_deployment), ("migrations", look_at_migrations)):
        try:
            say(section, found=look())
        except BaseException as error:
            say(section, undone=words(error))


main()
answers.flush()
os._exit(0)
