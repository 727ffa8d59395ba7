import { duplicates, mapping, mappings, text } from '../../data';
import { ContainerView, displayName, FileSource } from '../../kubernetes';
import { CertificateNode, producesKey } from '../../pki';
import {
  CertificateMount, certificateOf, csiFaults, hasReloadPath, imageName, isRestartedFor, PodContext, PodFile, podsOf, postgresKeys, showsKey,
  unreadable,
} from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

const TEMPORARY = 'cert-manager.io/issue-temporary-certificate';

/** Programs that terminate TLS in front of a database and may share its certificate. */
const PROXIES = /pgbouncer|pgpool|pgcat|odyssey|supavisor|haproxy|envoy|nginx|stunnel|traefik/;

/** Rules for certificates that pods mount. */
export const MOUNT_RULES = ruleTable(podsOf, [
  {
    code: 'PGTLS-A11',
    title: 'issue-temporary-certificate on the certificate of a database server',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager pkg/util/pki/temporarycertificate.go: signed by a throw-away CA that no peer trusts, without ca.crt',
    check: (context) =>
      certificatesOf(serverMounts(context))
        .filter(({ at }) => text(mapping(mapping(at.manifest['metadata'])['annotations'])[TEMPORARY]) === 'true')
        .map(({ at }) => `${displayName(at)} has the annotation ${TEMPORARY}, and the database mounts its Secret`),
    fix: 'remove the annotation: the pod then waits until the real certificate is issued',
  },
  {
    code: 'PGTLS-C06',
    title: 'volume or variable uses a Secret key that the Certificate does not write',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes pkg/volume/secret/secret.go; cert-manager pkg/controller/certificates/issuing/internal/secret.go',
    check: (context) => [
      ...context.pod.sources.filter(({ optional }) => !optional).flatMap((source) => (source.items ?? []).flatMap(({ key }) => {
        const certificate = certificateOf(context.pod, context.manifests, source);
        return when(certificate !== undefined && producesKey(certificate, key) === false,
          () => `volume '${source.volume}' uses key '${key}' of Secret '${source.name}', ${missing(certificate!, key)}`);
      })),
      ...environmentKeys(context).filter(({ isOptional, key, certificate }) => !isOptional && key !== undefined && producesKey(certificate, key) === false)
        .map(({ container, name, key, certificate }) => `variable '${name}' of container '${container.name}' uses key '${key}' of Secret '${certificate.secretName}', ${missing(certificate, key!)}`),
    ],
    fix: 'use a key that the Secret contains, or configure the Certificate to write it (additionalOutputFormats, keystores, an issuer that provides ca.crt)',
  },
  {
    code: 'PGTLS-C08',
    title: 'invalid attributes of a cert-manager CSI driver volume',
    consequence: Consequence.NEVER_READY,
    source: 'csi-driver pkg/apis/validation/validation.go, pkg/requestgen/generator.go',
    check: ({ pod, manifests }) => csiFaults(pod, manifests),
    fix: 'correct the attribute as described in https://cert-manager.io/docs/usage/csi-driver/',
  },
  {
    code: 'PGTLS-E12',
    title: 'CA certificate used as server or client certificate',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'RFC 5280, 4.2.1.9: the key of a CA certificate signs certificates',
    check: (context) => caFilesInUse(context).map(({ certificate, use }) => `${use} presents ${displayName(certificate.at)}, which is a CA certificate (isCA)`),
    fix: 'issue a leaf certificate from this CA and mount that instead',
  },
  {
    code: 'PGTLS-E16',
    severity: Severity.WARNING,
    title: 'CA private key mounted into a pod',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'RFC 5280, 4.2.1.9: the key of a CA certificate signs certificates',
    check: (context) => {
      const used = new Set(caFilesInUse(context).map(({ certificate }) => certificate));
      return context.mounts.filter(({ certificate, source }) => certificate.isCa && showsKey(source) && !used.has(certificate))
        .map(({ certificate, container, source }) => `container '${container.name}' mounts the private key of the CA ${displayName(certificate.at)} in volume '${source.volume}'`);
    },
    fix: 'mount ca.crt or tls.crt only (items), or acknowledge the warning if the pod has to sign certificates',
  },
  {
    code: 'PGTLS-F01',
    title: 'private key file has group or world access',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL src/backend/libpq/be-secure-common.c, libpq fe-secure-openssl.c: a key file owned by root may be readable by its group, and may not be accessible to others',
    check: (context) => postgresKeys(context).filter(({ mode }) => (mode & 0o037) !== 0)
      .map(({ container, source, key, mode }) => `container '${container.name}' mounts ${key} of Secret '${source.name}' with mode ${octal(mode)}, which PostgreSQL and libpq reject`),
    fix: 'set defaultMode 0440 (288) on the volume, and fsGroup on the pod to a group of the process',
  },
  {
    code: 'PGTLS-F02',
    title: 'certificate or private key file not readable by the process',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes pkg/volume/volume_linux.go: files are owned by root, and only fsGroup gives them another group',
    check: (context) => unreadable(context)
      .map(({ container, source, key, mode }) => `container '${container.name}' does not run as root and the pod has no fsGroup, but ${key} of Secret '${source.name}' has mode ${octal(mode)}`),
    fix: 'set fsGroup on the pod: kubelet then makes the files readable for that group',
  },
  {
    code: 'PGTLS-F03',
    title: 'renewed certificate not visible to the pod (subPath or environment variable)',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes, Secrets: a container that uses a Secret as subPath or environment variable does not get updates',
    check: (context) => {
      const lasts = ({ certificate, container }: { certificate: CertificateNode; container: ContainerView }) =>
        certificate.isRenewed && !container.isInit && !context.pod.isJob && !isRestartedFor(context.pod, certificate);
      return [
        ...context.mounts.filter((mount) => mount.mount.subPath !== '' && lasts(mount))
          .map(({ container, mount, source }) => `container '${container.name}' mounts '${mount.subPath}' of Secret '${source.name}' as subPath at '${mount.mountPath}', which is not updated at renewal`),
        ...environmentKeys(context).filter((variable) => lasts(variable) && (variable.key === undefined || producesKey(variable.certificate, variable.key) !== false))
          .map(({ container, name, certificate }) => `container '${container.name}' reads ${name === '' ? 'variables' : `variable '${name}'`} from Secret '${certificate.secretName}', which is not updated at renewal`),
      ];
    },
    fix: 'mount the Secret as a directory, or restart the pod at each renewal',
  },
  {
    code: 'PGTLS-F04',
    title: 'optional Secret volume for TLS files',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes, Secrets: an optional Secret that does not exist yet is mounted as an empty directory',
    check: (context) =>
      [...new Set([...tlsFiles(context).map(({ source }) => source), ...context.servers.flatMap(({ presumedMounts }) => presumedMounts).map(({ source }) => source)])]
        .filter(({ kind, optional }) => kind === 'Secret' && optional)
        .map(({ name, volume }) => `volume '${volume}' with Secret '${name}' is optional: PostgreSQL starts without the files if the certificate is not issued yet`),
    fix: 'remove optional: kubelet then keeps the pod waiting until the Secret exists',
  },
  {
    code: 'PGTLS-F05',
    severity: Severity.WARNING,
    title: 'server not reloaded after certificate renewal',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL reads certificates at start and at SIGHUP',
    // Servers of this package have a reloader container.
    check: (context) => (context.servers.every(({ isOurs }) => isOurs) ? [] :
      certificatesOf(serverMounts(context).filter(({ mount }) => mount.subPath === ''))
        .filter((certificate) => certificate.isRenewed && !hasReloadPath(context, certificate))
        .map((certificate) => `nothing reloads the server when the certificate in Secret '${certificate.secretName}' is renewed: it keeps serving the old certificate`)),
    fix: 'add a sidecar that calls pg_reload_conf(), annotate the workload for Reloader, or acknowledge the warning if something else reloads the server',
  },
  {
    code: 'PGTLS-F06',
    title: 'two mounts or two files at the same path',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes pkg/apis/core/validation/validation.go; what validation accepts hides one of the two',
    check: (context) => [
      ...context.pod.containers.flatMap(({ name, mounts }) =>
        duplicates(mounts.map(({ folder }) => folder)).map((path) => `container '${name}' mounts two volumes at '${path.replace(/(.)\/$/, '$1')}'`)),
      ...[...new Set(context.pod.sources.map(({ volume }) => volume))].flatMap((volume) =>
        duplicates(context.pod.sources.filter((source) => source.volume === volume).flatMap((source) => shownPaths(context, source)))
          .map((path) => `volume '${volume}' has two files at '${path}'`)),
    ],
    fix: 'use a different path for each',
  },
  {
    code: 'PGTLS-F07',
    severity: Severity.WARNING,
    title: 'server private key mounted into another pod',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager, trust: a client needs the CA certificate, not the private key of its server',
    check: (context) => {
      if (context.servers.length > 0 || context.pod.containers.some(({ image }) => PROXIES.test(imageName(image)))) { return []; }
      return context.mounts.filter(({ certificate, source }) => !certificate.isCa && showsKey(source) && context.workloads.isServerCertificate(certificate))
        .map(({ container, source, certificate }) => `container '${container.name}' mounts the private key of the server's ${displayName(certificate.at)} in volume '${source.volume}'`);
    },
    fix: 'mount ca.crt only (items), and give the client its own certificate',
  },
] satisfies Rule<PodContext>[]);

