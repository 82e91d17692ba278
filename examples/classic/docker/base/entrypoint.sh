#!/bin/sh
# Activates the virtual environment and becomes the command it is given: quoted, so that an argument with blanks
# arrives whole; exec, so that the application is PID 1 and gets the signals.
. /appenv/bin/activate
exec "$@"
