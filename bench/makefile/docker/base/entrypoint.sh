#!/bin/sh
. /appenv/bin/activate
exec $@
