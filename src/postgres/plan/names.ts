import { DATABASE_LABEL } from '../../workloads';

/** Names of the objects of one database. Applications rely on the Services', so they follow from the database's name alone. */
export interface ObjectNames {
  readonly service: string;
  readonly headlessService: string;
  readonly config: string;
  readonly serviceAccount: string;
  readonly statefulSet: string;
}

/** The longest name of a database: the controller appends a hash of 11 characters to the StatefulSet's name in a label. */
export const NAME_BUDGET = 52;

export function objectNames(name: string): ObjectNames {
  return { service: name, headlessService: `${name}-pods`, config: `${name}-config`, serviceAccount: name, statefulSet: name };
}

/** Name of the client CA of a database, unless another one is given, and prefix of the names of its objects. */
export function clientCaName(database: string): string {
  return `${database}-client-ca`;
}

/** Labels that select the pods. Never more than these: the selector of a StatefulSet cannot be changed. */
export function selectorLabels(name: string): Record<string, string> {
  return { 'app.kubernetes.io/name': 'postgresql', 'app.kubernetes.io/instance': name, [DATABASE_LABEL]: name };
}

/** Labels that select the first pod, by the one that the StatefulSet's controller sets: a second one would be another database. */
export function firstPodLabels(name: string): Record<string, string> {
  return { ...selectorLabels(name), 'statefulset.kubernetes.io/pod-name': `${name}-0` };
}

/** Name of the objects of a pooler. */
export function poolerName(database: string, pooler: string): string {
  return `${database}-${pooler}`;
}

/** Labels that select the pods of a pooler. They share none with those of the database, whose Service must not lead to them. */
export function poolerLabels(database: string, pooler: string): Record<string, string> {
  return { 'app.kubernetes.io/name': 'pgbouncer', 'app.kubernetes.io/instance': poolerName(database, pooler) };
}

/** Name of the objects of backups, and common name of the certificate of their Jobs. */
export function backupName(database: string): string {
  return `${database}-backup`;
}

/** Labels that select the pods of the Jobs. They share none with those of the database, whose Service must not lead to them. */
export function backupLabels(database: string): Record<string, string> {
  return { 'app.kubernetes.io/name': 'pgbackrest', 'app.kubernetes.io/instance': backupName(database) };
}

/** Labels of every object. */
export function objectLabels(name: string): Record<string, string> {
  return { ...selectorLabels(name), 'app.kubernetes.io/component': 'database' };
}

/** Name and labels of an object; the name is by default that of the database. */
export function objectMetadata(database: string, name: string = database): { name: string; labels: Record<string, string> } {
  return { name, labels: objectLabels(database) };
}

/** Every spelling of a Service's host name that resolves inside the cluster, shortest first. */
export function serviceHosts(service: string, namespace: string, clusterDomain: string): string[] {
  return [service, `${service}.${namespace}`, `${service}.${namespace}.svc`, `${service}.${namespace}.svc.${clusterDomain}`];
}
