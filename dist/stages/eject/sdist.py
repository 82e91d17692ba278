"""Fetches the sdists that a requirements file names, by their hashes, into /srv/out. Argument: the file.

pip would run the code of an sdist to download it; this only reads the page of the package (PEP 503). Build secrets as
in fetch.sh: /run/ca.pem, /run/index, /run/netrc.
"""

from __future__ import annotations

import base64
import hashlib
import html.parser
import netrc
import os
import re
import ssl
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

OUT, CA, INDEX, NETRC = Path("/srv/out"), Path("/run/ca.pem"), Path("/run/index"), Path("/run/netrc")


def given(file: Path) -> bool:
    return file.exists() and file.stat().st_size > 0


class Links(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]


def login(address: urllib.parse.SplitResult, index: str) -> str | None:
    asked = urllib.parse.urlsplit(index)
    for named in (address, *([asked] if (asked.hostname, asked.port) == (address.hostname, address.port) else [])):
        if named.username:
            return f"{urllib.parse.unquote(named.username)}:{urllib.parse.unquote(named.password or '')}"
    found = netrc.netrc(str(NETRC)).authenticators(address.hostname or "") if given(NETRC) else None
    return f"{found[0]}:{found[2]}" if found else None


def get(url: str, index: str) -> bytes:
    address = urllib.parse.urlsplit(url)
    plain = urllib.parse.urlunsplit(address._replace(netloc=address.netloc.rpartition("@")[2], fragment=""))
    request = urllib.request.Request(plain, headers={"Accept": "text/html"})
    words = login(address, index)
    if words:
        request.add_unredirected_header("Authorization", "Basic " + base64.b64encode(words.encode()).decode())
    context = ssl.create_default_context(cafile=str(CA) if given(CA) else None)
    with urllib.request.urlopen(request, timeout=60, context=context) as answer:
        return answer.read()


def default_index() -> str:
    """What pip asks where nobody names an index; its own word, out of the wheel that Python brings."""
    pip = subprocess.run([sys.executable, "/opt/bundled_pip.py"], check=True, capture_output=True, text=True).stdout.strip()
    sys.path.insert(0, pip)
    from pip._internal.models.index import PyPI

    return PyPI.simple_url


def indexes() -> list[str]:
    named = INDEX.read_text().splitlines() if given(INDEX) else [os.environ.get("PIP_INDEX_URL", "")]
    return [line.strip() or default_index() for line in named]


def fetch(name: str, sums: list[str]) -> None:
    page_name = re.sub(r"[-_.]+", "-", name).lower()
    for index in indexes():
        page = f"{index.rstrip('/')}/{page_name}/"
        links = Links()
        try:
            links.feed(get(page, index).decode())
        except urllib.error.HTTPError as error:
            if error.code == 404:
                continue
            raise
        for link in links.found:
            url = urllib.parse.urljoin(page, link)
            told = urllib.parse.parse_qs(urllib.parse.urlsplit(url).fragment).get("sha256")
            if not told or told[0] not in sums:
                continue
            content = get(url, index)
            if hashlib.sha256(content).hexdigest() not in sums:
                sys.exit(f"pypackager: error: {name}: what the index gave has another sha256 than it says")
            OUT.joinpath(Path(urllib.parse.unquote(urllib.parse.urlsplit(url).path)).name).write_bytes(content)
            return
    sys.exit(f"pypackager: error: no index has a file of {name} with one of the hashes that are named")


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    for line in Path(sys.argv[1]).read_text().replace("\\\n", " ").splitlines():
        if "==" in line and not line.startswith("#"):
            fetch(line.split("==")[0].strip(), re.findall(r"--hash=sha256:([0-9a-f]{64})", line))


if __name__ == "__main__":
    main()
