import { ClientConnection, PrivateKeyAlgorithm, TargetSessionAttributes, type ClientConnectionProps } from '../../src';

const PROPS: ClientConnectionProps = {
  hosts: ['orders-db.orders.svc'], database: 'orders', user: 'orders', caFile: '/pg/trust/ca.crt', certificateFile: '/pg/client/tls.crt', keyFile: '/pg/client/tls.key',
};

test('the settings of every driver', () => {
  const connection = new ClientConnection(PROPS);
  const settings = [
    connection.uri(), connection.dsn(), connection.libPqDsn(), connection.nodePostgresUri(), connection.jdbcUrl(), connection.npgsqlConnectionString(),
    connection.tokioPostgresDsn(),
    connection.sqlxUrl(), connection.sqlAlchemyUrl(), connection.serviceFile('orders'), connection.libpqEnvironment(), connection.jdbcProperties(), connection.springProperties(),
    connection.hibernateProperties(), connection.djangoDatabase(),
  ];
  expect(settings).toMatchInlineSnapshot(`
[
  "postgresql://orders@orders-db.orders.svc:5432/orders?sslmode=verify-full&sslrootcert=%2Fpg%2Ftrust%2Fca.crt&sslcert=%2Fpg%2Fclient%2Ftls.crt&sslkey=%2Fpg%2Fclient%2Ftls.key",
  "host=orders-db.orders.svc port=5432 dbname=orders user=orders sslmode=verify-full sslrootcert=/pg/trust/ca.crt sslcert=/pg/client/tls.crt sslkey=/pg/client/tls.key",
  "host=orders-db.orders.svc port=5432 dbname=orders user=orders sslmode=verify-full sslrootcert=/pg/trust/ca.crt sslcert=/pg/client/tls.crt sslkey=/pg/client/tls.key",
  "postgresql://orders@orders-db.orders.svc:5432/orders?sslmode=verify-full&sslrootcert=%2Fpg%2Ftrust%2Fca.crt&sslcert=%2Fpg%2Fclient%2Ftls.crt&sslkey=%2Fpg%2Fclient%2Ftls.key",
  "jdbc:postgresql://orders-db.orders.svc:5432/orders?user=orders&sslmode=verify-full&sslrootcert=%2Fpg%2Ftrust%2Fca.crt&sslcert=%2Fpg%2Fclient%2Ftls.crt&sslkey=%2Fpg%2Fclient%2Ftls.key&pemKeyAlgorithm=EC",
  "Host=orders-db.orders.svc;Port=5432;Database=orders;Username=orders;SSL Mode=VerifyFull;Root Certificate=/pg/trust/ca.crt;SSL Certificate=/pg/client/tls.crt;SSL Key=/pg/client/tls.key",
  "host=orders-db.orders.svc port=5432 dbname=orders user=orders sslmode=require",
  "postgresql://orders@orders-db.orders.svc:5432/orders?sslmode=verify-full&sslrootcert=%2Fpg%2Ftrust%2Fca.crt&sslcert=%2Fpg%2Fclient%2Ftls.crt&sslkey=%2Fpg%2Fclient%2Ftls.key",
  "postgresql+psycopg://orders@orders-db.orders.svc:5432/orders?sslmode=verify-full&sslrootcert=%2Fpg%2Ftrust%2Fca.crt&sslcert=%2Fpg%2Fclient%2Ftls.crt&sslkey=%2Fpg%2Fclient%2Ftls.key",
  "[orders]
host=orders-db.orders.svc
port=5432
dbname=orders
user=orders
sslmode=verify-full
sslrootcert=/pg/trust/ca.crt
sslcert=/pg/client/tls.crt
sslkey=/pg/client/tls.key
",
  {
    "PGDATABASE": "orders",
    "PGHOST": "orders-db.orders.svc",
    "PGPORT": "5432",
    "PGSSLCERT": "/pg/client/tls.crt",
    "PGSSLKEY": "/pg/client/tls.key",
    "PGSSLMODE": "verify-full",
    "PGSSLROOTCERT": "/pg/trust/ca.crt",
    "PGUSER": "orders",
  },
  {
    "pemKeyAlgorithm": "EC",
    "sslcert": "/pg/client/tls.crt",
    "sslkey": "/pg/client/tls.key",
    "sslmode": "verify-full",
    "sslrootcert": "/pg/trust/ca.crt",
    "user": "orders",
  },
  {
    "spring.datasource.url": "jdbc:postgresql://orders-db.orders.svc:5432/orders?sslmode=verify-full&sslrootcert=%2Fpg%2Ftrust%2Fca.crt&sslcert=%2Fpg%2Fclient%2Ftls.crt&sslkey=%2Fpg%2Fclient%2Ftls.key&pemKeyAlgorithm=EC",
    "spring.datasource.username": "orders",
  },
  {
    "jakarta.persistence.jdbc.url": "jdbc:postgresql://orders-db.orders.svc:5432/orders?sslmode=verify-full&sslrootcert=%2Fpg%2Ftrust%2Fca.crt&sslcert=%2Fpg%2Fclient%2Ftls.crt&sslkey=%2Fpg%2Fclient%2Ftls.key&pemKeyAlgorithm=EC",
    "jakarta.persistence.jdbc.user": "orders",
  },
  {
    "ENGINE": "django.db.backends.postgresql",
    "HOST": "orders-db.orders.svc",
    "NAME": "orders",
    "OPTIONS": {
      "sslcert": "/pg/client/tls.crt",
      "sslkey": "/pg/client/tls.key",
      "sslmode": "verify-full",
      "sslrootcert": "/pg/trust/ca.crt",
    },
    "PORT": "5432",
    "USER": "orders",
  },
]
`);
});

