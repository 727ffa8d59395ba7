#!/bin/sh
# One run of a CronJob.
#
# usage: backup.sh full|diff|incr|verify
# environment:
#   WANTED_RELEASE   the release that pgBackRest must be
#   CONFIG               the directory of the configuration
#   CREDENTIALS          the directory of the credentials of the repository
#   STANZA               the stanza
set -eu

fail() {
  printf 'backup: %s\n' "$*" >&2
  exit 1
}

run() {
  sh "$CONFIG/pgbackrest.sh" "$CREDENTIALS" --config="$CONFIG/job.conf" --stanza="$STANZA" "$@"
}

release=$(pgbackrest version) || fail 'the image does not contain pgbackrest; use an image of PostgreSQL with pgBackRest'
[ "$release" = "pgBackRest $WANTED_RELEASE" ] ||
  fail "the image has $release; set the version of the backup to this release, or the image to pgBackRest $WANTED_RELEASE"

if [ "$1" = verify ]; then
  # It lists what is wrong and ends with 0 all the same.
  report=$(run --output=text --verbose verify) || fail 'the repository cannot be verified'
  printf '%s\n' "$report"
  printf '%s\n' "$report" | grep -q '^status: ok$' || fail 'the repository is damaged: see the report above'
else
  run stanza-create
  run --type="$1" backup
fi
