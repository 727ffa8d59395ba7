import { POSTGRES_IMAGES } from './images';
import { ACCESS_RULES } from './access-proofs';
import { CLIENT_CA_RULES } from './client-ca-proofs';
import { INIT_RULES } from './init-proofs';
import { MONITOR_RULES } from './monitor-proofs';
import { NAME_BUDGET } from './names';
import { NETWORK_RULES } from './network-proofs';
import { PARAMETER_RULES } from './parameter-proofs';
import { PARAMETER_RELATION_RULES } from './parameter-relations';
import { POD_RULES } from './pod-proofs';
import { formatQuantity, kibibytes } from './quantity';
import type { PostgresSubject } from './subject';
import { SURROUNDINGS_RULES } from './surroundings-proofs';
import { TLS_RULES } from './tls-proofs';
import { duplicates } from '../../data';
import { serviceNameError, serviceNameLike } from '../../formats';
import { Consequence, Rule, when } from '../../rules';
import type { PostgresProps } from '../postgres-props';
import { ClientAuthMode, SslMode } from '../ssl-mode';

const MAJORS = Object.keys(POSTGRES_IMAGES);

/** What a Postgres construct proves about itself; its Certificates and objects are proven like anybody's. */
export const POSTGRES_RULES: ReadonlyArray<Rule<PostgresSubject>> = [
  {
    code: 'PGTLS-P01',
    title: 'an sslMode that needs TLS, without tls',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'README, sslMode and clientAuthMode',
    check: ({ props }) => when(props.sslMode !== undefined && props.sslMode !== SslMode.DISABLE && !props.tls, () => `sslMode '${props.sslMode}' is given without tls`),
    fix: "give tls with an issuer, or sslMode 'disable'",
  },
  {
    code: 'PGTLS-P02',
    title: 'tls with sslMode disable',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'README, sslMode and clientAuthMode',
    check: ({ props }) => when(props.sslMode === SslMode.DISABLE && props.tls !== undefined, () => "sslMode 'disable' is given together with tls"),
    fix: 'leave out one of them',
  },
  {
    code: 'PGTLS-P03',
    title: 'clientAuthMode cert without TLS',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, Certificate Authentication',
    check: ({ plan }) => when(plan.clientAuthMode === ClientAuthMode.CERT && !plan.tls, () => "clientAuthMode 'cert' is given without TLS"),
    fix: "give tls, or clientAuthMode 'scram'",
  },
  {
    code: 'PGTLS-P06',
    title: 'a certificate alias that is named twice',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'README, Properties of Postgres',
    check: ({ props }) => duplicates(aliases(props)).map((alias) => `certificate alias '${alias}' is given twice`),
    fix: 'say everything about one certificate in one place',
  },
  {
    code: 'PGTLS-P07',
    title: 'a database in a chart without a valid namespace',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'the names on the server certificate hold the namespace; Kubernetes, Namespaces: RFC 1123 label',
    check: ({ plan: { namespace } }) => (namespace === ''
      ? ['the chart has no namespace, and the names on the server certificate need one']
      : when(!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(namespace), () => `namespace '${namespace}' of the chart is not a DNS label (lower-case letters, digits and inner hyphens)`)),
    fix: "create it with new Chart(app, id, { namespace: '…' })",
  },
  {
    code: 'PGTLS-P08',
    title: 'a major that is not supported',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL versioning policy',
    check: ({ plan }) => when(!MAJORS.includes(String(plan.major)), () => `PostgreSQL ${plan.major} is not a supported major`),
    fix: `use one of ${MAJORS.join(', ')}`,
  },
  {
    code: 'PGTLS-P09',
    title: 'storage or memory that cannot be',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes, Quantity',
    check: ({ props: { storage, resources } }) => {
      const sizes = {
        'storage size': storage.durableOptions?.size ?? storage.sizeLimit,
        'storage size to set aside': storage._size === storage.sizeLimit ? undefined : storage._size,
        'storage wal size': storage.durableOptions?.wal?.size,
        'memory request': resources?.memory?.request,
        'memory limit': resources?.memory?.limit,
      };
      return [
        ...Object.entries(sizes).flatMap(([what, size]) => when(size !== undefined && !(kibibytes(size) > 0 && Number.isFinite(kibibytes(size))), () => `${what} ${formatQuantity(size!)} is not positive and finite`)),
      ];
    },
    fix: 'give sizes above zero',
  },
  {
    code: 'PGTLS-P10',
    title: 'a name that Services or pods cannot have',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'RFC 1035; StatefulSet: the label controller-revision-hash is eleven characters longer',
    check: ({ plan }) => {
      const fault = serviceNameError(plan.name, NAME_BUDGET);
      return when(fault !== undefined, () => `name '${plan.name}' ${fault}; '${serviceNameLike(plan.name, NAME_BUDGET)}' would do`);
    },
    fix: 'give it as name, or have one made from the path, name: Names.toDnsLabel(scope, { extra: [id], maxLen: 52 }) of cdk8s; without name the construct id is the name',
  },
  ...CLIENT_CA_RULES,
  ...ACCESS_RULES,
  ...TLS_RULES,
  ...INIT_RULES,
  ...MONITOR_RULES,
  ...NETWORK_RULES,
  ...SURROUNDINGS_RULES,
  ...PARAMETER_RULES,
  ...PARAMETER_RELATION_RULES,
  ...POD_RULES,
];

function aliases(props: PostgresProps): string[] {
  return (props.tls?.certificates ?? []).map(({ alias }) => alias);
}
