import { mapping, type Mapping } from '../data';

/** Label that Patroni writes on each pod of a database of this package: what the server is at the moment. */
export const ROLE_LABEL = 'cdk8s-postgres-tls/role';

/** Labels that no manifest has and that change while a pod runs; `spilo-role` is that of Spilo's images. */
const RUN_TIME_LABELS: ReadonlySet<string> = new Set([ROLE_LABEL, 'spilo-role']);

/** The labels of a selector by which manifests show what it selects: any of several servers may be the leader. */
export function writtenLabels(labels: unknown): Mapping {
  return Object.fromEntries(Object.entries(mapping(labels)).filter(([name]) => !RUN_TIME_LABELS.has(name)));
}
