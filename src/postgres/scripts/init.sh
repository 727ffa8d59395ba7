#!/bin/sh
# Makes the data directory, completely or not at all.
#
# usage: init.sh INITDB-OPTION...
# environment:
#   PGDATA          the data directory
#   DATA_VOLUME     where the volume that holds it is mounted
#   POD_NAME        the name of the pod, which ends in its ordinal
#   POSTGRES_MAJOR  the major version that the manifest was written for
#   WAL_DIRECTORY   the write-ahead log of a new database, on a volume of its own; not set without one
#   POSTGRES_CONF   the server's configuration, for the scripts' server
#   INIT_SCRIPTS    a directory of *.sql and *.sh to run once; not set without scripts
#
# An empty database in place of the one that somebody has is the worst that can happen here. So a new one is made only where there is
# neither a database nor a log on the volumes; nothing but what this script itself left unfinished is ever removed.
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

# Owner and mode of a file; `stat` has other options on every system.
owner_of() {
  # shellcheck disable=SC2012
  ls -ldn -- "$1" | {
    read -r mode _ uid gid _
    printf 'owner UID %s, group %s, mode %s' "$uid" "$gid" "$mode"
  }
}

ourselves() {
  printf 'UID %s, groups %s' "$(id -u)" "$(id -G)"
}

