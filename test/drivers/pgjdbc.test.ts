import { driverCases } from './support/driver-cases';
import { buildJava } from './support/install';
import { QUERY, type Start } from './support/program';
import type { ClientConnection } from '../../src';

let classPath: string;

function start(url: string, properties: Readonly<Record<string, string>> = {}): Start {
  return { command: ['java', '-Xmx64m', '-XX:TieredStopAtLevel=1', '-cp', classPath, 'Program', QUERY, url, ...Object.entries(properties).flat()] };
}

const withoutQuery = (connection: ClientConnection): string => connection.jdbcUrl().replace(/\?.*/, '');

/** What a framework gives to the driver. */
function framework(properties: Readonly<Record<string, string>>): Start {
  const [url, user, password] = Object.values(properties);
  return start(url!, { user: user!, ...(password === undefined ? {} : { password }) });
}

const common = {
  driver: 'pgjdbc',
  install: async () => { classPath = await buildJava(); },
  otherName: /hostname 'localhost' could not be verified|The hostname localhost could not be verified/,
  otherCa: /unable to find valid certification path|Path does not chain with any of the trust anchors/,
  otherEncoding: /./,
} as const;

describe('key in DER', () => driverCases({
  ...common,
  derKeyFile: 'key.der',
  ways: {
    'pgjdbc, URL': (connection) => start(connection.jdbcUrl()),
    'pgjdbc, properties': (connection) => start(withoutQuery(connection), connection.jdbcProperties()),
    'Spring': (connection) => framework(connection.springProperties()),
    'Hibernate': (connection) => framework(connection.hibernateProperties()),
  },
}));

describe('key in PEM', () => driverCases({ ...common, ways: { 'pgjdbc, URL': (connection) => start(connection.jdbcUrl()) } }));
