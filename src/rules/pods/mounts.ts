import { CertificateView, producesKey } from '../../pki';
import {
  CertificateMount, certificateOf, csiFaults, hasReloadPath, imageName, isRestartedFor, PodFile, podsOf, PodSubject, postgresKeys, showsKey,
  unreadable,
} from '../../workloads';
import { called, ContainerView, FileSource } from '../../kubernetes';
import { duplicates, mapping, mappings, text } from '../../data';
import { Basis, Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';
import { Severity } from '../engine/finding';

const TEMPORARY = 'cert-manager.io/issue-temporary-certificate';

/** Programs that serve TLS in front of a database and may well share its certificate. */
const PROXIES = /pgbouncer|pgpool|pgcat|odyssey|supavisor|haproxy|envoy|nginx|stunnel|traefik/;

/** What is proven about how pods see certificates. */
export const MOUNT_RULES = ruleTable(podsOf, [
  {
    code: 'PGTLS-A11',
    title: 'a temporary certificate for a database',
    basis: Basis.PEER,
    source: 'cert-manager pkg/util/pki/temporarycertificate.go: it is signed by an authority that nobody has, and there is no ca.crt',
    broken: (subject) =>
      certificatesOf(serverMounts(subject))
        .filter(({ at }) => text(mapping(mapping(at.manifest['metadata'])['annotations'])[TEMPORARY]) === 'true')
        .map(({ at }) => `the database mounts the Secret of ${called(at)}, which has the annotation ${TEMPORARY}`),
    remedy: 'leave the annotation out: the pod waits until the real certificate is there',
  },
  {
    code: 'PGTLS-C06',
    title: 'a mounted key that the Certificate does not write',
    basis: Basis.STALLS,
    source: 'Kubernetes pkg/volume/secret/secret.go; cert-manager pkg/controller/certificates/issuing/internal/secret.go',
    broken: (subject) => [
      ...subject.pod.sources.filter(({ optional }) => !optional).flatMap((source) => (source.items ?? []).flatMap(({ key }) => {
        const certificate = certificateOf(subject.pod, subject.inventory, source);
        return when(certificate !== undefined && producesKey(certificate, key) === false,
          () => `volume '${source.volume}' shows key '${key}' of Secret '${source.name}', ${missing(certificate!, key)}`);
      })),
      ...environmentKeys(subject).filter(({ isOptional, key, certificate }) => !isOptional && key !== undefined && producesKey(certificate, key) === false)
        .map(({ container, name, key, certificate }) => `variable '${name}' of container '${container.name}' takes key '${key}' of Secret '${certificate.secretName}', ${missing(certificate, key!)}`),
    ],
    remedy: 'name a key that is there, or have the Certificate write it (additionalOutputFormats, keystores, an issuer that gives ca.crt)',
  },
  {
    code: 'PGTLS-C08',
    title: 'a volume of the CSI driver that it refuses',
    basis: Basis.STALLS,
    source: 'csi-driver pkg/apis/validation/validation.go, pkg/requestgen/generator.go',
    broken: ({ pod, inventory }) => csiFaults(pod, inventory),
    remedy: 'see https://cert-manager.io/docs/usage/csi-driver/ for what its attributes may hold',
  },
  {
    code: 'PGTLS-E12',
    title: 'an authority in the place of a server or client certificate',
    basis: Basis.PEER,
    source: 'whoever reads the key of the pod can sign for everybody',
    broken: (subject) => authoritiesInUse(subject).map(({ certificate, use }) => `${use} shows ${called(certificate.at)}, which is an authority (isCA)`),
    remedy: 'have the authority sign a certificate for it',
  },
  {
    code: 'PGTLS-E16',
    severity: Severity.WARNING,
    title: 'the key of an authority in a pod',
    basis: Basis.PEER,
    source: 'whoever reads the key of the pod can sign for everybody',
    broken: (subject) => {
      const used = new Set(authoritiesInUse(subject).map(({ certificate }) => certificate));
      return subject.mounts.filter(({ certificate, source }) => certificate.isCa && showsKey(source) && !used.has(certificate))
        .map(({ certificate, container, source }) => `container '${container.name}' sees the key of the authority ${called(certificate.at)} in volume '${source.volume}'`);
    },
    remedy: 'show ca.crt or tls.crt alone (items), or acknowledge the warning where the pod has to sign',
  },
  {
    code: 'PGTLS-F01',
    title: 'a private key that PostgreSQL refuses for its mode',
    basis: Basis.STALLS,
    source: 'PostgreSQL src/backend/libpq/be-secure-common.c, libpq fe-secure-openssl.c: a key of root has no bit for others and none but read for the group',
    broken: (subject) => postgresKeys(subject).filter(({ mode }) => (mode & 0o037) !== 0)
      .map(({ container, source, key, mode }) => `container '${container.name}' sees ${key} of Secret '${source.name}' with mode ${octal(mode)}`),
    remedy: 'set defaultMode 0440 (288) on the volume and an fsGroup of the process on the pod',
  },
  {
    code: 'PGTLS-F02',
    title: 'a certificate that the process cannot read',
    basis: Basis.STALLS,
    source: 'Kubernetes pkg/volume/volume_linux.go: files are root\'s, and only an fsGroup gives them another group',
    broken: (subject) => unreadable(subject)
      .map(({ container, source, key, mode }) => `container '${container.name}' is not root and the pod has no fsGroup, yet ${key} of Secret '${source.name}' has mode ${octal(mode)}`),
    remedy: 'set fsGroup on the pod: kubelet then gives the files that group and the right to read',
  },
  {
    code: 'PGTLS-F03',
    title: 'a certificate that the pod never sees renewed',
    basis: Basis.STALLS,
    source: 'Kubernetes, Secrets: a container that uses a Secret as subPath or environment variable does not get updates',
    broken: (subject) => {
      const lasts = ({ certificate, container }: { certificate: CertificateView; container: ContainerView }) =>
        certificate.isRenewed && !container.isInit && !subject.pod.isJob && !isRestartedFor(subject.pod, certificate);
      return [
        ...subject.mounts.filter((mount) => mount.mount.subPath !== '' && lasts(mount))
          .map(({ container, mount, source }) => `container '${container.name}' mounts '${mount.subPath}' of Secret '${source.name}' as subPath at '${mount.mountPath}'`),
        ...environmentKeys(subject).filter((variable) => lasts(variable) && (variable.key === undefined || producesKey(variable.certificate, variable.key) !== false))
          .map(({ container, name, certificate }) => `container '${container.name}' takes ${name === '' ? 'variables' : `variable '${name}'`} from Secret '${certificate.secretName}'`),
      ];
    },
    remedy: 'mount the Secret as a directory, or have the pod restarted at each renewal',
  },
  {
    code: 'PGTLS-F04',
    title: 'an optional Secret for TLS',
    basis: Basis.STALLS,
    source: 'Kubernetes, Secrets: an optional one that is not there yet is an empty directory',
    broken: (subject) =>
      [...new Set([...tlsFiles(subject).map(({ source }) => source), ...subject.servers.flatMap(({ presumedMounts }) => presumedMounts).map(({ source }) => source)])]
        .filter(({ kind, optional }) => kind === 'Secret' && optional)
        .map(({ name, volume }) => `volume '${volume}' with Secret '${name}' is optional: PostgreSQL starts without its files, before the certificate is issued`),
    remedy: 'leave optional out: kubelet holds the pod until the certificate is there',
  },
  {
    code: 'PGTLS-F05',
    severity: Severity.WARNING,
    title: 'a server that nobody reloads',
    basis: Basis.PEER,
    source: 'PostgreSQL reads certificates at start and at SIGHUP',
    // Servers of this package have their reloader.
    broken: (subject) => (subject.servers.every(({ isOurs }) => isOurs) ? [] :
      certificatesOf(serverMounts(subject).filter(({ mount }) => mount.subPath === ''))
        .filter((certificate) => certificate.isRenewed && !hasReloadPath(subject, certificate))
        .map((certificate) => `the server goes on with the old certificate of Secret '${certificate.secretName}' when it is renewed: nothing reloads it`)),
    remedy: 'add a sidecar that calls pg_reload_conf(), annotate the workload for Reloader, or acknowledge the warning where something else does it',
  },
  {
    code: 'PGTLS-F06',
    title: 'two things at one path',
    basis: Basis.REFUSED,
    source: 'Kubernetes pkg/apis/core/validation/validation.go; what validation lets pass hides one of the two',
    broken: (subject) => [
      ...subject.pod.containers.flatMap(({ name, mounts }) =>
        duplicates(mounts.map(({ folder }) => folder)).map((path) => `container '${name}' mounts two volumes at '${path.replace(/(.)\/$/, '$1')}'`)),
      ...[...new Set(subject.pod.sources.map(({ volume }) => volume))].flatMap((volume) =>
        duplicates(subject.pod.sources.filter((source) => source.volume === volume).flatMap((source) => shownPaths(subject, source)))
          .map((path) => `volume '${volume}' has two files at '${path}'`)),
    ],
    remedy: 'give each a path of its own',
  },
  {
    code: 'PGTLS-F07',
    severity: Severity.WARNING,
    title: "the server's key in another pod",
    basis: Basis.PEER,
    source: 'cert-manager, trust: a client needs the authority, not the key of its server',
    broken: (subject) => {
      if (subject.servers.length > 0 || subject.pod.containers.some(({ image }) => PROXIES.test(imageName(image)))) { return []; }
      return subject.mounts.filter(({ certificate, source }) => !certificate.isCa && showsKey(source) && subject.workloads.isServerCertificate(certificate))
        .map(({ container, source, certificate }) => `container '${container.name}' sees the key of the server certificate ${called(certificate.at)} in volume '${source.volume}'`);
    },
    remedy: 'show ca.crt alone (items), and give the client a certificate of its own',
  },
] satisfies Rule<PodSubject>[]);

/** Where the servers of a pod see Certificates for themselves: behind their settings, or beside settings that nobody sees. */
function serverMounts({ servers }: PodSubject): CertificateMount[] {
  return servers.flatMap((server) => {
    const { certificateFile, keyFile, authorityFile } = server;
    const sources = [certificateFile, keyFile, authorityFile].map((file) => file?.source);
    return [...server.mounts.filter(({ source }) => sources.includes(source)), ...server.presumedMounts];
  });
}

function tlsFiles({ servers, clients }: PodSubject): PodFile[] {
  return [...servers, ...clients].flatMap(({ certificateFile, keyFile, authorityFile }) => [certificateFile, keyFile, authorityFile]).filter((file) => file !== undefined);
}

function certificatesOf(mounts: ReadonlyArray<CertificateMount>): CertificateView[] {
  return [...new Set(mounts.map(({ certificate }) => certificate))];
}

/** Authorities whose own certificate a server or a client of the pod shows to its peers. */
function authoritiesInUse(subject: PodSubject): Array<{ readonly certificate: CertificateView; readonly use: string }> {
  const uses = [
    ...subject.servers.flatMap((server) => [server.certificate, ...server.presumedMounts.map((mount) => mount.certificate)].map((certificate) => ({ certificate, use: 'the server' }))),
    ...subject.clients.map(({ certificate, container }) => ({ certificate, use: `the client in container '${container.name}'` })),
  ];
  return uses.filter((use): use is { certificate: CertificateView; use: string } => use.certificate?.isCa === true)
    .filter(({ certificate }, index, all) => all.findIndex((other) => other.certificate === certificate) === index);
}

interface EnvironmentKey {
  readonly container: ContainerView;
  /** Empty where every key becomes a variable. */
  readonly name: string;
  readonly key: string | undefined;
  readonly isOptional: boolean;
  readonly certificate: CertificateView;
}

/** Variables that hold keys of a Certificate's Secret. */
function environmentKeys({ pod, inventory }: PodSubject): EnvironmentKey[] {
  const of = (container: ContainerView, variable: string, secret: unknown, key: string | undefined): EnvironmentKey[] => {
    const { name, optional } = mapping(secret);
    const certificate = text(name) === '' ? undefined : inventory.writersOf(pod.at.namespace, text(name))[0];
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
function shownPaths({ pod, inventory }: PodSubject, source: FileSource): string[] {
  if (source.items !== undefined) { return source.items.map(({ path }) => path); }
  return certificateOf(pod, inventory, source) === undefined ? [] : ['tls.crt', 'tls.key'];
}

function missing({ at, issuer }: CertificateView, key: string): string {
  return /^(ca\.crt|truststore\.)/.test(key) && issuer?.providesCaCertificate === false
    ? `which ${called(issuer.at)} does not give`
    : `which ${called(at)} does not write`;
}

function octal(mode: number): string {
  return `0${mode.toString(8)}`;
}
