-- Roles, memberships and databases as declared. Each step selects the statements for what differs and runs them one by one: nothing that
-- already is as declared is written or locked, and a statement that is refused does not stop the others. $DECLARATIONS is declarations.json.
\set SHOW_CONTEXT never
\set declared `cat "$DECLARATIONS"`

-- roles
SELECT format('CREATE ROLE %I', role ->> 'name')
FROM jsonb_array_elements(:'declared'::jsonb -> 'roles') WITH ORDINALITY AS declared (role, place)
WHERE (role ->> 'present')::boolean AND NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role ->> 'name')
ORDER BY place
\gexec

-- attributes; a certificate does not end with VALID UNTIL, the login does
SELECT format('ALTER ROLE %I%s', rolname, concat(
    CASE WHEN rolsuper THEN ' NOSUPERUSER' END, CASE WHEN NOT rolinherit THEN ' INHERIT' END,
    CASE WHEN rolcanlogin <> login THEN CASE WHEN login THEN ' LOGIN' ELSE ' NOLOGIN' END END,
    CASE WHEN rolreplication <> replication THEN CASE WHEN replication THEN ' REPLICATION' ELSE ' NOREPLICATION' END END,
    CASE WHEN rolcreatedb <> createdb THEN CASE WHEN createdb THEN ' CREATEDB' ELSE ' NOCREATEDB' END END,
    CASE WHEN rolcreaterole <> createrole THEN CASE WHEN createrole THEN ' CREATEROLE' ELSE ' NOCREATEROLE' END END,
    CASE WHEN rolbypassrls <> bypassrls THEN CASE WHEN bypassrls THEN ' BYPASSRLS' ELSE ' NOBYPASSRLS' END END,
    CASE WHEN rolconnlimit <> connlimit THEN format(' CONNECTION LIMIT %s', connlimit) END,
    CASE WHEN current_until <> wanted_until THEN format(' VALID UNTIL %L', wanted_until) END))
FROM (
  SELECT rolname, rolsuper, rolinherit, rolcanlogin, rolreplication, rolcreatedb, rolcreaterole, rolbypassrls, rolconnlimit,
    coalesce(rolvaliduntil, 'infinity') AS current_until, (role ->> 'validUntil')::timestamptz AS wanted_until,
    (role ->> 'login')::boolean AND (role ->> 'validUntil')::timestamptz > now() AS login, (role ->> 'replication')::boolean AS replication,
    (role ->> 'createDatabases')::boolean AS createdb, (role ->> 'createRoles')::boolean AS createrole,
    (role ->> 'bypassRowSecurity')::boolean AS bypassrls, (role ->> 'connectionLimit')::integer AS connlimit
  FROM jsonb_array_elements(:'declared'::jsonb -> 'roles') AS role JOIN pg_roles ON rolname = role ->> 'name'
  WHERE (role ->> 'present')::boolean
) AS attributes
WHERE rolsuper OR NOT rolinherit
  OR (rolcanlogin, rolreplication, rolcreatedb, rolcreaterole, rolbypassrls, rolconnlimit, current_until)
    <> (login, replication, createdb, createrole, bypassrls, connlimit, wanted_until)
ORDER BY rolname
\gexec

-- memberships
SELECT format('GRANT %I TO %I', wanted.name, member.rolname)
FROM jsonb_array_elements(:'declared'::jsonb -> 'roles') AS role
  JOIN pg_roles AS member ON member.rolname = role ->> 'name'
  CROSS JOIN jsonb_array_elements_text(role -> 'inRoles') AS wanted (name)
  LEFT JOIN pg_roles AS existing ON existing.rolname = wanted.name
WHERE (role ->> 'present')::boolean AND (existing.oid IS NOT NULL OR wanted.name LIKE 'pg\_%')
  AND NOT EXISTS (SELECT FROM pg_auth_members AS granted WHERE granted.roleid = existing.oid AND granted.member = member.oid)
ORDER BY member.rolname, wanted.name
\gexec

-- of other memberships those alone that can be declared: from 16 on, the roles that a role with CREATEROLE creates have it as a member
SELECT format('REVOKE %I FROM %I%s', existing.rolname, member.rolname,
  CASE WHEN current_setting('server_version_num')::integer >= 160000 THEN format(' GRANTED BY %I', grantor.rolname) END)
