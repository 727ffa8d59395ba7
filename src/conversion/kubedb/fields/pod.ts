import type { KubeDbRule, KubeDbRules } from '../kubedb-rules';
import {
  Answer, became, changed, FLAG, INTEGER, LABELS, LIST, MAPPING, MAPPINGS, NAME, notSupported, refused, same, TEXT, unsupported, ValueType, withoutEffect,
} from '../../field-rule';
import { isGiven, mapping, Mapping, mappings, text } from '../../../data';
import { RESOURCE_NAMES, resourcesExpression } from '../../amounts';
import { call, literal } from '../../expression';

const ANY: ValueType = { name: 'a value', accepts: () => true };
const SPEC = 'spec.podTemplate.spec';
const RESOURCES = ['limits', 'requests', 'claims'];
const SECURITY = 'the pod has the security context of this package: the UID of the image, no capabilities, a read-only file system';

/** The container fields that the rules below know; those that stand for Kubernetes' defaults are harmless. */
const CONTAINER_FIELDS = [
  'args', 'command', 'env', 'envFrom', 'image', 'imagePullPolicy', 'lifecycle', 'livenessProbe', 'ports', 'readinessProbe', 'resizePolicy', 'restartPolicy', 'restartPolicyRules', 'startupProbe',
  'stdin', 'stdinOnce', 'terminationMessagePath', 'terminationMessagePolicy', 'tty', 'volumeDevices', 'workingDir',
];

/** Fields of the pod that this package does not set, in both versions of the API. */
const POD_FIELDS: ReadonlyArray<readonly [string, ValueType, 'v1' | undefined, unknown?]> = [
  ['activeDeadlineSeconds', INTEGER, 'v1'], ['automountServiceAccountToken', FLAG, 'v1', false], ['dnsConfig', MAPPING, undefined], ['dnsPolicy', TEXT, undefined, 'ClusterFirst'],
  ['enableServiceLinks', FLAG, undefined, false], ['ephemeralContainers', LIST, 'v1'], ['hostAliases', LIST, 'v1'], ['hostIPC', FLAG, undefined, false], ['hostNetwork', FLAG, undefined, false],
  ['hostPID', FLAG, undefined, false], ['hostUsers', FLAG, 'v1', true], ['nodeName', TEXT, 'v1'], ['os', MAPPING, 'v1'], ['overhead', MAPPING, 'v1'], ['preemptionPolicy', TEXT, 'v1', 'PreemptLowerPriority'],
  ['priority', INTEGER, undefined], ['readinessGates', LIST, 'v1'], ['restartPolicy', TEXT, 'v1', 'Always'], ['setHostnameAsFQDN', FLAG, 'v1', false], ['shareProcessNamespace', FLAG, undefined, false],
];

