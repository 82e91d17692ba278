#!/bin/sh
# Makes the base image: Python where the parent has none, the virtual environment, a user, a working folder.
# Every file that this changed is collected in /srv/tree, for the image to take it by COPY: no traces of a RUN,
# no times of now, so that the same parent gives the same layer on any engine.
# Arguments: the Python version asked for (major.minor, or nothing), the uid of the application's user, its gid where that is another.
# UPDATES=security installs what Debian's security archive has above the parent.
set -eu
python="${1:-}"
uid="$2"
gid="${3:-$uid}"
mkdir -p /srv
start=$(($(date +%s) - 1)) # tar keeps whole seconds
touch /srv/started
sleep 0.01

refuse() {
  echo "pypackager: error[parent-image]: the parent image $1" >&2
  exit 1
}

command -v apt-get >/dev/null 2>&1 && command -v dpkg >/dev/null 2>&1 || {
  name="$(. /etc/os-release 2>/dev/null && echo "${PRETTY_NAME:-}")" || name=''
  refuse "${name:+($name) }has no apt-get: it must be Debian or Ubuntu"
}
# It would lead the virtual environment's Python to other modules than its own.
[ -z "${PYTHONHOME:-}" ] || refuse "sets PYTHONHOME to $PYTHONHOME: unset it there"

# What only the other archives have waits for a newer parent. apt names the archives of a version in brackets.
if [ "${UPDATES:-}" = security ]; then
  apt-get update -qq -o Acquire::Languages=none || refuse "gets no updates: its archives do not answer (see above)"
  apt-cache policy | grep -qi '[al]=[^,]*security' || refuse "names no security archive in its sources of apt"
  newer="$(apt-get --simulate --option Debug::NoLocking=1 dist-upgrade | sed -n 's/^Inst \([^ ]*\) \[[^]]*\] (\([^ ]*\) [^)]*[Ss]ecurity.*/\1=\2/p')"
  if [ -n "$newer" ]; then
    names="$(echo "$newer" | cut -d= -f1)"
    # Beside files, dpkg has blank lines between packages and words on diversions.
    # shellcheck disable=SC2086
    dpkg -L $names | grep '^/' | sort -u >/srv/before
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --only-upgrade --no-install-recommends \
      -o Dpkg::Options::=--force-unsafe-io -o Dpkg::Options::=--force-confold $newer
    while read -r file; do [ -e "$file" ] || [ -L "$file" ] || echo "$file"; done </srv/before >/srv/gone
    # A layer of copies takes nothing away.
    [ ! -s /srv/gone ] || echo "pypackager: warning[security-updates]: security updates left files of older packages: $(head -n 5 /srv/gone | tr '\n' ' ')"
  fi
  # shellcheck disable=SC2086
  echo "pypackager: notice[security-updates]: security updates: $(echo ${newer:-none})"
  rm -rf /var/lib/apt/lists/* /srv/before /srv/gone
fi

# Debian's own comes in parts, of which a minimal one lacks the modules for a virtual environment.
if ! command -v python3 >/dev/null 2>&1 || { [ -x /usr/bin/python3 ] && ! python3 -c 'import venv' 2>/dev/null; }; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o Dpkg::Options::=--force-unsafe-io python3 python3-venv ca-certificates
  rm -rf /var/lib/apt/lists/*
fi

# In words that any Python understands.
found="$(python3 -B -c 'import platform, sys; print("%s %d.%d" % ((platform.python_implementation(),) + tuple(sys.version_info[:2])))')" ||
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
python3 -B -m venv --without-pip /appenv || refuse "has a Python that makes no virtual environment"
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

mkdir /srv/tree
cd /
# ctime, not mtime: dpkg gives files the times they were packed with. Those stay, as byte code knows them.
find . -xdev \( -path ./srv -o -path ./proc -o -path ./sys -o -path ./dev -o -path ./tmp -o -path ./mnt -o -path ./run \
  -o -path ./var/log -o -path ./var/cache -o -path ./var/lib/apt/lists -o -path './var/lib/dpkg/*-old' \
  -o -path ./etc/hosts -o -path ./etc/hostname -o -path ./etc/resolv.conf \) -prune -o ! -path . -cnewer /srv/started -print >/srv/list
tar -c --no-recursion -T /srv/list | tar -x -p --same-owner -C /srv/tree
find /srv/tree \( -type d -o -newermt "@$start" \) -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
