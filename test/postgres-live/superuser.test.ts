import { Chart, Size, Testing } from 'cdk8s';
import {
  Certificate, CertificateAuthority, ClientAuthMode, KeyUsage, Postgres, PostgresMonitor, PostgresProps, PostgresStorage, PostgresVersion,
  SuperuserAccess,
} from '../../src';
import { LocalDatabase, type LocalSecret } from '../local';
import { chartIn } from '../support/tree';
import { TRIED_VERSIONS } from '../support/versions';

const USAGES = [KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT, KeyUsage.CLIENT_AUTH];

/** A database with an application, `app`, whose certificate comes from the database's own client CA. */
async function withDatabase(version: PostgresVersion, props: Partial<PostgresProps>, use: (database: LocalDatabase) => Promise<void>): Promise<void> {
  const chart = chartIn();
  new CertificateAuthority(chart, 'ca');
  const db = declare(chart, version, props);
  if (db.clientIssuer) { new Certificate(chart, 'app', { issuer: db.clientIssuer, commonName: 'app', usages: USAGES }); }
  const database = await LocalDatabase.start({
    documents: Testing.synth(chart), secrets: [{ name: 'db-auth', data: { password: 'secret' } }],
    prepare: "CREATE ROLE app LOGIN PASSWORD 'secret'; CREATE ROLE postgres_exporter LOGIN; CREATE ROLE postgres_reloader LOGIN PASSWORD 'secret'; ALTER ROLE postgres PASSWORD 'secret'",
  });
  try { await use(database); } finally { await database.stop(); }
}

function declare(chart: Chart, version: PostgresVersion, props: Partial<PostgresProps>): Postgres {
  return new Postgres(chart, 'db', {
    version, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }), tls: { issuer: chart.node.findChild('ca') as CertificateAuthority }, monitor: PostgresMonitor.prometheus(), ...props,
  });
}

/** Who is in, or why not. */
async function login(database: LocalDatabase, user: string, by: { certificate?: LocalSecret; password?: string; tls?: boolean; address?: string }): Promise<string> {
  try {
    const [row] = await database.ask<{ who: string }>('SELECT current_user AS who', { host: 'db.demo.svc', user, trust: database.certManager.secret('db-server-cert').data['ca.crt'], ...by });
    return row!.who;
  } catch (error) {
    return (error as Error).message;
  }
}

const issued = (database: LocalDatabase, commonName: string, options = {}) => database.certManager.issue('app', { commonName, ...options });

describe.each(TRIED_VERSIONS)('PostgreSQL $major', (version) => {
  test.concurrent('by default the superuser and the roles of the pod come in from nowhere, an application does', () => withDatabase(version, {}, async (database) => {
    expect(await login(database, 'app', { certificate: database.certManager.secret('app') })).toBe('app');
    for (const role of ['postgres', 'postgres_reloader']) {
      expect(await login(database, role, { certificate: await issued(database, role) })).toMatch(/pg_hba.conf rejects connection/);
      expect(await login(database, role, { password: 'secret', tls: false })).toMatch(/pg_hba.conf rejects connection/);
    }
    // From inside the pod the exporter comes with its certificate; as its own role, and as no other.
    const exporter = database.certManager.secret('db-metrics-exporter-cert');
    expect(await login(database, 'postgres_exporter', { certificate: exporter })).toBe('postgres_exporter');
    expect(await login(database, 'app', { certificate: exporter })).toMatch(/certificate authentication failed/);
    // Another address is another pod, as far as pg_hba.conf can tell.
    expect(await login(database, 'postgres_exporter', { certificate: exporter, address: '::1' })).toMatch(/pg_hba.conf rejects connection for host "::1"/);
  }));

  test.concurrent('opened by certificate it comes with its own, and with no password', () => withDatabase(version, { superuserAccess: SuperuserAccess.certificate() }, async (database) => {
    expect(await login(database, 'postgres', { certificate: database.certManager.secret('db-client-cert') })).toBe('postgres');
    expect(await login(database, 'postgres', { certificate: database.certManager.secret('app') })).toMatch(/certificate authentication failed/);
    expect(await login(database, 'postgres', { password: 'secret', tls: false })).toMatch(/pg_hba.conf rejects connection/);
  }));

  test.concurrent('opened by password it comes with that, over TLS', () => withDatabase(version, { clientAuthMode: ClientAuthMode.SCRAM, superuserAccess: SuperuserAccess.password() }, async (database) => {
    expect(await login(database, 'postgres', { password: 'secret' })).toBe('postgres');
    expect(await login(database, 'postgres', { password: 'guess' })).toMatch(/password authentication failed/);
    expect(await login(database, 'postgres', { password: 'secret', tls: false })).toMatch(/pg_hba.conf rejects connection/);
    expect(await login(database, 'app', { password: 'secret' })).toBe('app');
    expect(await login(database, 'postgres_reloader', { password: 'secret' })).toMatch(/pg_hba.conf rejects connection/);
  }));
});

test.concurrent('no client with a certificate of the neighbour can log in, its superuser and its exporter included', () => withDatabase(PostgresVersion.V18, { superuserAccess: SuperuserAccess.certificate() }, async (database) => {
  const chart = chartIn();
  new CertificateAuthority(chart, 'ca');
  declare(chart, PostgresVersion.V18, { superuserAccess: SuperuserAccess.certificate() });
  const neighbour = await LocalDatabase.start({ documents: Testing.synth(chart) });
  try {
    for (const [user, secret] of [['postgres', 'db-client-cert'], ['postgres_exporter', 'db-metrics-exporter-cert']] as const) {
      expect(await login(database, user, { certificate: neighbour.certManager.secret(secret) })).toMatch(/unknown ca/);
      expect(await login(database, user, { certificate: database.certManager.secret(secret) })).toBe(user);
    }
  } finally {
    await neighbour.stop();
  }
}));
