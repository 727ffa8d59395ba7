-- Schemas, extensions and privileges of the database of this session as declared, in steps as in declarations.sql. In a database that is not
-- declared, only what absent roles own and may do is taken away.
\set SHOW_CONTEXT never
\set everything `cat "$DECLARATIONS"`
SELECT coalesce(database, 'null') AS declared
FROM (SELECT) AS one LEFT JOIN jsonb_array_elements(:'everything'::jsonb -> 'databases') AS database ON database ->> 'name' = current_database() AND (database ->> 'present')::boolean
\gset

-- the schema public belongs to the owner of the database, as PostgreSQL 15 and later have it
SELECT 'ALTER SCHEMA public OWNER TO pg_database_owner'
FROM pg_namespace JOIN pg_roles ON pg_roles.oid = nspowner
WHERE nspname = 'public' AND rolname = 'postgres' AND NOT (:'declared'::jsonb ->> 'publicAccess')::boolean
\gexec

SELECT 'REVOKE ALL ON SCHEMA public FROM PUBLIC'
FROM pg_namespace
WHERE nspname = 'public' AND NOT (:'declared'::jsonb ->> 'publicAccess')::boolean
  AND EXISTS (SELECT FROM aclexplode(coalesce(nspacl, acldefault('n', nspowner))) AS granted WHERE granted.grantee = 0 AND granted.grantor = nspowner)
\gexec

-- schemas
SELECT format('CREATE SCHEMA %I%s', schema ->> 'name', ' AUTHORIZATION ' || quote_ident(schema ->> 'owner'))
FROM jsonb_array_elements(:'declared'::jsonb -> 'schemas') WITH ORDINALITY AS declared (schema, place)
WHERE NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = schema ->> 'name')
ORDER BY place
\gexec

SELECT format('ALTER SCHEMA %I OWNER TO %I', nspname, schema ->> 'owner')
FROM jsonb_array_elements(:'declared'::jsonb -> 'schemas') AS schema
  JOIN pg_namespace ON nspname = schema ->> 'name' JOIN pg_roles ON pg_roles.oid = nspowner
WHERE schema ? 'owner' AND rolname <> schema ->> 'owner'
\gexec

-- extensions, with an explicit schema unless they name their own: no search_path decides
SELECT format('CREATE EXTENSION %I%s%s', extension ->> 'name',
  ' SCHEMA ' || quote_ident(coalesce(extension ->> 'schema', (
    SELECT 'public' FROM pg_available_extensions AS available WHERE available.name = extension ->> 'name'
      AND NOT EXISTS (SELECT FROM pg_available_extension_versions AS version WHERE version.name = available.name
        AND version.version = coalesce(extension ->> 'version', available.default_version) AND version.schema IS NOT NULL)))),
  ' VERSION ' || quote_literal(extension ->> 'version'))
FROM jsonb_array_elements(:'declared'::jsonb -> 'extensions') WITH ORDINALITY AS declared (extension, place)
WHERE NOT EXISTS (SELECT FROM pg_extension WHERE extname = extension ->> 'name')
ORDER BY place
\gexec

SELECT format('ALTER EXTENSION %I UPDATE TO %L', extname, extension ->> 'version')
FROM jsonb_array_elements(:'declared'::jsonb -> 'extensions') AS extension JOIN pg_extension ON extname = extension ->> 'name'
WHERE extversion <> extension ->> 'version'
\gexec

