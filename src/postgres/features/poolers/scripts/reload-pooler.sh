#!/bin/sh
# Makes the running PgBouncer load what the kubelet has updated: certificates, CAs, configuration.
#
# usage: reload-pooler.sh DIRECTORY...
#   the mounted directories to watch; the kubelet replaces the link ..data in each when its content changes
# environment:
#   PGHOST PGPORT PGUSER PGDATABASE   the administration console, over the socket
#   PGBOUNCER_RELEASE                 the release that PgBouncer must be
#   SERVER_CERTIFICATE                the certificate that clients must be shown
#   CLIENT_CERTIFICATE                the certificate that the database is shown
#   READY_FILE                        exists once everything that was mounted has been loaded
#   PROBLEM_FILE                      why READY_FILE does not exist
#   RELOAD_INTERVAL                   seconds between two rounds; default 1
set -u

export PGCONNECT_TIMEOUT=5
# The last problem that was logged.
logged=

log() {
  printf 'reloader: %s\n' "$*"
}

problem() {
  text=$(printf '%s' "$*" | tr '\n' ' ')
  [ "$text" = "$logged" ] || log "$text"
  logged=$text
  printf '%s\n' "$text" >"$PROBLEM_FILE"
  return 1
}

# A command of the console. It has the simple protocol alone, which psql uses.
console() {
  timeout 20 psql -X -A -t -q -v ON_ERROR_STOP=1 -c "$1" 2>&1
}

# The target of ..data in each directory. It runs every second, so it starts no process.
generation() {
  for directory in "$@"; do
    if cd -P "$directory/..data" 2>/dev/null; then printf '%s\n' "$PWD"; else printf 'missing\n'; fi
  done
}

fingerprint() {
  openssl x509 -noout -fingerprint -sha256 2>/dev/null
}

# Whether the private key beside a certificate matches it.
pair_fits() {
  certified=$(openssl x509 -noout -pubkey -in "$1" 2>/dev/null)
  held=$(openssl pkey -pubout -in "${1%.crt}.key" 2>/dev/null)
  [ -n "$certified" ] && [ "$certified" = "$held" ]
}

has_release() {
  answer=$(console 'SHOW VERSION') || problem "cannot ask PgBouncer, retrying: $answer" || return 1
  [ "$answer" = "PgBouncer $PGBOUNCER_RELEASE" ] || problem "the image has $answer; set the version of the pooler to this release, or the image to PgBouncer $PGBOUNCER_RELEASE"
}

serves() {
  expected=$(fingerprint <"$SERVER_CERTIFICATE")
  for _ in 1 2 3; do
    served=$(timeout 10 openssl s_client -starttls postgres -connect "127.0.0.1:$PGPORT" </dev/null 2>/dev/null | fingerprint)
    [ "$served" != "$expected" ] || return 0
    sleep 1
  done
  problem "PgBouncer does not serve the certificate in $SERVER_CERTIFICATE, retrying; its log has the reason"
}

# After RECONNECT, server connections that are not in use end, and the others when their client releases them: new ones read the new files.
take_over() {
  has_release || return 1
  if command -v openssl >/dev/null; then
    for certificate in "$SERVER_CERTIFICATE" "$CLIENT_CERTIFICATE"; do
      pair_fits "$certificate" || problem "the private key does not match $certificate; keeping the previous key pair, retrying" || return 1
    done
  fi
  answer=$(console RELOAD) || problem "PgBouncer keeps the previous configuration, retrying: $answer" || return 1
  if command -v openssl >/dev/null; then serves || return 1; else log 'cannot verify the served certificate: the image does not contain openssl'; fi
  [ -z "$taken_over" ] || answer=$(console RECONNECT) || problem "cannot renew the connections to the database, retrying: $answer"
}

# As PID 1 the shell ignores these signals without a trap.
trap 'kill "$nap" 2>/dev/null; exit 0' TERM INT
rm -f "$READY_FILE"
printf 'nothing has been loaded yet\n' >"$PROBLEM_FILE"

nap=
taken_over=
failed=
while :; do
  current=$(generation "$@")
  # A new version is tried at once, a failed one again after 1, 2, 4 … 32 rounds.
  [ "$current" = "$failed" ] || { failed='' skip=0 patience=0; }
  if [ "$current" = "$taken_over" ]; then
    :
  elif [ "$skip" -gt 0 ]; then
    skip=$((skip - 1))
  elif take_over; then
    taken_over=$current
    failed=
    logged=
    : >"$READY_FILE"
    log "reloaded, serving $(openssl x509 -noout -serial -enddate <"$SERVER_CERTIFICATE" 2>/dev/null | tr '\n' ' ')"
  else
    failed=$current
    skip=$patience
    patience=$((patience < 16 ? patience * 2 + 1 : 31))
  fi
  sleep "${RELOAD_INTERVAL:-1}" &
  nap=$!
  wait "$nap"
done
