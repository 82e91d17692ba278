#!/bin/sh
# Fetches the wheels that a requirements file names, by its hashes, into /srv/out. Argument: the file.
# Build secrets, each where it is given: ca (certificates, PEM), index (addresses, one a line: the first takes the
# place of the public index, an empty one stands for that), netrc (logins).
set -eu
[ ! -s /run/ca.pem ] || export SSL_CERT_FILE=/run/ca.pem PIP_CERT=/run/ca.pem
[ ! -s /run/netrc ] || export NETRC=/run/netrc
if [ -s /run/index ]; then
  first="$(head -n 1 /run/index)"
  [ -z "$first" ] || export PIP_INDEX_URL="$first"
  PIP_EXTRA_INDEX_URL="$(tail -n +2 /run/index | tr '\n' ' ')"
  export PIP_EXTRA_INDEX_URL
fi
mkdir -p /srv/out
grep -q '^[A-Za-z0-9]' "$1" || exit 0
if ! python -c 'import ensurepip' 2>/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv
fi
python "$(python /opt/bundled_pip.py)/pip" download --quiet --disable-pip-version-check --no-input --no-cache-dir --no-deps \
  --only-binary :all: --require-hashes --dest /srv/out --requirement "$1"
