#!/bin/sh
# Has the running server take over what kubelet has swapped in: certificates, configuration, the superuser's password.
#
# usage: reload.sh DIRECTORY...
#   the mounted directories to watch; kubelet replaces the link ..data in each when its content changes
# environment:
#   PGHOST PGPORT PGUSER PGDATABASE   the server's socket, where the peer's user is proof enough
#   SERVER_CERTIFICATE                the certificate that the server must show; not set without TLS
#   CLIENT_AUTHORITIES                the authorities whose client certificates it takes; not set where it asks for none
#   REVOCATION_LIST                   the list of revoked client certificates; not set without one
#   PASSWORD_FILE                     the password that PGUSER must have; not set without passwords
#   ROLES_FILE                        SQL that makes or mends the roles of the pod's own
#   RELOAD_USER                       the role to reload as, which may do nothing else
#   READY_FILE                        there while the server has everything that is mounted; beside it lie copies of the CAs taken over last
#   PROBLEM_FILE                      why READY_FILE is not there, one problem a line
#   HANG_FILE                         there while the server gives no answer at all; the liveness probe of the server fails by it
#   RELOAD_INTERVAL                   seconds between two looks; 1 unless given
#   CHECK_INTERVAL                    looks between two checks of the running server; 60 unless given
set -u

