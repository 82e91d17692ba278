"""What a Django site thinks of itself: its settings, its apps, its deployment and its migrations, each asked by itself.

An app is imported beside nothing but Django and Django's own apps; deployment and migrations take all of them.
"""

import importlib
import io
import os
import re
import warnings
from contextlib import redirect_stderr, redirect_stdout

MOST_APPS = 500


class Site:
    def __init__(self, python, own, tops, folder, limit):
        """own: files of the project, absolute. tops: its packages. folder: '' or the one whose modules are all its own."""
        self.python, self.own, self.tops, self.folder, self.limit = python, set(own), tops, folder, limit

    def is_own(self, folder):
        folder = os.path.realpath(folder)
        if self.folder:
            return folder == self.folder or folder.startswith(self.folder + "/")
        return any(name.startswith(folder + "/") for name in self.own)

    def names_own(self, entry):
        """Whether an entry of INSTALLED_APPS is the project's; by name, since it may not be importable."""
        if self.folder:
            named = [folder for folder in os.environ.get("PYTHONPATH", "").split(":") if f"{folder}/".startswith(f"{self.folder}/")]
            tops = [os.path.join(folder, entry.split(".")[0]) for folder in [self.folder, *named]]
            return any(os.path.isdir(top) or os.path.isfile(top + ".py") for top in tops)
        return any(entry == name or entry.startswith(name + ".") for name in self.tops)

    def settings(self):
        try:
            from django.conf import settings

            read = record_reads()
            installed = [str(entry)[:500] for entry in settings.INSTALLED_APPS][:MOST_APPS]
            files = database_files(settings)
            told = {"files": files, "shut": shut_folders(files), "hosts": refused_hosts(settings), "secure": bool(settings.SECURE_SSL_REDIRECT), "manifests": absent_manifests(settings), "read": read[:500]}
            return {"fault": None, "installed": installed, **told}
        except BaseException as error:
            return {"fault": words(error)}

    def whole(self):
        """What takes Django, as lines: it and its own apps are imported here, once; other code runs in processes forked from here."""
        prepare(self.python)
        warnings.simplefilter("ignore")
        try:
            import django.conf
        except BaseException as error:
            return [{"section": "settings", "fault": words(error)}]
        (end,) = ask_all([self.settings], [self.limit], time.monotonic() + self.limit, 1)
        settings = section("settings", end)
        installed, read = settings.pop("installed", None), settings.pop("read", None)
        if settings.get("fault") or not isinstance(installed, list) or not isinstance(read, list):
            return [settings]
        settings["moves"] = moving(read, settings.get("hosts") is not None, bool(settings.get("files")), settings.get("secure") is True, self.limit)
        return [settings, *self.of_apps(installed)]

    def of_apps(self, installed):
        from django.apps import AppConfig

        def fault_of(entry):
            try:
                importlib.import_module(AppConfig.create(entry).name)
            except BaseException as error:
                # One that is nowhere was left out of the wheel or of the requirements: no site starts without it.
                return {"fault": words(error), "absent": isinstance(error, ModuleNotFoundError) and error.name == entry.split(".")[0]}
            return {"fault": None}

        named = os.environ.pop("DJANGO_SETTINGS_MODULE", "")  # the settings may import anything, so not in this process
        good = {entry for entry in installed if entry.startswith("django.") and fault_of(entry)["fault"] is None}
        os.environ["DJANGO_SETTINGS_MODULE"] = named
        others = [entry for entry in installed if entry not in good]
        asked = [self.loaded, *(lambda entry=entry: fault_of(entry) for entry in others)]
        loaded, *ends = ask_all(asked, [self.limit] * len(asked), time.monotonic() + self.limit, 2)
        faults = []
        for entry, end in zip(others, ends):
            said = end.get("answer") or {"fault": end.get("end") or end.get("undone")}
            if said.get("fault") is not None:
                own = bool(said.get("absent")) or self.names_own(entry)
                faults.append({"app": entry, "own": own, "fault": str(said["fault"])})
        apps = {"section": "apps", "count": len(installed), "faults": faults}
        return [apps, *(section(name, end) for name, end in zip(("deploy", "migrations"), ends_of(loaded)))]

    def loaded(self):
        """Deployment and migrations, which take all apps: each in a process that is forked when they are there."""
        try:
            import django

            django.setup()
        except BaseException as error:
            return [{"answer": {"setup": words(error)}}] * 2
        limit = self.limit * 3 / 4  # one that hangs does not take the other along
        asked = [lambda: {**found(self.look_at_deployment), "lent": key_is_lent()}, lambda: found(self.look_at_migrations)]
        return ask_all(asked, [limit] * 2, time.monotonic() + limit, 2)

    def look_at_deployment(self):
        from django.core import checks

        found = checks.run_checks(include_deployment_checks=True)
        found = [message for message in found if message.level >= checks.WARNING and not message.is_silenced()]
        return [{"id": message.id or "", "text": str(message.msg).strip().splitlines()[0]} for message in found]

    def look_at_migrations(self):
        from django.apps import apps
        from django.core.management import call_command

        own = [config for config in apps.get_app_configs() if self.is_own(config.path)]
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


