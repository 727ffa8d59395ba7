import { CertificatePlan, certificatePlans } from './certificates';
import { ClientCaPlan, clientCaPlan, clientCaSecret } from './client-ca';
import { exporterPlan, ExporterPlan } from './exporter';
import { accessRows } from './host-based-access';
import { WalVolume } from './initdb-settings';
import { Layout, layoutOf } from './layout';
import { ObjectNames, objectNames } from './names';
import type { IIssuer } from '../../cert-manager';
import { asksForCertificate, HbaRow, Parameter, POSTGRES_UID } from '../../postgresql';
import { TrustSource } from '../../trust';
import { serverParameters } from './parameters';
import { kibibytes } from './quantity';
import { memoryLimitKib } from './resources';
import { ServerNamesPlan, serverNamesPlan } from './server-names';
import { systemAccess, systemMappings, systemRoles } from './system-roles';
import type { PostgresProps } from '../postgres-props';
import type { UserMapping } from '../access-rule';
import type { PostgresInit } from '../initialization';
import { CertificateAlias, ClientAuthMode, SslMode } from '../ssl-mode';
import { SuperuserAccess } from '../superuser-access';
import type { PostgresStorage } from '../storage';
import type { CertificateRevocationList } from '../tls-options';

/** A database with every default applied: plain data, the input of the proofs and of the renderers. */
export interface PostgresPlan {
  readonly name: string;
  readonly namespace: string;
  readonly names: ObjectNames;
  readonly clusterDomain: string;
  readonly major: number;
  readonly image: string;
  /** UID of `postgres` in the image, which the pod runs as unless the platform chooses. */
  readonly userId: number;
  /** GID and fsGroup of the pod. */
  readonly groupId: number;
  readonly sslMode: SslMode;
  readonly clientAuthMode: ClientAuthMode;
  /** Whether the server has TLS on. */
  readonly tls: boolean;
  readonly layout: Layout;
  /** The names on the server's certificate, and which of them clients use. */
  readonly serverNames: ServerNamesPlan;
  /** Empty without TLS. */
  readonly certificates: ReadonlyArray<CertificatePlan>;
  /** Secret with the superuser's password; undefined where it has none. */
  readonly authSecretName?: string;
  readonly init: PostgresInit;
  /** Whether the platform chooses the UID. */
  readonly arbitraryUserId: boolean;
  /** Whether the pod has a password file of its own, for a UID that the image does not name. */
  readonly passwordFile: boolean;
  /** Directory of PostgreSQL's programs; undefined where they are on the PATH of the image. */
  readonly programs?: string;
  /** Undefined where nobody fetches metrics. */
  readonly exporter?: ExporterPlan;
  /** Undefined where the database container has no memory limit. */
  readonly memoryLimitKib?: number;
  readonly parameters: ReadonlyArray<Parameter>;
  readonly access: ReadonlyArray<HbaRow>;
  readonly userMappings: ReadonlyArray<UserMapping>;
  readonly superuser: SuperuserAccess;
  /** Whether the server checks client certificates. */
  readonly clientAuthority: boolean;
  /** The CA of what logs in; undefined where nothing logs in with a certificate. */
  readonly clientCa?: ClientCaPlan;
  /** Secret whose `ca.crt` verifies clients, unless `clientAuthorities` says where else; undefined where there is none. */
  readonly clientCaSecretName?: string;
  readonly clientAuthorities: TrustSource;
  readonly serverAuthorities: TrustSource;
  readonly revocationList?: CertificateRevocationList;
}

/** Where the database stands in the tree. */
export interface Placement {
  readonly id: string;
  /** Empty where the chart has none. */
  readonly namespace: string;
}

