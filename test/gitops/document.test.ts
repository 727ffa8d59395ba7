import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { Manifests } from '../../src';
import { filesOf } from '../support/document-program';
import { markedBlock, REPOSITORY } from '../support/repository';
import type { Manifest } from '../support/tree';
import { ruleTexts } from '../../tools/rule-pages';

const DOCUMENT = readFileSync(join(REPOSITORY, 'docs/gitops.md'), 'utf8');
const documents = (text: string) => parseAllDocuments(text).map((document) => document.toJS() as Manifest);

test('every program of docs/gitops.md is run', () => {
  expect([...DOCUMENT.matchAll(/^```ts$/gm)]).toHaveLength([...DOCUMENT.matchAll(/^<!-- program/gm)].length);
});

test('the program for Argo CD writes waves, protection and an Application, in which no rule finds anything', () => {
  const files = filesOf(markedBlock(DOCUMENT, 'program: argo-cd'));
  expect(Object.keys(files).sort()).toEqual(['applications.k8s.yaml', 'orders.k8s.yaml']);
  const annotations = documents(files['orders.k8s.yaml']!).map(({ kind, metadata }) => [kind, metadata.annotations] as const);
  expect(new Map(annotations).get('StatefulSet')).toEqual({ 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' });
  expect(new Map(annotations).get('Certificate')).toMatchObject({ 'argocd.argoproj.io/sync-wave': '-1' });
  expect(documents(files['applications.k8s.yaml']!)).toMatchObject([{ kind: 'Application', metadata: { name: 'orders', namespace: 'argocd' } }]);
  expect(Manifests.fromYaml(files).validate().map(({ rule: { code } }) => code)).toEqual([]);
});

test('the program for Flux writes a source and a Kustomization that waits', () => {
  const files = filesOf(markedBlock(DOCUMENT, 'program: flux'));
  expect(documents(files['flux.k8s.yaml']!)).toMatchObject([
    { kind: 'GitRepository' }, { kind: 'Kustomization', spec: { sourceRef: { kind: 'GitRepository', name: 'databases' }, dependsOn: [{ name: 'cert-manager' }], wait: true } },
  ]);
});

test('docs/gitops.md lists every rule of the theme', () => {
  const rules = ruleTexts().filter(({ theme }) => theme.endsWith('rules/gitops')).map(({ code }) => code);
  expect(rules).toHaveLength([...DOCUMENT.matchAll(/^\| \[[a-z-]+\]\(rules\//gm)].length);
});
