#!/bin/sh
# Fetches the .deb files that the given packages need beyond what base holds, into /srv/out.
set -eu
mkdir -p /srv/out
wanted=''
for package in "$@"; do
  case "$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null)" in
    'install ok installed') ;;
    *) wanted="$wanted $package" ;;
  esac
done
[ -n "$wanted" ] || exit 0
apt-get update -qq
# Some images' hooks delete archives after each run; this one must keep them.
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends --download-only \
  -o Dir::Cache::archives=/srv/archives -o APT::Keep-Downloaded-Packages=true $wanted 2>&1 || exit 1
find /srv/archives /var/cache/apt/archives -name '*.deb' -exec mv {} /srv/out/ \; 2>/dev/null || true
[ -n "$(ls /srv/out)" ] || { echo 'pypackager: error: apt-get fetched no packages' >&2; exit 1; }
