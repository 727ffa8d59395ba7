import type { WrittenDatabase } from '../../plan/database-context';
import type { DatabasePlan } from '../../plan/database-plan';
import { renderParameters } from '../../plan/parameters';
import { refusesPlaintext } from '../../plan/plaintext';
import { mapping, Mapping, mappings, text, valueAt } from '../../../data';
import { firstPodLabels, meets } from '../../../kubernetes';
import { parseConfFile, ParsedHbaRow, parseHba, printHba, refusedRow, takesChannel } from '../../../postgresql';
import { Consequence, Rule, when } from '../../../rules';

/** Settings on which the promises of the package rest. */
const GUARDED = [
  'data_directory', 'hba_file', 'ident_file', 'listen_addresses', 'password_encryption', 'port', 'ssl', 'ssl_ca_file', 'ssl_cert_file', 'ssl_crl_file', 'ssl_key_file',
  'ssl_min_protocol_version', 'unix_socket_directories',
];

/** What is proven about the objects of a database as they are finally written: patches reach everything, and promises have to survive them. */
export const WRITTEN_RULES: ReadonlyArray<Rule<WrittenDatabase>> = [
  {
    code: 'PGTLS-W05',
    title: 'a patched configuration that breaks what the database promises',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, The pg_hba.conf File; README, sslMode and clientAuthMode',
    check: ({ plan, written }) => {
      const data = mapping(mapping(written('config'))['data']);
      // A file that is not there is told as such (PGTLS-W12).
      return [
        ...('pg_hba.conf' in data ? accessFaults(plan, text(data['pg_hba.conf'])) : []), ...('postgresql.conf' in data ? settingFaults(plan, text(data['postgresql.conf'])) : []),
      ];
    },
    fix: 'take the patch back; accessRules, parameters and tls change these files',
  },
  {
    code: 'PGTLS-W06',
    title: 'a patched Service that leads to no pod of its database',
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
          ...when(service !== undefined && Object.keys(selector).length === 0, () => `Service '${name}' selects nothing`),
          ...when(missed !== undefined, () => `Service '${name}' selects ${missed![0]}=${text(missed![1])}, which no pod of the database has`),
          ...when(lost !== undefined, () => `Service '${name}' leads to port '${lost}', which no container of the database has`),
        ];
      });
    },
    fix: 'take the patch back, or patch labels and ports of the pod alike',
  },
  {
    code: 'PGTLS-W07',
    title: 'a patched pod without its volumes or probes',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Kubernetes, StatefulSet; docs/operations.md',
    check: ({ plan, written }) => {
      const object = written('Resource');
      const claims = mappings(valueAt(object, 'spec.volumeClaimTemplates')).map((claim) => text(valueAt(claim, 'metadata.name')));
      const wanted = plan.claims.map(({ name }) => name);
      const containers = mappings(valueAt(object, 'spec.template.spec.containers'));
      const probed = (name: string, probe: string) => containers.some((container) => text(container['name']) === name && container[probe] !== undefined && container[probe] !== null);
      return object === undefined ? [] : [
        ...wanted.filter((name) => !claims.includes(name)).map((name) => `the StatefulSet has no claim template '${name}': its data would go with the pod`),
        ...[['postgres', 'readinessProbe'], ['postgres', 'livenessProbe'], ['reloader', 'readinessProbe']].filter(([name, probe]) => !probed(name!, probe!))
          .map(([name, probe]) => `container '${name}' has no ${probe}`),
      ];
    },
    fix: 'take the patch back',
  },
  {
    code: 'PGTLS-W08',
    title: 'patched names that DNS does not have',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Kubernetes, DNS for Services and Pods; the server certificate carries the names of the Services as they were planned',
    check: ({ plan: { names, services }, written }) => {
      const headless = written('headless-service');
      const governing = text(valueAt(written('Resource'), 'spec.serviceName'));
      return [
        ...services.flatMap(({ id, name }) => {
          const object = written(id);
          const now = text(valueAt(object, 'metadata.name'));
          return when(object !== undefined && now !== name, () => `Service '${name}' is named '${now}': its host is not on the certificate, and the database is looked for at the old one`);
        }),
        ...when(governing !== names.headlessService, () => `the StatefulSet has serviceName '${governing}', and its pods are named below Service '${names.headlessService}'`),
        ...when(valueAt(headless, 'spec.clusterIP') !== 'None', () => `Service '${names.headlessService}' is not headless: the pod has no name of its own`),
      ];
    },
    fix: 'take the patch back; the property name gives other names, to all objects alike',
  },
  {
    code: 'PGTLS-W12',
    title: 'a patched object that its database does not have any more',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Kubernetes, NetworkPolicy: a pod that no policy selects takes every connection; a ConfigMap is found in the namespace of the pod',
    check: ({ plan, written }) => [...configFaults(plan, written), ...awayFaults(plan, written), ...unselectedFaults(plan, written)],
    fix: 'take the patch back',
  },
];

