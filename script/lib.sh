# shellcheck shell=bash
# What script/demo and script/test share: Node, npm's packages, Docker, the parent image. Sourced, with bash.
# Each function may be called again: what is there is used as it is. On failure it says why and returns 1.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CACHE=$ROOT/.cache
DOCKERD_PID=$CACHE/dockerd.pid
DOCKERD_LOG=$CACHE/dockerd.log
DOCKERD_ENDS=$CACHE/dockerd.ends
PARENT_NAME=pypackager/debian-python
STARTED_DOCKER=no

export PATH="$PATH:/usr/sbin:/sbin"

say() { printf '%s\n' "$*"; }
problem() { printf 'error: %s\n' "$*" >&2; }

mkdir -p "$CACHE/bin" 2>/dev/null
if [ ! -w "$CACHE/bin" ]; then
  problem "you cannot write to $CACHE/bin: did root run this before? Take the folder over: sudo chown -R $(id -un) '$ROOT'"
  exit 1
fi

have() { command -v "$1" >/dev/null 2>&1; }
is_root() { [ "$(id -u)" -eq 0 ]; }
on_apt() { is_root && have apt-get; }

# install_packages NAME...: with apt; names that this release does not know are left out, but not all of them.
install_packages() {
  local name known=()
  export DEBIAN_FRONTEND=noninteractive
  if [ -z "${APT_UPDATED:-}" ]; then
    say "Updating apt's lists"
    apt-get -qq -o APT::Update::Error-Mode=any update >"$CACHE/apt.log" 2>&1 || say "apt-get update had problems (see $CACHE/apt.log); going on."
    APT_UPDATED=yes
  fi
  for name in "$@"; do
    if apt-cache show "$name" >/dev/null 2>&1; then known+=("$name"); fi
  done
  if [ ${#known[@]} -eq 0 ]; then
    problem "apt knows none of these here: $*"
    return 1
  fi
  say "Installing ${known[*]} with apt"
  if ! apt-get install -y --no-install-recommends "${known[@]}" >>"$CACHE/apt.log" 2>&1; then
    tail -n 15 "$CACHE/apt.log" >&2
    problem "apt-get could not install ${known[*]} (log: $CACHE/apt.log)"
    return 1
  fi
}

# need_commands COMMAND:PACKAGE...: installs the packages of the commands that are missing.
need_commands() {
  local pair missing=()
  for pair in "$@"; do
    have "${pair%%:*}" || missing+=("${pair#*:}")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if ! on_apt; then
    problem "missing here: ${missing[*]}. Install them, or run this as root on Debian or Ubuntu."
    return 1
  fi
  install_packages "${missing[@]}" || return 1
  for pair in "$@"; do
    have "${pair%%:*}" && continue
    problem "apt installed no ${pair%%:*} here (${pair#*:})."
    return 1
  done
}

# The major version of the Node that is here with its npm, 0 where there is none.
node_version() {
  local found=0
  if have node && have npm; then found=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null); fi
  say "${found:-0}"
}

# A Node that can run npm, npm's packages, and from then on the Node of package.json.
ensure_node() {
  local oldest=18
  if [ "$(node_version)" -lt $oldest ]; then
    if ! on_apt; then
      problem "there is no Node of version $oldest or later with npm. Install it, or run this as root on Debian or Ubuntu."
      return 1
    fi
    install_packages nodejs npm ca-certificates || return 1
    hash -r
    if [ "$(node_version)" -lt $oldest ]; then
      problem "the Node that apt has here is $(node_version), and it takes $oldest or later (Debian 12, Ubuntu 24.04). Install a newer one."
      return 1
    fi
  fi
  local done_mark=$ROOT/node_modules/.package-lock.json
  if [ ! -e "$done_mark" ] || [ "$ROOT/package-lock.json" -nt "$done_mark" ]; then
    say "Installing the npm packages (npm ci)"
    if ! (cd "$ROOT" && npm ci --no-audit --no-fund --loglevel=error >"$CACHE/npm.log" 2>&1); then
      head -n 15 "$CACHE/npm.log" >&2
      problem "npm ci failed (log: $CACHE/npm.log)"
      return 1
    fi
    touch "$done_mark"
  fi
  export PATH="$ROOT/node_modules/.bin:$PATH"
}

# is_capable CLIENT: builds with BuildKit; from 23 on that takes the Buildx plugin.
is_capable() {
  local major
  major=$("$1" --version 2>/dev/null | sed -nE 's/^Docker version ([0-9]+)\..*/\1/p')
  [ -n "$major" ] || return 1
  if [ "$major" -ge 23 ]; then "$1" buildx version >/dev/null 2>&1; else [ "$major" -ge 19 ]; fi
}

# Puts a capable client first on PATH.
choose_client() {
  local client
  while read -r client; do
    if [ "$client" = "$CACHE/bin/docker" ] || ! is_capable "$client"; then continue; fi
    ln -sfn "$client" "$CACHE/bin/docker"
    case $PATH in "$CACHE/bin:"*) ;; *) export PATH="$CACHE/bin:$PATH" ;; esac
    hash -r
    return 0
  done < <(type -ap docker; echo /usr/bin/docker)
  rm -f "$CACHE/bin/docker"
  return 1
}

