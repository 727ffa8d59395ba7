import { imageMajor } from '../../src/formats';
import { isDatabaseImage } from '../../src/workloads';

test.each<[string, string | undefined]>([
  ['postgres:17', '17'], ['postgres:17.2-bookworm', '17'], ['docker.io/library/postgres:18.4@sha256:0123', '18'], ['registry.example.com:5000/team/postgres:16', '16'], ['postgres:9.6.24', '9.6'],
  ['postgis/postgis:17-3.5', '17'], ['pgvector/pgvector:pg17', '17'], ['pgvector/pgvector:0.8.0-pg16', '16'], ['timescale/timescaledb:2.17.2-pg15', '15'], ['timescale/timescaledb:2.17.2', undefined],
  ['ghcr.io/cloudnative-pg/postgresql:18.0-standard', '18'], ['bitnami/postgresql:14.5.0', '14'], ['ghcr.io/zalando/spilo-17:4.0-p2', '17'],
  ['registry.redhat.io/rhel9/postgresql-16:1-25', '16'], ['quay.io/sclorg/postgresql-15-c9s:20250101', '15'], ['ghcr.io/zalando/spilo-16@sha256:0123', '16'], ['spilo-15:3.3-p1', '15'],
  ['percona/percona-postgresql-operator:2.5.0-ppg16.4-postgres', '16'], ['percona/percona-distribution-postgresql:17.5-2', '17'],
  ['registry.developers.crunchydata.com/crunchydata/crunchy-postgres:ubi8-15.8-1', '15'], ['localhost:5000/pg14', '14'], ['example.com/team/pg-13-gis:7', '13'], ['bitnamilegacy/postgresql-repmgr:17.6.0', '17'],
  ['citusdata/citus:13.0', undefined], ['example.com/postgres-team/app:18.1', undefined], ['example.com/db-17:2', undefined], ['timescale/timescaledb-ha:pg17.2-ts2.17', '17'],
  ['postgres', undefined], ['postgres:latest', undefined], ['postgres@sha256:0123', undefined], ['postgres:20250101', undefined],
])('%s is of major %s', (image, major) => {
  expect(imageMajor(image)).toBe(major);
});

test.each<[string, boolean]>([
  ['postgres:17', true], ['postgis/postgis:17', true], ['spilo-17:4', true], ['my-postgres:1', true], ['timescale/timescaledb:2', true],
  ['quay.io/prometheuscommunity/postgres-exporter:v0.18.1', false], ['pgbouncer:1', false], ['postgres-operator:1', false], ['postgrest/postgrest:12', false], ['postgres-backup:16', false], ['redis:7', false],
])('%s runs a server: %s', (image, runs) => {
  expect(isDatabaseImage(image)).toBe(runs);
});
