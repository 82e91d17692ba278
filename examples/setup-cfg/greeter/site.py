"""One page that greets, as GREETING says."""

import os
from collections.abc import Callable, Iterable


def application(environ: dict[str, object], start_response: Callable[..., object]) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [f"{os.environ.get('GREETING', 'Hello')}\n".encode()]
