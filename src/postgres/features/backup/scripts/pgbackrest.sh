#!/bin/sh
# Runs pgBackRest with what is mounted from Secrets, each time as it is then: a renewed access key needs no restart, and no server has it in its environment.
#
# usage: pgbackrest.sh DIRECTORY ARGUMENT...
#   a directory with a file for each variable of the environment, or one that does not exist
set -eu

directory=$1
shift
for file in "$directory"/PGBACKREST_*; do
  [ -e "$file" ] || continue
  value=$(cat "$file")
  export "${file##*/}=$value"
done
exec pgbackrest "$@"