/** The Certificates that the servers of a pod use: named by their settings, or presumed where the settings are not visible. */
function serverMounts({ servers }: PodContext): CertificateMount[] {
  return servers.flatMap((server) => {
    const { certificateFile, keyFile, caFile } = server;
    const sources = [certificateFile, keyFile, caFile].map((file) => file?.source);
    return [...server.mounts.filter(({ source }) => sources.includes(source)), ...server.presumedMounts];
  });
}

function tlsFiles({ servers, clients }: PodContext): PodFile[] {
  return [...servers, ...clients].flatMap(({ certificateFile, keyFile, caFile }) => [certificateFile, keyFile, caFile]).filter((file) => file !== undefined);
}

function certificatesOf(mounts: ReadonlyArray<CertificateMount>): CertificateNode[] {
  return [...new Set(mounts.map(({ certificate }) => certificate))];
}

/** CA certificates that a server or a client of the pod presents to its peers. */
function caFilesInUse(context: PodContext): Array<{ readonly certificate: CertificateNode; readonly use: string }> {
  const uses = [
    ...context.servers.flatMap((server) => [server.certificate, ...server.presumedMounts.map((mount) => mount.certificate)].map((certificate) => ({ certificate, use: 'the server' }))),
    ...context.clients.map(({ certificate, container }) => ({ certificate, use: `the client in container '${container.name}'` })),
  ];
  return uses.filter((use): use is { certificate: CertificateNode; use: string } => use.certificate?.isCa === true)
    .filter(({ certificate }, index, all) => all.findIndex((other) => other.certificate === certificate) === index);
}

