import { duplicates, mapping, mappings, text } from '../../data';
import { ContainerView, displayName, FileSource } from '../../kubernetes';
import { CertificateNode, producesKey } from '../../pki';
import {
  CertificateMount, certificateOf, csiFaults, hasReloadPath, imageName, isRestartedFor, PodContext, PodFile, podsOf, postgresKeys, showsKey,
  unreadable,
} from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence, Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

const TEMPORARY = 'cert-manager.io/issue-temporary-certificate';

/** Programs that serve TLS in front of a database and may well share its certificate. */
const PROXIES = /pgbouncer|pgpool|pgcat|odyssey|supavisor|haproxy|envoy|nginx|stunnel|traefik/;

/** What is proven about how pods see certificates. */
export const MOUNT_RULES = ruleTable(podsOf, [
  {
    code: 'PGTLS-A11',
    title: 'a temporary certificate for a database',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager pkg/util/pki/temporarycertificate.go: it is signed by an authority that nobody has, and there is no ca.crt',
    check: (context) =>
      certificatesOf(serverMounts(context))
        .filter(({ at }) => text(mapping(mapping(at.manifest['metadata'])['annotations'])[TEMPORARY]) === 'true')
        .map(({ at }) => `the database mounts the Secret of ${displayName(at)}, which has the annotation ${TEMPORARY}`),
    fix: 'leave the annotation out: the pod waits until the real certificate is there',
  },
  {
    code: 'PGTLS-C06',
    title: 'a mounted key that the Certificate does not write',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes pkg/volume/secret/secret.go; cert-manager pkg/controller/certificates/issuing/internal/secret.go',
    check: (context) => [
      ...context.pod.sources.filter(({ optional }) => !optional).flatMap((source) => (source.items ?? []).flatMap(({ key }) => {
        const certificate = certificateOf(context.pod, context.manifests, source);
        return when(certificate !== undefined && producesKey(certificate, key) === false,
          () => `volume '${source.volume}' shows key '${key}' of Secret '${source.name}', ${missing(certificate!, key)}`);
      })),
      ...environmentKeys(context).filter(({ isOptional, key, certificate }) => !isOptional && key !== undefined && producesKey(certificate, key) === false)
        .map(({ container, name, key, certificate }) => `variable '${name}' of container '${container.name}' takes key '${key}' of Secret '${certificate.secretName}', ${missing(certificate, key!)}`),
    ],
    fix: 'name a key that is there, or have the Certificate write it (additionalOutputFormats, keystores, an issuer that gives ca.crt)',
  },
  {
    code: 'PGTLS-C08',
    title: 'a volume of the CSI driver that it refuses',
    consequence: Consequence.NEVER_READY,
    source: 'csi-driver pkg/apis/validation/validation.go, pkg/requestgen/generator.go',
    check: ({ pod, manifests }) => csiFaults(pod, manifests),
    fix: 'see https://cert-manager.io/docs/usage/csi-driver/ for what its attributes may hold',
  },
  {
    code: 'PGTLS-E12',
    title: 'an authority in the place of a server or client certificate',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'whoever reads the key of the pod can sign for everybody',
    check: (context) => caFilesInUse(context).map(({ certificate, use }) => `${use} shows ${displayName(certificate.at)}, which is an authority (isCA)`),
    fix: 'have the authority sign a certificate for it',
  },
  {
    code: 'PGTLS-E16',
    severity: Severity.WARNING,
    title: 'the key of an authority in a pod',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'whoever reads the key of the pod can sign for everybody',
    check: (context) => {
      const used = new Set(caFilesInUse(context).map(({ certificate }) => certificate));
      return context.mounts.filter(({ certificate, source }) => certificate.isCa && showsKey(source) && !used.has(certificate))
        .map(({ certificate, container, source }) => `container '${container.name}' sees the key of the authority ${displayName(certificate.at)} in volume '${source.volume}'`);
    },
    fix: 'show ca.crt or tls.crt alone (items), or acknowledge the warning where the pod has to sign',
  },
  {
    code: 'PGTLS-F01',
    title: 'a private key that PostgreSQL refuses for its mode',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL src/backend/libpq/be-secure-common.c, libpq fe-secure-openssl.c: a key of root has no bit for others and none but read for the group',
    check: (context) => postgresKeys(context).filter(({ mode }) => (mode & 0o037) !== 0)
      .map(({ container, source, key, mode }) => `container '${container.name}' sees ${key} of Secret '${source.name}' with mode ${octal(mode)}`),
    fix: 'set defaultMode 0440 (288) on the volume and an fsGroup of the process on the pod',
  },
  {
    code: 'PGTLS-F02',
    title: 'a certificate that the process cannot read',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes pkg/volume/volume_linux.go: files are root\'s, and only an fsGroup gives them another group',
    check: (context) => unreadable(context)
      .map(({ container, source, key, mode }) => `container '${container.name}' is not root and the pod has no fsGroup, yet ${key} of Secret '${source.name}' has mode ${octal(mode)}`),
    fix: 'set fsGroup on the pod: kubelet then gives the files that group and the right to read',
  },
  {
    code: 'PGTLS-F03',
    title: 'a certificate that the pod never sees renewed',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes, Secrets: a container that uses a Secret as subPath or environment variable does not get updates',
    check: (context) => {
      const lasts = ({ certificate, container }: { certificate: CertificateNode; container: ContainerView }) =>
        certificate.isRenewed && !container.isInit && !context.pod.isJob && !isRestartedFor(context.pod, certificate);
      return [
        ...context.mounts.filter((mount) => mount.mount.subPath !== '' && lasts(mount))
          .map(({ container, mount, source }) => `container '${container.name}' mounts '${mount.subPath}' of Secret '${source.name}' as subPath at '${mount.mountPath}'`),
        ...environmentKeys(context).filter((variable) => lasts(variable) && (variable.key === undefined || producesKey(variable.certificate, variable.key) !== false))
          .map(({ container, name, certificate }) => `container '${container.name}' takes ${name === '' ? 'variables' : `variable '${name}'`} from Secret '${certificate.secretName}'`),
      ];
    },
    fix: 'mount the Secret as a directory, or have the pod restarted at each renewal',
  },
  {
    code: 'PGTLS-F04',
    title: 'an optional Secret for TLS',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes, Secrets: an optional one that is not there yet is an empty directory',
    check: (context) =>
      [...new Set([...tlsFiles(context).map(({ source }) => source), ...context.servers.flatMap(({ presumedMounts }) => presumedMounts).map(({ source }) => source)])]
        .filter(({ kind, optional }) => kind === 'Secret' && optional)
        .map(({ name, volume }) => `volume '${volume}' with Secret '${name}' is optional: PostgreSQL starts without its files, before the certificate is issued`),
    fix: 'leave optional out: kubelet holds the pod until the certificate is there',
  },
  {
    code: 'PGTLS-F05',
    severity: Severity.WARNING,
    title: 'a server that nobody reloads',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL reads certificates at start and at SIGHUP',
    // Servers of this package have their reloader.
    check: (context) => (context.servers.every(({ isOurs }) => isOurs) ? [] :
      certificatesOf(serverMounts(context).filter(({ mount }) => mount.subPath === ''))
        .filter((certificate) => certificate.isRenewed && !hasReloadPath(context, certificate))
        .map((certificate) => `the server goes on with the old certificate of Secret '${certificate.secretName}' when it is renewed: nothing reloads it`)),
    fix: 'add a sidecar that calls pg_reload_conf(), annotate the workload for Reloader, or acknowledge the warning where something else does it',
  },
  {
    code: 'PGTLS-F06',
    title: 'two things at one path',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes pkg/apis/core/validation/validation.go; what validation lets pass hides one of the two',
    check: (context) => [
      ...context.pod.containers.flatMap(({ name, mounts }) =>
        duplicates(mounts.map(({ folder }) => folder)).map((path) => `container '${name}' mounts two volumes at '${path.replace(/(.)\/$/, '$1')}'`)),
      ...[...new Set(context.pod.sources.map(({ volume }) => volume))].flatMap((volume) =>
        duplicates(context.pod.sources.filter((source) => source.volume === volume).flatMap((source) => shownPaths(context, source)))
          .map((path) => `volume '${volume}' has two files at '${path}'`)),
    ],
    fix: 'give each a path of its own',
  },
  {
    code: 'PGTLS-F07',
    severity: Severity.WARNING,
    title: "the server's key in another pod",
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager, trust: a client needs the authority, not the key of its server',
    check: (context) => {
      if (context.servers.length > 0 || context.pod.containers.some(({ image }) => PROXIES.test(imageName(image)))) { return []; }
      return context.mounts.filter(({ certificate, source }) => !certificate.isCa && showsKey(source) && context.workloads.isServerCertificate(certificate))
        .map(({ container, source, certificate }) => `container '${container.name}' sees the key of the server certificate ${displayName(certificate.at)} in volume '${source.volume}'`);
    },
    fix: 'show ca.crt alone (items), and give the client a certificate of its own',
  },
] satisfies Rule<PodContext>[]);

