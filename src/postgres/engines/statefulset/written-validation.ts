import type { WrittenDatabase } from '../../plan/database-context';
import type { DatabasePlan } from '../../plan/database-plan';
import { renderParameters } from '../../plan/parameters';
import { refusesPlaintext } from '../../plan/refuses-plaintext';
import { mapping, Mapping, mappings, text, valueAt } from '../../../data';
import { firstPodLabels, meets } from '../../../kubernetes';
import { parseConfFile, ParsedHbaRow, parseHba, printHba, refusedRow, takesChannel } from '../../../postgresql';
import { Consequence, Rule, when } from '../../../rules';

/** Settings that a patch may not change. */
const GUARDED = [
  'data_directory', 'hba_file', 'ident_file', 'listen_addresses', 'password_encryption', 'port', 'ssl', 'ssl_ca_file', 'ssl_cert_file', 'ssl_crl_file', 'ssl_key_file',
  'ssl_min_protocol_version', 'unix_socket_directories',
];

/** Rules for the objects of a database as they are written: JSON patches can change everything. */
export const WRITTEN_RULES: ReadonlyArray<Rule<WrittenDatabase>> = [
  {
    code: 'PGTLS-W05',
    title: 'patched configuration contradicts sslMode, access rules or TLS settings',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, The pg_hba.conf File; docs/postgres.md, Access',
    check: ({ plan, written }) => {
      const data = mapping(mapping(written('config'))['data']);
      // PGTLS-W12 reports a missing file.
      return [
        ...('pg_hba.conf' in data ? accessFaults(plan, text(data['pg_hba.conf'])) : []), ...('postgresql.conf' in data ? settingFaults(plan, text(data['postgresql.conf'])) : []),
      ];
    },
    fix: 'remove the patch; use accessRules, parameters and tls to change these files',
  },
  {
    code: 'PGTLS-W06',
    title: 'patched Service selects no pod or port of its database',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes, Service: without endpoints connections are refused',
    check: ({ plan, written }) => {
      const pod = mapping(valueAt(written('Resource'), 'spec.template'));
      const labels: Mapping = { ...mapping(valueAt(pod, 'metadata.labels')), ...firstPodLabels(plan.name) };
      const ports = mappings(valueAt(pod, 'spec.containers')).flatMap((container) => mappings(container['ports'])).flatMap(({ name, containerPort }) => [text(name), text(containerPort)]);
      return plan.services.flatMap(({ id }) => {
        const service = written(id);
        const name = text(valueAt(service, 'metadata.name'));
        const selector = mapping(valueAt(service, 'spec.selector'));
        const missed = Object.entries(selector).find(([label, value]) => text(labels[label]) !== text(value));
        const lost = mappings(valueAt(service, 'spec.ports')).map(({ port, targetPort }) => text(targetPort) || text(port)).find((target) => !ports.includes(target));
        return [
          ...when(service !== undefined && Object.keys(selector).length === 0, () => `Service '${name}' has no selector`),
          ...when(missed !== undefined, () => `Service '${name}' selects ${missed![0]}=${text(missed![1])}, but no pod of the database has that label`),
          ...when(lost !== undefined, () => `Service '${name}' has targetPort '${lost}', but no container of the database has that port`),
        ];
      });
    },
    fix: 'remove the patch, or patch the labels and ports of the pod in the same way',
  },
  {
    code: 'PGTLS-W07',
    title: 'patched StatefulSet without a volume claim or probe',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Kubernetes, StatefulSet; docs/operations.md',
    check: ({ plan, written }) => {
      const object = written('Resource');
      const claims = mappings(valueAt(object, 'spec.volumeClaimTemplates')).map((claim) => text(valueAt(claim, 'metadata.name')));
      const wanted = plan.claims.map(({ name }) => name);
      const containers = mappings(valueAt(object, 'spec.template.spec.containers'));
      const probed = (name: string, probe: string) => containers.some((container) => text(container['name']) === name && container[probe] !== undefined && container[probe] !== null);
      return object === undefined ? [] : [
        ...wanted.filter((name) => !claims.includes(name)).map((name) => `the StatefulSet has no volumeClaimTemplate '${name}': the data would be lost with the pod`),
        ...[['postgres', 'readinessProbe'], ['postgres', 'livenessProbe'], ['reloader', 'readinessProbe']].filter(([name, probe]) => !probed(name!, probe!))
          .map(([name, probe]) => `container '${name}' has no ${probe}`),
      ];
    },
    fix: 'remove the patch',
  },
  {
    code: 'PGTLS-W08',
    title: 'patched Service name or serviceName contradicts DNS or the certificates',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Kubernetes, DNS for Services and Pods; the certificates contain the names of the Services without patches',
    check: ({ plan: { names, services }, written }) => {
      const headless = written('headless-service');
      const governing = text(valueAt(written('Resource'), 'spec.serviceName'));
      return [
        ...services.flatMap(({ id, name }) => {
          const object = written(id);
          const now = text(valueAt(object, 'metadata.name'));
          return when(object !== undefined && now !== name, () => `Service '${name}' is named '${now}': no certificate of the database contains that host, and clients use the old one`);
        }),
        ...when(governing !== names.headlessService, () => `the StatefulSet has serviceName '${governing}', but the DNS names of its pods are below Service '${names.headlessService}'`),
        ...when(valueAt(headless, 'spec.clusterIP') !== 'None', () => `Service '${names.headlessService}' is not headless: the pod has no DNS name`),
      ];
    },
    fix: 'remove the patch; set the property name to rename all objects',
  },
  {
    code: 'PGTLS-W12',
    title: 'patched object that the pod cannot find or that no longer selects it',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Kubernetes, NetworkPolicy: a pod that no policy selects accepts all connections; a pod mounts only ConfigMaps of its own namespace',
    check: ({ plan, written }) => [...configFaults(plan, written), ...awayFaults(plan, written), ...unselectedFaults(plan, written)],
    fix: 'remove the patch',
  },
];

