#!/bin/sh
# Makes the data directory, completely or not at all.
#
# usage: init.sh INITDB-OPTION...
# environment: PGDATA, and POSTGRES_MAJOR, the major version that the manifest was written for
set -eu

fail() {
  printf 'init: %s\n' "$*" >&2
  exit 1
}

version=$(postgres --version)
major=${version##*PostgreSQL) }
major=${major%%[!0-9]*}
[ "$major" = "$POSTGRES_MAJOR" ] ||
  fail "the image holds PostgreSQL $major, the manifest is written for $POSTGRES_MAJOR: give the version that fits the image"

if [ -s "$PGDATA/PG_VERSION" ]; then
  made_by=$(cat "$PGDATA/PG_VERSION")
  [ "$made_by" = "$POSTGRES_MAJOR" ] ||
    fail "the data in $PGDATA was made by PostgreSQL $made_by, this is $POSTGRES_MAJOR: upgrade it with pg_upgrade or a dump first"
else
  if [ -d "$PGDATA" ] && [ -n "$(ls -A "$PGDATA")" ]; then
    fail "$PGDATA holds files but no PG_VERSION: not touching what may be somebody's data"
  fi
  # A crash in the middle leaves only the unfinished directory, which the next start throws away.
  unfinished=$PGDATA.unfinished
  rm -rf "$unfinished"
  mkdir -p "${PGDATA%/*}"
  initdb --pgdata="$unfinished" "$@"
  [ ! -d "$PGDATA" ] || rmdir "$PGDATA"
  mv "$unfinished" "$PGDATA"
fi

# kubelet's fsGroup walk adds group bits, which the server refuses.
chmod 0700 "$PGDATA"
