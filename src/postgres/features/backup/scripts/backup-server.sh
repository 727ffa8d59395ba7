#!/bin/sh
# Serves the data directory to the backup Jobs over mutual TLS, and creates the stanza of a new repository.
#
# usage: backup-server.sh DIRECTORY...
#   the mounted directories to watch; the kubelet replaces the link ..data in each when its content changes
# environment:
#   WANTED_RELEASE   the release that pgBackRest must be
#   CONFIG               the directory of the configuration
#   CREDENTIALS          the directory of the credentials of the repository
#   STANZA               the stanza
#   CERTIFICATE          the certificate of the server, with tls.key beside it
#   READY_FILE           exists once there is a stanza and everything that was mounted has been loaded
#   PROBLEM_FILE         why READY_FILE does not exist
set -u

logged=

log() {
  printf 'backup-server: %s\n' "$*"
}

problem() {
  rm -f "$READY_FILE"
  text=$(printf '%s' "$*" | tr '\n' ' ')
  [ "$text" = "$logged" ] || log "$text"
  logged=$text
  printf '%s\n' "$text" >"$PROBLEM_FILE"
  return 1
}

# The target of ..data in each directory. It runs every second, so it starts no process.
generation() {
  for directory in "$@"; do
    if cd -P "$directory/..data" 2>/dev/null; then printf '%s\n' "$PWD"; else printf 'missing\n'; fi
  done
}

# pgBackRest ends when it reloads a key pair that does not match.
pair_fits() {
  command -v openssl >/dev/null || return 0
  certified=$(openssl x509 -noout -pubkey -in "$CERTIFICATE" 2>/dev/null)
  held=$(openssl pkey -pubout -in "${CERTIFICATE%.crt}.key" 2>/dev/null)
  [ -n "$certified" ] && [ "$certified" = "$held" ]
}

# Before there is a stanza every archive command fails, and WAL stays in the data directory. It changes nothing where there is one.
create_stanza() {
  answer=$(sh "$CONFIG/pgbackrest.sh" "$CREDENTIALS" --config="$CONFIG/pgbackrest.conf" --stanza="$STANZA" --log-level-console=error stanza-create 2>&1) ||
    problem "cannot create the stanza in the repository, retrying: $answer"
}

release=$(pgbackrest version) || { log 'the image does not contain pgbackrest; use an image of PostgreSQL with pgBackRest'; exit 1; }
[ "$release" = "pgBackRest $WANTED_RELEASE" ] ||
  { log "the image has $release; set the version of the backup to this release, or the image to pgBackRest $WANTED_RELEASE"; exit 1; }

rm -f "$READY_FILE"
printf 'nothing has been loaded yet\n' >"$PROBLEM_FILE"
loaded=$(generation "$@")
pgbackrest --config="$CONFIG/server.conf" server &
server=$!
nap=
# As PID 1 the shell ignores these signals without a trap.
trap 'kill "$server" "$nap" 2>/dev/null; exit 0' TERM INT

has_stanza=
# The role of pgBackRest does not exist until the reloader has created it.
skip=3
patience=1
while kill -0 "$server" 2>/dev/null; do
  current=$(generation "$@")
  if [ "$current" != "$loaded" ]; then
    if pair_fits; then
      kill -HUP "$server"
      loaded=$current
      log 'reloaded'
    else
      problem "the private key does not match $CERTIFICATE; keeping the previous key pair, retrying"
    fi
  elif [ -n "$has_stanza" ]; then
    [ -e "$READY_FILE" ] || { : >"$READY_FILE"; logged=; }
  elif [ "$skip" -gt 0 ]; then
    skip=$((skip - 1))
  elif create_stanza; then
    has_stanza=yes
    log "serving stanza $STANZA"
  else
    # Again after 1, 2, 4 … 32 rounds.
    skip=$patience
    patience=$((patience < 32 ? patience * 2 : 32))
  fi
  sleep 1 &
  nap=$!
  wait "$nap"
done
wait "$server"
code=$?
log "pgbackrest server ended with $code"
exit 1