FROM jsonb_array_elements(:'declared'::jsonb -> 'roles') AS role
  JOIN pg_roles AS member ON member.rolname = role ->> 'name'
  JOIN pg_auth_members AS granted ON granted.member = member.oid
  JOIN pg_roles AS existing ON existing.oid = granted.roleid
  LEFT JOIN pg_roles AS grantor ON grantor.oid = granted.grantor
WHERE (role ->> 'present')::boolean AND NOT role -> 'inRoles' ? existing.rolname
  AND (existing.rolname LIKE 'pg\_%' OR EXISTS (SELECT FROM jsonb_array_elements(:'declared'::jsonb -> 'roles') AS other WHERE other ->> 'name' = existing.rolname))
ORDER BY member.rolname, existing.rolname
\gexec

-- databases
SELECT format('CREATE DATABASE %I%s', database ->> 'name', ' OWNER ' || quote_ident(database ->> 'owner'))
FROM jsonb_array_elements(:'declared'::jsonb -> 'databases') WITH ORDINALITY AS declared (database, place)
WHERE (database ->> 'present')::boolean AND NOT EXISTS (SELECT FROM pg_database WHERE datname = database ->> 'name')
ORDER BY place
\gexec

-- owners; a client that is no longer declared as the owner is not the owner
SELECT format('ALTER DATABASE %I OWNER TO %I', datname, coalesce(database ->> 'owner', 'postgres'))
FROM jsonb_array_elements(:'declared'::jsonb -> 'databases') AS database
  JOIN pg_database ON datname = database ->> 'name'
  JOIN pg_roles AS present ON present.oid = datdba
WHERE (database ->> 'present')::boolean
  AND CASE WHEN database ? 'owner' THEN present.rolname <> database ->> 'owner'
    ELSE EXISTS (SELECT FROM jsonb_array_elements(database -> 'clients') AS client WHERE client ->> 'role' = present.rolname) END
ORDER BY datname
\gexec

SELECT format('ALTER DATABASE %I CONNECTION LIMIT %s', datname, database ->> 'connectionLimit')
FROM jsonb_array_elements(:'declared'::jsonb -> 'databases') AS database JOIN pg_database ON datname = database ->> 'name'
WHERE (database ->> 'present')::boolean AND datconnlimit <> (database ->> 'connectionLimit')::integer AND datconnlimit <> -2
ORDER BY datname
\gexec

-- privileges on databases
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', datname)
FROM jsonb_array_elements(:'declared'::jsonb -> 'databases') AS database JOIN pg_database ON datname = database ->> 'name'
WHERE (database ->> 'present')::boolean AND NOT (database ->> 'publicAccess')::boolean
  AND EXISTS (SELECT FROM aclexplode(coalesce(datacl, acldefault('d', datdba))) AS granted WHERE granted.grantee = 0 AND granted.grantor = datdba)
ORDER BY datname
\gexec

WITH client AS (
  SELECT pg_database.oid AS database, datname, datdba, coalesce(datacl, acldefault('d', datdba)) AS acl, pg_roles.oid AS grantee, rolname, client -> 'grants' AS grants
  FROM jsonb_array_elements(:'declared'::jsonb -> 'databases') AS database JOIN pg_database ON datname = database ->> 'name'
    CROSS JOIN jsonb_array_elements(database -> 'clients') AS client JOIN pg_roles ON rolname = client ->> 'role'
  WHERE datdba <> pg_roles.oid
), wanted AS (
  SELECT datname, rolname, privilege.name
  FROM client CROSS JOIN jsonb_array_elements(grants) AS declared CROSS JOIN jsonb_array_elements_text(declared -> 'privileges') AS privilege (name)
  WHERE declared ->> 'on' = 'database'
), present AS (
  SELECT datname, rolname, granted.privilege_type AS name
  FROM client CROSS JOIN aclexplode(acl) AS granted WHERE granted.grantee = client.grantee AND granted.grantor = datdba
)
SELECT format('%s %s ON DATABASE %I %s %I', verb, string_agg(name, ', ' ORDER BY name), datname, preposition, rolname)
FROM (
  SELECT 'REVOKE' AS verb, 'FROM' AS preposition, extra.* FROM (SELECT * FROM present EXCEPT SELECT * FROM wanted) AS extra
  UNION ALL SELECT 'GRANT', 'TO', missing.* FROM (SELECT * FROM wanted EXCEPT SELECT * FROM present) AS missing
) AS change
GROUP BY verb, preposition, datname, rolname
ORDER BY datname, rolname, verb DESC
\gexec

