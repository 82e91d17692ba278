#!/bin/sh
# Wheels of /application and of what it requires. Extras are arguments: build-wheels.sh test
# Works on a copy, so that nothing is written to the source, and leaves the wheels to the owner of the wheelhouse.
set -eu
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cp -R /application "$work/source"
extras="$(IFS=,; echo "$*")"
pip wheel "$work/source${extras:+[$extras]}"
chown -R "$(stat -c %u:%g /wheelhouse)" /wheelhouse
