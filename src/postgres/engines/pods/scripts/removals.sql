-- Absent roles, once database.sql has run in every database.
\set SHOW_CONTEXT never
\set declared `cat "$DECLARATIONS"`
SELECT format('DROP ROLE %I', rolname)
FROM jsonb_array_elements(:'declared'::jsonb -> 'roles') AS role JOIN pg_roles ON rolname = role ->> 'name'
WHERE NOT (role ->> 'present')::boolean
\gexec