def shut_folders(files):
    """Folders of such databases that are there, and that the user of the image may not write."""
    folders = {os.path.dirname(name) for name in files if name.startswith("/")}
    return sorted(folder for folder in folders if os.path.isdir(folder) and not os.access(folder, os.W_OK))[:10]


def database_files(settings):
    """Databases that are files and not in the image, and `:memory:` for one of a process alone."""
    try:
        files = [name for name in databases(settings) if not os.path.lexists(name)]
        memory = [name for name in (str(each.get("NAME")) for each in settings.DATABASES.values()) if name == ":memory:"]
        return [*files, *memory][:10]
    except Exception:
        return []


def absent_manifests(settings):
    """What a node build would have made, by django-vite (3 and 2) and django-webpack-loader, where it is not there."""
    found = []
    try:
        for config in getattr(settings, "DJANGO_VITE", {}).values():
            place = os.path.join(str(settings.STATIC_ROOT), config.get("static_url_prefix", ""), "manifest.json")
            found += [] if config.get("dev_mode") else [str(config.get("manifest_path") or place)]
        assets = getattr(settings, "DJANGO_VITE_ASSETS_PATH", None)
        if assets and not getattr(settings, "DJANGO_VITE_DEV_MODE", False):
            found.append(str(getattr(settings, "DJANGO_VITE_MANIFEST_PATH", os.path.join(str(assets), "manifest.json"))))
        found += [str(config["STATS_FILE"]) for config in getattr(settings, "WEBPACK_LOADER", {}).values() if config.get("STATS_FILE")]
    except Exception:
        pass  # written in a way that no version of them knows
    return [os.path.abspath(name)[:1000] for name in found if not os.path.exists(name)][:5]


def key_is_lent():
    """Whether the key comes from the environment: what Django says of it (security.W009) is then said of another one than it runs with."""
    try:
        from django.conf import settings

        return settings.SECRET_KEY in os.environ.values()
    except BaseException:
        return False


def found(look):
    try:
        return {"found": look()}
    except BaseException as error:
        return {"undone": words(error)}


def section(name, end):
    """A line for whoever judges: what was answered, or why nothing was."""
    answer = end.get("answer")
    if isinstance(answer, dict):
        return {"section": name, **answer, "section": name}
    return {"section": name, "undone": end.get("undone") or end.get("end") or "it gave an odd answer"}


def ends_of(loaded):
    """The two ends within that of what takes all apps, or that one itself."""
    inner = loaded.get("answer")
    if isinstance(inner, list) and len(inner) == 2 and all(isinstance(each, dict) for each in inner):
        return inner
    return [loaded] * 2


def site_lines(end):
    """The lines of a site, out of the end of what was asked of it."""
    lines = end.get("answer")
    return lines if isinstance(lines, list) else [section("settings", end)]
