import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart, Size, Testing } from 'cdk8s';
import { PersistentVolumeAccessMode, Secret } from 'cdk8s-plus-27';
import {
  CertificateAuthority, CertificateRevocationList, ClientAuthMode, DeletionPolicy, HugePages, InitScripts, IpFamily, IpFamilyPolicy, NetworkPeer,
  Postgres, PostgresMonitor, PostgresNetwork, PostgresProps, PostgresServiceType, PostgresStorage, PostgresVersion, ServiceMesh, SuperuserAccess,
  TrustSource, VolumeDataSource,
} from '../../src';
import { isGiven, mapping } from '../../src/data';
import { REPOSITORY } from '../support/repository';
import { describeWithSchemas, validateManifest } from '../support/schemas';
import { chartIn, Manifest } from '../support/tree';

const README = readFileSync(join(REPOSITORY, 'README.md'), 'utf8');
const MINIMUM = README.match(/^\| Kubernetes \| (1\.\d+) \|/m)![1]!;

/** `field`, since. */
const VERSIONS = readFileSync(join(REPOSITORY, 'docs/versions.md'), 'utf8');
const FIELDS = [...VERSIONS.slice(VERSIONS.indexOf('<!-- fields -->')).matchAll(/^\| `(\w+)\.([\w.]+)` \| (1\.\d+) \|/gm)]
  .map(([, kind, field, since]) => ({ kind: kind!, field: field!, since: since! }));

/** Databases that together have everything that a property can switch on and that writes a field of its own. */
const VARIANTS: Record<string, (chart: Chart) => Partial<PostgresProps>> = {
  plain: () => ({}),
  full: (chart) => ({
    tls: {
      issuer: new CertificateAuthority(chart, 'ca'), trustedClientCas: TrustSource.fromConfigMapName('clients'), trustedServerCas: TrustSource.fromSecretName('servers'),
      certificateRevocationList: CertificateRevocationList.fromSecret(secret(chart, 'crl')),
    },
    storage: PostgresStorage.durable({
      size: Size.gibibytes(10), storageClassName: 'fast', accessMode: PersistentVolumeAccessMode.READ_WRITE_ONCE_POD, dataSource: VolumeDataSource.volumeSnapshot('snapshot'),
      wal: { size: Size.gibibytes(4), dataSource: VolumeDataSource.volumeClaim('claim') },
    }),
    deletionPolicy: DeletionPolicy.DELETE,
    superuserAccess: SuperuserAccess.certificate({ addresses: ['10.0.0.0/8'], replication: true }),
    monitor: PostgresMonitor.prometheus({ serviceMonitor: { labels: { release: 'prometheus' } }, alerts: {} }),
    network: PostgresNetwork.restricted({
      mesh: ServiceMesh.istioSidecar(), ipFamilyPolicy: IpFamilyPolicy.PREFER_DUAL_STACK, ipFamilies: [IpFamily.IPV4, IpFamily.IPV6],
      egress: [{ to: NetworkPeer.anywhere(), ports: [443] }],
    }),
    services: {
      primary: {
        type: PostgresServiceType.LOAD_BALANCER, loadBalancerClass: 'example.com/lb', loadBalancerSourceRanges: ['10.0.0.0/8'],
        externalTrafficPolicy: 'Local',
      },
    },
    hugePages: HugePages.of2Mi(Size.mebibytes(512)),
    init: { scripts: InitScripts.fromSecret(secret(chart, 'scripts')), walSegmentSize: Size.mebibytes(64) },
  }),
  password: (chart) => ({
    clientAuthMode: ClientAuthMode.SCRAM, superuserAccess: SuperuserAccess.password(secret(chart, 'auth')), podTemplate: { arbitraryUserId: true },
    network: PostgresNetwork.restricted({ mesh: ServiceMesh.linkerd() }),
  }),
  ephemeral: () => ({
    storage: PostgresStorage.ephemeral({ sizeLimit: Size.gibibytes(10) }), monitor: PostgresMonitor.prometheus(),
    network: PostgresNetwork.restricted({ mesh: ServiceMesh.istioAmbient() }), deletionPolicy: DeletionPolicy.DELETE,
  }),
};

const written = Object.entries(VARIANTS).map(([name, props]): [string, Manifest[]] => {
  const chart = chartIn();
  new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(10) }), ...props(chart) });
  return [name, Testing.synth(chart)];
});

/** What stands at a path, in each item of the lists on it. */
function valuesAt(document: Manifest, path: string): unknown[] {
  return path.split('.').reduce<unknown[]>((found, field) => found.flat().map((value) => mapping(value)[field]), [document]).filter(isGiven);
}

function secret(chart: Chart, name: string) {
  return Secret.fromSecretName(chart, `${name}-secret`, name);
}

test('it is that of the youngest field', () => {
  expect(FIELDS.length).toBeGreaterThan(4);
  expect(FIELDS.map(({ since }) => Number(since.slice(2))).reduce((a, b) => Math.max(a, b))).toBe(Number(MINIMUM.slice(2)));
});

test.each(FIELDS)('$kind.$field is written', ({ kind, field }) => {
  const documents = written.flatMap(([, manifests]) => manifests).filter((manifest) => manifest.kind === kind);
  expect(documents.flatMap((document) => valuesAt(document, field))).not.toEqual([]);
});

describeWithSchemas('the API of the minimum has every field', () => {
  test.each(written)('of the database %s', (_, manifests) => {
    expect(manifests.length).toBeGreaterThan(5);
    for (const manifest of manifests) { expect(validateManifest(manifest, `${MINIMUM}.0` as '1.27.0')).toEqual([]); }
  });
});

test('no field is given by what only a later release of cdk8s-plus knows', () => {
  const containers = written.flatMap(([, manifests]) => manifests).filter(({ kind }) => kind === 'StatefulSet').flatMap(({ spec }) => spec.template.spec.initContainers as Manifest[]);
  // Native sidecars came with 1.28, and are on since 1.29.
  expect(containers.filter(({ restartPolicy }) => restartPolicy !== undefined)).toEqual([]);
});
