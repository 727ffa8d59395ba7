import { ApiObject, App, Chart, Duration, Size, Testing, YamlOutputType } from 'cdk8s';
import { Deployment, Job, Namespace } from 'cdk8s-plus-27';
import {
  ArgoCd, ArgoCdApplication, ArgoCdApplicationProps, ArgoCdDeletion, ArgoCdHookDeletion, ArgoCdHookPhase, CertificateAuthority, CertificateRequestPolicies, FleetApp, IssuerSource,
  Issuer, Manifests, Postgres, PostgresStorage, PostgresVersion, TrustBundle, TrustBundleSource,
} from '../../src';
import { testWithSchemas, validateManifest } from '../support/schemas';
import { chartIn, Manifest, refusal, written } from '../support/tree';

const WAVE = 'argocd.argoproj.io/sync-wave';
const OPTIONS = 'argocd.argoproj.io/sync-options';

function database(chart: Chart, ca: CertificateAuthority, name = 'db') {
  return new Postgres(chart, name, { version: PostgresVersion.V18, tls: { issuer: ca.issuer }, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }) });
}
const application = (chart: Chart, id = 'shop') => new Deployment(chart, id, { metadata: { name: id }, containers: [{ image: 'shop:1', securityContext: { user: 1000 } }] });
const waves = (chart: Chart) => new Map(Testing.synth(chart).map(({ kind, metadata }: Manifest) => [`${kind} ${metadata.name}`, metadata.annotations?.[WAVE] as string | undefined]));
const annotated = (chart: Chart, name: string) => Testing.synth(chart).filter(({ metadata }: Manifest) => metadata.annotations?.[name] !== undefined)
  .map(({ kind, metadata }: Manifest) => `${kind} ${metadata.name}: ${metadata.annotations[name]}`).sort();

