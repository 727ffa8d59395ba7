import { type OperatorDatabase, operatorDatabase, type OperatorSecret } from './operator-database';
import { hbaAround, writtenRows } from './written-rows';
import { mapping, text, valueAt } from '../../data';
import type { Manifest } from '../../kubernetes';
import type { IssuanceGraph } from '../../pki';

const PORT = '5432';

/** A postgresql object of Zalando's operator. Source: postgres-operator pkg/cluster/k8sres.go, generateTlsMounts and serviceName. */
export function zalando(at: Manifest, manifests: IssuanceGraph): OperatorDatabase {
  const { name, spec } = at;
  const secret = text(valueAt(spec, 'tls.secretName')) || undefined;
  const rows = writtenRows(valueAt(spec, 'patroni.pg_hba'), 'spec.patroni.pg_hba');
  const service = (suffix: string, isPooler: boolean) => ({ name: `${name}${suffix}`, port: PORT, isPooler, secret });
  return operatorDatabase(at, manifests, {
    operator: "Zalando's operator",
    isReplicated: Number(spec['numberOfInstances'] ?? 1) > 1,
    secrets: secretsOf(at),
    services: [service('', false), service('-repl', false), service('-pooler', true), service('-pooler-repl', true)],
    podLabels: { 'cluster-name': name },
    writtenRows: rows.rows,
    // The list replaces the rows of the image. Source: docs/reference/cluster_manifest.md, pg_hba.
    hba: rows.rows.length === 0 ? undefined : hbaAround('', [rows], ''),
  });
}

function secretsOf({ spec }: Manifest): OperatorSecret[] {
  const tls = mapping(spec['tls']);
  const secretName = text(tls['secretName']);
  if (secretName === '') { return []; }
  const file = (field: string, fallback: string) => {
    const given = text(tls[field]);
    // An absolute path may be anywhere.
    return given.startsWith('/') ? [] : [{ key: given || fallback, field: given === '' ? 'spec.tls.secretName' : `spec.tls.${field}` }];
  };
  const ca = text(tls['caFile']) === '' ? [] : file('caFile', '');
  const caSecret = text(tls['caSecretName']);
  return [
    { purpose: 'server certificate', name: secretName, field: 'spec.tls.secretName', keys: [...file('certificateFile', 'tls.crt'), ...file('privateKeyFile', 'tls.key')] },
    ...(ca.length === 0 ? [] : [{ purpose: 'client CA' as const, name: caSecret || secretName, field: caSecret === '' ? 'spec.tls.secretName' : 'spec.tls.caSecretName', keys: ca }]),
  ];
}
