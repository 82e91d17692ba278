#!/bin/sh
# Makes the base image: Python where the parent has none, the virtual environment, a user, a working folder.
# Every file that this changed is collected in /srv/tree, for the image to take it by COPY: no traces of a RUN,
# no times of now, so that the same parent gives the same layer on any engine.
# Arguments: the Python version asked for (major.minor, or nothing) and the uid of the application's user.
set -eu
python="${1:-}"
uid="$2"
mkdir -p /srv
start=$(($(date +%s) - 1)) # tar keeps whole seconds
touch /srv/started
sleep 0.01

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

found="$(python3 -B -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
if [ -n "$python" ] && [ "$python" != "$found" ]; then
  echo "pypackager: error: the parent image has Python $found, asked for is $python" >&2
  exit 1
fi

# Without pip: the release image installs nothing any more.
python3 -B -m venv --without-pip /appenv
install -m 755 /mnt/entrypoint /usr/local/bin/entrypoint

# Written by hand: not every parent has useradd.
if ! grep -q "^[^:]*:[^:]*:$uid:" /etc/passwd; then
  echo "app:x:$uid:$uid::/app:/usr/sbin/nologin" >>/etc/passwd
  grep -q "^[^:]*:[^:]*:$uid:" /etc/group || echo "app:x:$uid:" >>/etc/group
fi
install -d -o "$uid" -g "$uid" /app

mkdir /srv/tree
cd /
# ctime, not mtime: dpkg gives files the times they were packed with. Those stay, as byte code knows them.
find . -xdev \( -path ./srv -o -path ./proc -o -path ./sys -o -path ./dev -o -path ./tmp -o -path ./mnt -o -path ./run \
  -o -path ./var/log -o -path ./var/cache -o -path ./var/lib/apt/lists -o -path ./etc/hosts -o -path ./etc/hostname \
  -o -path ./etc/resolv.conf \) -prune -o ! -path . -cnewer /srv/started -print >/srv/list
tar -c --no-recursion -T /srv/list | tar -x -p --same-owner -C /srv/tree
find /srv/tree \( -type d -o -newermt "@$start" \) -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
