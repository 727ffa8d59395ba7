import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { kubectl, tryKubectl, type ClusterObject } from './support/kubectl';
import { demandCluster, OWN } from './support/playground';
import { parseManifests } from '../local';
import { filesBelow, REPOSITORY } from '../support/repository';

demandCluster();
jest.setTimeout(200_000);

// The objects of dist/ with the field managers of Argo CD and Flux, one after the other on the same objects: what the API server makes of them is what was applied.
// Namespaces of their own, so that the objects of the other suites stay as they are, and without pods, which this is not about.
const PREFIX = 'kd-drift';
const OBJECTS: ClusterObject[] = Object.values(filesBelow(join(REPOSITORY, 'dist'))).flatMap((text) => parseManifests(text)).map((object: ClusterObject) => {
  const { name, namespace } = object.metadata;
  return { ...object, metadata: { ...object.metadata, ...namespace === undefined ? { name: `${PREFIX}-${name}` } : { namespace: `${PREFIX}-${namespace}` } } };
});
const NAMESPACES = [...new Set(OBJECTS.flatMap(({ metadata }) => metadata.namespace ?? []))];
const SELECTOR = 'cdk8s-postgres-tls.test/drift=true';
const INSTANCE = 'app.kubernetes.io/instance';

const listOf = (objects: readonly ClusterObject[]) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
const labelled = (labels: Record<string, string>) => OBJECTS.map((object) => ({ ...object, metadata: { ...object.metadata, labels: { ...object.metadata.labels, [SELECTOR.split('=')[0]!]: 'true', ...labels } } }));

interface Tool {
  readonly tool: string;
  /** The labels that the tool adds to every object, and the arguments of its apply. */
  readonly labels: Record<string, string>;
  readonly how: readonly string[];
  readonly manager: string;
}

const CLIENT_SIDE = ['--server-side=false'];
const serverSide = (manager: string) => ['--server-side', '--force-conflicts', `--field-manager=${manager}`];
// The Application has another name than each database: label tracking writes it into the label with the name of the database.
const TRACKED = { [INSTANCE]: 'fleet' };
const TOOLS: readonly Tool[] = [
  { tool: 'Argo CD, client-side', labels: {}, how: CLIENT_SIDE, manager: 'kubectl-client-side-apply' },
  { tool: 'Argo CD, client-side, with the tracking label', labels: TRACKED, how: CLIENT_SIDE, manager: 'kubectl-client-side-apply' },
  { tool: 'Argo CD, server-side', labels: {}, how: serverSide('argocd-controller'), manager: 'argocd-controller' },
  { tool: 'Argo CD, server-side, with the tracking label', labels: TRACKED, how: serverSide('argocd-controller'), manager: 'argocd-controller' },
  { tool: 'Flux', labels: { 'kustomize.toolkit.fluxcd.io/name': 'fleet', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' }, how: serverSide('kustomize-controller'), manager: 'kustomize-controller' },
];

const named = ({ kind, metadata }: ClusterObject) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
const byName = (objects: readonly ClusterObject[]) => Object.fromEntries(objects.map((object) => [named(object), object]).sort(([one], [other]) => (one < other ? -1 : 1)));
const live = async (): Promise<ClusterObject[]> => JSON.parse(await kubectl(['get', '--show-managed-fields', '--output', 'json', '--filename', '-'], listOf(OBJECTS))).items;

/**
 * What an apply may not change. Controllers write the status at any time, and with it the resource version; an object without a status has its version compared too.
 * `managedFields` has the time of the last change by each manager.
 */
function settled({ status, ...object }: ClusterObject): ClusterObject {
  const { resourceVersion, managedFields, ...metadata } = object.metadata;
  const ofSpec = managedFields.filter(({ subresource }: ClusterObject) => subresource !== 'status');
  return { ...object, metadata: { ...metadata, managedFields: ofSpec, ...status === undefined ? { resourceVersion } : {} } };
}

/** The answer of a dry run, without what is of the moment. */
function content({ status: _, ...object }: ClusterObject): ClusterObject {
  const { resourceVersion: _version, managedFields: _fields, ...metadata } = object.metadata;
  return { ...object, metadata };
}

async function removeAll(): Promise<void> {
  const shared = OBJECTS.filter(({ metadata }) => metadata.namespace === undefined);
  await kubectl(['delete', '--ignore-not-found', '--filename', '-'], listOf(shared));
  await kubectl(['delete', 'namespaces', '--ignore-not-found', '--wait', '--timeout=150s', ...NAMESPACES]);
}

beforeAll(async () => {
  await removeAll();
  const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'no-pods' }, spec: { hard: { pods: '0', persistentvolumeclaims: '0' } } };
  await kubectl(['apply', '--filename', '-'], listOf(NAMESPACES.flatMap((name) => [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { [OWN.split('=')[0]!]: 'true' } } }, { ...quota, metadata: { ...quota.metadata, namespace: name } },
  ])));
}, 200_000);

