#!/bin/sh
# Makes the base image: Python where the parent has none, the virtual environment, a user, a working folder.
# Arguments: the Python version asked for (major.minor, or nothing) and the uid of the application's user.
set -eu
python="${1:-}"
uid="$2"

refuse() {
  echo "pypackager: error: the parent image $1" >&2
  exit 1
}

command -v apt-get >/dev/null 2>&1 && command -v dpkg >/dev/null 2>&1 || {
  name="$(. /etc/os-release 2>/dev/null && echo "${PRETTY_NAME:-}")" || name=''
  refuse "${name:+($name) }has no apt-get: it must be Debian or Ubuntu"
}
# It would lead the virtual environment's Python to other modules than its own.
[ -z "${PYTHONHOME:-}" ] || refuse "sets PYTHONHOME to $PYTHONHOME: unset it there"

# Debian's own comes in parts, of which a minimal one lacks the modules for a virtual environment.
if ! command -v python3 >/dev/null 2>&1 || { [ -x /usr/bin/python3 ] && ! python3 -c 'import venv' 2>/dev/null; }; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o Dpkg::Options::=--force-unsafe-io python3 python3-venv ca-certificates
  rm -rf /var/lib/apt/lists/*
fi

# In words that any Python understands.
found="$(python3 -c 'import platform, sys; print("%s %d.%d" % ((platform.python_implementation(),) + tuple(sys.version_info[:2])))')" ||
  refuse "has a python3 that does not start"
case "$found" in
  'CPython 3.'?) [ "${found##*.}" -ge 9 ] || refuse "has ${found#C}: it must be Python 3.9 or newer" ;;
  'CPython 3.'??) ;;
  *) refuse "has $found: it must be CPython 3.9 or newer" ;;
esac
found="${found#CPython }"
if [ -n "$python" ] && [ "$python" != "$found" ]; then
  refuse "has Python $found, asked for is $python"
fi

# Without pip: the release image installs nothing any more.
python3 -m venv --without-pip /appenv || refuse "has a Python that makes no virtual environment"
install -m 755 /mnt/entrypoint /usr/local/bin/entrypoint

# Written by hand: not every parent has useradd.
if ! grep -q "^[^:]*:[^:]*:$uid:" /etc/passwd; then
  echo "app:x:$uid:$uid::/app:/usr/sbin/nologin" >>/etc/passwd
  grep -q "^[^:]*:[^:]*:$uid:" /etc/group || echo "app:x:$uid:" >>/etc/group
fi
install -d -o "$uid" -g "$uid" /app
