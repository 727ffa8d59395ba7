import { connect as connectTcp } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { Chart, Size, Testing } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-27';
import {
  AccessMethod, AccessRule, CertificateAuthority, CertificateRevocationList, Postgres, PostgresProps, PostgresStorage, PostgresVersion,
  SuperuserAccess, TlsProtocolVersion,
} from '../../src';
import { LocalDatabase, LocalSecret, Manifest, parseCertificates, revocationList } from '../local';
import { eventually } from '../support/eventually';
import { chartIn } from '../support/tree';

const VERSIONS = [PostgresVersion.V14, PostgresVersion.V16, PostgresVersion.V17, PostgresVersion.V18];

async function withDatabase(version: PostgresVersion, props: (chart: Chart) => Partial<PostgresProps>, use: (database: LocalDatabase) => Promise<void>): Promise<void> {
  const chart = chartIn();
  const storage = PostgresStorage.durable({ size: Size.gibibytes(1) });
  new Postgres(chart, 'db', { version, storage, tls: { issuer: new CertificateAuthority(chart, 'ca').issuer }, superuserAccess: SuperuserAccess.certificate(), ...props(chart) });
  const database = await LocalDatabase.start({ documents: Testing.synth(chart) });
  try {
    await use(database);
  } finally {
    await database.stop();
  }
}

const certificateOf = ({ certManager }: LocalDatabase, commonName?: string): Promise<LocalSecret> =>
  (commonName === undefined ? Promise.resolve(certManager.secret('db-client-cert')) : certManager.issue('db-client-cert', { commonName }));

const ask = (database: LocalDatabase, sql: string, certificate: LocalSecret, user = 'postgres') =>
  database.ask<Record<string, unknown>>(sql, { host: 'db.demo.svc', certificate, user, trust: database.certManager.secret('db-server-cert').data['ca.crt'] });

/** What a client that limits itself agrees on with the server, or why they do not agree. */
function handshake({ pod }: LocalDatabase, options: ConnectionOptions): Promise<string> {
  return new Promise((resolve) => {
    const tcp = connectTcp({ host: '127.0.0.1', port: pod.port }, () => tcp.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])));
    tcp.once('data', () => {
      const socket = connectTls({ socket: tcp, rejectUnauthorized: false, ...options }, () => {
        resolve(`${socket.getProtocol()} ${socket.getCipher().standardName}`);
        tcp.destroy();
      });
      socket.once('error', (error: NodeJS.ErrnoException) => { resolve(error.code ?? error.message); tcp.destroy(); });
    });
    tcp.on('error', () => undefined);
  });
}

describe('protocols and ciphers', () => {
  test.each(VERSIONS)('PostgreSQL $major accepts TLS 1.3 only by default', (version) => withDatabase(version, () => ({}), async (database) => {
    expect(await handshake(database, { maxVersion: 'TLSv1.2' })).toMatch(/PROTOCOL_VERSION/);
    expect(await handshake(database, {})).toMatch(/^TLSv1\.3 /);
  }));

  test.each(VERSIONS)('PostgreSQL $major speaks TLS 1.2 with the given cipher, and one group', (version) => withDatabase(version, (chart) => ({
    tls: {
      issuer: new CertificateAuthority(chart, 'other').issuer, minProtocolVersion: TlsProtocolVersion.TLS_1_2, maxProtocolVersion: TlsProtocolVersion.TLS_1_2,
      ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384', groups: ['secp384r1'],
    },
  }), async (database) => {
    expect(await handshake(database, {})).toBe('TLSv1.2 TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384');
    expect(await handshake(database, { ecdhCurve: 'prime256v1', maxVersion: 'TLSv1.2' })).toMatch(/HANDSHAKE_FAILURE/);
  }));

  test('PostgreSQL 18 takes suites for TLS 1.3 and a list of groups', () => withDatabase(PostgresVersion.V18, (chart) => ({
    tls: { issuer: new CertificateAuthority(chart, 'other').issuer, cipherSuites: ['TLS_CHACHA20_POLY1305_SHA256'], groups: ['X25519', 'secp384r1'] },
  }), async (database) => {
    expect(await handshake(database, {})).toBe('TLSv1.3 TLS_CHACHA20_POLY1305_SHA256');
    expect(await handshake(database, { ecdhCurve: 'secp384r1' })).toMatch(/^TLSv1\.3/);
    expect(await handshake(database, { ecdhCurve: 'secp521r1' })).toMatch(/HANDSHAKE_FAILURE/);
  }));
});

test('two CAs: the server shows one\'s certificate and takes the other\'s', () => withDatabase(PostgresVersion.V18, (chart) => ({
  tls: { issuer: new CertificateAuthority(chart, 'servers').issuer, certificates: { client: { issuer: new CertificateAuthority(chart, 'clients').issuer } } },
}), async (database) => {
  await expect(ask(database, 'SELECT 1', await certificateOf(database))).resolves.toHaveLength(1);
  const ofTheServers = await database.certManager.issue('db-client-cert', { ca: database.certManager.secret('servers-key-pair') });
  await expect(ask(database, 'SELECT 1', ofTheServers)).rejects.toThrow(/unknown ca/);
}));