afterAll(removeAll, 200_000);

describe.each(TOOLS)('$tool', ({ labels, how, manager }) => {
  const applied = labelled(labels);
  const apply = (...more: string[]) => kubectl(['apply', ...how, ...more, '--filename', '-'], listOf(applied));

  beforeAll(() => apply());

  test('the objects are as they were written, with the labels of the tool and the selectors of the manifests', async () => {
    const found = await live();
    expect(found).toHaveLength(OBJECTS.length);
    for (const object of found) {
      expect(object.metadata.labels).toMatchObject(applied.find((other) => named(other) === named(object))!.metadata.labels);
      expect(object.metadata.managedFields.map(({ manager: name }: ClusterObject) => name)).toContain(manager);
      const { metadata: { name }, spec } = object;
      if (object.kind === 'StatefulSet') { expect([spec.selector.matchLabels[INSTANCE], spec.template.metadata.labels[INSTANCE]]).toEqual([name, name]); }
    }
  });

  test('a comparison finds no difference', async () => {
    expect(await tryKubectl(['diff', ...how, '--filename', '-'], listOf(applied))).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('a dry run answers with the objects of the cluster', async () => {
    const before = byName((await live()).map(content));
    const answer: ClusterObject = JSON.parse(await kubectl(['apply', ...how, '--dry-run=server', '--output', 'json', '--filename', '-'], listOf(applied)));
    expect(byName(answer.items.map(content))).toEqual(before);
  });

  test('applied again in another order, nothing changes: neither versions nor the fields of each manager', async () => {
    const before = byName((await live()).map(settled));
    // The times of managedFields have seconds.
    await delay(1_100);
    await kubectl(['apply', ...how, '--filename', '-'], listOf([...applied].reverse()));
    expect(byName((await live()).map(settled))).toEqual(before);
  });
});

test('a change by hand is found, and set back', async () => {
  const { how, labels } = TOOLS.at(-1)!;
  const [statefulSet] = OBJECTS.filter(({ kind }) => kind === 'StatefulSet');
  const { name, namespace } = statefulSet!.metadata;
  await kubectl(['--namespace', namespace, 'scale', 'statefulset', name, '--replicas=0']);
  const { code, stdout } = await tryKubectl(['diff', ...how, '--filename', '-'], listOf(labelled(labels)));
  expect(code).toBe(1);
  expect(stdout.split('\n').filter((line) => /^[-+] /.test(line)).map((line) => line.replace(/\s+/g, ' ')).filter((line) => !line.includes('generation:'))).toEqual(['- replicas: 0', '+ replicas: 1']);
  await kubectl(['apply', ...how, '--filename', '-'], listOf(labelled(labels)));
  expect((await tryKubectl(['diff', ...how, '--filename', '-'], listOf(labelled(labels)))).code).toBe(0);
});
