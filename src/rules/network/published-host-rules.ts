import type { PublicationTarget } from './publication-target';
import { publishedHostNotInCertificate } from './published-host-not-in-certificate';
import type { IssuanceGraph } from '../../pki';
import { publications, Workloads } from '../../workloads';
import { ruleTable } from '../engine/rule-table';

/** Rules for host names that are published for servers. */
export const PUBLISHED_HOST_RULES = ruleTable(publicationTargets, [
  publishedHostNotInCertificate,
]);

function publicationTargets(manifests: IssuanceGraph): PublicationTarget[] {
  const found = publications(manifests);
  return found.length === 0 ? [] : found.map((publication) => ({ at: publication.by, publication, workloads: Workloads.of(manifests) }));
}
