"""Describes the interpreter and the system that wheels are chosen for.

Writes /srv/out/target.json: the facts that make up wheel tags, and the values that markers are judged by (PEP 508).
"""

import json
import os
import platform
import sys
import sysconfig
from pathlib import Path

OUT = Path("/srv/out")


def distribution() -> str:
    release = {}
    for line in Path("/etc/os-release").read_text().splitlines():
        key, _, value = line.partition("=")
        release[key] = value.strip('"')
    return f"{release.get('ID', '')} {release.get('VERSION_ID', '')}".strip()


def markers() -> dict[str, str]:
    info = sys.implementation.version
    kind = "" if info.releaselevel == "final" else info.releaselevel[0] + str(info.serial)
    return {
        "implementation_name": sys.implementation.name,
        "implementation_version": f"{info.major}.{info.minor}.{info.micro}{kind}",
        "os_name": os.name,
        "platform_machine": platform.machine(),
        "platform_python_implementation": platform.python_implementation(),
        "platform_system": platform.system(),
        # Of the kernel that builds, not of the one that will run the image: nothing is decided by them.
        "platform_release": "",
        "platform_version": "",
        "python_full_version": platform.python_version(),
        "python_version": ".".join(platform.python_version_tuple()[:2]),
        "sys_platform": sys.platform,
    }


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    target = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "glibc": platform.libc_ver()[1],
        "soabi": sysconfig.get_config_var("SOABI") or "",
        "executable": os.path.realpath(sys.executable),
        "distribution": distribution(),
        "markers": markers(),
    }
    (OUT / "target.json").write_text(json.dumps(target, sort_keys=True))