test('defaults: port 5432, TLS, an ECDSA key, any session', () => {
  const given = { ...PROPS, port: 5432, tls: true, keyAlgorithm: PrivateKeyAlgorithm.ECDSA, targetSessionAttributes: TargetSessionAttributes.ANY };
  expect(new ClientConnection(given).jdbcUrl()).toBe(new ClientConnection(PROPS).jdbcUrl());
  expect(new ClientConnection(given).uri()).toBe(new ClientConnection(PROPS).uri());
});

test.each([[PrivateKeyAlgorithm.RSA, 'RSA'], [PrivateKeyAlgorithm.ED25519, 'Ed25519']])('pgjdbc gets the algorithm %s of a key in PEM, and none beside DER', (keyAlgorithm, name) => {
  expect(new ClientConnection({ ...PROPS, keyAlgorithm }).jdbcProperties()).toEqual(expect.objectContaining({ sslkey: '/pg/client/tls.key', pemKeyAlgorithm: name }));
  const der = new ClientConnection({ ...PROPS, keyAlgorithm, derKeyFile: '/pg/client/key.der' }).jdbcProperties();
  expect([der['sslkey'], der['pemKeyAlgorithm']]).toEqual(['/pg/client/key.der', undefined]);
});

describe('refused', () => {
  test.each<[string, Partial<ClientConnectionProps>, string]>([
    ['no host', { hosts: [] }, 'ClientConnection: hosts is empty; give at least one host on the certificate of the server'],
    ['a socket as host', { hosts: ['/run/postgresql'] }, "ClientConnection: hosts has '/run/postgresql', which"],
    ['a certificate without its key', { keyFile: undefined }, 'ClientConnection: keyFile is missing, and certificateFile is given; give both, or leave both out for a role with a password'],
    ['a key without its certificate', { certificateFile: undefined }, 'ClientConnection: certificateFile is missing, and keyFile is given'],
    ['a key in DER alone', { certificateFile: undefined, keyFile: undefined, derKeyFile: '/k' }, 'ClientConnection: certificateFile is missing, and derKeyFile is given'],
    ['files without TLS', { tls: false }, 'ClientConnection: caFile is given, but the connection has no TLS; leave it out, or leave tls out\ncertificateFile is given'],
    ['a port above 65535', { port: 70_000 }, 'ClientConnection: port is 70000; give a TCP port, 1 to 65535'],
    ['an empty database', { database: '' }, 'ClientConnection: database is empty'],
    ['an unknown property', { sslmode: 'require' } as object, 'sslmode'],
  ])('%s', (_, change, message) => {
    expect(() => new ClientConnection({ ...PROPS, ...change })).toThrow(message);
  });

  test('a driver that cannot express it', () => {
    const connection = new ClientConnection({ ...PROPS, hosts: ['a', 'b'], targetSessionAttributes: TargetSessionAttributes.STANDBY });
    expect(() => connection.nodePostgresUri()).toThrow('node-postgres: hosts has 2 hosts');
    expect(connection.jdbcUrl()).toContain('targetServerType=secondary');
    expect(connection.libpqEnvironment()['PGTARGETSESSIONATTRS']).toBe('standby');
  });
});
