"""Prints where the wheel of the pip is that this Python brings for ensurepip (Debian keeps it elsewhere)."""

import ensurepip
from pathlib import Path

folders = [Path(ensurepip.__file__).parent / "_bundled", Path("/usr/share/python-wheels")]
print(next(wheel for folder in folders for wheel in sorted(folder.glob("pip-*.whl"))))
