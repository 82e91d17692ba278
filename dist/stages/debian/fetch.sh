#!/bin/sh
# Fetches the .deb files that the given packages need beyond what base holds, into /srv/out.
set -eu
mkdir -p /srv/out /srv/archives/partial
wanted=''
for package in "$@"; do
  case "$package" in
    '' | *[!a-z0-9+.:-]* | [!a-z0-9]*)
      echo "pypackager: error[no-package]: not a Debian package: $package" >&2
      exit 1
      ;;
  esac
  case "$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null)" in
    'install ok installed') ;;
    *) wanted="$wanted $package" ;;
  esac
done
[ -n "$wanted" ] || exit 0
fetch() {
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends --download-only \
    -o Dir::Cache::archives=/srv/archives $wanted
}
# The lists are of this week, not of today: files that they name may have given way to newer ones.
fetch 2>/dev/null || {
  apt-get update -qq -o Acquire::Languages=none
  fetch
}
mv /srv/archives/*.deb /srv/out/
