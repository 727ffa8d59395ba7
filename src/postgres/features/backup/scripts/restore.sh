#!/bin/sh
# Restores a backup of another database into a directory that is empty. The settings of the recovery are in the manifest.
#
# usage: restore.sh DIRECTORY
# environment:
#   WANTED_RELEASE     the release that pgBackRest must be
#   RECOVERY_CONFIG        the directory of the configuration
#   RECOVERY_CREDENTIALS   the directory of the credentials of the repository
#   RECOVERY_STANZA        the stanza of the other database
#   RECOVERY_TYPE          how the target is given: default, time, lsn, name
#   RECOVERY_TARGET        the target; not set without one
#   WAL_DIRECTORY          the write-ahead log of the new database, on a volume of its own; not set without one
set -eu

fail() {
  printf 'restore: %s\n' "$*" >&2
  exit 1
}

release=$(pgbackrest version) || fail 'the image does not contain pgbackrest; use an image of PostgreSQL with pgBackRest'
[ "$release" = "pgBackRest $WANTED_RELEASE" ] ||
  fail "the image has $release; set the version of the recovery to this release, or the image to pgBackRest $WANTED_RELEASE"

mkdir -m 0700 "$1"
sh "$RECOVERY_CONFIG/pgbackrest.sh" "$RECOVERY_CREDENTIALS" --config="$RECOVERY_CONFIG/recovery.conf" --stanza="$RECOVERY_STANZA" --pg1-path="$1" \
  --type="$RECOVERY_TYPE" ${RECOVERY_TARGET:+--target="$RECOVERY_TARGET"} restore || fail 'the backup cannot be restored; the next start begins again'
# What pgBackRest and the other database have set there would override the manifest.
: >"$1/postgresql.auto.conf"
if [ -n "${WAL_DIRECTORY:-}" ]; then
  [ ! -L "$1/pg_wal" ] || fail 'the backup has a link to its WAL'
  cp -a "$1/pg_wal" "$WAL_DIRECTORY"
  rm -rf "$1/pg_wal"
  ln -s "$WAL_DIRECTORY" "$1/pg_wal"
fi
