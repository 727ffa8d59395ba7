import { serverProgram } from '../../src/workloads';

const server = (image: string, command: string[] = [], args: string[] = []) =>
  serverProgram({ field: 'spec.containers[0]', name: 'c', isInit: false, image, spec: {}, command, args, mounts: [], ports: [] }, (path) => (path === '/start.sh' ? 'exec gosu postgres postgres -D /data' : undefined));

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
