"""Prints the seconds that the program given took, from its call to its end."""

import subprocess
import sys
import time

started = time.perf_counter()
ended = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
seconds = time.perf_counter() - started
if ended.returncode:
    sys.exit(f"{sys.argv[1:]} ended with {ended.returncode}: {ended.stderr.decode()[-2000:]}")
print(seconds)