/** Where the servers of a pod see Certificates for themselves: behind their settings, or beside settings that nobody sees. */
function serverMounts({ servers }: PodContext): CertificateMount[] {
  return servers.flatMap((server) => {
    const { certificateFile, keyFile, caFile: authorityFile } = server;
    const sources = [certificateFile, keyFile, authorityFile].map((file) => file?.source);
    return [...server.mounts.filter(({ source }) => sources.includes(source)), ...server.presumedMounts];
  });
}

function tlsFiles({ servers, clients }: PodContext): PodFile[] {
  return [...servers, ...clients].flatMap(({ certificateFile, keyFile, caFile: authorityFile }) => [certificateFile, keyFile, authorityFile]).filter((file) => file !== undefined);
}

function certificatesOf(mounts: ReadonlyArray<CertificateMount>): CertificateNode[] {
  return [...new Set(mounts.map(({ certificate }) => certificate))];
}

/** Authorities whose own certificate a server or a client of the pod shows to its peers. */
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

/** The paths below the volume that a source is known to fill. */
function shownPaths({ pod, manifests }: PodContext, source: FileSource): string[] {
  if (source.items !== undefined) { return source.items.map(({ path }) => path); }
  return certificateOf(pod, manifests, source) === undefined ? [] : ['tls.crt', 'tls.key'];
}

function missing({ at, issuer }: CertificateNode, key: string): string {
  return /^(ca\.crt|truststore\.)/.test(key) && issuer?.providesCaCertificate === false
    ? `which ${displayName(issuer.at)} does not give`
    : `which ${displayName(at)} does not write`;
}

function octal(mode: number): string {
  return `0${mode.toString(8)}`;
}
