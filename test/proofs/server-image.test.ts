import { imageMajor, isDatabaseImage } from '../../src/proofs/private/pods/server-image';

test.each<[string, string | undefined]>([
  ['postgres:17', '17'], ['postgres:17.2-bookworm', '17'], ['docker.io/library/postgres:18.4@sha256:0123', '18'], ['registry.example.com:5000/team/postgres:16', '16'], ['postgres:9.6.24', '9.6'],
  ['postgis/postgis:17-3.5', '17'], ['pgvector/pgvector:pg17', '17'], ['pgvector/pgvector:0.8.0-pg16', '16'], ['timescale/timescaledb:2.17.2-pg15', '15'], ['timescale/timescaledb:2.17.2', undefined],
  ['ghcr.io/cloudnative-pg/postgresql:18.0-standard', '18'], ['bitnami/postgresql:14.5.0', '14'], ['ghcr.io/zalando/spilo-17:4.0-p2', '17'],
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
