import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { driverCases, type DriverUnderTest } from './support/driver-cases';
import { buildJava } from './support/install';
import { QUERY, type Start } from './support/program';
import type { ClientConnection, ClientConnectionProps } from '../../src';

let classPath: string;

function start(url: string, properties: Readonly<Record<string, string>> = {}): Start {
  return { command: ['java', '-Xmx64m', '-XX:TieredStopAtLevel=1', '-cp', classPath, 'Program', QUERY, url, ...Object.entries(properties).flat()] };
}

const withoutQuery = (connection: ClientConnection): string => connection.jdbcUrl().replace(/\?.*/, '');

function keystore(connection: ClientConnection, { certificateFile, keyFile }: ClientConnectionProps, alias: readonly string[]): Start {
  const file = join(dirname(keyFile!), 'keystore.p12');
  execFileSync('openssl', ['pkcs12', '-export', '-in', certificateFile!, '-inkey', keyFile!, ...alias, '-out', file, '-passout', 'pass:changeit']);
  const properties: Record<string, string | undefined> = { ...connection.jdbcProperties(), sslkey: file, sslpassword: 'changeit', sslcert: undefined, pemKeyAlgorithm: undefined };
  return start(withoutQuery(connection), Object.fromEntries(Object.entries(properties).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))));
}

/** What a framework gives to the driver. */
function framework(properties: Readonly<Record<string, string>>): Start {
  const [url, user, password] = Object.values(properties);
  return start(url!, { user: user!, ...(password === undefined ? {} : { password }) });
}

const common = {
  driver: 'pgjdbc',
  otherName: /hostname 'localhost' could not be verified|The hostname localhost could not be verified/,
  otherCa: /unable to find valid certification path|Path does not chain with any of the trust anchors/,
  otherEncoding: /Could not read SSL key file/,
} as const;

const der: DriverUnderTest = {
  ...common,
  title: 'pgjdbc, key in DER',
  derKeyFile: 'key.der',
  ways: {
    'URL': (connection) => start(connection.jdbcUrl()),
    'properties': (connection) => start(withoutQuery(connection), connection.jdbcProperties()),
    'Spring': (connection) => framework(connection.springProperties()),
    'Hibernate': (connection) => framework(connection.hibernateProperties()),
  },
};

const pem: DriverUnderTest = {
  ...common,
  title: 'pgjdbc, key in PEM',
  ways: { 'URL': (connection) => start(connection.jdbcUrl()) },
  onceMore: {
    'sends the key of a PKCS#12 store whose entry has the alias user': [(connection, props) => keystore(connection, props, ['-name', 'user'])],
    'does not send the key of one without an alias, as cert-manager writes it': [(connection, props) => keystore(connection, props, []), /connection requires a valid client certificate/],
  },
  openKey: /private key file ".*" has group or world access/,
};

driverCases([der, pem], async () => { classPath = await buildJava(); });
