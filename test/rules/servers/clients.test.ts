import { stringify } from 'yaml';
import { certificate, configMap, Fields, env, mount, object, secretVolume, service, tlsDatabase, workload } from '../../fixtures';
import { codesIn, findingsIn, messagesOf } from '../../support/findings';

const OWN = ['PGTLS-B10', 'PGTLS-B11', 'PGTLS-B40', 'PGTLS-E11', 'PGTLS-E17', 'PGTLS-E43', 'PGTLS-F01', 'PGTLS-T17', 'PGTLS-T20'];
const ownCodesIn = (manifests: readonly object[]) => codesIn(manifests).filter((code) => OWN.includes(code)).sort();

const SERVER = certificate({ dnsNames: ['db.demo.svc'] }, { name: 'server' });
const DB = [SERVER, service('db'), tlsDatabase('server')];
const client = (variables: Record<string, string>, container: Fields = {}, pod: Fields = {}) => workload('Deployment', 'app', { env: env(variables), ...container }, pod);
const encoded = (values: Record<string, string>) => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]));

/** A client with the files of an object, mounted as /config. */
const withFiles = (kind: 'ConfigMap' | 'Secret', content: Fields, variables: Record<string, string> = {}, volumeMount: Fields = {}) => [
  object('v1', kind, 'files', content),
  client(variables, { volumeMounts: [mount('files', '/config', volumeMount)] }, { volumes: [{ name: 'files', ...(kind === 'Secret' ? { secret: { secretName: 'files' } } : { configMap: { name: 'files' } }) }] }),
];

