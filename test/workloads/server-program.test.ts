import type { ContainerView } from '../../src/kubernetes';
import { serverProgram } from '../../src/workloads';

const START = (path: string) => (path === '/start.sh' ? 'exec gosu postgres postgres -D /data' : undefined);
const container = (image: string, rest: Partial<ContainerView> = {}): ContainerView =>
  ({ field: 'spec.containers[0]', name: 'c', isInit: false, image, spec: {}, command: [], args: [], mounts: [], ports: [], ...rest });
const server = (image: string, command: string[] = [], args: string[] = []) => serverProgram(container(image, { command, args }), START);

test.each<[string, string[], string[], object | undefined]>([
  ['postgres:18', [], [], { first: 'postgres', viaEntrypoint: true, options: [] }],
  ['docker.io/library/postgres:18.4-alpine@sha256:abc', [], ['-c', 'ssl=on'], { first: 'postgres', viaEntrypoint: true, options: ['-c', 'ssl=on'] }],
  ['ghcr.io/org/postgresql', [], ['postgres', '-c', 'ssl=on'], { options: ['-c', 'ssl=on'] }],
  ['mine:1', ['postgres', '-D', '/data'], [], { first: 'postgres', viaEntrypoint: false, options: ['-D', '/data'] }],
  ['mine:1', ['tini', '--', 'postgres'], [], { first: 'tool', options: [] }],
  ['mine:1', ['gosu', 'postgres', 'postgres', '-c', 'a=b'], [], { first: 'postgres', options: ['-c', 'a=b'] }],
  ['mine:1', ['docker-entrypoint.sh'], ['postgres', '-c', 'a=b'], { first: 'postgres', viaEntrypoint: true, options: ['-c', 'a=b'] }],
  ['mine:1', ['sh', '-c'], ['chmod 700 /data; exec postgres'], { first: 'postgres', viaEntrypoint: false }],
  ['mine:1', ['sh', '-c', 'postgres'], [], { first: 'shell' }],
  ['mine:1', ['bash', '-ec', 'cd /data; postgres'], [], { first: 'postgres' }],
  ['mine:1', ['bash', '-c', 'postgres || true'], [], { first: 'shell' }],
  ['mine:1', ['sh', '/start.sh'], [], { first: 'postgres', options: ['-D', '/data'] }],
  ['postgres:18', ['psql'], ['-h', 'db'], undefined],
  ['postgres:18', [], ['psql', '-h', 'db'], undefined],
  ['postgres:18', ['sh', '-c', 'until pg_isready -U postgres; do sleep 1; done'], [], undefined],
  ['postgres:18', ['postgres', '--version'], [], undefined],
  ['quay.io/prometheuscommunity/postgres-exporter:v0.17', [], [], undefined],
  ['mine:1', [], [], undefined],
])('%s %j %j runs PostgreSQL: %j', (image, command, args, expected) => {
  if (expected) { expect(server(image, command, args)).toMatchObject(expected); } else { expect(server(image, command, args)).toBeUndefined(); }
});

const BITNAMI = '/opt/bitnami/scripts/postgresql';

