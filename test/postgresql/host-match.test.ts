import { libpqMatchesHost } from '../../src/postgresql';

interface Names { cn?: string; dns?: string[]; ip?: string[] }
const matches = (host: string, { cn = '', dns = [], ip = [] }: Names) => libpqMatchesHost(host, { commonName: cn, dnsNames: dns, ipAddresses: ip });

// The table of PostgreSQL's own TLS tests (src/test/ssl), and what was measured with libpq 15 beside it.
test.each<[string, Names, boolean]>([
  ['db.demo.svc', { dns: ['db.demo.svc'] }, true],
  ['DB.demo.SVC', { dns: ['db.Demo.svc'] }, true],
  ['db.demo.svc.', { dns: ['db.demo.svc'] }, false],
  ['db.demo.svc', { dns: ['db.demo.svc.'] }, false],
  ['db', { dns: ['db.demo.svc'] }, false],
  ['pg-0.pods.demo.svc', { dns: ['*.pods.demo.svc'] }, true],
  ['a.b.pods.demo.svc', { dns: ['*.pods.demo.svc'] }, false],
  ['pods.demo.svc', { dns: ['*.pods.demo.svc'] }, false],
  ['foo.svc', { dns: ['*.svc'] }, true],
  ['pg-0.pods', { dns: ['pg*.pods'] }, false],
  ['db', { cn: 'db' }, true],
  ['other', { cn: 'db' }, false],
  ['db', { cn: 'db', dns: ['other'] }, false],
  ['db', { cn: 'db', ip: ['10.0.0.1'] }, true],
  ['10.0.0.1', { cn: 'db', ip: ['10.0.0.1'] }, true],
  ['10.0.0.2', { ip: ['10.0.0.1'] }, false],
  ['fd00::1', { ip: ['fd00:0:0:0:0:0:0:1'] }, true],
  ['::1', { ip: ['127.0.0.1'] }, false],
  ['10.0.0.1', { dns: ['10.0.0.1'] }, true],
  ['10.0.0.1', { cn: '10.0.0.1' }, true],
  ['10.0.0.1', { cn: '10.0.0.1', dns: ['db'] }, true],
  ['10.0.0.1', { cn: '10.0.0.1', ip: ['10.0.0.2'] }, false],
  ['localhost', { ip: ['127.0.0.1'] }, false],
  ['db', {}, false],
])('%s with %j: %p', (host, names, expected) => {
  expect(matches(host, names)).toBe(expected);
});
