# shellcheck shell=sh
# What reloaders have in common. This text is part of each of their scripts, which has the functions not_ready, begin_round, idle_round, take_over
# and after_take_over.
#
# environment:
#   READY_FILE        exists once everything that is mounted has been loaded; not_ready may remove it
#   PROBLEM_FILE      what has not been loaded and why, one problem a line
#   RELOAD_INTERVAL   seconds between two rounds; default 1

export PGCONNECT_TIMEOUT=5

newline='
'
# The problems of this attempt, and those of the previous one, which are logged already.
problems=
logged=

log() {
  printf 'reloader: %s\n' "$*"
}

# Records a problem of this attempt, logs it unless the previous attempt had it too, and fails.
problem() {
  text=$(printf '%s' "$*" | tr '\n' ' ')
  known=$newline$logged$newline$problems$newline
  problems=${problems:+$problems$newline}$text
  # Before the line in the log: a reader of the log finds the container unready.
  printf '%s\n' "$problems" >"$PROBLEM_FILE"
  not_ready
  case $known in
    *"$newline$text$newline"*) ;;
    *) log "$text" ;;
  esac
  return 1
}

# The target of ..data in each directory. It runs every second, so it starts no process.
generation() {
  for directory in "$@"; do
    if cd -P "$directory/..data" 2>/dev/null; then printf '%s\n' "$PWD"; else printf 'missing\n'; fi
  done
}

fingerprint() {
  openssl x509 -noout -fingerprint -sha256 2>/dev/null
}

# Whether the private key beside a certificate matches it.
pair_fits() {
  certified=$(openssl x509 -noout -pubkey -in "$1" 2>/dev/null)
  held=$(openssl pkey -pubout -in "${1%.crt}.key" 2>/dev/null)
  [ -n "$certified" ] && [ "$certified" = "$held" ]
}

# Whether the server serves a certificate, or does so within seconds.
serves() {
  expected=$(fingerprint <"$1")
  for _ in 1 2 3; do
    served=$(timeout 10 openssl s_client -starttls postgres -connect "127.0.0.1:$PGPORT" </dev/null 2>/dev/null | fingerprint)
    [ "$served" != "$expected" ] || return 0
    sleep 1
  done
  return 1
}

# The serial number and the expiry of a certificate.
described() {
  openssl x509 -noout -serial -enddate <"$1" 2>/dev/null | tr '\n' ' '
}

# The process that a round waits for.
nap=

# Loads what is mounted, and again whenever it changes.
watch() {
  taken_over=
  failed=
  rm -f "$READY_FILE"
  printf 'nothing has been loaded yet\n' >"$PROBLEM_FILE"
  while :; do
    current=$(generation "$@")
    begin_round "$@"
    # A new version is tried at once, a failed one again after 1, 2, 4 … 32 rounds, because every attempt writes to the server's log.
    [ "$current" = "$failed" ] || { failed='' skip=0 patience=0; }
    if [ "$current" = "$taken_over" ]; then
      idle_round
    elif [ "$skip" -gt 0 ]; then
      skip=$((skip - 1))
    elif take_over; then
      taken_over=$current
      failed=
      after_take_over
    else
      logged=$problems
      failed=$current
      skip=$patience
      patience=$((patience < 16 ? patience * 2 + 1 : 31))
    fi
    sleep "${RELOAD_INTERVAL:-1}" &
    nap=$!
    wait "$nap"
  done
}