/** Applies every default, once. Contradictions in the props come out as contradictions in the plan, for the proofs to find. */
export function resolvePlan(props: PostgresProps, { id, namespace }: Placement): PostgresPlan {
  const name = props.name ?? id;
  const clusterDomain = props.clusterDomain ?? 'cluster.local';
  const sslMode = props.sslMode ?? (props.tls ? SslMode.VERIFY_FULL : SslMode.DISABLE);
  const tls = props.tls !== undefined && sslMode !== SslMode.DISABLE;
  const clientAuthMode = props.clientAuthMode ?? (tls ? ClientAuthMode.CERT : ClientAuthMode.SCRAM);
  const layout = layoutOf(props.version.major);
  const clientAuthorities = props.tls?.clientAuthorities ?? TrustSource.fromIssuedSecret();
  const options = props.tls?.certificates ?? [];
  const { dnsNames, ipAddresses } = options.find(({ alias }) => alias === CertificateAlias.SERVER) ?? {};
  const serverNames = serverNamesPlan({ name, namespace, clusterDomain, ...(tls ? { serverNames: props.tls?.serverNames, dnsNames, ipAddresses } : {}) });
  const exporter = exporterPlan(props.monitor, tls, serverNames);
  const superuser = props.superuserAccess ?? SuperuserAccess.local();
  const access = accessRows({
    sslMode, clientAuthMode, system: systemAccess(exporter), systemRoles: systemRoles(exporter), superuser,
    clientCertificate: props.clientCertificate, rules: (props.accessRules ?? []).map((rule) => rule._row),
  });
  const certificates = tls
    ? certificatePlans({ name, namespace, clusterDomain, options, serverNames, superuser: superuser.by === 'certificate', exporter: exporter !== undefined })
    : [];
  const clientAuthority = tls && access.some(asksForCertificate);
  const memoryLimit = memoryLimitKib(props.resources);
  const hasClientCa = certificates.length > 1 || props.tls?.clientCa !== undefined || (clientAuthority && clientAuthorities.isIssuedSecret);
  const clientCa = tls && hasClientCa ? clientCaPlan(name, props.tls!) : undefined;
  return {
    name,
    namespace,
    names: objectNames(name),
    clusterDomain,
    major: props.version.major,
    image: props.version.image,
    userId: props.version.uid ?? POSTGRES_UID,
    groupId: props.version.gid ?? props.version.uid ?? POSTGRES_UID,
    sslMode,
    clientAuthMode,
    tls,
    layout,
    serverNames,
    certificates,
    superuser,
    clientCa,
    clientCaSecretName: clientCa && clientCaSecret(clientCa, certificates, serverIssuer(props)),
    authSecretName: superuser.by === 'password' ? superuser.secretName ?? `${name}-auth` : undefined,
    init: props.init ?? {},
    arbitraryUserId: props.podTemplate?.arbitraryUserId ?? false,
    passwordFile: props.podTemplate?.arbitraryUserId === true || props.version.layout?.namesUser === false,
    programs: props.version.layout?.programs,
    memoryLimitKib: memoryLimit,
    parameters: serverParameters({
      layout,
      tls: tls ? props.tls : undefined,
      clientAuthMode,
      access,
      major: props.version.major,
      memoryLimitKib: memoryLimit,
      hugePages: props.hugePages,
      init: props.init,
      wal: walVolume(props.storage),
      own: props.parameters ?? {},
    }),
    access,
    userMappings: [...systemMappings(exporter), ...(props.userMappings ?? [])],
    exporter,
    clientAuthority,
    clientAuthorities,
    serverAuthorities: props.tls?.serverAuthorities ?? TrustSource.fromIssuedSecret(),
    revocationList: tls ? props.tls?.certificateRevocationList : undefined,
  };
}

/** The certificate of an alias, for a plan with TLS. */
export function certificateOf(plan: PostgresPlan, alias: CertificateAlias): CertificatePlan | undefined {
  return plan.certificates.find((certificate) => certificate.alias === alias);
}

/** The volume that WAL grows on: its own, or that of the data. */
export function walVolume(storage: PostgresStorage | undefined): WalVolume {
  const wal = storage?.durableOptions?.wal?.size;
  const size = wal ?? storage?.durableOptions?.size ?? storage?.sizeLimit;
  return { sizeKib: size && kibibytes(size), isOwn: wal !== undefined };
}

function serverIssuer({ tls }: PostgresProps): IIssuer | undefined {
  return tls?.certificates?.find(({ alias }) => alias === CertificateAlias.SERVER)?.issuer ?? tls?.issuer;
}
