"""Waits in a running container until something listens there, and asks that for a page.

Argument: the port that it should be, and seconds. Writes one JSON line: "listening" (ports, or a path),
"status" of the answer to GET / where one came.
"""

import http.client
import json
import sys
import time

LISTENING = "0A"


def ports():
    found = set()
    for name in ("tcp", "tcp6"):
        try:
            with open(f"/proc/net/{name}") as table:
                rows = [line.split() for line in table.readlines()[1:]]
        except OSError:
            continue
        found |= {int(row[1].rsplit(":", 1)[1], 16) for row in rows if row[3] == LISTENING}
    return sorted(found)


def sockets():
    """Paths of listening local sockets."""
    try:
        with open("/proc/net/unix") as table:
            rows = [line.split() for line in table.readlines()[1:]]
    except OSError:
        return []
    return sorted(row[7] for row in rows if len(row) > 7 and int(row[3], 16) & 0x10000)


def answer(port, until):
    """The status of GET /; None where nothing came, 'other' where it is no HTTP."""
    dropped = 0
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=max(0.2, until - time.monotonic()))
            connection.request("GET", "/", headers={"Host": "localhost", "User-Agent": "pypackager"})
            return connection.getresponse().status
        except (http.client.RemoteDisconnected, ConnectionResetError):
            # A server whose workers are dying, or one of another protocol.
            dropped += 1
            if dropped > 10:
                return "other"
        except http.client.HTTPException:
            return "other"
        except OSError:
            pass
        if time.monotonic() > until:
            return None
        time.sleep(0.1)


def main(wanted, seconds):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = ports()
        if found:
            port = wanted if wanted in found else found[0]
            return {"listening": found, "port": port, "status": answer(port, until)}
        if sockets():
            return {"listening": [], "socket": sockets()[0], "status": None}
        time.sleep(0.05)
    return {"listening": []}


sys.stdout.write(json.dumps(main(int(sys.argv[1]), float(sys.argv[2]))) + "\n")