-- privileges on schemas and on what is in them: one statement per client, schema and set of privileges. What an extension has made
-- keeps the privileges that the extension gives, unless a grant names it.
WITH schema AS (
  SELECT pg_namespace.oid, nspname, nspowner, nspacl FROM pg_namespace
  WHERE nspname = 'public' OR nspname IN (SELECT declared ->> 'name' FROM jsonb_array_elements(:'declared'::jsonb -> 'schemas') AS declared)
), client AS (
  SELECT pg_roles.oid, rolname, client -> 'grants' AS grants
  FROM jsonb_array_elements(:'declared'::jsonb -> 'clients') AS client JOIN pg_roles ON rolname = client ->> 'role'
), object AS (
  SELECT 'schema' AS kind, nspname, nspname AS name, quote_ident(nspname) AS quoted, nspowner AS owner, coalesce(nspacl, acldefault('n', nspowner)) AS acl, false AS is_member FROM schema
  UNION ALL
  SELECT CASE relkind WHEN 'S' THEN 'sequence' ELSE 'table' END, nspname, relname, format('%I.%I', nspname, relname), relowner,
    coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner)),
    EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')
  FROM schema JOIN pg_class ON relnamespace = schema.oid WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
  UNION ALL
  SELECT 'routine', nspname, proname, format('%I.%I(%s)', nspname, proname, pg_get_function_identity_arguments(pg_proc.oid)), proowner, coalesce(proacl, acldefault('f', proowner)),
    EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e')
  FROM schema JOIN pg_proc ON pronamespace = schema.oid
), wanted AS (
  SELECT DISTINCT rolname, object.kind, object.nspname, object.quoted, privilege.name AS privilege
  FROM client CROSS JOIN jsonb_array_elements(grants) AS declared CROSS JOIN jsonb_array_elements_text(declared -> 'privileges') AS privilege (name)
    JOIN object ON object.kind = declared ->> 'on' AND object.nspname = declared ->> 'schema' AND object.owner <> client.oid
  WHERE CASE WHEN declared ? 'names' THEN declared -> 'names' ? object.name ELSE NOT is_member END
), present AS (
  SELECT rolname, object.kind, object.nspname, object.quoted, granted.privilege_type AS privilege
  FROM object CROSS JOIN aclexplode(acl) AS granted JOIN client ON client.oid = granted.grantee
  WHERE granted.grantor = object.owner AND object.owner <> client.oid
), change AS (
  SELECT 'REVOKE' AS verb, 'FROM' AS preposition, extra.* FROM (SELECT * FROM present EXCEPT SELECT * FROM wanted) AS extra
  WHERE NOT EXISTS (SELECT FROM object WHERE is_member AND (object.kind, object.quoted) = (extra.kind, extra.quoted))
  UNION ALL SELECT 'GRANT', 'TO', missing.* FROM (SELECT * FROM wanted EXCEPT SELECT * FROM present) AS missing
), per_object AS (
  SELECT verb, preposition, rolname, kind, nspname, quoted, string_agg(privilege, ', ' ORDER BY privilege) AS privileges FROM change GROUP BY 1, 2, 3, 4, 5, 6
)
SELECT format('%s %s ON %s %s %s %I', verb, privileges, upper(kind), string_agg(quoted, ', ' ORDER BY quoted), preposition, rolname)
FROM per_object
GROUP BY verb, preposition, rolname, kind, nspname, privileges
ORDER BY nspname, rolname, verb DESC, kind
\gexec

-- privileges on what is created later
WITH schema AS (
  SELECT oid, nspname FROM pg_namespace
  WHERE nspname = 'public' OR nspname IN (SELECT declared ->> 'name' FROM jsonb_array_elements(:'declared'::jsonb -> 'schemas') AS declared)
), client AS (
  SELECT pg_roles.oid, rolname, client -> 'grants' AS grants
  FROM jsonb_array_elements(:'declared'::jsonb -> 'clients') AS client JOIN pg_roles ON rolname = client ->> 'role'
), creator AS (
  SELECT oid, rolname FROM pg_roles WHERE :'declared'::jsonb -> 'creators' ? rolname
), wanted AS (
  SELECT DISTINCT creator.rolname AS creator, client.rolname, nspname, declared ->> 'on' AS kind, privilege.name AS privilege
  FROM client CROSS JOIN jsonb_array_elements(grants) AS declared CROSS JOIN jsonb_array_elements_text(declared -> 'privileges') AS privilege (name)
    JOIN schema ON nspname = declared ->> 'schema' JOIN creator ON creator.oid <> client.oid
  WHERE declared ->> 'on' IN ('table', 'sequence', 'routine') AND NOT declared ? 'names'
), present AS (
  SELECT creator.rolname AS creator, client.rolname, nspname, CASE defaclobjtype WHEN 'r' THEN 'table' WHEN 'S' THEN 'sequence' ELSE 'routine' END AS kind, granted.privilege_type AS privilege
  FROM pg_default_acl JOIN creator ON creator.oid = defaclrole JOIN schema ON schema.oid = defaclnamespace
    CROSS JOIN aclexplode(defaclacl) AS granted JOIN client ON client.oid = granted.grantee AND client.oid <> creator.oid
  WHERE defaclobjtype IN ('r', 'S', 'f')
), change AS (
  SELECT 'REVOKE' AS verb, 'FROM' AS preposition, extra.* FROM (SELECT * FROM present EXCEPT SELECT * FROM wanted) AS extra
  UNION ALL SELECT 'GRANT', 'TO', missing.* FROM (SELECT * FROM wanted EXCEPT SELECT * FROM present) AS missing
)
SELECT format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I %s %s ON %sS %s %I', creator, nspname, verb, string_agg(privilege, ', ' ORDER BY privilege), upper(kind), preposition, rolname)
FROM change
GROUP BY verb, preposition, creator, rolname, nspname, kind
ORDER BY nspname, creator, rolname, verb DESC, kind
\gexec

-- absent roles: one transaction each, so that nothing is dropped where it could not be given away
SELECT CASE WHEN role ? 'reassignOwnedTo' THEN format('REASSIGN OWNED BY %I TO %I; DROP OWNED BY %1$I', rolname, role ->> 'reassignOwnedTo') ELSE format('DROP OWNED BY %I', rolname) END
FROM jsonb_array_elements(:'everything'::jsonb -> 'roles') AS role JOIN pg_roles ON rolname = role ->> 'name'
WHERE NOT (role ->> 'present')::boolean AND EXISTS (
  SELECT FROM pg_shdepend WHERE refclassid = 'pg_authid'::regclass AND refobjid = pg_roles.oid
    AND dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database())))
\gexec
