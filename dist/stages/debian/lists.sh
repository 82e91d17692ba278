#!/bin/sh
# Fetches the lists of what Debian's archive offers. Whoever installs from them fetches them once more where that
# fails, so the failure of an archive is told there, by the stage that needs it.
mkdir -p /srv/out
echo "fetching what Debian offers"
apt-get update -qq -o Acquire::Languages=none || :