describe('a connection is verified by the rules of its driver', () => {
  // The server certificate contains db.demo.svc; a client that verifies the name `db` is PGTLS-B10.
  test.each<[string, string, boolean]>([
    ['libpq, a URI', 'postgresql://app@db/x?sslmode=verify-full', true],
    ['libpq, require', 'postgresql://app@db/x?sslmode=require', false],
    ['Django', 'postgis://app@db/x?sslmode=verify-full', true],
    ['psycopg of SQLAlchemy', 'postgresql+psycopg2://app@db/x?sslmode=verify-full', true],
    ['asyncpg of SQLAlchemy', 'postgresql+asyncpg://app@db/x?ssl=verify-full', true],
    ['asyncpg of SQLAlchemy, require', 'postgresql+asyncpg://app@db/x?ssl=require', false],
    ['pgJDBC', 'jdbc:postgresql://db:5432/x?sslmode=verify-full', true],
    ['pgJDBC, another case', 'jdbc:postgresql://db/x?sslmode=VERIFY-FULL', true],
    ['pgJDBC, ssl alone', 'jdbc:postgresql://db/x?ssl=true', true],
    ['pgJDBC, ssl without a value', 'jdbc:postgresql://db/x?ssl', true],
    ['pgJDBC, ssl off', 'jdbc:postgresql://db/x?ssl=false', false],
    ['pgJDBC, require', 'jdbc:postgresql://db/x?ssl=true&sslmode=require', false],
    ['pgJDBC, a factory that verifies nothing', 'jdbc:postgresql://db/x?ssl=true&sslfactory=org.postgresql.ssl.NonValidatingFactory', false],
    ['R2DBC', 'r2dbc:postgresql://db/x?sslMode=VERIFY_FULL', true],
    ['R2DBC, ssl alone', 'r2dbc:pool:postgresql://db/x?ssl=true', true],
    ['R2DBC, its scheme', 'r2dbcs:postgresql://db/x', true],
    ['R2DBC, nothing', 'r2dbc:postgresql://db/x', false],
    ['Npgsql', 'Host=db;Database=x;Username=app;SSL Mode=VerifyFull', true],
    ['Npgsql, other spellings', 'server=elsewhere;Host="db";Port=5432;User ID=app;SslMode=verify-full', true],
    ['Npgsql, VerifyCA', 'Host=db;Database=x;SSL Mode=VerifyCA', false],
    ['Npgsql, Require', 'Host=db;Database=x;SSL Mode=Require;Trust Server Certificate=false', false],
    ['another database', 'Server=db;Database=x;User Id=app;SSL Mode=VerifyFull', false],
    ['node-postgres, libpq mode', 'postgres://app@db/x?uselibpqcompat=true&sslmode=require', false],
    ['node-postgres', 'postgres://app@db/x?uselibpqcompat=false&sslmode=require', true],
    ['node-postgres, no-verify', 'postgres://app@db/x?sslmode=no-verify', false],
    ['Prisma, strict', 'postgresql://app@db/x?sslmode=require&sslaccept=strict', true],
    ['Prisma, which has no verify-full', 'postgresql://app@db/x?sslmode=verify-full&connection_limit=5', false],
    ['sqlx', 'postgres://app@db/x?ssl-mode=verify-full', true],
    ['a password that ends the login too early', 'postgres://app:a/b@db/x?sslmode=verify-full', false],
  ])('%s', (_, value, isVerified) => {
    expect(ownCodesIn([...DB, client({ DATABASE_URL: value })])).toEqual(isVerified ? ['PGTLS-B10'] : []);
    expect(ownCodesIn([...DB, client({ DATABASE_URL: value.replace(/db(?=[/:;"])/, 'db.demo.svc') })])).toEqual([]);
  });

  test("libpq's variables count for libpq, not for Java", () => {
    expect(ownCodesIn([...DB, client({ PGSSLMODE: 'verify-full', URL: 'postgres://app@db/x' })])).toEqual(['PGTLS-B10']);
    expect(ownCodesIn([...DB, client({ PGSSLMODE: 'verify-full', URL: 'jdbc:postgresql://db/x' })])).toEqual([]);
  });

  test('the user of JDBC stands beside the URL', () => {
    const certificates = [SERVER, certificate({ commonName: 'app', usages: ['client auth'], dnsNames: undefined, additionalOutputFormats: [{ type: 'DER' }] }, { name: 'client' })];
    const server = [
      service('db'), configMap({ 'pg_hba.conf': 'hostssl all all all cert' }),
      tlsDatabase('server', ['hba_file=/config/pg_hba.conf', 'ssl_ca_file=/ca/ca.crt'], { mounts: [mount('config', '/config')], volumes: [{ name: 'config', configMap: { name: 'config' } }] }),
    ];
    const url = 'jdbc:postgresql://db.demo.svc/x?sslmode=require&sslcert=/tls/tls.crt&sslkey=/tls/key.der';
    const java = (variables: Record<string, string>) => client(variables, { volumeMounts: [mount('tls', '/tls')] }, { volumes: [secretVolume('tls', 'client')] });
    expect(ownCodesIn([...certificates, ...server, java({ SPRING_DATASOURCE_URL: url, SPRING_DATASOURCE_USERNAME: 'other' })])).toEqual(['PGTLS-B11']);
    expect(ownCodesIn([...certificates, ...server, java({ QUARKUS_DATASOURCE_JDBC_URL: url, QUARKUS_DATASOURCE_USERNAME: 'other' })])).toEqual(['PGTLS-B11']);
    expect(ownCodesIn([...certificates, ...server, java({ SPRING_DATASOURCE_URL: url, SPRING_DATASOURCE_USERNAME: 'app' })])).toEqual([]);
    expect(ownCodesIn([...certificates, ...server, java({ SPRING_DATASOURCE_URL: url, OTHER_USERNAME: 'other' })])).toEqual([]);
  });
});

describe('a connection in a file', () => {
  const URL = 'postgres://app:secret@db/x?sslmode=verify-full';
  test.each<[string, string, string, boolean]>([
    ['a .env file', '.env', `# comment\nexport DATABASE_URL="${URL}"\n`, true],
    ['a comment', '.env', `# DATABASE_URL=${URL}\nA=b\n`, false],
    ['properties', 'application.properties', 'spring.datasource.url=jdbc\\:postgresql\\://db\\:5432/x?sslmode\\=verify-full\n', true],
    ['YAML of Spring', 'application.yml', stringify({ spring: { datasource: { url: 'jdbc:postgresql://${DB_HOST:db}/x?sslmode=verify-full' } } }), true],
    ['a second document', 'application.yaml', `a: 1\n---\n${stringify({ spring: { r2dbc: { url: 'r2dbcs:postgresql://db/x' } } })}`, true],
    ['JSON of .NET', 'appsettings.json', JSON.stringify({ ConnectionStrings: { Main: 'Host=db;Database=x;SSL Mode=VerifyFull' } }, undefined, 2), true],
    ['a list', 'config.yaml', stringify({ pools: [{ dsn: 'host=db dbname=x sslmode=verify-full' }] }), true],
    ['TOML', 'config.toml', `[database]\nurl = "${URL}"\n`, true],
    ['the whole file', 'DATABASE_URL', `${URL}\n`, true],
    ['a script', 'backup.py', `connect("${URL}")\n`, false],
    ['YAML that is not valid', 'config.yaml', `a: [\nurl: ${URL}\n`, false],
    ['a file of a server', 'postgresql.conf', "primary_conninfo = 'host=db user=a sslmode=verify-full'\n", false],
  ])('%s', (_, name, content, isSeen) => {
    const codes = isSeen ? ['PGTLS-B10'] : [];
    expect(ownCodesIn([...DB, ...withFiles('ConfigMap', { data: { [name]: content } })])).toEqual(codes);
    expect(ownCodesIn([...DB, ...withFiles('Secret', { stringData: { [name]: content } })])).toEqual(codes);
    expect(ownCodesIn([...DB, ...withFiles('Secret', { data: encoded({ [name]: content }) })])).toEqual(codes);
    expect(ownCodesIn([...DB, ...withFiles('ConfigMap', { data: { [name]: content } }, {}, { subPath: name, mountPath: `/config/${name}` })])).toEqual(codes);
    expect(ownCodesIn([...DB, ...withFiles('ConfigMap', { data: { [name]: content, other: '' } }, {}, { subPath: 'other', mountPath: '/config/other' })])).toEqual([]);
  });

  test('its finding names file and object, never the password', () => {
    const [finding] = findingsIn([...DB, ...withFiles('Secret', { stringData: { '.env': `DATABASE_URL=${URL}` } })]).filter(({ rule: { code } }) => code === 'PGTLS-B10');
    expect(finding?.field).toBe('spec.template.spec.volumes[0].secret');
    expect(finding?.message).toContain("(DATABASE_URL in .env of Secret 'files')");
    expect(finding?.message).not.toContain('secret@');
    expect(messagesOf([...DB, client({ A: 'postgres://app:hidden/word@db/x?sslmode=verify-full', B: 'postgres://app:hidden:word@db/x?sslmode=verify-full' })]).join()).not.toMatch(/hidden|word/);
  });

  test('gives way to a variable of its name', () => {
    const spring = { data: { 'application.properties': 'spring.datasource.url=jdbc:postgresql://db/x?sslmode=verify-full' } };
    expect(ownCodesIn([...DB, ...withFiles('ConfigMap', spring)])).toEqual(['PGTLS-B10']);
    expect(ownCodesIn([...DB, ...withFiles('ConfigMap', spring, { SPRING_DATASOURCE_URL: 'jdbc:postgresql://db.demo.svc/x?sslmode=verify-full' })])).toEqual([]);
  });

  test.each<[string, Record<string, string>, Fields, Fields]>([
    ['in a Secret', { PGSERVICE: 'main', PGSERVICEFILE: '/config/services' }, { stringData: { services: '[main]\nhost=db\nsslmode=verify-full\n' } }, { stringData: { services: '[main]\nhost=db\n[other]\nsslmode=verify-full\n' } }],
    ['in the home folder', { PGSERVICE: 'main' }, { stringData: { '.pg_service.conf': '[main]\nhost=db\nsslmode=verify-full\n' } }, { stringData: { 'pg_service.txt': '[main]\nhost=db\nsslmode=verify-full\n' } }],
    ['of a URI', { URL: 'postgresql:///x?service=main', PGSERVICEFILE: '/config/services' }, { data: encoded({ services: '[main]\nhost=db\nsslmode=verify-full\n' }) }, { data: encoded({ services: '[more]\nhost=db\nsslmode=verify-full\n' }) }],
  ])('a service %s', (_, variables, seen, unseen) => {
    expect(ownCodesIn([...DB, ...withFiles('Secret', seen, variables)])).toEqual(['PGTLS-B10']);
    expect(ownCodesIn([...DB, ...withFiles('Secret', unseen, variables)])).toEqual([]);
  });

  test("libpq's default files", () => {
    const psql = (mountPath: string) => client({ PGHOST: 'db.demo.svc' }, { command: ['psql', '-h', 'db.demo.svc'], volumeMounts: [mount('tls', mountPath)] },
      { volumes: [{ name: 'tls', secret: { secretName: 'server', items: [{ key: 'tls.crt', path: 'postgresql.crt' }, { key: 'tls.key', path: 'postgresql.key' }] } }] });
    expect(ownCodesIn([...DB, psql('/root/.postgresql')])).toContain('PGTLS-F01');
    expect(ownCodesIn([...DB, psql('/root/postgresql')])).not.toContain('PGTLS-F01');
  });
});

describe('variables and arguments', () => {
  test('kubelet expands $(NAME) in arguments, and $$ is a dollar', () => {
    const psql = (url: string) => client({ DB_HOST: 'db' }, { command: ['psql', url] });
    expect(ownCodesIn([...DB, psql('postgresql://app@$(DB_HOST)/x?sslmode=verify-full')])).toEqual(['PGTLS-B10']);
    expect(ownCodesIn([...DB, psql('postgresql://app@$$(DB_HOST)/x?sslmode=verify-full')])).toEqual([]);
  });

  test('an option may stand before the URL', () => {
    const run = (...args: string[]) => client({}, { args });
    expect(ownCodesIn([...DB, run('--database-url=postgres://app@db/x?sslmode=verify-full')])).toEqual(['PGTLS-B10']);
    expect(ownCodesIn([...DB, run('-Dspring.datasource.url=jdbc:postgresql://db/x?sslmode=verify-full')])).toEqual(['PGTLS-B10']);
    expect(ownCodesIn([...DB, run('--seen=https://db/x?sslmode=verify-full')])).toEqual([]);
  });

  test('postgres_exporter: several connections, login and URI apart, also in files', () => {
    const exporter = (variables: Record<string, string>, files: Record<string, string> = {}) => [
      object('v1', 'Secret', 'files', { stringData: files }),
      client(variables, { image: 'quay.io/prometheuscommunity/postgres-exporter:v0.17.1', volumeMounts: [mount('files', '/config')] }, { volumes: [{ name: 'files', secret: { secretName: 'files' } }] }),
    ];
    expect(ownCodesIn([...DB, ...exporter({ DATA_SOURCE_NAME: 'postgresql://a@elsewhere/x?sslmode=disable,postgresql://a@db/x?sslmode=verify-full' })])).toEqual(['PGTLS-B10']);
    expect(ownCodesIn([...DB, ...exporter({ DATA_SOURCE_URI: 'db:5432/x?sslmode=verify-full', DATA_SOURCE_USER: 'a' })])).toEqual(['PGTLS-B10']);
    expect(ownCodesIn([...DB, ...exporter({ DATA_SOURCE_URI_FILE: '/config/uri' }, { uri: 'db/x?sslmode=verify-full\n' })])).toEqual(['PGTLS-B10']);
    expect(ownCodesIn([...DB, ...exporter({ DATA_SOURCE_URI: 'db/x?sslmode=verify-full', DATA_SOURCE_NAME: 'postgresql://a@db/x?sslmode=disable' })])).toEqual([]);
    // lib/pq demands TLS by default.
    const plain = [SERVER, service('db'), tlsDatabase('server', ['hba_file=/config/pg_hba.conf'], { mounts: [mount('config', '/config')], volumes: [{ name: 'config', configMap: { name: 'config' } }] }), configMap({ 'pg_hba.conf': 'hostnossl all all all md5' })];
    expect(ownCodesIn([...plain, ...exporter({ DATA_SOURCE_NAME: 'postgresql://a@db/x' })])).toEqual(['PGTLS-T17']);
    expect(ownCodesIn([...plain, ...exporter({ DATA_SOURCE_NAME: 'postgresql://a@db/x?sslmode=disable' })])).toEqual([]);
  });
});

test.each<[string, string, string[]]>([
  ['asyncpg', 'postgresql+asyncpg://a@db/x?sslmode=require', ['PGTLS-B40']],
  ['asyncpg, a file', 'postgresql+asyncpg://a@db/x?sslrootcert=/ca.crt', ['PGTLS-B40']],
  ['asyncpg, its own option', 'postgresql+asyncpg://a@db/x?ssl=require', []],
  ['pg8000', 'postgresql+pg8000://a@db/x?sslmode=require', ['PGTLS-B40']],
  ['pgJDBC', 'jdbc:postgresql://db/x?sslmode=no-verify', ['PGTLS-T20']],
  ['pgJDBC, any case', 'jdbc:postgresql://db/x?sslmode=Require', []],
  ['libpq', 'postgresql+psycopg://a@db/x?sslmode=verify_full', ['PGTLS-T20']],
  ['a value from a variable', 'postgresql+psycopg://a@db/x?sslmode=$(MODE)', []],
  ['a driver that is not known', 'postgres://a@db/x?sslmode=no-verify', []],
])('an option that the driver rejects: %s', (_, value, codes) => {
  expect(ownCodesIn([client({ URL: value })])).toEqual(codes);
});
