#!/bin/sh
# Fetches uv's wheel, pinned by version and hash, with the pip that Python itself brings (ensurepip),
# run out of its wheel: installing it first would take longer than the download.
set -eu
export PIP_RETRIES="${PIP_RETRIES:-2}" # an index that never answers costs 15 s each time
if ! python -c 'import ensurepip' 2>/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv
fi
mkdir -p /srv/out
pip="$(python /opt/bundled_pip.py)/pip"
fetch() {
  PIP_INDEX_URL="$1" python "$pip" download --quiet --disable-pip-version-check --no-input --no-deps --only-binary :all: \
    --require-hashes --dest /srv/out --requirement /mnt/requirements.txt
}
[ -s /run/index ] && indexes=/run/index || { indexes=/tmp/index; echo >$indexes; }
while read -r index; do
  fetch "$index" && exit
done <$indexes
python /mnt/ask.py "${pip%/pip}" <$indexes
exit 1
