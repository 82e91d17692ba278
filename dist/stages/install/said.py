"""What the trial says to the user: printed as it is said, and kept for runs in which BuildKit has this step from before."""

from __future__ import annotations

import json
from pathlib import Path

SAID, GIVEN = Path("/srv/said"), Path("/run/env")
SHORTEST = 8  # of values that are left out of what is kept; shorter ones are words
LINES: list[str] = []


def say(level: str, text: str, code: str = "") -> None:
    """@param code by which the run knows what is said, where that is for its user"""
    line = f"{level}[{code}]: {text}" if code else f"{level}: {text}"
    print(f"pypackager: {line}", flush=True)
    LINES.append(line)


def keep() -> None:
    """Without the values that only this run was given: what is kept outlives it."""
    text = "".join(f"{line}\n" for line in LINES)
    values = json.loads(GIVEN.read_text()).values() if GIVEN.exists() else []
    for value in sorted((value for value in values if len(value) >= SHORTEST), key=len, reverse=True):
        text = text.replace(value, "***")
    SAID.mkdir()
    (SAID / "said.txt").write_text(text, encoding="utf-8")
