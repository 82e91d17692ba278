"""Waits in a running container until something listens there, asks that for a page, and asks it to stop.

Arguments: the port that it should be, seconds to wait, seconds that it may take to stop, the host that it is asked as, and
`named` where the command names that port. Each line begins with the word that
`watch` is called with, which the application does not know. Writes a JSON line:
"port" or "socket" that listens, "loopback" with the address where nothing outside the container reaches it, "only" where that is
IPv6, "status" of the answer to GET / where one came, "to" what that leads to on the same host, "seconds" that it was waited for. Then it sends SIGTERM to
PID 1 and writes the seconds since, again and again: with PID 1 this process ends too, so that the last
number is what the stop took, without what Docker takes to tell of it. Where more programs want to run than
the machine has cores, all takes longer: every limit is stretched by how many times. What has nothing to do
loses nothing by that: time in which it rests counts whole.
"""

import collections
import http.client
import ipaddress
import json
import os
import signal
import socket
import sys
import time
import urllib.parse

LISTENING = "0A"
STEP = 0.05
#: Seconds of rest after which no other listener is to be expected: beside that on the port that it should be, and beside another.
SETTLED, SETTLED_ELSEWHERE = 1.5, 4
#: Of the looks in that time, as a reloader looks for changes now and then.
AT_WORK = 0.25


def work():
    """The processor time that the programs of the container took, and whether one of them takes some now or waits for a disk."""
    used, runs = 0, False
    for pid in filter(str.isdigit, os.listdir("/proc")):
        if int(pid) == os.getpid():
            continue
        try:
            with open(f"/proc/{pid}/stat", "rb") as file:
                fields = file.read().rpartition(b")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        used += int(fields[11]) + int(fields[12])
        runs |= fields[0] in (b"R", b"D")
    return used, runs


class Rest:
    """How long the programs of a container have had nothing to do."""

    def __init__(self):
        self.used, self.looks, self.whole = 0, collections.deque(), 0.0

    def look(self):
        now, (used, runs) = time.monotonic(), work()
        if self.looks and not (runs or used != self.used):
            self.whole += now - self.looks[-1][0]
        self.looks.append((now, runs or used != self.used))
        self.used = used
        while now - self.looks[0][0] > 2 * SETTLED_ELSEWHERE:
            self.looks.popleft()

    def lasts(self, seconds):
        """Whether it was so for the last seconds."""
        since = self.looks[-1][0] - seconds
        last = [busy for at, busy in self.looks if at >= since]
        return self.looks[0][0] <= since and sum(last) <= AT_WORK * len(last)


def address(text):
    """Of /proc/net: words of 32 bits, each in the byte order of the machine."""
    words = [int(text[at : at + 8], 16).to_bytes(4, sys.byteorder) for at in range(0, len(text), 8)]
    found = ipaddress.ip_address(b"".join(words))
    return getattr(found, "ipv4_mapped", None) or found


def ports():
    """Listening ports, and for each the loopback address that it has alone; None where others reach it."""
    found = {}
    for name in ("tcp", "tcp6"):
        try:
            with open(f"/proc/net/{name}") as table:
                rows = [line.split() for line in table.readlines()[1:]]
        except OSError:
            continue
        for row in rows:
            if row[3] == LISTENING:
                host, port = row[1].split(":")
                found.setdefault(int(port, 16), []).append(address(host))
    return {port: None if any(not one.is_loopback for one in ones) else str(ones[0]) for port, ones in sorted(found.items())}


def sockets():
    """Paths of listening local sockets: those that other users may connect to, and those of their owner alone, as for control."""
    try:
        with open("/proc/net/unix") as table:
            rows = [line.split() for line in table.readlines()[1:]]
    except OSError:
        return [], []
    paths = sorted(row[7] for row in rows if len(row) > 7 and int(row[3], 16) & 0x10000)
    # An abstract one is no file: nothing outside the container's network reaches it.
    files = [path for path in paths if not path.startswith("@")]
    common = [path for path in files if for_others(path)]
    return common, [path for path in files if path not in common]


def for_others(path):
    try:
        return bool(os.stat(os.path.join("/proc/1/cwd", path)).st_mode & 0o022)
    except OSError:
        return False


def page(port, until, headers, path="/"):
    """The status of a page, and its Location: None where nothing came, 'other' where it is no HTTP."""
    dropped = 0
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=max(0.2, until - time.monotonic()))
            connection.request("GET", path, headers={"User-Agent": "pypackager", **headers})
            response = connection.getresponse()
            return response.status, response.getheader("Location")
        except (http.client.RemoteDisconnected, ConnectionResetError):
            # A server whose workers are dying, or one of another protocol.
            dropped += 1
            if dropped > 10:
                return "other", None
        except http.client.HTTPException:
            return "other", None
        except OSError:
            pass
        if time.monotonic() > until:
            return None, None
        time.sleep(0.1)


