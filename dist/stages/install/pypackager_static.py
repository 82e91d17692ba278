"""Collects a Django site's static files, in the process that has imported it; the name is one that no application has."""

from __future__ import annotations

import os
import re
from typing import Any, Callable

BROKEN: list[str] = []


def note_broken(storage: Any) -> None:
    """Notes which file the storage stumbles over when it gives its files names by their content."""
    process = getattr(storage, "post_process", None)

    def post_process(*args: Any, **more: Any) -> Any:
        for each in process(*args, **more):
            if isinstance(each[2], Exception):
                BROKEN.append(str(each[0])[:200])
            yield each

    if process:
        storage.post_process = post_process


def needs_manifest() -> bool:
    """Whether the site finds its static files by a list of them, and answers 500 where it has none."""
    try:
        from django.conf import settings
        from django.contrib.staticfiles.storage import ManifestFilesMixin
        from django.core.files.storage import FileSystemStorage
        from django.utils.module_loading import import_string

        # One that has no STATIC_ROOT cannot be made. STATICFILES_STORAGE: Django before 4.2.
        chosen = getattr(settings, "STORAGES", {}).get("staticfiles") or {"BACKEND": settings.STATICFILES_STORAGE}
        kind = import_string(chosen["BACKEND"])
        return not settings.DEBUG and issubclass(kind, ManifestFilesMixin) and issubclass(kind, FileSystemStorage)
    except BaseException:
        return False


def debugs() -> bool:
    """Whether the site debugs: it then asks for its static files by their own names, whatever they name."""
    try:
        from django.conf import settings

        return bool(settings.DEBUG)
    except BaseException:
        return False


def uncollected(error: BaseException, words: Callable[[BaseException], str]) -> dict[str, Any]:
    """Why there are none, or which of them names a file that is not there. @param words shorten what an exception says"""
    why = str(error) if type(error) is LookupError else words(error)
    if not BROKEN or debugs():
        return {"why": why, "manifest": needs_manifest()}
    missing = re.match(r"The file '(.{1,300}?)' could not be found", str(error))
    return {"broken": BROKEN[0], "why": f"it names {missing[1]}, which is not among them" if missing else why}


def collect(folder: str, place: Callable[[Any], str | None]) -> str:
    """Collects the static files in a folder. @param place of a setting in the image @returns STATIC_ROOT as it will be there"""
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command

    if not apps.is_installed("django.contrib.staticfiles"):
        raise LookupError("django.contrib.staticfiles is not among INSTALLED_APPS")
    root = place(getattr(settings, "STATIC_ROOT", None))
    if root is None:
        raise LookupError("STATIC_ROOT is not set")
    from django.contrib.staticfiles.storage import staticfiles_storage
    from django.core.files.storage import FileSystemStorage

    if not isinstance(staticfiles_storage, FileSystemStorage):
        raise LookupError("they are not kept as files")
    settings.STATIC_ROOT = folder
    # It may have been made already, with the folder of before.
    storage = getattr(staticfiles_storage, "_wrapped", staticfiles_storage)
    storage._location = folder
    for cached in ("base_location", "location"):
        storage.__dict__.pop(cached, None)
    note_broken(storage)
    with open(os.devnull, "w") as nowhere:
        call_command("collectstatic", interactive=False, verbosity=0, stderr=nowhere)
    return root
