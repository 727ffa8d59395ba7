import { Chart, Size } from 'cdk8s';
import { stringify } from 'yaml';
import { ArgoCd, CertificateAuthority, Manifests, Postgres, PostgresStorage, PostgresVersion, Severity, Validation } from '../../../src';
import { certificate, type Fields, issuer, object, root, secret, secretVolume, selfSignedIssuer, workload } from '../../fixtures';
import { codesIn, findingsIn } from '../../support/findings';
import { chartIn } from '../../support/tree';

const WAVE = 'argocd.argoproj.io/sync-wave';
const annotated = <Of extends Fields>(manifest: Of, annotations: Fields): Of => ({
  ...manifest, metadata: { ...manifest['metadata'] as Fields, annotations: { ...(manifest['metadata'] as { annotations?: Fields }).annotations, ...annotations } },
});
const inWave = (manifest: Fields, wave: number | string) => annotated(manifest, { [WAVE]: String(wave) });
const GITOPS = ['PGTLS-P150', 'PGTLS-P151', 'PGTLS-P152', 'PGTLS-P153', 'PGTLS-P154'];
const found = (...manifests: Fields[]) => codesIn(manifests).filter((code) => GITOPS.includes(code));
const claim = (annotations: Fields) => object('v1', 'PersistentVolumeClaim', 'data', { metadata: { annotations }, spec: { accessModes: ['ReadWriteOnce'] } });

describe('PGTLS-P150, waves', () => {
  const pod = (volumes: Fields[]) => workload('Deployment', 'app', { name: 'app', image: 'app:1' }, { volumes });
  const mounts = pod([secretVolume('tls', 'db')]);
  const signer = issuer({ vault: {} }, { name: 'root' });

  test.each<[string, Fields[], number]>([
    ['a pod before its Certificate', [mounts, inWave(certificate(), 1)], 1],
    ['a pod after its Certificate', [inWave(mounts, 2), inWave(certificate(), 1)], 0],
    ['a pod with its Certificate', [inWave(mounts, 1), inWave(certificate(), 1)], 0],
    ['a pod that mounts twice is reported once', [pod([secretVolume('tls', 'db'), secretVolume('again', 'db')]), inWave(certificate(), 1)], 1],
    ['a volume that may be missing', [pod([secretVolume('tls', 'db', { optional: true })]), inWave(certificate(), 1)], 0],
    ['a pod before a Secret', [inWave(mounts, -1), secret({ data: {} })], 1],
    ['a pod before a ConfigMap', [inWave(pod([{ name: 'c', configMap: { name: 'config' } }]), -1), object('v1', 'ConfigMap', 'config')], 1],
    ['a Certificate before its issuer', [inWave(certificate({ issuerRef: { name: 'root', kind: 'Issuer', group: 'cert-manager.io' } }), -2), inWave(signer, -1)], 1],
    ['an issuer before its CA certificate', [inWave(issuer(), -2), inWave(root(), -1), inWave(selfSignedIssuer(), -3)], 1],
    ['a chain in order', [inWave(issuer(), -1), inWave(root(), -2), inWave(selfSignedIssuer(), -3), certificate()], 0],
    ['a wave that is no integer counts as 0', [inWave(mounts, '-1.5'), inWave(certificate(), 0)], 0],
    ['a hook has a phase of its own', [inWave(annotated(mounts, { 'argocd.argoproj.io/hook': 'PreSync' }), -5), certificate()], 0],
    ['a CronJob, for whose pods Argo CD does not wait', [inWave(object('batch/v1', 'CronJob', 'app', { spec: { jobTemplate: { spec: { template: { spec: { containers: [], volumes: [secretVolume('tls', 'db')] } } } } } }), -1), certificate()], 0],
    ['no waves at all', [mounts, certificate()], 0],
  ])('%s', (_, manifests, count) => {
    expect(findingsIn(manifests).filter(({ rule: { code } }) => code === 'PGTLS-P150')).toHaveLength(count);
  });

  test('the finding is about the annotation that is there', () => {
    const [own] = findingsIn([inWave(mounts, -1), certificate()]).filter(({ rule: { code } }) => code === 'PGTLS-P150');
    expect([own!.location.path, own!.field]).toEqual([expect.stringContaining('app'), `metadata.annotations['${WAVE}']`]);
    const [other] = findingsIn([mounts, inWave(certificate(), 1)]).filter(({ rule: { code } }) => code === 'PGTLS-P150');
    expect(other!.message).toBe("sync wave 0 of Deployment 'app' is before wave 1 of Certificate 'db', whose Secret 'db' it mounts: it does not become healthy, and the sync ends before wave 1; "
      + `give what is needed a lower number in ${WAVE}`);
    expect(other!.location.path).toContain('db');
  });

  test('between folders it is a warning: each may be an Application', () => {
    const severity = (file: string) => Manifests.fromYaml({ 'apps/a.yaml': stringify(mounts), [file]: stringify(inWave(certificate(), 1)) }).validate()
      .filter(({ rule: { code } }) => code === 'PGTLS-P150').map(({ severity: of }) => of);
    expect([severity('apps/b.yaml'), severity('certs/b.yaml')]).toEqual([[Severity.ERROR], [Severity.WARNING]]);
  });

  test('the waves of ArgoCd.syncWaves meet it', () => {
    const chart = chartIn();
    ArgoCd.of(chart).syncWaves();
    const root = new CertificateAuthority(chart, 'root');
    const db = new Postgres(chart, 'db', {
      version: PostgresVersion.V18, tls: { issuer: new CertificateAuthority(chart, 'ca', { parent: root }).issuer }, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }),
    });
    db.addClient('shop');
    expect(codesOfTree(chart)).toEqual([]);
  });
});

