#!/bin/sh
# Makes the builder image: compilers, headers and wheel tools on top of base.
# Arguments: the Debian packages to install beside those that every build needs.
set -eu
packages="build-essential pkg-config libffi-dev libssl-dev"
# The official Python images bring their own headers and pip; Debian's Python has them in packages.
case "$(readlink -f /appenv/bin/python)" in
  /usr/bin/*) packages="$packages python3-dev python3-venv" ;;
esac
add() {
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-unsafe-io $packages "$@"
}
# The lists are of this week, not of today: files that they name may have given way to newer ones.
add "$@" 2>/dev/null || {
  apt-get update -qq -o Acquire::Languages=none
  add "$@"
}
rm -rf /var/cache/apt/archives/*.deb /var/cache/apt/*.bin # as Docker's own Debian images do
# The pip that Python itself brings, unpacked: a virtual environment with it takes six seconds more.
mkdir -p /opt/wheel-tools
python -m zipfile -e "$(python /mnt/bundled_pip.py)" /opt/wheel-tools
printf '#!/bin/sh\nexec python /opt/wheel-tools/pip "$@"\n' >/usr/local/bin/pip
chmod 755 /usr/local/bin/pip
install -m 755 /mnt/build-wheels /usr/local/bin/build-wheels
mkdir -p /application /wheelhouse
