import type { DatabaseBasics } from './database-basics';
import { serviceHosts } from './names';

/** The names of the pods of a database with a StatefulSet. */
export function podNames({ names, members }: Pick<DatabaseBasics, 'names' | 'members'>): string[] {
  return Array.from({ length: members }, (_, ordinal) => `${names.statefulSet}-${ordinal}`);
}

/** The full host name of each pod, by the Service that names single pods. */
export function memberHosts({ names, members, namespace, clusterDomain }: Pick<DatabaseBasics, 'names' | 'members' | 'namespace' | 'clusterDomain'>): string[] {
  const domain = serviceHosts(names.headlessService, namespace, clusterDomain).at(-1)!;
  return podNames({ names, members }).map((pod) => `${pod}.${domain}`);
}