daemon_answers() { timeout 15 docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

# Waits for so many seconds; for one that was started here ("ours"), no longer than until it gives up.
wait_for_daemon() {
  local end=$((SECONDS + $1))
  until daemon_answers; do
    [ $SECONDS -lt $end ] || return 1
    if [ "${2:-}" = ours ] && ! our_daemon >/dev/null; then return 1; fi
    sleep 0.3
  done
}

# What a dockerd that gave up says last.
why_not_started() { grep '^failed to start daemon' "$DOCKERD_LOG" 2>/dev/null | head -n 1; }

# A client with BuildKit and a daemon that answers it; both are installed and started where that is ours to do.
ensure_docker() {
  if choose_client && daemon_answers; then
    say "Docker: $(docker version --format 'client {{.Client.Version}}, Engine {{.Server.Version}}')"
    return 0
  fi
  if [ -n "${DOCKER_HOST:-}" ]; then
    problem "no Docker daemon answers at DOCKER_HOST=$DOCKER_HOST, or the client has no BuildKit. Mend or unset it."
    return 1
  fi
  if ! on_apt; then
    problem "no Docker that this user can use: start it (systemctl start docker), join the group docker, install docker-buildx-plugin for a client of version 23 or later, or run this as root on Debian or Ubuntu."
    return 1
  fi
  if ! choose_client || ! have dockerd; then
    install_packages docker.io docker-cli docker-buildx iptables || return 1
  fi
  if ! choose_client; then
    problem "the docker client has no BuildKit, even after installing Debian's. Install docker-buildx-plugin."
    return 1
  fi
  # Where systemd runs, the package has started the daemon itself.
  if [ -d /run/systemd/system ] && wait_for_daemon 10; then return 0; fi
  start_daemon
}

# dockerd until somebody stops this; after a crash it is started again, as systemd would. Engine 20.10 is known to crash
# while it builds several images (moby/moby#40752). Each crash is a line in DOCKERD_ENDS.
run_dockerd() {
  local start code child
  trap 'kill "$child" 2>/dev/null; wait "$child"; exit' TERM
  while :; do
    start=$SECONDS
    dockerd --pidfile "$DOCKERD_PID.own" >>"$DOCKERD_LOG" 2>&1 </dev/null &
    child=$!
    wait "$child"
    code=$?
    if [ $code -eq 0 ] || [ $((SECONDS - start)) -lt 10 ]; then return $code; fi # it was stopped, or does not start at all
    printf '%s dockerd ended with code %s: %s\n' "$(date +%T)" "$code" \
      "$(tail -n 5000 "$DOCKERD_LOG" | grep -aE '^(fatal error|panic|SIG[A-Z]+|failed to)' | tail -n 1)" >>"$DOCKERD_ENDS"
    sleep 2 # its containerd ends a little later, and the next one would wait for that
  done
}

start_daemon() {
  rm -f "$DOCKERD_PID" "$DOCKERD_ENDS" "$DOCKERD_LOG"
  export DOCKERD_PID DOCKERD_LOG DOCKERD_ENDS
  export -f run_dockerd
  setsid nohup bash -c run_dockerd >/dev/null 2>&1 </dev/null &
  echo $! >"$DOCKERD_PID"
  STARTED_DOCKER=yes
  if ! wait_for_daemon 120 ours; then
    local why
    why=$(why_not_started)
    [ -n "$why" ] || tail -n 10 "$DOCKERD_LOG" >&2
    problem "dockerd: ${why:-no answer within 120 s} (log: $DOCKERD_LOG)"
    stop_daemon
    return 1
  fi
  say "Started dockerd $(docker version --format '{{.Server.Version}}') (log: $DOCKERD_LOG)"
}

# The process that keeps the daemon of one of these scripts, if it is still running.
our_daemon() {
  local pid
  pid=$(cat "$DOCKERD_PID" 2>/dev/null) || return 1
  [ "$(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null)" = 'bash -c run_dockerd ' ] && say "$pid"
}

# Stops what this run started, and only that.
stop_daemon() {
  local pid end=$((SECONDS + 20))
  [ "$STARTED_DOCKER" = yes ] || return 0
  STARTED_DOCKER=no
  pid=$(our_daemon) || return 0
  kill "$pid" 2>/dev/null
  while [ -e "/proc/$pid" ] && [ $SECONDS -lt $end ]; do sleep 0.2; done
  say "Stopped dockerd."
}

# The Debian mirror that apt uses here, '' where none is told.
apt_mirror() {
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
    grep -vE '^[[:space:]]*#' | grep -oE 'https?://[^][:space:]]+/debian/?([[:space:]]|$)' | head -n 1 | tr -d '[:space:]'
}

# PARENT_IMAGE: given, or here, or pulled, or made from Debian's packages.
ensure_parent() {
  if [ -n "${PARENT_IMAGE:-}" ]; then return 0; fi
  parent_of bookworm 3.11 || return 1
  export PARENT_IMAGE=$PARENT_NAME:bookworm
}

# A second one, with a newer Debian and a newer Python: for the tests.
ensure_newer_parent() {
  if [ -n "${NEWER_PARENT_IMAGE:-}" ]; then return 0; fi
  parent_of trixie 3.13 || return 1
  export NEWER_PARENT_IMAGE=$PARENT_NAME:trixie
}

# parent_of RELEASE PYTHON: the image of that name, from an image registry where one can be reached.
parent_of() {
  local image=$PARENT_NAME:$1 pulled=python:$2-slim-$1
  if docker image inspect "$image" >/dev/null 2>&1; then return 0; fi
  if timeout 20 docker manifest inspect "$pulled" >/dev/null 2>&1; then
    say "Pulling $pulled"
    if timeout 300 docker pull -q "$pulled" >/dev/null && docker tag "$pulled" "$image"; then return 0; fi
  fi
  if ! on_apt; then
    problem "no image registry is reachable, and making a parent image from Debian's packages takes root. Run this as root once, or set PARENT_IMAGE to a Debian image with Python that is here."
    return 1
  fi
  make_parent "$image" "$1"
}

# make_parent IMAGE RELEASE
make_parent() {
  local image=$1 release=$2 folder mirror proxy='' status=0
  need_commands debootstrap:debootstrap || return 1
  [ -e /usr/share/keyrings/debian-archive-keyring.gpg ] || install_packages debian-archive-keyring || return 1
  mirror=$(apt_mirror)
  eval "$(apt-config shell proxy Acquire::http::Proxy)"
  folder=$(mktemp -d) || return 1
  chmod 755 "$folder" # it becomes the image's /
  say "Making $image from Debian's packages (about a minute)"
  if http_proxy=${http_proxy:-$proxy} debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates \
    "$release" "$folder" ${mirror:+"$mirror"} >"$CACHE/debootstrap.log" 2>&1; then
    rm -rf "$folder"/var/lib/apt/lists/* "$folder"/var/cache/apt/archives/*.deb "$folder"/var/cache/apt/*.bin "$folder"/var/log/*.log
    (set -o pipefail; tar -C "$folder" -c . | docker import - "$image" >/dev/null) || status=1
  else
    tail -n 10 "$CACHE/debootstrap.log" >&2
    status=1
  fi
  rm -rf --one-file-system "$folder"
  [ $status -eq 0 ] || problem "the parent image could not be made (log: $CACHE/debootstrap.log)"
  return $status
}
