"""Says why no index gave uv: pip keeps that to itself. In uv's own words, so that one reader knows both.

Reads addresses of indexes from its input, one a line; an empty one is the public index.
"""

from __future__ import annotations

import base64
import netrc
import os
import ssl
import sys
import urllib.error
import urllib.parse
import urllib.request


def login(address: urllib.parse.SplitResult) -> str | None:
    if address.username:
        return f"{urllib.parse.unquote(address.username)}:{urllib.parse.unquote(address.password or '')}"
    found = netrc.netrc(os.environ["NETRC"]).authenticators(address.hostname or "") if "NETRC" in os.environ else None
    return f"{found[0]}:{found[2]}" if found else None


def ask(index: str) -> str:
    address = urllib.parse.urlsplit(index)
    url = urllib.parse.urlunsplit(address._replace(netloc=address.netloc.rpartition("@")[2])).rstrip("/") + "/uv/"
    request = urllib.request.Request(url)
    words = login(address)
    if words:
        request.add_unredirected_header("Authorization", "Basic " + base64.b64encode(words.encode()).decode())
    try:
        urllib.request.urlopen(request, timeout=15).close()
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return f"error: Because uv was not found on {url}"
        return f"HTTP status server error ({error.code}) for url ({url})"
    except OSError as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, ssl.SSLCertVerificationError):
            known = {10: "Expired", 62: "NotValidForName"}
            return f"error sending request for url ({url}) invalid peer certificate: {known.get(reason.verify_code, 'UnknownIssuer')}"
        return f"error sending request for url ({url}) {'dns error' if 'Name or service' in str(reason) else reason}"
    return f"error: Because the pinned version of uv was not found on {url}"


def default_index() -> str:
    """What pip asks where nobody names an index; its own word, out of the wheel that was run."""
    sys.path.insert(0, sys.argv[1])
    from pip._internal.models.index import PyPI

    return PyPI.simple_url


answers = [ask(line.strip() or default_index()) for line in sys.stdin]
# An index that fails says more than one that has no uv.
print("\n".join(sorted(answers, key=lambda answer: answer.startswith("error: Because"))), file=sys.stderr)
