"""Variables of the environment that decide what a site answers to and where its database lies.

Found by experiment: each that the settings read is set, in a process of its own, and the settings are loaded again.
"""

import os
import re

#: Of each kind, those that are tried.
MOST_NAMES = 10
#: Texts of two hosts, by what parts them.
HOSTS = ["a.example", "b.example"]
HOST_FORMS = {"comma": ",".join(HOSTS), "blank": " ".join(HOSTS), "json": json.dumps(HOSTS)}
PLACE = "/tmp/pypackager-data"  # settings may make the folder
DATABASE_FORMS = {"path": f"{PLACE}/db.sqlite3", "address": f"sqlite:///{PLACE}/db.sqlite3", "folder": PLACE}
HOST_NAME = re.compile(r"HOST|DOMAIN|SITE|URL|FQDN")
SECURE_NAME = re.compile(r"SSL|HTTPS|SECURE|TLS|REDIRECT")
SECURE_OFF = ("False", "0")
DATABASE_NAME = re.compile(r"DB|DATABASE|SQL|DATA|STORAGE|PATH|DIR|URL|VOLUME|HOME|NAME")

#: Of a database for sure; such names are tried first.
LIKELY = re.compile(r"DATABASE|SQLITE|(^|_)DB(_(PATH|FILE|NAME|URL|DIR))?$|^(DB|SQL)_(NAME|DATABASE)")


def record_reads():
    """@returns the list that the names of variables come to which are read from now on and not set"""
    names = []

    class Recording(type(os.environ)):
        def __getitem__(self, name):
            try:
                return super().__getitem__(name)
            except KeyError:
                if isinstance(name, str) and name not in names:
                    names.append(name)
                raise

    os.environ.__class__ = Recording  # `get`, `in` and `getenv` come to it too
    return names


def refused_hosts(settings):
    """ALLOWED_HOSTS where localhost is not among them, else None (django.http.request.HttpRequest.get_host)."""
    from django.http.request import validate_host

    allowed = [str(host) for host in settings.ALLOWED_HOSTS]
    if validate_host("localhost", allowed) or (settings.DEBUG and not allowed):
        return None
    return allowed[:20]


def databases(settings):
    """Paths of databases that are files: SQLite's, and SpatiaLite's."""
    told = [each for each in settings.DATABASES.values() if re.search("sqlite|spatialite", str(each.get("ENGINE")))]
    names = [str(each.get("NAME")) for each in told if each.get("NAME")]
    return [os.path.abspath(name) for name in names if ":" not in name]


def hosts_with(name, value):
    from django.conf import settings

    os.environ[name] = value
    return [str(host) for host in settings.ALLOWED_HOSTS][:100]


def database_with(name, value, form):
    """Whether the database lies in the place then, and nothing else that the site is served from."""
    from django.conf import settings

    os.environ[name] = value
    others = f"{settings.TEMPLATES} {settings.STATICFILES_DIRS} {settings.STATIC_ROOT}"
    there = [file for file in databases(settings) if (file.startswith(f"{PLACE}/") if form == "folder" else file == f"{PLACE}/db.sqlite3")]
    return bool(there) and PLACE not in others


def is_plain_with(name, value):
    from django.conf import settings

    os.environ[name] = value
    return not settings.SECURE_SSL_REDIRECT


def moving(read, refused, files, secure, limit):
    """@param read: names, in the order in which they are read. refused, files, secure: whether hosts, a database, http are looked for"""
    hosts = sorted(filter(HOST_NAME.search, read), key=lambda name: "ALLOWED" not in name)[:MOST_NAMES] if refused else []
    places = sorted(filter(DATABASE_NAME.search, read), key=lambda name: not LIKELY.search(name))[:MOST_NAMES] if files else []
    host_tries = [(name, form) for name in hosts for form in HOST_FORMS]
    place_tries = [(name, form) for name in places for form in DATABASE_FORMS]
    secure_tries = [(name, value) for name in filter(SECURE_NAME.search, read) for value in SECURE_OFF][:MOST_NAMES] if secure else []
    asked = [
        *(lambda name=name, form=form: hosts_with(name, HOST_FORMS[form]) for name, form in host_tries),
        *(lambda name=name, form=form: database_with(name, DATABASE_FORMS[form], form) for name, form in place_tries),
        *(lambda name=name, value=value: is_plain_with(name, value) for name, value in secure_tries),
    ]
    ends = [end.get("answer") for end in ask_all(asked, [limit / 2] * len(asked), time.monotonic() + limit, 2)]
    found_hosts = (host_found(name, form, answer) for (name, form), answer in zip(host_tries, ends))
    found_places = ({"name": name, "form": form} for (name, form), answer in zip(place_tries, ends[len(host_tries) :]) if answer is True)
    plain = ends[len(host_tries) + len(place_tries) :]
    found_plain = ({"name": name, "value": value} for (name, value), answer in zip(secure_tries, plain) if answer is True)
    return {"hosts": next(filter(None, found_hosts), None), "database": next(found_places, None), "plain": next(found_plain, None)}


def host_found(name, form, answer):
    if not isinstance(answer, list):
        return None
    if all(host in answer for host in HOSTS):
        return {"name": name, "form": form}
    return {"name": name, "form": "one"} if form == "blank" and HOST_FORMS["blank"] in answer else None
