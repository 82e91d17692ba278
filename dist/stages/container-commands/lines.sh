# Runs lines one after the other, each in a shell of its own that ends at the first failure, until one fails.
# Arguments: a word that no program knows, then for each line its limit in seconds and the line. After each line
# the word and the line's exit code are printed; 124 is `timeout`'s for one that took too long.
mark=$1
shift
while [ $# -gt 0 ]; do
  timeout --kill-after=5 "$1" sh -e -c "$2" </dev/null
  code=$?
  echo "$mark $code"
  [ "$code" = 0 ] || exit "$code"
  shift 2
done
