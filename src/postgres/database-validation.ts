import { POSTGRES_IMAGES } from './images';
import type { DatabaseContext } from './plan/database-context';
import { NAME_BUDGET, objectLabels } from './plan/names';
import { renderAmounts } from './plan/resources';
import { asGiven } from './plan/as-given';
import type { PostgresVersion } from './version';
import { mapping } from '../data';
import {
  annotationKeyError, imageMajor, labelKeyError, labelValueError, parseImage, parseQuantity, serviceNameError, serviceNameLike, unpinned,
} from '../formats';
import { isOfficialImage, knownImage, KnownImage, POSTGRES_UID } from '../postgresql';
import { Consequence, Rule, when } from '../rules';

const MAJORS = Object.keys(POSTGRES_IMAGES);

/** Rules for name, namespace and version, and for values that several features have: images, resources, labels. */
export const DATABASE_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  {
    code: 'PGTLS-P07',
    title: 'chart without a valid namespace',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'the names in the server certificate contain the namespace; Kubernetes, Namespaces: RFC 1123 label',
    check: ({ plan: { namespace } }) => (namespace === ''
      ? ['the chart has no namespace, which the names in the server certificate contain']
      : when(!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(namespace), () => `namespace '${namespace}' of the chart is not a DNS label (lower-case letters, digits and inner hyphens)`)),
    fix: "set the namespace of the chart: new Chart(app, id, { namespace: '…' })",
  },
  {
    code: 'PGTLS-P08',
    title: 'unsupported PostgreSQL major version',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL versioning policy',
    check: ({ plan }) => when(!MAJORS.includes(String(plan.major)), () => `PostgreSQL ${plan.major} is not a supported major version`),
    fix: `use one of ${MAJORS.join(', ')}`,
  },
  {
    code: 'PGTLS-P10',
    title: 'name not valid for Services or pods',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'RFC 1035; Kubernetes, StatefulSet: the label controller-revision-hash is eleven characters longer than the name',
    check: ({ plan }) => {
      const fault = serviceNameError(plan.name, NAME_BUDGET);
      return when(fault !== undefined, () => `name '${plan.name}' ${fault}; '${serviceNameLike(plan.name, NAME_BUDGET)}' would be valid`);
    },
    fix: 'set metadata.name, or derive it from the construct path with Names.toDnsLabel(scope, { extra: [id], maxLen: 52 }) of cdk8s; the default name is the construct id',
  },
  {
    code: 'PGTLS-P83',
    title: 'image without a version, of another major version, or without the UID of the pod',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, initdb: could not look up effective user ID; Kubernetes, Images',
    check: ({ props: { version }, plan: { arbitraryUserId, given } }) => {
      return [
        ...imageFaults(version, arbitraryUserId),
        ...given.images.flatMap(([property, image]) => {
          const fault = image === undefined ? undefined : unpinned(image);
          return when(fault !== undefined, () => `${property} '${image}' ${fault}`);
        }),
        ...Object.entries({ uid: version.uid, gid: version.gid }).filter(([, id]) => id !== undefined && !isUserId(id))
          .map(([what, id]) => `version: ${what} ${id} is not an integer from 1 to 2147483647; the pod may not run as root`),
      ];
    },
    fix: 'use a tag with the version, or a digest; describe another image with PostgresVersion.of(major, image, { uid: 70 })',
  },
  {
    code: 'PGTLS-P86',
    title: 'resource request above its limit',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes, validation of ResourceRequirements',
    check: ({ props: { podTemplate = {} }, plan: { given } }) => [
      ...[...given.resources, ...given.initResources].flatMap(([property, amounts]) => (amounts ? requestFaults(property, renderAmounts(amounts)) : [])),
      ...[...(podTemplate.initContainers ?? []), ...(podTemplate.containers ?? [])]
        .flatMap((container) => requestFaults(`podTemplate: container '${container.name}'`, container.resources)),
    ],
    fix: 'raise the limit or lower the request',
  },
  {
    code: 'PGTLS-P87',
    title: 'invalid label or annotation',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes, Labels and Selectors; Annotations',
    check: ({ plan: { given, metadata } }) => [
      ...[['metadata.labels', metadata.labels] as const, ...given.labels].flatMap(([property, labels]) => labelFaults(property, labels)),
      ...[['metadata.annotations', metadata.annotations] as const, ...given.annotations].flatMap(([property, annotations]) => annotationFaults(property, annotations)),
    ],
    fix: 'use keys and values of at most 63 letters, digits and inner hyphens, underscores and dots; a key may have a prefix: a DNS subdomain and a slash',
  },
  {
    code: 'PGTLS-P93',
    title: 'metadata with a label or annotation of this package',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Kubernetes, Labels and Selectors; Prometheus Operator, ServiceMonitor: finds the Service by its labels',
    check: ({ plan: { name, metadata } }) => [
      ...Object.keys(metadata.labels ?? {}).filter((label) => label in objectLabels(name) || label.startsWith(OWN_PREFIX)).map((label) => `metadata: label '${label}' is reserved for this package`),
      ...Object.keys(metadata.annotations ?? {}).filter((annotation) => annotation.startsWith(OWN_PREFIX)).map((annotation) => `metadata: annotation '${annotation}' is reserved for this package`),
    ],
    fix: 'choose another key; set the name of the database with metadata.name',
  },
];