describe('sync waves', () => {
  test('what is needed comes first: the chain of CAs, certificates, databases, applications', () => {
    const chart = chartIn();
    ArgoCd.of(chart).syncWaves();
    new Namespace(chart, 'demo', { metadata: { name: 'demo' } });
    const root = new CertificateAuthority(chart, 'root');
    const ca = new CertificateAuthority(chart, 'ca', { parent: root });
    const db = database(chart, ca);
    new TrustBundle(chart, 'trusted', { sources: [TrustBundleSource.defaultCas()] });
    db.addClient('shop').connect(application(chart));
    expect(waves(chart)).toEqual(new Map([
      ['Namespace demo', '-20'],
      ['Issuer root-selfsigned', '-6'], ['Certificate root', '-5'], ['Issuer root', '-4'], ['Certificate ca', '-3'], ['Issuer ca', '-2'],
      ['Issuer db-client-ca-selfsigned', '-4'], ['Certificate db-client-ca', '-3'], ['Issuer db-client-ca', '-2'],
      ['Certificate db-server-cert', '-1'], ['Certificate db-client-shop-cert', '-1'], ['Bundle trusted', '-1'],
      ...['ServiceAccount db', 'ConfigMap db-config', 'Service db', 'Service db-pods', 'NetworkPolicy db', 'PodDisruptionBudget db', 'StatefulSet db'].map((object) => [object, undefined] as const),
      ...[...waves(chart).keys()].filter((object) => /^NetworkPolicy (?!db$)/.test(object)).map((object) => [object, undefined] as const),
      ['Deployment shop', '1'],
    ]));
  });

  test('policies come before the Certificates that they allow', () => {
    const chart = chartIn();
    new CertificateRequestPolicies(chart, 'policies', { metadata: { name: 'policies' } });
    const ca = new CertificateAuthority(chart, 'ca');
    ArgoCd.of(chart).syncWaves();
    const of = waves(chart);
    expect([of.get('CertificateRequestPolicy demo.ca'), of.get('ClusterRole policies'), of.get('ClusterRoleBinding policies'), of.get(`Certificate ${ca.node.id}`)]).toEqual(['-19', '-19', '-19', '-3']);
  });

  test('they are relative to those of the databases', () => {
    const chart = chartIn();
    database(chart, new CertificateAuthority(chart, 'ca'));
    ArgoCd.of(chart).syncWaves({ databases: 5 });
    const of = waves(chart);
    expect([of.get('Issuer ca-selfsigned'), of.get('Certificate ca'), of.get('Issuer ca'), of.get('Certificate db-server-cert'), of.get('StatefulSet db')]).toEqual(['1', '2', '3', '4', '5']);
  });

  test('they follow the tree: an intermediate CA that is added later moves the root', () => {
    const chart = chartIn();
    ArgoCd.of(chart).syncWaves();
    const root = new CertificateAuthority(chart, 'root');
    database(chart, root);
    expect(waves(chart).get('Certificate root')).toBe('-3');
    database(chart, new CertificateAuthority(chart, 'ca', { parent: root }), 'other');
    expect(waves(chart).get('Certificate root')).toBe('-5');
  });

  test('a wave of your own and hooks stay', () => {
    const chart = chartIn();
    ArgoCd.of(chart).syncWaves();
    new Issuer(chart, 'mine', { source: IssuerSource.selfSigned(), metadata: { annotations: { [WAVE]: '-7' } } });
    new ApiObject(chart, 'dump', { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'dump', annotations: { 'argocd.argoproj.io/hook': 'PreSync' } } });
    expect(waves(chart)).toEqual(new Map([['Issuer mine', '-7'], ['Job dump', undefined]]));
  });

  test('objects elsewhere in the app are left alone', () => {
    const app = new App();
    const [one, other] = [chartIn('demo', 'one', app), chartIn('demo', 'other', app)];
    ArgoCd.of(one).syncWaves();
    application(one, 'a');
    application(other, 'b');
    expect([waves(one).get('Deployment a'), waves(other).get('Deployment b')]).toEqual(['1', undefined]);
  });

  test('an issuer cycle has waves, and its rule', () => {
    const chart = chartIn();
    ArgoCd.of(chart).syncWaves();
    for (const [name, signer] of [['a', 'b'], ['b', 'a']] as const) {
      new ApiObject(chart, `cert-${name}`, { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name }, spec: { isCA: true, commonName: name, secretName: name, issuerRef: { name: signer, kind: 'Issuer', group: 'cert-manager.io' } } });
      new ApiObject(chart, `issuer-${name}`, { apiVersion: 'cert-manager.io/v1', kind: 'Issuer', metadata: { name }, spec: { ca: { secretName: name } } });
    }
    expect(refusal(chart)).toContain('PGTLS-E03');
  });

  test('no other text changes, in an App and in a FleetApp', () => {
    const text = (app: App, withWaves: boolean) => {
      const chart = chartIn('demo', 'chart', app);
      database(chart, new CertificateAuthority(chart, 'ca'));
      if (withWaves) { ArgoCd.of(app).syncWaves(); }
      return app.synthYaml();
    };
    const plain = text(new App(), false);
    const waved = text(new App({ yamlOutputType: YamlOutputType.FILE_PER_CHART }), true);
    expect(text(new FleetApp(), true)).toBe(waved);
    expect(waved).not.toBe(plain);
    expect(waved.replaceAll(/(\n {2}annotations:)?\n {4}argocd\.argoproj\.io\/sync-wave: .*/g, '')).toBe(plain);
  });

  test('a wave that is not an integer is refused', () => {
    expect(() => ArgoCd.of(chartIn()).syncWaves({ databases: 0.5 })).toThrow('[chart] databases is 0.5; give an integer');
  });
});

