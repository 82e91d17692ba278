"""Waits until services take connections. Arguments: seconds, then host:port of each. Prints those that did not, with why."""

import socket
import sys
import time


def answers(place, until):
    host, _, port = place.rpartition(":")
    while True:
        try:
            socket.create_connection((host, int(port)), timeout=2).close()
            return None
        except OSError as error:
            if time.monotonic() > until:
                return error.strerror or str(error)
        time.sleep(0.25)


until = time.monotonic() + float(sys.argv[1])
for place in sys.argv[2:]:
    reason = answers(place, until)
    if reason is not None:
        print(f"{place} {reason}", flush=True)
