import type { Located, Manifest } from '../../kubernetes';
import type { Publication, Workloads } from '../../workloads';

/** A host name that is published, and the servers behind it. */
export interface PublicationTarget extends Located {
  readonly at: Manifest;
  readonly publication: Publication;
  readonly workloads: Workloads;
}
