import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTexts } from '../../src/reading';
import { inputOfTexts, validateInput } from '../../src/verification';
import { REPOSITORY } from '../support/repository';
import { printedSeed } from '../support/seed';

// FUZZ_DOCUMENTS=20000 SEED=1 npx jest --selectProjects pure test/reading/fuzz
const COUNT = Number(process.env['FUZZ_DOCUMENTS'] ?? 250);

/** Texts that other programs print, and those that people write. */
const ORIGINALS = [
  ...readdirSync(join(REPOSITORY, 'dist')).flatMap((file) => readFileSync(join(REPOSITORY, 'dist', file), 'utf8').split(/^---\n/m)).map((text) => text.slice(0, 3000)),
  ...readdirSync(join(REPOSITORY, 'docs'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'))
    .flatMap((file) => [...readFileSync(join(REPOSITORY, 'docs', file), 'utf8').matchAll(/^```yaml\n(.*?)^```/gms)].map(([, block]) => block!)).slice(0, 100),
  '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"},"data":{"a":"YQ=="}}]}\n',
  'apiVersion: v1\nkind: A\nmetadata: &m { name: a }\nspec: { <<: *m, b: "${C:=1}", d: >-\n    text\n  }\n',
  ...blocksOf(readFileSync(join(REPOSITORY, 'test/cli/kinds-of-yaml.test.ts'), 'utf8')),
  // Settings of the cluster, servers of other images, operators and what clients read.
  'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: cert-manager, namespace: infra }\nspec:\n  chart: { spec: { chart: cert-manager, version: v1.20.1 } }\n  values:\n    image: { tag: v1.20.1 }\n    extraArgs: [--cluster-resource-namespace=infra]\n    featureGates: "OtherNames=true"\n',
  'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: trust, namespace: argocd }\nspec:\n  destination: { namespace: infra }\n  sources: [{ chart: trust-manager, targetRevision: v0.24.0, helm: { values: "app: { trust: { namespace: blog } }", parameters: [{ name: a.b, value: c }] } }]\n',
  'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: { name: db, namespace: blog }\nspec:\n  instances: 3\n  certificates: { serverTLSSecret: web-tls, serverCASecret: web-tls, replicationTLSSecret: rep, clientCASecret: ca }\n  postgresql:\n    pg_hba:\n      - hostssl all all all cert map=x\n    parameters: { ssl_min_protocol_version: TLSv1.3 }\n',
  'apiVersion: acid.zalan.do/v1\nkind: postgresql\nmetadata: { name: blog-db, namespace: blog }\nspec:\n  teamId: blog\n  numberOfInstances: 2\n  users: { blog: [] }\n  tls: { secretName: web-tls, caFile: ca.crt }\n  patroni: { pg_hba: ["hostssl all all 0.0.0.0/0 md5"] }\n',
  'apiVersion: postgres-operator.crunchydata.com/v1beta1\nkind: PostgresCluster\nmetadata: { name: db, namespace: blog }\nspec:\n  postgresVersion: 17\n  customTLSSecret: { name: web-tls }\n  patroni: { dynamicConfiguration: { postgresql: { pg_hba: ["host all all all trust"], parameters: { ssl: on } } } }\n',
  'apiVersion: pgv2.percona.com/v2\nkind: PerconaPGCluster\nmetadata: { name: db, namespace: blog }\nspec:\n  secrets: { customTLSSecret: { name: web-tls } }\n  instances: [{ name: one, replicas: 1 }]\n',
  'apiVersion: kubedb.com/v1\nkind: Postgres\nmetadata: { name: db, namespace: blog }\nspec:\n  sslMode: verify-full\n  clientAuthMode: cert\n  tls: { issuerRef: { apiGroup: cert-manager.io, kind: Issuer, name: ca }, certificates: [{ alias: server, dnsNames: [db] }] }\n',
  workload('{ name: db, image: "bitnami/postgresql:17", env: [{ name: POSTGRESQL_ENABLE_TLS, value: "yes" }, { name: POSTGRESQL_TLS_CERT_FILE, value: /tls/tls.crt }, { name: POSTGRESQL_TLS_KEY_FILE, value: /tls/tls.key }], volumeMounts: [{ name: tls, mountPath: /tls }] }'),
  workload('{ name: db, image: "quay.io/sclorg/postgresql-16-c9s", command: [run-postgresql], volumeMounts: [{ name: tls, mountPath: /opt/app-root/src/postgresql-cfg }] }'),
  workload('{ name: db, image: "ghcr.io/zalando/spilo-16:3.3", env: [{ name: SPILO_CONFIGURATION, value: "postgresql: { pg_hba: [hostssl all all all md5] }" }, { name: SSL_CERTIFICATE_FILE, value: /tls/tls.crt }], volumeMounts: [{ name: tls, mountPath: /tls }] }'),
  workload('{ name: app, image: "example.com/app:1", env: [{ name: DATABASE_URL, value: "postgres://blog:x@db.blog.svc/blog?sslmode=verify-full&sslrootcert=/tls/ca.crt" }, { name: PGHOST, value: db }], volumeMounts: [{ name: tls, mountPath: /tls, readOnly: true }] }'),
  'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: a\nresources: [a.yaml, ../b]\npatches: [{ path: c.yaml }]\n',
];

/** The texts of templates that have a manifest, with what is filled in as it is written there: placeholders. */
function blocksOf(program: string): string[] {
  return [...program.matchAll(/`([^`]*apiVersion: [^`]*)`/g)].map(([, block]) => block!);
}

function workload(container: string): string {
  return 'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: db, namespace: blog }\nspec:\n  serviceName: db\n  selector: { matchLabels: { app: db } }\n  template:\n    metadata: { labels: { app: db } }\n'
    + `    spec:\n      containers:\n        - ${container}\n      volumes: [{ name: tls, secret: { secretName: web-tls, defaultMode: 0440 } }]\n`;
}

const PIECES = ['\n', '\n---\n', ': ', '- ', '  ', '\t', '"', "'", '{', '}', '[', ']', '{{ .Values.a }}', '${A:=b}', '${', '$(A)', '&a ', '*a', '!!binary ', '!t ', '|\n', '>-\n', '<<: *a', '? ', '#', '\u2028', '\ufeff', '\0', 'é', '😀',
  '\ud800', '%YAML 1.1\n', '...\n', 'sops: {}\n', 'ENC[AES256_GCM,data:a]', '__proto__: 1\n', 'constructor: {}\n', 'kind: List\n', 'items: [[]]\n', '.inf', '0o7', '-', 'null', '\r', '\\', ','];

/** A generator of numbers below a limit, by a seed (mulberry32). */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

function mutated(text: string, random: (limit: number) => number): string {
  let result = text;
  for (let count = 1 + random(4); count > 0; count--) {
    const at = random(result.length + 1);
    const until = Math.min(result.length, at + random(40));
    const change = random(5);
    const inner = change === 0 ? '' : change === 1 ? PIECES[random(PIECES.length)]! : change === 2 ? result.slice(at, until).repeat(2) : change === 3 ? ORIGINALS[random(ORIGINALS.length)]!.slice(0, 200)
      : String.fromCharCode(random(128));
    result = result.slice(0, at) + inner + result.slice(change === 1 || change === 3 ? at : until);
  }
  return result;
}

test(`${COUNT} mutated documents are read, or named as not checked, and every rule has an answer`, () => {
  const random = randomNumbers(printedSeed());
  let isChecked = 0;
  let found = 0;
  for (let index = 0; index < COUNT; index++) {
    const texts = Array.from({ length: 1 + random(2) }, (_, file): [string, string] => [`${file === 0 && random(4) === 0 ? 'kustomization' : `file-${file}`}.yaml`, mutated(ORIGINALS[random(ORIGINALS.length)]!, random)]);
    try {
      const { manifests, notChecked, faults, files } = readTexts(texts);
      expect(files).toBe(texts.length);
      expect(manifests.length + notChecked.length).toBeGreaterThan(0);
      expect(new Set(notChecked.map(({ file, reason }) => `${file} ${reason}`)).size).toBe(notChecked.length);
      for (const manifest of manifests.slice(0, 3)) {
        const field = Object.keys(manifest.content)[0]!;
        for (const { line, column } of [manifest.position, manifest.locate(['spec', 'dnsNames', 0]), manifest.locate([field, 'name'])]) { expect(line > 0 && column > 0).toBe(true); }
      }
      expect(faults.every(({ position }) => position.line > 0)).toBe(true);
      isChecked += manifests.length;
      // Beside the texts that other objects refer to.
      const findings = validateInput(inputOfTexts([...texts, ['base.yaml', ORIGINALS[random(ORIGINALS.length)]!]]), {}, { place: '', now: new Date('2026-12-01T00:00:00Z') });
      expect(findings.every(({ problem, location: { line = 1 } }) => problem !== '' && line > 0)).toBe(true);
      found += findings.length;
    } catch (error) {
      throw new Error(`document ${index}: ${JSON.stringify(texts)}`, { cause: error });
    }
  }
  process.stdout.write(`${isChecked} manifests, ${found} findings\n`);
  expect(isChecked).toBeGreaterThan(COUNT / 10);
  expect(found).toBeGreaterThan(COUNT / 10);
}, 1_800_000);