describe('protection', () => {
  test('Manifests.of has the annotations as well', () => {
    const chart = chartIn();
    database(chart, new CertificateAuthority(chart, 'ca'));
    ArgoCd.of(chart).protect();
    expect(Manifests.of(chart).only({ kind: 'StatefulSet' })).toMatchObject({ metadata: { annotations: { [OPTIONS]: expect.stringContaining('Prune=false') } } });
  });

  test('of what cannot be made again, and of nothing else', () => {
    const chart = chartIn();
    ArgoCd.of(chart).protect();
    new Namespace(chart, 'demo', { metadata: { name: 'demo' } });
    database(chart, new CertificateAuthority(chart, 'ca')).addClient('shop').connect(application(chart));
    const of = annotated(chart, OPTIONS);
    expect(of).toEqual(['Certificate ca', 'Certificate db-client-ca', 'Namespace demo', 'StatefulSet db'].map((object) => `${object}: Prune=false,Delete=false`));
  });

  test('after confirmation, beside options that are there', () => {
    const chart = chartIn();
    const claim = (id: string, options?: string) => new ApiObject(chart, id, { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: id, ...options && { annotations: { [OPTIONS]: options } } } });
    claim('one');
    claim('two', 'ServerSideApply=true, Prune=false');
    ArgoCd.of(chart).protect(ArgoCdDeletion.CONFIRM);
    expect(annotated(chart, OPTIONS)).toEqual(['PersistentVolumeClaim one: Prune=confirm,Delete=confirm', 'PersistentVolumeClaim two: ServerSideApply=true,Prune=false,Delete=confirm']);
  });
});

describe('hooks', () => {
  const job = (chart: Chart) => new Job(chart, 'dump', { metadata: { name: 'dump' }, containers: [{ image: 'postgres:18', securityContext: { user: 1000 } }] });

  test('phases, deletion and wave', () => {
    const chart = chartIn();
    ArgoCd.of(job(chart)).hook({ phases: [ArgoCdHookPhase.PRE_SYNC, ArgoCdHookPhase.POST_SYNC], deletion: [ArgoCdHookDeletion.HOOK_SUCCEEDED], wave: -1 });
    expect(written(chart, 'Job').metadata.annotations).toEqual({
      'argocd.argoproj.io/hook': 'PreSync,PostSync', 'argocd.argoproj.io/hook-delete-policy': 'HookSucceeded', [WAVE]: '-1',
    });
  });

  test.each<[string, (chart: Chart) => void, string]>([
    ['without a phase', (chart) => { ArgoCd.of(job(chart)).hook({ phases: [] }); }, '[chart/dump] phases is empty'],
    ['without a deletion', (chart) => { ArgoCd.of(job(chart)).hook({ phases: [ArgoCdHookPhase.SYNC], deletion: [] }); }, '[chart/dump] deletion is empty'],
    ['with half a wave', (chart) => { ArgoCd.of(job(chart)).hook({ phases: [ArgoCdHookPhase.SYNC], wave: 1.5 }); }, '[chart/dump] wave is 1.5'],
    ['of a chart', (chart) => { ArgoCd.of(chart).hook({ phases: [ArgoCdHookPhase.SYNC] }); }, '[chart] has no object of its own'],
    ['twice', (chart) => {
      const twice = ArgoCd.of(job(chart));
      twice.hook({ phases: [ArgoCdHookPhase.SYNC] });
      twice.hook({ phases: [ArgoCdHookPhase.SYNC] });
    }, '[chart/dump] is a hook already'],
  ])('%s is refused', (_, program, message) => { expect(() => { program(chartIn()); }).toThrow(message); });
});