def answer(port, until, host):
    """What GET / answers, and what comes of it where it leads on: a page of https is asked for as a proxy does that has the certificate."""
    headers, path, seen = {"Host": host}, "/", set()
    status, location = page(port, until, headers)
    told, last = {"status": status}, status
    while isinstance(last, int) and 300 <= last < 400 and location and len(seen) < 5:
        url = urllib.parse.urlsplit(urllib.parse.urljoin(f"http://{host}{path}", location))
        if url.hostname != host or url.scheme not in ("http", "https"):
            break
        if url.scheme == "https":
            headers["X-Forwarded-Proto"] = "https"
        path = (url.path or "/") + (f"?{url.query}" if url.query else "")
        if (path, url.scheme) in seen:
            break
        seen.add((path, url.scheme))
        last, location = page(port, until, headers, path)
        told["to"] = {"path": path[:200], "secure": "X-Forwarded-Proto" in headers, "status": last}
    return told


def by_ipv6_alone(port):
    """Whether a socket takes no connections by IPv4: it listens, and refuses them (IPV6_V6ONLY, see ipv6(7))."""
    for _ in range(2):  # one that has just ended may come again
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return False
        except ConnectionRefusedError:
            time.sleep(STEP)
        except OSError:
            return False
    return port in ports()


def asked(port, until, host):
    """What a port that others reach answers."""
    if by_ipv6_alone(port):
        return {"port": port, "only": "IPv6"}
    return {"port": port, **answer(port, until, host)}


def main(wanted, seconds, busy, host, named=False):
    begun = time.monotonic()
    last, rest = {}, Rest()
    while time.monotonic() - begun < seconds * busy and rest.whole < seconds:
        rest.look()
        found = ports()
        outside = [port for port, loopback in found.items() if loopback is None]
        if wanted in outside:
            return asked(wanted, begun + seconds * busy, host)
        common, own = sockets()
        # Figures on a port of their own, or the socket of a supervisor, may come first; so may what is reached from inside alone.
        if outside:
            last = {"port": outside[0], "outside": True}
        elif found:
            port = wanted if wanted in found else list(found)[0]
            last = {"port": port, "loopback": found[port], **({"socket": common[0]} if common else {})}
        elif common or own:
            last = {"socket": [*common, *own][0]}
        # A command that names the port has not begun to serve before that is there.
        if last and not (named and "outside" in last) and rest.lasts(SETTLED_ELSEWHERE if "loopback" in last and last["port"] != wanted else SETTLED):
            break
        time.sleep(STEP)
    if last.pop("outside", False):
        return asked(last["port"], time.monotonic() + seconds, host)
    return {**last, "seconds": round(time.monotonic() - begun, 1)}


def stop(seconds, busy, tell):
    try:
        os.kill(1, signal.SIGTERM)
    except OSError as error:
        return str(error)
    begun, rest = time.monotonic(), Rest()
    while time.monotonic() - begun < seconds * busy and rest.whole < seconds:
        tell(f"{time.monotonic() - begun:.2f}")
        rest.look()
        time.sleep(0.02)
    return "still there"


def crowding():
    return round(min(4.0, max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))), 2)


def watch(word):
    def tell(text):
        print(word, text, flush=True)

    busy = crowding()
    tell(json.dumps(main(int(sys.argv[1]), float(sys.argv[2]), busy, sys.argv[4], sys.argv[5:] == ["named"])))
    tell(stop(float(sys.argv[3]), busy, tell))
