import { type AvailabilityPlan, memberCount } from './availability-plan';
import type { GivenMetadata } from './common-metadata';
import { Layout, layoutOf } from './layout';
import { ObjectNames, objectNames } from './names';
import { operatorServices } from './operator-services';
import { memoryLimitKib } from './resources';
import { ServerNamesPlan, serverNamesPlan } from './server-names-plan';
import { type Declarations, NO_DECLARATIONS } from '../declarations';
import type { PostgresProps } from '../postgres-props';
import { ClientAuthMode, SslMode } from '../ssl-mode';
import { POSTGRES_UID } from '../../postgresql';
import { TrustSource } from '../../trust';

/** What every feature may rely on, with defaults applied: names, version, whether the server has TLS on. */
export interface DatabaseBasics {
  readonly name: string;
  /** Labels and annotations of every object. */
  readonly metadata: GivenMetadata;
  readonly namespace: string;
  readonly names: ObjectNames;
  readonly clusterDomain: string;
  readonly major: number;
  readonly image: string;
  /** UID of `postgres` in the image, which the pod runs as unless the platform chooses. */
  readonly userId: number;
  /** GID and fsGroup of the pod. */
  readonly groupId: number;
  /** Whether the platform chooses the UID. */
  readonly arbitraryUserId: boolean;
  /** Whether the pod has a password file of its own, for a UID that the image does not name. */
  readonly passwordFile: boolean;
  /** Directory of PostgreSQL's programs; undefined where they are on the PATH of the image. */
  readonly programs?: string;
  readonly layout: Layout;
  /** Undefined where the database container has no memory limit. */
  readonly memoryLimitKib?: number;
  readonly sslMode: SslMode;
  readonly clientAuthMode: ClientAuthMode;
  /** Whether the server has TLS on. */
  readonly tls: boolean;
  /** The names on the server's certificate, and which of them clients use. */
  readonly serverNames: ServerNamesPlan;
  /** The CA certificates with which the server verifies clients. */
  readonly trustedClientCas: TrustSource;
  /** The CA certificates with which clients verify the server. */
  readonly trustedServerCas: TrustSource;
  /** The ConfigMap with the scripts of the pod; undefined where they are in that of the database. */
  readonly scripts?: SharedScriptsPlan;
  /** What runs the database. */
  readonly availability: AvailabilityPlan;
  /** Number of servers. */
  readonly members: number;
  /** The databases, roles and clients that are declared. */
  readonly declarations: Declarations;
}

/** A ConfigMap that databases share. */
export interface SharedScriptsPlan {
  readonly configMapName: string;
  /** Empty where its chart has none. */
  readonly namespace: string;
}

/** Id, namespace and path of the construct. */
export interface Placement {
  readonly id: string;
  /** Empty where the chart has none. */
  readonly namespace: string;
  /** Path of the construct, for errors. */
  readonly path?: string;
}

/** Applies defaults. Contradictions in the props are kept, for the rules to report. */
export function databaseBasics(props: PostgresProps, { id, namespace }: Placement, declarations: Declarations = NO_DECLARATIONS): DatabaseBasics {
  const { version, podTemplate } = props;
  const { name = id, labels, annotations } = props.metadata ?? {};
  const clusterDomain = props.clusterDomain ?? 'cluster.local';
  const sslMode = props.sslMode ?? (props.tls ? SslMode.VERIFY_FULL : SslMode.DISABLE);
  const tls = props.tls !== undefined && sslMode !== SslMode.DISABLE;
  const availability = props.highAvailability?._choice ?? { engine: 'statefulset' };
  const { dnsNames, ipAddresses } = props.tls?.certificates?.server ?? {};
  return {
    name,
    metadata: { labels, annotations },
    namespace,
    names: objectNames(name),
    clusterDomain,
    major: version.major,
    image: availability.engine === 'patroni' ? availability.options.image : version.image,
    userId: version.uid ?? POSTGRES_UID,
    groupId: version.gid ?? version.uid ?? POSTGRES_UID,
    arbitraryUserId: podTemplate?.arbitraryUserId ?? false,
    passwordFile: podTemplate?.arbitraryUserId === true || version.layout?.namesUser === false,
    programs: version.layout?.programs,
    layout: layoutOf(version.major),
    memoryLimitKib: memoryLimitKib(props.resources),
    sslMode,
    clientAuthMode: props.clientAuthMode ?? (tls ? ClientAuthMode.CERT : ClientAuthMode.SCRAM),
    tls,
    serverNames: serverNamesPlan({
      name, namespace, clusterDomain, services: operatorServices(name, availability), ...(tls ? { serverNames: props.tls?.serverNames, dnsNames, ipAddresses } : {}),
    }),
    trustedClientCas: props.tls?.trustedClientCas ?? TrustSource.fromIssuedSecret(),
    trustedServerCas: props.tls?.trustedServerCas ?? TrustSource.fromIssuedSecret(),
    ...(props.scripts ? { scripts: { configMapName: props.scripts.configMapName, namespace: props.scripts.namespace ?? '' } } : {}),
    availability,
    members: memberCount(availability),
    declarations,
  };
}
