import { ClientFiles } from './client-files';
import { DriverProgram, type Connected, type Start } from './program';
import { DATABASE, DriverServers, PASSWORD, PASSWORD_ROLE, ROLE } from './servers';
import { ClientConnection, PrivateKeyAlgorithm, type ClientConnectionProps } from '../../../src';
import { DRIVER_REQUIREMENTS, type Driver } from '../../../src/postgresql';
import { parseCertificates, type LocalDatabase, type LocalSecret } from '../../local';

/** From the settings of a connection, how a program with the driver is started. */
export type Way = (connection: ClientConnection, props: ClientConnectionProps) => Start;

export interface DriverUnderTest {
  readonly driver: Driver;
  /** Builds what it needs; for the time that this takes. */
  readonly install?: () => Promise<void>;
  /** Each syntax of its settings, and each library that stands on it. */
  readonly ways: Readonly<Record<string, Way>>;
  /** How a program of a driver that keeps the files reads them again. */
  readonly waysThatReadAgain?: Readonly<Record<string, Way>>;
  /** Ways that have no place for a password. */
  readonly withoutPassword?: readonly string[];
  readonly database?: string;
  /** The file of the private key that it reads instead of `tls.key`. */
  readonly derKeyFile?: string;
  /** What it reports about a server with another name, and about one of another CA. */
  readonly otherName: RegExp;
  readonly otherCa: RegExp;
  /** What it reports about a key that everyone may read, and about one in an encoding that it does not read. */
  readonly openKey?: RegExp;
  readonly otherEncoding?: RegExp;
}

const MINUTES = 60_000;

/** The same for every driver: what its settings do with a real server. */
export function driverCases({ driver, install, ways, waysThatReadAgain = {}, withoutPassword = [], database = DATABASE, derKeyFile, ...refusals }: DriverUnderTest): void {
  const requirements = DRIVER_REQUIREMENTS[driver];
  let servers: DriverServers;

  beforeAll(async () => {
    await install?.();
    servers = await DriverServers.start();
  }, 10 * MINUTES);
  afterAll(() => servers?.stop());

  /** Runs a program with a certificate of the role in its files. */
  async function withProgram(
    way: Way, server: LocalDatabase, props: Partial<ClientConnectionProps>, use: (program: DriverProgram, files: ClientFiles) => Promise<void>, secret?: LocalSecret, mode?: number,
  ): Promise<void> {
    const files = new ClientFiles(servers.ca);
    files.write(secret ?? await servers.certificate(), mode);
    const identity = { certificateFile: files.path('tls.crt'), keyFile: files.path('tls.key'), ...(derKeyFile === undefined ? {} : { derKeyFile: files.path(derKeyFile) }) };
    const all: ClientConnectionProps = {
      hosts: ['localhost'], port: server.pod.port, database, user: ROLE, caFile: files.caFile, ...(props.password === undefined ? identity : {}), ...props,
    };
    const program = new DriverProgram(way(new ClientConnection(all), all));
    try {
      await use(program, files);
    } finally {
      program.end();
      files.remove();
    }
  }

  const serialOf = (secret: LocalSecret): string => BigInt(`0x${parseCertificates(secret.data['tls.crt']!)[0]!.serialNumber}`).toString();
  const expected = (secret: LocalSecret): Connected => ({ user: ROLE, database, serial: serialOf(secret) });

  describe.each(Object.entries({ ...ways, ...waysThatReadAgain }))('%s', (name, way) => {
    const reads = (when: string): boolean => when === 'each connection' || name in waysThatReadAgain;

    test('connects as the role to the database, whatever characters the names have, and goes on after a renewal', async () => {
      const [first, second] = [await servers.certificate(), await servers.certificate()];
      await withProgram(way, servers.right, {}, async (program, files) => {
        expect(await program.ask()).toEqual(expected(first));
        files.write(second);
        expect(await program.ask()).toEqual(expected(reads(requirements.readsIdentity) ? second : first));
        // The other way round, so that it is seen: the CA of the server is no longer in the file.
        files.writeCa(servers.stranger.certManager.secret('db-server-cert').data['ca.crt']!);
        if (reads(requirements.readsCa)) {
          await expect(program.ask()).rejects.toThrow(refusals.otherCa);
        } else {
          expect(await program.ask()).toEqual(expected(reads(requirements.readsIdentity) ? second : first));
        }
      }, first);
    });

    test('refuses a server with another name', () => withProgram(way, servers.elsewhere, {}, async (program) => {
      await expect(program.ask()).rejects.toThrow(refusals.otherName);
    }));

    test('refuses a server of another CA', () => withProgram(way, servers.stranger, {}, async (program) => {
      await expect(program.ask()).rejects.toThrow(refusals.otherCa);
    }));

    if (!withoutPassword.includes(name)) {
      test('logs in with a password, whatever characters it has', () => withProgram(way, servers.right, { user: PASSWORD_ROLE, password: PASSWORD }, async (program) => {
        expect(await program.ask()).toEqual({ user: PASSWORD_ROLE, database, serial: null });
      }));
    }
  });

  const [way] = Object.values(ways);

  test.each([
    { algorithm: PrivateKeyAlgorithm.RSA, encoding: 'PKCS1' },
    { algorithm: PrivateKeyAlgorithm.RSA, encoding: 'PKCS8' },
    { algorithm: PrivateKeyAlgorithm.ECDSA, encoding: 'PKCS1' },
    { algorithm: PrivateKeyAlgorithm.ECDSA, encoding: 'PKCS8' },
  ] as const)('reads a key $algorithm in the encoding $encoding, or refuses it', async (privateKey) => {
    const secret = await servers.certificate({ privateKey });
    await withProgram(way!, servers.right, { keyAlgorithm: privateKey.algorithm }, async (program) => {
      if (requirements.keyEncodings.includes(privateKey.encoding)) {
        expect(await program.ask()).toEqual(expected(secret));
      } else {
        await expect(program.ask()).rejects.toThrow(refusals.otherEncoding);
      }
    }, secret);
  });

  test(`a key that everyone may read is ${requirements.checksKeyMode ? 'refused' : 'not noticed'}`, async () => {
    const secret = await servers.certificate();
    await withProgram(way!, servers.right, {}, async (program) => {
      if (requirements.checksKeyMode) {
        await expect(program.ask()).rejects.toThrow(refusals.openKey);
      } else {
        expect(await program.ask()).toEqual(expected(secret));
      }
    }, secret, 0o644);
  });
}
