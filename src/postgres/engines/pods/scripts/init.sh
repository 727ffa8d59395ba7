#!/bin/sh
# Creates the data directory, completely or not at all.
#
# usage: init.sh INITDB-OPTION...
# environment:
#   PGDATA          the data directory
#   DATA_VOLUME     where the volume of the data is mounted
#   POD_NAME        the name of the pod; only ordinal 0 may create a database
#   POSTGRES_MAJOR  the major version in the manifest
#   WAL_DIRECTORY   the write-ahead log of a new database, on a volume of its own; not set without one
#   POSTGRES_CONF   the server's configuration, for the scripts' server
#   INIT_SCRIPTS    a directory of *.sql and *.sh to run once; not set without scripts
#   RESTORE_SCRIPT  makes the data directory from a backup in place of initdb; not set without one
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
    kill -0 "$server" 2>/dev/null || fail 'the temporary server for the init scripts exited before they ran'
    sleep 0.1
  done
  for script in "$INIT_SCRIPTS"/*; do
    [ -e "$script" ] || continue
    printf 'init: running %s\n' "${script##*/}"
    case $script in
      *.sql) psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --file="$script" || fail "${script##*/} failed; the next start deletes the incomplete data directory and begins again" ;;
      *.sh) sh -e "$script" || fail "${script##*/} failed; the next start deletes the incomplete data directory and begins again" ;;
      *) printf 'init: ignoring %s, which is neither .sql nor .sh\n' "${script##*/}" ;;
    esac
  done
  kill -INT "$server"
  wait "$server" || fail 'the temporary server for the init scripts did not shut down cleanly'
}

# The segments of every log from $1 down, to a depth of $2.
segments() {
  find "$1" -maxdepth "$2" -type f -name '????????????????????????' ! -name '*[!0-9A-F]*'
}