describe('PGTLS-P151, hooks', () => {
  test.each<[Fields, string[]]>([
    [claim({ 'argocd.argoproj.io/hook': 'PreSync' }), ['PGTLS-P151']],
    [claim({ 'argocd.argoproj.io/hook': 'Skip' }), []],
    [annotated(certificate(), { 'argocd.argoproj.io/hook': 'Sync', 'argocd.argoproj.io/hook-delete-policy': 'HookSucceeded' }), ['PGTLS-P151']],
    [annotated(object('batch/v1', 'Job', 'dump'), { 'argocd.argoproj.io/hook': 'PreSync' }), []],
    [annotated(secret(), { 'argocd.argoproj.io/hook': 'PreSync' }), []],
  ])('%j', (manifest, codes) => { expect(found(manifest)).toEqual(codes); });
});

describe('PGTLS-P152, recreation', () => {
  const application = (syncPolicy: Fields) => object('argoproj.io/v1alpha1', 'Application', 'all', { spec: { syncPolicy } });
  const kustomization = (force: unknown) => object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'all', { spec: { force } });
  test.each<[Fields, string[]]>([
    [claim({ 'argocd.argoproj.io/sync-options': 'Prune=false, Force=true' }), ['PGTLS-P152']],
    [claim({ 'argocd.argoproj.io/sync-options': 'Replace=true' }), ['PGTLS-P152']],
    [claim({ 'kustomize.toolkit.fluxcd.io/force': 'Enabled' }), ['PGTLS-P152']],
    [claim({ 'kustomize.toolkit.fluxcd.io/force': 'disabled' }), []],
    [claim({ 'argocd.argoproj.io/sync-options': 'Prune=false' }), []],
    [annotated(object('batch/v1', 'Job', 'dump'), { 'argocd.argoproj.io/sync-options': 'Force=true,Replace=true' }), []],
    [object('v1', 'Namespace', 'demo', { metadata: { labels: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' } } }), ['PGTLS-P152']],
    [kustomization(true), ['PGTLS-P152']],
    [kustomization(false), []],
    [application({ syncOptions: ['ServerSideApply=true', 'Replace=true'] }), ['PGTLS-P152']],
    [application({ syncOptions: ['ServerSideApply=true', 'Replace=false'] }), []],
    // Argo CD reads it from annotations alone.
    [application({ syncOptions: ['Force=true'] }), []],
    [application({}), []],
  ])('%j', (manifest, codes) => { expect(found(manifest)).toEqual(codes); });

  test.each([
    ['Kustomization', kustomization(true), 'spec.force'], ['Application', application({ syncOptions: ['Replace=true'] }), 'spec.syncPolicy.syncOptions'],
  ])('of a whole %s it is a warning', (_, manifest, field) => {
    expect(findingsIn([manifest]).filter(({ rule: { code } }) => code === 'PGTLS-P152').map((finding) => [finding.severity, finding.field])).toEqual([[Severity.WARNING, field]]);
  });
});

test.each<[string, string, string | undefined]>([
  [WAVE, '-3', undefined],
  [WAVE, '+3', undefined],
  [WAVE, 'first', "sync wave 'first' is not an integer"],
  ['argocd.argoproj.io/hook', 'Presync', "hook 'Presync' is not known to Argo CD; 'PreSync' is"],
  ['argocd.argoproj.io/hook', 'PreSync, PostSync', undefined],
  ['argocd.argoproj.io/hook-delete-policy', 'Never', "deletion policy 'Never' is not known to Argo CD; it knows HookSucceeded, HookFailed, BeforeHookCreation"],
  ['argocd.argoproj.io/sync-options', 'Prune=false , Delete=confirm', undefined],
  ['argocd.argoproj.io/sync-options', 'Prune=False', "sync option 'Prune=False' has no effect; 'Prune=false' has"],
  ['argocd.argoproj.io/sync-options', 'prune=false', "sync option 'prune=false' has no effect; 'Prune=false' has"],
  ['argocd.argoproj.io/sync-options', 'Prune = false', "sync option 'Prune = false' has no effect; 'Prune=false' has"],
  ['argocd.argoproj.io/sync-options', 'Delete=no', "sync option 'Delete=no' has no effect; 'Delete=false' has"],
  ['argocd.argoproj.io/sync-options', 'OfALaterRelease=true', undefined],
  ['kustomize.toolkit.fluxcd.io/prune', 'Disabled', undefined],
  ['kustomize.toolkit.fluxcd.io/prune', 'false', "kustomize.toolkit.fluxcd.io/prune is 'false', which has no effect; Flux reads enabled, disabled"],
  ['kustomize.toolkit.fluxcd.io/ssa', 'IfNotPresent', undefined],
])('PGTLS-P153, %s: %s', (name, value, message) => {
  const messages = findingsIn([annotated(object('batch/v1', 'Job', 'dump'), { [name]: value })]).filter(({ rule: { code } }) => code === 'PGTLS-P153').map(({ message: of }) => of);
  expect(messages).toEqual(message === undefined ? [] : [expect.stringContaining(message)]);
});

test.each<[string, string, boolean, string[]]>([
  ['the name of a database with claims', 'db', true, ['PGTLS-P154']],
  ['another name', 'databases', true, []],
  ['the name of a database without claims', 'db', false, []],
])('PGTLS-P154, an Application with %s', (_, name, hasClaims, codes) => {
  const database = workload('StatefulSet', 'db', { name: 'postgres', image: 'postgres:18.4' });
  Object.assign(database['spec'] as object, { selector: { matchLabels: { 'app.kubernetes.io/instance': 'db' } }, ...hasClaims && { volumeClaimTemplates: [{ metadata: { name: 'data' } }] } });
  expect(found(object('argoproj.io/v1alpha1', 'Application', name, { spec: {} }), database)).toEqual(codes);
});

describe('PGTLS-P154, options of syncs', () => {
  const FINALIZER = 'resources-finalizer.argocd.argoproj.io';
  const PRUNED = 'Argo CD prunes the claims after the StatefulSet is removed';
  const DELETED = 'Argo CD deletes the claims with the Application';
  /** What is reported of an Application with options and finalizers, for a database with a claim template for each text of annotations. */
  const reported = (syncOptions: unknown, finalizers: readonly string[] = [], ...annotations: string[]) => {
    const database = workload('StatefulSet', 'db', { name: 'postgres', image: 'postgres:18.4' });
    const volumeClaimTemplates = (annotations.length === 0 ? [''] : annotations)
      .map((options, index) => ({ metadata: { name: `data-${index}`, ...options === '' ? {} : { annotations: { 'argocd.argoproj.io/sync-options': options } } } }));
    Object.assign(database['spec'] as object, { selector: { matchLabels: { 'app.kubernetes.io/instance': 'db' } }, volumeClaimTemplates });
    const application = object('argoproj.io/v1alpha1', 'Application', 'db', { metadata: { finalizers }, spec: { syncPolicy: { syncOptions } } });
    return findingsIn([application, database]).filter(({ rule: { code } }) => code === 'PGTLS-P154').map(({ message }) => [PRUNED, DELETED].filter((part) => message.includes(part)).join());
  };

  test.each<[string, unknown, readonly string[], readonly string[], string[]]>([
    ['Prune=false', ['Prune=false'], [], [], []],
    ['Prune=confirm', ['PruneLast=true', 'Prune=confirm'], [], [], []],
    ['PruneLast=true', ['PruneLast=true'], [], [], [PRUNED]],
    ['Prune=False, which Argo CD does not know', ['Prune=False'], [], [], [PRUNED]],
    ['no list', 'Prune=false', [], [], [PRUNED]],
    ['Delete=false alone', ['Delete=false'], [], [], [PRUNED]],
    ['Prune=false and the finalizer', ['Prune=false'], [FINALIZER], [], [DELETED]],
    ['Prune=false and the finalizer with a propagation policy', ['Prune=false'], [`${FINALIZER}/background`], [], [DELETED]],
    ['Prune=false and another finalizer', ['Prune=false'], ['post-delete-finalizer.argocd.argoproj.io'], [], []],
    ['Prune=false, Delete=confirm and the finalizer', ['Prune=false', 'Delete=confirm'], [FINALIZER], [], []],
    ['no options, and claims with them', [], [FINALIZER], ['Prune=false,Delete=false'], []],
    ['no options, and claims one of which has them', [], [], ['Prune=false', ''], [PRUNED]],
    ['Prune=false, and claims that override it', ['Prune=false'], [], ['Prune=true'], [PRUNED]],
  ])('%s', (_, options, finalizers, annotations, messages) => { expect(reported(options, finalizers, ...annotations)).toEqual(messages); });
});

function codesOfTree(chart: Chart): string[] {
  return Validation.of(chart).findings().map(({ rule: { code } }) => code);
}