describe('Application', () => {
  const SOURCE = { repoUrl: 'https://git.example.com/databases.git', path: 'dist' };
  const made = (props: Partial<ArgoCdApplicationProps> = {}) => {
    const chart = chartIn();
    new ArgoCdApplication(chart, 'databases', { source: SOURCE, ...props });
    return written(chart, 'Application');
  };

  test('the defaults delete nothing', () => {
    expect(made()).toEqual({
      apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'databases', namespace: 'argocd' },
      spec: {
        project: 'default',
        source: { repoURL: SOURCE.repoUrl, path: 'dist', targetRevision: 'HEAD' },
        destination: { server: 'https://kubernetes.default.svc' },
        syncPolicy: {
          syncOptions: ['ServerSideApply=true', 'PruneLast=true', 'FailOnSharedResource=true'],
          retry: { limit: 5, backoff: { duration: '5s', factor: 2, maxDuration: '3m0s' } },
        },
      },
    });
  });

  const FULL: Partial<ArgoCdApplicationProps> = {
    metadata: { name: 'all', namespace: 'gitops', finalizers: ['example.com/mine'] }, project: 'platform', deletesObjects: true,
    source: { ...SOURCE, targetRevision: 'main', recurse: true, include: '*.k8s.yaml' }, destination: { name: 'production', namespace: 'demo' },
    automated: { prune: true, selfHeal: true },
    syncOptions: { serverSideApply: false, createNamespace: true, pruneLast: false, applyOutOfSyncOnly: true, failOnSharedResource: false },
    retry: { limit: -1, backoff: Duration.seconds(10), factor: 3, maxBackoff: Duration.minutes(10) },
  };
  test('every property', () => {
    expect(made(FULL)).toMatchObject({
      metadata: { name: 'all', namespace: 'gitops', finalizers: ['example.com/mine', 'resources-finalizer.argocd.argoproj.io'] },
      spec: {
        project: 'platform', source: { targetRevision: 'main', directory: { recurse: true, include: '*.k8s.yaml' } }, destination: { name: 'production', namespace: 'demo' },
        syncPolicy: {
          automated: { prune: true, selfHeal: true }, syncOptions: ['CreateNamespace=true', 'ApplyOutOfSyncOnly=true'],
          retry: { limit: -1, backoff: { duration: '10s', factor: 3, maxDuration: '10m0s' } },
        },
      },
    });
    expect(made({ automated: {} }).spec.syncPolicy.automated).toEqual({});
    expect(made({ automated: { prune: false, selfHeal: true } }).spec.syncPolicy.automated).toEqual({ selfHeal: true });
  });

  testWithSchemas('is what Argo CD\'s schema describes', () => {
    expect([made(), made(FULL)].flatMap((manifest) => validateManifest(manifest, '1.36.0'))).toEqual([]);
  });

  test.each<[Partial<ArgoCdApplicationProps>, string]>([
    [{ source: { ...SOURCE, repoUrl: '' } }, "source.repoUrl is ''"],
    [{ source: { ...SOURCE, path: '/dist' } }, "source.path '/dist' is not below the root"],
    [{ source: { ...SOURCE, path: 'a/../..' } }, "source.path 'a/../..' is not below the root"],
    [{ source: { ...SOURCE, targetRevision: ' main' } }, "source.targetRevision is ' main'"],
    [{ project: 'Mine' }, "project 'Mine'"],
    [{ destination: { server: 'https://api:6443', name: 'a' } }, "destination has both server 'https://api:6443' and name 'a'"],
    [{ destination: { server: 'api:6443' } }, "destination.server 'api:6443' is not the address"],
    [{ destination: { namespace: 'a_b' } }, "destination.namespace 'a_b'"],
    [{ retry: { limit: -2 } }, 'retry.limit is -2'],
    [{ retry: { limit: 1.5 } }, 'retry.limit is 1.5; give an integer'],
    [{ retry: { factor: 0 } }, 'retry.factor is 0'],
    [{ retry: { backoff: Duration.seconds(0) } }, 'retry.backoff is zero'],
  ])('%j is refused', (props, message) => { expect(() => made(props)).toThrow(`[chart/databases] ${message}`); });

  test('all faults are reported together', () => {
    expect(() => made({ project: '', retry: { limit: -2 } })).toThrow(/^\[chart\/databases\] 2 properties are wrong:\n- project .*\n- retry.limit/);
  });
});
