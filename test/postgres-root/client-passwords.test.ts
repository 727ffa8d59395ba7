import { Secret } from 'cdk8s-plus-27';
import { ClientPassword, ClientPrivileges } from '../../src';
import { type LocalSecret } from '../local';
import { Declared, SERVERS, type Declare } from './declared';
import { demandSystem } from './support';

demandSystem();

describe.each([SERVERS[0]!, ...SERVERS.slice(-2)])('a client with a password on $title', ({ version, options }) => {
  const withPassword: Declare = (db, chart) => {
    db.addClient('orders');
    db.addClient('le"gacy', { database: 'orders', privileges: ClientPrivileges.readOnly(), password: ClientPassword.fromSecret(Secret.fromSecretName(chart, 'secret', 'legacy-login')) });
  };
  const secretOf = (password: string): LocalSecret => ({ name: 'legacy-login', data: { password } });
  let server: Declared;

  beforeAll(async () => {
    // Even a server that logs every statement, with its duration, and every statement that fails.
    const parameters = { log_statement: 'all', log_min_duration_statement: '0', log_min_error_statement: 'debug5', log_duration: 'on', autovacuum: 'off' };
    server = await Declared.start(version, withPassword, { ...options, props: { parameters }, secrets: [secretOf('first')] });
    await server.logs(/reloaded, serving/);
  });
  afterAll(() => server?.stop());

  test('logs in with it over TLS, and no log has it', async () => {
    expect(await server.ask('le"gacy', 'orders', 'SELECT current_user::text AS me', { password: 'first' })).toEqual([{ me: 'le"gacy' }]);
    expect(await server.tries('le"gacy', 'orders', 'SELECT 1', { password: 'guess' })).toMatch(/password authentication failed/);
    expect(await server.tries('le"gacy', 'orders', 'SELECT 1', { password: 'first', tls: false })).toMatch(/pg_hba.conf rejects connection/);
    expect(await server.inPod("SELECT rolpassword LIKE 'SCRAM-SHA-256$%' FROM pg_authid WHERE rolname = 'le\"gacy'")).toBe('t');
    expect(server.database.server.logs).toMatch(/statement: GRANT .* ON DATABASE orders TO "le""gacy"/);
    expect(server.reloader.logs + server.database.server.logs).not.toMatch(/'first'|PASSWORD '|SCRAM-SHA-256\$\d/);
  });

  test('keeps its verifier while the Secret is the same, has a new one when it changes, and the old one when it is empty', async () => {
    const verifier = () => server.inPod("SELECT rolpassword FROM pg_authid WHERE rolname = 'le\"gacy'");
    const before = await verifier();
    await server.declare(withPassword);
    expect(await verifier()).toBe(before);
    let seen = server.reloader.logs.length;
    server.database.pod.updateSecret(secretOf('second'));
    await server.logs(/reloaded, serving/, seen);
    expect(await server.tries('le"gacy', 'orders', 'SELECT 1', { password: 'first' })).toMatch(/password authentication failed/);
    expect(await server.tries('le"gacy', 'orders', 'SELECT 1', { password: 'second' })).toBe('ok');
    seen = server.reloader.logs.length;
    server.database.pod.updateSecret(secretOf(''));
    await server.logs(/the password of role "le""gacy" is empty; keeping the previous one/, seen);
    expect(await server.tries('le"gacy', 'orders', 'SELECT 1', { password: 'second' })).toBe('ok');
    expect(await server.database.pod.probe('reloader', 'readiness')).toBe(false);
  });
});
