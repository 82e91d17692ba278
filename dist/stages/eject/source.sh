#!/bin/sh
# Takes out of the source at /srv/source what no image gets: the folder of this Dockerfile (the argument), virtual
# environments, wheelhouses, and folders that are empty.
set -eu
cd /srv/source
rm -rf "./$1"
find . -mindepth 2 -name pyvenv.cfg >/srv/environments
while read -r file; do rm -rf "${file%/*}"; done </srv/environments
if [ -e pyvenv.cfg ]; then rm -rf pyvenv.cfg bin lib lib64 include; fi
find . -mindepth 3 -path '*/.build/resolution.json' >/srv/wheelhouses
while read -r file; do rm -rf "${file%/.build/resolution.json}"; done </srv/wheelhouses
find . -mindepth 1 -type d -empty -delete
