#!/bin/sh
# Makes the base image: Python where the parent has none, the virtual environment, a user, a working folder.
# Arguments: the Python version asked for (major.minor, or nothing), the uid of the application's user, its gid where that is another.
set -eu
python="${1:-}"
uid="$2"
gid="${3:-$uid}"

if ! command -v python3 >/dev/null 2>&1; then
  command -v apt-get >/dev/null 2>&1 || {
    echo 'pypackager: error: the parent image has neither Python nor apt-get' >&2
    exit 1
  }
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o Dpkg::Options::=--force-unsafe-io python3 python3-venv ca-certificates
  rm -rf /var/lib/apt/lists/*
fi

found="$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
if [ -n "$python" ] && [ "$python" != "$found" ]; then
  echo "pypackager: error: the parent image has Python $found, asked for is $python" >&2
  exit 1
fi

# Without pip: the release image installs nothing any more.
python3 -m venv --without-pip /appenv
# Where a Python program is PID 1, SIGTERM ends it too.
site="$(echo /appenv/lib/python3*/site-packages)"
install -m 644 /mnt/pypackager_pid1.py "$site/"
echo 'import os; os.getpid() == 1 and __import__("pypackager_pid1")' >"$site/pypackager_pid1.pth"
chmod 644 "$site/pypackager_pid1.pth"
install -m 755 /mnt/entrypoint /usr/local/bin/entrypoint

# Written by hand: not every parent has useradd.
if ! grep -q "^[^:]*:[^:]*:$uid:" /etc/passwd; then
  echo "app:x:$uid:$gid::/app:/usr/sbin/nologin" >>/etc/passwd
  grep -q "^[^:]*:[^:]*:$gid:" /etc/group || echo "app:x:$gid:" >>/etc/group
fi
install -d -o "$uid" -g "$gid" /app