/** The pod mounts the ConfigMap by name and reads its files. */
function configFaults(plan: DatabasePlan, written: WrittenDatabase['written']): string[] {
  const name = text(valueAt(written('config'), 'metadata.name'));
  const { data, binaryData } = mapping(written('config'));
  const gone = plan.files.filter((file) => !(file.name in mapping(data)) && !(file.name in mapping(binaryData)));
  return [
    ...when(name !== plan.names.config, () => `ConfigMap '${plan.names.config}' is named '${name}': the pod cannot mount it`),
    ...gone.map((file) => `ConfigMap '${name}' has no ${file.name}`),
  ];
}

/** Objects that the pod or its clients use in the namespace of the pod. */
function awayFaults({ services }: DatabasePlan, written: WrittenDatabase['written']): string[] {
  const namespace = text(valueAt(written('Resource'), 'metadata.namespace'));
  return ['service-account', 'config', ...services.map(({ id }) => id), 'network-policy', 'disruption-budget'].flatMap((id) => {
    const object = written(id);
    const where = text(valueAt(object, 'metadata.namespace'));
    return when(object !== undefined && where !== namespace,
      () => `${text(object!['kind'])} '${text(valueAt(object, 'metadata.name'))}' is in namespace '${where}', but the database is in '${namespace}'`);
  });
}

function unselectedFaults(plan: DatabasePlan, written: WrittenDatabase['written']): string[] {
  const labels = { ...mapping(valueAt(written('Resource'), 'spec.template.metadata.labels')), ...firstPodLabels(plan.name) };
  return ([['network-policy', 'spec.podSelector'], ['disruption-budget', 'spec.selector']] as const).flatMap(([id, path]) => {
    const object = written(id);
    return when(object !== undefined && meets(valueAt(object, path), labels) === 'no',
      () => `${text(object!['kind'])} '${text(valueAt(object, 'metadata.name'))}' selects no pod of the database`);
  });
}

function accessFaults(plan: DatabasePlan, file: string): string[] {
  const asPlanned = printHba(plan.access);
  if (file === asPlanned) { return []; }
  const [planned, rows] = [parseHba(asPlanned).rows, parseHba(file).rows];
  const known = new Set(planned.map((record) => record.text));
  const added = rows.filter((record) => !known.has(record.text));
  return [
    ...added.flatMap((record) => {
      const fault = refusedRow(record) ?? opening(record, plan);
      return fault === undefined ? [] : [`pg_hba.conf: the row '${record.text}' ${fault}`];
    }),
    ...orderFaults(planned, rows, added),
  ];
}

/** Why a row is not allowed; undefined if it is. */
function opening(row: ParsedHbaRow, { sslMode }: DatabasePlan): string | undefined {
  const isPlain = takesChannel(row, 'plaintext');
  if (row.method === 'trust') { return 'accepts connections without authentication'; }
  if (row.method === 'password' && isPlain) { return 'accepts unencrypted passwords'; }
  return isPlain && row.method !== 'reject' && refusesPlaintext(sslMode) ? `accepts plaintext connections, but sslMode '${sslMode}' requires TLS` : undefined;
}

/** The first row that matches decides: the reject rows must stay in place, and no row that admits may precede them. */
function orderFaults(planned: ReadonlyArray<ParsedHbaRow>, rows: ReadonlyArray<ParsedHbaRow>, added: ReadonlyArray<ParsedHbaRow>): string[] {
  const texts = rows.map((record) => record.text);
  const gone = planned.filter(({ method, text: row }) => method === 'reject' && !texts.includes(row));
  const kept = planned.map((record) => texts.indexOf(record.text)).filter((index) => index >= 0);
  const isInOrder = kept.every((index, position) => position === 0 || index > kept[position - 1]!);
  // The last reject row for named roles: it ends the rows for the superuser and the roles of the pod.
  const closing = texts.indexOf(planned.filter(({ method, users }) => method === 'reject' && !users.includes('all')).at(-1)?.text ?? '');
  const early = rows.slice(0, Math.max(0, closing)).filter((record) => added.includes(record) && record.method !== 'reject');
  return [
    ...gone.map((record) => `pg_hba.conf: the row '${record.text}' is missing`),
    ...when(!isInOrder, () => 'pg_hba.conf: the order of the rows has changed'),
    ...early.map((record) => `pg_hba.conf: the row '${record.text}' precedes the rows that reject the superuser and the roles of the pod`),
  ];
}

function settingFaults(plan: DatabasePlan, file: string): string[] {
  const planned = renderParameters(plan.parameters);
  if (file === planned) { return []; }
  const [before, after] = [parseConfFile(planned).settings, parseConfFile(file).settings];
  return GUARDED.filter((name) => before.get(name) !== after.get(name))
    .map((name) => `postgresql.conf: ${name} is ${after.has(name) ? `'${after.get(name)}'` : 'not set'}, but must be ${before.has(name) ? `'${before.get(name)}'` : 'unset'}`);
}