-- settings of roles and databases; a stored list of names has each of them quoted
WITH target AS (
  SELECT 'ROLE' AS kind, rolname AS name, 0::oid AS setdatabase, pg_roles.oid AS setrole, role AS declared
  FROM jsonb_array_elements(:'declared'::jsonb -> 'roles') AS role JOIN pg_roles ON rolname = role ->> 'name' WHERE (role ->> 'present')::boolean
  UNION ALL
  SELECT 'DATABASE', datname, pg_database.oid, 0::oid, database
  FROM jsonb_array_elements(:'declared'::jsonb -> 'databases') AS database JOIN pg_database ON datname = database ->> 'name' WHERE (database ->> 'present')::boolean
), stored AS (
  SELECT kind, name, declared, lower(split_part(entry, '=', 1)) AS parameter, substr(entry, strpos(entry, '=') + 1) AS value
  FROM target JOIN pg_db_role_setting USING (setdatabase, setrole) CROSS JOIN unnest(setconfig) AS entry
), wanted AS (
  SELECT kind, name, setting ->> 'name' AS parameter, setting -> 'words' AS words,
    (SELECT string_agg(quote_ident(part), '.' ORDER BY place) FROM unnest(string_to_array(setting ->> 'name', '.')) WITH ORDINALITY AS parts (part, place)) AS quoted,
    lower(setting ->> 'name') IN ('local_preload_libraries', 'search_path', 'session_preload_libraries', 'temp_tablespaces') AS is_list
  FROM target CROSS JOIN jsonb_array_elements(declared -> 'settings') AS setting
)
SELECT format('ALTER %s %I SET %s = %s', kind, name, quoted, coalesce((SELECT string_agg(quote_literal(word), ', ' ORDER BY place) FROM jsonb_array_elements_text(words) WITH ORDINALITY AS listed (word, place)), ''''''))
FROM wanted
WHERE NOT EXISTS (SELECT FROM stored WHERE (stored.kind, stored.name, stored.parameter) = (wanted.kind, wanted.name, lower(wanted.parameter)) AND stored.value =
  coalesce((SELECT string_agg(CASE WHEN is_list THEN quote_ident(word) ELSE word END, ', ' ORDER BY place) FROM jsonb_array_elements_text(words) WITH ORDINALITY AS listed (word, place)), CASE WHEN is_list THEN '""' ELSE '' END))
UNION ALL
SELECT format('ALTER %s %I RESET %s', kind, name, (SELECT string_agg(quote_ident(part), '.' ORDER BY place) FROM unnest(string_to_array(stored.parameter, '.')) WITH ORDINALITY AS parts (part, place)))
FROM stored WHERE EXISTS (SELECT FROM jsonb_array_elements_text(declared -> 'resetSettings') AS reset (name) WHERE lower(reset.name) = stored.parameter)
\gexec

-- what is declared absent, as far as it does not take a session in each database
SELECT format('DROP DATABASE %I WITH (FORCE)', datname)
FROM jsonb_array_elements(:'declared'::jsonb -> 'databases') AS database JOIN pg_database ON datname = database ->> 'name'
WHERE NOT (database ->> 'present')::boolean
\gexec

SELECT format('ALTER ROLE %I NOLOGIN', rolname)
FROM jsonb_array_elements(:'declared'::jsonb -> 'roles') AS role JOIN pg_roles ON rolname = role ->> 'name'
WHERE NOT (role ->> 'present')::boolean AND rolcanlogin
\gexec

SELECT format('SELECT FROM pg_terminate_backend(%s)', pid)
FROM jsonb_array_elements(:'declared'::jsonb -> 'roles') AS role JOIN pg_stat_activity ON usename = role ->> 'name'
WHERE NOT (role ->> 'present')::boolean
\gexec
