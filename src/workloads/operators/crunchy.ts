import { type OperatorDatabase, operatorDatabase, type OperatorFacts, type OperatorKey, type OperatorSecret, type SecretPurpose } from './operator-database';
import { hbaAround, writtenRows, type WrittenRows } from './written-rows';
import { isGiven, mapping, mappings, text, texts, valueAt } from '../../data';
import type { Manifest } from '../../kubernetes';
import type { IssuanceGraph } from '../../pki';

/** Source: Crunchy's operator internal/postgres/hba.go, NewHBAs; the same in Percona's. */
const MANDATORY_ROWS = `
local all postgres peer
hostssl replication "_crunchyrepl" all cert
hostssl "postgres" "_crunchyrepl" all cert
host all "_crunchyrepl" all reject
`;
const DEFAULT_ROW = 'hostssl all all all scram-sha-256';

/** A PostgresCluster of Crunchy's operator. */
export function crunchy(at: Manifest, manifests: IssuanceGraph): OperatorDatabase {
  return operatorDatabase(at, manifests, { operator: "Crunchy's operator", ...pgoFacts(at, 'spec') });
}

/**
 * What Crunchy's operator and Percona's, which is built on it, read from an object.
 *
 * @param secrets the path of the fields that name Secrets
 */
export function pgoFacts({ name, manifest, spec }: Manifest, secrets: string): Omit<OperatorFacts, 'operator'> {
  const server = projection(manifest, `${secrets}.customTLSSecret`, 'server certificate');
  const replication = projection(manifest, `${secrets}.customReplicationTLSSecret`, 'replication certificate');
  const pooler = projection(manifest, 'spec.proxy.pgBouncer.customTLSSecret', 'server certificate');
  const serverSecret = server?.name;
  const port = text(spec['port']) || '5432';
  const written = [authenticationRows(spec), writtenRows(valueAt(spec, 'patroni.dynamicConfiguration.postgresql.pg_hba'), 'spec.patroni.dynamicConfiguration.postgresql.pg_hba')];
  const isEmpty = written.every(({ rows }) => rows.length === 0);
  return {
    isReplicated: mappings(spec['instances']).reduce((sum, { replicas }) => sum + (isGiven(replicas) ? Number(replicas) : 1), 0) > 1,
    secrets: [server, replication].filter((secret) => secret !== undefined),
    services: [
      ...['-primary', '-replicas', '-ha'].map((suffix) => ({ name: `${name}${suffix}`, port, isPooler: false, secret: serverSecret })),
      { name: `${name}-pgbouncer`, port: text(valueAt(spec, 'proxy.pgBouncer.port')) || '5432', isPooler: true, secret: pooler?.name },
    ],
    podLabels: { 'postgres-operator.crunchydata.com/cluster': name },
    poolerConnections: poolerConnections(name, spec, serverSecret),
    replicationRole: '_crunchyrepl',
    pairsSecrets: true,
    writtenRows: written.flatMap(({ rows }) => rows),
    hba: hbaAround(MANDATORY_ROWS, written, isEmpty ? DEFAULT_ROW : ''),
  };
}

/** Source: Crunchy's operator internal/pgbouncer/config.go, clusterINI: verify-full to the primary Service by its short name. */
function poolerConnections(name: string, spec: Manifest['spec'], secret: string | undefined): OperatorDatabase['poolerConnections'] {
  const { global, databases } = mapping(valueAt(spec, 'proxy.pgBouncer.config'));
  const isDefault = isGiven(valueAt(spec, 'proxy.pgBouncer')) && Object.keys(mapping(databases)).length === 0;
  const mode = text(mapping(global)['server_tls_sslmode']) || 'verify-full';
  return isDefault && mode === 'verify-full' ? [{ host: `${name}-primary`, field: 'spec.proxy.pgBouncer', secret }] : [];
}

/** A Secret as a projection, whose items name other keys for the files. */
function projection(manifest: unknown, path: string, purpose: SecretPurpose): OperatorSecret | undefined {
  const { name, items } = mapping(valueAt(manifest, path));
  if (text(name) === '') { return undefined; }
  const field = `${path}.name`;
  const given = mappings(items);
  const keys = ['tls.crt', 'tls.key', 'ca.crt'].map((file): OperatorKey => {
    const index = given.findIndex((item) => item['path'] === file);
    return index < 0 ? { key: file, field } : { key: text(given[index]!['key']), field: `${path}.items[${index}].key` };
  });
  return { purpose, name: text(name), field, keys };
}

/** The rules of `spec.authentication`, as lines or in fields. Source: Crunchy's operator internal/controller/postgrescluster/postgres.go, generatePostgresHBA. */
function authenticationRows(spec: Manifest['spec']): WrittenRows {
  const path = 'spec.authentication.rules';
  const rules = mappings(valueAt(spec, 'authentication.rules')).map(({ hba, connection, databases, users, method, options }) => {
    if (text(hba) !== '') { return text(hba); }
    const words = (names: unknown) => texts(names).map(quoted).join(',') || 'all';
    const pairs = Object.entries(mapping(options)).map(([option, value]) => `${option}=${text(value)}`);
    return [text(connection), words(databases), words(users), ...(text(connection) === 'local' ? [] : ['all']), text(method), ...pairs].join(' ');
  });
  return writtenRows(rules, path);
}

/** Source: Crunchy's operator internal/postgres/hba.go: names are never keywords. */
function quoted(word: string): string {
  return `"${word.replaceAll('"', '""')}"`;
}
