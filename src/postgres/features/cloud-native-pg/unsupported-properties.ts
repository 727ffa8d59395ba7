import { unsupportedDeclarations } from './unsupported-declarations';
import type { UnsupportedProperty } from './unsupported-property';
import type { DatabaseContext } from '../../plan/database-context';
import { isOfficialImage } from '../../../postgresql';

/** A property, and whether it is given. */
interface Property extends UnsupportedProperty {
  readonly isGiven: (context: DatabaseContext) => boolean;
}

const OPERATOR_PODS = 'changes the pod, which the operator makes';
const REMOVE = 'remove it';

/** By its value: the enum is another feature's. */
const DELETE = 'Delete' as DatabaseContext['props']['deletionPolicy'];

const PROPERTIES: ReadonlyArray<Property> = [
  {
    property: 'tls', isGiven: ({ plan }) => !plan.tls, reason: 'is not set, or sslMode turns it off, and a Cluster always has TLS',
    instead: 'set tls with an issuer, and remove sslMode',
  },
  {
    property: 'deletionPolicy', isGiven: ({ props }) => props.deletionPolicy !== DELETE,
    reason: 'keeps volumes unless it is DeletionPolicy.DELETE, and the operator deletes the volumes of a Cluster that is deleted',
    instead: 'set deletionPolicy to DeletionPolicy.DELETE; a StorageClass with reclaimPolicy Retain keeps the data',
  },
  {
    property: 'version', isGiven: ({ props: { version, highAvailability } }) => hasOwnImage(version) && version.image !== imageOf(highAvailability),
    reason: 'describes an image of its own, which is not used', instead: 'give the image in highAvailability, and the major version in version: PostgresVersion.V18 for example',
  },
  { property: 'storage', isGiven: ({ props }) => !props.storage.isDurable, reason: 'is ephemeral, and instances have volume claims', instead: 'use PostgresStorage.durable' },
  {
    property: 'storage.dataSource', isGiven: ({ plan }) => plan.claims.some(({ dataSource }) => dataSource !== undefined),
    reason: 'creates a volume from another one, and the operator restores a Cluster by bootstrap.recovery', instead: REMOVE,
  },
  {
    property: 'init.scripts', isGiven: ({ props }) => props.init?.scripts !== undefined, reason: 'has scripts for the init container, which instances do not have',
    instead: 'declare databases, roles and extensions with addDatabase, addRole and addClient, and run migrations as a client',
  },
  { property: 'scripts', isGiven: ({ props }) => props.scripts !== undefined, reason: 'shares the scripts of the pod, and instances have none', instead: REMOVE },
  {
    property: 'monitor', isGiven: ({ props }) => props.monitor !== undefined, reason: 'adds an exporter to the pod, and instances have one of their own at port 9187',
    instead: 'remove it, and scrape the pods with the label cnpg.io/cluster with a PodMonitor',
  },
  { property: 'hugePages', isGiven: ({ props }) => props.hugePages !== undefined, reason: 'was not tried with pods of the operator', instead: REMOVE },
  {
    property: 'superuserAccess', isGiven: ({ plan }) => plan.superuserSecretName !== undefined, reason: 'is by password, and the operator reads user name and password from a Secret of its own form',
    instead: 'use SuperuserAccess.certificate() or SuperuserAccess.local()',
  },
  {
    property: 'tls.certificateRevocationList', isGiven: ({ props }) => props.tls?.certificateRevocationList !== undefined,
    reason: 'sets ssl_crl_file, which the operator rejects', instead: 'remove it; short lifetimes of client certificates take its place',
  },
  {
    property: 'tls.trustedClientCas', isGiven: ({ plan: { trustedClientCas } }) => !trustedClientCas.isIssuedSecret && (trustedClientCas.secretName === undefined || trustedClientCas.key !== 'ca.crt'),
    reason: 'is not key ca.crt of a Secret, which is what clientCASecret names', instead: 'use TrustSource.fromSecret with key ca.crt, or remove it',
  },
  { property: 'services.primary', isGiven: ({ props }) => props.services?.primary !== undefined, reason: 'has options of a Service that the operator makes', instead: REMOVE },
  { property: 'services.stats', isGiven: ({ props }) => props.services?.stats !== undefined, reason: 'has options of a Service for the exporter, which instances do not have', instead: REMOVE },
  { property: 'network.mesh', isGiven: ({ props }) => props.network?._options.mesh !== undefined, reason: 'was not tried with pods of the operator', instead: REMOVE },
  ...(['ipFamilyPolicy', 'ipFamilies'] as const).map((name): Property => ({
    property: `network.${name}`, isGiven: ({ props }) => props.network?._options[name] !== undefined, reason: 'sets the IP families of Services that the operator makes', instead: REMOVE,
  })),
  ...([
    'runtimeClassName', 'terminationGracePeriod', 'arbitraryUserId', 'initResources', 'reloaderResources', 'volumes', 'volumeMounts', 'containers', 'initContainers',
  ] as const).map((name): Property => ({
    property: `podTemplate.${name}`, isGiven: ({ props }) => props.podTemplate?.[name] !== undefined && props.podTemplate[name] !== false, reason: OPERATOR_PODS, instead: REMOVE,
  })),
];

/** All that is asked of the database and that a Cluster cannot have. */
export function unsupportedProperties(context: DatabaseContext): UnsupportedProperty[] {
  return [...PROPERTIES.filter(({ isGiven }) => isGiven(context)), ...unsupportedDeclarations(context.plan)];
}

function hasOwnImage({ image, uid, gid, layout }: DatabaseContext['props']['version']): boolean {
  return !isOfficialImage(image) || uid !== undefined || gid !== undefined || layout !== undefined;
}

function imageOf(highAvailability: DatabaseContext['props']['highAvailability']): string | undefined {
  return highAvailability?._choice.engine === 'cloudnativepg' ? highAvailability._choice.options.image : undefined;
}