# WAL without a data directory may hold the only copy of committed transactions: it is deleted only where the marker shows that an earlier run
# of this script created it and did not finish.
prepare_wal() {
  if [ -e "$WAL_DIRECTORY" ] && [ ! -e "$marker" ]; then
    fail "$WAL_DIRECTORY contains WAL, but $PGDATA contains no database; refusing to initialize, because the WAL may hold committed transactions"
  fi
  # Also the WAL of another major version.
  for segment in $(segments "${WAL_DIRECTORY%/*/*}" 4); do
    case $segment in "$WAL_DIRECTORY"/*) continue ;; esac
    fail "${segment%/*} contains WAL, but $PGDATA contains no database; refusing to initialize, because the WAL may hold committed transactions"
  done
  mkdir -p "${WAL_DIRECTORY%/*}"
  : >"$marker"
  rm -rf "$WAL_DIRECTORY"
}

# initdb starts servers of its own, with huge_pages = try: that dies of SIGBUS where the node has pages that the pod may not use
# (docker-library/postgres issue 451). From 16 on an option of initdb sets off; before 16, the sample file from which initdb writes postgresql.conf.
without_huge_pages() {
  installed=$(initdb --show --pgdata="$PGDATA" 2>&1 | sed -n 's/^ *share_path=//p')
  share=$(mktemp -d)
  ln -s "$installed"/* "$share"
  rm "$share/postgresql.conf.sample"
  { cat "$installed/postgresql.conf.sample"; printf 'huge_pages = off\n'; } >"$share/postgresql.conf.sample"
}

give='change the owner of the data to this UID, or run the pod as the UID that owns the data'
upgrade='upgrade the data with pg_upgrade, or with a dump and restore, first'

# The user of this container and the owner of a file, for messages about ownership.
identity() {
  printf 'this container runs as UID %s with the groups %s' "$(id -u)" "$(id -G)"
}

whose() {
  stat -c 'UID %u, GID %g, mode %a' "$1"
}

# Every data directory on the volume, wherever this package or an image has created one: the root, pgdata, data, 18/docker, … A directory that
# cannot be read may be one. The find of busybox has no -readable, and every find fails on a directory that it cannot read, such as lost+found.
data_directories() {
  find "$DATA_VOLUME" -maxdepth 4 -type d ! -name lost+found \
    -exec sh -c 'for directory; do [ -r "$directory" ] && [ -x "$directory" ] || printf "%s\n" "$directory"; done' sh {} + 2>/dev/null || :
  # Each database in the directory has such a file as well; the directory itself sorts before them.
  find "$DATA_VOLUME" -maxdepth 5 -type f -name PG_VERSION ! -path "$PGDATA.unfinished/*" 2>/dev/null | sed 's|/PG_VERSION$||' | LC_ALL=C sort
}

# A second, empty database would look as if all data were lost, and new rows would go to the wrong one of the two.
refuse_second_database() {
  found=$(data_directories | head -n 1)
  [ -n "$found" ] || return 0
  made_by=$(cat "$found/PG_VERSION" 2>/dev/null) || fail "cannot read $found ($(whose "$found")), which may be a data directory; $(identity): $give"
  [ "$made_by" = "$POSTGRES_MAJOR" ] || fail "the data in $found was created by PostgreSQL $made_by, the manifest has PostgreSQL $POSTGRES_MAJOR: $upgrade"
  fail "the data directory is $found, but the manifest expects it at $PGDATA: move it there (docs/operations.md); no second database is created"
}

refuse_unwritable_volume() {
  parent=$PGDATA
  while [ ! -e "$parent" ]; do parent=${parent%/*}; done
  [ -w "$parent" ] || fail "cannot write to $parent ($(whose "$parent")); $(identity): set fsGroup to the group of the volume, or change the owner of the volume to this UID"
}

# Data and WAL belong together: without its WAL the server does not start, and with the WAL of another cluster it must not.
check_existing() {
  made_by=$(cat "$PGDATA/PG_VERSION")
  [ "$made_by" = "$POSTGRES_MAJOR" ] || fail "the data in $PGDATA was created by PostgreSQL $made_by, the manifest has PostgreSQL $POSTGRES_MAJOR: $upgrade"
  [ -O "$PGDATA" ] || fail "the data in $PGDATA belongs to another user ($(whose "$PGDATA")); $(identity): $give"
  log_directory=$(readlink "$PGDATA/pg_wal" || :)
  if [ -z "$log_directory" ]; then
    [ -z "${WAL_DIRECTORY:-}" ] || fail "the WAL is inside $PGDATA, but the manifest has a separate WAL volume: remove the WAL volume from the manifest, or move the WAL (docs/operations.md)"
  elif [ -z "${WAL_DIRECTORY:-}" ]; then
    fail "the WAL of $PGDATA is in $log_directory, on a volume that the manifest does not have: add the WAL volume to the manifest again"
  elif [ ! -d "$log_directory" ]; then
    fail "the WAL of $PGDATA is missing: $log_directory does not exist on the WAL volume; restore both volumes from the same point in time, or recover from a backup"
  else
    check_wal_volume
  fi
}

# Eight bytes of the file $1, from byte $2 on.
identifier() {
  od -An -tx1 -j "$2" -N 8 "$1" | tr -d ' \n'
}

# The control file and the head of each segment name the cluster (src/include/catalog/pg_control.h, access/xlog_internal.h); a segment that is
# not written yet has zeros.
check_wal_volume() {
  # A restored base backup gets its WAL from the archive.
  for restoring in backup_label recovery.signal standby.signal; do [ ! -e "$PGDATA/$restoring" ] || return 0; done
  log_segments=$(segments "$log_directory/" 1)
  [ -n "$log_segments" ] || fail "the WAL of $PGDATA is missing: $log_directory is empty; restore both volumes from the same point in time, or recover from a backup"
  cluster=$(identifier "$PGDATA/global/pg_control" 0)
  stranger=
  for segment in $log_segments; do
    written_by=$(identifier "$segment" 24)
    [ "$written_by" != "$cluster" ] || return 0
    [ "$written_by" = 0000000000000000 ] || stranger=$segment
  done
  [ -z "$stranger" ] || fail "the WAL in $log_directory belongs to a different database cluster than the data in $PGDATA: restore both volumes from the same point in time, or recover from a backup"
}

case ${POD_NAME:-} in
  *-0 | '') ;;
  *) fail "pod $POD_NAME would create a second database, and this package supports one instance: scale the StatefulSet back to 1 (kubectl scale statefulset ${POD_NAME%-*} --replicas=1)" ;;
esac
share=
marker=${WAL_DIRECTORY:+${WAL_DIRECTORY%/*}/.unfinished}
version=$(postgres --version)
major=${version##*PostgreSQL) }
major=${major%%[!0-9]*}
[ "$major" = "$POSTGRES_MAJOR" ] ||
  fail "the image contains PostgreSQL $major, the manifest has PostgreSQL $POSTGRES_MAJOR: set the version that matches the image"

if [ -d "$PGDATA" ] && [ ! -r "$PGDATA" ]; then refuse_second_database; fi
if [ -s "$PGDATA/PG_VERSION" ]; then
  check_existing
else
  if [ -d "$PGDATA" ] && [ -n "$(ls -A "$PGDATA")" ]; then
    fail "$PGDATA contains files but no PG_VERSION; refusing to initialize, because the files may be data"
  fi
  refuse_second_database
  refuse_unwritable_volume
  # A crash in between leaves only the unfinished directory, which the next start deletes.
  unfinished=$PGDATA.unfinished
  rm -rf "$unfinished"
  mkdir -p "${PGDATA%/*}"
  if [ -n "${WAL_DIRECTORY:-}" ]; then
    prepare_wal
    set -- "$@" --waldir="$WAL_DIRECTORY"
  fi
  if [ -n "${RESTORE_SCRIPT:-}" ]; then
    sh "$RESTORE_SCRIPT" "$unfinished"
  else
    [ "$POSTGRES_MAJOR" -ge 16 ] || without_huge_pages
    initdb --pgdata="$unfinished" ${share:+-L "$share"} "$@"
    [ -z "${INIT_SCRIPTS:-}" ] || run_scripts
  fi
  [ ! -d "$PGDATA" ] || rmdir "$PGDATA"
  mv "$unfinished" "$PGDATA"
fi

[ -z "$marker" ] || rm -f "$marker"
# The kubelet adds group bits for fsGroup, and the server refuses a data directory that has them.
chmod 0700 "$PGDATA"
