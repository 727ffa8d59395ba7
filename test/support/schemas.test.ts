import { crdFiles, describeWithSchemas, readCrd, validateManifest } from './schemas';

const RELEASES = ['1.27.0', '1.36.0'] as const;

const certificate = (spec: object): object => ({
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: { name: 'orders', namespace: 'demo' },
  spec: { secretName: 'orders', issuerRef: { name: 'ca' }, dnsNames: ['orders.demo.svc'], ...spec },
});

const statefulSet = (container: object, spec: object = {}): object => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'orders' },
  spec: {
    serviceName: 'orders',
    selector: { matchLabels: { app: 'orders' } },
    template: {
      metadata: { labels: { app: 'orders' } },
      spec: { containers: [{ name: 'postgres', image: 'postgres:18', ...container }] },
    },
    ...spec,
  },
});

const podDisruptionBudget = (maxUnavailable: unknown): object => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'orders' },
  spec: { maxUnavailable, selector: { matchLabels: { app: 'orders' } } },
});

const endpoint = (spec: object): object => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'ServiceMonitor',
  metadata: { name: 'orders' },
  spec: { selector: {}, endpoints: [spec] },
});

describeWithSchemas('manifest validator', () => {
  describe.each(RELEASES)('kubernetes %s', (release) => {
    test.each<[string, object]>([
      ['a certificate', certificate({ privateKey: { algorithm: 'ECDSA', size: 256 }, usages: ['server auth'] })],
      ['a cluster issuer', { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'ca' }, spec: { selfSigned: {} } }],
      ['a stateful set', statefulSet({ resources: { limits: { memory: '1Gi', cpu: 0.5 } } })],
      ['a count', podDisruptionBudget(1)],
      ['a percentage', podDisruptionBudget('50%')],
      ['a port by name', endpoint({ targetPort: 'metrics' })],
      ['a port by number', endpoint({ targetPort: 9187 })],
      ['data under any key', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'orders' }, data: { 'pg_hba.conf': 'local all all peer' } }],
      ['free-form settings', {
        apiVersion: 'cert-manager.io/v1',
        kind: 'Issuer',
        metadata: { name: 'acme' },
        spec: {
          acme: {
            server: 'https://acme.example.com/directory',
            privateKeySecretRef: { name: 'account' },
            solvers: [{ dns01: { webhook: { groupName: 'dns.example.com', solverName: 'example', config: { any: ['thing'] } } } }],
          },
        },
      }],
    ])('accepts %s', (_, manifest) => {
      expect(validateManifest(manifest, release)).toEqual([]);
    });

    test.each<[string, unknown, string[]]>([
      ['a typo in a certificate', certificate({ dnsName: ['db'] }), ['spec.dnsName: unknown field']],
      ['a typo deep in a certificate', certificate({ privateKey: { rotation: 'Never' } }), ['spec.privateKey.rotation: unknown field']],
      ['a typo in a pod', statefulSet({ imagePullPolcy: 'Always' }), ['spec.template.spec.containers[0].imagePullPolcy: unknown field']],
      ['a typo beside the spec', { ...certificate({}), specs: {} }, ['specs: unknown field']],
      ['a typo in the metadata of a custom resource', { ...certificate({}), metadata: { label: {} } }, ['metadata.label: unknown field']],
      ['a label that is no string', { ...certificate({}), metadata: { labels: { 'a/b': true } } }, ['metadata.labels.a/b: must be string, got true']],
      ['a wrong type in a custom resource', certificate({ isCA: 'true' }), ['spec.isCA: must be boolean, got "true"']],
      ['a wrong type', statefulSet({}, { replicas: '1' }), ['spec.replicas: must be integer, got "1"']],
      ['a fraction where a count is due', podDisruptionBudget(0.5), ['spec.maxUnavailable: must be string,integer, got 0.5']],
      ['a wrong quantity', statefulSet({ resources: { limits: { memory: '1 GB' } } }), [
        expect.stringMatching(/^spec\.template\.spec\.containers\[0\]\.resources\.limits\.memory: must match pattern .*, got "1 GB"$/) as string,
      ]],
      ['a value out of the list', certificate({ privateKey: { encoding: 'PKCS11' } }), [
        'spec.privateKey.encoding: must be one of ["PKCS1","PKCS8"], got "PKCS11"',
      ]],
      ['a missing field', { ...certificate({}), spec: { issuerRef: {} } }, ['spec.secretName: missing', 'spec.issuerRef.name: missing']],
      ['an unknown kind', { apiVersion: 'v1', kind: 'Sevice', metadata: { name: 'orders' } }, ['unknown kind v1/Sevice']],
      ['a kind in the wrong group', { ...certificate({}), apiVersion: 'certmanager.io/v1' }, ['unknown kind certmanager.io/v1/Certificate']],
      ['a version that is no longer served', { apiVersion: 'external-secrets.io/v1beta1', kind: 'ExternalSecret', metadata: {} }, [
        'unknown kind external-secrets.io/v1beta1/ExternalSecret',
      ]],
      ['no manifest at all', null, ['not a manifest: apiVersion and kind must be strings']],
    ])('refuses %s', (_, manifest, problems) => {
      expect(validateManifest(manifest, release)).toEqual(problems);
    });
  });

  test('knows what came after a release', () => {
    const manifest = statefulSet({}, { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain' }, template: {
      metadata: { labels: { app: 'orders' } },
      spec: { hostnameOverride: 'orders', containers: [{ name: 'postgres', image: 'postgres:18' }] },
    } });

    expect(validateManifest(manifest, '1.27.0')).toEqual(['spec.template.spec.hostnameOverride: unknown field']);
    expect(validateManifest(manifest, '1.36.0')).toEqual([]);
  });

  test('has a validator for every served custom resource', () => {
    const served = crdFiles().map(readCrd).flatMap(({ spec }) =>
      spec.versions.filter((version) => version.served).map((version) => ({ apiVersion: `${spec.group}/${version.name}`, kind: spec.names.kind })));
    const refused = served.filter((type) => !validateManifest({ ...type, nonsense: 1 }, '1.36.0').includes('nonsense: unknown field'));

    expect(served.length).toBeGreaterThanOrEqual(20);
    expect(refused).toEqual([]);
  });
});
