import { mapping, valueAt } from '../../data';
import { displayName, Located, Manifest } from '../../kubernetes';
import { IssuanceGraph } from '../../pki';
import { carriesPublished, DATABASE_LABEL, Publication, publications, Workloads } from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

/** A host name that is published, and the servers behind it. */
interface PublicationTarget extends Located {
  readonly at: Manifest;
  readonly publication: Publication;
  readonly workloads: Workloads;
}

/** Rules for host names that are published for servers. */
export const PUBLISHED_HOST_RULES = ruleTable(publicationTargets, [
  {
    code: 'PGTLS-E42',
    severity: Severity.WARNING,
    title: 'published host name is not in the certificate of the server behind it',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'external-dns, kOps, Gateway API, OpenShift and Traefik: host names that lead to a Service; libpq, sslmode=verify-full',
    check: ({ publication: { by, field, host, service }, workloads }) => {
      const missing = workloads.serversBehind(service).flatMap(({ certificate }) => (certificate === undefined || carriesPublished(host, certificate) ? [] : [certificate]));
      return when(missing.length > 0 && !isServiceOfDatabase(by), () => `${field} publishes '${host}', which the server's ${displayName(missing[0]!.at)} does not contain`);
    },
    fix: 'add the host to dnsNames of the Certificate, or acknowledge the warning if no client verifies this host',
  },
] satisfies Rule<PublicationTarget>[]);

function publicationTargets(manifests: IssuanceGraph): PublicationTarget[] {
  const found = publications(manifests);
  return found.length === 0 ? [] : found.map((publication) => ({ at: publication.by, publication, workloads: Workloads.of(manifests) }));
}

/** PGTLS-P49 checks the Services of a Postgres construct. */
function isServiceOfDatabase({ kind, manifest }: Manifest): boolean {
  return kind === 'Service' && DATABASE_LABEL in mapping(valueAt(manifest, 'metadata.labels'));
}