interface EnvironmentKey {
  readonly container: ContainerView;
  /** Empty where every key becomes a variable. */
  readonly name: string;
  readonly key: string | undefined;
  readonly isOptional: boolean;
  readonly certificate: CertificateNode;
}

/** Variables that hold keys of a Certificate's Secret. */
function environmentKeys({ pod, manifests }: PodContext): EnvironmentKey[] {
  const of = (container: ContainerView, variable: string, secret: unknown, key: string | undefined): EnvironmentKey[] => {
    const { name, optional } = mapping(secret);
    const certificate = text(name) === '' ? undefined : manifests.writersOf(pod.at.namespace, text(name))[0];
    return certificate === undefined ? [] : [{ container, name: variable, key, isOptional: optional === true, certificate }];
  };
  return pod.containers.flatMap((container) => [
    ...mappings(container.spec['env']).flatMap(({ name, valueFrom }) => {
      const { secretKeyRef } = mapping(valueFrom);
      return of(container, text(name), secretKeyRef, text(mapping(secretKeyRef)['key']));
    }),
    ...mappings(container.spec['envFrom']).flatMap(({ secretRef }) => of(container, '', secretRef, undefined)),
  ]);
}

/** The paths below the volume that a source is known to create. */
function shownPaths({ pod, manifests }: PodContext, source: FileSource): string[] {
  if (source.items !== undefined) { return source.items.map(({ path }) => path); }
  return certificateOf(pod, manifests, source) === undefined ? [] : ['tls.crt', 'tls.key'];
}

function missing({ at, issuer }: CertificateNode, key: string): string {
  return /^(ca\.crt|truststore\.)/.test(key) && issuer?.providesCaCertificate === false
    ? `which ${displayName(issuer.at)} does not provide`
    : `which ${displayName(at)} does not write`;
}

function octal(mode: number): string {
  return `0${mode.toString(8)}`;
}
