# shellcheck shell=sh
# What a member of a database with Patroni has beyond a single server. This text is part of reload.sh there.
#
# environment:
#   MEMBER_CERTIFICATE   the certificate of Patroni's REST API, which also asks it to reload; its CA is ca.crt beside it
#   MEMBER_PORT          the port of that API
#   LOOP_WAIT            seconds within which Patroni does what it was asked

member_files=${MEMBER_CERTIFICATE%/*}
# Whether this member was the leader when it took over the files last.
led=

leads() {
  [ "$(sql -c 'SELECT pg_is_in_recovery()')" = f ]
}

# Roles, passwords and declarations are data: a replica gets them from its leader.
on_leader() {
  ! leads || "$@"
}

# Over the loopback interface. Not by date: a certificate that has expired is replaced this way as well.
ask_member() {
  printf '%s HTTP/1.0\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n' "$1" |
    timeout 10 openssl s_client -quiet -no_check_time -verify_return_error -verify_hostname localhost -CAfile "$member_files/ca.crt" \
      -cert "$MEMBER_CERTIFICATE" -key "$member_files/tls.key" -connect "127.0.0.1:$MEMBER_PORT" 2>&1
}

served_by_member() {
  timeout 10 openssl s_client -connect "127.0.0.1:$MEMBER_PORT" </dev/null 2>/dev/null | fingerprint
}

# Patroni accepts the request and reloads in its next loop.
take_over_member() {
  if leads; then led=yes; else led=; fi
  certified=$(openssl x509 -noout -pubkey -in "$MEMBER_CERTIFICATE" 2>/dev/null)
  held=$(openssl pkey -pubout -in "$member_files/tls.key" 2>/dev/null)
  [ -n "$certified" ] && [ "$certified" = "$held" ] || problem "the private key does not match $MEMBER_CERTIFICATE; keeping the previous key pair, retrying" || return 1
  answer=$(ask_member 'POST /reload')
  case $answer in
    *'HTTP/1.'?' 202'*) ;;
    *) problem "Patroni does not accept the request to reload, retrying; where the CA of the members is another one than at its start, delete the pod: $(printf '%.300s' "$answer")" || return 1 ;;
  esac
  expected=$(fingerprint <"$MEMBER_CERTIFICATE")
  waited=0
  while [ "$(served_by_member)" != "$expected" ]; do
    waited=$((waited + 1))
    [ "$waited" -le $((LOOP_WAIT + 5)) ] || problem "Patroni does not serve the certificate in $MEMBER_CERTIFICATE, retrying" || return 1
    sleep 1
  done
}

# A leader that was a replica when the manifest changed has not taken over what only a leader can.
take_over_again_as_leader() {
  # The loop reads it (reloading.sh).
  # shellcheck disable=SC2034
  [ -n "$led" ] || ! leads || taken_over=
}

# Patroni takes these from its store alone, which it fills when the database is created: the file has no effect on them.
store_is_that_of_the_manifest() {
  differing=$(sql <<'SQL'
SELECT string_agg(format('%s is %s, the manifest has %s', name, pg_settings.setting, file.setting), ', ' ORDER BY name)
FROM pg_settings JOIN (SELECT name, max(setting) AS setting FROM pg_file_settings WHERE sourcefile NOT LIKE current_setting('data_directory') || '/%' GROUP BY name) AS file USING (name)
WHERE name IN ('max_connections', 'max_locks_per_transaction', 'max_prepared_transactions', 'max_replication_slots', 'max_wal_senders', 'max_worker_processes', 'wal_level')
  AND pg_settings.setting <> file.setting;
SQL
  ) || problem "cannot query the settings of the server, retrying: $(reason "$differing")" || return 1
  [ -z "$differing" ] || problem "in the store of Patroni $differing: change it with patronictl edit-config (docs/high-availability.md)"
}
