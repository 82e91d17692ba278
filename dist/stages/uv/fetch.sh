#!/bin/sh
# Fetches uv's wheel, pinned by version and hash, with the pip that Python itself brings (ensurepip).
set -eu
if ! python3 -c 'import ensurepip' 2>/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv
fi
"$(readlink -f /appenv/bin/python)" -m venv /tmp/pip
[ ! -s /run/index ] || PIP_INDEX_URL="$(cat /run/index)" && export PIP_INDEX_URL
[ -n "${PIP_INDEX_URL:-}" ] || unset PIP_INDEX_URL
mkdir -p /srv/out
/tmp/pip/bin/pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
  --dest /srv/out --requirement /mnt/requirements.txt