/** The pod. */
export const POD_RULES: KubeDbRules = {
  'spec.podTemplate.metadata.labels': asPod(LABELS, 'labels'),
  'spec.podTemplate.metadata.annotations': asPod(LABELS, 'annotations'),
  'spec.podTemplate.controller.labels': notSupported(LABELS, 'the StatefulSet has the labels of the database: use metadata.labels'),
  'spec.podTemplate.controller.annotations': notSupported(LABELS, 'the StatefulSet has the annotations of the database: use metadata.annotations'),
  [`${SPEC}.nodeSelector`]: asPod(LABELS, 'nodeSelector'),
  [`${SPEC}.tolerations`]: asPod(MAPPINGS, 'tolerations'),
  [`${SPEC}.affinity`]: { only: 'v1alpha2', ...asPod(MAPPING, 'affinity', ['nodeAffinity', 'podAffinity', 'podAntiAffinity']) },
  [`${SPEC}.topologySpreadConstraints`]: { only: 'v1alpha2', ...asPod(MAPPINGS, 'topologySpreadConstraints') },
  [`${SPEC}.priorityClassName`]: asPod(TEXT, 'priorityClassName'),
  [`${SPEC}.runtimeClassName`]: asPod(TEXT, 'runtimeClassName'),
  [`${SPEC}.schedulerName`]: asPod(TEXT, 'schedulerName'),
  [`${SPEC}.volumes`]: asPod(MAPPINGS, 'volumes'),
  [`${SPEC}.imagePullSecrets`]: {
    is: MAPPINGS,
    take: (value, context) => {
      const names = mappings(value).map(({ name }) => name);
      return names.every(NAME.accepts) ? became('podTemplate.imagePullSecrets', names.map((name) => context.secret(text(name)))) : refused('has an item without a name', 'set the name of the Secret');
    },
  },
  [`${SPEC}.terminationGracePeriodSeconds`]: { is: INTEGER, take: (value) => became('podTemplate.terminationGracePeriod', call('Duration.seconds', Number(value))) },
  [`${SPEC}.podPlacementPolicy`]: {
    is: MAPPING, knows: ['name'],
    take: (value) => (mapping(value)['name'] === 'default' || !isGiven(mapping(value)['name']) ? changed('without effect: it spreads pods, and there is one')
      : unsupported('a PlacementPolicy of KubeDB: set nodeSelector, tolerations and affinity in property podTemplate')),
  },
  [`${SPEC}.serviceAccountName`]: notSupported(TEXT, 'the pod has a ServiceAccount of its own, without a token'),
  [`${SPEC}.securityContext`]: {
    is: MAPPING,
    take: (value) => {
      const others = Object.entries(mapping(value)).filter(([field, number]) => !(['fsGroup', 'runAsUser', 'runAsGroup'].includes(field) && (number === 70 || number === 999)) && field !== 'runAsNonRoot' && field !== 'seccompProfile');
      return others.length === 0 ? changed(SECURITY) : unsupported(`${others.map(([field]) => field).join(', ')}: ${SECURITY}; PostgresVersion.of sets another UID and GID`);
    },
  },
  ...Object.fromEntries(POD_FIELDS.map(([field, is, only, harmless]) => [
    `${SPEC}.${field}`, { ...(only === undefined ? {} : { only }), ...notSupported(is, 'property podTemplate does not have it', harmless) } satisfies KubeDbRule,
  ])),

  [`${SPEC}.containers[].name`]: {
    only: 'v1', is: TEXT,
    take: (value) => {
      if (value === 'postgres' || value === 'exporter') { return same(`the container ${value}`); }
      return value === 'pg-coordinator' ? changed('left out: without standbys there is no coordinator') : unsupported('a container of yours: add it to podTemplate.containers');
    },
  },
  [`${SPEC}.containers[].resources`]: {
    only: 'v1', is: MAPPING, knows: RESOURCES,
    take: (value, { hasMonitor }, { name }) => {
      if (name === 'exporter') { return hasMonitor ? resources(value, 'monitor.resources') : changed('left out: without spec.monitor there is no exporter'); }
      return name === 'postgres' ? resources(value, 'resources') : changed('left out with its container');
    },
  },
  [`${SPEC}.containers[].securityContext`]: { only: 'v1', ...withoutEffect(MAPPING, SECURITY) },
  [`${SPEC}.containers[].volumeMounts`]: {
    only: 'v1', is: MAPPINGS,
    take: (value, _, { name }) => (name === 'postgres' ? became('podTemplate.volumeMounts', literal(value)) : name === 'exporter' ? unsupported('the exporter has no mounts of yours') : changed('left out with its container')),
  },
  ...Object.fromEntries(CONTAINER_FIELDS.map((field) => [`${SPEC}.containers[].${field}`, { only: 'v1', is: ANY, take: ofContainer } satisfies KubeDbRule])),
  [`${SPEC}.initContainers`]: {
    is: MAPPINGS,
    take: (value) => {
      const others = mappings(value).filter(({ name }) => name !== 'postgres-init-container');
      if (others.length > 0) { return unsupported(`${others.map(({ name }) => text(name)).join(', ')}: add it to podTemplate.initContainers`); }
      const [own = {}] = mappings(value);
      const fields = Object.keys(own).filter((field) => field !== 'name' && field !== 'resources' && field !== 'securityContext');
      if (fields.length > 0) { return unsupported(`${fields.join(', ')} of postgres-init-container`); }
      return isGiven(own['resources']) ? resources(own['resources'], 'podTemplate.initResources') : changed(SECURITY);
    },
  },

  // v1alpha2 has the fields of the container postgres in the pod.
  [`${SPEC}.resources`]: { only: 'v1alpha2', is: MAPPING, knows: RESOURCES, take: (value) => resources(value, 'resources') },
  [`${SPEC}.volumeMounts`]: { only: 'v1alpha2', ...asPod(MAPPINGS, 'volumeMounts') },
  [`${SPEC}.containerSecurityContext`]: { only: 'v1alpha2', ...withoutEffect(MAPPING, SECURITY) },
  ...Object.fromEntries(['args', 'env', 'lifecycle', 'livenessProbe', 'readinessProbe'].map((field) => [
    `${SPEC}.${field}`, { only: 'v1alpha2', is: ANY, take: (value, context) => ofContainer(value, context, { name: 'postgres' }) } satisfies KubeDbRule,
  ])),
  'spec.coordinator': { only: 'v1alpha2', is: MAPPING, knows: ['resources', 'securityContext'], take: () => changed('left out: without standbys there is no coordinator') },
};

function asPod(is: ValueType, name: string, knows?: ReadonlyArray<string>): KubeDbRule {
  return { is, ...(knows === undefined ? {} : { knows }), take: (value) => became(`podTemplate.${name}`, literal(value)) };
}

const OWN = 'the container has what this package sets; server parameters go into property parameters, options of initdb into property init';

function ofContainer(_: unknown, __: unknown, { name }: Mapping): Answer {
  return name === 'postgres' || name === 'exporter' ? unsupported(OWN) : changed('left out with its container');
}

function resources(value: unknown, property: string): Answer {
  const { requests, limits, claims } = mapping(value);
  const other = [...Object.keys(mapping(requests)), ...Object.keys(mapping(limits))].find((name) => !RESOURCE_NAMES.includes(name));
  if (isGiven(claims)) { return unsupported('claims of devices: property resources has none'); }
  if (other !== undefined) { return unsupported(`the resource '${other}': property hugePages is for huge pages`); }
  const expression = resourcesExpression(value);
  return expression === undefined ? refused('has an amount that is not a quantity', 'use quantities such as 500m and 1Gi') : became(property, expression);
}
