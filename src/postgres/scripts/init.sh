#!/bin/sh
# Makes the data directory, completely or not at all.
#
# usage: init.sh INITDB-OPTION...
# environment:
#   PGDATA          the data directory
#   POSTGRES_MAJOR  the major version that the manifest was written for
#   WAL_DIRECTORY   the write-ahead log of a new database, on a volume of its own; not set without one
#   POSTGRES_CONF   the server's configuration, for the scripts' server
#   INIT_SCRIPTS    a directory of *.sql and *.sh to run once; not set without scripts
set -eu

fail() {
  printf 'init: %s\n' "$*" >&2
  exit 1
}

# Runs the scripts on the unfinished directory, with a server that has neither TCP nor a socket that others can reach.
run_scripts() {
  PGHOST=$(mktemp -d) PGPORT=5432 PGUSER=postgres PGDATABASE=postgres
  export PGHOST PGPORT PGUSER PGDATABASE
  PGDATA=$unfinished postgres -c config_file="$POSTGRES_CONF" -c data_directory="$unfinished" -c hba_file="$unfinished/pg_hba.conf" \
    -c listen_addresses='' -c unix_socket_directories="$PGHOST" -c port="$PGPORT" -c ssl=off -c huge_pages=off &
  server=$!
  until pg_isready --quiet; do
    kill -0 "$server" 2>/dev/null || fail 'the server for the scripts ended before they ran'
    sleep 0.1
  done
  for script in "$INIT_SCRIPTS"/*; do
    [ -e "$script" ] || continue
    printf 'init: running %s\n' "${script##*/}"
    case $script in
      *.sql) psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --file="$script" || fail "${script##*/} failed: the next start begins from nothing" ;;
      *.sh) sh -e "$script" || fail "${script##*/} failed: the next start begins from nothing" ;;
      *) printf 'init: %s is neither .sql nor .sh, left alone\n' "${script##*/}" ;;
    esac
  done
  kill -INT "$server"
  wait "$server" || fail 'the server for the scripts did not stop cleanly'
}

# A log without its data directory may be all that is left of somebody's commits: only what a crash of this script has left is
# thrown away, which the marker tells.
prepare_wal() {
  if [ -e "$WAL_DIRECTORY" ] && [ ! -e "$marker" ]; then
    fail "$WAL_DIRECTORY holds a log, but $PGDATA holds no database: not touching what may be somebody's commits"
  fi
  mkdir -p "${WAL_DIRECTORY%/*}"
  : >"$marker"
  rm -rf "$WAL_DIRECTORY"
}

marker=${WAL_DIRECTORY:+${WAL_DIRECTORY%/*}/.unfinished}
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
  if [ -n "${WAL_DIRECTORY:-}" ]; then
    prepare_wal
    set -- "$@" --waldir="$WAL_DIRECTORY"
  fi
  initdb --pgdata="$unfinished" "$@"
  [ -z "${INIT_SCRIPTS:-}" ] || run_scripts
  [ ! -d "$PGDATA" ] || rmdir "$PGDATA"
  mv "$unfinished" "$PGDATA"
fi

[ -z "$marker" ] || rm -f "$marker"
# kubelet's fsGroup walk adds group bits, which the server refuses.
chmod 0700 "$PGDATA"
