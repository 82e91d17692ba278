/**
 * A `tar` for @actions/cache, which extracts with `-P`: an entry named `../x` or a link would be written
 * or followed outside our folder. It lists an archive first and lets the real tar (PYPACKAGER_TAR) extract
 * it only where every entry is a file or folder below PYPACKAGER_FOLDER, with names of the letters that
 * ours have, and they are no more than a wheelhouse has. Archives are made and listed as asked; any other use is refused.
 *
 * The listing has one line an entry, names escaped (GNU tar): `-rw-r--r-- 0/0 123 2026-01-02 03:04 name`.
 */
export const TAR_GUARD = `#!/bin/sh
set -u
unset TAR_OPTIONS
LC_ALL=C; export LC_ALL
fail() { echo "pypackager: $1" >&2; exit 2; }
case "\${1-}" in
  --posix | -tf) exec "$PYPACKAGER_TAR" "$@" ;;
  -xf) ;;
  *) fail "tar is used in an unknown way" ;;
esac
archive=\${2-}
[ "\${3-}" = -P ] && [ "\${4-}" = -C ] && [ "\${5-}" = "$PYPACKAGER_PARENT" ] || fail "tar is used in an unknown way"
shift 5
ulimit -t 100 # seconds of work: a small archive may unpack to any size
listing=$({ "$PYPACKAGER_TAR" -tvf "$archive" -P --numeric-owner --quoting-style=escape "$@" || echo unreadable; } | head -n 20001)
[ "\${listing##*
}" != unreadable ] || fail "unreadable archive"
[ -n "$listing" ] || fail "empty archive"
[ "$(printf '%s\\n' "$listing" | grep -c '')" -le 20000 ] || fail "refused: more than 20000 files"
ours="[-d]([r-][w-][x-]){3} +[0-9]+/[0-9]+ +[0-9]{1,10} [0-9-]+ [0-9:]+ $PYPACKAGER_FOLDER(/[A-Za-z0-9._+!~%:-]+)*/?"
odd=$(printf '%s\\n' "$listing" | grep -Evx -e "$ours" | head -n 1)
[ -z "$odd" ] || fail "refused: $odd"
odd=$(printf '%s\\n' "$listing" | grep -E -e '/\\.\\.(/|$)' | head -n 1)
[ -z "$odd" ] || fail "refused: $odd"
bytes=0
while read -r _ _ size _; do bytes=$((bytes + size)); done <<END
$listing
END
[ "$bytes" -le 10000000000 ] || fail "refused: more than 10 GB"
# Without -P: should the listing and the extraction ever differ, tar itself keeps below the folder.
exec "$PYPACKAGER_TAR" -xf "$archive" -C "$PYPACKAGER_PARENT" --no-same-owner --no-same-permissions "$@"
`
