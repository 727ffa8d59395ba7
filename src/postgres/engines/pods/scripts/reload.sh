#!/bin/sh
# Makes the running server load what the kubelet has updated: certificates, configuration, the superuser's password.
#
# usage: reload.sh DIRECTORY...
#   the mounted directories to watch; the kubelet replaces the link ..data in each when its content changes
# environment:
#   PGHOST PGPORT PGUSER PGDATABASE   the server's socket, with peer authentication
#   SERVER_CERTIFICATE                the certificate that the server must serve; not set without TLS
#   CLIENT_AUTHORITIES                the CAs whose client certificates the server accepts; not set where it requests none
#   REVOCATION_LIST                   the CRL for client certificates; not set without one
#   PASSWORD_FILE                     the password that PGUSER must have; not set without passwords
#   ROLES_FILE                        SQL that creates the roles of the pod's containers, or restores their attributes
#   RELOAD_USER                       the role that requests reloads and has no other privilege
#   READY_FILE                        exists while the server has loaded everything that is mounted; copies of the CAs loaded last are beside it
#   HANG_FILE                         exists while the server does not respond at all; the server's liveness probe fails while it exists
#   CHECK_INTERVAL                    rounds between two checks of the running server; default 60
set -u

# shellcheck source=src/postgres/plan/scripts/reloading.sh
. ./reloading.sh