test.each<[string, string[], string[], object | undefined]>([
  ['supabase/postgres:17.6.1', [], [], { layout: 'official', first: 'postgres', viaEntrypoint: true }],
  ['timescale/timescaledb-ha:pg17', [], ['-c', 'ssl=on'], { layout: 'official', options: ['-c', 'ssl=on'] }],
  ['citusdata/citus:13.0', [], [], { layout: 'official' }],
  ['kartoza/postgis:17-3.5', [], [], { layout: 'unknown' }],
  ['bitnami/postgresql:17', [], [], { layout: 'bitnami', first: 'postgres', options: [] }],
  ['registry.example.com/bitnamilegacy/postgresql:17@sha256:01', [], [], { layout: 'bitnami' }],
  ['bitnami/postgresql-repmgr:17', [], [], { layout: 'bitnami', first: 'tool' }],
  ['mine:1', [`${BITNAMI}/entrypoint.sh`], [`${BITNAMI}/run.sh`, '-c', 'ssl=on'], { layout: 'bitnami', options: ['-c', 'ssl=on'] }],
  ['bitnami/postgresql:17', [], ['psql'], undefined],
  ['registry.redhat.io/rhel9/postgresql-16:1-25', [], [], { layout: 'sclorg', first: 'postgres', viaEntrypoint: true }],
  ['quay.io/sclorg/postgresql-15-c9s:20250101', [], ['run-postgresql', '-c', 'ssl=on'], { layout: 'sclorg', options: ['-c', 'ssl=on'] }],
  ['mirror.example.com/team/postgresql-12-centos7:latest', [], [], { layout: 'sclorg' }],
  ['image-registry.openshift-image-registry.svc:5000/openshift/postgresql:13-el8', [], [], { layout: 'sclorg' }],
  ['mine:1', ['container-entrypoint'], ['run-postgresql'], { layout: 'sclorg', first: 'postgres' }],
  ['mine:1', [], ['run-postgresql'], { layout: 'sclorg' }],
  ['mine:1', ['bash', '-c', 'cp /tls/* /var/lib/pgsql; exec run-postgresql -c ssl=on'], [], { layout: 'sclorg', first: 'postgres', options: ['-c', 'ssl=on'] }],
  ['quay.io/sclorg/postgresql-15-c9s', [], ['psql'], undefined],
  ['ghcr.io/zalando/spilo-17:4.0-p2', [], [], { layout: 'spilo', first: 'tool' }],
  ['ghcr.io/zalando/spilo-17:4.0-p2', [], ['psql'], undefined],
])('the image of %s %j %j has the layout %j', (image, command, args, expected) => {
  if (expected) { expect(server(image, command, args)).toMatchObject(expected); } else { expect(server(image, command, args)).toBeUndefined(); }
});

describe('an image of its own', () => {
  const ports = [{ containerPort: 5432 }];
  const program = (variables: string[], rest: Partial<ContainerView> = {}) => serverProgram(container('example.com/shop:v3', { ports, ...rest }), START, variables);

  test.each([[['PGDATA']], [['POSTGRES_PASSWORD', 'POSTGRES_USER']], [['POSTGRES_DB', 'SHOP_MODE']], [['POSTGRESQL_ADMIN_PASSWORD']]])('is a server with port 5432 and the variables %j', (variables) => {
    expect(program(variables)).toEqual({ options: [], first: 'postgres', viaEntrypoint: true, layout: 'unknown' });
  });

  test.each<[string, string[], Partial<ContainerView>]>([
    ['another port', ['PGDATA'], { ports: [{ containerPort: 8080 }] }],
    ['no port', ['PGDATA'], { ports: [] }],
    ['variables that clients have as well', ['POSTGRES_USER', 'PGUSER'], {}],
    ['the host of another server', ['POSTGRES_PASSWORD', 'POSTGRES_HOST'], {}],
    ['a connection string', ['POSTGRES_DB', 'DATABASE_URL'], {}],
    ['a supervisor', ['PGDATA', 'PATRONI_SCOPE'], {}],
    ['a pooler by its name', ['POSTGRES_PASSWORD'], { image: 'example.com/shop-pgbouncer:1' }],
    ['a proxy by its name', ['POSTGRES_PASSWORD'], { image: 'example.com/cloud-sql-proxy:1' }],
    ['a command of its own', ['PGDATA'], { command: ['sleep', 'infinity'] }],
    ['arguments of another program', ['PGDATA'], { args: ['patroni', '/etc/patroni.yaml'] }],
    ['an init container', ['PGDATA'], { isInit: true }],
  ])('is none with %s', (_, variables, rest) => {
    expect(program(variables, rest)).toBeUndefined();
  });
});
