#!/bin/sh
# Installs the .deb files at /opt without a network and collects every file that this changed in /srv/tree,
# so that the release image can take it by COPY: no RUN, no stray files, the same bytes each time.
set -eu
start=$(($(date +%s) - 1)) # tar keeps whole seconds
touch /srv/started
sleep 0.01
DEBIAN_FRONTEND=noninteractive dpkg --force-unsafe-io --install /opt/*.deb >/srv/log 2>&1 || { cat /srv/log >&2; exit 1; }
mkdir -p /srv/tree
cd /
# ctime, not mtime: dpkg gives files the times they were packed with.
find . -xdev \( -path ./srv -o -path ./proc -o -path ./sys -o -path ./dev -o -path ./tmp -o -path ./mnt -o -path ./media \
  -o -path ./opt -o -path ./run -o -path ./var/log -o -path ./var/cache -o -path './var/lib/dpkg/*-old' \) -prune -o ! -path . -cnewer /srv/started -print >/srv/list
tar -c --no-recursion -T /srv/list | tar -x -C /srv/tree
# Files of packages have times of their own, which byte code among them knows.
find /srv/tree \( -type d -o -newermt "@$start" \) -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