# Whether the roles of ROLES_FILE existed at the last attempt.
roles_exist=
# This script as it was read; after an update of the package a newer one is mounted at the same path.
script=$(cat "$0")
# The ca.crt beside the server's certificate; empty without TLS.
server_ca=${SERVER_CERTIFICATE:+${SERVER_CERTIFICATE%/*}/ca.crt}

# Every statement has a deadline: a lock that an open transaction holds, a standby that does not confirm and a server that hangs would
# otherwise stop the reloader.
export PGOPTIONS='-c lock_timeout=2s -c statement_timeout=10s -c synchronous_commit=local'

# For a session that sets a password: whatever the server records otherwise, it does not record the statement, which has the verifier.
UNRECORDED="-c log_statement=none -c log_min_duration_statement=-1 -c log_min_duration_sample=-1 -c log_transaction_sample_rate=0 -c log_min_error_statement=panic \
-c track_activities=off -c pg_stat_statements.track_utility=off"

not_ready() {
  rm -f "$READY_FILE"
}

sql() {
  timeout 20 psql -X -A -t -q -v ON_ERROR_STOP=1 "$@" 2>&1
}

# Why a statement failed, from the output of psql.
reason() {
  case $1 in
    '') printf 'no response within 20 seconds' ;;
    *'lock timeout'*) printf 'another session holds a lock that the statement needs (%s)' "$1" ;;
    *) printf '%s' "$1" ;;
  esac
}

# A server that starts, recovers or shuts down responds, and pg_isready exits with 1.
is_starting() {
  pg_isready -q
  [ $? -eq 1 ]
}

# A postmaster that has exited has no socket; one that hangs accepts connections and sends nothing. Neither responds. A session over the
# socket first reads pg_database, which another session may have locked (VACUUM FULL); over TCP the role is rejected before that read.
is_silent() {
  pg_isready -q
  [ $? -eq 2 ] || return 1
  PGSSLMODE=disable pg_isready -q -h 127.0.0.1 -U "$RELOAD_USER"
  [ $? -eq 2 ]
}

# The kubelet restarts the server after HANG_FILE has existed for a minute.
hangs() {
  [ -z "${HANG_FILE:-}" ] || : >"$HANG_FILE"
}

answers() {
  # Nothing is loaded in a round that has created HANG_FILE: only the next round checks it.
  if is_silent; then hangs; else pg_isready -q && return 0; fi
  problem 'the server does not accept connections, retrying'
}

# The second check tells a hanging server from one that restarts.
responds() {
  ! is_silent || { sleep 5 && ! is_silent; } || { hangs && problem 'the server does not respond: it is down, or it hangs and the kubelet will restart it'; }
}

# \password hashes the password in psql: no statement and no process list contains it. Without a terminal it reads standard input.
take_over_password() {
  [ -n "${PASSWORD_FILE:-}" ] || return 0
  password=$(cat "$PASSWORD_FILE") || problem "cannot read $PASSWORD_FILE" || return 1
  case $password in
    '') problem "$PASSWORD_FILE is empty; keeping the previous password of $PGUSER" || return 1 ;;
    *'
'*) problem "$PASSWORD_FILE has more than one line; keeping the previous password of $PGUSER" || return 1 ;;
  esac
  answer=$(printf '%s\n%s\n' "$password" "$password" | PGOPTIONS="$PGOPTIONS $UNRECORDED" sql -c '\password') ||
    problem "cannot set the password of $PGUSER, retrying: $(reason "$answer")"
}

take_over_roles() {
  roles_exist=
  answer=$(sql -f "$ROLES_FILE") || problem "cannot create the roles of $ROLES_FILE, retrying: $(reason "$answer")" || return 1
  roles_exist=yes
}

# Reads the file as the server does: every certificate must be valid, and there must be at least one.
holds_certificates() {
  openssl crl2pkcs7 -nocrl -certfile "$1" 2>/dev/null | openssl pkcs7 -print_certs -noout 2>/dev/null | grep -q '^subject'
}

# As PGUSER where RELOAD_USER cannot: it does not exist yet, its privilege was revoked, or no connection is left (before 16 only superusers have
# reserved connections).
ask_to_reload() {
  [ -n "$roles_exist" ] && answer=$(sql -U "$RELOAD_USER" -c 'SELECT pg_reload_conf()') && return 0
  answer=$(sql -c 'SELECT pg_reload_conf()')
}

# pg_reload_conf() returns before the server has read anything and does not report a rejected file, so the served certificate is compared;
# a server that has rejected a new key keeps the previous key pair, so the mounted pair is checked too.
take_over_files() {
  ask_to_reload || problem "cannot request a reload of the server, retrying: $(reason "$answer")" || return 1
  [ -n "${SERVER_CERTIFICATE:-}" ] || return 0
  if ! command -v openssl >/dev/null; then
    log 'cannot verify the served certificate: the image does not contain openssl'
    return 0
  fi
  pair_fits "$SERVER_CERTIFICATE" || problem "the private key does not match $SERVER_CERTIFICATE; keeping the previous key pair, retrying" || return 1
  [ -z "${CLIENT_AUTHORITIES:-}" ] || holds_certificates "$CLIENT_AUTHORITIES" ||
    problem "client CA bundle $CLIENT_AUTHORITIES contains no valid certificate; keeping the previous certificates and CAs, retrying" || return 1
  [ -z "${REVOCATION_LIST:-}" ] || openssl crl -noout -in "$REVOCATION_LIST" 2>/dev/null ||
    problem "CRL file $REVOCATION_LIST is not a valid CRL; keeping the previous certificates and CRL, retrying" || return 1
  serves "$SERVER_CERTIFICATE" || problem "the server does not serve the certificate in $SERVER_CERTIFICATE, retrying; the server's log has the reason"
}

# With an invalid file the previous settings or rules stay active, and only the server's log reports it. These views read the files as the
# server does. A value that waits for a restart is not an error, because the pod is replaced; one that the next start would reject is.
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
  ) || problem "cannot query the configuration of the server, retrying: $(reason "$faults")" || return 1
  [ -z "$faults" ] || problem "the server keeps the previous configuration: $(printf '%s' "$faults" | head -n 1)"
}

# ALTER SYSTEM writes a file on the data volume that overrides the manifest. From 17 on it is off unless the manifest turns it on; what was
# written before stays active. A setting that waits for a restart is checked only between changes: after one, the pod may be about to be replaced.
settings_are_those_of_the_manifest() {
  found=$(sql -v when="$1" <<'SQL'
SELECT 'postgresql.auto.conf on the data volume overrides the manifest: ' || string_agg(name, ', ' ORDER BY name)
  FROM pg_file_settings WHERE sourcefile LIKE '%/postgresql.auto.conf' AND coalesce(current_setting('allow_alter_system', true), 'off') = 'off'
  HAVING count(*) > 0;
SELECT 'a restart is required to apply: ' || string_agg(name, ', ' ORDER BY name) || '; delete the pod'
  FROM pg_settings WHERE pending_restart AND :'when' = 'between' HAVING count(*) > 0;
SQL
  ) || problem "cannot query the settings of the server, retrying: $(reason "$found")" || return 1
  [ -z "$found" ] || problem "$found"
}

can_verify() {
  [ -n "$server_ca" ] && command -v openssl >/dev/null
}

verifies_with() {
  openssl verify -no_check_time -partial_chain -no-CApath -CAfile "$1" -untrusted "$SERVER_CERTIFICATE" "$SERVER_CERTIFICATE" >/dev/null 2>&1
}

# The server does not verify its own certificate; every client that trusts ca.crt does. An expired certificate is reported by its date alone.
certificate_verifies() {
  can_verify && [ -s "$server_ca" ] || return 0
  verifies_with "$server_ca" ||
    problem "$SERVER_CERTIFICATE does not verify against $server_ca: clients that trust this file reject the server"
}

# The certificates of a bundle, one a line.
certificates_of() {
  tr -d ' \t\r\n' <"$1" | sed 's/-----BEGIN/\
&/g' | grep -o -e '-----BEGINCERTIFICATE-----[A-Za-z0-9+/=]*'
}

# When the Secret of a CA is lost, cert-manager creates a new CA with the same name, and the renewed Secret has the new ca.crt: only a comparison
# with the previous one shows that clients may trust an older CA. Logged once, because nothing in this pod can fix it.
tell_changed_authorities() {
  if can_verify; then
    earlier=$READY_FILE.server-ca
    [ ! -s "$earlier" ] || verifies_with "$earlier" ||
      log "$SERVER_CERTIFICATE was issued by a different CA than before: clients that trust only the previous ca.crt reject the server"
    [ ! -s "$server_ca" ] || cat "$server_ca" >"$earlier"
  fi
  if [ -n "${CLIENT_AUTHORITIES:-}" ]; then
    earlier=$READY_FILE.client-ca
    [ ! -s "$earlier" ] || ! certificates_of "$earlier" | grep -q -vxF -e "$(certificates_of "$CLIENT_AUTHORITIES")" ||
      log "a CA was removed from $CLIENT_AUTHORITIES: the server rejects the client certificates of that CA"
    cat "$CLIENT_AUTHORITIES" >"$earlier"
  fi
}

# Problems that remain although the server has loaded everything that is mounted.
check() {
  problems=
  certificate_verifies
  if responds; then settings_are_those_of_the_manifest "$1"; fi
  if [ -z "$problems" ]; then
    : >"$READY_FILE"
    [ -z "$logged" ] || [ "$1" = after ] || log 'all problems are resolved'
  fi
  logged=$problems
  countdown=${CHECK_INTERVAL:-60}
}

report() {
  if [ -n "${SERVER_CERTIFICATE:-}" ]; then
    log "reloaded, serving $(described "$SERVER_CERTIFICATE")"
  else
    log 'reloaded'
  fi
}

# Certificates first: no later step may delay a renewed certificate, whatever it waits for.
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

after_take_over() {
  check after
  report
}

begin_round() {
  [ "$current" = "$taken_over" ] || ! mounted=$(cat "$0") || [ "$mounted" = "$script" ] || exec sh "$0" "$@"
  # Checked in every round, so that only a server that is silent for the whole minute is restarted.
  if [ -e "${HANG_FILE:-}" ] && ! is_silent; then
    rm -f "$HANG_FILE"
    countdown=1
  fi
}

idle_round() {
  countdown=$((countdown - 1))
  [ "$countdown" -gt 0 ] || is_starting || check between
}

# As PID 1 the shell ignores these signals without a trap.
trap 'kill "$nap" 2>/dev/null; exit 0' TERM INT
rm -f "${HANG_FILE:-}"
watch "$@"
