#!/bin/sh
# Fetches uv's wheel, pinned by version and hash, with the pip that Python itself brings (ensurepip),
# run out of its wheel: installing it first would take longer than the download.
set -eu
if ! python -c 'import ensurepip' 2>/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv
fi
if [ -s /run/index ]; then
  PIP_INDEX_URL="$(cat /run/index)"
  export PIP_INDEX_URL
fi
mkdir -p /srv/out
python "$(python /opt/bundled_pip.py)/pip" download --quiet --disable-pip-version-check --no-deps --only-binary :all: \
  --require-hashes --dest /srv/out --requirement /mnt/requirements.txt
