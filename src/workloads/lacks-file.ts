import type { ClientView } from './client-view';
import type { PodFile } from './pod-files';
import type { ServerView } from './server-view';
import { producesKey } from '../pki';

/** Whether no issuer writes the key of a file; PGTLS-C06 checks keys that `items` names. */
export function lacksFile(party: ServerView | ClientView, file: PodFile): boolean {
  const certificate = party.certificateOf(file);
  return certificate !== undefined && file.source.items === undefined && producesKey(certificate, file.key) === false;
}
