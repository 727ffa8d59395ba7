import { entryPath, mapping, text, valueAt } from '../../data';
import { isFixedByCloudNativePg, type OperatorDatabase } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { cloudNativePgFile, crunchyFile } from '../engine/sources';

/** Parameters about connections, TLS and access in `spec.config` of Crunchy's operator; settings of Patroni are overwritten instead. */
function isFixedByCrunchy(name: string): boolean {
  return ['config_file', 'data_directory', 'external_pid_file', 'hba_file', 'ident_file', 'listen_addresses', 'port', 'primary_conninfo', 'ssl'].includes(name)
    || (name.startsWith('ssl_') && name !== 'ssl_groups' && name !== 'ssl_ecdh_curve') || name.startsWith('unix_socket_');
}

const PLACES: Readonly<Record<string, { readonly path: string; readonly isFixed: (name: string, value: string) => boolean }>> = {
  'postgresql.cnpg.io/Cluster': { path: 'spec.postgresql.parameters', isFixed: isFixedByCloudNativePg },
  'postgres-operator.crunchydata.com/PostgresCluster': { path: 'spec.config.parameters', isFixed: isFixedByCrunchy },
};

export const operatorParameterFixed: Rule<OperatorDatabase> = {
  id: 'operator-parameter-fixed',
  code: 'PGTLS-O09',
  title: 'parameter that the operator sets itself',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [
    cloudNativePgFile('pkg/postgres/configuration.go', 'FixedConfigurationParameters'),
    crunchyFile('pkg/apis/postgres-operator.crunchydata.com/v1beta1/postgres_types.go', 'XValidation of parameters'),
  ],
  check: ({ at, operator }, report) => {
    const place = PLACES[`${at.group}/${at.kind}`];
    const parameters = Object.entries(mapping(place === undefined ? undefined : valueAt(at.manifest, place.path)));
    for (const [name] of parameters.filter(([one, value]) => place!.isFixed(one, text(value)))) {
      report(entryPath(place!.path, name), `${operator} sets '${name}' itself and rejects it here`);
    }
  },
  fix: 'remove the parameter; name certificates in the fields of the operator, and rows of pg_hba.conf in its list',
};
