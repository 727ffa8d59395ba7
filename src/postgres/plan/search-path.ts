import type { k8s } from 'cdk8s-plus-27';
import type { DatabasePlan } from './database-plan';

/** The PATH of an image whose programs are elsewhere; a container that sets it does not get the image's. */
export function searchPath({ programs }: Pick<DatabasePlan, 'programs'>): k8s.EnvVar[] {
  return programs === undefined ? [] : [{ name: 'PATH', value: `${programs}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin` }];
}
