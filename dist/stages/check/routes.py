"""What an application answers, by its own table of routes: a line with the word of this run and a JSON document.

It comes after the texts of the other scripts, with REQUEST: "module", "object" and "factory" of what the server is given, "folder",
"paths" and "limit" as they have them. The application is made in a process of its own.
"""

MOST_PATHS = 20


def plain(path):
    """A path that can be asked for as it stands."""
    return isinstance(path, str) and path.startswith("/") and not re.search(r"[<{\s]", path) and len(path) <= 200


def of_werkzeug(found):
    """Flask and Quart: the number of routes, those to be looked at, and whether none can come later. @see https://werkzeug.palletsprojects.com/en/stable/routing/"""
    rules = [rule for rule in found.url_map.iter_rules() if rule.endpoint.split(".")[-1] != "static"]
    own = getattr(getattr(found, "wsgi_app", None), "__self__", None) is found  # no middleware, which may answer before it
    settled = own and not hasattr(found, "asgi_app") and not found.before_request_funcs
    return len(rules), [rule.rule for rule in rules if "GET" in (rule.methods or ("GET",))], settled


def of_starlette(found):
    """Starlette, FastAPI and Litestar: the pages that only tell of the others are none of its own."""
    own = [getattr(found, name, None) for name in ("openapi_url", "docs_url", "redoc_url", "swagger_ui_oauth2_redirect_url")]
    paths = [(getattr(route, "path", ""), getattr(route, "methods", None)) for route in found.routes]
    rest = [(path, methods) for path, methods in paths if path not in own and not re.match(r"/schema(/|$)", str(path))]
    docs = [own[1]] if own[1] in [path for path, _ in paths] else []
    return len(rest), docs or [path for path, methods in rest if methods and "GET" in methods], False


def routes_of(python, request):
    """@returns "count" of its own routes, some "paths" of theirs that can be asked for, "settled": none can come later; None where its table is not known"""
    prepare(python)
    import importlib

    found = importlib.import_module(request["module"])
    for name in request["object"].split("."):
        found = getattr(found, name)
    if request["factory"]:
        found = found()
    if hasattr(found, "url_map"):
        count, paths, settled = of_werkzeug(found)
    elif isinstance(getattr(found, "routes", None), (list, tuple)):
        count, paths, settled = of_starlette(found)
    else:
        return None
    return {"count": count, "paths": sorted(filter(plain, set(paths)), key=lambda path: (len(path), path))[:MOST_PATHS], "settled": settled}


def tell_routes(request):
    hide()
    python = {**application(), "folder": request["folder"], "paths": request["paths"]}
    limit = request["limit"] * crowding()
    [end] = ask_all([lambda: routes_of(python, request)], [limit], time.monotonic() + limit, 1)
    tell(end.get("answer"))
