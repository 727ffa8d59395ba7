# shellcheck shell=sh
# Roles, databases and privileges as declared. This text is part of reload.sh where anything is declared.
#
# environment:
#   CLIENT_PASSWORDS   a directory with the passwords of clients that have one; not set without any

DECLARATIONS=${0%/*}/declarations.json
export DECLARATIONS
# The content of CLIENT_PASSWORDS that was taken over last.
passwords_set=
# The arguments of this script, and the files that this attempt is for, which the loop sets.
watched=$*
current=

# A session whose settings no role and no database changes, and in which a name without a schema is one of PostgreSQL's: owners of databases
# could otherwise have the superuser run their functions. A step that does not end within the time limit is continued by the next attempt.
declared_in() {
  name=$1
  shift
  PGDATABASE=$name PGCLIENTENCODING=UTF8 PGOPTIONS="${PGOPTIONS:-} -c statement_timeout=50s -c search_path=pg_catalog -c standard_conforming_strings=on \
-c datestyle=ISO -c default_transaction_read_only=off -c client_min_messages=error -c lc_messages=C -c password_encryption=scram-sha-256" LC_MESSAGES=C timeout 60 psql -X -A -t -q "$@" 2>&1
}

# Whether the kubelet has updated a file since this attempt began. No declaration may delay a renewed certificate.
# shellcheck disable=SC2086 # paths of mounts have no spaces
is_outdated() {
  [ "$(generation $watched)" != "$current" ]
}

# Each statement that the server refused is a problem of its own. psql prints every statement (-a) before the error of that statement.
report_refused() {
  refused='' statement=''
  while IFS= read -r line; do
    case $line in
      psql:*': ERROR:  '* | psql:*': FATAL:  '* | psql:*': error: '* | 'psql: error: '*)
        [ -z "$refused" ] || problem "$refused"
        refused="refused in database $1, retrying: ${line#psql:*: }${statement:+ ($(printf '%.300s' "$statement"))}"
        ;;
      'DETAIL:  '*) [ -z "$refused" ] || refused="$refused; ${line#DETAIL:  }" ;;
      *) statement=$line ;;
    esac
  done
  [ -z "$refused" ] || problem "$refused"
}

run_declared() {
  ! is_outdated || return 0
  answer=$(declared_in "$1" -a -f "${0%/*}/$2" </dev/null)
  status=$?
  report_refused "$1" <<DONE
$answer
DONE
  if [ "$status" -ge 124 ]; then
    problem "cannot finish the declarations in database $1 within 60 seconds, continuing with the next attempt"
  elif [ "$status" -ne 0 ] && [ -z "$refused" ]; then
    problem "cannot apply the declarations in database $1, retrying: psql exited with $status"
  fi
}

# The declared databases that exist, also one that accepts no connections: that is a problem. While a role is to be removed, every other database
# that accepts them, because each may have something of that role. No name that can be declared has a line break.
databases_to_visit() {
  declared_in postgres -v ON_ERROR_STOP=1 -f - <<'SQL'
\set declared `cat "$DECLARATIONS"`
SELECT datname FROM pg_database
WHERE strpos(datname, E'\n') = 0 AND (
  EXISTS (SELECT FROM jsonb_array_elements(:'declared'::jsonb -> 'databases') AS database WHERE database ->> 'name' = datname AND (database ->> 'present')::boolean)
  OR datallowconn AND datconnlimit <> -2 AND EXISTS (SELECT FROM jsonb_array_elements(:'declared'::jsonb -> 'roles') AS role JOIN pg_roles ON rolname = role ->> 'name' WHERE NOT (role ->> 'present')::boolean))
ORDER BY datname;
SQL
}

# File, whether the role has a SCRAM verifier, and the role as psql's \password reads it.
roles_with_password() {
  declared_in postgres -v ON_ERROR_STOP=1 -f - <<'SQL'
\set declared `cat "$DECLARATIONS"`
SELECT format('%s %s "%s"', role ->> 'password', coalesce(rolpassword LIKE 'SCRAM-SHA-256$%', false), replace(rolname, '"', '""'))
FROM jsonb_array_elements(:'declared'::jsonb -> 'roles') AS role JOIN pg_authid ON rolname = role ->> 'name' WHERE role ? 'password'
ORDER BY rolname;
SQL
}

# Only what changed: a new verifier has a new salt. \password hashes the password in psql; without a terminal it reads standard input.
take_over_client_passwords() {
  [ -n "${CLIENT_PASSWORDS:-}" ] || return 0
  mounted=$(generation "$CLIENT_PASSWORDS")
  listed=$(roles_with_password) || problem "cannot query the roles with a password, retrying: $(reason "$listed")" || return 1
  missed=
  while IFS=' ' read -r file has_verifier role; do
    [ -n "$file" ] || continue
    [ "$has_verifier" = f ] || [ "$mounted" != "$passwords_set" ] || continue
    password=$(cat "$CLIENT_PASSWORDS/$file") || problem "cannot read the password of role $role" || { missed=yes; continue; }
    case $password in
      '') problem "the password of role $role is empty; keeping the previous one" || { missed=yes; continue; } ;;
      *'
'*) problem "the password of role $role has more than one line; keeping the previous one" || { missed=yes; continue; } ;;
    esac
    answer=$(printf '%s\n%s\n' "$password" "$password" | PGOPTIONS="$PGOPTIONS $UNRECORDED" declared_in postgres -v ON_ERROR_STOP=1 -c "\\password $role") ||
      problem "cannot set the password of role $role, retrying: $(reason "$answer")" || missed=yes
  done <<DONE
$listed
DONE
  [ -n "$missed" ] || passwords_set=$mounted
}

take_over_declarations() {
  # Scripts that databases share serve those without declarations too.
  [ -e "$DECLARATIONS" ] || return 0
  run_declared postgres declarations.sql
  take_over_client_passwords
  visited=$(databases_to_visit) || problem "cannot query the declared databases, retrying: $(reason "$visited")" || return 1
  while IFS= read -r database; do
    [ -z "$database" ] || run_declared "$database" database.sql
  done <<DONE
$visited
DONE
  run_declared postgres removals.sql
}
