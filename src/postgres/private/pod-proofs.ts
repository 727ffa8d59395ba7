import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { localeOf } from './initdb-options';
import { mapping } from '../../data';
import {
  annotationKeyError, dnsSubdomainError, imageMajor, labelKeyError, labelValueError, parseImage, parseQuantity, unpinned,
} from '../../formats';
import { hasLocale, isOfficialImage, knownImage, KnownImage, POSTGRES_UID } from '../../postgresql';
import { Consequence, Rule, Severity, when } from '../../rules';
import { formatQuantity, kibibytes } from './quantity';
import { renderAmounts } from './resources';
import type { PostgresSubject } from './subject';
import type { PostgresVersion } from '../version';
import { asGiven } from './written-parts';

/** What is proven about the pod: images, what they have, resources. */
export const POD_RULES: ReadonlyArray<Rule<PostgresSubject>> = [
  {
    code: 'PGTLS-P83',
    title: 'an image that does not run as this pod',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, initdb: could not look up effective user ID; Kubernetes, Images',
    check: ({ props: { version, monitor }, plan: { arbitraryUserId } }) => {
      const exporterFault = monitor?.image === undefined ? undefined : unpinned(monitor.image);
      return [
        ...imageFaults(version, arbitraryUserId),
        ...when(exporterFault !== undefined, () => `monitor.image '${monitor!.image}' ${exporterFault}`),
        ...Object.entries({ uid: version.uid, gid: version.gid }).filter(([, id]) => id !== undefined && !isUserId(id))
          .map(([what, id]) => `version: ${what} ${id} is not a number from 1 to 2147483647, as a pod that is not root has`),
      ];
    },
    fix: 'name the version in the tag or give a digest; what is special about another image with PostgresVersion.of(major, image, { uid: 70 })',
  },
  {
    code: 'PGTLS-P84',
    severity: Severity.WARNING,
    title: 'a collation that the next image can change',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, ALTER COLLATION: indexes on text are wrong once the library sorts differently',
    check: ({ props: { init }, plan: { image, major } }) => {
      const { provider, name } = localeOf(major, init?.locale);
      return when(isFromLibrary(provider, name) && parseImage(image)?.digest === undefined && !isMissing(image, provider, name),
        () => `init.locale '${name}' sorts by the ${provider} library of the image, and '${image}' has no digest: a new build can change the order under the indexes`);
    },
    fix: 'pin the image by digest and rebuild indexes on text with every new one, or use DatabaseLocale.builtin()',
  },
  {
    code: 'PGTLS-P85',
    title: 'a locale that the official image does not have',
    consequence: Consequence.NEVER_READY,
    source: 'docker-library/postgres, Dockerfile-debian.template: en_US.UTF-8 is made, no other',
    check: ({ props: { init }, plan: { image, major } }) => {
      const { provider, name } = localeOf(major, init?.locale);
      return when(isMissing(image, provider, name), () => `init.locale '${name}' of the C library is not in image '${image}'`);
    },
    fix: 'use DatabaseLocale.icu(), DatabaseLocale.builtin(), or an image that has the locale',
  },
  {
    code: 'PGTLS-P86',
    title: 'a request above its limit',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes, validation of ResourceRequirements',
    check: ({ props: { resources, monitor, podTemplate = {} } }) => [
      ...Object.entries({
        'resources': resources, 'monitor.resources': monitor?.resources,
        'podTemplate.initResources': podTemplate.initResources, 'podTemplate.reloaderResources': podTemplate.reloaderResources,
      }).flatMap(([where, amounts]) => (amounts ? requestFaults(where, renderAmounts(amounts)) : [])),
      ...[...(podTemplate.initContainers ?? []), ...(podTemplate.containers ?? [])]
        .flatMap((container) => requestFaults(`podTemplate: container '${container.name}'`, container.resources)),
    ],
    fix: 'raise the limit or lower the request',
  },
  {
    code: 'PGTLS-P87',
    title: 'a label or annotation that the API server refuses',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes, Labels and Selectors; Annotations',
    check: ({ props: { podTemplate = {}, serviceTemplates = [], monitor, network = {} } }) => [
      ...labelFaults('podTemplate.labels', podTemplate.labels),
      ...labelFaults('podTemplate.nodeSelector', podTemplate.nodeSelector),
      ...annotationFaults('podTemplate.annotations', podTemplate.annotations),
      ...serviceTemplates.flatMap(({ alias, labels, annotations }) => [
        ...labelFaults(`serviceTemplates: '${alias}' labels`, labels), ...annotationFaults(`serviceTemplates: '${alias}' annotations`, annotations),
      ]),
      ...labelFaults('monitor.serviceMonitor.labels', monitor?.serviceMonitor?.labels),
      ...labelFaults('monitor.alerts.labels', monitor?.alerts?.labels),
      ...Object.entries({ clients: network.clients, monitoring: network.monitoring, egress: network.egress?.map(({ to }) => to) }).flatMap(([where, peers]) =>
        (peers ?? []).flatMap(({ _peer: { podSelector, namespaceSelector } }) => [podSelector, namespaceSelector])
          .flatMap((selector) => labelFaults(`network.${where}`, selector?.matchLabels))),
    ],
    fix: 'give keys and values of at most 63 letters, digits and inner hyphens, underscores and dots; a key may have a DNS subdomain and a slash in front',
  },
  {
    code: 'PGTLS-P88',
    title: 'storage that cannot hold a database',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes, Persistent Volumes; initdb needs about 40 MB and writes WAL beside it',
    check: ({ props: { storage } }) => {
      const { durableOptions: data } = storage ?? {};
      const claims = data === undefined ? [] : [['storage', data] as const, ...(data.wal ? [['storage wal', data.wal] as const] : [])];
      return claims.flatMap(([what, { size, storageClassName, accessMode }]) => {
        const fault = storageClassName === undefined ? undefined : dnsSubdomainError(storageClassName);
        const kib = kibibytes(size);
        return [
          ...when(accessMode === PersistentVolumeAccessMode.READ_ONLY_MANY, () => `${what}: accessMode ReadOnlyMany lets nobody write`),
          ...when(fault !== undefined, () => `${what}: storageClassName '${storageClassName}' ${fault}`),
          ...when(kib > 0 && kib < (what === 'storage' ? LEAST_DATA_KIB : LEAST_WAL_KIB), () => `${what}: ${formatQuantity(size)} is too small for a database`),
        ];
      });
    },
    fix: 'give at least 256Mi for data and 64Mi for WAL, a mode that can write, and the name of a StorageClass',
  },
  {
    code: 'PGTLS-P91',
    title: 'ephemeral storage that ends before its size',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Kubernetes, Local ephemeral storage: a pod that uses more than an emptyDir or its containers may is evicted, and an emptyDir goes with it',
    check: ({ props: { storage, resources, monitor, podTemplate = {} } }) => {
      if (storage.isDurable) { return []; }
      const { _size: size, sizeLimit } = storage;
      const own = resources?.ephemeralStorage?.limit;
      // kubelet adds up the limits of all containers that have one.
      const limit = [resources, podTemplate.reloaderResources, monitor?.resources].map((amounts) => amounts?.ephemeralStorage?.limit)
        .reduce((sum, amount) => sum + (amount === undefined ? 0 : kibibytes(amount)), 0);
      const given = size === undefined ? [['sizeLimit', sizeLimit] as const] : [['size', size] as const, ['sizeLimit', sizeLimit] as const];
      return [
        ...given.flatMap(([what, amount]) => when(amount !== undefined && kibibytes(amount) > 0 && kibibytes(amount) < LEAST_DATA_KIB,
          () => `storage: ${what} ${formatQuantity(amount!)} is too small for a database`)).slice(0, 1),
        ...when(size !== undefined && kibibytes(sizeLimit!) < kibibytes(size), () => `storage: sizeLimit ${formatQuantity(sizeLimit!)} is below size ${formatQuantity(size!)}`),
        ...when(own !== undefined && sizeLimit !== undefined && limit < kibibytes(sizeLimit),
          () => `storage: the data may take ${formatQuantity(sizeLimit!)}, and resources allow ${formatQuantity(Size.kibibytes(limit))} of ephemeral storage`),
      ];
    },
    fix: 'give at least 256Mi, a sizeLimit of at least size, and a limit for ephemeral storage that leaves room for temporary files beside the data',
  },
];

