import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CONSTRAINED_TYPES, ConstrainedType, isHostLike, nameConstraintsOf, outsideConstraints } from '../../src/pki';
import { certificate } from '../fixtures';
import { createCa, LocalCertManager, type LocalSecret, type Manifest } from '../local';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'name-constraints-'));
afterAll(() => { rmSync(folder, { recursive: true }); });

const CASES: Readonly<Record<ConstrainedType, { readonly constraints: string[]; readonly names: string[]; readonly field: string }>> = {
  dnsDomains: {
    field: 'dnsNames',
    constraints: ['example.com', '.example.com', 'svc', 'Demo.svc', 'a.b.svc', 'local'],
    names: [
      'example.com', 'a.example.com', '*.example.com', 'badexample.com', 'db.demo.svc', 'DB.DEMO.SVC', '*.c.svc', 'a.b.svc', 'b.svc', 'svc', 'localhost', 'db', 'x.local', 'local', 'com',
    ],
  },
  ipRanges: {
    field: 'ipAddresses',
    constraints: ['10.0.0.0/8', '10.1.2.3/8', '127.0.0.1/32', 'fd00::/8', '::/0', '0.0.0.0/0', '192.168.4.0/22'],
    names: ['10.1.1.1', '127.0.0.1', '::1', 'fd12::1', '192.168.7.255', '192.168.8.0'],
  },
  emailAddresses: {
    field: 'emailAddresses',
    constraints: ['ops@example.com', 'example.com', '.example.com'],
    names: ['ops@example.com', 'Ops@example.com', 'ops@EXAMPLE.com', 'x@mail.example.com', 'x@other.com', 'x@badexample.com'],
  },
  uriDomains: {
    field: 'uris',
    constraints: ['example.com', '.example.com'],
    names: ['spiffe://example.com/db', 'https://a.example.com/', 'https://example.com:8443/x', 'https://EXAMPLE.com', 'urn:a:b', 'https://other.com/', 'https://user@example.com/'],
  },
};

const tables = CONSTRAINED_TYPES.flatMap((type) => (['permitted', 'excluded'] as const).flatMap((side) => CASES[type].constraints.map((constraint) => [side, type, constraint] as const)));

test.each(tables)('%s %s %p: OpenSSL and the rules agree about every name', async (side, type, constraint) => {
  const nameConstraints = { [side]: { [type]: [constraint] } };
  const ca = await createCa('bound-ca', { nameConstraints });
  const { field, names } = CASES[type];
  const evaluated = names.map((name) => [name, outsideConstraints(type, name, nameConstraintsOf({ nameConstraints })) === undefined]);
  const verified = [];
  for (const name of names) { verified.push([name, await verifies(ca, { commonName: 'x', dnsNames: undefined, [field]: [name] })]); }
  expect(Object.fromEntries(evaluated)).toEqual(Object.fromEntries(verified));
});

test.each([
  'db.demo.local', 'db.svc', 'db', 'Orders CA', 'a..b', '.svc', '*.local', 'a-.local', 'a_b.local', 'orders@x.y', 'x.y.', '1.2.3.4', '-a.b', 'a.-b', 'a.b-', 'a_.b', '_a.b', 'a.b:5',
])('OpenSSL and the rules agree whether the common name %p is a host', async (commonName) => {
  const nameConstraints = { permitted: { dnsDomains: ['never'] } };
  const ca = await createCa('bound-ca', { nameConstraints });
  expect(await verifies(ca, { commonName, dnsNames: undefined })).toBe(!isHostLike(commonName));
});

async function verifies(ca: LocalSecret, spec: object): Promise<boolean> {
  const manager = new LocalCertManager([certificate(spec)] as unknown as Manifest[]).registerCa('Issuer', 'ca', ca);
  const { data } = await manager.issue('db');
  const [trust, signed] = [join(folder, 'ca.crt'), join(folder, 'tls.crt')];
  writeFileSync(trust, ca.data['tls.crt']!);
  writeFileSync(signed, data['tls.crt']!);
  return run('openssl', ['verify', '-CAfile', trust, signed]).then(() => true, () => false);
}
