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
set -u

# shellcheck source=src/postgres/plan/scripts/reloading.sh
. ./reloading.sh

# The startup probe alone asks: a renewed certificate that cannot be loaded concerns all pods of the pooler, and must not take their Service away.
not_ready() {
  :
}

# A command of the console. It has the simple protocol alone, which psql uses.
console() {
  timeout 20 psql -X -A -t -q -v ON_ERROR_STOP=1 -c "$1" 2>&1
}

has_release() {
  answer=$(console 'SHOW VERSION') || problem "cannot ask PgBouncer, retrying: $answer" || return 1
  [ "$answer" = "PgBouncer $PGBOUNCER_RELEASE" ] || problem "the image has $answer; set the version of the pooler to this release, or the image to PgBouncer $PGBOUNCER_RELEASE"
}

# After RECONNECT, server connections that are not in use end, and the others when their client releases them: new ones read the new files.
take_over() {
  problems=
  has_release || return 1
  if command -v openssl >/dev/null; then
    for certificate in "$SERVER_CERTIFICATE" "$CLIENT_CERTIFICATE"; do
      pair_fits "$certificate" || problem "the private key does not match $certificate; keeping the previous key pair, retrying" || return 1
    done
  fi
  answer=$(console RELOAD) || problem "PgBouncer keeps the previous configuration, retrying: $answer" || return 1
  if command -v openssl >/dev/null; then
    serves "$SERVER_CERTIFICATE" || problem "PgBouncer does not serve the certificate in $SERVER_CERTIFICATE, retrying; its log has the reason" || return 1
  else
    log 'cannot verify the served certificate: the image does not contain openssl'
  fi
  [ -z "$taken_over" ] || answer=$(console RECONNECT) || problem "cannot renew the connections to the database, retrying: $answer"
}

after_take_over() {
  logged=
  : >"$READY_FILE"
  log "reloaded, serving $(described "$SERVER_CERTIFICATE")"
}

begin_round() {
  :
}

idle_round() {
  :
}

# As PID 1 the shell ignores these signals without a trap.
trap 'kill "$nap" 2>/dev/null; exit 0' TERM INT
watch "$@"