/** The ConfigMap is found by its name, and the programs of the pod read its files. */
function configFaults(plan: DatabasePlan, written: WrittenDatabase['written']): string[] {
  const name = text(valueAt(written('config'), 'metadata.name'));
  const { data, binaryData } = mapping(written('config'));
  const gone = plan.files.filter((file) => !(file.name in mapping(data)) && !(file.name in mapping(binaryData)));
  return [
    ...when(name !== plan.names.config, () => `ConfigMap '${plan.names.config}' is named '${name}': the pod does not find it`),
    ...gone.map((file) => `ConfigMap '${name}' has no ${file.name}`),
  ];
}

/** Objects that the pod, or its clients, look for in its namespace. */
function awayFaults({ services }: DatabasePlan, written: WrittenDatabase['written']): string[] {
  const namespace = text(valueAt(written('Resource'), 'metadata.namespace'));
  return ['service-account', 'config', ...services.map(({ id }) => id), 'network-policy', 'disruption-budget'].flatMap((id) => {
    const object = written(id);
    const where = text(valueAt(object, 'metadata.namespace'));
    return when(object !== undefined && where !== namespace,
      () => `${text(object!['kind'])} '${text(valueAt(object, 'metadata.name'))}' is in namespace '${where}', and the database in '${namespace}'`);
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

/** Why a row lets in who should not; undefined where it does not. */
function opening(row: ParsedHbaRow, { sslMode }: DatabasePlan): string | undefined {
  const isPlain = takesChannel(row, 'plaintext');
  if (row.method === 'trust') { return 'lets in without any proof'; }
  if (row.method === 'password' && isPlain) { return 'takes passwords in plaintext'; }
  return isPlain && row.method !== 'reject' && refusesPlaintext(sslMode) ? `lets plaintext in, and sslMode '${sslMode}' promises TLS` : undefined;
}

/** The first row that matches decides: rows that end an access have to stay, in their place, and nothing that lets in may come before. */
function orderFaults(planned: ReadonlyArray<ParsedHbaRow>, rows: ReadonlyArray<ParsedHbaRow>, added: ReadonlyArray<ParsedHbaRow>): string[] {
  const texts = rows.map((record) => record.text);
  const gone = planned.filter(({ method, text: row }) => method === 'reject' && !texts.includes(row));
  const kept = planned.map((record) => texts.indexOf(record.text)).filter((index) => index >= 0);
  const isInOrder = kept.every((index, position) => position === 0 || index > kept[position - 1]!);
  // The last reject for roles by name: it ends what belongs to the pod and to the superuser.
  const closing = texts.indexOf(planned.filter(({ method, users }) => method === 'reject' && !users.includes('all')).at(-1)?.text ?? '');
  const early = rows.slice(0, Math.max(0, closing)).filter((record) => added.includes(record) && record.method !== 'reject');
  return [
    ...gone.map((record) => `pg_hba.conf: the row '${record.text}' is gone`),
    ...when(!isInOrder, () => 'pg_hba.conf: the rows stand in another order'),
    ...early.map((record) => `pg_hba.conf: the row '${record.text}' stands before the rows that keep the superuser and the roles of the pod out`),
  ];
}

function settingFaults(plan: DatabasePlan, file: string): string[] {
  const planned = renderParameters(plan.parameters);
  if (file === planned) { return []; }
  const [before, after] = [parseConfFile(planned).settings, parseConfFile(file).settings];
  return GUARDED.filter((name) => before.get(name) !== after.get(name))
    .map((name) => `postgresql.conf: ${name} is ${after.has(name) ? `'${after.get(name)}'` : 'not set'}, and has to be ${before.has(name) ? `'${before.get(name)}'` : 'left out'}`);
}
