import { ClientFiles } from './client-files';
import { DriverProgram, type Connected, type Start } from './program';
import { DATABASE, DriverServers, PASSWORD, PASSWORD_ROLE, ROLE } from './servers';
import { ClientConnection, PrivateKeyAlgorithm, type ClientConnectionProps } from '../../../src';
import { DRIVER_REQUIREMENTS, type Driver } from '../../../src/postgresql';
import { parseCertificates, type LocalSecret } from '../../local';

/** From the settings of a connection, how a program with the driver is started. */
export type Way = (connection: ClientConnection, props: ClientConnectionProps) => Start;

export interface DriverUnderTest {
  readonly title: string;
  readonly driver: Driver;
  /** Each syntax of its settings, and each library that stands on it. */
  readonly ways: Readonly<Record<string, Way>>;
  /** How a program of a driver that keeps the files reads them again. */
  readonly waysThatReadAgain?: Readonly<Record<string, Way>>;
  /** What else is worth one connection; with an error if it cannot connect. */
  readonly onceMore?: Readonly<Record<string, readonly [Way, RegExp?]>>;
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

/** The slowest is the program in Rust from empty caches: two minutes on two cores that others use too. This is five times that; no test has any of it. */
const MILLISECONDS_TO_BUILD = 600_000;

/** The same for every driver: what its settings do with a real server. `install` builds what the programs need. */
export function driverCases(drivers: readonly DriverUnderTest[], install?: () => Promise<void>): void {
  let servers: DriverServers;

  beforeAll(async () => {
    await install?.();
    servers = await DriverServers.start();
  }, MILLISECONDS_TO_BUILD);
  afterAll(() => servers?.stop());

  describe.each(drivers)('$title', (driver) => casesOf(driver, () => servers));
}

function casesOf(
  { driver, ways, waysThatReadAgain = {}, onceMore = {}, withoutPassword = [], database = DATABASE, derKeyFile, ...refusals }: DriverUnderTest, running: () => DriverServers,
): void {
  const requirements = DRIVER_REQUIREMENTS[driver];

  /** Runs a program with a certificate of the role in its files. */
  async function withProgram(
    way: Way, server: 'right' | 'elsewhere' | 'stranger', props: Partial<ClientConnectionProps>,
    use: (program: DriverProgram, files: ClientFiles) => Promise<void>, secret?: LocalSecret, mode?: number,
  ): Promise<void> {
    const files = new ClientFiles(running().ca);
    files.write(secret ?? await running().certificate(), mode);
    const identity = { certificateFile: files.path('tls.crt'), keyFile: files.path('tls.key'), ...(derKeyFile === undefined ? {} : { derKeyFile: files.path(derKeyFile) }) };
    const all: ClientConnectionProps = {
      hosts: ['localhost'], port: running()[server].pod.port, database, user: ROLE, caFile: files.caFile, ...(props.password === undefined ? identity : {}), ...props,
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

    test('connects as the role to the database with any characters in their names, and goes on after a renewal', async () => {
      const [first, second] = [await running().certificate(), await running().certificate()];
      await withProgram(way, 'right', {}, async (program, files) => {
        expect(await program.ask()).toEqual(expected(first));
        files.write(second);
        expect(await program.ask()).toEqual(expected(reads(requirements.readsIdentity) ? second : first));
        // The other way round, so that it is seen: the CA of the server is no longer in the file.
        files.writeCa(running().stranger.certManager.secret('db-server-cert').data['ca.crt']!);
        if (reads(requirements.readsCa)) {
          await expect(program.ask()).rejects.toThrow(refusals.otherCa);
        } else {
          expect(await program.ask()).toEqual(expected(reads(requirements.readsIdentity) ? second : first));
        }
      }, first);
    });

    test('refuses a server with another name', () => withProgram(way, 'elsewhere', {}, async (program) => {
      await expect(program.ask()).rejects.toThrow(refusals.otherName);
    }));

    test('refuses a server of another CA', () => withProgram(way, 'stranger', {}, async (program) => {
      await expect(program.ask()).rejects.toThrow(refusals.otherCa);
    }));

    if (!withoutPassword.includes(name)) {
      test('logs in with a password of any characters', () => withProgram(way, 'right', { user: PASSWORD_ROLE, password: PASSWORD }, async (program) => {
        expect(await program.ask()).toEqual({ user: PASSWORD_ROLE, database, serial: null });
      }));
    }
  });

  for (const [name, [way, refusal]] of Object.entries(onceMore)) {
    test(name, async () => {
      const secret = await running().certificate();
      await withProgram(way, 'right', {}, (program) => (refusal === undefined
        ? expect(program.ask()).resolves.toEqual(expected(secret))
        : expect(program.ask()).rejects.toThrow(refusal)), secret);
    });
  }

  const [way] = Object.values(ways);

  test.each([
    { algorithm: PrivateKeyAlgorithm.RSA, encoding: 'PKCS1' },
    { algorithm: PrivateKeyAlgorithm.RSA, encoding: 'PKCS8' },
    { algorithm: PrivateKeyAlgorithm.ECDSA, encoding: 'PKCS1' },
    { algorithm: PrivateKeyAlgorithm.ECDSA, encoding: 'PKCS8' },
  ] as const)('reads a key $algorithm in the encoding $encoding, or refuses it', async (privateKey) => {
    const secret = await running().certificate({ privateKey });
    await withProgram(way!, 'right', { keyAlgorithm: privateKey.algorithm }, async (program) => {
      if (requirements.keyEncodings.includes(privateKey.encoding)) {
        expect(await program.ask()).toEqual(expected(secret));
      } else {
        await expect(program.ask()).rejects.toThrow(refusals.otherEncoding);
      }
    }, secret);
  });

  const checksMode = requirements.checksKeyMode && derKeyFile === undefined;

  test(`a key that everyone may read is ${checksMode ? 'refused' : 'not noticed'}`, async () => {
    const secret = await running().certificate();
    await withProgram(way!, 'right', {}, async (program) => {
      if (checksMode) {
        await expect(program.ask()).rejects.toThrow(refusals.openKey);
      } else {
        expect(await program.ask()).toEqual(expected(secret));
      }
    }, secret, 0o644);
  });
}
