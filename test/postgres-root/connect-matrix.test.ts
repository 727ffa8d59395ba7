import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Size, Testing } from 'cdk8s';
import {
  Certificate, CertificateAuthority, ClientAuthMode, ClientCertificateCheck, KeyUsage, Postgres, PostgresStorage, PostgresVersion, SslMode,
  Validation,
} from '../../src';
import { createCa, find, LocalDatabase, type LocalSecret, type Manifest } from '../local';
import { chartIn } from '../support/tree';
import { demandSystem } from './support';
import { VERSIONS } from '../support/versions';

demandSystem();

const { MD5, SCRAM, CERT } = ClientAuthMode;
const { DISABLE, ALLOW, PREFER, REQUIRE, VERIFY_CA, VERIFY_FULL } = SslMode;
const CLIENT_MODES = Object.values(SslMode);
const PASSWORD = 'correct horse';

interface Profile {
  readonly name: string;
  /** Modes of the database that come to the same server configuration. */
  readonly sslModes: SslMode[];
  readonly clientAuthMode: ClientAuthMode;
  readonly clientCertificate?: ClientCertificateCheck;
  /** By client certificate; the columns are the client's sslmode, from disable to verify-full. P: in, plaintext. T: in, TLS. x: refused. */
  readonly expected: Readonly<Record<Shown, string>>;
}

type Shown = 'none' | 'right' | 'other CN' | 'other CA' | 'expired';

const anyCertificate = (row: string) => ({ 'none': row, 'right': row, 'other CN': row, 'other CA': row, 'expired': row });
const onlyRight = { 'none': 'x x x x x x', 'right': 'x T T T T T', 'other CN': 'x x x x x x', 'other CA': 'x x x x x x', 'expired': 'x x x x x x' };

// What a client meets, for every permitted combination of sslMode and clientAuthMode.
const PROFILES: Profile[] = [
  { name: 'TLS off, md5', sslModes: [DISABLE], clientAuthMode: MD5, expected: anyCertificate('P P P x x x') },
  { name: 'TLS off, scram', sslModes: [DISABLE], clientAuthMode: SCRAM, expected: anyCertificate('P P P x x x') },
  { name: 'TLS on offer, md5', sslModes: [ALLOW, PREFER], clientAuthMode: MD5, expected: anyCertificate('P P T T T T') },
  { name: 'TLS on offer, scram', sslModes: [ALLOW, PREFER], clientAuthMode: SCRAM, expected: anyCertificate('P P T T T T') },
  { name: 'TLS on offer, cert', sslModes: [ALLOW, PREFER], clientAuthMode: CERT, expected: onlyRight },
  { name: 'TLS only, md5', sslModes: [REQUIRE, VERIFY_CA, VERIFY_FULL], clientAuthMode: MD5, expected: anyCertificate('x T T T T T') },
  { name: 'TLS only, scram', sslModes: [REQUIRE, VERIFY_CA, VERIFY_FULL], clientAuthMode: SCRAM, expected: anyCertificate('x T T T T T') },
  { name: 'TLS only, cert', sslModes: [REQUIRE, VERIFY_CA, VERIFY_FULL], clientAuthMode: CERT, expected: onlyRight },
  {
    name: 'TLS only, scram and a certificate of the CA', sslModes: [REQUIRE, VERIFY_CA, VERIFY_FULL], clientAuthMode: SCRAM, clientCertificate: ClientCertificateCheck.VERIFY_CA,
    expected: { ...onlyRight, 'other CN': 'x T T T T T' },
  },
  {
    name: 'TLS only, scram and the certificate of the role', sslModes: [REQUIRE, VERIFY_CA, VERIFY_FULL], clientAuthMode: SCRAM, clientCertificate: ClientCertificateCheck.VERIFY_FULL,
    expected: onlyRight,
  },
];

