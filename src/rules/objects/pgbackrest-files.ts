import { mapping, memoizeByObject } from '../../data';
import type { Manifest } from '../../kubernetes';
import { parsePgBackRest, type PgBackRestFile } from '../../postgresql';
import type { RuleContext } from '../engine/rule-context';

/** A configuration file of pgBackRest in a ConfigMap. */
export interface FileOfPgBackRest extends PgBackRestFile {
  readonly at: Manifest;
  readonly field: string;
}

/** The files of one ConfigMap. */
export function filesOfPgBackRest({ group, kind, manifest }: Manifest, at: Manifest): FileOfPgBackRest[] {
  if (group !== '' || kind !== 'ConfigMap') { return []; }
  return Object.entries(mapping(manifest['data'])).flatMap(([name, text]) => (
    typeof text === 'string' && /^\s*(?:repo\d+-|tls-server-auth)/m.test(text) ? [{ at, field: `data['${name}']`, ...parsePgBackRest(text) }] : []
  ));
}

/** The buckets that each file writes archives to: those that archive WAL name the data directory, and are not on another host. */
export const archivesOf = memoizeByObject(({ objects }: RuleContext) => objects.flatMap((at) => filesOfPgBackRest(at, at)).flatMap((file) => {
  const all = new Map(file.settings);
  const isRead = file.field.includes('recovery') || file.field.includes('job.conf');
  if (isRead || all.get('repo1-type') !== 's3') { return []; }
  const place = ['repo1-s3-endpoint', 'repo1-storage-port', 'repo1-s3-bucket', 'repo1-path'].map((name) => all.get(name) ?? '').join(' ');
  return file.stanzas.map((stanza) => ({ file, stanza, place: `${place} ${stanza}` }));
}));
