"""Tells what an image holds, as JSON: Debian's packages, the interpreter, installed distributions.

Read from files alone and run with -I -S: nothing that is installed in the image is imported or started.
"""

import glob
import itertools
import json
import os
import platform
import sys

LARGEST = 8_000_000  # bytes of a file that is read whole; an SBOM that is cut here is none, which the image's SBOM says
LONGEST = 65_536  # more than any line takes


def text(path, limit=LARGEST):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read(limit)
    except OSError:
        return ""


def lines_of(path):
    """One by one, however many there are."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            while line := file.readline(LONGEST):
                yield line.rstrip("\r\n")
    except OSError:
        pass


def os_release():
    lines = (line.partition("=") for line in text("/etc/os-release").splitlines())
    return {key: value.strip("\"'") for key, _, value in lines if key in ("ID", "VERSION_ID", "VERSION_CODENAME", "PRETTY_NAME")}


def licences(package):
    """The short names of a machine-readable copyright file; none of another one."""
    lines = text(f"/usr/share/doc/{package}/copyright").splitlines()
    if not any(line.startswith("Format") and ("copyright-format" in line or "dep5" in line) for line in lines[:5]):
        return []
    return sorted({line[8:].strip() for line in lines if line.startswith("License:")} - {""})


def debian():
    """Installed packages: dpkg's status file, or status.d of images without dpkg."""
    found = []
    files = ["/var/lib/dpkg/status", *sorted(f for f in glob.glob("/var/lib/dpkg/status.d/*") if not f.endswith(".md5sums"))]
    for paragraph in "\n\n".join(map(text_of_status, files)).split("\n\n"):
        lines = (line.partition(":") for line in paragraph.splitlines() if line[:1] not in (" ", "\t", ""))
        fields = {key: value.strip() for key, _, value in lines}
        if "Package" not in fields or fields.get("Status", "install ok installed").split()[-1] != "installed":
            continue
        found.append(
            {
                "name": fields["Package"],
                "version": fields.get("Version", ""),
                "architecture": fields.get("Architecture", ""),
                "source": fields.get("Source", ""),
                "licences": licences(fields["Package"]),
            }
        )
    return found


def text_of_status(path):
    return text(path, -1)


def distributions():
    """Of the virtual environment, and of the Python beneath it as far as no Debian package owns that."""
    own = os.environ.get("VIRTUAL_ENV") or os.path.dirname(os.path.dirname(sys.executable))
    places = dict.fromkeys([(own, True), ("/usr/local", own == "/usr/local")])
    for prefix, application in places:
        for site in sorted(glob.glob(f"{prefix}/lib/python3*/site-packages")):
            for folder in sorted(glob.glob(f"{site}/*.dist-info")):
                yield describe(site, folder, application)


def describe(site, folder, application):
    sboms_in = f"{os.path.basename(folder)}/sboms/"
    compiled, libraries, sboms = False, [], {}
    for line in lines_of(f"{folder}/RECORD"):
        name = line.rpartition(",")[0].rpartition(",")[0].strip('"')
        compiled = compiled or name.endswith(".so") or ".so." in name
        if ".libs/" in name and ".so" in name:
            libraries.append(name)
        if name.startswith(sboms_in):
            sboms[name] = text(f"{site}/{name}")
    return {
        "metadata": "\n".join(itertools.takewhile(bool, lines_of(f"{folder}/METADATA"))),
        "application": application,
        "compiled": compiled,
        "libraries": libraries,
        "sboms": sboms,
    }


if __name__ == "__main__":
    facts = {
        "os": os_release(),
        "python": {"version": platform.python_version(), "file": os.path.realpath(sys.executable)},
        "debian": debian(),
        "distributions": list(distributions()),
    }
    sys.stdout.write(json.dumps(facts))
