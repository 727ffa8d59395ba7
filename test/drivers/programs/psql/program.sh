#!/bin/sh
# Answers each line of its input with a new connection. Its arguments are those of psql.
while read -r _; do
  if answer=$(psql --no-psqlrc --tuples-only --no-align --command "$QUERY" "$@" 2>&1); then
    printf 'ok %s\n' "$answer"
  else
    printf 'error %s\n' "$(printf '%s' "$answer" | tr -s '\n\t ' '   ')"
  fi
done
