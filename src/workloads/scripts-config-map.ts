import { createHash } from 'node:crypto';
import { type Mapping, text } from '../data';
import type { FileSource, PodView } from '../kubernetes';
import { isOwnPod } from './own-marks';

/** Label of the ConfigMap with the scripts that several databases share; its value is the digest of its data. */
export const SCRIPTS_LABEL = 'cdk8s-postgres-tls/scripts';

/** The volume of a database with its configuration and scripts. */
const CONFIG_VOLUME = 'config';

const DIGEST_LENGTH = 12;

/** Digest of the data of a ConfigMap. The order of the keys has no effect. */
export function scriptsDigest(data: Mapping): string {
  const entries = Object.entries(data).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(entries)).digest('hex').slice(0, DIGEST_LENGTH);
}

/** Name of the ConfigMap: other data has another name, so that a pod gets new scripts by a change of its template only. */
export function scriptsName(prefix: string, digest: string): string {
  return `${prefix}-${digest}`;
}

/** The source of a pod of this package that has the scripts; undefined where they are in the ConfigMap of the database. */
export function sharedScripts(pod: PodView): FileSource | undefined {
  if (!isOwnPod(pod)) { return undefined; }
  return pod.sources.find(({ volume, kind, field, name }) => volume === CONFIG_VOLUME && kind === 'ConfigMap' && field.includes('.projected.') && DIGEST_AT_END.test(text(name)));
}

const DIGEST_AT_END = new RegExp(`-[0-9a-f]{${DIGEST_LENGTH}}$`);
