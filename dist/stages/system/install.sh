#!/bin/sh
# Installs the .deb files at /opt without a network and collects every file that this changed in /srv/tree,
# so that the release image can take it by COPY: no RUN, no stray files, the same bytes each time.
set -eu
export DEBIAN_FRONTEND=noninteractive
start=$(($(date +%s) - 1)) # tar keeps whole seconds
# Whether some of them must be installed before others are unpacked (Debian Policy 7.2, Pre-Depends).
is_ordered() {
  for file in /opt/*.deb; do dpkg-deb --show --showformat='${Package}: ${Pre-Depends}\n' "$file"; done | awk -F': ' '
    { names[$1]; all = all " " $2 }
    END { count = split(all, words, /[^a-z0-9+.-]+/); for (i = 1; i <= count; i++) if (words[i] in names) exit 0; exit 1 }'
}
install() {
  if is_ordered; then # by apt, which knows the order and takes a quarter of a second more
    mkdir -p /srv/lists/partial /srv/cache/archives/partial
    apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-unsafe-io -o APT::Sandbox::User=root \
      -o Dir::State::lists=/srv/lists -o Dir::State::extended_states=/srv/extended_states -o Dir::Cache=/srv/cache /opt/*.deb
  else
    dpkg --force-unsafe-io --install /opt/*.deb
  fi
}
touch /srv/started
sleep 0.01
install >/srv/log 2>&1 || { cat /srv/log >&2; exit 1; }
# Made at random by systemd and dbus: each machine is to make its own (machine-id(5)).
if [ -n "$(find /etc/machine-id -cnewer /srv/started 2>/dev/null)" ]; then
  : >/etc/machine-id
  rm -f /var/lib/dbus/machine-id
fi
mkdir -p /srv/tree
cd /
# ctime, not mtime: dpkg gives files the times they were packed with.
find . -xdev \( -path ./srv -o -path ./proc -o -path ./sys -o -path ./dev -o -path ./tmp -o -path ./mnt -o -path ./media \
  -o -path ./opt -o -path ./run -o -path ./var/log -o -path ./var/cache -o -path './var/lib/dpkg/*-old' \) -prune -o ! -path . -cnewer /srv/started -print >/srv/list
tar -c --no-recursion -T /srv/list | tar -x -C /srv/tree
# Files of packages have times of their own, which byte code among them knows.
find /srv/tree \( -type d -o -newermt "@$start" \) -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
