import { type OperatorDatabase, operatorDatabase, type OperatorKey, type OperatorSecret, type SecretPurpose } from './operator-database';
import { hbaAround, writtenRows } from './written-rows';
import { isGiven, mapping, mappings, text, texts, valueAt } from '../../data';
import type { Manifest } from '../../kubernetes';
import type { IssuanceGraph } from '../../pki';
import { parseIdent } from '../../postgresql';

const OPERATOR = 'CloudNativePG';
const PORT = '5432';

/** Source: CloudNativePG pkg/postgres/configuration.go, hbaTemplateString and identTemplateString. */
const FIXED_ROWS = `
local all cnpg_metrics_exporter peer map=cnpg_metrics_exporter
local all all peer map=local
hostssl postgres streaming_replica all cert map=cnpg_streaming_replica
hostssl replication streaming_replica all cert map=cnpg_streaming_replica
hostssl all cnpg_pooler_pgbouncer all cert map=cnpg_pooler_pgbouncer
`;
const LAST_ROW = 'host all all all scram-sha-256';
const FIXED_MAPS = `
cnpg_streaming_replica streaming_replica streaming_replica
cnpg_pooler_pgbouncer cnpg_pooler_pgbouncer cnpg_pooler_pgbouncer
`;

/** Source: CloudNativePG internal/controller/cluster_pki.go: which keys of which Secret are read. */
const SECRETS: ReadonlyArray<readonly [field: string, purpose: SecretPurpose, ...keys: string[]]> = [
  ['serverTLSSecret', 'server certificate', 'tls.crt', 'tls.key'],
  ['serverCASecret', 'server CA', 'ca.crt'],
  ['clientCASecret', 'client CA', 'ca.crt'],
  ['replicationTLSSecret', 'replication certificate', 'tls.crt', 'tls.key'],
];

/** A Cluster of CloudNativePG. */
export function cloudNativePg(at: Manifest, manifests: IssuanceGraph): OperatorDatabase {
  const certificates = mapping(at.spec['certificates']);
  const postgresql = mapping(at.spec['postgresql']);
  const rows = writtenRows(postgresql['pg_hba'], 'spec.postgresql.pg_hba');
  const serverSecret = text(certificates['serverTLSSecret']) || undefined;
  return operatorDatabase(at, manifests, {
    operator: OPERATOR,
    isReplicated: Number(at.spec['instances'] ?? 1) > 1,
    secrets: SECRETS.flatMap(([field, purpose, ...keys]) => secretOf(text(certificates[field]), `spec.certificates.${field}`, purpose, keys)),
    services: serviceNames(at).map((name) => ({ name, port: PORT, isPooler: false, secret: serverSecret })),
    podLabels: { 'cnpg.io/cluster': at.name },
    replicationRole: 'streaming_replica',
    replicationMap: 'cnpg_streaming_replica',
    writtenRows: rows.rows,
    // Rows for LDAP come before the last one.
    hba: isGiven(postgresql['ldap']) ? undefined : hbaAround(FIXED_ROWS, [rows], LAST_ROW),
    userMaps: parseIdent(`${FIXED_MAPS}${texts(postgresql['pg_ident']).join('\n')}`),
    reloadLabel: 'cnpg.io/reload',
  });
}

/** A Pooler of CloudNativePG. Source: CloudNativePG api/v1/pooler_funcs.go: what it takes from the Cluster. */
export function cloudNativePgPooler(at: Manifest, manifests: IssuanceGraph): OperatorDatabase {
  const cluster = manifests.find('postgresql.cnpg.io', 'Cluster', at.namespace, text(valueAt(at.spec, 'cluster.name')), at);
  const serverSecret = text(valueAt(cluster?.spec, 'certificates.serverTLSSecret')) || undefined;
  const ofPooler = (field: string) => text(valueAt(at.spec, `pgbouncer.${field}.name`));
  const isVerifying = valueAt(at.spec, 'pgbouncer.parameters.server_tls_sslmode') === 'verify-full';
  return operatorDatabase(at, manifests, {
    operator: OPERATOR,
    secrets: [
      ...secretOf(ofPooler('clientTLSSecret'), 'spec.pgbouncer.clientTLSSecret.name', 'server certificate', ['tls.crt', 'tls.key']),
      ...secretOf(ofPooler('clientCASecret'), 'spec.pgbouncer.clientCASecret.name', 'client CA', ['ca.crt']),
      ...secretOf(ofPooler('serverCASecret'), 'spec.pgbouncer.serverCASecret.name', 'server CA', ['ca.crt']),
    ],
    services: [{ name: at.name, port: PORT, isPooler: true, secret: ofPooler('clientTLSSecret') || serverSecret }],
    podLabels: { 'cnpg.io/poolerName': at.name },
    poolerConnections: isVerifying && cluster !== undefined
      ? [{ host: `${cluster.name}-${text(at.spec['type']) || 'rw'}`, field: 'spec.pgbouncer.parameters.server_tls_sslmode', secret: serverSecret }] : [],
    reloadLabel: 'cnpg.io/reload',
  });
}

/** Source: CloudNativePG api/v1/cluster_funcs.go, GetClusterAltDNSNames. */
function serviceNames({ name, spec }: Manifest): string[] {
  const services = mapping(valueAt(spec, 'managed.services'));
  const disabled = texts(services['disabledDefaultServices']);
  const additional = mappings(services['additional']).map((service) => text(valueAt(service, 'serviceTemplate.metadata.name')));
  return [...['rw', 'r', 'ro'].filter((suffix) => !disabled.includes(suffix)).map((suffix) => `${name}-${suffix}`), ...additional.filter((other) => other !== '')];
}

function secretOf(name: string, field: string, purpose: SecretPurpose, keys: ReadonlyArray<string>): OperatorSecret[] {
  return name === '' ? [] : [{ purpose, name, field, keys: keys.map((key): OperatorKey => ({ key, field })) }];
}
