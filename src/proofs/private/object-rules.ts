import { ApiObject } from 'cdk8s';
import { notDnsSubdomain, notServiceName } from './dns';
import { Verdict } from './rule';
import { Severity } from '../finding';

/** Kinds of cluster scope: cdk8s puts the chart's namespace on them all the same, and it does not tell them apart. */
const CLUSTER_SCOPED = new Set([
  'ClusterIssuer', 'ClusterRole', 'ClusterRoleBinding', 'CustomResourceDefinition', 'Namespace', 'PersistentVolume', 'PriorityClass', 'StorageClass',
]);

/** An object's identity in a cluster: group, kind, namespace and name (the version does not matter). */
export function identity(object: ApiObject): string {
  return [object.apiGroup, object.kind, namespaceOf(object) ?? '', object.name].join('/');
}

/** What the API server refuses of an object's name. */
export function judgeName(object: ApiObject): Verdict[] {
  const fault = object.kind === 'Service' && object.apiGroup === 'core' ? notServiceName(object.name) : notDnsSubdomain(object.name);
  return fault === undefined
    ? []
    : [{ code: 'PGTLS-N01', severity: Severity.ERROR, message: `name '${object.name}' of ${object.kind} ${fault}; give another name or construct id` }];
}

/** Two objects with one identity: the one applied later silently overwrites the other. */
export function judgeDuplicate(object: ApiObject, first: ApiObject): Verdict {
  const namespace = namespaceOf(object);
  const where = namespace === undefined ? '' : ` in namespace '${namespace}'`;
  return {
    code: 'PGTLS-N02',
    severity: Severity.ERROR,
    message: `${object.kind} '${object.name}'${where} is declared twice, first at '${first.node.path}'; give one of them another name`,
  };
}

/** Two Certificates on one Secret: cert-manager issues only the older one, for ever. */
export function judgeSharedSecret(secretName: string, namespace: string | undefined, first: ApiObject): Verdict {
  const where = namespace === undefined ? '' : ` in namespace '${namespace}'`;
  return {
    code: 'PGTLS-A02',
    severity: Severity.ERROR,
    message: `secretName '${secretName}'${where} is already the target of Certificate '${first.name}' at '${first.node.path}'; give each Certificate a Secret of its own`,
  };
}

function namespaceOf(object: ApiObject): string | undefined {
  return CLUSTER_SCOPED.has(object.kind) ? undefined : object.metadata.namespace;
}