const OWN_PREFIX = 'cdk8s-postgres-tls/';

function labelFaults(where: string, labels: { readonly [name: string]: string } | undefined): string[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => {
    const fault = labelKeyError(key);
    const unfit = labelValueError(value);
    return [...when(fault !== undefined, () => `${where}: key '${key}' ${fault}`), ...when(unfit !== undefined, () => `${where}: value '${value}' of '${key}' ${unfit}`)];
  });
}

function annotationFaults(where: string, annotations: { readonly [name: string]: string } | undefined): string[] {
  return Object.keys(annotations ?? {}).flatMap((key) => {
    const fault = annotationKeyError(key);
    return when(fault !== undefined, () => `${where}: key '${key}' ${fault}`);
  });
}

function imageFaults({ image, major, uid, gid, layout = {} }: PostgresVersion, isArbitrary: boolean): string[] {
  const reference = parseImage(image);
  const fault = unpinned(image) ?? (isOfficialImage(image) && imageMajor(image) === undefined && reference!.digest === undefined
    ? `has the tag '${reference!.tag}', which is not a version` : undefined);
  if (!reference || fault !== undefined) { return [`image '${image}' ${fault}`]; }
  const named = imageMajor(image);
  const known = knownImage(reference);
  if (known?.unfit !== undefined) { return [`image '${image}' ${known.unfit}`]; }
  const { programs, namesUser = true } = layout;
  return [
    ...when(named !== undefined && named !== String(major), () => `image '${image}' contains PostgreSQL ${named}, but the version is ${major}`),
    ...when(uid !== undefined && isUserId(uid) && uid !== POSTGRES_UID && namesUser && isOfficialImage(image), () => `image '${image}' has no user with UID ${uid}, so initdb fails`),
    ...when(programs !== undefined && !/^\/[^\s:$]+$/.test(programs), () => `layout.programs '${programs}' is not the absolute path of a directory`),
    ...(known === undefined || isArbitrary ? [] : userFaults(`image '${image}'`, known, { uid, gid, namesUser })),
  ];
}

/** Faults of uid, gid and namesUser for a known image. */
function userFaults(image: string, known: KnownImage, { uid, gid, namesUser }: { readonly uid?: number; readonly gid?: number; readonly namesUser: boolean }): string[] {
  const wanted = known.uid === undefined ? 'another UID' : `UID ${known.uid}`;
  const options = [
    ...(uid === undefined ? [`uid: ${known.uid ?? '…'}`] : []), ...(gid === undefined && known.gid !== undefined ? [`gid: ${known.gid}`] : []),
    ...(known.namesUser || !namesUser ? [] : ['layout: { namesUser: false }']),
  ].join(', ');
  if (uid === undefined) { return [`${image} has a user postgres with ${wanted}, but the pod runs as UID ${POSTGRES_UID}: set { ${options} }`]; }
  return when(!known.namesUser && namesUser, () => `${image} has no entry for UID ${uid} in /etc/passwd, which initdb requires: set { ${options} }`);
}

function isUserId(id: number): boolean {
  return Number.isInteger(id) && id >= 1 && id <= 2147483647;
}

/** Requests of a container above their limits. Quantities may come from any version of cdk8s-plus, or be plain strings. */
function requestFaults(where: string, resources: unknown): string[] {
  const { requests, limits } = mapping(asGiven(undefined, resources));
  return Object.entries(mapping(requests)).flatMap(([resource, request]) => {
    const limit = mapping(limits)[resource];
    const [asked, most] = [parseQuantity(request), parseQuantity(limit)];
    return when(asked !== undefined && most !== undefined && asked > most, () => `${where}: ${resource} request ${String(request)} is above the limit ${String(limit)}`);
  });
}
