import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { filesBelow, REPOSITORY } from './support/repository';
import { describeWithSchemas, validateManifest } from './support/schemas';
import { Manifest } from './support/tree';

const files = Object.entries(filesBelow(join(REPOSITORY, 'dist'))).sort()
  .map(([name, text]) => [name, parseAllDocuments(text).map((document) => document.toJS() as Manifest)] as const);

test('holds the files of the examples', () => {
  expect(files.map(([name]) => name)).toEqual([
    'clients-finance.k8s.yaml', 'clients-platform.k8s.yaml', 'clients-sales.k8s.yaml', 'clients-storefront.k8s.yaml',
    'cluster-issuer.k8s.yaml', 'kubedb-guide.k8s.yaml', 'plain.k8s.yaml', 'quickstart.k8s.yaml',
  ]);
});

describeWithSchemas('against the API schemas, unknown fields refused', () => {
  const versions = ['1.27.0', '1.36.0'] as const;
  test.each(versions.flatMap((version) => files.map(([name, documents]) => ({ version, name, documents }))))('$name fits Kubernetes $version', ({ version, documents }) => {
    for (const document of documents) { expect(validateManifest(document, version)).toEqual([]); }
  });
});

describe.each(files.filter(([, documents]) => documents.some(({ kind }) => kind === 'StatefulSet')))('%s', (_, documents) => {
  const ofKind = (kind: string) => documents.filter((document) => document.kind === kind);
  const [statefulSet] = ofKind('StatefulSet');
  const pod = statefulSet.spec.template.spec;

  test('mounts only Secrets that its Certificates make, or that people do', () => {
    const made = ofKind('Certificate').map((certificate) => certificate.spec.secretName);
    const mounted = pod.volumes.flatMap((volume: Manifest) => volume.secret?.secretName ?? []);
    expect(mounted.filter((name: string) => !made.includes(name) && name !== `${statefulSet.metadata.name}-auth`)).toEqual([]);
  });

  test('mounts the ConfigMap that it carries, and every mount has a volume', () => {
    const [configMap] = ofKind('ConfigMap');
    expect(pod.volumes).toContainEqual({ name: 'config', configMap: { name: configMap.metadata.name, defaultMode: 0o440 } });
    const volumes = [...pod.volumes, ...(statefulSet.spec.volumeClaimTemplates ?? []).map((claim: Manifest) => claim.metadata)].map((volume: Manifest) => volume.name);
    for (const mount of [...pod.initContainers, ...pod.containers].flatMap((container: Manifest) => container.volumeMounts)) {
      expect(volumes).toContain(mount.name);
    }
  });

  test('its Services select its first pod, and no other', () => {
    const ofFirstPod = { ...statefulSet.spec.template.metadata.labels, 'statefulset.kubernetes.io/pod-name': `${statefulSet.metadata.name}-0` };
    for (const service of ofKind('Service')) { expect(ofFirstPod).toMatchObject(service.spec.selector); }
    expect(ofKind('Service').map((service) => service.metadata.name)).toContain(statefulSet.spec.serviceName);
  });

  test('holds no Secret', () => {
    expect(ofKind('Secret')).toEqual([]);
  });
});
