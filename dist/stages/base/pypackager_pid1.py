"""A process with the id 1 gets no signal that it does not handle: let SIGTERM end it, as it ends any other process.

Loaded by the .pth file beside it, only where the id is 1. A server that handles the signal itself sets its own handler after this.
"""

import os
import signal
import sys


def stop(number, frame):
    sys.exit(128 + number)


def restore():
    if signal.getsignal(signal.SIGTERM) is stop:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


try:
    if signal.getsignal(signal.SIGTERM) == signal.SIG_DFL:
        signal.signal(signal.SIGTERM, stop)
        os.register_at_fork(after_in_child=restore)  # children have other ids
except ValueError:
    pass  # an interpreter inside another program: signals are that program's