test('a revoked certificate is refused; a changed list is taken over', async () => {
  const chart = chartIn();
  const revoked = ConfigMap.fromConfigMapName(chart, 'crl', 'revoked');
  new Postgres(chart, 'db', {
    version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }), superuserAccess: SuperuserAccess.certificate(),
    tls: { issuer: new CertificateAuthority(chart, 'ca').issuer, certificateRevocationList: CertificateRevocationList.fromConfigMap(revoked) },
  });
  const documents = Testing.synth(chart);
  const listOf = (text: string): Manifest & { data: Record<string, string> } => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'revoked', namespace: 'demo' }, data: { 'ca.crl': text } });
  // The server does not start with an invalid list, so the first one is put in place before it is asked to look.
  const database = await LocalDatabase.start({ documents: [...documents.map(withoutList), listOf('')] });
  try {
    const [good, bad] = [await certificateOf(database), await certificateOf(database, 'postgres')];
    const ca = database.certManager.secret('db-client-ca-key-pair');
    const reload = async (serials: string[]) => {
      database.pod.updateConfigMap(listOf(await revocationList(ca, serials)));
      database.pod.updateConfigMap(documents.find(({ kind }) => kind === 'ConfigMap'));
      const seen = database.server.logs.length;
      database.server.signal('SIGHUP');
      await database.server.waitFor(/reloading configuration files/, 10_000, seen);
    };
    await reload([]);
    await eventually(async () => expect(await ask(database, 'SHOW ssl_crl_file', bad)).toEqual([{ ssl_crl_file: expect.stringMatching(/ca\.crl$/) }]));
    await reload([parseCertificates(bad.data['tls.crt']!)[0]!.serialNumber]);
    await eventually(() => expect(ask(database, 'SELECT 1', bad)).rejects.toThrow(/certificate revoked/));
    await expect(ask(database, 'SELECT 1', good)).resolves.toHaveLength(1);
  } finally {
    await database.stop();
  }
});

describe.each(VERSIONS)('access rules on PostgreSQL $major', (version) => {
  const props: Partial<PostgresProps> = {
    accessRules: [
      AccessRule.hostssl({ users: ['reporter'], address: '127.0.0.0/8', method: AccessMethod.cert({ map: 'people', distinguishedName: true }) }),
      AccessRule.hostssl({ databases: ['replication'], users: ['all'], method: AccessMethod.cert() }),
      AccessRule.host({ databases: ['postgres'], users: ['guest', 'visi tor'], method: AccessMethod.reject() }),
    ],
    userMappings: [{ map: 'people', systemUser: '/^CN=(.*),O=ops$', databaseUser: 'reporter' }, { map: 'people', systemUser: 'CN=alice', databaseUser: 'reporter' }],
  };

  test('are read as they are meant, and decide in their order', () => withDatabase(version, () => props, async (database) => {
    const postgres = await certificateOf(database);
    expect(await ask(database, 'SELECT count(*)::int AS rows, count(error)::int AS errors FROM pg_hba_file_rules', postgres)).toEqual([{ rows: 10, errors: 0 }]);
    if (version.major >= 15) { expect(await ask(database, 'SELECT count(*)::int AS rows, count(error)::int AS errors FROM pg_ident_file_mappings', postgres)).toEqual([{ rows: 3, errors: 0 }]); }
    await ask(database, 'CREATE ROLE reporter LOGIN', postgres);
    await ask(database, 'CREATE ROLE guest LOGIN', postgres);

    await expect(ask(database, 'SELECT 1', await certificateOf(database, 'alice'), 'reporter')).resolves.toHaveLength(1);
    const ops = await database.certManager.issue('db-client-cert', { commonName: 'bob', subject: { organizations: ['ops'] } });
    await expect(ask(database, 'SELECT 1', ops, 'reporter')).resolves.toHaveLength(1);
    await expect(ask(database, 'SELECT 1', await certificateOf(database, 'reporter'), 'reporter')).rejects.toThrow(/certificate authentication failed/);
    await expect(ask(database, 'SELECT 1', await certificateOf(database, 'guest'), 'guest')).rejects.toThrow(/pg_hba.conf rejects connection .* user "guest"/);
  }));
});

/** The documents of a server that does not look at the list yet. */
function withoutList(document: Manifest): Manifest {
  const { data } = document as Manifest & { data?: Record<string, string> };
  return data?.['postgresql.conf'] === undefined ? document : { ...document, data: { ...data, 'postgresql.conf': data['postgresql.conf'].replace(/^ssl_crl_file.*$/m, '') } } as Manifest;
}