const LEAST_DATA_KIB = 256 * 1024;
const LEAST_WAL_KIB = 64 * 1024;

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
    ...when(named !== undefined && named !== String(major), () => `image '${image}' is of PostgreSQL ${named}, and the version says ${major}`),
    ...when(uid !== undefined && isUserId(uid) && uid !== POSTGRES_UID && namesUser && isOfficialImage(image), () => `image '${image}' has no user of UID ${uid}: initdb could not look it up`),
    ...when(programs !== undefined && !/^\/[^\s:$]+$/.test(programs), () => `layout.programs '${programs}' is not an absolute path of a directory`),
    ...(known === undefined || isArbitrary ? [] : userFaults(`image '${image}'`, known, { uid, gid, namesUser })),
  ];
}

/** Whether a known image has the user that it is said to have. */
function userFaults(image: string, known: KnownImage, { uid, gid, namesUser }: { readonly uid?: number; readonly gid?: number; readonly namesUser: boolean }): string[] {
  const wanted = known.uid === undefined ? 'another UID' : `UID ${known.uid}`;
  const options = [
    ...(uid === undefined ? [`uid: ${known.uid ?? '…'}`] : []), ...(gid === undefined && known.gid !== undefined ? [`gid: ${known.gid}`] : []),
    ...(known.namesUser || !namesUser ? [] : ['layout: { namesUser: false }']),
  ].join(', ');
  if (uid === undefined) { return [`${image} has a user postgres with ${wanted}, and the pod runs as ${POSTGRES_UID}: give { ${options} }`]; }
  return when(!known.namesUser && namesUser, () => `${image} has no name for UID ${uid} in its /etc/passwd, which initdb looks up: give { ${options} }`);
}

function isUserId(id: number): boolean {
  return Number.isInteger(id) && id >= 1 && id <= 2147483647;
}

/** Whether text is sorted by a library of the image; the C library sorts by code point in these locales alone. */
function isFromLibrary(provider: string, name: string): boolean {
  return provider === 'icu' || (provider === 'libc' && !['c', 'posix', 'c.utf8'].includes(name.toLowerCase().replace(/[-_]/g, '')));
}

function isMissing(image: string, provider: string, name: string): boolean {
  return provider === 'libc' && isOfficialImage(image) && !hasLocale(name);
}

/** What a container asks for and may not have. Quantities may be of any cdk8s-plus, or plain texts. */
function requestFaults(where: string, resources: unknown): string[] {
  const { requests, limits } = mapping(asGiven(undefined, resources));
  return Object.entries(mapping(requests)).flatMap(([resource, request]) => {
    const limit = mapping(limits)[resource];
    const [asked, most] = [parseQuantity(request), parseQuantity(limit)];
    return when(asked !== undefined && most !== undefined && asked > most, () => `${where}: ${resource} request ${String(request)} is above the limit ${String(limit)}`);
  });
}
