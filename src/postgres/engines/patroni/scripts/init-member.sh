#!/bin/sh
# Checks the image and the data of a member. Patroni itself creates the database or copies it from the leader.
#
# environment:
#   PGDATA          the data directory
#   DATA_VOLUME     where the volume of the data is mounted
#   POSTGRES_MAJOR  the major version in the manifest
set -eu

fail() {
  printf 'init: %s\n' "$*" >&2
  exit 1
}

version=$(postgres --version)
major=${version##*PostgreSQL) }
major=${major%%[!0-9]*}
[ "$major" = "$POSTGRES_MAJOR" ] ||
  fail "the image contains PostgreSQL $major, the manifest has PostgreSQL $POSTGRES_MAJOR: set the version that matches the image"

command -v patroni >/dev/null || fail 'the image does not contain Patroni: build one with it (docs/high-availability.md)'
found=$(patroni --version)
found=${found##* }
case $found in
  [0-3].* | 4.0.*) fail "the image contains Patroni $found, and 4.1 or later is required: members that copy the data would be ready before" ;;
esac
command -v openssl >/dev/null || fail 'the image does not contain openssl, with which the reloader has Patroni load renewed certificates'

if [ -s "$PGDATA/PG_VERSION" ]; then
  made_by=$(cat "$PGDATA/PG_VERSION")
  [ "$made_by" = "$POSTGRES_MAJOR" ] ||
    fail "the data in $PGDATA was created by PostgreSQL $made_by, the manifest has PostgreSQL $POSTGRES_MAJOR: upgrade the data with pg_upgrade, or with a dump and restore, first"
  [ -O "$PGDATA" ] ||
    fail "the data in $PGDATA belongs to another user ($(stat -c 'UID %u, GID %g, mode %a' "$PGDATA")); this container runs as UID $(id -u): change the owner of the data to this UID, or run the pod as the UID that owns the data"
elif [ ! -d "$PGDATA" ]; then
  other=$(find "$DATA_VOLUME" -maxdepth 5 -type f -name PG_VERSION 2>/dev/null | sed 's|/PG_VERSION$||' | LC_ALL=C sort | head -n 1)
  [ -z "$other" ] || fail "the data directory is $other, but the manifest expects it at $PGDATA: move it there (docs/operations.md); no second database is created"
  mkdir -p "$PGDATA"
fi
# The kubelet adds group bits for fsGroup, and the server refuses a data directory that has them.
chmod 0700 "$PGDATA"
