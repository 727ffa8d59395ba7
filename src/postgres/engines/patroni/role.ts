import { k8s } from 'cdk8s-plus-27';
import type { DatabasePlan } from '../../plan/database-plan';
import { podNames } from '../../plan/member-hosts';
import { objectMetadata } from '../../plan/names';
import { patroniScope } from '../../plan/patroni-plan';

/** ConfigMaps of the store: Patroni creates them, and nothing else may own them. */
const STORE = ['config', 'failover', 'leader', 'sync'];

/**
 * What Patroni does at the API server, by its audit log over start, failovers, a switchover and outages. By names where the API knows the name: `create` and
 * `list` cannot be restricted, and `patch` on every pod would reach the images of others.
 */
export function renderRole({ name, names, members }: DatabasePlan): unknown {
  return k8s.KubeRole.manifest({
    metadata: objectMetadata(name, names.serviceAccount),
    rules: [
      { apiGroups: [''], resources: ['configmaps'], verbs: ['create', 'list', 'watch'] },
      { apiGroups: [''], resources: ['configmaps'], resourceNames: STORE.map((part) => `${patroniScope(name)}-${part}`), verbs: ['get', 'patch'] },
      { apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch'] },
      { apiGroups: [''], resources: ['pods'], resourceNames: podNames({ names, members }), verbs: ['patch'] },
    ],
  });
}

export function renderRoleBinding({ name, names, namespace }: DatabasePlan): unknown {
  return k8s.KubeRoleBinding.manifest({
    metadata: objectMetadata(name, names.serviceAccount),
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: names.serviceAccount },
    subjects: [{ kind: 'ServiceAccount', name: names.serviceAccount, ...(namespace !== '' && { namespace }) }],
  });
}
