import { k8s } from 'cdk8s-plus-27';
import { reloadScript } from '../pods/reload-script';
import { script } from '../pods/scripts';
import { once } from '../../../data';
import { SCRIPTS_LABEL, scriptsDigest, scriptsName } from '../../../workloads';

const SCRIPTS = ['identity.sh', 'init.sh', 'declarations.sql', 'database.sql', 'removals.sql'];

/** Every script that a database of this version of the package may need: the same for all of them, so that a first declaration does not change the pod. */
const data = once(() => Object.fromEntries([...SCRIPTS.map((name) => [name, script(name)] as const), ['reload.sh', reloadScript(true)] as const]));

const digest = once(() => scriptsDigest(data()));

/**
 * Tools that delete objects which Git has no more would delete the scripts of a pod that has not been replaced yet. Without the second one, Argo CD reports the old
 * ConfigMap as drift.
 *
 * Source: argo-cd docs/user-guide/sync-options.md, compare-options.md; fluxcd.io, Kustomization, prune.
 */
const NOT_PRUNED = {
  'argocd.argoproj.io/sync-options': 'Prune=false',
  'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};

/** What the user gives for the ConfigMap. */
export interface SharedScriptsOptions {
  /** The name without the digest. */
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly isPruned: boolean;
}

/** The ConfigMap with the scripts that databases of a namespace share. */
export function renderSharedScripts({ name, labels, annotations, isPruned }: SharedScriptsOptions): k8s.KubeConfigMapProps {
  const marks = { ...annotations, ...(isPruned ? {} : NOT_PRUNED) };
  return {
    metadata: {
      name: scriptsName(name, digest()),
      labels: { ...labels, 'app.kubernetes.io/name': 'postgresql', 'app.kubernetes.io/component': 'scripts', [SCRIPTS_LABEL]: digest() },
      ...(Object.keys(marks).length === 0 ? {} : { annotations: marks }),
    },
    immutable: true,
    data: data(),
  };
}