newline='
'
# The problems of this try, and those of the one before, which are logged already.
problems=
logged=
# Whether the roles of ROLES_FILE were there at the last look.
roles_exist=
# This script as it was read; a newer one is mounted in its place when the package is updated.
script=$(cat "$0")
# The CA that comes with the certificate of the server; empty without TLS.
server_ca=${SERVER_CERTIFICATE:+${SERVER_CERTIFICATE%/*}/ca.crt}

# Every statement has a deadline: a lock that an open transaction holds, a standby that does not confirm and a server that hangs would
# otherwise stop the reloader.
export PGCONNECT_TIMEOUT=5
export PGOPTIONS='-c lock_timeout=2s -c statement_timeout=10s -c synchronous_commit=local'

log() {
  printf 'reloader: %s\n' "$*"
}

# Notes a problem of this try, logs it unless the try before had it too, is not ready, and fails.
problem() {
  text=$(printf '%s' "$*" | tr '\n' ' ')
  case "$newline$logged$newline$problems$newline" in
    *"$newline$text$newline"*) ;;
    *) log "$text" ;;
  esac
  problems=${problems:+$problems$newline}$text
  printf '%s\n' "$problems" >"$PROBLEM_FILE"
  rm -f "$READY_FILE"
  return 1
}

sql() {
  timeout 20 psql -X -A -t -q -v ON_ERROR_STOP=1 "$@" 2>&1
}

# Why a statement failed, of psql's answer.
reason() {
  case $1 in
    '') printf 'no answer within 20 seconds' ;;
    *'lock timeout'*) printf 'it waits for a lock that another session holds (%s)' "$1" ;;
    *) printf '%s' "$1" ;;
  esac
}

# Where ..data leads in each directory. It is asked every second, so nothing but the shell itself runs.
generation() {
  for directory in "$@"; do
    if cd -P "$directory/..data" 2>/dev/null; then printf '%s\n' "$PWD"; else printf 'missing\n'; fi
  done
}

fingerprint() {
  openssl x509 -noout -fingerprint -sha256 2>/dev/null
}

# A server that starts, recovers or shuts down answers, and pg_isready ends with 1.
is_starting() {
  pg_isready -q
  [ $? -eq 1 ]
}

# The end of a postmaster takes its socket along; one that hangs accepts connections and says nothing. Neither is an answer. A session over
# the socket begins with pg_database, which somebody may have locked (VACUUM FULL): over TCP the role is refused before that is read.
is_silent() {
  pg_isready -q
  [ $? -eq 2 ] || return 1
  PGSSLMODE=disable pg_isready -q -h 127.0.0.1 -U "$RELOAD_USER"
  [ $? -eq 2 ]
}

# kubelet restarts a server after a minute with HANG_FILE.
hangs() {
  [ -z "${HANG_FILE:-}" ] || : >"$HANG_FILE"
}

answers() {
  # Nothing is taken over in a round that has left HANG_FILE: only the next one looks for it.
  if is_silent; then hangs; else pg_isready -q && return 0; fi
  problem 'the server does not answer, trying again'
}

# Two looks keep a restart apart.
responds() {
  ! is_silent || { sleep 5 && ! is_silent; } || { hangs && problem 'the server does not respond: it is down, or it hangs and kubelet restarts it'; }
}

# \password hashes on this side: neither a statement nor a process list ever holds the password. Without a terminal it reads
# standard input.
take_over_password() {
  [ -n "${PASSWORD_FILE:-}" ] || return 0
  password=$(cat "$PASSWORD_FILE") || problem "cannot read $PASSWORD_FILE" || return 1
  case $password in
    '') problem "$PASSWORD_FILE is empty: the password of $PGUSER stays as it is" || return 1 ;;
    *'
'*) problem "$PASSWORD_FILE has more than one line: the password of $PGUSER stays as it is" || return 1 ;;
  esac
  answer=$(printf '%s\n%s\n' "$password" "$password" | sql -c '\password') ||
    problem "cannot set the password of $PGUSER, trying again: $(reason "$answer")"
}

take_over_roles() {
  roles_exist=
  answer=$(sql -f "$ROLES_FILE") || problem "cannot make the roles of $ROLES_FILE, trying again: $(reason "$answer")" || return 1
  roles_exist=yes
}

# Whether the private key beside the certificate is the one that it was issued for.
pair_fits() {
  certified=$(openssl x509 -noout -pubkey -in "$SERVER_CERTIFICATE" 2>/dev/null)
  held=$(openssl pkey -pubout -in "${SERVER_CERTIFICATE%.crt}.key" 2>/dev/null)
  [ -n "$certified" ] && [ "$certified" = "$held" ]
}

# Reads the file as the server does: all of it, and it must hold something.
holds_certificates() {
  openssl crl2pkcs7 -nocrl -certfile "$1" 2>/dev/null | openssl pkcs7 -print_certs -noout 2>/dev/null | grep -q '^subject'
}

# As PGUSER where RELOAD_USER cannot: it is not made yet, its right was revoked, or it has no connection left, for before 16 only a
# superuser has a reserve.
ask_to_reload() {
  [ -n "$roles_exist" ] && answer=$(sql -U "$RELOAD_USER" -c 'SELECT pg_reload_conf()') && return 0
  answer=$(sql -c 'SELECT pg_reload_conf()')
}

# pg_reload_conf() answers before the server has read anything and never tells that a file was refused, so a handshake has to;
# a server that has refused a new key goes on serving the certificate with the old one, so the pair is looked at too.
take_over_files() {
  ask_to_reload || problem "cannot ask the server to reload, trying again: $(reason "$answer")" || return 1
  [ -n "${SERVER_CERTIFICATE:-}" ] || return 0
  if ! command -v openssl >/dev/null; then
    log 'cannot verify the served certificate: the image has no openssl'
    return 0
  fi
  pair_fits || problem "$SERVER_CERTIFICATE and its key do not fit: the server keeps the old pair, trying again" || return 1
  [ -z "${CLIENT_AUTHORITIES:-}" ] || holds_certificates "$CLIENT_AUTHORITIES" ||
    problem "$CLIENT_AUTHORITIES holds what is no certificate: the server keeps the old certificates and authorities, trying again" || return 1
  [ -z "${REVOCATION_LIST:-}" ] || openssl crl -noout -in "$REVOCATION_LIST" 2>/dev/null ||
    problem "$REVOCATION_LIST is no revocation list: the server keeps the old certificates and list, trying again" || return 1
  expected=$(fingerprint <"$SERVER_CERTIFICATE")
  for _ in 1 2 3; do
    served=$(timeout 10 openssl s_client -starttls postgres -connect "127.0.0.1:$PGPORT" </dev/null 2>/dev/null | fingerprint)
    [ "$served" != "$expected" ] || return 0
    sleep 1
  done
  problem "the server does not serve $SERVER_CERTIFICATE: its log says why, trying again"
}

# A faulty file leaves the old settings or rules in force, and only the server's log tells. These views read the files as the server
# does. A value that only waits for a restart is no fault, for the pod is replaced; one that the next start would refuse is.
configuration_fits() {
  faults=$(sql <<'SQL'
SELECT format('%s line %s: %s%s', regexp_replace(sourcefile, '.*/', ''), sourceline, name || ': ', error) FROM pg_file_settings
  WHERE error IS NOT NULL AND coalesce(name, '') NOT IN (SELECT name FROM pg_settings WHERE context = 'postmaster' AND pending_restart);
SELECT format('pg_hba.conf line %s: %s', line_number, error) FROM pg_hba_file_rules WHERE error IS NOT NULL;
SELECT :SERVER_VERSION_NUM >= 150000 AS shows_maps \gset
\if :shows_maps
SELECT format('pg_ident.conf line %s: %s', line_number, error) FROM pg_ident_file_mappings WHERE error IS NOT NULL;
\endif
SQL
  ) || problem "cannot ask the server for its configuration, trying again: $(reason "$faults")" || return 1
  [ -z "$faults" ] || problem "the server keeps the old configuration: $(printf '%s' "$faults" | head -n 1)"
}