# Prints the directories from $1 down that hold a database, to a depth of $2, and those that hide whether they do.
databases() (
  if [ -e "$1/PG_VERSION" ] || [ ! -r "$1" ] || [ ! -x "$1" ]; then
    printf '%s\n' "$1"
  elif [ "$2" -gt 0 ]; then
    for entry in "$1"/* "$1"/.[!.]*; do
      # lost+found is the file system's own, and root's alone.
      case $entry in "$DATA_VOLUME/lost+found" | "$PGDATA.unfinished") continue ;; esac
      if [ -d "$entry" ] && [ ! -L "$entry" ]; then databases "$entry" $(($2 - 1)); fi
    done
  fi
)

# Prints the segments of a write-ahead log from $1 down, to a depth of $2.
segments() {
  find "$1" -maxdepth "$2" -type f -name '[0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F]'
}

# Fails if the volume holds a database anywhere else: in its root or in `data`, as the images up to 17 make it, in a major's own directory,
# where the image of 18 and Debian make it, or where another major of this package does.
refuse_databases_elsewhere() {
  other=$(databases "$DATA_VOLUME" 4 | head -n 1)
  [ -n "$other" ] || return 0
  if [ ! -r "$other" ] || [ ! -x "$other" ]; then
    fail "cannot look into $other ($(owner_of "$other")), this is $(ourselves): it may hold a database, so none is made in $PGDATA. Run the pod as its owner, or give the directory to UID $(id -u)"
  fi
  made_by=$(cat "$other/PG_VERSION" 2>/dev/null) || made_by='an unknown major'
  where="$other holds a database of PostgreSQL $made_by ($(owner_of "$other"), this is $(ourselves)): none is made in $PGDATA beside it."
  case $other in *.unfinished) fail "$where It is what a killed initialisation left: look at it, and remove that directory alone" ;; esac
  [ "$made_by" = "$POSTGRES_MAJOR" ] ||
    fail "$where This is PostgreSQL $POSTGRES_MAJOR: go back to version $made_by, or upgrade with pg_upgrade or a dump first"
  fail "$where It is of this major: stop the pod and move its files to $PGDATA on the same volume (docs/operations.md, Taking over a data directory)"
}

# Fails if $1 cannot be made.
need_writable() {
  directory=${1%/*}
  until [ -d "$directory" ]; do directory=${directory%/*}; done
  { [ -w "$directory" ] && [ -x "$directory" ]; } ||
    fail "cannot write to $directory ($(owner_of "$directory")), this is $(ourselves): the volume has to belong to this UID or, by fsGroup, to one of these groups, and not to be read-only"
}

# A log without its data directory may be all that is left of somebody's commits: only what a crash of this script has left is
# thrown away, which the marker tells.
prepare_wal() {
  if [ -e "$WAL_DIRECTORY" ] && [ ! -e "$marker" ]; then
    fail "$WAL_DIRECTORY holds a log, but $PGDATA holds no database: not touching what may be somebody's commits. Give the data volume back that belongs to it"
  fi
  for segment in $(segments "$wal_volume" 4); do
    case $segment in "$WAL_DIRECTORY"/*) continue ;; esac
    fail "${segment%/*} holds a log, but $PGDATA holds no database: not touching what may be somebody's commits. Give the data volume back that belongs to it"
  done
  mkdir -p "${WAL_DIRECTORY%/*}"
  : >"$marker"
  rm -rf "$WAL_DIRECTORY"
}

# 8 bytes of a file, from an offset on.
eight_bytes() {
  od -An -tx1 -j "$2" -N 8 "$1" | tr -d ' \n'
}

# Fails if the log of the data directory is not there, not where the manifest has it, or another cluster's.
check_wal() {
  log=$PGDATA/pg_wal
  if [ ! -L "$log" ]; then
    [ -d "$log" ] || fail "$PGDATA has no pg_wal: the log of this database is missing, and without it the data cannot be used. Restore both"
    [ -z "${WAL_DIRECTORY:-}" ] ||
      fail "$log is a directory on the data volume, but the manifest has a volume for the log: leave out storage.wal, or stop the pod and move the log to $WAL_DIRECTORY (docs/operations.md)"
    return 0
  fi
  target=$(readlink "$log")
  [ -d "$log" ] ||
    fail "$log leads to $target, which is not there: the log of this database is on ${WAL_DIRECTORY:+another volume than the one that is mounted}${WAL_DIRECTORY:-a volume of its own, which the manifest lacks}. Give that volume back (storage.wal); nothing else saves the last commits"
  # A base backup takes its log from the archive.
  for signal in backup_label recovery.signal standby.signal; do [ ! -e "$PGDATA/$signal" ] || return 0; done
  known=$(segments "$log/" 1)
  [ -n "$known" ] || fail "$log leads to $target, which holds no log: give back the volume that belongs to this database"
  # The long header of a segment and the control file both name the cluster; a segment that is not written yet names none.
  cluster=$(eight_bytes "$PGDATA/global/pg_control" 0)
  stranger=
  for segment in $known; do
    owner=$(eight_bytes "$segment" 24)
    [ "$owner" != "$cluster" ] || return 0
    [ "$owner" = 0000000000000000 ] || stranger=$segment
  done
  [ -z "$stranger" ] || fail "$stranger is the log of another cluster than $PGDATA: data and log have to be of one database, and of one moment if they are snapshots"
}

# Before 16 initdb takes no settings; what its servers read is made of this sample.
without_huge_pages() {
  share=$(initdb --show --pgdata="$unfinished" 2>&1 | sed -n 's/^share_path=//p')
  copy=$(mktemp -d)
  ln -s "$share"/* "$copy"
  rm "$copy/postgresql.conf.sample"
  { cat "$share/postgresql.conf.sample" && printf '\nhuge_pages = off\n'; } >"$copy/postgresql.conf.sample"
}

# More pods than one are more databases than one: each has a volume of its own, and nothing copies from one to the other.
[ "${POD_NAME##*-}" = 0 ] ||
  fail "$POD_NAME is not the first pod: there is one instance, and a second one would be another database. Scale the StatefulSet to 1 (an autoscaler does not belong on it)"

marker=${WAL_DIRECTORY:+${WAL_DIRECTORY%/*}/.unfinished}
wal_volume=${WAL_DIRECTORY:+${WAL_DIRECTORY%/*/*}}
version=$(postgres --version)
major=${version##*PostgreSQL) }
major=${major%%[!0-9]*}
[ "$major" = "$POSTGRES_MAJOR" ] ||
  fail "the image holds PostgreSQL $major, the manifest is written for $POSTGRES_MAJOR: give the version that fits the image"

if [ -e "$PGDATA" ] && { [ ! -r "$PGDATA" ] || [ ! -x "$PGDATA" ]; }; then
  fail "cannot look into $PGDATA ($(owner_of "$PGDATA")), this is $(ourselves): run the pod as its owner, or give the directory to UID $(id -u)"
fi
if [ -s "$PGDATA/PG_VERSION" ]; then
  made_by=$(cat "$PGDATA/PG_VERSION")
  [ "$made_by" = "$POSTGRES_MAJOR" ] ||
    fail "the data in $PGDATA was made by PostgreSQL $made_by, this is $POSTGRES_MAJOR: upgrade it with pg_upgrade or a dump first"
  # The server insists on it, whatever the group may do.
  [ -O "$PGDATA" ] ||
    fail "the data in $PGDATA does not belong to this pod ($(owner_of "$PGDATA"), this is $(ourselves)): run the pod as its owner, or give all of it to UID $(id -u)"
  check_wal
else
  if [ -d "$PGDATA" ] && [ -n "$(ls -A "$PGDATA")" ]; then
    fail "$PGDATA holds files but no PG_VERSION: not touching what may be somebody's data"
  fi
  refuse_databases_elsewhere
  need_writable "$PGDATA"
  # A crash in the middle leaves only the unfinished directory, which the next start throws away.
  unfinished=$PGDATA.unfinished
  rm -rf "$unfinished"
  mkdir -p "${PGDATA%/*}"
  if [ -n "${WAL_DIRECTORY:-}" ]; then
    need_writable "$WAL_DIRECTORY"
    prepare_wal
    set -- "$@" --waldir="$WAL_DIRECTORY"
  fi
  if [ "$major" -lt 16 ]; then
    without_huge_pages
    set -- "$@" -L "$copy"
  fi
  initdb --pgdata="$unfinished" "$@"
  [ -z "${copy:-}" ] || rm -rf "$copy"
  [ -z "${INIT_SCRIPTS:-}" ] || run_scripts
  [ ! -d "$PGDATA" ] || rmdir "$PGDATA"
  mv "$unfinished" "$PGDATA"
fi

[ -z "$marker" ] || rm -f "$marker"
# kubelet's fsGroup walk adds group bits, which the server refuses.
chmod 0700 "$PGDATA"