function documentsOf(version: PostgresVersion, sslMode: SslMode, { clientAuthMode, clientCertificate }: Profile): Manifest[] {
  const chart = chartIn();
  const tls = sslMode === DISABLE ? undefined : { issuer: new CertificateAuthority(chart, 'ca').issuer };
  const db = new Postgres(chart, 'db', { version, sslMode, clientAuthMode, clientCertificate, tls, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }) });
  if (db.clientIssuer) {
    new Certificate(chart, 'app', { issuer: db.clientIssuer, commonName: 'app', usages: [KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT, KeyUsage.CLIENT_AUTH] });
  }
  Validation.of(db).acknowledge('PGTLS-P20', 'the matrix has md5 in it');
  return Testing.synth(chart);
}

describe.each(PROFILES)('$name', (profile) => {
  test.each(VERSIONS)('its modes come to one configuration of PostgreSQL $major', (version) => {
    const [first, ...others] = profile.sslModes.map((mode) => {
      const documents = documentsOf(version, mode, profile);
      return [find(documents, 'ConfigMap').data, find(documents, 'StatefulSet').spec.template.spec];
    });
    for (const other of others) { expect(other).toEqual(first); }
  });

  test.each(VERSIONS)('PostgreSQL $major', async (version) => {
    const documents = documentsOf(version, profile.sslModes[0]!, profile);
    const database = await LocalDatabase.start({
      documents,
      prepare: `CREATE ROLE app LOGIN PASSWORD '${PASSWORD}'`,
    });
    const files = mkdtempSync(join(tmpdir(), 'matrix-'));
    try {
      const shown = await certificates(database, documents);
      const met = await Promise.all(Object.entries(shown).map(async ([name, secret]) => {
        const prefix = join(files, name.replaceAll(' ', '-'));
        for (const [key, text] of Object.entries(secret.data)) { writeFileSync(`${prefix}.${key}`, text, { mode: 0o600 }); }
        const results: string[] = [];
        for (const mode of CLIENT_MODES) { results.push(await attempt(database.pod.port, mode, prefix)); }
        return [name, results.join(' ')];
      }));
      expect(Object.fromEntries(met)).toEqual(profile.expected);
    } finally {
      await database.stop();
      rmSync(files, { recursive: true });
    }
  });
});

async function certificates({ certManager }: LocalDatabase, documents: Manifest[]): Promise<Record<Shown, LocalSecret>> {
  const stranger = await createCa();
  const hour = 3_600_000;
  const names = documents.filter(({ kind }) => kind === 'Certificate').map(({ metadata }) => metadata.name);
  if (names.length === 0) {
    return { 'none': { name: '', data: {} }, 'right': stranger, 'other CN': stranger, 'other CA': stranger, 'expired': stranger };
  }
  const trusting = (secret: LocalSecret): LocalSecret => ({ ...secret, data: { ...secret.data, 'ca.crt': certManager.secret('db-server-cert').data['ca.crt']! } });
  const none = trusting({ name: '', data: {} });
  if (!names.includes('app')) {
    const any = trusting(stranger);
    return { 'none': none, 'right': any, 'other CN': any, 'other CA': any, 'expired': any };
  }
  return {
    'none': none,
    'right': trusting(certManager.secret('app')),
    'other CN': trusting(await certManager.issue('app', { commonName: 'other' })),
    'other CA': trusting(await certManager.issue('app', { ca: stranger })),
    'expired': trusting(await certManager.issue('app', { notBefore: new Date(Date.now() - 2 * hour), notAfter: new Date(Date.now() - hour) })),
  };
}

/** One login by libpq, verifying the host name that the Service would have. */
function attempt(port: number, sslmode: string, prefix: string): Promise<string> {
  const conninfo = `host=db.demo.svc hostaddr=127.0.0.1 port=${port} user=app dbname=postgres sslmode=${sslmode} gssencmode=disable connect_timeout=10 `
    + `sslrootcert=${prefix}.ca.crt sslcert=${prefix}.tls.crt sslkey=${prefix}.tls.key`;
  return new Promise((resolve) => {
    execFile('psql', ['-X', '-A', '-t', '-w', conninfo, '-c', 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()'], {
      env: { ...process.env, PGPASSWORD: PASSWORD },
    }, (error, stdout) => resolve(error ? 'x' : stdout.trim() === 't' ? 'T' : 'P'));
  });
}