# ALTER SYSTEM writes a file on the data volume that overrides the manifest. From 17 on it is off, unless the manifest turns it on; what
# was written before stays in force. A setting that waits for a restart is looked for only between changes: after one, the pod is replaced.
settings_are_those_of_the_manifest() {
  found=$(sql -v when="$1" <<'SQL'
SELECT 'postgresql.auto.conf on the data volume overrides the manifest: ' || string_agg(name, ', ' ORDER BY name)
  FROM pg_file_settings WHERE sourcefile LIKE '%/postgresql.auto.conf' AND coalesce(current_setting('allow_alter_system', true), 'off') = 'off'
  HAVING count(*) > 0;
SELECT 'only a restart takes over: ' || string_agg(name, ', ' ORDER BY name) || '; delete the pod'
  FROM pg_settings WHERE pending_restart AND :'when' = 'between' HAVING count(*) > 0;
SQL
  ) || problem "cannot ask the server for its settings, trying again: $(reason "$found")" || return 1
  [ -z "$found" ] || problem "$found"
}

can_verify() {
  [ -n "$server_ca" ] && command -v openssl >/dev/null
}

verifies_with() {
  openssl verify -no_check_time -partial_chain -no-CApath -CAfile "$1" -untrusted "$SERVER_CERTIFICATE" "$SERVER_CERTIFICATE" >/dev/null 2>&1
}

# The server does not look at it, and every client that trusts ca.crt does. An expired certificate is said by its date.
certificate_verifies() {
  can_verify && [ -s "$server_ca" ] || return 0
  verifies_with "$server_ca" ||
    problem "$SERVER_CERTIFICATE does not verify with $server_ca: clients that trust this file refuse the server"
}

# The certificates of a bundle, a line each.
certificates_of() {
  tr -d ' \t\r\n' <"$1" | sed 's/-----BEGIN/\
&/g' | grep -o -e '-----BEGINCERTIFICATE-----[A-Za-z0-9+/=]*'
}

# cert-manager makes a CA anew under the same name when its Secret is lost, and the renewed Secret brings its own ca.crt: only the
# comparison with what was there before shows that others hold something older. Said once, for nothing here can mend it.
tell_changed_authorities() {
  if can_verify; then
    earlier=$READY_FILE.server-ca
    [ ! -s "$earlier" ] || verifies_with "$earlier" ||
      log "$SERVER_CERTIFICATE is of another CA than the one before: clients that trust only the earlier ca.crt refuse the server"
    [ ! -s "$server_ca" ] || cat "$server_ca" >"$earlier"
  fi
  if [ -n "${CLIENT_AUTHORITIES:-}" ]; then
    earlier=$READY_FILE.client-ca
    [ ! -s "$earlier" ] || ! certificates_of "$earlier" | grep -q -vxF -e "$(certificates_of "$CLIENT_AUTHORITIES")" ||
      log "$CLIENT_AUTHORITIES lacks a CA that it had before: the server refuses the certificates of that CA"
    cat "$CLIENT_AUTHORITIES" >"$earlier"
  fi
}

# What is wrong although the server has taken over all that is mounted.
check() {
  problems=
  certificate_verifies
  if responds; then settings_are_those_of_the_manifest "$1"; fi
  if [ -z "$problems" ]; then
    [ -z "$logged" ] || [ "$1" = after ] || log 'no problem is left'
    : >"$READY_FILE"
  fi
  logged=$problems
  countdown=${CHECK_INTERVAL:-60}
}

report() {
  if [ -n "${SERVER_CERTIFICATE:-}" ]; then
    log "reloaded, serving $(openssl x509 -noout -serial -enddate <"$SERVER_CERTIFICATE" 2>/dev/null | tr '\n' ' ')"
  else
    log 'reloaded'
  fi
}

# Certificates come first: none of the steps that follow may keep a renewal from being served, whatever they wait for.
take_over() {
  problems=
  if answers; then
    take_over_files && tell_changed_authorities
    take_over_roles
    take_over_password
    configuration_fits
  fi
  [ -z "$problems" ]
}

# As PID 1 the shell would ignore these until it is killed.
trap 'kill "$nap" 2>/dev/null; exit 0' TERM INT
rm -f "$READY_FILE" "${HANG_FILE:-}"
printf 'nothing is taken over yet\n' >"$PROBLEM_FILE"

nap=
taken_over=
failed=
while :; do
  current=$(generation "$@")
  [ "$current" = "$taken_over" ] || ! mounted=$(cat "$0") || [ "$mounted" = "$script" ] || exec sh "$0" "$@"
  # Looked for in every round, so that nothing but silence for all of the minute restarts the server.
  if [ -e "${HANG_FILE:-}" ] && ! is_silent; then
    rm -f "$HANG_FILE"
    countdown=1
  fi
  # What is new is tried at once; what has failed, after 1, 2, 4 … 32 looks, for every try leaves its lines in the server's log.
  [ "$current" = "$failed" ] || { failed='' skip=0 patience=0; }
  if [ "$current" = "$taken_over" ]; then
    countdown=$((countdown - 1))
    [ "$countdown" -gt 0 ] || is_starting || check between
  elif [ "$skip" -gt 0 ]; then
    skip=$((skip - 1))
  elif take_over; then
    taken_over=$current
    failed=''
    check after
    report
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
